/* page.h: a Markdown file as a page: front matter, title, anchors, fences.
 * In: one SiteFile and those it includes. Out: Page, before any link is resolved.
 * Knows no other page. */
#ifndef SITE_PAGE_H
#define SITE_PAGE_H

#include "site/parts.h"
#include "site/site.h"

/* Parses `file` into its page; memory from `arena`, findings into page->diags. Pages may be read by
 * several threads, each with its own arena and its own `parts`. */
void page_read(Page *page, SiteFile *file, Parts *parts, Arena *arena);

#endif
