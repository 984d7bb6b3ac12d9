/* answers.h: what the content of a page takes from the rest of the site.
 * In: a page that has been read, in a site whose files, data, diagrams and trackers are known. Out:
 * a hash of all answers that rendering its content would get: where its links lead and whether what
 * they name is there, what may have been meant where it is not, what it shows. Where the page's own
 * text and these are the same, so are its content and what is found fault with in it. */
#ifndef SITE_ANSWERS_H
#define SITE_ANSWERS_H

#include "base/hash.h"
#include "site/site.h"

/* Sets the state of every file and tracker. To be called once, when diagrams are drawn. Gives what
 * stands for everything that pages can ask of the site: where it is the same, so are all answers.
 */
Hash answers_prepare(Site *site);

Hash answers_of(const Site *site, const Page *page, Arena *tmp);

#endif
