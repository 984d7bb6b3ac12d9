/* gates.h: lines that come into an area, or leave it.
 * In: a group whose own direction is not that of its surroundings, laid out on its own although
 * edges cross its border; out: for every such edge the way from its end to each side of the group,
 * so that the surroundings know where to meet it. Changes no place. */
#ifndef DIAGRAM_LAYOUT_GATES_H
#define DIAGRAM_LAYOUT_GATES_H

#include "diagram/layout/plan.h"
#include "diagram/scene/shape.h"

#define GATE_SIDES 4 /* as in Side */

/* The way of an edge's end through the area that it lies in. */
typedef struct Gate {
    uint32_t area;
    Point *points[GATE_SIDES]; /* from the border inwards, from the area's top left corner */
    size_t counts[GATE_SIDES];
    struct Gate *inner; /* through the area within this one, or NULL */
} Gate;

/* The edge's end as it is seen in the area: the end itself, or the area around it. */
EdgeEnd gates_end(const Plan *plan, size_t edge, bool is_to, uint32_t area);

/* The innermost area around both ends of the edge. */
uint32_t gates_common_area(const Plan *plan, size_t edge);

/* Finds the ways through an area that is laid out and has its size. */
void gates_find(Plan *plan, uint32_t area);

/* Where an edge meets the area: the distance from the top or left of its box along the side. */
Coord gates_at(const Plan *plan, size_t edge, bool is_to, Side side);

/* Carries lines that end at areas on to their ends; when all places are absolute. */
void gates_join(Plan *plan);

#endif
