/* Counting as in Barth, Juenger, Mutzel, "Simple and Efficient Bilayer Cross Counting" (2004);
 * swaps of whole blocks as in Bachmaier and others, "A Global k-Level Crossing Reduction Algorithm"
 * (2010). Side borders of groups count as heavy lines, so that an edge passing through a foreign
 * group costs as much as several crossings. */
#include "base/ban.h"

#include "diagram/layout/crossings.h"

#define WEIGHT_BORDER 10
#define NAIVE_PAIRS   64
#define LINES_MAX     500000u /* of blocks over ranks and groups around them */

uint32_t order_item(const Layered *lay, uint32_t entry) {
    return entry & ITEM_GROUP ? lay->block_count + (entry & ~ITEM_GROUP) : entry;
}

uint32_t order_position(const Order *order, uint32_t block) {
    uint32_t at = order->lay->blocks[block].order;
    if (at < order->low || at >= order->high)
        return at;
    return at < order->middle ? at + (order->high - order->middle)
                              : at - (order->middle - order->low);
}

uint32_t order_start(const Order *order, uint32_t item) {
    const Layered *lay = order->lay;
    if (item >= lay->block_count)
        item = lay->groups[item - lay->block_count].left;
    return order_position(order, item);
}

static uint32_t block_weight(const Block *block) {
    return block->kind == BLOCK_LEFT || block->kind == BLOCK_RIGHT ? WEIGHT_BORDER : 1;
}

/* A touch before it is given to the items that hold its block. */
typedef struct Record {
    uint32_t block;
    Touch touch;
} Record;

typedef struct Records {
    Record *rows;
    size_t count;
    size_t *starts; /* of a counting sort by key */
} Records;

/* Of a block that runs over many ranks only so many are counted, if else all together took too much
 * memory: then crossings further along are not seen, and the drawing is beyond reading anyway. */
static int span_limit(const Layered *lay) {
    int limit = lay->rank_count;
    for (uint64_t total = LINES_MAX + 1; total > LINES_MAX && limit > 1; limit /= 2) {
        total = 0;
        for (uint32_t b = 0; b < lay->block_count; b++) {
            const Block *block = &lay->blocks[b];
            int span = block->last - block->first;
            span = span < limit ? span : limit;
            total += (uint64_t)span * ((uint64_t)lay->groups[block->group].depth + 1);
        }
        if (total <= LINES_MAX)
            break;
    }
    return limit;
}

static void each_line(const Layered *lay, Records *records,
                      void (*add)(Records *, uint32_t key, uint32_t block, Touch touch)) {
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        uint32_t key = 2 * (uint32_t)link->rank;
        add(records, key, link->upper, (Touch){key, link->lower, 1});
        add(records, key + 1, link->lower, (Touch){key + 1, link->upper, 1});
    }
    int limit = span_limit(lay);
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        if (block->group == LAY_ROOT && block->kind >= BLOCK_LEFT)
            continue; /* nothing is outside the root */
        for (int rank = block->first; rank < block->last && rank - block->first < limit; rank++) {
            uint32_t key = 2 * (uint32_t)rank;
            add(records, key, b, (Touch){key, b, block_weight(block)});
            add(records, key + 1, b, (Touch){key + 1, b, block_weight(block)});
        }
    }
}

static void count_key(Records *records, uint32_t key, uint32_t block, Touch touch) {
    (void)block;
    (void)touch;
    records->starts[key + 1]++;
    records->count++;
}

static void put_record(Records *records, uint32_t key, uint32_t block, Touch touch) {
    records->rows[records->starts[key]++] = (Record){block, touch};
}

static Records all_records(const Layered *lay, Arena *arena) {
    Records records = {0};
    size_t key_count = 2 * (size_t)lay->rank_count;
    records.starts = ARENA_ARRAY(arena, size_t, key_count + 1);
    each_line(lay, &records, count_key);
    for (size_t key = 0; key < key_count; key++)
        records.starts[key + 1] += records.starts[key];
    records.rows = ARENA_ARRAY(arena, Record, records.count);
    each_line(lay, &records, put_record);
    return records;
}

/* Gives the touch to its block and to every group around it, or only counts it there. */
static void put_touch(Order *order, const Record *record, bool only_count) {
    const Layered *lay = order->lay;
    uint32_t item = record->block, group = lay->blocks[item].group;
    for (;;) {
        if (!only_count)
            order->touches[order->touch_end[item]] = record->touch;
        order->touch_end[item]++;
        if (group == LAY_ROOT)
            return;
        item = lay->block_count + group;
        group = lay->groups[group].parent;
    }
}

static void index_touches(Order *order, Arena *arena) {
    Arena *tmp = arena_new();
    Records records = all_records(order->lay, tmp);
    for (size_t i = 0; i < records.count; i++)
        put_touch(order, &records.rows[i], true);
    uint32_t total = 0, longest = 0;
    for (uint32_t item = 0; item < order->item_total; item++) {
        uint32_t count = order->touch_end[item];
        longest = count > longest ? count : longest;
        order->first_touch[item] = order->touch_end[item] = total;
        total += count;
    }
    order->touches = ARENA_ARRAY(arena, Touch, total);
    order->sorted = ARENA_ARRAY(arena, Touch, 2 * (size_t)longest);
    for (size_t i = 0; i < records.count; i++)
        put_touch(order, &records.rows[i], false);
    arena_free(tmp);
}

Order order_new(Layered *lay, Arena *arena) {
    Order order = {.lay = lay, .item_total = lay->block_count + lay->group_count};
    order.first_touch = ARENA_ARRAY(arena, uint32_t, order.item_total);
    order.touch_end = ARENA_ARRAY(arena, uint32_t, order.item_total);
    order.size = ARENA_ARRAY(arena, uint32_t, order.item_total);
    order.at = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    order.scratch = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    index_touches(&order, arena);
    return order;
}

static void place_block(Order *order, uint32_t block, uint32_t *next) {
    order->size[block] = 1;
    order->lay->blocks[block].order = *next;
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

static bool item_holds(const Order *order, uint32_t item, uint32_t block) {
    uint32_t at = order_position(order, block);
    uint32_t start = order_start(order, item);
    return at >= start && at - start < order->size[item];
}

/* Touches of one key at each of two neighbours. */
typedef struct Meeting {
    const Touch *a, *b;
    size_t a_count, b_count;
    uint32_t item_a, item_b;
} Meeting;

static int64_t gain_of_pairs(const Order *order, const Meeting *m) {
    int64_t gain = 0;
    for (size_t i = 0; i < m->a_count; i++) {
        uint32_t at_a = order_position(order, m->a[i].other);
        bool a_in_a = item_holds(order, m->item_a, m->a[i].other);
        bool a_in_b = item_holds(order, m->item_b, m->a[i].other);
        for (size_t j = 0; j < m->b_count; j++) {
            uint32_t at_b = order_position(order, m->b[j].other);
            if ((a_in_a && item_holds(order, m->item_b, m->b[j].other)) ||
                (a_in_b && item_holds(order, m->item_a, m->b[j].other)))
                continue; /* both ends swap: crossed before is crossed after */
            int64_t weight = (int64_t)m->a[i].weight * m->b[j].weight;
            gain += at_a < at_b ? weight : at_a > at_b ? -weight : 0;
        }
    }
    return gain;
}

static int compare_touch(const void *left, const void *right) {
    const Touch *a = left, *b = right; /* key holds the position here */
    return a->key < b->key ? -1 : a->key > b->key ? 1 : 0;
}

/* One side of a meeting, sorted, with what of it ends in each of the two items. */
typedef struct Row {
    Touch *touches;
    size_t count;
    int64_t in_a, in_b, total;
} Row;

/* Copies with the far end's position as key, in order. */
static Row sort_row(const Order *order, const Meeting *m, bool side_b, Touch *to) {
    const Touch *from = side_b ? m->b : m->a;
    Row row = {.touches = to, .count = side_b ? m->b_count : m->a_count};
    for (size_t i = 0; i < row.count; i++) {
        to[i] = from[i];
        to[i].key = order_position(order, from[i].other);
        row.in_a += item_holds(order, m->item_a, from[i].other) ? from[i].weight : 0;
        row.in_b += item_holds(order, m->item_b, from[i].other) ? from[i].weight : 0;
        row.total += from[i].weight;
    }
    qsort(to, row.count, sizeof *to, compare_touch);
    return row;
}

/* The same as gain_of_pairs by merging two sorted rows. */
static int64_t gain_of_rows(const Order *order, const Meeting *m) {
    Row a = sort_row(order, m, false, order->sorted);
    Row b = sort_row(order, m, true, order->sorted + m->a_count);
    size_t before = 0, level = 0;
    int64_t below = 0, at_most = 0, gain = 0; /* weight of b before, and up to, the current a */
    for (size_t i = 0; i < a.count; i++) {
        const Touch *touch = &a.touches[i];
        for (; before < b.count && b.touches[before].key < touch->key; before++)
            below += b.touches[before].weight;
        for (; level < b.count && b.touches[level].key <= touch->key; level++)
            at_most += b.touches[level].weight;
        gain += touch->weight * ((b.total - at_most) - below);
    }
    return gain - a.in_a * b.in_b + a.in_b * b.in_a;
}

static size_t key_count(const Touch *from, const Touch *end) {
    size_t count = 0;
    while (from + count < end && from[count].key == from->key)
        count++;
    return count;
}

int64_t order_swap_gain(const Order *order, uint32_t a, uint32_t b) {
    const Touch *at_a = order->touches + order->first_touch[a];
    const Touch *at_b = order->touches + order->first_touch[b];
    const Touch *end_a = order->touches + order->touch_end[a];
    const Touch *end_b = order->touches + order->touch_end[b];
    int64_t gain = 0;
    if (at_a == end_a || at_b == end_b || end_a[-1].key < at_b->key || end_b[-1].key < at_a->key)
        return 0;
    while (at_a < end_a && at_b < end_b) {
        if (at_a->key != at_b->key) {
            if (at_a->key < at_b->key)
                at_a++;
            else
                at_b++;
            continue;
        }
        Meeting m = {at_a, at_b, key_count(at_a, end_a), key_count(at_b, end_b), a, b};
        gain += m.a_count * m.b_count > NAIVE_PAIRS ? gain_of_rows(order, &m)
                                                    : gain_of_pairs(order, &m);
        at_a += m.a_count;
        at_b += m.b_count;
    }
    return gain;
}

void order_imagine(Order *order, uint32_t low, uint32_t middle, uint32_t high) {
    order->low = low;
    order->middle = middle;
    order->high = high;
}

void order_realise(Order *order) {
    uint32_t first = order->middle - order->low, second = order->high - order->middle;
    uint32_t *at = order->at + order->low;
    memcpy(order->scratch, at, first * sizeof *at);
    memmove(at, at + first, second * sizeof *at);
    memcpy(at + second, order->scratch, first * sizeof *at);
    for (uint32_t i = order->low; i < order->high; i++)
        order->lay->blocks[order->at[i]].order = i;
    order->low = order->middle = order->high = 0;
}

/* Lines in one channel, sorted by their upper ends, then counted with a tree of sums over the lower
 * ends. */
static int64_t crossings_of(const Order *order, Touch *lines, size_t count, int64_t *sums) {
    qsort(lines, count, sizeof *lines, compare_touch);
    uint32_t size = order->lay->block_count;
    int64_t crossings = 0, total = 0;
    for (size_t i = 0; i < count;) {
        size_t next = i;
        for (; next < count && lines[next].key == lines[i].key; next++) {
            int64_t left = 0; /* of the lines before, those that end left of or at this one */
            for (uint32_t at = lines[next].other + 1; at > 0; at &= at - 1)
                left += sums[at];
            crossings += lines[next].weight * (total - left);
        }
        for (; i < next; i++) {
            total += lines[i].weight;
            for (uint32_t at = lines[i].other + 1; at <= size; at += at & (~at + 1))
                sums[at] += lines[i].weight;
        }
    }
    for (size_t i = 0; i < count; i++)
        for (uint32_t at = lines[i].other + 1; at <= size; at += at & (~at + 1))
            sums[at] = 0;
    return crossings;
}

int64_t order_crossings(const Order *order) {
    Arena *arena = arena_new();
    Records records = all_records(order->lay, arena);
    Touch *lines = ARENA_ARRAY(arena, Touch, records.count);
    int64_t *sums = ARENA_ARRAY(arena, int64_t, (size_t)order->lay->block_count + 1);
    int64_t crossings = 0;
    for (size_t i = 0; i < records.count;) {
        uint32_t key = records.rows[i].touch.key;
        size_t count = 0;
        for (; i < records.count && records.rows[i].touch.key == key; i++) {
            const Record *row = &records.rows[i];
            if (key % 2 == 0)
                lines[count++] =
                    (Touch){order_position(order, row->block),
                            order_position(order, row->touch.other), row->touch.weight};
        }
        crossings += crossings_of(order, lines, count, sums);
    }
    arena_free(arena);
    return crossings;
}
