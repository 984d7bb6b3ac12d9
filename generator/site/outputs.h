/* outputs.h: the finished site as a list of files in memory.
 * In: a site whose pages are rendered. Out: Site.outputs, in byte order of path.
 * Writes nothing to disk. */
#ifndef SITE_OUTPUTS_H
#define SITE_OUTPUTS_H

#include "site/site.h"

/* Takes the place of a file that is made later, until outputs_collect is over; OUTPUT_NONE after a
 * finding when somebody else has it. */
size_t outputs_claim(Site *site, Str path);

/* Makes the file: hands it to the sink, or keeps a copy. For several threads at once. */
void outputs_fill(const Site *site, size_t output, unsigned worker, Str content);

/* Is it certain, once the pages are known, that a file will stand at this path? Pages and the
 * theme's files do; of others nothing is said. */
bool outputs_are_sure_of(const Site *site, Str path);

/* Collects pages, diagrams, assets, style sheet, fonts and redirects. Two sources of one path are a
 * finding. */
void outputs_collect(Site *site);

/* Puts one more file in its place, unless there is one with this path. */
void outputs_add(Site *site, Output output);

/* The output at `path`, or NULL. */
const Output *outputs_find(const Outputs *outputs, Str path);

#endif
