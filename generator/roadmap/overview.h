/* overview.h: the list of all roadmaps, ROADMAP.md, as data.
 * In: a Markdown document and the trackers it lists; out: its rows with what they claim, joined
 * with the trackers, and findings. Reads no file: the caller has read the trackers. */
#ifndef ROADMAP_OVERVIEW_H
#define ROADMAP_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "roadmap/roadmap.h"

/* How far a roadmap is, as folders are called: planning/, in_progress/, complete/. */
typedef enum OverviewStage {
    OVERVIEW_PLANNING,
    OVERVIEW_IN_PROGRESS,
    OVERVIEW_COMPLETE,
    OVERVIEW_STAGE_COUNT,
} OverviewStage;

/* One roadmap. */
typedef struct OverviewItem {
    Span row;
    RoadmapText title;
    RoadmapText link; /* text: the target as written; empty without one */
    RoadmapText raw_status, priority, state, location;
    RoadmapStatus status;
    bool has_status;
    RoadmapNumber completion;
    RoadmapNumber done, total; /* "4/7 PRs" */
    RoadmapBar bar;            /* without percent */
    const Roadmap *tracker;    /* joined, or NULL */
    bool is_moved;             /* the tracker was known by its folder's name: the link is wrong */
} OverviewItem;

/* "Planning: 2 items (0% avg)" */
typedef struct OverviewGroup {
    RoadmapNumber items, percent;
} OverviewGroup;

typedef struct Overview {
    const Source *source;
    RoadmapText title;
    Span table; /* source NULL: there is none */
    OverviewItem *items;
    size_t item_count, item_capacity;
    RoadmapNumber percent, done, total;         /* of the line "Overall Completion" */
    OverviewGroup groups[OVERVIEW_STAGE_COUNT]; /* what its summary says */
    RoadmapNumber said_total;                   /* "Total: 9 items" */
    uint32_t by_stage[OVERVIEW_STAGE_COUNT];    /* rows, by their status */
    bool has_mean;
    int64_t mean_milli; /* of the rows' completion, in percent, two decimals */
} Overview;

/* "planning", "in_progress", "complete". */
Str overview_stage_name(OverviewStage stage);

/* The overview in `doc`. Never fails: a document without a list gives none. */
Overview *overview_read(const MdDoc *doc, Arena *arena, Diags *diags);

/* Finds the tracker of each row by its link, else by the name of its folder. */
void overview_join(Overview *overview, const Roadmap *const *trackers, size_t count, Arena *arena);

/* Adds the findings about an overview that contradicts itself or the trackers it was joined with.
 * `trackers` are all that there are; a row without one, and one without a row, are findings.
 * Without any, only the overview itself is judged. */
void overview_lint(const Overview *overview, const Roadmap *const *trackers, size_t count,
                   Arena *arena, Diags *diags);

/* Appends it as one JSON document; `findings` may be NULL. */
void overview_write_json(const Overview *overview, const Diags *findings, Buf *out);

#endif
