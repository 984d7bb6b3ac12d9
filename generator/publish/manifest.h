/* manifest.h: the list of files that docsgen wrote into a folder.
 * In: Outputs, or the text of a list. Out: text, or a set of paths.
 * One path a line, in byte order; a line that is no path of ours does no harm: the file it names is
 * merely kept or removed. */
#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include "base/arena.h"
#include "base/map.h"
#include "site/site.h"

#define MANIFEST_NAME STR(".docsgen")

Str manifest_render(const Outputs *outputs, Arena *arena);

/* Puts every path of the list into `paths`, with itself as value. */
void manifest_parse(Str text, Map *paths, Arena *arena);

#endif
