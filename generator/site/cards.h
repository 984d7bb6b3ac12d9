/* cards.h: the cards of all pages, drawn.
 * In: a finished site that knows its address. Out: one PNG for each page. Drawing one takes longer
 * than making its page, so they are remembered between runs (base/cache), by all that goes into
 * them: only what changed is drawn again. */
#ifndef SITE_CARDS_H
#define SITE_CARDS_H

#include "site/site.h"

/* Loads the fonts that the cards need. To be called before anything else is drawn, and when the
 * navigation and the diagrams are known. */
void cards_prepare(const Site *site);

/* Draws the card of every page that has one into page->card. Nothing when this build draws none. */
void cards_draw(Site *site);

#endif
