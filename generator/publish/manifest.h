/* manifest.h: the list of files that docsgen wrote into a folder.
 * In: Outputs, or the text of a list. Out: text, or paths.
 * One path a line, in byte order; a line that is no path of ours does no harm: the file it names is
 * merely kept or removed. */
#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include "base/arena.h"
#include "site/site.h"

#define MANIFEST_NAME STR(".docsgen")

Str manifest_render(const Outputs *outputs, Arena *arena);

/* What manifest_next takes paths from. */
Str manifest_paths(Str text);

/* Takes one path; false at the end. */
bool manifest_next(Str *paths, Str *path);

/* The number of paths in the list. */
size_t manifest_count(Str text);

#endif
