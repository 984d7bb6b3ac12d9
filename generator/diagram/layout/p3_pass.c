/* What it costs to pass a sibling does not depend on where the two stand, as only their own lines
 * change places. So the costs are gathered in one go through the lines of the item's ranks; most
 * siblings have none there and cost nothing. */
#include "base/ban.h"

#include "diagram/layout/p3_pass.h"

#define FEW 16 /* line ends compared one by one */

/* The far end of a line of what is taken up. */
static void add_far(Pass *pass, uint32_t other, uint32_t weight) {
    uint32_t position = pass->order->position[other];
    if (pass_holds(pass, position))
        pass->inside += weight;
    else
        pass->far[pass->far_count++] = (Far){position, weight, 0};
}

static bool has_key(KeyRange keys, uint32_t key) {
    return keys.first <= key && key < keys.end;
}

static void gather_group(Pass *pass, uint32_t group) {
    const KeyEnds *ends = ends_of(&pass->ends, group, pass->key);
    pass->inside += ends->inside;
    for (uint32_t i = ends->out; i < ends->out_end; i++) {
        const LineEnd *end = &pass->order->ends[pass->ends.out[i]];
        add_far(pass, end->other, end->weight);
    }
}

/* A block has a line along itself between its first and last rank, and links beyond. */
static void gather_block(Pass *pass, uint32_t b) {
    const Order *order = pass->order;
    const Block *block = &order->lay->blocks[b];
    int rank = (int)(pass->key / 2);
    bool is_above = rank < block->first, is_below = rank == block->last;
    if (!is_above && !is_below) {
        pass->inside += rank - block->first < order->span_limit;
        return;
    }
    size_t list = 2 * (size_t)b + (is_below ? 1 : 0);
    for (uint32_t i = order->near_first[list]; i < order->near_first[list + 1]; i++)
        add_far(pass, order->near[i], 1);
}

static int compare_far(const void *left, const void *right) {
    const Far *a = left, *b = right;
    return a->position < b->position ? -1 : a->position > b->position ? 1 : 0;
}

static void sort_far(Pass *pass) {
    qsort(pass->far, pass->far_count, sizeof *pass->far, compare_far);
    int64_t sum = 0;
    for (uint32_t i = 0; i < pass->far_count; i++)
        pass->far[i].sum = sum += pass->far[i].weight;
}

/* Finds the lines of what is taken up in the key. */
static void gather_own(Pass *pass, uint32_t key) {
    const Order *order = pass->order;
    pass->key = key;
    pass->far_count = 0;
    pass->inside = 0;
    for (uint32_t i = pass->at; i < pass->at + pass->count; i++) {
        uint32_t item = pass_item(pass, i);
        if (!has_key(pass->ends.keys[item], key))
            continue;
        if (item < order->lay->block_count)
            gather_block(pass, item);
        else
            gather_group(pass, item - order->lay->block_count);
    }
    if (pass->far_count > FEW)
        sort_far(pass);
}

/* The weight of far ends left of `position`, less of those right of it. */
static int64_t balance_at(const Pass *pass, uint32_t position) {
    if (pass->far_count <= FEW) {
        int64_t balance = 0;
        for (uint32_t i = 0; i < pass->far_count; i++) {
            const Far *far = &pass->far[i];
            if (far->position != position)
                balance += far->position < position ? (int64_t)far->weight : -(int64_t)far->weight;
        }
        return balance;
    }
    uint32_t low = 0, high = pass->far_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (pass->far[middle].position < position)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t left = low > 0 ? pass->far[low - 1].sum : 0;
    while (low < pass->far_count && pass->far[low].position == position)
        low++;
    int64_t up_to = low > 0 ? pass->far[low - 1].sum : 0;
    return left - (pass->far[pass->far_count - 1].sum - up_to);
}

static int64_t balance_line(const Pass *pass, const LineEnd *end, uint32_t position) {
    uint32_t far = pass->order->position[end->other];
    if (!pass_holds(pass, far) || far == position)
        return 0;
    return far < position ? (int64_t)end->weight : -(int64_t)end->weight;
}

static int64_t balance_group(const Pass *pass, uint32_t group, uint32_t position) {
    const LineEnd *all = pass->order->ends;
    const KeyEnds *ends = ends_of(&pass->ends, group, pass->key);
    int64_t balance = 0;
    for (uint32_t i = ends->links; i < ends->links_end; i++)
        balance += balance_line(pass, &all[i], position);
    for (uint32_t i = ends->rim; i < ends->along_end; i++)
        balance += balance_line(pass, &all[i], position);
    return balance;
}

static int64_t balance_block(const Pass *pass, uint32_t b, uint32_t position) {
    const Order *order = pass->order;
    const Block *block = &order->lay->blocks[b];
    int rank = (int)(pass->key / 2);
    if (rank >= block->first && rank < block->last)
        return rank - block->first < order->span_limit
                   ? balance_line(pass, &(LineEnd){b, b, 1}, position)
                   : 0;
    size_t list = 2 * (size_t)b + (rank < block->first ? 0 : 1);
    int64_t balance = 0;
    for (uint32_t i = order->near_first[list]; i < order->near_first[list + 1]; i++)
        balance += balance_line(pass, &(LineEnd){b, order->near[i], 1}, position);
    return balance;
}

/* The same for the lines that lead back to what is taken up. */
static int64_t balance_inside(const Pass *pass, uint32_t position) {
    const Order *order = pass->order;
    int64_t balance = 0;
    for (uint32_t i = pass->at; i < pass->at + pass->count; i++) {
        uint32_t item = pass_item(pass, i);
        if (!has_key(pass->ends.keys[item], pass->key))
            continue;
        balance += item < order->lay->block_count
                       ? balance_block(pass, item, position)
                       : balance_group(pass, item - order->lay->block_count, position);
    }
    return balance;
}

/* What a line of the sibling costs when the item passes it from left to right. Where both lines
 * lead from one of the two to the other, or back to their own, both ends change places: that costs
 * nothing. A far end inside the item moves along with it, and stands beside the sibling. */
static int64_t passing_cost(const Pass *pass, uint32_t position, uint32_t index) {
    uint32_t start = pass->starts[index], size = pass->starts[index + 1] - start;
    if (!pass_holds(pass, position)) {
        int64_t cost = balance_at(pass, position);
        if (position - start >= size)
            cost += start < position ? pass->inside : -pass->inside;
        return cost;
    }
    int64_t cost = balance_inside(pass, position);
    for (uint32_t i = 0; i < pass->far_count; i++) {
        const Far *far = &pass->far[i];
        if (far->position - start >= size)
            cost += far->position < start ? (int64_t)far->weight : -(int64_t)far->weight;
    }
    return cost;
}

/* Adds what it costs to pass the siblings that have these ends. */
typedef void (*MeetEnds)(Pass *pass, uint32_t first, uint32_t last);

static void add_cost(Pass *pass, uint32_t index, int64_t cost) {
    pass->mark[index / 64] |= (uint64_t)1 << index % 64;
    pass->cost[index] += cost;
}

/* Ends of siblings, whatever is taken up. */
static void meet_any(Pass *pass, uint32_t first, uint32_t last) {
    for (const LineEnd *end = pass->order->ends + first; first < last; first++, end++) {
        uint32_t index = pass->index[end->block];
        if (index - pass->at < pass->count)
            continue;
        uint32_t position = pass->order->position[end->other];
        add_cost(pass, index, end->weight * passing_cost(pass, position, index));
    }
}

/* The same for a block with one link: no line of a sibling leads to it here. This loop and the next
 * two are where most of the time goes. */
static void meet_link(Pass *pass, uint32_t first, uint32_t last) {
    const uint32_t *positions = pass->order->position, *indexes = pass->index;
    const uint32_t far = pass->far->position;
    for (const LineEnd *end = pass->order->ends + first; first < last; first++, end++) {
        uint32_t position = positions[end->other], index = indexes[end->block];
        int sign = (far < position) - (far > position);
        add_cost(pass, index, (int64_t)end->weight * sign);
    }
}

/* The same for a few links. */
static void meet_links(Pass *pass, uint32_t first, uint32_t last) {
    const uint32_t *positions = pass->order->position, *indexes = pass->index;
    const Far *far_end = pass->far + pass->far_count;
    for (const LineEnd *end = pass->order->ends + first; first < last; first++, end++) {
        uint32_t position = positions[end->other], index = indexes[end->block];
        int balance = 0;
        for (const Far *far = pass->far; far < far_end; far++)
            balance += (far->position < position) - (far->position > position);
        add_cost(pass, index, (int64_t)end->weight * balance);
    }
}

/* The same for a line along a block. Lines along siblings cost nothing then, and those of links
 * have the weight 1. */
static void meet_along(Pass *pass, uint32_t first, uint32_t last) {
    const uint32_t *positions = pass->order->position, *indexes = pass->index;
    const uint32_t block_count = pass->order->lay->block_count;
    for (const LineEnd *end = pass->order->ends + first; first < last; first++, end++) {
        uint32_t index = indexes[end->block], item = pass_item(pass, index);
        uint32_t position = positions[end->other];
        bool is_inner = item >= block_count && position - pass->starts[index] <
                                                   pass->starts[index + 1] - pass->starts[index];
        add_cost(pass, index, is_inner ? 0 : positions[end->block] < position ? 1 : -1);
    }
}

/* The costs of passing siblings in the key whose lines are gathered. Where all lines lead back to
 * what is taken up, lines along siblings cost nothing. */
static void meet_gathered(Pass *pass) {
    if (pass->far_count == 0 && pass->inside == 0)
        return;
    const KeyEnds *ends = ends_of(&pass->ends, pass->group, pass->key);
    pass->work += ends->links_end - ends->links;
    if (pass->far_count > 0)
        pass->work += ends->along_end - ends->along;
    bool is_link = pass->block != LAY_NONE && pass->far_count <= FEW;
    MeetEnds meet = !is_link ? meet_any : pass->far_count == 1 ? meet_link : meet_links;
    meet(pass, ends->links, ends->links_end);
    if (pass->far_count > 0)
        meet(pass, ends->along, ends->along_end);
}

static void meet_key(Pass *pass, uint32_t key) {
    gather_own(pass, key);
    meet_gathered(pass);
}

/* The same for the links of a single block on one side: they are all it has in that key. */
static void meet_side(Pass *pass, bool is_below, uint32_t key) {
    const Order *order = pass->order;
    size_t list = 2 * (size_t)pass->block + (is_below ? 1 : 0);
    const uint32_t *near = order->near + order->near_first[list];
    uint32_t count = order->near_first[list + 1] - order->near_first[list];
    pass->key = key;
    pass->inside = 0;
    pass->far_count = count;
    for (uint32_t i = 0; i < count; i++)
        pass->far[i] = (Far){order->position[near[i]], 1, 0};
    if (count > FEW)
        sort_far(pass);
    meet_gathered(pass);
}

/* Between its links a single block has a line along itself. */
static void meet_block(Pass *pass) {
    const Order *order = pass->order;
    const Block *block = &order->lay->blocks[pass->block];
    int last = block->last - block->first < order->span_limit ? block->last
                                                              : block->first + order->span_limit;
    if (pass->keys.first < 2 * (uint32_t)block->first)
        meet_side(pass, false, pass->keys.first);
    for (uint32_t key = 2 * (uint32_t)block->first; key < 2 * (uint32_t)last; key++) {
        const KeyEnds *ends = ends_of(&pass->ends, pass->group, key);
        pass->work += ends->links_end - ends->links;
        meet_along(pass, ends->links, ends->links_end);
    }
    if (2 * (uint32_t)block->last < order->key_count)
        meet_side(pass, true, 2 * (uint32_t)block->last);
}

/* Lists those that are marked, and wipes the marks out. */
static void list_met(Pass *pass) {
    uint32_t count = 0;
    for (uint32_t first = 0; first < pass->item_count; first += 64) {
        uint64_t bits = pass->mark[first / 64];
        pass->mark[first / 64] = 0;
        for (; bits; bits &= bits - 1)
            pass->met[count++] = first + (uint32_t)__builtin_ctzll(bits);
    }
    pass->met_count = count;
}

void pass_meet(Pass *pass) {
    pass->met_count = 0;
    if (!pass->ends.rows)
        return;
    if (pass->block != LAY_NONE)
        meet_block(pass);
    else
        for (uint32_t key = pass->keys.first; key < pass->keys.end; key++)
            meet_key(pass, key);
    for (uint32_t i = pass->at; i < pass->at + pass->count; i++) { /* it does not pass itself */
        pass->cost[i] = 0;
        pass->mark[i / 64] &= ~((uint64_t)1 << i % 64);
    }
    list_met(pass);
}

void pass_take_up(Pass *pass, uint32_t at, uint32_t count) {
    const Order *order = pass->order;
    uint32_t first = pass_item(pass, at);
    pass->at = at;
    pass->count = count;
    pass->start = pass->starts[at];
    pass->size = pass->starts[at + count] - pass->start;
    pass->keys = pass->ends.keys[first];
    for (uint32_t i = 1; i < count; i++) {
        KeyRange keys = pass->ends.keys[pass_item(pass, at + i)];
        pass->keys.first = keys.first < pass->keys.first ? keys.first : pass->keys.first;
        pass->keys.end = keys.end > pass->keys.end ? keys.end : pass->keys.end;
    }
    pass->block = count == 1 && first < order->lay->block_count ? first : LAY_NONE;
}

/* Numbers the blocks of the items [first, end), which come to stand from `position` on. */
static void number_blocks(Pass *pass, uint32_t first, uint32_t end, uint32_t position) {
    const Order *order = pass->order;
    for (uint32_t i = first; i < end; i++) {
        pass->starts[i] = position;
        for (uint32_t k = order->size[pass_item(pass, i)]; k > 0; k--) {
            order->position[order->at[position]] = position;
            pass->index[order->at[position++]] = i;
        }
    }
    pass->starts[end] = position;
}

/* Swaps [0, middle) with [middle, end). */
static void swap_parts(Pass *pass, uint32_t *all, uint32_t middle, uint32_t end) {
    memcpy(pass->spare, all, middle * sizeof *all);
    memmove(all, all + middle, (end - middle) * sizeof *all);
    memcpy(all + (end - middle), pass->spare, middle * sizeof *all);
}

void pass_rotate(Pass *pass, uint32_t first, uint32_t middle, uint32_t end) {
    Order *order = pass->order;
    uint32_t low = pass->starts[first], border = pass->starts[middle], high = pass->starts[end];
    swap_parts(pass, order->at + low, border - low, high - low);
    swap_parts(pass, pass->items + first, middle - first, end - first);
    number_blocks(pass, first, end, low);
}

void pass_move(Pass *pass, uint32_t to) {
    uint32_t end = pass->at + pass->count;
    if (to < pass->at)
        pass_rotate(pass, to, pass->at, end);
    else if (to >= end)
        pass_rotate(pass, pass->at, end, to + 1);
}

void pass_enter(Pass *pass, uint32_t group) {
    const Order *order = pass->order;
    const LayGroup *g = &order->lay->groups[group];
    pass->group = group;
    pass->items = order->lay->items + g->first_item;
    pass->item_count = g->item_count;
    pass->low = order_start(order, pass_item(pass, 0));
    uint32_t last = pass_item(pass, g->item_count - 1);
    pass->span = order_start(order, last) + order->size[last] - pass->low;
    number_blocks(pass, 0, g->item_count, pass->low);
}

Pass pass_new(Order *order, Arena *arena) {
    const Layered *lay = order->lay;
    uint32_t most = 0; /* items of a group */
    for (uint32_t g = 0; g < lay->group_count; g++)
        most = lay->groups[g].item_count > most ? lay->groups[g].item_count : most;
    return (Pass){.order = order,
                  .ends = ends_new(order, arena),
                  .index = ARENA_ARRAY(arena, uint32_t, lay->block_count),
                  .starts = ARENA_ARRAY(arena, uint32_t, (size_t)most + 1),
                  .cost = ARENA_ARRAY(arena, int64_t, most),
                  .mark = ARENA_ARRAY(arena, uint64_t, most / 64 + 1),
                  .met = ARENA_ARRAY(arena, uint32_t, most),
                  .far = ARENA_ARRAY(arena, Far, order->longest),
                  .spare = ARENA_ARRAY(arena, uint32_t, lay->block_count)};
}
