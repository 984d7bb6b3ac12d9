/* cards.h: a grid of cards on a page.
 * In: a CardSet whose links site/ has turned into hrefs; out: HTML: a list of cards with their
 * fields, and a bar for each budget. Computes nothing: sums and shares are data/'s.
 *
 * Classes for the style sheet: card-set (the figure), card-set-intro, cards, card, card-COLOR,
 * card-title, badge, fields, budget, budget-bar, is-over. */
#ifndef SITE_VIEW_CARDS_H
#define SITE_VIEW_CARDS_H

#include "base/buf.h"
#include "base/str.h"
#include "data/cards.h"

/* Appends the grid. `name` is its accessible name; empty: the set's own title. */
void view_cards(const CardSet *cards, Str name, Buf *out);

#endif
