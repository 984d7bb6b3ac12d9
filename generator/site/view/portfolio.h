/* portfolio.h: all trackers below a folder as one table.
 * In: the site; out: HTML with a row for each roadmap: how far, what is open, what comes next, when
 * it last changed. */
#ifndef SITE_VIEW_PORTFOLIO_H
#define SITE_VIEW_PORTFOLIO_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "site/site.h"

/* Appends the table of the trackers below `folder` (relative to the project root; empty: all), as
 * seen from `page`. False, and nothing appended, when there are none. */
bool view_portfolio(const Site *site, const Page *page, Str folder, Arena *arena, Buf *out);

#endif
