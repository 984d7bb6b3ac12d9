/* grid.h: nodes that only their names tell apart, drawn as one block of columns and rows.
 * In: the sized nodes of an area; out: which of them make a grid, the size of its block, and where
 * in the block each node and the lines to it are. Coordinates are those of layered.h. Knows nothing
 * of the phases: for them the block is one node with one edge to each neighbour. */
#ifndef DIAGRAM_LAYOUT_GRID_H
#define DIAGRAM_LAYOUT_GRID_H

#include "diagram/layout/plan.h"

/* The two edges that a member may have. */
enum {
    GRID_IN,  /* from its neighbour to the member */
    GRID_OUT, /* from the member to its neighbour */
    GRID_WAYS,
};

struct Grid {
    const uint32_t *members;          /* NodeIds, as declared */
    const uint32_t *edges[GRID_WAYS]; /* EdgeIds by member; NULL: no edges this way */
    uint32_t count, columns;
    Coord cell_width, cell_height; /* the largest member's: across the flow, along it */
    Coord reach[GRID_WAYS];        /* from a lane to the members beside it */
    Coord width, height;           /* of the block */
};

/* The grids of a plan with sizes, of at least `least` members each; none where that is 0. */
GridList grid_find(const Plan *plan, uint32_t least, Arena *arena);

/* The grid that the node is in, or NULL. */
const Grid *grid_of(const GridList *list, uint32_t node);

/* Where the centre of a member stands, from the block's top left corner. */
Point grid_member(const Grid *grid, uint32_t member);

/* How a trunk meets the block. */
typedef struct GridEntry {
    int way;         /* GRID_IN or GRID_OUT */
    Coord port;      /* its x */
    bool from_below; /* at the block's lower side */
} GridEntry;

/* The corners of an edge from the trunk to the centre of the member, by bus and lane. */
#define GRID_CORNERS 4
void grid_route(const Grid *grid, uint32_t member, GridEntry entry, Point corners[GRID_CORNERS]);

#endif
