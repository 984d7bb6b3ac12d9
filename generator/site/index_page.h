/* index_page.h: the index at the back of the book.
 * In: the sections that search_text.c found; out: a page with every title and heading in
 * alphabetical order, which is where the search leads who has no script. */
#ifndef SITE_INDEX_PAGE_H
#define SITE_INDEX_PAGE_H

#include "site/site.h"

/* Adds "search.html", unless the author has a page of that name. */
void index_page_add(Site *site);

#endif
