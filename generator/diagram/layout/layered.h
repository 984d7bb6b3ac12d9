/* layered.h: the working model of the layered layout, handed from phase to phase.
 * In: one connected part of a Graph, made by part.c; out: places, read by emit.c. Coordinates here
 * are those of a drawing that flows downwards: x is across the flow, y along it; part.c swaps sizes
 * and emit.c turns places for the other directions. */
#ifndef DIAGRAM_LAYOUT_LAYERED_H
#define DIAGRAM_LAYOUT_LAYERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "diagram/model/graph.h"

#define LAY_NONE UINT32_MAX
#define LAY_ROOT 0u /* LayGroup 0 holds what lies in no group of this part */

/* What a LayNode stands for. */
typedef enum LayKind {
    LAY_NODE, /* a node of the graph */
    LAY_BOX,  /* a group that was laid out on its own */
    LAY_GRID, /* nodes that are alike; grid.c */
    LAY_PORT, /* an edge's end on a group: a point of its border */
} LayKind;

/* To which border rank of its group a port is tied. */
typedef enum LayPin {
    PIN_FREE,
    PIN_TOP,
    PIN_BOTTOM
} LayPin;

/* Room for notes beside a node: across the flow at either side, and along it. */
typedef struct SideRoom {
    Coord before, after, along;
} SideRoom;

typedef struct LayNode {
    LayKind kind;
    uint32_t ref; /* NodeId, GroupId of a box or port, or index of a grid */
    uint32_t group;
    NodeShape shape;
    Coord width, height;
    Coord pitch;                   /* least distance of two ports; 0: the usual one */
    Coord head_pitch;              /* the same for heads, which may share a trunk though */
    Coord loop_width, loop_height; /* room for self loops at the right */
    SideRoom notes;
    Coord pad;      /* in `height`, at each end: for what stands at the ends of edges */
    bool has_gates; /* lines meet it at certain places */
    LayPin pin;
    int rank;       /* p2_rank.c */
    uint32_t block; /* chains.c */
} LayNode;

typedef struct LayGroup {
    GroupId ref; /* GRAPH_NONE for the root */
    uint32_t parent;
    int depth;
    Coord title_width, title_height; /* as drawn upright; 0: no title */
    bool has_head, has_foot;         /* a rank of its own for ports at the top, at the bottom */
    int top, bottom;                 /* first and last rank */
    uint32_t left, right, title;     /* blocks; title LAY_NONE: none, or not in a rank */
    uint32_t first_item, item_count; /* in Layered.items: children from left to right */
    Box box;
    Coord title_at; /* y of a title beside the members; stack.c */
} LayGroup;

/* A straight part of an edge that detour.c leads around a group. */
typedef struct LayRun {
    uint32_t group, item; /* beside which item of the group it comes to stand, when it is new */
    int first, last;
} LayRun;

typedef struct LayEdge {
    EdgeId ref;                         /* of a grid: its first member's */
    uint32_t from, to;                  /* LayNodes, as the author drew the edge */
    bool reversed;                      /* drawn from `to` above to `from` below */
    bool is_free;                       /* its group ends could not be tied to a border rank */
    bool is_inward;                     /* one end is a group that holds the other end */
    bool has_gate[2];                   /* of `from` and `to`: meets an area at a certain place, */
    Coord gate_above[2], gate_below[2]; /* from its middle, at its upper or lower side, */
    uint32_t gate_goal[2];              /* on the way to this node in it */
    bool is_stacked; /* what its ends lie in can stand wholly one above the other */
    int length;      /* least number of ranks */
    int weight;
    Coord label_width, label_height;
    uint32_t first_link, link_count; /* from the upper end to the lower */
    uint32_t label_block;
    uint32_t first_chain; /* block; the others follow it */
    const LayRun *runs;   /* NULL: chains.c finds them */
    uint32_t run_count;
    bool is_fresh; /* detour.c has just found its runs */
    Point *points; /* from the upper end to the lower; p5_route.c */
    size_t point_count;
} LayEdge;

typedef enum BlockKind {
    BLOCK_NODE,  /* ref: LayNode */
    BLOCK_TITLE, /* ref: LayGroup */
    BLOCK_CHAIN, /* ref: LayEdge; the straight part of a long edge within one group */
    BLOCK_LEFT,  /* ref: LayGroup; its side borders */
    BLOCK_RIGHT,
} BlockKind;

/* Whatever takes part in the order from left to right, over one rank or many. It has one x. */
typedef struct Block {
    BlockKind kind;
    uint32_t ref;
    uint32_t group; /* of a border: the group itself */
    int first, last;
    Coord left, right; /* room beside x; of a chain: at label_rank only */
    Coord height;      /* of the widest rank */
    int label_rank;    /* -1: no label here */
    uint32_t order;    /* p3_order.c: a number for every block, the same order in every rank */
    Coord x;           /* p4_place.c */
    Coord y;           /* p5_route.c: centre; of a chain: of its label */
} Block;

/* A piece of an edge between neighbouring ranks that joins two blocks. */
typedef struct Link {
    uint32_t edge;
    uint32_t upper, lower;        /* blocks */
    int rank;                     /* of the upper end */
    bool is_up;                   /* the edge comes to its lower end first */
    Coord upper_port, lower_port; /* offset from the block's x */
    int weight;
    uint32_t net; /* p5_route.c: its horizontal piece, or LAY_NONE: straight */
    uint32_t jog; /* another horizontal piece above that one, or LAY_NONE */
    Coord jog_x;  /* of the vertical piece between the two */
} Link;

/* A horizontal piece between rank and rank + 1, shared by links that leave or reach one port. */
typedef struct Net {
    int rank;
    Coord low, high; /* x of its ends */
    Coord y;         /* p6_stack.c */
} Net;

/* A child of a group in the order tree: a block, or with ITEM_GROUP a group. */
#define ITEM_GROUP 0x80000000u

/* Where titles stand, in the turned coordinates. */
typedef enum TitleSide {
    TITLE_AT_TOP,    /* TB: a rank of its own */
    TITLE_AT_BOTTOM, /* BT */
    TITLE_AT_LEFT,   /* LR and RL: room beside the members */
} TitleSide;

/* Distances, in Coord. */
typedef struct LaySpacing {
    Coord node, edge, label, pad, group, rank, stub, arrow, slot;
} LaySpacing;

/* A node that should stand wholly above a group, or below it; apart.c. */
typedef struct LayWish {
    uint32_t node, group;
    bool is_above;
} LayWish;

/* What p3_order.c has found, before others changed it: another search can go on from there. */
typedef struct LayFound {
    uint32_t *items, item_count;
    uint64_t blocks;                    /* another number for the items of other blocks */
    uint32_t start_count, polish_count; /* what was tried */
} LayFound;

/* What was found out about the order of a part, for another drawing with the same nodes in it. */
typedef struct LayOrder {
    uint32_t *items;
    LayWish *wishes;
    uint32_t wish_count;
    LayRun **runs; /* by edge */
    uint32_t *run_counts;
    LayFound found;
    bool is_complete; /* more work would find the same, or is not worth it */
} LayOrder;

/* Two groups of one parent that are built alike; twins.c. The arrays lead from members of the first
 * to those of the second, from all else to LAY_NONE. */
typedef struct LayTwins {
    uint32_t first, second;
    uint32_t *node, *group, *edge;
    bool is_aligned; /* p2_rank.c gives them the same ranks */
} LayTwins;

typedef struct Layered {
    Arena *arena;
    const Graph *graph;
    const struct Grid *grids;
    TitleSide title_side;
    LaySpacing space;
    bool is_hasty;   /* p3_order.c: with few starts */
    Coord page;      /* how wide the part should be, across the flow */
    bool is_spread;  /* spread.c makes crowded ranks narrower */
    bool is_crowded; /* it could: a rank is wider than the page */
    bool is_loose;   /* no edge is_stacked */
    bool is_alike;   /* twins are drawn alike */
    bool is_tight;   /* p4_place.c: width counts more than straight lines */
    int scale;       /* ranks per unit of length: 2 where labels need a rank between */
    LayNode *nodes;
    uint32_t node_count;
    LayGroup *groups; /* parents before children */
    uint32_t group_count;
    LayEdge *edges;
    uint32_t edge_count;
    const LayWish *wishes;
    uint32_t wish_count;
    LayTwins *twins;
    uint32_t twins_count;
    int rank_count;
    Block *blocks;
    uint32_t block_count, block_capacity;
    Link *links;
    uint32_t link_count, link_capacity;
    Net *nets; /* rank by rank, in each from top to bottom */
    uint32_t net_count;
    uint32_t *items;
    const LayOrder *known; /* the order to take; NULL: to be found */
    LayFound found;        /* before the search: by an earlier one, if by any */
    bool is_complete;      /* more work would find the same, or is not worth it */
    Coord width, height;
    struct Fold *fold; /* fold.c; NULL: in one piece */
} Layered;

/* One phase: changes the model and nothing else. */
typedef void (*LayeredPass)(Layered *lay);

/* The phases, each in the file of its name. */
void acyclic_run(Layered *lay);
void twins_run(Layered *lay);
void rank_run(Layered *lay);
void spread_run(Layered *lay);
void chains_run(Layered *lay);
void order_run(Layered *lay);
void apart_run(Layered *lay);
void alike_run(Layered *lay);
void doors_run(Layered *lay);
void detour_run(Layered *lay);
void ports_run(Layered *lay);
void place_run(Layered *lay);
void route_run(Layered *lay);
void stack_run(Layered *lay);

/* What is found out about the order, in `arena`; and the same for a drawing that is to take it. */
LayOrder order_keep(const Layered *lay, Arena *arena);
void order_take(Layered *lay, const LayOrder *known);

/* Takes what the search for that order has found out about ranks; a search of its own goes on from
 * there. */
void order_take_ranks(Layered *lay, const LayOrder *known);

/* Numbers the blocks by the items that detour.c has given new places, and improves on that. */
void order_settle(Layered *lay);

/* The ends of an edge in the direction of the drawing. */
static inline uint32_t lay_upper(const LayEdge *edge) {
    return edge->reversed ? edge->to : edge->from;
}

static inline uint32_t lay_lower(const LayEdge *edge) {
    return edge->reversed ? edge->from : edge->to;
}

/* Group `outer` is `inner` or one of its ancestors. */
bool lay_group_contains(const Layered *lay, uint32_t outer, uint32_t inner);

/* The group around `node` that is next inside the innermost group around both nodes, or LAY_NONE:
 * the node itself is. */
uint32_t lay_branch(const Layered *lay, uint32_t node, uint32_t other);

/* Does the link pass through the group, which holds neither of its blocks? */
bool lay_link_passes(const Layered *lay, const Link *link, uint32_t group);

/* Ranks between a group's first rank and its first member, or its last member and its last rank. */
int lay_head_ranks(const Layered *lay, uint32_t group);
int lay_foot_ranks(const Layered *lay, uint32_t group);

/* How many items there are, when p3_order.c has listed them. */
uint32_t lay_item_count(const Layered *lay);

/* Room that a block needs left and right of its x in one rank. */
Coord lay_block_left(const Block *block, int rank);
Coord lay_block_right(const Block *block, int rank);

/* The least distance of two ports of the node that is not `usual`. */
static inline Coord lay_pitch(const LayNode *node, Coord usual) {
    Coord own = node->pitch > node->head_pitch ? node->pitch : node->head_pitch;
    return own > usual ? own : usual;
}

/* The length of a node's upper or lower side that edges may meet. */
Coord lay_port_room(const LayNode *node);

/* Is the model sound, as far as phases have filled it in? For assert. */
bool layered_check(const Layered *lay);

#endif
