/* Puts the children of every group in an order from left to right that has few crossings.
 *
 * There is one order for all ranks, not one per rank: a long edge, a group with all that it holds,
 * a node are each one item of it. So groups never overlap, an edge never changes sides with a group
 * beside it, and long edges can be straight. No order that groups allow is lost by it, as intervals
 * of ranks that overlap in pairs always have a common order.
 *
 * Barycentres give a start, sifting makes the best of it. Several starts; the best counts. */
#include "base/ban.h"

#include "diagram/layout/p3_sift.h"
#include "diagram/layout/p3_start.h"

#define SWEEPS      4
#define ROUNDS      6  /* of sifting alone, at a time */
#define WHOLE       2  /* of these through all items: those drift to places as good */
#define COMPANIES   16 /* rounds in company */
#define TIDY_ROUNDS 2
#define STARTS      32
#define POLISHES    16
#define HASTE       4          /* part of the work that is done in haste */
#define WORK_EACH   16000u     /* of sifting, in line ends compared, for each node, */
#define WORK_FREE   16         /* but for so many; */
#define WORK_LEAST  550000u    /* at least these, */
#define WORK_MAX    400000000u /* and at most these */

typedef struct Sorting {
    Order *order;
    Start *start;
    Sift *sift;
    uint32_t *best; /* the items of the best order so far */
    uint32_t item_count;
    uint64_t limit; /* of work */
    int64_t best_crossings, best_reach;
    int64_t least_swept;                /* crossings of the best start before it was sifted */
    uint32_t start_count, polish_count; /* tried so far, by an earlier search too */
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

/* A number that tells the blocks of two drawings apart (FNV, Fowler, Noll, Vo 1991). */
static uint64_t block_print(const Layered *lay) {
    uint64_t print = 0xcbf29ce484222325u;
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        const uint32_t facts[] = {block->kind, block->ref, block->group, (uint32_t)block->first,
                                  (uint32_t)block->last};
        for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
            print = (print ^ facts[i]) * 0x100000001b3u;
    }
    return print;
}

/* How far apart in the order the ends of links are, in all. */
static int64_t reach_of(const Order *order) {
    const Layered *lay = order->lay;
    int64_t reach = 0;
    for (uint32_t i = 0; i < lay->link_count; i++) {
        int64_t upper = order->position[lay->links[i].upper];
        int64_t lower = order->position[lay->links[i].lower];
        reach += upper < lower ? lower - upper : upper - lower;
    }
    return reach;
}

/* Keeps the present order if it beats the best one; among equals shorter lines are better. */
static void consider(Sorting *sorting) {
    int64_t crossings = order_crossings(sorting->order);
    if (crossings > sorting->best_crossings)
        return;
    int64_t reach = reach_of(sorting->order);
    if (crossings == sorting->best_crossings && reach >= sorting->best_reach)
        return;
    sorting->best_crossings = crossings;
    sorting->best_reach = reach;
    memcpy(sorting->best, sorting->order->lay->items, sorting->item_count * sizeof *sorting->best);
}

/* Alone, until that gains nothing, or less than `least` so far; gives what it gained. Moves to
 * places as good are made all the time: so what is in the way drifts apart. */
static int64_t sift_alone(Sorting *sorting, int64_t least) {
    int64_t total = 0, gain = 1;
    for (uint32_t i = 0; i < ROUNDS && gain > 0; i++) {
        if (i < WHOLE)
            sift_wake(sorting->sift);
        gain = sift_all(sorting->sift, SIFT_TIDY);
        total += gain;
        if (total < least)
            break;
    }
    return total;
}

/* Alone and in company, until neither helps. Where nothing is left to gain, nothing goes in
 * company; and where company has changed nothing, nothing is new for those alone. */
static void sift_fully(Sorting *sorting) {
    static const SiftHow hows[] = {SIFT_CHAINS, SIFT_COMPANY, SIFT_TIDY, SIFT_COMPANY};
    int64_t left = order_crossings(sorting->order);
    for (uint32_t i = 0, idle = 0; i < COMPANIES && idle < 2; i++) {
        int64_t gain = left > 0 ? sift_all(sorting->sift, hows[i % 4]) : 0;
        if (gain > 0 || i == 0)
            gain += sift_alone(sorting, 0);
        left -= gain;
        idle = gain > 0 ? 0 : idle + 1;
    }
    consider(sorting);
}

static void try_start(Sorting *sorting, uint32_t index) {
    start_make(sorting->start, index);
    for (uint32_t i = 0; i < SWEEPS; i++)
        start_sweep(sorting->start, i % 2 == 0, i % 4 >= 2);
    /* What is far from the best one after the sweeps, or after a round, will hardly beat it. */
    int64_t swept = order_crossings(sorting->order), least = sorting->least_swept;
    if (swept < least)
        sorting->least_swept = swept;
    else if (swept > least + least / 4)
        return;
    int64_t best = sorting->best_crossings, near = best < INT64_MAX ? best + best / 8 : best;
    sift_alone(sorting, swept - near);
    consider(sorting);
}

static void recall(Sorting *sorting) {
    memcpy(sorting->order->lay->items, sorting->best, sorting->item_count * sizeof *sorting->best);
    order_number(sorting->order);
    sift_wake(sorting->sift);
}

/* Sweeps and sifting undo each other's dead ends: both again, from the best order so far. */
static void polish(Sorting *sorting, uint32_t index) {
    recall(sorting);
    start_sweep(sorting->start, index % 2 == 0, index % 4 >= 2);
    if (index % 3 == 2)
        start_sweep(sorting->start, index % 2 == 1, index % 4 >= 2);
    sift_alone(sorting, 0);
    sift_fully(sorting);
}

static bool is_found_here(const Sorting *sorting, const LayFound *found) {
    return found->item_count == sorting->item_count &&
           found->blocks == block_print(sorting->order->lay);
}

static void keep_found(const Sorting *sorting) {
    Layered *lay = sorting->order->lay;
    lay->found = (LayFound){.items = ARENA_ARRAY(lay->arena, uint32_t, sorting->item_count),
                            .item_count = sorting->item_count,
                            .blocks = block_print(lay),
                            .start_count = sorting->start_count,
                            .polish_count = sorting->polish_count};
    memcpy(lay->found.items, sorting->best, sorting->item_count * sizeof *sorting->best);
}

/* As many starts, and attempts to better the best of them, as the limit of work allows. What an
 * earlier search has found competes with that. */
static void search(Sorting *sorting, LayFound found) {
    if (is_found_here(sorting, &found)) {
        sorting->start_count = found.start_count;
        sorting->polish_count = found.polish_count;
    }
    uint32_t start_end = sorting->start_count + STARTS;
    uint32_t polish_end = sorting->polish_count + POLISHES;
    for (uint64_t work = 0; sorting->start_count < start_end && sorting->best_crossings > 0 &&
                            work <= sorting->limit / 2;
         work = sift_work(sorting->sift))
        try_start(sorting, sorting->start_count++);
    recall(sorting);
    sift_fully(sorting);
    if (is_found_here(sorting, &found)) {
        memcpy(sorting->order->lay->items, found.items, found.item_count * sizeof *found.items);
        order_number(sorting->order);
        consider(sorting);
    }
    while (sorting->polish_count < polish_end && sorting->best_crossings > 0 &&
           sift_work(sorting->sift) <= sorting->limit)
        polish(sorting, sorting->polish_count++);
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
static void face_reader(Order *order, Arena *arena) {
    Layered *lay = order->lay;
    uint32_t *previous = ARENA_ARRAY(arena, uint32_t, lay->rank_count);
    int64_t balance = 0;
    memset(previous, 0xff, (size_t)lay->rank_count * sizeof *previous);
    for (uint32_t i = 0; i < lay->block_count; i++) {
        const Block *block = &lay->blocks[order->at[i]];
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
    order_number(order);
}

/* Will the part surely fit on the page? Lines take about as much room again as nodes do. */
static bool is_sure_to_fit(const Layered *lay, Arena *arena) {
    Coord *widths = ARENA_ARRAY(arena, Coord, lay->rank_count);
    Coord *heights = ARENA_ARRAY(arena, Coord, lay->rank_count);
    Coord width = 0, height = 0;
    for (uint32_t b = 0; b < lay->block_count; b++) {
        const Block *block = &lay->blocks[b];
        for (int r = block->first; r <= block->last; r++)
            widths[r] += lay_block_right(block, r) - lay_block_left(block, r) + lay->space.edge;
        if (block->first == block->last && block->height > heights[block->first])
            heights[block->first] = block->height;
    }
    for (int r = 0; r < lay->rank_count; r++) {
        width = widths[r] > width ? widths[r] : width;
        height += heights[r] + lay->space.node;
    }
    return 2 * width <= lay->page && 2 * height <= lay->page * 3 / 4;
}

static uint64_t work_limit(const Layered *lay) {
    uint64_t nodes = lay->node_count > WORK_FREE ? lay->node_count - WORK_FREE : 0;
    uint64_t limit = WORK_EACH * nodes;
    return limit < WORK_LEAST ? WORK_LEAST : limit > WORK_MAX ? WORK_MAX : limit;
}

/* An order without a crossing, found within the limit, is found again with more work. What fits on
 * the page will be drawn in one way only, so that is worth all work at once. */
static void find_order(Order *order, Arena *arena) {
    Layered *lay = order->lay;
    bool is_hasty = lay->is_hasty && !is_sure_to_fit(lay, arena);
    Sorting sorting = {.order = order,
                       .item_count = lay_item_count(lay),
                       .limit = is_hasty ? work_limit(lay) / HASTE : work_limit(lay),
                       .best_crossings = INT64_MAX,
                       .least_swept = INT64_MAX};
    sorting.start = start_new(order, arena);
    sorting.sift = sift_new(order, sorting.limit + sorting.limit / 4, arena);
    sorting.best = ARENA_ARRAY(arena, uint32_t, sorting.item_count);
    search(&sorting, lay->found);
    recall(&sorting);
    for (uint32_t i = 0; i < TIDY_ROUNDS; i++)
        sift_all(sorting.sift, SIFT_TIDY);
    face_reader(order, arena);
    keep_found(&sorting);
    lay->is_complete =
        !is_hasty || (sorting.best_crossings == 0 && sift_work(sorting.sift) < sorting.limit);
}

void order_run(Layered *lay) {
    Arena *arena = arena_new();
    declared_items(lay);
    Order order = order_new(lay, arena);
    if (lay->known) /* that of a drawing with the same ranks */
        memcpy(lay->items, lay->known->items, lay_item_count(lay) * sizeof *lay->items);
    order_number(&order);
    if (!lay->known)
        find_order(&order, arena);
    order_write(&order);
    arena_free(arena);
}

void order_settle(Layered *lay) {
    Arena *arena = arena_new();
    Order order = order_new(lay, arena);
    order_number(&order);
    Sift *sift = sift_new(&order, work_limit(lay), arena);
    for (uint32_t i = 0; i < TIDY_ROUNDS; i++)
        sift_all(sift, SIFT_ALONE);
    sift_all(sift, SIFT_TIDY);
    order_write(&order);
    arena_free(arena);
}
