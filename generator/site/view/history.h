/* history.h: how a tracker's work went on, as a burn-up chart and a list of what changed.
 * In: the history of a roadmap. Out: HTML with an inline SVG and the same figures as a table. */
#ifndef SITE_VIEW_HISTORY_H
#define SITE_VIEW_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "roadmap/history.h"

typedef struct HistoryView {
    const RoadmapHistory *history;
    Str id_prefix; /* unique on the page */
    Str tag;       /* the newest tag; empty: there is none */
    int64_t tagged;
    Arena *arena;
} HistoryView;

/* Appends the burn-up: what was planned (scope) and what was complete, counted in each committed
 * version, and what the tracker said where it said something else. Nothing with fewer than two
 * versions. */
void view_burnup(const HistoryView *view, Buf *out);

/* Appends what changed since the last tag, or in the thirty days before the newest version where
 * no tag is older than that. Nothing when nothing changed. */
void view_changes(const HistoryView *view, Buf *out);

#endif
