/* watch.h: which files of the project changed.
 * In: folders and single files. Out: a descriptor that becomes readable, and whether what happened
 * matters. Reads no file. */
#ifndef SERVE_WATCH_H
#define SERVE_WATCH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Watch Watch;

/* Watches nothing yet. NULL with a reason when the system has no watches left. */
Watch *watch_new(Arena *arena, Str *why);
void watch_free(Watch *watch);

/* Readable when something happened. */
int watch_descriptor(const Watch *watch);

/* Forgets what is watched; what is added again below loses no event in between. */
void watch_begin(Watch *watch, Str root);

/* Watches a folder (relative to the root) with the folders in it, but not `skip`; also that it
 * comes to exist. Hidden folders below it are left out, as in a build. False with a reason when
 * some folder cannot be watched. */
bool watch_folder(Watch *watch, Str folder, Str skip, Str *why);

/* Watches one file, which need not exist. */
bool watch_file(Watch *watch, Str path, Str *why);

/* Takes what happened so far. True when it matters; `changed` is then a path that did, kept until
 * the next watch_begin. */
bool watch_read(Watch *watch, Str *changed);

/* Is this the name of a file that editors make for themselves: ".x.swp", "x~", "#x#"? */
bool watch_is_noise(Str name);

#endif
