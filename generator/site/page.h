/* page.h: a Markdown file as a page: front matter, title, anchors, fences.
 * In: one SiteFile. Out: Page, before any link is resolved.
 * Knows no other page. */
#ifndef SITE_PAGE_H
#define SITE_PAGE_H

#include "site/site.h"

/* Parses `file` into its page; memory from `arena`, findings into page->diags. Pages may be read by
 * several threads, each with its own arena. */
void page_read(Page *page, SiteFile *file, Arena *arena);

#endif
