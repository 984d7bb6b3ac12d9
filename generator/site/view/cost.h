/* cost.h: a cost sheet on a page.
 * In: a CostSheet; out: HTML: a table with a column per scenario, totals, notes, and bars when
 * there is something to compare. Computes nothing but widths: amounts are data/'s.
 *
 * Classes for the style sheet: cost-sheet (the figure), cost (the table), group, num, item-note,
 * total, budget, is-over, unknown, cost-bars, cost-key, cost-notes. */
#ifndef SITE_VIEW_COST_H
#define SITE_VIEW_COST_H

#include "base/buf.h"
#include "base/str.h"
#include "data/cost.h"

/* Appends the sheet. `name` is its accessible name, `caption` stands above it; where they are empty
 * the sheet's title serves. `id_prefix` makes ids unique on the page. */
void view_cost(const CostSheet *sheet, Str name, Str caption, Str id_prefix, Buf *out);

#endif
