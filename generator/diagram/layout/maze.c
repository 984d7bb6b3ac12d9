/* A label-correcting search (Moore 1957) over lanes, gaps and the sense in which the line arrives.
 * A lane lies between two items of a group around one of the ends, a gap between two ranks:
 *
 *     lane:   0     1  2     3
 *             |  u  |  |  g  |      u: the upper end, g: a group in the way
 *     gap 0   +-----+--+-----+
 *             |     |  |  g  |      across is possible in gaps that no group spans
 *     gap 1   +-----+--+     +      between the two lanes
 *             |     |  |  v  |
 *
 * Only lanes beside a group count: so there are few. */
#include "base/ban.h"

#include "diagram/layout/maze.h"

#define STATE_MAX  400000u
#define COST_BEND  8  /* a piece across, with a corner at each end */
#define COST_LANE  1  /* past one lane */
#define COST_CROSS 2  /* over the line of another edge */
#define COST_SIDE  6  /* through the side of a group around one end, not its top or bottom */
#define COST_TURN  24 /* out of the upper end upwards, into the lower end from below */
#define COST_UP    2  /* for a rank against the flow */
#define COST_DOWN  1

static const LayGroup *group_at(const Maze *maze, uint32_t step) {
    return &maze->lay->groups[maze->groups[step]];
}

static bool spans(const LayGroup *group, int gap) {
    return group->top <= gap && gap < group->bottom;
}

/* Just above the group's first rank, or just below its last. */
static bool is_outside(const LayGroup *group, int gap) {
    return gap < group->top || gap >= group->bottom;
}

/* Lines of this step may run across in the gap. */
static bool may_cross_in(const Maze *maze, uint32_t step, int gap) {
    const LayGroup *group = group_at(maze, step);
    if (step == maze->common)
        return spans(group, gap);
    return gap >= group->top - 1 && gap <= group->bottom;
}

static uint32_t item_index(const Layered *lay, uint32_t group, uint32_t entry) {
    const uint32_t *items = lay->items + lay->groups[group].first_item;
    uint32_t i = 0;
    while (items[i] != entry)
        i++;
    return i;
}

static uint32_t item_of_step(const Maze *maze, uint32_t inner, uint32_t outer) {
    return item_index(maze->lay, maze->groups[outer], maze->groups[inner] | ITEM_GROUP);
}

static void find_steps(Maze *maze) {
    const Layered *lay = maze->lay;
    const LayEdge *edge = &lay->edges[maze->edge];
    uint32_t upper = lay->nodes[lay_upper(edge)].group, lower = lay->nodes[lay_lower(edge)].group;
    size_t most = 2 + (size_t)lay->groups[upper].depth + (size_t)lay->groups[lower].depth;
    maze->groups = ARENA_ARRAY(maze->arena, uint32_t, most);
    for (; !lay_group_contains(lay, upper, lower); upper = lay->groups[upper].parent)
        maze->groups[maze->step_count++] = upper;
    maze->common = maze->step_count;
    maze->groups[maze->step_count++] = upper;
    uint32_t first = maze->step_count;
    for (; lower != upper; lower = lay->groups[lower].parent) {
        memmove(maze->groups + first + 1, maze->groups + first,
                (maze->step_count - first) * sizeof *maze->groups);
        maze->groups[first] = lower;
        maze->step_count++;
    }
}

/* The lanes of one step: at both ends, beside every group, beside the edge's own end. */
static void add_lanes(Maze *maze, uint32_t step) {
    const Layered *lay = maze->lay;
    const LayEdge *edge = &lay->edges[maze->edge];
    const LayGroup *group = group_at(maze, step);
    const uint32_t *items = lay->items + group->first_item;
    uint32_t own[2] = {LAY_NONE, LAY_NONE};
    if (step == 0)
        own[0] = item_index(lay, maze->groups[step], lay->nodes[lay_upper(edge)].block);
    if (step + 1 == maze->step_count)
        own[1] = item_index(lay, maze->groups[step], lay->nodes[lay_lower(edge)].block);
    for (uint32_t i = 0; i <= group->item_count; i++) {
        bool is_beside = i == 0 || i == group->item_count || (items[i] & ITEM_GROUP) ||
                         (items[i - 1] & ITEM_GROUP);
        if (!is_beside && i != own[0] && i != own[1])
            continue;
        if (i == own[0])
            maze->from_lane = maze->lane_count;
        if (i == own[1])
            maze->to_lane = maze->lane_count;
        maze->lanes[maze->lane_count++] = (MazeLane){step, i};
    }
}

static void find_lanes(Maze *maze) {
    size_t most = 0;
    for (uint32_t s = 0; s < maze->step_count; s++)
        most += (size_t)group_at(maze, s)->item_count + 1;
    maze->lanes = ARENA_ARRAY(maze->arena, MazeLane, most);
    for (uint32_t s = 0; s < maze->step_count; s++)
        add_lanes(maze, s);
}

static void add_gap(Maze *maze, bool *seen, int gap) {
    if (gap >= 0 && gap < maze->lay->rank_count)
        seen[gap] = true;
}

/* Gaps beside the ends, and where a group begins or ends. */
static void find_gaps(Maze *maze) {
    const Layered *lay = maze->lay;
    const LayEdge *edge = &lay->edges[maze->edge];
    bool *seen = ARENA_ARRAY(maze->arena, bool, lay->rank_count);
    int first = lay->nodes[lay_upper(edge)].rank, last = lay->nodes[lay_lower(edge)].rank;
    add_gap(maze, seen, first - 1);
    add_gap(maze, seen, first);
    add_gap(maze, seen, last - 1);
    add_gap(maze, seen, last);
    for (uint32_t s = 0; s < maze->step_count; s++) {
        const LayGroup *group = group_at(maze, s);
        for (uint32_t i = 0; i < group->item_count; i++) {
            uint32_t entry = lay->items[group->first_item + i];
            if (!(entry & ITEM_GROUP))
                continue;
            add_gap(maze, seen, lay->groups[entry & ~ITEM_GROUP].top - 1);
            add_gap(maze, seen, lay->groups[entry & ~ITEM_GROUP].bottom);
        }
    }
    maze->gaps = ARENA_ARRAY(maze->arena, int, lay->rank_count);
    for (int gap = 0; gap < lay->rank_count; gap++)
        if (seen[gap])
            maze->gaps[maze->gap_count++] = gap;
}

static uint32_t state_index(const Maze *maze, MazeState state) {
    return (state.lane * maze->gap_count + state.gap) * MAZE_HEADINGS + (uint32_t)state.heading;
}

MazeState maze_state(const Maze *maze, uint32_t index) {
    return (MazeState){index / MAZE_HEADINGS / maze->gap_count,
                       index / MAZE_HEADINGS % maze->gap_count,
                       (MazeHeading)(index % MAZE_HEADINGS)};
}

/* A way of this cost leads to the state from another, or from nowhere. */
static void reach(Maze *maze, MazeState state, uint32_t cost, uint32_t previous) {
    uint32_t index = state_index(maze, state);
    if (cost >= maze->cost[index])
        return;
    maze->cost[index] = cost;
    maze->previous[index] = previous;
    if (maze->is_queued[index])
        return;
    maze->is_queued[index] = true;
    maze->queue[(maze->queue_first + maze->queue_count++) % maze->state_count] = index;
}

/* Along the lane to the next gap. A line that has left its group does not come back into it, and
 * one that has come in does not leave again. */
static void go_along(Maze *maze, MazeState state, uint32_t index, MazeHeading heading) {
    uint32_t step = maze->lanes[state.lane].step;
    const LayGroup *group = group_at(maze, step);
    bool is_down = heading == MAZE_DOWN;
    int gap = maze->gaps[state.gap];
    if (state.heading != heading && state.heading != MAZE_ACROSS)
        return;
    if (is_down ? state.gap + 1 == maze->gap_count : state.gap == 0)
        return;
    uint32_t next = is_down ? state.gap + 1 : state.gap - 1;
    int to = maze->gaps[next];
    int first = is_down ? gap + 1 : to + 1, last = is_down ? to : gap;
    if (first < group->top || last > group->bottom || !may_cross_in(maze, step, to))
        return;
    if (step < maze->common && state.heading == MAZE_ACROSS && is_outside(group, gap))
        return;
    if (step > maze->common && is_outside(group, to))
        return;
    uint32_t ranks = (uint32_t)(last - first + 1);
    reach(maze, (MazeState){state.lane, next, heading},
          maze->cost[index] + ranks * (is_down ? COST_DOWN : COST_UP), index);
}

/* The lines of other edges that a piece across from lane `left` to the next one would meet. */
static uint32_t lines_between(const Maze *maze, uint32_t left, int gap) {
    const Layered *lay = maze->lay;
    const LayGroup *group = group_at(maze, maze->lanes[left].step);
    uint32_t count = 0;
    for (uint32_t i = maze->lanes[left].item; i < maze->lanes[left + 1].item; i++) {
        uint32_t entry = lay->items[group->first_item + i];
        if (entry & ITEM_GROUP)
            continue;
        count += lay->blocks[entry].first <= gap && gap < lay->blocks[entry].last;
    }
    return count;
}

static void cross_to(Maze *maze, uint32_t index, uint32_t lane, uint32_t cost) {
    MazeState state = maze_state(maze, index);
    if (!may_cross_in(maze, maze->lanes[lane].step, maze->gaps[state.gap]))
        return;
    cost += maze->cost[index] + COST_LANE + (state.heading == MAZE_ACROSS ? 0 : COST_BEND);
    reach(maze, (MazeState){lane, state.gap, MAZE_ACROSS}, cost, index);
}

/* Past the items between this lane and a neighbouring one of the same group. */
static void cross_lane(Maze *maze, uint32_t index, uint32_t left, uint32_t to) {
    const Layered *lay = maze->lay;
    if (maze->lanes[left].step != maze->lanes[left + 1].step)
        return;
    const LayGroup *group = group_at(maze, maze->lanes[left].step);
    int gap = maze->gaps[maze_state(maze, index).gap];
    uint32_t entry = lay->items[group->first_item + maze->lanes[left].item];
    if ((entry & ITEM_GROUP) && spans(&lay->groups[entry & ~ITEM_GROUP], gap))
        return;
    cross_to(maze, index, to, COST_CROSS * lines_between(maze, left, gap));
}

static uint32_t find_lane(const Maze *maze, uint32_t step, uint32_t item) {
    uint32_t lane = 0;
    while (maze->lanes[lane].step != step || maze->lanes[lane].item != item)
        lane++;
    return lane;
}

/* Out of a group around the upper end, or into one around the lower end, by its left or right. */
static void cross_border(Maze *maze, uint32_t index) {
    MazeLane lane = maze->lanes[maze_state(maze, index).lane];
    uint32_t next = lane.step + 1;
    if (next == maze->step_count)
        return;
    bool is_leaving = lane.step < maze->common;
    uint32_t inner = is_leaving ? lane.step : next, outer = is_leaving ? next : lane.step;
    const LayGroup *group = group_at(maze, inner);
    uint32_t at = item_of_step(maze, inner, outer);
    int gap = maze->gaps[maze_state(maze, index).gap];
    uint32_t cost = spans(group, gap) ? COST_SIDE : 0;
    for (uint32_t side = 0; side < 2; side++) {
        uint32_t inside = side ? group->item_count : 0, beside = at + side;
        if (lane.item != (is_leaving ? inside : beside))
            continue;
        cross_to(maze, index, find_lane(maze, next, is_leaving ? beside : inside), cost);
    }
}

static uint32_t gap_index(const Maze *maze, int gap) {
    for (uint32_t i = 0; i < maze->gap_count; i++)
        if (maze->gaps[i] == gap)
            return i;
    return LAY_NONE;
}

static void start_search(Maze *maze) {
    const Layered *lay = maze->lay;
    const LayNode *upper = &lay->nodes[lay_upper(&lay->edges[maze->edge])];
    uint32_t below = gap_index(maze, upper->rank), above = gap_index(maze, upper->rank - 1);
    maze->state_count = maze->lane_count * maze->gap_count * MAZE_HEADINGS;
    maze->cost = ARENA_ARRAY(maze->arena, uint32_t, maze->state_count);
    maze->previous = ARENA_ARRAY(maze->arena, uint32_t, maze->state_count);
    maze->queue = ARENA_ARRAY(maze->arena, uint32_t, maze->state_count);
    maze->is_queued = ARENA_ARRAY(maze->arena, bool, maze->state_count);
    memset(maze->cost, 0xff, maze->state_count * sizeof *maze->cost);
    if (below != LAY_NONE && may_cross_in(maze, 0, upper->rank))
        reach(maze, (MazeState){maze->from_lane, below, MAZE_DOWN}, 0, LAY_NONE);
    if (above != LAY_NONE && upper->kind != LAY_PORT && may_cross_in(maze, 0, upper->rank - 1))
        reach(maze, (MazeState){maze->from_lane, above, MAZE_UP}, COST_TURN, LAY_NONE);
}

/* The state from which the cheapest way reaches the lower end, or LAY_NONE. */
static uint32_t best_goal(const Maze *maze) {
    const Layered *lay = maze->lay;
    const LayNode *lower = &lay->nodes[lay_lower(&lay->edges[maze->edge])];
    uint32_t best = LAY_NONE, least = UINT32_MAX;
    for (uint32_t below = 0; below < 2; below++) {
        uint32_t gap = gap_index(maze, lower->rank - (below ? 0 : 1));
        if (gap == LAY_NONE || (below && lower->kind == LAY_PORT))
            continue;
        MazeHeading headings[2] = {below ? MAZE_UP : MAZE_DOWN, MAZE_ACROSS};
        for (size_t i = 0; i < 2; i++) {
            uint32_t index = state_index(maze, (MazeState){maze->to_lane, gap, headings[i]});
            uint32_t cost = maze->cost[index];
            if (cost == UINT32_MAX || cost + (below ? COST_TURN : 0) >= least)
                continue;
            least = cost + (below ? COST_TURN : 0);
            best = index;
        }
    }
    return best;
}

static uint32_t search(Maze *maze) {
    start_search(maze);
    while (maze->queue_count > 0) {
        uint32_t index = maze->queue[maze->queue_first];
        maze->queue_first = (maze->queue_first + 1) % maze->state_count;
        maze->queue_count--;
        maze->is_queued[index] = false;
        MazeState state = maze_state(maze, index);
        go_along(maze, state, index, MAZE_DOWN);
        go_along(maze, state, index, MAZE_UP);
        if (state.lane > 0)
            cross_lane(maze, index, state.lane - 1, state.lane - 1);
        if (state.lane + 1 < maze->lane_count)
            cross_lane(maze, index, state.lane, state.lane + 1);
        cross_border(maze, index);
    }
    return best_goal(maze);
}

uint32_t maze_find(Maze *maze) {
    find_steps(maze);
    find_lanes(maze);
    find_gaps(maze);
    if ((uint64_t)maze->lane_count * maze->gap_count * MAZE_HEADINGS > STATE_MAX)
        return LAY_NONE;
    return search(maze);
}
