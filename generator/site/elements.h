/* elements.h: the things that diagrams show.
 * In: the compiled files of the diagrams folder. Out: site->elements, every id with the places
 * where it is shown. Fences of pages are examples as often as not, so they are left out; what
 * disagrees is check/model.c's business. */
#ifndef SITE_ELEMENTS_H
#define SITE_ELEMENTS_H

#include "site/site.h"

/* Fills site->elements with the nodes and groups of the diagrams folder. */
void elements_collect(Site *site);

/* The element called `id`, or NULL. */
const Element *elements_find(const Site *site, Str id);

#endif
