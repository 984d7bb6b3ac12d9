/* taken.h: the places of the output that are taken.
 * In: paths of files, one after the other. Out: whether each can still be written: no other file is
 * there, none of its folders is a file, and it is no folder itself. Writes nothing. */
#ifndef SITE_TAKEN_H
#define SITE_TAKEN_H

#include <stdbool.h>

#include "base/map.h"

typedef struct Taken {
    Map *places; /* path -> one of two marks: a file, or a folder of one */
} Taken;

/* Nothing is taken but the name of the list of what docsgen wrote. */
Taken *taken_new(Arena *arena);

/* Can `path` be taken? */
bool taken_is_free(const Taken *taken, Str path);

/* Takes `path`, which must outlive it; false when that cannot be. */
bool taken_add(Taken *taken, Str path);

#endif
