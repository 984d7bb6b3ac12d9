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

#define SWEEPS        12
#define ROUNDS        6
#define TIDY_ROUNDS   2
#define STARTS        16
#define HASTE         4        /* part of the work that is done in haste */
#define WORK_EACH     25000u   /* touches compared over all starts, about, for each node; */
#define WORK_LEAST    3000000u /* but at least these */
#define WORK_MAX      12000000u
#define SWEEP_TOUCHES 400000             /* beyond this few sweeps must do */
#define WINDOW_SWAPS  40000              /* for one round over all items */
#define WINDOW_LEAST  12                 /* places that an item may move to each side */
#define UNIT          ((int64_t)1 << 32) /* of a place, in positions */
#define SEED          0x9e3779b9u

/* How much may be tried. */
typedef struct Budget {
    uint32_t window, starts, rounds, sweeps, times;
} Budget;

/* A walk through all blocks. */
typedef struct Walk {
    uint32_t *stack;
    size_t stack_size;
    int64_t next;
    bool downwards, is_shuffled;
} Walk;

typedef struct Ranked {
    int64_t value;
    uint32_t entry;
    uint32_t index;
} Ranked;

typedef struct Sorting {
    Order order;
    Arena *arena;
    uint32_t random;
    uint32_t *best; /* the items of the best order so far */
    uint32_t item_count;
    int64_t best_crossings, best_reach;
    uint32_t window;
    bool is_tidying;              /* equals are moved nearer to what they hang on */
    uint32_t *by_first, *by_last; /* blocks by their first rank, and by their last from below */
    int64_t *place;               /* of blocks, in a sweep */
    Ranked *ranked;               /* scratch */
    uint32_t *queue;              /* scratch */
    uint32_t *stack;              /* of a walk */
    size_t touch_count;
} Sorting;

static uint32_t *group_items(const Layered *lay, uint32_t group) {
    return lay->items + lay->groups[group].first_item;
}

/* Groups and nodes as declared, chains after them. */
static void declared_items(Layered *lay) {
    for (uint32_t g = 0; g < lay->group_count; g++)
        lay->groups[g].item_count = 0;
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

/* The rank at which a sweep meets the block. */
static int rank_of(const Block *block, bool downwards) {
    return downwards ? block->first : block->last;
}

static int compare_ranked(const void *left, const void *right) {
    const Ranked *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

/* Blocks of one rank that wish to stand at one place are spread over what is left of it up to the
 * next in that rank, in the order in which they stood: so what hangs on them knows left from right.
 */
static void spread_ties(Sorting *sorting, const uint32_t *blocks, uint32_t count,
                        bool reverse_ties) {
    for (uint32_t i = 0; i < count; i++) {
        int64_t order = sorting->order.lay->blocks[blocks[i]].order;
        sorting->ranked[i] = (Ranked){sorting->place[blocks[i]], blocks[i],
                                      (uint32_t)(reverse_ties ? UINT32_MAX - order : order)};
    }
    qsort(sorting->ranked, count, sizeof *sorting->ranked, compare_ranked);
    for (uint32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && sorting->ranked[next].value == sorting->ranked[i].value;)
            next++;
        int64_t gap = UNIT;
        if (next < count && sorting->ranked[next].value - sorting->ranked[i].value < gap)
            gap = sorting->ranked[next].value - sorting->ranked[i].value;
        for (uint32_t k = i + 1; k < next; k++)
            sorting->place[sorting->ranked[k].entry] += gap * (k - i) / (next - i);
    }
}

static void pull_block(Sorting *sorting, uint32_t b, bool downwards) {
    int64_t sum = 0, weight = 0;
    for (uint32_t t = sorting->order.first_touch[b]; t < sorting->order.touch_end[b]; t++) {
        const Touch *touch = &sorting->order.touches[t];
        if (touch->other == b || (touch->key % 2 == 1) != downwards)
            continue;
        sum += sorting->place[touch->other];
        weight++;
    }
    if (weight > 0)
        sorting->place[b] = sum / weight;
}

/* Every block goes to the mean place of what it hangs on, rank by rank from the top or from the
 * bottom, so that an order runs through the whole drawing in one sweep. */
static void pull_blocks(Sorting *sorting, bool downwards, bool reverse_ties) {
    const Layered *lay = sorting->order.lay;
    const uint32_t *by_rank = downwards ? sorting->by_first : sorting->by_last;
    for (uint32_t i = 0, next; i < lay->block_count; i = next) {
        int rank = rank_of(&lay->blocks[by_rank[i]], downwards);
        for (next = i;
             next < lay->block_count && rank_of(&lay->blocks[by_rank[next]], downwards) == rank;
             next++)
            pull_block(sorting, by_rank[next], downwards);
        spread_ties(sorting, by_rank + i, next - i, reverse_ties);
    }
}

/* The mean place of the blocks of an item. */
static int64_t item_place(const Sorting *sorting, uint32_t item) {
    const Order *order = &sorting->order;
    int64_t sum = 0, weight = 0;
    for (uint32_t i = 0; i < order->size[item]; i++) {
        uint32_t b = order->at[order_start(order, item) + i];
        if (order->lay->blocks[b].kind >= BLOCK_LEFT || order->lay->blocks[b].kind == BLOCK_TITLE)
            continue;
        sum += sorting->place[b];
        weight++;
    }
    return weight > 0 ? sum / weight : UNIT * (int64_t)order_start(order, item);
}

static void sort_group(Sorting *sorting, uint32_t group, bool reverse_ties) {
    Layered *lay = sorting->order.lay;
    uint32_t count = lay->groups[group].item_count, *items = group_items(lay, group);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = reverse_ties ? count - i : i;
        sorting->ranked[i] =
            (Ranked){item_place(sorting, order_item(lay, items[i])), items[i], index};
    }
    qsort(sorting->ranked, count, sizeof *sorting->ranked, compare_ranked);
    for (uint32_t i = 0; i < count; i++)
        items[i] = sorting->ranked[i].entry;
}

static void sweep_all(Sorting *sorting, bool downwards, bool reverse_ties) {
    Layered *lay = sorting->order.lay;
    for (uint32_t b = 0; b < lay->block_count; b++)
        sorting->place[b] = UNIT * (int64_t)lay->blocks[b].order;
    pull_blocks(sorting, downwards, reverse_ties);
    for (uint32_t g = 0; g < lay->group_count; g++)
        sort_group(sorting, g, reverse_ties);
    order_number(&sorting->order);
}

/* The mean position of what the item's lines lead to, twice as fine; its own when they lead nowhere
 * else. */
static int64_t goal_of(const Order *order, uint32_t item) {
    int64_t sum = 0, weight = 0;
    for (uint32_t i = order->first_touch[item]; i < order->touch_end[item]; i++) {
        uint32_t at = order->lay->blocks[order->touches[i].other].order;
        if (at >= order_start(order, item) && at - order_start(order, item) < order->size[item])
            continue;
        sum += at;
        weight++;
    }
    return weight > 0 ? 2 * sum / weight
                      : 2 * (int64_t)order_start(order, item) + order->size[item];
}

/* The best place so far of an item that is carried along. */
typedef struct Trial {
    int64_t cost, distance; /* of the best place */
    uint32_t at;
    uint32_t low, high; /* positions that change by it */
    int64_t goal;
} Trial;

static void try_place(const Order *order, Trial *trial, uint32_t item, uint32_t at, int64_t cost) {
    int64_t off = 2 * (int64_t)order_start(order, item) + order->size[item] - trial->goal;
    int64_t distance = off < 0 ? -off : off;
    if (cost > trial->cost || (cost == trial->cost && distance >= trial->distance))
        return;
    trial->cost = cost;
    trial->distance = distance;
    trial->at = at;
    trial->low = order->low;
    trial->high = order->high;
}

/* Moves the item at `from` of a group to `to`, where it is imagined already. */
static void settle(Sorting *sorting, uint32_t *items, uint32_t from, uint32_t to) {
    uint32_t entry = items[from];
    if (from < to)
        memmove(items + from, items + from + 1, (to - from) * sizeof *items);
    else
        memmove(items + to + 1, items + to, (from - to) * sizeof *items);
    items[to] = entry;
    order_realise(&sorting->order);
}

/* Tries every place within the window for the item at `at`; gives what the best place gains. Among
 * equals the one nearest to what the item hangs on is best, so that lines stay short. */
static int64_t sift(Sorting *sorting, uint32_t group, uint32_t at) {
    Order *order = &sorting->order;
    uint32_t count = order->lay->groups[group].item_count;
    uint32_t *items = group_items(order->lay, group);
    uint32_t item = order_item(order->lay, items[at]);
    uint32_t start = order_start(order, item), end = start + order->size[item];
    uint32_t low = at > sorting->window ? at - sorting->window : 0;
    uint32_t high = count - 1 - at > sorting->window ? at + sorting->window : count - 1;
    Trial trial = {.at = at, .low = start, .high = end, .goal = goal_of(order, item)};
    int64_t cost = 0;
    if (sorting->is_tidying) {
        trial.distance = INT64_MAX;
        try_place(order, &trial, item, at, 0);
    }
    for (uint32_t i = at, place = start; i > low; i--) {
        uint32_t other = order_item(order->lay, items[i - 1]);
        cost += order_swap_gain(order, other, item);
        place -= order->size[other];
        order_imagine(order, place, start, end);
        try_place(order, &trial, item, i - 1, cost);
    }
    order_imagine(order, start, start, start);
    cost = 0;
    for (uint32_t i = at, place = end; i < high; i++) {
        uint32_t other = order_item(order->lay, items[i + 1]);
        cost += order_swap_gain(order, item, other);
        place += order->size[other];
        order_imagine(order, start, end, place);
        try_place(order, &trial, item, i + 1, cost);
    }
    order_imagine(order, start, start, start);
    if (trial.at == at)
        return 0;
    order_imagine(order, trial.low, trial.at < at ? start : end, trial.high);
    settle(sorting, items, at, trial.at);
    return -trial.cost;
}

static int64_t sift_group(Sorting *sorting, uint32_t group) {
    Layered *lay = sorting->order.lay;
    uint32_t count = lay->groups[group].item_count;
    uint32_t *queue = sorting->queue;
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

/* How far apart in the order the ends of links are, in all. */
static int64_t reach_of(const Layered *lay) {
    int64_t reach = 0;
    for (uint32_t i = 0; i < lay->link_count; i++) {
        int64_t upper = lay->blocks[lay->links[i].upper].order;
        int64_t lower = lay->blocks[lay->links[i].lower].order;
        reach += upper < lower ? lower - upper : upper - lower;
    }
    return reach;
}

/* Keeps the present order if it beats the best one; among equals shorter lines are better. */
static void consider(Sorting *sorting) {
    int64_t crossings = order_crossings(&sorting->order);
    if (crossings > sorting->best_crossings)
        return;
    int64_t reach = reach_of(sorting->order.lay);
    if (crossings == sorting->best_crossings && reach >= sorting->best_reach)
        return;
    sorting->best_crossings = crossings;
    sorting->best_reach = reach;
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

/* Numbers everything that hangs together with `root`, deep before wide, so that trees have no
 * crossing. With `is_shuffled` a block's neighbours come in another order than declared. */
static void walk(Sorting *sorting, uint32_t root, Walk *way) {
    const Order *order = &sorting->order;
    uint32_t depth = 0;
    way->stack[depth++] = root;
    while (depth > 0) {
        uint32_t b = way->stack[--depth];
        if (sorting->place[b] >= 0)
            continue;
        sorting->place[b] = UNIT * way->next++;
        uint32_t first = order->first_touch[b], count = order->touch_end[b] - first;
        uint32_t turn = way->is_shuffled && count > 0 ? next_random(sorting) % count : 0;
        for (int side = 0; side < 2; side++) /* what lies on the way is taken first: pushed last */
            for (uint32_t i = count; i-- > 0;) {
                const Touch *touch = &order->touches[first + (i + turn) % count];
                bool is_on = (touch->key % 2 == 0) == way->downwards;
                if (is_on == (side == 1) && sorting->place[touch->other] < 0 &&
                    depth < way->stack_size)
                    way->stack[depth++] = touch->other;
            }
    }
}

static void shuffle(Sorting *sorting) {
    Layered *lay = sorting->order.lay;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t count = lay->groups[g].item_count, *items = group_items(lay, g);
        for (uint32_t i = 0; i + 1 < count; i++) {
            uint32_t j = i + next_random(sorting) % (count - i), entry = items[i];
            items[i] = items[j];
            items[j] = entry;
        }
    }
}

/* The first start is as declared, then come walks from above and from below; then a random order
 * between two walks in shuffled order each time. */
static void start_order(Sorting *sorting, uint32_t start) {
    Layered *lay = sorting->order.lay;
    if (start % 3 == 0 && start > 0)
        shuffle(sorting);
    order_number(&sorting->order);
    if (start % 3 == 0)
        return;
    Walk way = {.downwards = start % 3 == 1, .is_shuffled = start > 2};
    way.stack_size = sorting->touch_count + lay->block_count;
    way.stack = sorting->stack;
    memset(sorting->place, 0xff, lay->block_count * sizeof *sorting->place);
    const uint32_t *roots = way.downwards ? sorting->by_first : sorting->by_last;
    uint32_t turn = way.is_shuffled ? next_random(sorting) % lay->block_count : 0;
    for (uint32_t i = 0; i < lay->block_count; i++)
        walk(sorting, roots[(i + turn) % lay->block_count], &way);
    for (uint32_t g = 0; g < lay->group_count; g++)
        sort_group(sorting, g, false);
    order_number(&sorting->order);
}

static void improve(Sorting *sorting, const Budget *budget) {
    for (uint32_t i = 0; i < budget->sweeps; i++) {
        sweep_all(sorting, i % 2 == 0, i % 4 >= 2);
        consider(sorting);
    }
    sift_all(sorting, budget->rounds);
    consider(sorting);
}

/* Sweeps and sifting undo each other's dead ends: a few times both from the best order so far. */
static void polish(Sorting *sorting, const Budget *budget) {
    Layered *lay = sorting->order.lay;
    for (uint32_t i = 0; i < budget->times && sorting->best_crossings > 0; i++) {
        memcpy(lay->items, sorting->best, sorting->item_count * sizeof *sorting->best);
        order_number(&sorting->order);
        sweep_all(sorting, i % 2 == 0, i % 4 >= 2);
        if (i % 3 == 2)
            sweep_all(sorting, i % 2 == 1, i % 4 >= 2);
        sift_all(sorting, budget->rounds);
        consider(sorting);
    }
}

static uint32_t *sort_blocks(const Sorting *sorting, bool downwards) {
    const Layered *lay = sorting->order.lay;
    uint32_t *first = ARENA_ARRAY(sorting->arena, uint32_t, (size_t)lay->rank_count + 1);
    uint32_t *sorted = ARENA_ARRAY(sorting->arena, uint32_t, lay->block_count);
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

static void mirror(Layered *lay) {
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t count = lay->groups[g].item_count, *items = group_items(lay, g);
        for (uint32_t i = 0; 2 * i + 1 < count; i++) {
            uint32_t entry = items[i];
            items[i] = items[count - 1 - i];
            items[count - 1 - i] = entry;
        }
    }
}

/* An order and its mirror image cross equally: the one is kept in which more neighbours of a rank
 * stand as their author named them, from left to right. */
static void face_reader(Sorting *sorting) {
    Layered *lay = sorting->order.lay;
    uint32_t *previous = ARENA_ARRAY(sorting->arena, uint32_t, lay->rank_count);
    int64_t balance = 0;
    memset(previous, 0xff, (size_t)lay->rank_count * sizeof *previous);
    for (uint32_t i = 0; i < lay->block_count; i++) {
        const Block *block = &lay->blocks[sorting->order.at[i]];
        if (block->kind != BLOCK_NODE || lay->nodes[block->ref].kind != LAY_NODE)
            continue;
        uint32_t ref = lay->nodes[block->ref].ref, *left = &previous[block->first];
        if (*left != LAY_NONE)
            balance += *left < ref ? 1 : -1;
        *left = ref;
    }
    if (balance >= 0)
        return;
    mirror(lay);
    order_number(&sorting->order);
}

static Sorting sorting_new(Layered *lay, Arena *arena) {
    Sorting sorting = {.arena = arena, .random = SEED, .best_crossings = INT64_MAX};
    sorting.order = order_new(lay, arena);
    sorting.item_count = lay_item_count(lay);
    sorting.best = ARENA_ARRAY(arena, uint32_t, sorting.item_count);
    sorting.queue = ARENA_ARRAY(arena, uint32_t, sorting.item_count);
    sorting.ranked = ARENA_ARRAY(arena, Ranked, lay->block_count + sorting.item_count);
    sorting.place = ARENA_ARRAY(arena, int64_t, lay->block_count);
    for (uint32_t b = 0; b < lay->block_count; b++)
        sorting.touch_count += sorting.order.touch_end[b] - sorting.order.first_touch[b];
    sorting.stack = ARENA_ARRAY(arena, uint32_t, sorting.touch_count + lay->block_count);
    sorting.by_first = sort_blocks(&sorting, true);
    sorting.by_last = sort_blocks(&sorting, false);
    return sorting;
}

/* Work is counted in touches that swaps compare, so that the same graph gets the same order on
 * every machine. A round of sifting compares each item's touches with those of all places in its
 * window. */
static Budget budget_of(const Sorting *sorting) {
    const Order *order = &sorting->order;
    uint64_t count = sorting->item_count, touches = count;
    for (uint32_t b = 0; b < order->lay->block_count; b++)
        touches += order->touch_end[b] - order->first_touch[b];
    uint64_t window = WINDOW_SWAPS / (count + 1);
    window = window < WINDOW_LEAST ? WINDOW_LEAST : window;
    uint64_t reach = 2 * window < count ? 2 * window : count;
    uint64_t round = reach * (count + touches / 4) + 1;
    uint64_t work = (uint64_t)WORK_EACH * order->lay->node_count;
    work = work < WORK_LEAST ? WORK_LEAST : work > WORK_MAX ? WORK_MAX : work;
    work = order->lay->is_hasty ? work / HASTE : work;
    uint64_t starts = work / (round * ROUNDS), rounds = work / round;
    Budget budget = {.window = (uint32_t)window, .sweeps = SWEEPS};
    uint32_t most = order->lay->is_hasty ? STARTS / HASTE : STARTS;
    budget.starts = starts < 1 ? 1 : starts > most ? most : (uint32_t)starts;
    budget.rounds = rounds > ROUNDS ? ROUNDS : (uint32_t)rounds;
    budget.times = rounds < 2 ? 0 : budget.starts;
    if (touches > SWEEP_TOUCHES)
        budget.sweeps = 2;
    return budget;
}

/* The order that a drawing with the same ranks has had. */
static void take_order(Layered *lay, uint32_t count, Arena *arena) {
    Order order = order_new(lay, arena);
    memcpy(lay->items, lay->known->items, count * sizeof *lay->items);
    order_number(&order);
}

void order_run(Layered *lay) {
    Arena *arena = arena_new();
    declared_items(lay);
    if (lay->known) {
        take_order(lay, lay_item_count(lay), arena);
        arena_free(arena);
        return;
    }
    Sorting sorting = sorting_new(lay, arena);
    uint32_t count = sorting.item_count;
    uint32_t *declared = ARENA_ARRAY(arena, uint32_t, count);
    memcpy(declared, lay->items, count * sizeof *declared);

    Budget budget = budget_of(&sorting);
    sorting.window = budget.window;
    for (uint32_t start = 0; start < budget.starts && sorting.best_crossings > 0; start++) {
        memcpy(lay->items, declared, count * sizeof *declared);
        start_order(&sorting, start);
        improve(&sorting, &budget);
    }
    polish(&sorting, &budget);
    memcpy(lay->items, sorting.best, count * sizeof *sorting.best);
    order_number(&sorting.order);
    sorting.is_tidying = true;
    for (uint32_t i = 0; i < TIDY_ROUNDS && budget.rounds > 0; i++)
        sift_all(&sorting, 1);
    face_reader(&sorting);
    arena_free(arena);
}

void order_settle(Layered *lay) {
    Arena *arena = arena_new();
    Sorting sorting = sorting_new(lay, arena);
    Budget budget = budget_of(&sorting);
    sorting.window = budget.window;
    order_number(&sorting.order);
    sift_all(&sorting, budget.rounds < TIDY_ROUNDS ? budget.rounds : TIDY_ROUNDS);
    sorting.is_tidying = true;
    sift_all(&sorting, 1);
    arena_free(arena);
}
