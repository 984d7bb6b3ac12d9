/* roadmap.h: a tracker as a dashboard.
 * In: a roadmap and where its pages are. Out: HTML that any page can hold, and the graph of its
 * dependencies for diagram/. Computes nothing that roadmap/ could; knows no file. */
#ifndef SITE_VIEW_ROADMAP_H
#define SITE_VIEW_ROADMAP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "diagram/diagram.h"
#include "roadmap/history.h"
#include "roadmap/roadmap.h"
#include "roadmap/schedule.h"

typedef struct RoadmapView {
    const Roadmap *roadmap;
    const Schedule *schedule;
    const Diagram *graph;           /* of the dependencies; NULL or not drawn: left out */
    const RoadmapHistory *history;  /* NULL: nothing is known of the past */
    Str tag;                        /* the newest tag; empty: none */
    int64_t tagged;                 /* when it was made, in seconds since 1970 */
    const Diags *findings;          /* about the tracker; NULL: none */
    const DiagSeverity *severities; /* one for each rule */
    Str repository;                 /* its web address; empty: not known */
    Str name;                       /* accessible name of the embed; may be empty */
    Str id_prefix;                  /* unique on the page: "d3-" */
    Str root;                       /* from the page to the site root: "../" */
    Str tracker_href; /* from the page to the tracker's page; empty: it is this page */
    Str plan_href;    /* to the page of the plan; empty: there is none */
    Str graph_href;   /* to the stand-alone SVG; empty: there is none */
    Arena *arena;     /* for what is put together on the way */
} RoadmapView;

struct Site;
struct SiteTracker;
struct Page;

/* The view of a tracker as seen from `page`. */
RoadmapView roadmap_view(const struct Site *site, const struct SiteTracker *tracker,
                         const struct Page *page, Str id_prefix, Arena *arena);

/* Appends the dashboard: progress, next PR, table of PRs, graph. */
void view_roadmap(const RoadmapView *view, Buf *out);

/* Appends one line: name, bar, percentage, next PR. It may stand inside a paragraph. */
void view_roadmap_summary(const RoadmapView *view, Buf *out);

/* The dependencies as a graph, coloured by status, without those that follow from others. Without
 * nodes when there is nothing to draw or too much to be read. */
Graph *roadmap_graph(const Roadmap *roadmap, Arena *arena);

/* Lets every node lead to its PR's section on the page with this URL (from the site root). */
void roadmap_graph_link(Graph *graph, const Roadmap *roadmap, Str page_url, Arena *arena);

#endif
