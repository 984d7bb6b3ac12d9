/* Leads edges around groups that hold neither of their ends. The order is found by then; an edge
 * whose straight chains would have to pass through a foreign group gets others: along lanes beside
 * the groups, and across only in gaps between two ranks where no group is in the way. Where nothing
 * leads onward, the edge turns back and goes around the group above or below it.
 *
 *      u    [  g  ]    v           .--------------.
 *      |    [     ]                u   [  g  ]    |
 *      '----------->               |   [     ]    |     across where g has ended, or around it
 *
 * The cheapest way is found by a label-correcting search (Moore 1957) over lanes, gaps and the
 * sense in which the line arrives. A lane lies between two items of a group around one of the ends,
 * and only those beside a group count: so there are few. */
#include "base/ban.h"

#include "diagram/layout/layered.h"

#define ROUNDS     2
#define WORK_MAX   40000000u /* links times groups that are looked through */
#define EDGE_MAX   400       /* edges led around: more would be a maze anyway */
#define STATE_MAX  400000u
#define COST_BEND  8 /* a piece across, with a corner at each end */
#define COST_LANE  1 /* past one lane */
#define COST_CROSS 2 /* over the line of another edge */
#define COST_SIDE                                                                                  \
    6 /* through the side of a group around one end, rather than its top or bottom                 \
       */
#define COST_TURN                                                                                  \
    24              /* out of the upper side of the upper end, into the lower side of the lower    \
                     */
#define COST_UP   2 /* for a rank against the flow */
#define COST_DOWN 1

typedef enum Heading {
    HEAD_DOWN,
    HEAD_UP,
    HEAD_ACROSS,
    HEADING_COUNT
} Heading;

/* A place between two items of a group where a line may run along the flow. */
typedef struct Lane {
    uint32_t step; /* index into Maze.groups */
    uint32_t item; /* before this item */
} Lane;

typedef struct Maze {
    Layered *lay;
    Arena *arena;
    uint32_t edge;
    uint32_t
        *groups; /* from that of the upper end out to the common one, and in to the lower end's */
    uint32_t step_count, common;
    Lane *lanes; /* step by step, from left to right */
    uint32_t lane_count, from_lane, to_lane;
    int *gaps; /* a gap is named by the rank above it */
    uint32_t gap_count;
    uint32_t *cost, *previous; /* of states */
    uint32_t *queue;
    bool *is_queued;
    uint32_t queue_first, queue_count, state_count;
} Maze;

typedef struct State {
    uint32_t lane, gap;
    Heading heading;
} State;

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
        maze->lanes[maze->lane_count++] = (Lane){step, i};
    }
}

static void find_lanes(Maze *maze) {
    size_t most = 0;
    for (uint32_t s = 0; s < maze->step_count; s++)
        most += (size_t)group_at(maze, s)->item_count + 1;
    maze->lanes = ARENA_ARRAY(maze->arena, Lane, most);
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

static uint32_t state_index(const Maze *maze, State state) {
    return (state.lane * maze->gap_count + state.gap) * HEADING_COUNT + (uint32_t)state.heading;
}

static State state_at(const Maze *maze, uint32_t index) {
    return (State){index / HEADING_COUNT / maze->gap_count, index / HEADING_COUNT % maze->gap_count,
                   (Heading)(index % HEADING_COUNT)};
}

/* A way of this cost leads to the state from another, or from nowhere. */
static void reach(Maze *maze, State state, uint32_t cost, uint32_t previous) {
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
static void go_along(Maze *maze, State state, uint32_t index, Heading heading) {
    uint32_t step = maze->lanes[state.lane].step;
    const LayGroup *group = group_at(maze, step);
    bool is_down = heading == HEAD_DOWN;
    int gap = maze->gaps[state.gap];
    if (state.heading != heading && state.heading != HEAD_ACROSS)
        return;
    if (is_down ? state.gap + 1 == maze->gap_count : state.gap == 0)
        return;
    uint32_t next = is_down ? state.gap + 1 : state.gap - 1;
    int to = maze->gaps[next];
    int first = is_down ? gap + 1 : to + 1, last = is_down ? to : gap;
    if (first < group->top || last > group->bottom || !may_cross_in(maze, step, to))
        return;
    if (step < maze->common && state.heading == HEAD_ACROSS && is_outside(group, gap))
        return;
    if (step > maze->common && is_outside(group, to))
        return;
    uint32_t ranks = (uint32_t)(last - first + 1);
    reach(maze, (State){state.lane, next, heading},
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
    State state = state_at(maze, index);
    if (!may_cross_in(maze, maze->lanes[lane].step, maze->gaps[state.gap]))
        return;
    cost += maze->cost[index] + COST_LANE + (state.heading == HEAD_ACROSS ? 0 : COST_BEND);
    reach(maze, (State){lane, state.gap, HEAD_ACROSS}, cost, index);
}

/* Past the items between this lane and a neighbouring one of the same group. */
static void cross_lane(Maze *maze, uint32_t index, uint32_t left, uint32_t to) {
    const Layered *lay = maze->lay;
    if (maze->lanes[left].step != maze->lanes[left + 1].step)
        return;
    const LayGroup *group = group_at(maze, maze->lanes[left].step);
    int gap = maze->gaps[state_at(maze, index).gap];
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
    Lane lane = maze->lanes[state_at(maze, index).lane];
    uint32_t next = lane.step + 1;
    if (next == maze->step_count)
        return;
    bool is_leaving = lane.step < maze->common;
    uint32_t inner = is_leaving ? lane.step : next, outer = is_leaving ? next : lane.step;
    const LayGroup *group = group_at(maze, inner);
    uint32_t at = item_of_step(maze, inner, outer);
    int gap = maze->gaps[state_at(maze, index).gap];
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
    maze->state_count = maze->lane_count * maze->gap_count * HEADING_COUNT;
    maze->cost = ARENA_ARRAY(maze->arena, uint32_t, maze->state_count);
    maze->previous = ARENA_ARRAY(maze->arena, uint32_t, maze->state_count);
    maze->queue = ARENA_ARRAY(maze->arena, uint32_t, maze->state_count);
    maze->is_queued = ARENA_ARRAY(maze->arena, bool, maze->state_count);
    memset(maze->cost, 0xff, maze->state_count * sizeof *maze->cost);
    if (below != LAY_NONE && may_cross_in(maze, 0, upper->rank))
        reach(maze, (State){maze->from_lane, below, HEAD_DOWN}, 0, LAY_NONE);
    if (above != LAY_NONE && upper->kind != LAY_PORT && may_cross_in(maze, 0, upper->rank - 1))
        reach(maze, (State){maze->from_lane, above, HEAD_UP}, COST_TURN, LAY_NONE);
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
        Heading headings[2] = {below ? HEAD_UP : HEAD_DOWN, HEAD_ACROSS};
        for (size_t i = 0; i < 2; i++) {
            uint32_t index = state_index(maze, (State){maze->to_lane, gap, headings[i]});
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
        State state = state_at(maze, index);
        go_along(maze, state, index, HEAD_DOWN);
        go_along(maze, state, index, HEAD_UP);
        if (state.lane > 0)
            cross_lane(maze, index, state.lane - 1, state.lane - 1);
        if (state.lane + 1 < maze->lane_count)
            cross_lane(maze, index, state.lane, state.lane + 1);
        cross_border(maze, index);
    }
    return best_goal(maze);
}

/* A way in the making: its states from the upper end to the lower. */
typedef struct Trail {
    const Maze *maze;
    State *states;
    uint32_t count;
    LayRun *runs;
    uint32_t run_count;
} Trail;

static void add_run(Trail *trail, Lane lane, int first, int last) {
    trail->runs[trail->run_count++] = (LayRun){
        .group = trail->maze->groups[lane.step], .item = lane.item, .first = first, .last = last};
}

/* Where the line comes down and goes up again, or the other way round, a turn of one rank joins the
 * two, in the outermost group that the piece across passes. */
static void add_turn(Trail *trail, uint32_t from, uint32_t to, bool is_low) {
    const Maze *maze = trail->maze;
    Lane best = maze->lanes[trail->states[from].lane];
    for (uint32_t i = from; i <= to; i++) {
        Lane lane = maze->lanes[trail->states[i].lane];
        uint32_t far =
            lane.step > maze->common ? lane.step - maze->common : maze->common - lane.step;
        uint32_t near =
            best.step > maze->common ? best.step - maze->common : maze->common - best.step;
        if (far < near)
            best = lane;
    }
    int rank = maze->gaps[trail->states[from].gap] + (is_low ? 1 : 0);
    add_run(trail, best, rank, rank);
}

/* One stretch along a lane, states `from` to `to`. */
static void add_stretch(Trail *trail, uint32_t from, uint32_t to) {
    const Maze *maze = trail->maze;
    int a = maze->gaps[trail->states[from].gap], b = maze->gaps[trail->states[to].gap];
    add_run(trail, maze->lanes[trail->states[from].lane], (a < b ? a : b) + 1, a < b ? b : a);
}

static void collect_states(Trail *trail, uint32_t goal) {
    const Maze *maze = trail->maze;
    for (uint32_t i = goal; i != LAY_NONE; i = maze->previous[i])
        trail->count++;
    trail->states = ARENA_ARRAY(maze->arena, State, trail->count);
    uint32_t at = trail->count;
    for (uint32_t i = goal; i != LAY_NONE; i = maze->previous[i])
        trail->states[--at] = state_at(maze, i);
}

/* Turns states into runs: those along a lane, and turns between two of opposite sense. */
static void follow(Trail *trail, uint32_t goal, bool ends_up) {
    collect_states(trail, goal);
    trail->runs = ARENA_ARRAY(trail->maze->lay->arena, LayRun, 2 * (size_t)trail->count + 1);
    Heading last = trail->states[0].heading;
    for (uint32_t i = 0; i < trail->count;) {
        uint32_t from = i;
        while (i + 1 < trail->count && trail->states[i + 1].heading == HEAD_ACROSS)
            i++;
        bool is_end = i + 1 == trail->count;
        Heading next = !is_end ? trail->states[i + 1].heading : ends_up ? HEAD_UP : HEAD_DOWN;
        if (next != last)
            add_turn(trail, from, i, last == HEAD_DOWN);
        last = next;
        if (is_end)
            return;
        from = i++;
        while (i + 1 < trail->count && trail->states[i + 1].heading == last)
            i++;
        add_stretch(trail, from, i);
    }
}

static bool lead_around(Layered *lay, uint32_t edge) {
    Arena *arena = arena_new();
    Maze maze = {.lay = lay, .arena = arena, .edge = edge};
    find_steps(&maze);
    find_lanes(&maze);
    find_gaps(&maze);
    uint32_t goal = LAY_NONE;
    if ((uint64_t)maze.lane_count * maze.gap_count * HEADING_COUNT <= STATE_MAX)
        goal = search(&maze);
    if (goal != LAY_NONE) {
        int end = maze.gaps[state_at(&maze, goal).gap];
        Trail trail = {.maze = &maze};
        follow(&trail, goal, end == lay->nodes[lay_lower(&lay->edges[edge])].rank);
        lay->edges[edge].runs = trail.runs;
        lay->edges[edge].run_count = trail.run_count;
        lay->edges[edge].is_fresh = true;
    }
    arena_free(arena);
    return goal != LAY_NONE;
}

static bool passes_group(const Layered *lay, const Link *link) {
    for (uint32_t g = 1; g < lay->group_count; g++)
        if (lay_link_passes(lay, link, g))
            return true;
    return false;
}

static bool lead_all(Layered *lay) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < lay->link_count && count < EDGE_MAX; i++) {
        uint32_t edge = lay->links[i].edge;
        if (!lay->edges[edge].run_count && passes_group(lay, &lay->links[i]))
            count += lead_around(lay, edge);
    }
    return count > 0;
}

/* A block that is to stand before an item of its group. */
typedef struct Entry {
    uint32_t group, item, block;
} Entry;

static int compare_entries(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    return a->block < b->block ? -1 : a->block > b->block ? 1 : 0;
}

/* The blocks before the order is made anew. */
typedef struct Before {
    uint32_t *items, *first_item, *item_count; /* by group */
    uint32_t *edge_of;                         /* block -> edge, of a chain */
    uint32_t *first_chain;                     /* by edge */
    uint32_t fixed_count;                      /* blocks that are no chains: they come first */
} Before;

static Before note_order(const Layered *lay, Arena *arena) {
    uint32_t total = 0;
    Before before = {.edge_of = ARENA_ARRAY(arena, uint32_t, lay->block_count),
                     .first_chain = ARENA_ARRAY(arena, uint32_t, lay->edge_count),
                     .first_item = ARENA_ARRAY(arena, uint32_t, lay->group_count),
                     .item_count = ARENA_ARRAY(arena, uint32_t, lay->group_count)};
    for (uint32_t b = 0; b < lay->block_count; b++) {
        before.edge_of[b] = lay->blocks[b].ref;
        before.fixed_count += lay->blocks[b].kind != BLOCK_CHAIN;
    }
    for (uint32_t e = 0; e < lay->edge_count; e++)
        before.first_chain[e] = lay->edges[e].first_chain;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        before.first_item[g] = lay->groups[g].first_item;
        before.item_count[g] = lay->groups[g].item_count;
        total += lay->groups[g].item_count;
    }
    before.items = ARENA_ARRAY(arena, uint32_t, total);
    memcpy(before.items, lay->items, total * sizeof *before.items);
    return before;
}

/* The item as it is called now, or LAY_NONE: a chain of an edge that is led elsewhere. */
static uint32_t item_now(const Layered *lay, const Before *before, uint32_t entry) {
    if ((entry & ITEM_GROUP) || entry < before->fixed_count)
        return entry;
    const LayEdge *edge = &lay->edges[before->edge_of[entry]];
    if (edge->is_fresh)
        return LAY_NONE;
    return edge->first_chain + (entry - before->first_chain[before->edge_of[entry]]);
}

static uint32_t new_entries(const Layered *lay, Entry *entries) {
    uint32_t count = 0;
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        for (uint32_t i = 0; i < edge->run_count && edge->is_fresh; i++)
            entries[count++] =
                (Entry){edge->runs[i].group, edge->runs[i].item, edge->first_chain + i};
    }
    qsort(entries, count, sizeof *entries, compare_entries);
    return count;
}

/* Makes blocks and links anew; everything keeps its place in the order, and the new chains get
 * those of their lanes. */
static void rebuild(Layered *lay) {
    Arena *arena = arena_new();
    Before before = note_order(lay, arena);
    lay->block_count = lay->link_count = 0;
    chains_run(lay);
    Entry *entries = ARENA_ARRAY(arena, Entry, lay->block_count);
    uint32_t entry_count = new_entries(lay, entries), total = 0;
    lay->items = ARENA_ARRAY(lay->arena, uint32_t, lay->block_count + lay->group_count);
    for (uint32_t g = 0, next = 0; g < lay->group_count; g++) {
        lay->groups[g].first_item = total;
        for (uint32_t i = 0; i <= before.item_count[g]; i++) {
            for (; next < entry_count && entries[next].group == g && entries[next].item == i;
                 next++)
                lay->items[total++] = entries[next].block;
            if (i == before.item_count[g])
                break;
            uint32_t item = item_now(lay, &before, before.items[before.first_item[g] + i]);
            if (item != LAY_NONE)
                lay->items[total++] = item;
        }
        lay->groups[g].item_count = total - lay->groups[g].first_item;
    }
    for (uint32_t e = 0; e < lay->edge_count; e++)
        lay->edges[e].is_fresh = false;
    arena_free(arena);
}

void detour_run(Layered *lay) {
    if (lay->known || (uint64_t)lay->link_count * lay->group_count > WORK_MAX)
        return;
    for (int round = 0; round < ROUNDS && lead_all(lay); round++) {
        rebuild(lay);
        order_settle(lay);
    }
}
