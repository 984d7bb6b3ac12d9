/* sidebar.h: the list of pages beside every page.
 * In: the navigation and the page that is shown. Out: HTML, a list of links and <details>.
 *
 * A site of at most 200 entries has all of them on every page. In a larger one a page lists the top
 * level and its own branch: the sections that it lies in, with everything that stands directly in
 * them. Another section is one link, to its own page or else to the first page in it, and opens
 * there; so every page is reached by links alone. Of more than 100 entries side by side only the
 * hundred around the page stand there, with a link to the hundred before and the hundred after.
 * What is written thus grows with the number of pages, not with its square. */
#ifndef SITE_SIDEBAR_H
#define SITE_SIDEBAR_H

#include "base/buf.h"
#include "site/site.h"

typedef struct Sidebar Sidebar;

/* The sidebars of `site` for one thread: pages of one section in turn share the work. */
Sidebar *sidebar_new(const Site *site, Arena *arena);
void sidebar_free(Sidebar *sidebar);

/* The <ul> for `page`, valid until the next call. What is made for this page alone lies in
 * `arena`. */
Str sidebar_render(Sidebar *sidebar, const Page *page, Arena *arena);

#endif
