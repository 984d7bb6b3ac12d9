/* yard.h: the cheapest way from a node within an area to a side of the area.
 * In: boxes and lines that stand there, and places where the way may start; out: states, from the
 * side back to the start. Places nothing; gates.c keeps what is found here. */
#ifndef DIAGRAM_LAYOUT_YARD_H
#define DIAGRAM_LAYOUT_YARD_H

#include "diagram/layout/plan.h"
#include "diagram/scene/shape.h"

#define YARD_PITCH      COORD_OF_PX(10)  /* of lines beside each other */
#define YARD_COST_ALONG COORD_OF_PX(900) /* a piece along another line */
#define YARD_LINES_MAX  160              /* of the grid, in either direction */

/* A straight piece of a line. */
typedef struct YardPiece {
    Point a, b;
} YardPiece;

/* All that stands in an area, from its top left corner. */
typedef struct Yard {
    Plan *plan;
    Arena *arena;
    uint32_t area;
    Box box;
    Box *boxes;
    size_t box_count, box_capacity;
    YardPiece *pieces;
    size_t piece_count, piece_capacity;
    Coord x[YARD_LINES_MAX], y[YARD_LINES_MAX];
    uint32_t x_count, y_count;
    int64_t *tolls; /* of the piece to a state from the left or from above; -1: unknown */
    int64_t *cost;  /* of states: the way from the end */
    uint32_t *previous;
    uint32_t *heap;
    uint32_t *heap_at; /* state -> place in the heap + 1; 0: not in it */
    uint32_t heap_count;
} Yard;

/* A place on the outline of the end where a line may start. */
typedef struct YardStart {
    Point at, out; /* on the outline's box, and a stub away from it */
    Side side;
    int64_t cost;
} YardStart;

/* Lays the grid that all searches from these starts share. */
void yard_prepare(Yard *yard, const YardStart *starts, size_t start_count);

/* The state where the cheapest way comes to this side of the area, or GRAPH_NONE. The one before it
 * is in `previous`; GRAPH_NONE - 1 - i stands for start i. */
uint32_t yard_search(Yard *yard, const YardStart *starts, size_t start_count, Side side);

/* Where a state is. */
Point yard_point(const Yard *yard, uint32_t state);

/* Is another line where this one would leave? */
bool yard_is_taken(const Yard *yard, const YardStart *start);

#endif
