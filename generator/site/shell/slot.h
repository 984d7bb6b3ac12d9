/* slot.h: the pieces of Markdown that the settings put on every page.
 * In: the text and its place in docsgen.yml; out: HTML whose links are right on the page. */
#ifndef SITE_SLOT_H
#define SITE_SLOT_H

#include "site/site.h"

typedef struct Slot {
    Str *html; /* by the number of folders that the page is deep in; only its links differ */
    size_t depth_count;
} Slot;

/* The slot of `setting`, its links relative to the source folder. The site's pages must be known.
 * Findings are in site->diags. */
Slot slot_read(Site *site, PlacedText setting);

/* Its HTML for the page at `url`; empty when nothing was set. */
Str slot_html(const Slot *slot, Str url);

#endif
