/* stencil.h: a page's content before it is known where its links lead.
 * In: the tree of a page that has been read alone. Out: its HTML with holes, which is all that is
 * kept of the tree; later, when every page is known, the same HTML with the links in it. */
#ifndef SITE_STENCIL_H
#define SITE_STENCIL_H

#include "base/buf.h"
#include "site/page.h"
#include "site/site.h"

/* The stencil of a page in tools->cold. NULL when the page has an image or an address in
 * HTML: what becomes of those depends on other files. */
PageStencil *stencil_new(const Page *page, const PageTools *tools);

/* Appends the content with its links, which are resolved and judged, and its drawings. What is
 * needed for that goes with `tmp`. */
void stencil_fill(const Site *site, Page *page, Arena *tmp, Buf *out);

#endif
