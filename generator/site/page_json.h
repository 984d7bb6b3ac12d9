/* page_json.h: what docsgen.json says about one page.
 * In: a page whose links are resolved. Out: an object with its headings and links, each with its
 * place. It is written while the page is rendered, because its tree is not kept. */
#ifndef SITE_PAGE_JSON_H
#define SITE_PAGE_JSON_H

#include "site/site.h"

/* The object in `arena`; `tmp` is for work. */
Str page_json(const Page *page, Arena *arena, Arena *tmp);

#endif
