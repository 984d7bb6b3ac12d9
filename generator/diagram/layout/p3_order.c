/* Puts the children of every group in an order from left to right that has few crossings.
 *
 * There is one order for all ranks, not one per rank: a long edge, a group with all that it holds,
 * a node are each one item of it. So groups never overlap, an edge never changes sides with a group
 * beside it, and long edges can be straight. No order that groups allow is lost by it, as intervals
 * of ranks that overlap in pairs always have a common order.
 *
 * Barycentres over all ranks at once give a start; sifting (Matuszewski, Schoenfeld, Molitor,
 * "Using Sifting for k-Layer Straightline Crossing Minimization", 1999) then tries every place for
 * every item. Several starts; the best counts. */
#include "base/ban.h"

#include "diagram/layout/crossings.h"

#define SWEEPS       12
#define ROUNDS       6
#define STARTS       8
#define WORK_MAX     4000000 /* touches looked at over all starts */
#define SEED         0x9e3779b9u
#define WINDOW_SMALL 4000 /* touches up to which an item may move through its whole group */
#define WINDOW       24   /* else: places to each side */

typedef struct Sorting {
    Order order;
    Arena *arena;
    uint32_t random;
    uint32_t *best; /* the items of the best order so far */
    uint32_t item_count;
    int64_t best_crossings;
    uint32_t window;
} Sorting;

typedef struct Ranked {
    int64_t value;
    uint32_t entry;
    uint32_t index;
} Ranked;

static uint32_t *group_items(const Layered *lay, uint32_t group) {
    return lay->items + lay->groups[group].first_item;
}

/* Groups and nodes as declared, chains after them. */
static void declared_items(Layered *lay) {
    for (uint32_t b = 0; b < lay->block_count; b++)
        if (lay->blocks[b].kind <= BLOCK_CHAIN && lay->blocks[b].kind != BLOCK_TITLE)
            lay->groups[lay->blocks[b].group].item_count++;
    for (uint32_t g = 1; g < lay->group_count; g++)
        lay->groups[lay->groups[g].parent].item_count++;
    uint32_t next = 0;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        lay->groups[g].first_item = next;
        next += lay->groups[g].item_count;
        lay->groups[g].item_count = 0;
    }
    lay->items = ARENA_ARRAY(lay->arena, uint32_t, next);
    for (uint32_t g = 1; g < lay->group_count; g++) {
        LayGroup *parent = &lay->groups[lay->groups[g].parent];
        lay->items[parent->first_item + parent->item_count++] = g | ITEM_GROUP;
    }
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        if (block->kind > BLOCK_CHAIN || block->kind == BLOCK_TITLE)
            continue;
        LayGroup *group = &lay->groups[block->group];
        lay->items[group->first_item + group->item_count++] = b;
    }
}

static int compare_ranked(const void *left, const void *right) {
    const Ranked *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

typedef enum Sweep {
    SWEEP_DOWN,
    SWEEP_UP,
    SWEEP_BOTH
} Sweep;

/* Where the far ends of an item's lines are on average; where it is now when it has none. */
static int64_t barycentre(const Order *order, uint32_t item, Sweep sweep) {
    int64_t sum = 0, weight = 0;
    for (uint32_t i = order->first_touch[item]; i < order->touch_end[item]; i++) {
        const Touch *touch = &order->touches[i];
        uint32_t at = order->lay->blocks[touch->other].order;
        bool is_upper = touch->key % 2 == 0;
        if (at >= order->start[item] && at - order->start[item] < order->size[item])
            continue;
        if ((sweep == SWEEP_DOWN && is_upper) || (sweep == SWEEP_UP && !is_upper))
            continue;
        sum += at;
        weight++;
    }
    if (weight == 0)
        return 512 * (int64_t)order->start[item] + 256 * (int64_t)order->size[item];
    return 512 * sum / weight;
}

static void sort_group(Sorting *sorting, uint32_t group, Sweep sweep, bool reverse_ties) {
    Layered *lay = sorting->order.lay;
    uint32_t count = lay->groups[group].item_count, *items = group_items(lay, group);
    Ranked *ranked = ARENA_ARRAY(sorting->arena, Ranked, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = reverse_ties ? count - i : i;
        ranked[i] = (Ranked){barycentre(&sorting->order, order_item(lay, items[i]), sweep),
                             items[i], index};
    }
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (uint32_t i = 0; i < count; i++)
        items[i] = ranked[i].entry;
}

static void sweep_all(Sorting *sorting, Sweep sweep, bool reverse_ties) {
    for (uint32_t g = 0; g < sorting->order.lay->group_count; g++)
        sort_group(sorting, g, sweep, reverse_ties);
    order_number(&sorting->order);
}

/* Moves the item at `from` of a group to `to`, swap by swap. */
static void carry(Sorting *sorting, uint32_t *items, uint32_t from, uint32_t to) {
    Layered *lay = sorting->order.lay;
    while (from < to) {
        order_swap(&sorting->order, order_item(lay, items[from]), order_item(lay, items[from + 1]));
        uint32_t entry = items[from];
        items[from] = items[from + 1];
        items[++from] = entry;
    }
    while (from > to) {
        order_swap(&sorting->order, order_item(lay, items[from - 1]), order_item(lay, items[from]));
        uint32_t entry = items[from];
        items[from] = items[from - 1];
        items[--from] = entry;
    }
}

/* Tries every place within the window for the item at `at`; gives what the best place gains. The
 * item stays where it is unless there is a real gain. */
static int64_t sift(Sorting *sorting, uint32_t group, uint32_t at) {
    Layered *lay = sorting->order.lay;
    uint32_t count = lay->groups[group].item_count, *items = group_items(lay, group);
    uint32_t item = order_item(lay, items[at]);
    uint32_t low = at > sorting->window ? at - sorting->window : 0;
    uint32_t high = count - 1 - at > sorting->window ? at + sorting->window : count - 1;
    uint32_t best = at, now = at;
    int64_t cost = 0, best_cost = 0;
    for (; now > low; now--) {
        cost += order_swap_gain(&sorting->order, order_item(lay, items[now - 1]), item);
        carry(sorting, items, now, now - 1);
        if (cost < best_cost) {
            best_cost = cost;
            best = now - 1;
        }
    }
    carry(sorting, items, now, at);
    cost = 0;
    for (now = at; now < high; now++) {
        cost += order_swap_gain(&sorting->order, item, order_item(lay, items[now + 1]));
        carry(sorting, items, now, now + 1);
        if (cost < best_cost) {
            best_cost = cost;
            best = now + 1;
        }
    }
    carry(sorting, items, now, best);
    return -best_cost;
}

static int64_t sift_group(Sorting *sorting, uint32_t group) {
    Layered *lay = sorting->order.lay;
    uint32_t count = lay->groups[group].item_count;
    uint32_t *queue = ARENA_ARRAY(sorting->arena, uint32_t, count);
    int64_t gain = 0;
    if (count < 2)
        return 0;
    memcpy(queue, group_items(lay, group), count * sizeof *queue);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = 0;
        while (group_items(lay, group)[at] != queue[i])
            at++;
        gain += sift(sorting, group, at);
    }
    return gain;
}

static void sift_all(Sorting *sorting, uint32_t rounds) {
    for (uint32_t round = 0; round < rounds; round++) {
        int64_t gain = 0;
        for (uint32_t g = 0; g < sorting->order.lay->group_count; g++)
            gain += sift_group(sorting, g);
        if (gain == 0)
            return;
    }
}

/* Keeps the present order if it beats the best one. */
static void consider(Sorting *sorting) {
    int64_t crossings = order_crossings(&sorting->order, sorting->arena);
    if (crossings >= sorting->best_crossings)
        return;
    sorting->best_crossings = crossings;
    memcpy(sorting->best, sorting->order.lay->items, sorting->item_count * sizeof *sorting->best);
}

/* xorshift, Marsaglia 2003. */
static uint32_t next_random(Sorting *sorting) {
    uint32_t x = sorting->random;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return sorting->random = x;
}

static void start_order(Sorting *sorting, uint32_t start) {
    Layered *lay = sorting->order.lay;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t count = lay->groups[g].item_count, *items = group_items(lay, g);
        for (uint32_t i = 0; i + 1 < count && start > 0; i++) {
            uint32_t j = start == 1 ? count - 1 - i : i + next_random(sorting) % (count - i);
            if (start == 1 && j <= i)
                break;
            uint32_t entry = items[i];
            items[i] = items[j];
            items[j] = entry;
        }
    }
    order_number(&sorting->order);
}

static void run_start(Sorting *sorting, uint32_t start, uint32_t rounds) {
    start_order(sorting, start);
    for (uint32_t i = 0; i < SWEEPS; i++) {
        sweep_all(sorting,
                  i + 2 >= SWEEPS ? SWEEP_BOTH
                  : i % 2 == 0    ? SWEEP_DOWN
                                  : SWEEP_UP,
                  i % 4 >= 2);
        consider(sorting);
    }
    sift_all(sorting, rounds);
    consider(sorting);
}

void order_run(Layered *lay) {
    declared_items(lay);
    Sorting sorting = {.arena = arena_new(), .random = SEED, .best_crossings = INT64_MAX};
    sorting.order = order_new(lay, sorting.arena);
    for (uint32_t g = 0; g < lay->group_count; g++)
        sorting.item_count += lay->groups[g].item_count;
    sorting.best = ARENA_ARRAY(sorting.arena, uint32_t, sorting.item_count);
    uint32_t *declared = ARENA_ARRAY(sorting.arena, uint32_t, sorting.item_count);
    memcpy(declared, lay->items, sorting.item_count * sizeof *declared);

    uint32_t touches = 0;
    for (uint32_t b = 0; b < lay->block_count; b++)
        touches += sorting.order.touch_end[b] - sorting.order.first_touch[b];
    sorting.window = touches <= WINDOW_SMALL ? UINT32_MAX : WINDOW;
    uint32_t work = touches * (touches <= WINDOW_SMALL ? sorting.item_count : WINDOW) / 4 + 1;
    uint32_t starts = WORK_MAX / work;
    starts = starts < 1 ? 1 : starts > STARTS ? STARTS : starts;
    order_number(&sorting.order);
    for (uint32_t start = 0; start < starts && sorting.best_crossings > 0; start++) {
        memcpy(lay->items, declared, sorting.item_count * sizeof *declared);
        run_start(&sorting, start, starts == 1 ? 2 : ROUNDS);
    }
    memcpy(lay->items, sorting.best, sorting.item_count * sizeof *sorting.best);
    order_number(&sorting.order);
    arena_free(sorting.arena);
}
