/* plan.h: what layout_flow knows about every part of a graph: text, size, place.
 * In: a Graph; out: filled by sizes.c, then part by part by emit.c and pack.c. Places are those of
 * the drawing, relative to the area that a part lies in.
 *
 * An area is the whole graph, or a group that no edge enters or leaves: that is laid out on its
 * own, in its own direction, and is one box for its surroundings. */
#ifndef DIAGRAM_LAYOUT_PLAN_H
#define DIAGRAM_LAYOUT_PLAN_H

#include "base/arena.h"
#include "diagram/layout/layered.h"
#include "diagram/layout/layout.h"
#include "diagram/text/text.h"

/* The texts of a node with compartments; table.c. */
typedef struct TablePlan {
    TextBlock stereotype;
    TextBlock *cells; /* row by row */
    Coord column_width[NODE_CELLS];
    Coord header_height;
} TablePlan;

/* The notes beside a node or group, and the room they take; notes.c. */
typedef struct NotesPlan {
    NodeId first[2]; /* at the left and at the right; GRAPH_NONE: none */
    SideRoom room;
} NotesPlan;

typedef struct NodePlan {
    TextBlock text;
    TablePlan *table; /* NULL: nothing but a name */
    Box box;
    Coord pad;        /* kept free at both sides that lines come to; ends.c */
    Coord pitch;      /* least distance of two lines at a side; 0: the usual one */
    Coord head_pitch; /* the same for heads alone */
    Coord overhang;   /* of texts at ends, beyond either side; ends.c */
    Coord end_across; /* the widest of them, with its gaps */
    uint32_t end_texts;
    EdgeHead head; /* seen last at this node */
    bool has_head;
    uint32_t area; /* GroupId, or GRAPH_NONE: the whole graph */
    uint32_t loop_count;
    Coord loop_out, loop_along; /* room for one loop with its texts: off the node, along its side */
    Coord loop_reach, loop_half; /* of the line itself */
    Coord loop_beside;           /* off its legs, for texts at its ends */
    NotesPlan notes;
    NodeId next_note; /* of a note: the next one at its side */
    bool is_beside;   /* a note that its anchor carries along: no part of the layers */
} NodePlan;

typedef struct EdgePlan {
    TextBlock text;
    Box label;
    TextBlock ends[2]; /* texts beside the start and the end */
    Box end_labels[2];
    Point *points;
    size_t point_count;
    uint32_t area;
    bool is_tether;        /* between a note and its anchor */
    bool is_gated;         /* crosses the border of an area */
    struct Gate *gates[2]; /* of its start and its end: through the outermost such area; gates.c */
} EdgePlan;

typedef struct GroupPlan {
    TextBlock text;
    Box box, title;
    bool is_area;
    bool has_gates;                  /* an area whose border edges cross */
    uint32_t area;                   /* the one it lies in; not itself */
    GraphDirection direction;        /* resolved */
    Coord inner_width, inner_height; /* of an area: its content */
    int depth;
    NotesPlan notes;
} GroupPlan;

/* One way to draw a graph, as far as there is a choice. */
typedef struct PlanWay {
    Coord text_width;         /* at which node texts are broken */
    uint32_t grid_least;      /* alike nodes that make a grid; 0: none do. grid.c */
    bool is_hasty;            /* only to see whether this way is worth more work */
    bool is_spread;           /* what ends a path may stand a rank further */
    bool is_tight;            /* a narrow drawing counts more than straight lines */
    bool is_loose;            /* groups with an edge between them may stand beside each other */
    bool is_upright;          /* groups without a direction of their own flow down, not across */
    bool is_alike;            /* groups that are built alike are drawn alike; twins.c */
    const struct Plan *texts; /* a plan with texts as wide, or wider, that are known; or NULL */
} PlanWay;

/* Nodes that are alike, as blocks; grid.c */
typedef struct Grid Grid;
typedef struct GridList {
    Grid *grids;
    size_t count;
    uint32_t *of_node; /* NodeId -> index into grids, or GRAPH_NONE; NULL: there are none */
} GridList;

/* The order that was found for the items of each part, as finding one takes most of the time. */
typedef struct OrderList {
    LayOrder *parts;
    size_t count, capacity;
} OrderList;

/* What a plan takes over from another one; of its orders, or their ranks only. */
typedef struct Known {
    const OrderList *orders; /* NULL: nothing */
    bool is_ranks_only;
} Known;

typedef struct Plan {
    const Graph *graph;
    Arena *arena;
    int font_size_px;
    Coord target_width;
    PlanWay way;
    GridList grids;
    bool is_crowded;  /* a rank could be made narrower; spread.c */
    bool has_stacked; /* groups stand one after the other, and need not */
    bool has_lying;   /* groups flow across that could flow down */
    bool has_twins;   /* groups are built alike; twins.c */
    bool is_open;     /* more work may find a better order for a part */
    OrderList orders; /* of its parts, in the order of their making */
    Known known;      /* taken over from a plan of the same ranks */
    NodePlan *nodes;
    EdgePlan *edges;
    GroupPlan *groups;
    Point size; /* of the whole: x the width, y the height */
} Plan;

#define PLAN_TEXT_WIDTH COORD_OF_PX(200) /* at which texts of nodes are broken, usually */
#define PLAN_PAD        COORD_OF_PX(12)  /* between a group's border and its content */
#define PLAN_TITLE_GAP  COORD_OF_PX(6)   /* above a title */

/* Texts and sizes of everything; areas and directions. */
Plan *plan_new(const Graph *graph, const LayoutOptions *options, PlanWay way, Arena *arena);

/* The parts of an area that hang together, each as a model for the phases. */
typedef struct PartList {
    Layered **parts;
    size_t count;
} PartList;
PartList part_split(const Plan *plan, uint32_t area, Arena *arena);

/* Where the content of an area begins, from the corner of its box. */
Point plan_content(const GroupPlan *area);

/* The direction of an area. */
GraphDirection plan_direction(const Plan *plan, uint32_t area);

/* Runs all phases over a part. */
void passes_run(Layered *lay);

/* Writes the places of a part into the plan, as drawn, with the part's top left corner at `origin`.
 */
void emit_part(Plan *plan, const Layered *lay, GraphDirection direction, Point origin);

/* Carries the end `a` of the piece from `b` on into the box up to the outline. */
void emit_reach_outline(NodeShape shape, Box box, Point *a, Point b);

/* Size of a part as drawn. */
Point emit_size(const Layered *lay, GraphDirection direction);

/* Top left corners for boxes of these sizes (x: width, y: height), packed in rows in the given
 * order; gives the size of the whole. */
Point pack_rows(const Point *sizes, size_t count, Coord target_width, Point *corners);

#endif
