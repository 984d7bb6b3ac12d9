/* elements.h: the things that diagrams show.
 * In: the compiled files of the diagrams folder. Out: site->elements, every id with the places
 * where it is shown. Fences of pages are examples as often as not, so they are left out; what
 * disagrees is check/model.c's business. */
#ifndef SITE_ELEMENTS_H
#define SITE_ELEMENTS_H

#include "site/site.h"

/* Fills site->elements with the nodes and groups of the diagrams folder. */
void elements_collect(Site *site);

/* Adds a page that lists all elements with the pages where they can be seen, as "elements.html".
 * Does nothing when no page shows a file of the diagrams folder, or when the author has a page of
 * that name. */
void elements_add_page(Site *site);

/* Where that page is, or the empty Str. */
Str elements_url(const Site *site);

#endif
