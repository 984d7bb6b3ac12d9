/* maze.h: the cheapest way of one edge around groups that hold neither of its ends.
 * In: ranks and an order of items; out: the lanes and gaps that the way follows. Changes nothing;
 * detour.c makes chains of what is found here. */
#ifndef DIAGRAM_LAYOUT_MAZE_H
#define DIAGRAM_LAYOUT_MAZE_H

#include "diagram/layout/layered.h"

typedef enum MazeHeading {
    MAZE_DOWN,
    MAZE_UP,
    MAZE_ACROSS,
    MAZE_HEADINGS
} MazeHeading;

/* A place between two items of a group where a line may run along the flow. */
typedef struct MazeLane {
    uint32_t step; /* index into Maze.groups */
    uint32_t item; /* before this item */
} MazeLane;

/* All ways that one edge may take. */
typedef struct Maze {
    Layered *lay;
    Arena *arena;
    uint32_t edge;
    uint32_t *groups; /* out from the upper end to the common one, in to the lower end */
    uint32_t step_count, common;
    MazeLane *lanes; /* step by step, from left to right */
    uint32_t lane_count, from_lane, to_lane;
    int *gaps; /* a gap is named by the rank above it */
    uint32_t gap_count;
    uint32_t *cost, *previous; /* of states */
    uint32_t *queue;
    bool *is_queued;
    uint32_t queue_first, queue_count, state_count;
} Maze;

/* A place on the way: where a lane meets a gap, and the sense in which the line arrives. */
typedef struct MazeState {
    uint32_t lane, gap;
    MazeHeading heading;
} MazeState;

/* The state from which the cheapest way reaches the lower end, or LAY_NONE: there is none, or too
 * much to look through. `lay`, `arena` and `edge` are set. The states before it are in `previous`.
 */
uint32_t maze_find(Maze *maze);

MazeState maze_state(const Maze *maze, uint32_t index);

#endif
