/* answers.h: what the content of a page takes from the rest of the site.
 * In: a page that has been read, in a site whose files, data and diagrams are known. Out: a hash of
 * all answers that rendering its content would get: where its links lead and whether what they name
 * is there, what it shows. Where the page's own text and these are the same, so is its content.
 * Renders nothing. */
#ifndef SITE_ANSWERS_H
#define SITE_ANSWERS_H

#include "base/hash.h"
#include "site/site.h"

/* Sets the state of every file. To be called once, when diagrams are drawn. Gives what stands for
 * everything that pages can ask of the site: where it is the same, so are all answers. */
Hash answers_prepare(Site *site);

/* False when the page depends on something that this file does not know of, as a tracker's history,
 * or when something it leads to is not there: how that is said depends on all files. */
bool answers_of(const Site *site, const Page *page, Arena *tmp, Hash *answers);

#endif
