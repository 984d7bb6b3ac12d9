/* meta.h: what the site tells programs: search engines, link previews, coding agents.
 * In: the finished site; out: sitemap.xml and robots.txt (only with site.url, since their addresses
 * are whole), llms.txt, and a Markdown twin of every page. */
#ifndef SITE_META_H
#define SITE_META_H

#include "site/site.h"

/* Hands every such file to `add`. */
void meta_write(const Site *site, void (*add)(void *context, Output output), void *context);

/* Where the Markdown twin of a page stands: page.md beside page.html. */
Str meta_twin_url(const Page *page, Arena *arena);

/* The address of a page as it is told to others: site.url and the page's, without "index.html".
 * Empty without site.url. */
Str meta_address(const Site *site, const Page *page, Arena *arena);

/* Appends the way from the home page to `page` as JSON-LD (schema.org BreadcrumbList), safe inside
 * of a script element. Nothing for a page without a place in the navigation, or without site.url.
 */
void meta_breadcrumbs(const Site *site, const Page *page, Buf *out);

#endif
