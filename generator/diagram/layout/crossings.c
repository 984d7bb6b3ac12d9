/* Counts crossings of two ranks as inversions (Barth, Juenger, Mutzel, "Simple and Efficient
 * Bilayer Cross Counting", 2004). Side borders of groups count as heavy lines, so that an edge
 * passing through a foreign group costs as much as several crossings. */
#include "base/ban.h"

#include "diagram/layout/crossings.h"

#define WEIGHT_BORDER 10
#define LINES_MAX     500000u /* of blocks over ranks */
#define FEW           32      /* lines compared pair by pair */

static KeyRange keys_between(int first, int last) {
    return (KeyRange){first > 0 ? 2 * (uint32_t)first - 1 : 0, 2 * (uint32_t)last + 1};
}

KeyRange order_keys(const Order *order, uint32_t item) {
    const Layered *lay = order->lay;
    KeyRange keys;
    if (item < lay->block_count) {
        keys = keys_between(lay->blocks[item].first, lay->blocks[item].last);
    } else {
        const LayGroup *group = &lay->groups[item - lay->block_count];
        keys = keys_between(group->top, group->bottom);
    }
    keys.end = keys.end < order->key_count ? keys.end : order->key_count;
    return keys;
}

static uint32_t block_weight(const Block *block) {
    return block->kind == BLOCK_LEFT || block->kind == BLOCK_RIGHT ? WEIGHT_BORDER : 1;
}

/* Of a block that runs over many ranks only so many are counted, if else all together took too much
 * memory: then crossings further along are not seen, and the drawing is beyond reading anyway. */
static int span_limit(const Layered *lay) {
    int limit = lay->rank_count;
    for (uint64_t total = LINES_MAX + 1; total > LINES_MAX && limit > 1; limit /= 2) {
        total = 0;
        for (uint32_t b = 0; b < lay->block_count; b++) {
            int span = lay->blocks[b].last - lay->blocks[b].first;
            total += (uint64_t)(span < limit ? span : limit);
        }
        if (total <= LINES_MAX)
            break;
    }
    return limit;
}

static bool is_rim(const Block *block) {
    return block->kind >= BLOCK_LEFT || block->kind == BLOCK_TITLE;
}

/* Numbers blocks so that those of a group follow each other, its own borders and title first. Gives
 * the blocks by their slots. */
static const uint32_t *number_slots(Order *order, Arena *arena) {
    const Layered *lay = order->lay;
    uint32_t *next = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    uint32_t *rims = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    uint32_t *at = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    order->slot = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    order->rim_slot = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    order->inner_slot = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    order->end_slot = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    uint32_t *total = order->end_slot, *own = order->inner_slot; /* counts, at first */
    for (uint32_t b = 0; b < lay->block_count; b++) {
        own[lay->blocks[b].group]++;
        rims[lay->blocks[b].group] += is_rim(&lay->blocks[b]);
    }
    for (uint32_t g = lay->group_count; g-- > 0;) {
        total[g] += own[g];
        if (g != LAY_ROOT)
            total[lay->groups[g].parent] += total[g];
    }
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t first = g == LAY_ROOT ? 0 : next[lay->groups[g].parent];
        if (g != LAY_ROOT)
            next[lay->groups[g].parent] += total[g];
        next[g] = first + own[g];
        order->rim_slot[g] = first;
        order->inner_slot[g] = first + rims[g];
        order->end_slot[g] = first + total[g];
    }
    for (uint32_t g = 0; g < lay->group_count; g++) {
        next[g] = order->inner_slot[g];
        rims[g] = order->rim_slot[g];
    }
    for (uint32_t b = 0; b < lay->block_count; b++) {
        uint32_t group = lay->blocks[b].group;
        order->slot[b] = is_rim(&lay->blocks[b]) ? rims[group]++ : next[group]++;
        at[order->slot[b]] = b;
    }
    return at;
}

/* Both ends of every line, in two steps. */
typedef void (*AddEnd)(Order *order, uint32_t key, LineEnd end);

static void each_link_end(Order *order, const uint32_t *at_slot, AddEnd add) {
    const Layered *lay = order->lay;
    for (uint32_t i = 0; i < lay->block_count; i++) {
        uint32_t b = at_slot[i], k = order->near_first[2 * (size_t)b];
        for (; k < order->near_first[2 * (size_t)b + 1]; k++)
            add(order, 2 * (uint32_t)lay->blocks[b].first - 1, (LineEnd){b, order->near[k], 1});
        for (; k < order->near_first[2 * (size_t)b + 2]; k++)
            add(order, 2 * (uint32_t)lay->blocks[b].last, (LineEnd){b, order->near[k], 1});
    }
}

static void each_along_end(Order *order, const uint32_t *at_slot, AddEnd add) {
    const Layered *lay = order->lay;
    int limit = order->span_limit;
    for (uint32_t i = 0; i < lay->block_count; i++) {
        uint32_t b = at_slot[i];
        const Block *block = &lay->blocks[b];
        if (block->group == LAY_ROOT && block->kind >= BLOCK_LEFT)
            continue; /* nothing is outside the root */
        for (int rank = block->first; rank < block->last && rank - block->first < limit; rank++) {
            LineEnd end = {b, b, block_weight(block)};
            add(order, 2 * (uint32_t)rank, end);
            add(order, 2 * (uint32_t)rank + 1, end);
        }
    }
}

static void count_end(Order *order, uint32_t key, LineEnd end) {
    (void)end;
    order->key_first[key + 2]++;
}

static void put_end(Order *order, uint32_t key, LineEnd end) {
    order->ends[order->key_first[key + 1]++] = end;
}

/* Counts at [list + 2] become starts at [list + 1], which filling the lists moves to their ends:
 * the starts of the next. */
static void index_ends(Order *order, Arena *arena) {
    const uint32_t *at_slot = number_slots(order, arena);
    order->key_count = 2 * (uint32_t)order->lay->rank_count;
    order->key_first = ARENA_ARRAY(arena, size_t, (size_t)order->key_count + 2);
    order->span_limit = span_limit(order->lay);
    each_link_end(order, at_slot, count_end);
    each_along_end(order, at_slot, count_end);
    for (uint32_t key = 0; key < order->key_count; key++) {
        size_t count = order->key_first[key + 2];
        order->longest = count > order->longest ? count : order->longest;
        order->key_first[key + 2] += order->key_first[key + 1];
    }
    order->ends = ARENA_ARRAY(arena, LineEnd, order->key_first[order->key_count + 1]);
    each_link_end(order, at_slot, put_end);
    order->key_along = ARENA_ARRAY(arena, size_t, order->key_count);
    memcpy(order->key_along, order->key_first + 1, order->key_count * sizeof *order->key_along);
    each_along_end(order, at_slot, put_end);
}

static void index_links(Order *order, Arena *arena) {
    const Layered *lay = order->lay;
    size_t count = 2 * (size_t)lay->block_count;
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, count + 2);
    order->near = ARENA_ARRAY(arena, uint32_t, 2 * (size_t)lay->link_count);
    order->near_first = first;
    for (uint32_t i = 0; i < lay->link_count; i++) {
        first[2 * (size_t)lay->links[i].lower + 2]++;
        first[2 * (size_t)lay->links[i].upper + 3]++;
    }
    for (size_t list = 0; list < count; list++)
        first[list + 2] += first[list + 1];
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        order->near[first[2 * (size_t)link->lower + 1]++] = link->upper;
        order->near[first[2 * (size_t)link->upper + 2]++] = link->lower;
    }
}

Order order_new(Layered *lay, Arena *arena) {
    Order order = {.lay = lay, .item_total = lay->block_count + lay->group_count};
    order.position = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    order.at = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    order.size = ARENA_ARRAY(arena, uint32_t, order.item_total);
    index_links(&order, arena);
    index_ends(&order, arena);
    order.lines = ARENA_ARRAY(arena, Line, order.longest);
    order.spare = ARENA_ARRAY(arena, Line, order.longest);
    return order;
}

static void place_block(Order *order, uint32_t block, uint32_t *next) {
    order->size[block] = 1;
    order->position[block] = *next;
    order->at[(*next)++] = block;
}

/* Depth is bounded by the nesting of groups, which part.c cuts. */
static void number_group(Order *order, uint32_t group, uint32_t *next) {
    const LayGroup *g = &order->lay->groups[group];
    uint32_t item = order->lay->block_count + group, first = *next;
    place_block(order, g->left, next);
    if (g->title != LAY_NONE)
        place_block(order, g->title, next);
    for (uint32_t i = 0; i < g->item_count; i++) {
        uint32_t entry = order->lay->items[g->first_item + i];
        if (entry & ITEM_GROUP)
            number_group(order, entry & ~ITEM_GROUP, next);
        else
            place_block(order, entry, next);
    }
    place_block(order, g->right, next);
    order->size[item] = *next - first;
}

void order_number(Order *order) {
    uint32_t next = 0;
    number_group(order, LAY_ROOT, &next);
}

void order_write(const Order *order) {
    for (uint32_t b = 0; b < order->lay->block_count; b++)
        order->lay->blocks[b].order = order->position[b];
}

/* Sorts by merging from [0, count) of `lines`, `spare` being as long; gives the weight of all pairs
 * that stood the wrong way round. */
static int64_t sort_lines(Line *lines, Line *spare, size_t count) {
    int64_t crossings = 0;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            size_t a = low, b = middle;
            int64_t left = 0; /* weight of the first run that is not merged yet */
            for (size_t i = low; i < middle; i++)
                left += lines[i].weight;
            for (size_t to = low; to < high; to++) {
                bool take_b = b < high && (a == middle || lines[b].key < lines[a].key);
                if (take_b)
                    crossings += lines[b].weight * left;
                else
                    left -= lines[a].weight;
                spare[to] = lines[take_b ? b++ : a++];
            }
        }
        memcpy(lines, spare, count * sizeof *lines);
    }
    return crossings;
}

/* The same where all pairs are looked at, which is quicker for few. */
static int64_t count_pairs(const Line *lines, size_t count) {
    int64_t crossings = 0;
    for (size_t i = 1; i < count; i++) {
        uint32_t upper = (uint32_t)(lines[i].key >> 32), lower = (uint32_t)lines[i].key;
        int64_t weight = 0;
        for (size_t k = 0; k < i; k++) {
            uint32_t other = (uint32_t)(lines[k].key >> 32);
            bool crosses = other < upper ? (uint32_t)lines[k].key > lower
                                         : other > upper && (uint32_t)lines[k].key < lower;
            weight += crosses ? lines[k].weight : 0;
        }
        crossings += weight * lines[i].weight;
    }
    return crossings;
}

int64_t order_crossings(const Order *order) {
    int64_t crossings = 0;
    for (uint32_t key = 0; key < order->key_count; key += 2) {
        const LineEnd *ends = order->ends + order->key_first[key];
        size_t count = order->key_first[key + 1] - order->key_first[key];
        for (size_t i = 0; i < count; i++)
            order->lines[i] = (Line){(uint64_t)order->position[ends[i].block] << 32 |
                                         order->position[ends[i].other],
                                     ends[i].weight};
        if (count <= FEW) {
            crossings += count_pairs(order->lines, count);
            continue;
        }
        sort_lines(order->lines, order->spare, count);
        for (size_t i = 0; i < count; i++)
            order->lines[i].key &= UINT32_MAX;
        crossings += sort_lines(order->lines, order->spare, count);
    }
    return crossings;
}
