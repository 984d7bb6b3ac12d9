/* Line ends of a key are sorted by the tree of groups, so what a group has of them is a range; only
 * the links that lead out of it are listed one by one. Nothing of this depends on the order, so it
 * is worked out once, in time and room of the ends times the depth of the groups. */
#include "base/ban.h"

#include "diagram/layout/p3_ends.h"

#define ROWS_MAX 1000000u /* keys of groups, in all */

/* Does the line lead out of the group that its end lies in? */
static bool leads_out(const Order *order, const LineEnd *end, uint32_t group) {
    uint32_t slot = order->slot[end->other];
    return slot < order->rim_slot[group] || slot >= order->end_slot[group];
}

/* Enters an end of a link with the group at the index, where the ends that lead out are to be
 * counted only, or have their places already. */
static void enter_link(Ends *ends, uint32_t index, uint32_t group, KeyEnds *row) {
    const LineEnd *end = &ends->order->ends[index];
    if (row->links_end == 0)
        row->links = index;
    row->links_end = index + 1;
    if (!leads_out(ends->order, end, group))
        row->inside += end->weight;
    else if (ends->out)
        ends->out[row->out_end++] = index;
    else
        row->out_end++;
}

static void enter_along(const Order *order, uint32_t index, uint32_t group, KeyEnds *row) {
    const LineEnd *end = &order->ends[index];
    bool is_rim = order->slot[end->block] < order->inner_slot[group];
    if (row->along_end == 0)
        row->rim = row->along = index;
    if (is_rim)
        row->along = index + 1;
    row->along_end = index + 1;
    row->inside += end->weight;
}

/* Enters all ends with all groups that they lie in. */
static void enter_all(Ends *ends) {
    const Order *order = ends->order;
    const Layered *lay = order->lay;
    for (uint32_t key = 0; key < order->key_count; key++) {
        uint32_t along = (uint32_t)order->key_along[key];
        for (uint32_t i = (uint32_t)order->key_first[key]; i < order->key_first[key + 1]; i++) {
            uint32_t group = lay->blocks[order->ends[i].block].group;
            for (; group != LAY_NONE; group = lay->groups[group].parent) {
                KeyEnds *row = &ends->rows[group][key - ends->keys[lay->block_count + group].first];
                if (i < along)
                    enter_link(ends, i, group, row);
                else
                    enter_along(order, i, group, row);
            }
        }
    }
}

/* All ends are entered in two goes: the first only counts those that lead out. */
static void find_rows(Ends *ends, size_t row_count, Arena *arena) {
    uint32_t group_count = ends->order->lay->group_count;
    KeyEnds *rows = ARENA_ARRAY(arena, KeyEnds, row_count), *next = rows;
    ends->rows = ARENA_ARRAY(arena, KeyEnds *, group_count);
    for (uint32_t g = 0; g < group_count; g++) {
        KeyRange keys = ends->keys[ends->order->lay->block_count + g];
        ends->rows[g] = next;
        next += keys.end - keys.first;
    }
    enter_all(ends);
    uint32_t out_count = 0;
    for (size_t i = 0; i < row_count; i++) {
        uint32_t count = rows[i].out_end;
        rows[i] = (KeyEnds){.out = out_count, .out_end = out_count};
        out_count += count;
    }
    ends->out = ARENA_ARRAY(arena, uint32_t, out_count + 1);
    enter_all(ends);
}

Ends ends_new(const Order *order, Arena *arena) {
    Ends ends = {.order = order, .keys = ARENA_ARRAY(arena, KeyRange, order->item_total)};
    size_t row_count = 0;
    for (uint32_t item = 0; item < order->item_total; item++) {
        ends.keys[item] = order_keys(order, item);
        if (item >= order->lay->block_count)
            row_count += ends.keys[item].end - ends.keys[item].first;
    }
    if (row_count <= ROWS_MAX)
        find_rows(&ends, row_count, arena);
    return ends;
}
