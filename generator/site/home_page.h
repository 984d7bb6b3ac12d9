/* home_page.h: a first page for a site whose author wrote none.
 * In: the navigation; out: "index.html", the same as a page, so that the address of the site and
 * the way home lead somewhere. */
#ifndef SITE_HOME_PAGE_H
#define SITE_HOME_PAGE_H

#include "site/site.h"

/* Adds "index.html" with every section and page, unless the author has such a page. The navigation
 * must have been built. */
void home_page_add(Site *site);

#endif
