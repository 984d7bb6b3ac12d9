/* bar.h: a bar that shows how far a build is.
 * In: the build's progress. Out: one line on standard error that is drawn again and wiped in the
 * end; only on a terminal, and only when the build takes longer than half a second. */
#ifndef CLI_BAR_H
#define CLI_BAR_H

#include "base/arena.h"
#include "base/progress.h"

typedef struct Bar Bar;

/* Begins to look at `progress`. NULL where no bar is wanted: standard error is no terminal. */
Bar *bar_start(const Progress *progress, Arena *arena);

/* Wipes the line. `bar` may be NULL. */
void bar_stop(Bar *bar);

#endif
