/* print_page.h: a page as a part of the document that holds all pages.
 * In: the HTML of its content. Out: the same with ids that no other page has, links to other pages
 * as links within the document, headings below those of the document. Knows nothing of the order of
 * pages; print.c does. */
#ifndef SITE_PRINT_PAGE_H
#define SITE_PRINT_PAGE_H

#include "site/site.h"

typedef struct PrintPage {
    const Page *page;
    Str number;   /* "2.1" */
    size_t index; /* from 1; its ids begin with "p1-", and it is "#p1" itself */
    int shift;    /* what is added to the level of its headings */
    Map *ids;     /* every id of its content */
    Str html;     /* what print_page_render made */
} PrintPage;

/* Notes the page's ids. To be done for all pages before one is rendered. */
void print_page_read(PrintPage *print, Arena *arena);

typedef struct PrintUse {
    const Site *site;
    const Map *pages; /* output path -> PrintPage */
    bool is_paper;    /* there is no site beside it: links to files become whole, or are dropped */
} PrintUse;

/* Renders the page's content into print->html. Pure but for that. */
void print_page_render(const PrintUse *use, PrintPage *print, Arena *arena);

#endif
