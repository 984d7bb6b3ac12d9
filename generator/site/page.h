/* page.h: a Markdown file as a page: front matter, title, anchors, fences.
 * In: one SiteFile and those it includes. Out: Page, before any link is resolved.
 * Knows no other page. */
#ifndef SITE_PAGE_H
#define SITE_PAGE_H

#include "site/parts.h"
#include "site/site.h"

/* What a thread reads pages with. */
typedef struct PageTools {
    Parts *parts; /* of this thread */
    Arena *arena; /* of what is kept */
    Arena *cold;  /* of what is kept and will not be changed */
    Arena *tmp;   /* of what goes with the page */
} PageTools;

/* Reads `file` into its page, findings into page->diags. Pages may be read by several threads, each
 * with its own tools. */
void page_read(Page *page, SiteFile *file, const PageTools *tools);

/* Gives a page whose tree is gone its tree again, in tools->tmp. */
void page_read_again(Page *page, const PageTools *tools);

/* Keeps what others need to know of the tree: headings, links, raw HTML. */
void page_keep_facts(Page *page, Arena *arena, Arena *cold);

#endif
