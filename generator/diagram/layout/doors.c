/* Sees to the order of lines at areas that they come into at certain places. While the order was
 * looked for, a line could meet a node anywhere; now one that leaves an area above another should
 * also stand before it, or the two cross on the way:
 *
 *     area ---.  .--- x         area ------ y
 *             |  |        or
 *          ---'  '--- y              ------ x
 *
 * Every item is tried at every place among its siblings (sifting, as in p3_sift.c, but counted
 * anew each time: parts with such areas are few and small). */
#include "base/ban.h"

#include "diagram/layout/crossings.h"

#define TRIALS_MAX 4000     /* places that are looked at, */
#define WORK_MAX   1000000u /* fewer where all lines together are more than this */
#define ROUNDS     4

/* A link at the side of an area, with the place where it meets it. */
typedef struct Door {
    uint32_t side; /* 2 * block of the area; 1 more at its upper side */
    uint32_t far;  /* block */
    uint32_t goal; /* lines to one node may take each other's places */
    Coord at;
} Door;

typedef struct Doors {
    Layered *lay;
    Arena *arena;
    Order order;
    Door *doors; /* those of one side follow each other */
    uint32_t count;
    uint32_t trials;
} Doors;

static int compare_doors(const void *left, const void *right) {
    const Door *a = left, *b = right;
    if (a->side != b->side)
        return a->side < b->side ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->far < b->far ? -1 : a->far > b->far ? 1 : 0;
}

static void add_door(Doors *doors, const Link *link, bool at_upper_end) {
    const Layered *lay = doors->lay;
    const LayEdge *edge = &lay->edges[link->edge];
    uint32_t block = at_upper_end ? link->upper : link->lower;
    size_t end = lay->nodes[edge->from].block == block ? 0 : 1;
    if (lay->blocks[block].kind != BLOCK_NODE || !edge->has_gate[end])
        return;
    doors->doors[doors->count++] =
        (Door){.side = 2 * block + (at_upper_end ? 0 : 1),
               .far = at_upper_end ? link->lower : link->upper,
               .goal = edge->gate_goal[end],
               .at = at_upper_end ? edge->gate_below[end] : edge->gate_above[end]};
}

/* Pairs of lines that leave an area in one order and arrive in the other. */
static int64_t count_twisted(const Doors *doors) {
    const uint32_t *position = doors->order.position;
    int64_t count = 0;
    for (uint32_t i = 0; i < doors->count; i++) {
        const Door *a = &doors->doors[i], *end = doors->doors + doors->count;
        for (const Door *b = a + 1; b < end && b->side == a->side; b++)
            count += a->at < b->at && a->goal != b->goal && position[a->far] > position[b->far];
    }
    return count;
}

static int64_t count_all(Doors *doors) {
    order_number(&doors->order);
    return order_crossings(&doors->order) + count_twisted(doors);
}

static void move(uint32_t *items, uint32_t from, uint32_t to) {
    uint32_t item = items[from];
    if (from < to)
        memmove(items + from, items + from + 1, (to - from) * sizeof *items);
    else
        memmove(items + to + 1, items + to, (from - to) * sizeof *items);
    items[to] = item;
}

/* The item at `from` goes where fewest lines cross; the sum so far, and what is left of it. */
static int64_t settle(Doors *doors, const LayGroup *group, uint32_t from, int64_t least) {
    uint32_t *items = doors->lay->items + group->first_item, at = from, best = from;
    for (uint32_t to = 0; to < group->item_count && doors->trials > 0; to++) {
        move(items, at, to);
        at = to;
        doors->trials--;
        int64_t crossings = count_all(doors);
        if (crossings < least) {
            least = crossings;
            best = to;
        }
    }
    move(items, at, best);
    return least;
}

static bool is_end_of_one(const Layered *lay, uint32_t node) {
    uint32_t count = 0;
    for (uint32_t e = 0; e < lay->edge_count; e++)
        count += lay->edges[e].from == node || lay->edges[e].to == node;
    return count == 1;
}

/* Puts the item of a block before all its siblings, or behind them. */
static void move_out(Layered *lay, uint32_t block, bool to_front) {
    const LayGroup *group = &lay->groups[lay->blocks[block].group];
    uint32_t *items = lay->items + group->first_item, from = 0;
    while (from < group->item_count && items[from] != block)
        from++;
    if (from < group->item_count)
        move(items, from, to_front ? 0 : group->item_count - 1);
}

/* The line, with an end that nothing else leads to, to one side of everything: alone neither can
 * go there, as they would cross what lies between them. */
static int64_t settle_line(Doors *doors, const LayEdge *edge, int64_t least) {
    Layered *lay = doors->lay;
    uint32_t count = lay_item_count(lay);
    uint32_t ends[2] = {edge->from, edge->to};
    uint32_t *saved = ARENA_ARRAY(doors->arena, uint32_t, count);
    for (int side = 0; side < 2 && doors->trials > 0; side++) {
        memcpy(saved, lay->items, count * sizeof *saved);
        for (uint32_t k = 0; k < edge->link_count; k++) {
            uint32_t block = lay->links[edge->first_link + k].upper;
            if (lay->blocks[block].kind == BLOCK_CHAIN)
                move_out(lay, block, side == 0);
        }
        for (size_t end = 0; end < 2; end++)
            if (!edge->has_gate[end] && is_end_of_one(lay, ends[end]))
                move_out(lay, lay->nodes[ends[end]].block, side == 0);
        doors->trials--;
        int64_t crossings = count_all(doors);
        if (crossings < least)
            least = crossings;
        else
            memcpy(lay->items, saved, count * sizeof *saved);
    }
    return least;
}

static void settle_all(Doors *doors) {
    const Layered *lay = doors->lay;
    int64_t least = count_all(doors);
    for (int round = 0; round < ROUNDS && count_twisted(doors) > 0; round++) {
        int64_t before = least;
        for (uint32_t g = 0; g < lay->group_count; g++)
            for (uint32_t i = 0; i < lay->groups[g].item_count && least > 0; i++)
                least = settle(doors, &lay->groups[g], i, least);
        for (uint32_t e = 0; e < lay->edge_count; e++)
            if (lay->edges[e].has_gate[0] != lay->edges[e].has_gate[1])
                least = settle_line(doors, &lay->edges[e], least);
        order_number(&doors->order);
        if (least == before)
            break;
    }
}

void doors_run(Layered *lay) {
    bool has_any = false;
    for (uint32_t v = 0; v < lay->node_count; v++)
        has_any = has_any || lay->nodes[v].has_gates;
    if (!has_any)
        return;
    Arena *arena = arena_new();
    Doors doors = {.lay = lay,
                   .arena = arena,
                   .order = order_new(lay, arena),
                   .trials = WORK_MAX / (lay->link_count + 1)};
    doors.trials = doors.trials < TRIALS_MAX ? doors.trials : TRIALS_MAX;
    doors.doors = ARENA_ARRAY(arena, Door, 2 * (size_t)lay->link_count);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        add_door(&doors, &lay->links[i], true);
        add_door(&doors, &lay->links[i], false);
    }
    qsort(doors.doors, doors.count, sizeof *doors.doors, compare_doors);
    settle_all(&doors);
    order_number(&doors.order);
    order_write(&doors.order);
    arena_free(arena);
}
