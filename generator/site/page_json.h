/* page_json.h: what docsgen.json says about one page.
 * In: a page whose links are resolved. Out: an object with its headings and links, each with its
 * place. It is written while the page is rendered, because its tree is not kept. */
#ifndef SITE_PAGE_JSON_H
#define SITE_PAGE_JSON_H

#include "site/site.h"

/* Its headings and links, which do not change while the page's content stays. */
Str page_json_parts(const Page *page, Arena *arena);

/* The object in `arena`; `tmp` is for work. */
Str page_json(const Page *page, Str parts, Arena *arena, Arena *tmp);

#endif
