/* nav.h: the order of pages.
 * In: settings and pages. Out: the tree of the sidebar, and previous and next of every page.
 * Draws nothing. */
#ifndef SITE_NAV_H
#define SITE_NAV_H

#include "site/site.h"

/* Builds site->nav from `nav:` or, without it, from the folders; then sets nav, previous and next
 * of every page. */
void nav_build(Site *site);

#endif
