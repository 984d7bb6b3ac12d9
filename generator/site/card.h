/* card.h: the picture that a link to a page is shown with elsewhere: 1200 x 630 pixels.
 * In: a page, its place in the navigation, its first diagram. Out: SVG text, and what the page says
 * about the picture. Draws nothing; cards.h does. */
#ifndef SITE_CARD_H
#define SITE_CARD_H

#include "site/site.h"

#define CARD_WIDTH  1200
#define CARD_HEIGHT 630

/* Whether a page has a card: the site knows its address, cards are not switched off, and the page
 * is an author's. */
bool card_is_made(const Site *site, const Page *page);

/* Where the picture stands in the output: "cards/guide/index.png". */
Str card_path(const Page *page, Arena *arena);

/* What the picture shows, in words. */
Str card_words(const Site *site, const Page *page, Arena *arena);

/* The first diagram that a reader of the page meets, or NULL. To be asked before embeds are
 * replaced. */
const SiteDiagram *card_find_diagram(const Site *site, const Page *page, Arena *arena);

/* The card as SVG. `diagram` may be NULL. Fonts for its letters must have been prepared
 * (raster_prepare): letters that no font has are left out. */
Str card_svg(const Site *site, const Page *page, const SiteDiagram *diagram, Arena *arena);

#endif
