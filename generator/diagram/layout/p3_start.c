/* Orders to begin with: as declared, by walks through the graph that lay out trees without a
 * crossing, and by chance; barycentres over all ranks at once then draw together what belongs
 * together. */
#include "base/ban.h"

#include "diagram/layout/p3_start.h"

#define UNIT ((int64_t)1 << 32) /* of a place, in positions */
#define SEED 0x9e3779b9u
#define FEW  16 /* sorted by insertion */

/* A walk through all blocks. */
typedef struct Walk {
    int64_t next;
    bool downwards, is_shuffled;
} Walk;

/* An entry with its place, and what decides between equals, in one number: sorting is most of a
 * sweep. From above: the place, that index, the entry. */
__extension__ typedef __int128 Ranked;

static Ranked ranked_of(int64_t place, uint32_t index, uint32_t entry) {
    return (Ranked)place * ((Ranked)1 << 64) + (Ranked)((uint64_t)index << 32 | entry);
}

static int64_t ranked_place(Ranked ranked) {
    return (int64_t)(ranked >> 64);
}

static uint32_t ranked_entry(Ranked ranked) {
    return (uint32_t)ranked;
}

struct Start {
    Order *order;
    Arena *arena;
    uint32_t random;
    uint32_t item_count;
    uint32_t *declared;           /* items */
    uint32_t *by_first, *by_last; /* blocks by their first rank, and by their last from below */
    int64_t *place;               /* of blocks, in a sweep */
    Ranked *ranked, *spare;       /* scratch */
    uint32_t *stack;              /* of a walk */
    size_t stack_size;
};

static uint32_t *group_items(const Layered *lay, uint32_t group) {
    return lay->items + lay->groups[group].first_item;
}

/* The rank at which a sweep meets the block. */
static int rank_of(const Block *block, bool downwards) {
    return downwards ? block->first : block->last;
}

static void sort_few(Ranked *ranked, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        Ranked moved = ranked[i];
        uint32_t k = i;
        for (; k > 0 && moved < ranked[k - 1]; k--)
            ranked[k] = ranked[k - 1];
        ranked[k] = moved;
    }
}

/* By insertion in short runs, which are mostly in order already, and then by merging. */
static void sort_ranked(Start *start, uint32_t count) {
    Ranked *from = start->ranked, *to = start->spare;
    for (uint32_t i = 0; i < count; i += FEW)
        sort_few(from + i, count - i < FEW ? count - i : FEW);
    for (uint32_t width = FEW; width < count; width *= 2) {
        for (uint32_t low = 0; low < count; low += 2 * width) {
            uint32_t a = low, middle = low + width < count ? low + width : count, b = middle;
            uint32_t high = middle + width < count ? middle + width : count;
            uint32_t k = low;
            while (a < middle && b < high) { /* which is less is anyone's guess: no branch */
                bool takes_b = from[b] < from[a];
                to[k++] = from[takes_b ? b : a];
                b += takes_b;
                a += !takes_b;
            }
            memcpy(to + k, from + a, (middle - a) * sizeof *to);
            memcpy(to + k + (middle - a), from + b, (high - b) * sizeof *to);
        }
        Ranked *sorted = to;
        to = from;
        from = sorted;
    }
    start->ranked = from;
    start->spare = to;
}

/* Blocks of one rank that wish to stand at one place are spread over what is left of it up to the
 * next in that rank, in the order in which they stood: so what hangs on them knows left from right.
 */
static void spread_ties(Start *start, const uint32_t *blocks, uint32_t count, bool reverse_ties) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t order = start->order->position[blocks[i]];
        start->ranked[i] = ranked_of(start->place[blocks[i]],
                                     reverse_ties ? UINT32_MAX - order : order, blocks[i]);
    }
    sort_ranked(start, count);
    for (uint32_t i = 0, next; i < count; i = next) {
        int64_t place = ranked_place(start->ranked[i]), gap = UNIT;
        for (next = i + 1; next < count && ranked_place(start->ranked[next]) == place;)
            next++;
        if (next < count && ranked_place(start->ranked[next]) - place < gap)
            gap = ranked_place(start->ranked[next]) - place;
        for (uint32_t k = i + 1; k < next; k++)
            start->place[ranked_entry(start->ranked[k])] += gap * (k - i) / (next - i);
    }
}

static void pull_block(Start *start, uint32_t b, bool downwards) {
    const Order *order = start->order;
    size_t list = 2 * (size_t)b + (downwards ? 0 : 1);
    uint32_t first = order->near_first[list], end = order->near_first[list + 1];
    int64_t sum = 0;
    for (uint32_t i = first; i < end; i++)
        sum += start->place[order->near[i]];
    if (end > first) /* divisions are slow, and most blocks hang on one */
        start->place[b] = end - first == 1 ? sum : sum / (end - first);
}

/* Every block goes to the mean place of what it hangs on, rank by rank from the top or from the
 * bottom, so that an order runs through the whole drawing in one sweep. */
static void pull_blocks(Start *start, bool downwards, bool reverse_ties) {
    const Layered *lay = start->order->lay;
    const uint32_t *by_rank = downwards ? start->by_first : start->by_last;
    for (uint32_t i = 0, next; i < lay->block_count; i = next) {
        int rank = rank_of(&lay->blocks[by_rank[i]], downwards);
        for (next = i;
             next < lay->block_count && rank_of(&lay->blocks[by_rank[next]], downwards) == rank;
             next++)
            pull_block(start, by_rank[next], downwards);
        spread_ties(start, by_rank + i, next - i, reverse_ties);
    }
}

/* The mean place of the blocks of an item. */
static int64_t item_place(const Start *start, uint32_t item) {
    const Order *order = start->order;
    if (item < order->lay->block_count)
        return start->place[item];
    int64_t sum = 0, weight = 0;
    for (uint32_t i = 0; i < order->size[item]; i++) {
        uint32_t b = order->at[order_start(order, item) + i];
        if (order->lay->blocks[b].kind >= BLOCK_LEFT || order->lay->blocks[b].kind == BLOCK_TITLE)
            continue;
        sum += start->place[b];
        weight++;
    }
    return weight > 0 ? sum / weight : UNIT * (int64_t)order_start(order, item);
}

static void sort_group(Start *start, uint32_t group, bool reverse_ties) {
    Layered *lay = start->order->lay;
    uint32_t count = lay->groups[group].item_count, *items = group_items(lay, group);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = reverse_ties ? count - i : i;
        start->ranked[i] = ranked_of(item_place(start, order_item(lay, items[i])), index, items[i]);
    }
    sort_ranked(start, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = ranked_entry(start->ranked[i]);
}

void start_sweep(Start *start, bool downwards, bool reverse_ties) {
    Layered *lay = start->order->lay;
    for (uint32_t b = 0; b < lay->block_count; b++)
        start->place[b] = UNIT * (int64_t)start->order->position[b];
    pull_blocks(start, downwards, reverse_ties);
    for (uint32_t g = 0; g < lay->group_count; g++)
        sort_group(start, g, reverse_ties);
    order_number(start->order);
}

/* xorshift, Marsaglia 2003. */
static uint32_t next_random(Start *start) {
    uint32_t x = start->random;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return start->random = x;
}

/* Numbers everything that hangs together with `root`, deep before wide, so that trees have no
 * crossing. With `is_shuffled` a block's neighbours come in another order than declared. */
static void walk(Start *start, uint32_t root, Walk *way) {
    const Order *order = start->order;
    size_t depth = 0;
    start->stack[depth++] = root;
    while (depth > 0) {
        uint32_t b = start->stack[--depth];
        if (start->place[b] >= 0)
            continue;
        start->place[b] = UNIT * way->next++;
        for (int on = 0; on < 2; on++) { /* what lies on the way is taken first: pushed last */
            size_t list = 2 * (size_t)b + (way->downwards == (on == 1) ? 1 : 0);
            const uint32_t *near = order->near + order->near_first[list];
            uint32_t count = order->near_first[list + 1] - order->near_first[list];
            uint32_t turn = way->is_shuffled && count > 0 ? next_random(start) % count : 0;
            for (uint32_t i = count; i-- > 0;) {
                uint32_t other = near[(i + turn) % count];
                if (start->place[other] < 0 && depth < start->stack_size)
                    start->stack[depth++] = other;
            }
        }
    }
}

static void shuffle(Start *start) {
    Layered *lay = start->order->lay;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t count = lay->groups[g].item_count, *items = group_items(lay, g);
        for (uint32_t i = 0; i + 1 < count; i++) {
            uint32_t j = i + next_random(start) % (count - i), entry = items[i];
            items[i] = items[j];
            items[j] = entry;
        }
    }
}

/* The first start is as declared, then come walks from above and from below; then a random order
 * between two walks in shuffled order each time. */
void start_make(Start *start, uint32_t index) {
    Layered *lay = start->order->lay;
    start->random = SEED * (index + 1);
    memcpy(lay->items, start->declared, start->item_count * sizeof *lay->items);
    if (index % 3 == 0 && index > 0)
        shuffle(start);
    order_number(start->order);
    if (index % 3 == 0)
        return;
    Walk way = {.downwards = index % 3 == 1, .is_shuffled = index > 2};
    memset(start->place, 0xff, lay->block_count * sizeof *start->place);
    const uint32_t *roots = way.downwards ? start->by_first : start->by_last;
    uint32_t turn = way.is_shuffled ? next_random(start) % lay->block_count : 0;
    for (uint32_t i = 0; i < lay->block_count; i++)
        walk(start, roots[(i + turn) % lay->block_count], &way);
    for (uint32_t g = 0; g < lay->group_count; g++)
        sort_group(start, g, false);
    order_number(start->order);
}

static uint32_t *sort_blocks(const Start *start, bool downwards) {
    const Layered *lay = start->order->lay;
    uint32_t *first = ARENA_ARRAY(start->arena, uint32_t, (size_t)lay->rank_count + 1);
    uint32_t *sorted = ARENA_ARRAY(start->arena, uint32_t, lay->block_count);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t b = 0; b < lay->block_count; b++) {
            int rank = rank_of(&lay->blocks[b], downwards);
            rank = downwards ? rank : lay->rank_count - 1 - rank;
            if (pass == 0)
                first[rank + 1]++;
            else
                sorted[first[rank]++] = b;
        }
        for (int r = 0; r < lay->rank_count && pass == 0; r++)
            first[r + 1] += first[r];
    }
    return sorted;
}

Start *start_new(Order *order, Arena *arena) {
    const Layered *lay = order->lay;
    Start *start = ARENA_NEW(arena, Start);
    *start = (Start){.order = order, .arena = arena};
    start->item_count = lay_item_count(lay);
    start->declared = ARENA_ARRAY(arena, uint32_t, start->item_count);
    memcpy(start->declared, lay->items, start->item_count * sizeof *start->declared);
    start->ranked = ARENA_ARRAY(arena, Ranked, lay->block_count + start->item_count);
    start->spare = ARENA_ARRAY(arena, Ranked, lay->block_count + start->item_count);
    start->place = ARENA_ARRAY(arena, int64_t, lay->block_count);
    start->stack_size = 2 * (size_t)lay->link_count + lay->block_count;
    start->stack = ARENA_ARRAY(arena, uint32_t, start->stack_size);
    start->by_first = sort_blocks(start, true);
    start->by_last = sort_blocks(start, false);
    return start;
}
