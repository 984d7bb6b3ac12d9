/* Leads edges around groups that hold neither of their ends. The order is found by then; an edge
 * whose straight chains would have to pass through a foreign group gets others: along lanes beside
 * the groups, and across only in gaps between two ranks where no group is in the way. Where nothing
 * leads onward, the edge turns back and goes around the group above or below it.
 *
 *      u    [  g  ]    v           .--------------.
 *      |    [     ]                u   [  g  ]    |
 *      '----------->               |   [     ]    |     across where g has ended, or around it
 *
 * maze.c finds the cheapest way; here it becomes chains, and these find their places in the order.
 */
#include "base/ban.h"

#include "diagram/layout/maze.h"

#define ROUNDS   2
#define WORK_MAX 40000000u /* links times groups that are looked through */
#define EDGE_MAX 400       /* edges led around: more would be a maze anyway */

/* A way in the making: its states from the upper end to the lower. */
typedef struct Trail {
    const Maze *maze;
    MazeState *states;
    uint32_t count;
    LayRun *runs;
    uint32_t run_count;
} Trail;

static void add_run(Trail *trail, MazeLane lane, int first, int last) {
    trail->runs[trail->run_count++] = (LayRun){
        .group = trail->maze->groups[lane.step], .item = lane.item, .first = first, .last = last};
}

/* Where the line comes down and goes up again, or the other way round, a turn of one rank joins the
 * two, in the outermost group that the piece across passes. */
static void add_turn(Trail *trail, uint32_t from, uint32_t to, bool is_low) {
    const Maze *maze = trail->maze;
    MazeLane best = maze->lanes[trail->states[from].lane];
    for (uint32_t i = from; i <= to; i++) {
        MazeLane lane = maze->lanes[trail->states[i].lane];
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
    trail->states = ARENA_ARRAY(maze->arena, MazeState, trail->count);
    uint32_t at = trail->count;
    for (uint32_t i = goal; i != LAY_NONE; i = maze->previous[i])
        trail->states[--at] = maze_state(maze, i);
}

/* Turns states into runs: those along a lane, and turns between two of opposite sense. */
static void follow(Trail *trail, uint32_t goal, bool ends_up) {
    collect_states(trail, goal);
    trail->runs = ARENA_ARRAY(trail->maze->lay->arena, LayRun, 2 * (size_t)trail->count + 1);
    MazeHeading last = trail->states[0].heading;
    for (uint32_t i = 0; i < trail->count;) {
        uint32_t from = i;
        while (i + 1 < trail->count && trail->states[i + 1].heading == MAZE_ACROSS)
            i++;
        bool is_end = i + 1 == trail->count;
        MazeHeading next = !is_end ? trail->states[i + 1].heading : ends_up ? MAZE_UP : MAZE_DOWN;
        if (next != last)
            add_turn(trail, from, i, last == MAZE_DOWN);
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
    uint32_t goal = maze_find(&maze);
    if (goal != LAY_NONE) {
        int end = maze.gaps[maze_state(&maze, goal).gap];
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
