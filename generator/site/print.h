/* print.h: the whole site as one document, for paper and for searching with a browser.
 * In: a site whose pages are rendered and whose content was kept. Out: HTML with a cover, contents
 * and every page in the order of the navigation, and the style sheet that belongs to it. */
#ifndef SITE_PRINT_H
#define SITE_PRINT_H

#include "site/site.h"

#define PRINT_PATH STR("print.html")
#define PRINT_PDF  STR("print.pdf")
#define PRINT_CSS  STR("print.css")

/* Appends the document. `is_paper`: it will stand alone, so what links lead to is spelled out. */
void print_write(Site *site, bool is_paper, Buf *out);

/* Notes the files that the document shows, by their paths in the output. */
void print_files(const Site *site, Str html, Map *paths);

/* The newest day that a page was changed on, "2026-11-21"; empty when none is known. */
Str print_day(const Site *site);

/* Appends its style sheet: the theme's, and running heads with the titles of pages. */
void print_write_css(Site *site, Buf *out);

#endif
