/* roadmap_parts.h: what the files of the dashboard share.
 * In: the view; out: the parts, each appended as HTML, and the words that several of them need. */
#ifndef SITE_VIEW_ROADMAP_PARTS_H
#define SITE_VIEW_ROADMAP_PARTS_H

#include <stdint.h>

#include "site/view/roadmap.h"

/* The figures: computed, declared, next, in progress, waiting, critical path. */
void roadmap_add_facts(const RoadmapView *view, Buf *out);

/* The table of PRs. */
void roadmap_add_table(const RoadmapView *view, Buf *out);

/* The phases of the plan with their progress; nothing when PRs have none. */
void roadmap_add_phases(const RoadmapView *view, Buf *out);

/* What the checks say about the tracker; nothing when they say nothing. */
void roadmap_add_findings(const RoadmapView *view, Buf *out);

/* "83.3 %" */
void roadmap_add_percent(Buf *out, int64_t milli);

/* The id of a PR's row on the page. */
void roadmap_add_row_id(const RoadmapView *view, uint32_t index, Buf *out);

/* "PR 11" as a link to its row. */
void roadmap_add_pr_link(const RoadmapView *view, uint32_t index, Buf *out);

/* A progress bar that says "3 of 4 items done" to who cannot see it. */
void roadmap_add_bar(Buf *out, uint64_t done, uint64_t total, const char *what);

#endif
