/* redirects.h: old addresses that lead on.
 * In: the settings' redirects, the aliases of pages. Out: pages that only forward, notes on pages
 * from which a part has moved away, findings. A browser drops the part behind "#" when a page
 * forwards by itself, so a script of some lines carries it over; without scripts a reader comes to
 * the page, and finds where the part is now. */
#ifndef SITE_REDIRECTS_H
#define SITE_REDIRECTS_H

#include "site/site.h"

/* Resolves the settings' redirects; needs the pages and their anchors. */
void redirects_read(Site *site);

/* Appends a note for every part that has moved away from this page: shown to who comes for it. */
void redirects_add_notes(const Site *site, const Page *page, Buf *content);

/* Appends the pages that forward, and their script where anything needs it, through `add`. */
void redirects_write(const Site *site, void (*add)(void *context, Output output), void *context);

#endif
