/* Sifting: an item is taken to the best of all places between its siblings (Matuszewski,
 * Schoenfeld, Molitor, "Using Sifting for k-Layer Straightline Crossing Minimization", 1999), over
 * all ranks at once (Bachmaier and others, "A Global k-Level Crossing Reduction Algorithm", 2010).
 *
 * What it costs to pass a sibling does not depend on where the two stand, as only their own lines
 * change places. So the costs are gathered in one go through the lines of the item's ranks; most
 * siblings have none there and cost nothing. */
#include "base/ban.h"

#include "diagram/layout/p3_sift.h"

#define FEW          16  /* line ends compared one by one */
#define COMPANY_MAX  12  /* items that go with another */
#define COMPANY_SIZE 64  /* blocks of each */
#define WORK_TAKE    120 /* of taking up an item, in line ends */

#define AWAKE 0xff

/* The far end of one of the item's own lines. */
typedef struct Far {
    uint32_t position;
    bool is_inside;      /* leads back to the item itself */
    int64_t weight, sum; /* sum: of this and those before it */
} Far;

/* `count` items at index `at` have gone to `to`: the index that their first, or for a move to the
 * right their last, has now. */
typedef struct Move {
    uint32_t at, count, to;
} Move;

struct Sift {
    Order *order;
    uint32_t *sibling;  /* block -> the item of the group at work that holds it */
    uint32_t *index;    /* item -> its index in its group */
    int64_t *cost;      /* item -> of passing it from left to right */
    uint64_t *met_bits; /* set by index of siblings that cost something to pass */
    uint32_t *met;      /* their indexes, ascending */
    uint32_t met_count;
    Far *far; /* of the item's lines in one key */
    size_t far_count;
    int64_t inside; /* weight of those that lead back to the item */
    bool leads_out; /* others do not */
    uint32_t *queue, *spare;
    bool *is_marked;
    uint8_t *awake;  /* item -> bits: in which ways something may have changed for it */
    uint32_t *items; /* of the group at work */
    uint32_t item_count;
    uint32_t low, span; /* positions of all of them */
    /* What moves: items that follow each other, as one. */
    uint32_t at, count;   /* their indexes */
    uint32_t start, size; /* their positions */
    uint32_t block;       /* if it is a single block; else LAY_NONE */
    KeyRange keys;
    uint32_t goal, goal_index;
    Move *moves; /* made since the last sift_mark, to be undone */
    size_t move_count, move_capacity;
    uint64_t work, limit;
    Arena *arena;
};

static bool is_within(uint32_t position, uint32_t start, uint32_t size) {
    return position - start < size;
}

static int compare_far(const void *left, const void *right) {
    const Far *a = left, *b = right;
    return a->position < b->position ? -1 : a->position > b->position ? 1 : 0;
}

static void add_far(Sift *sift, const LineEnd *end) {
    uint32_t position = sift->order->position[end->other];
    bool is_inside = is_within(position, sift->start, sift->size);
    sift->far[sift->far_count++] = (Far){position, is_inside, end->weight, 0};
    sift->inside += is_inside ? end->weight : 0;
    sift->leads_out = sift->leads_out || !is_inside;
}

/* The lines of many blocks are found among all of the key. */
static void gather_many(Sift *sift, uint32_t key) {
    const Order *order = sift->order;
    sift->work += order->key_first[key + 1] - order->key_first[key];
    for (size_t i = order->key_first[key]; i < order->key_first[key + 1]; i++)
        if (is_within(order->position[order->ends[i].block], sift->start, sift->size))
            add_far(sift, &order->ends[i]);
}

/* A block has a line along itself between its first and last rank, and links beyond. */
static void gather_block(Sift *sift, uint32_t key) {
    const Order *order = sift->order;
    const Block *block = &order->lay->blocks[sift->block];
    int rank = (int)(key / 2);
    bool is_above = rank < block->first, is_below = rank == block->last;
    if (!is_above && !is_below) {
        if (rank - block->first < order->span_limit)
            add_far(sift, &(LineEnd){sift->block, sift->block, 1});
        return;
    }
    size_t list = 2 * (size_t)sift->block + (is_below ? 1 : 0);
    for (uint32_t i = order->near_first[list]; i < order->near_first[list + 1]; i++)
        add_far(sift, &(LineEnd){sift->block, order->near[i], 1});
}

static void gather_own(Sift *sift, uint32_t key) {
    sift->far_count = 0;
    sift->inside = 0;
    sift->leads_out = false;
    if (sift->block != LAY_NONE)
        gather_block(sift, key);
    else
        gather_many(sift, key);
    if (sift->far_count <= FEW)
        return;
    qsort(sift->far, sift->far_count, sizeof *sift->far, compare_far);
    int64_t sum = 0;
    for (size_t i = 0; i < sift->far_count; i++)
        sift->far[i].sum = sum += sift->far[i].is_inside ? 0 : sift->far[i].weight;
}

/* The weight of far ends outside the item left of `position`, less of those right of it. */
static int64_t balance_at(const Sift *sift, uint32_t position) {
    int64_t balance = 0;
    if (sift->far_count == 1) { /* most have but one line at a side */
        const Far *far = sift->far;
        if (far->is_inside || far->position == position)
            return 0;
        return far->position < position ? far->weight : -far->weight;
    }
    if (sift->far_count <= FEW) {
        for (size_t i = 0; i < sift->far_count; i++) {
            const Far *far = &sift->far[i];
            if (!far->is_inside && far->position != position)
                balance += far->position < position ? far->weight : -far->weight;
        }
        return balance;
    }
    size_t low = 0, high = sift->far_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sift->far[middle].position < position)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t left = low > 0 ? sift->far[low - 1].sum : 0;
    while (low < sift->far_count && sift->far[low].position == position)
        low++;
    int64_t up_to = low > 0 ? sift->far[low - 1].sum : 0;
    return left - (sift->far[sift->far_count - 1].sum - up_to);
}

/* What a line of the sibling costs when the item passes it from left to right. Where both lines
 * lead from one of the two to the other, or back to their own, both ends change places: that costs
 * nothing. A far end inside the item moves along with it, and stands beside the sibling. */
static int64_t passing_cost(const Sift *sift, uint32_t position, uint32_t other) {
    int64_t cost = 0;
    bool is_outside = !is_within(position, sift->start, sift->size);
    if (is_outside)
        cost = balance_at(sift, position);
    if (is_outside && sift->inside == 0)
        return cost; /* most are such */
    uint32_t start = order_start(sift->order, other), size = sift->order->size[other];
    if (is_outside) {
        if (!is_within(position, start, size))
            cost += start < position ? sift->inside : -sift->inside;
        return cost;
    }
    for (size_t i = 0; i < sift->far_count; i++) {
        const Far *far = &sift->far[i];
        if (!far->is_inside && is_within(far->position, start, size))
            continue;
        uint32_t end = far->is_inside ? position : start;
        if (far->position != end)
            cost += far->position < end ? far->weight : -far->weight;
    }
    return cost;
}

/* Adds up what it costs to pass siblings in one key. Lines along siblings cost nothing when the
 * item has but lines along itself. */
static void meet_key(Sift *sift, uint32_t key) {
    const Order *order = sift->order;
    const LineEnd *end = order->ends + order->key_first[key];
    const LineEnd *last =
        order->ends + (sift->leads_out ? order->key_first[key + 1] : order->key_along[key]);
    const uint32_t *positions = order->position; /* this loop is where most of the time goes */
    const uint32_t low = sift->low, span = sift->span, start = sift->start, size = sift->size;
    sift->work += (uint64_t)(last - end);
    for (; end < last; end++) {
        uint32_t position = positions[end->block];
        if (!is_within(position, low, span) || is_within(position, start, size))
            continue;
        uint32_t other = sift->sibling[end->block], index = sift->index[other];
        sift->met_bits[index / 64] |= (uint64_t)1 << index % 64;
        sift->cost[other] += end->weight * passing_cost(sift, positions[end->other], other);
    }
}

/* Works out what it costs to pass each sibling. */
static void meet_siblings(Sift *sift) {
    for (uint32_t key = sift->keys.first; key < sift->keys.end; key++) {
        gather_own(sift, key);
        if (sift->far_count > 0)
            meet_key(sift, key);
    }
    sift->met_count = 0;
    for (uint32_t word = 0; word <= sift->item_count / 64; word++)
        for (; sift->met_bits[word]; sift->met_bits[word] &= sift->met_bits[word] - 1)
            sift->met[sift->met_count++] =
                64 * word + (uint32_t)__builtin_ctzll(sift->met_bits[word]);
}

/* The mean position of what the item's links lead to, the item itself taken out; its own when they
 * lead nowhere else. */
static uint32_t goal_of(const Sift *sift) {
    const Order *order = sift->order;
    uint64_t sum = 0, count = 0;
    for (uint32_t i = 0; i < sift->size; i++) {
        size_t list = 2 * (size_t)order->at[sift->start + i];
        for (uint32_t k = order->near_first[list]; k < order->near_first[list + 2]; k++) {
            uint32_t at = order->position[order->near[k]];
            if (is_within(at, sift->start, sift->size))
                continue;
            sum += at < sift->start ? at : at - sift->size;
            count++;
        }
    }
    return count ? (uint32_t)((sum + count / 2) / count) : sift->start;
}

static uint32_t item_at(const Sift *sift, uint32_t index) {
    return order_item(sift->order->lay, sift->items[index]);
}

/* The position at which what moves would start at this index, itself taken out. */
static uint32_t start_at(const Sift *sift, uint32_t index) {
    uint32_t other = item_at(sift, index), start = order_start(sift->order, other);
    if (index < sift->at)
        return start;
    return index < sift->at + sift->count ? sift->start
                                          : start + sift->order->size[other] - sift->size;
}

static uint32_t apart(uint32_t a, uint32_t b) {
    return a < b ? b - a : a - b;
}

/* The index whose start is nearest to the goal. */
static uint32_t index_near_goal(const Sift *sift) {
    uint32_t position = sift->goal < sift->start ? sift->goal : sift->goal + sift->size;
    if (position < sift->low)
        return 0;
    if (position >= sift->low + sift->span)
        return sift->item_count - 1;
    uint32_t index = sift->index[sift->sibling[sift->order->at[position]]];
    uint32_t beside = index < sift->at || sift->at == 0 ? index + 1 : index - 1;
    if (beside >= sift->item_count)
        return index;
    return apart(start_at(sift, index), sift->goal) <= apart(start_at(sift, beside), sift->goal)
               ? index
               : beside;
}

/* Takes up `count` items at index `at`. */
static void take_up(Sift *sift, uint32_t at, uint32_t count) {
    const Order *order = sift->order;
    uint32_t first = item_at(sift, at);
    sift->at = at;
    sift->count = count;
    sift->start = order_start(order, first);
    sift->size = 0;
    sift->keys = (KeyRange){order->key_count, 0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t item = item_at(sift, at + i);
        KeyRange keys = order_keys(order, item);
        sift->keys.first = keys.first < sift->keys.first ? keys.first : sift->keys.first;
        sift->keys.end = keys.end > sift->keys.end ? keys.end : sift->keys.end;
        sift->size += order->size[item];
    }
    sift->keys.end = sift->keys.end < order->key_count ? sift->keys.end : order->key_count;
    sift->block = count == 1 && first < order->lay->block_count ? first : LAY_NONE;
    sift->work += WORK_TAKE;
    sift->goal = goal_of(sift);
    sift->goal_index = index_near_goal(sift);
    meet_siblings(sift);
}

typedef struct Best {
    int64_t cost;
    uint32_t index, distance;
} Best;

/* Of the places [low, high], which cost the same, the one nearest to the goal. */
static void try_places(const Sift *sift, Best *best, uint32_t low, uint32_t high, int64_t cost) {
    if (cost > best->cost)
        return;
    uint32_t index = sift->goal_index < low    ? low
                     : sift->goal_index > high ? high
                                               : sift->goal_index;
    uint32_t distance = apart(start_at(sift, index), sift->goal);
    if (cost == best->cost && distance >= best->distance)
        return;
    *best = (Best){cost, index, distance};
}

/* The cost of passing the i-th sibling met, once. */
static int64_t take_cost(Sift *sift, uint32_t i) {
    int64_t *at = &sift->cost[item_at(sift, sift->met[i])], cost = *at;
    *at = 0;
    return cost;
}

/* Of the siblings met, the first at the right. */
static uint32_t first_right(const Sift *sift) {
    uint32_t right = 0;
    while (right < sift->met_count && sift->met[right] < sift->at)
        right++;
    return right;
}

static Best find_best(Sift *sift, bool is_tidying) {
    Best best = {0, sift->at, is_tidying ? apart(sift->start, sift->goal) : 0};
    uint32_t right = first_right(sift), high = sift->at, low = sift->at;
    int64_t cost = 0;
    for (uint32_t i = right; i > 0; i--) {
        try_places(sift, &best, sift->met[i - 1] + 1, high, cost);
        high = sift->met[i - 1];
        cost -= take_cost(sift, i - 1);
    }
    try_places(sift, &best, 0, high, cost);
    cost = 0;
    for (uint32_t i = right; i < sift->met_count; i++) {
        try_places(sift, &best, low, sift->met[i] - 1, cost);
        low = sift->met[i];
        cost += take_cost(sift, i);
    }
    try_places(sift, &best, low, sift->item_count - 1, cost);
    return best;
}

/* What it costs to go to that index. */
static int64_t cost_to(Sift *sift, uint32_t to) {
    int64_t cost = 0;
    for (uint32_t i = 0; i < sift->met_count; i++) {
        int64_t passing = take_cost(sift, i);
        if (sift->met[i] < sift->at && sift->met[i] >= to)
            cost -= passing;
        else if (sift->met[i] > sift->at && sift->met[i] <= to)
            cost += passing;
    }
    return cost;
}

/* Takes items[first..middle) behind items[middle..end). */
static void rotate(Sift *sift, uint32_t first, uint32_t middle, uint32_t end) {
    Order *order = sift->order;
    uint32_t last = item_at(sift, end - 1), count = middle - first;
    order_swap(order, order_start(order, item_at(sift, first)),
               order_start(order, item_at(sift, middle)),
               order_start(order, last) + order->size[last]);
    memcpy(sift->spare, sift->items + first, count * sizeof *sift->items);
    memmove(sift->items + first, sift->items + middle, (end - middle) * sizeof *sift->items);
    memcpy(sift->items + end - count, sift->spare, count * sizeof *sift->items);
    for (uint32_t i = first; i < end; i++)
        sift->index[item_at(sift, i)] = i;
}

static void make_move(Sift *sift, Move move) {
    if (move.to < move.at)
        rotate(sift, move.to, move.at, move.at + move.count);
    else
        rotate(sift, move.at, move.at + move.count, move.to + 1);
}

/* Takes what is taken up to that index. */
static void settle(Sift *sift, uint32_t to) {
    if (to >= sift->at && to < sift->at + sift->count)
        return;
    Move move = {sift->at, sift->count, to};
    make_move(sift, move);
    ARENA_RESERVE(sift->arena, sift->moves, sift->move_count, sift->move_capacity);
    sift->moves[sift->move_count++] = move;
}

static void undo_moves(Sift *sift) {
    while (sift->move_count > 0) {
        Move move = sift->moves[--sift->move_count];
        if (move.to < move.at)
            make_move(sift, (Move){move.to, move.count, move.at + move.count - 1});
        else
            make_move(sift, (Move){move.to - move.count + 1, move.count, move.at});
    }
}

/* What hangs on the item may have a better place now: so it is looked at again, in all ways. */
static void wake_neighbours(Sift *sift, uint32_t item) {
    const Order *order = sift->order;
    const Layered *lay = order->lay;
    uint32_t start = order_start(order, item);
    sift->awake[item] = AWAKE;
    for (uint32_t i = 0; i < order->size[item]; i++) {
        size_t list = 2 * (size_t)order->at[start + i];
        for (uint32_t k = order->near_first[list]; k < order->near_first[list + 2]; k++) {
            uint32_t block = order->near[k], group = lay->blocks[block].group;
            sift->awake[block] = AWAKE;
            for (; group != LAY_ROOT; group = lay->groups[group].parent)
                sift->awake[lay->block_count + group] = AWAKE;
        }
    }
}

static int64_t sift_item(Sift *sift, uint32_t item, bool is_tidying) {
    take_up(sift, sift->index[item], 1);
    Best best = find_best(sift, is_tidying);
    settle(sift, best.index);
    return best.cost;
}

static int64_t sift_alone(Sift *sift, uint32_t item, bool is_tidying) {
    int64_t cost = sift_item(sift, item, is_tidying);
    if (cost < 0)
        wake_neighbours(sift, item);
    return cost;
}

/* The items of the group that this item's links lead to, or only its chains, each once; gives their
 * count. */
static uint32_t find_company(Sift *sift, uint32_t item, SiftHow how, uint32_t *company) {
    const Order *order = sift->order;
    uint32_t start = order_start(order, item), count = 0;
    for (uint32_t i = 0; i < order->size[item]; i++) {
        size_t list = 2 * (size_t)order->at[start + i];
        for (uint32_t k = order->near_first[list]; k < order->near_first[list + 2]; k++) {
            uint32_t block = order->near[k], position = order->position[block];
            if (!is_within(position, sift->low, sift->span) ||
                (how == SIFT_CHAINS && order->lay->blocks[block].kind != BLOCK_CHAIN))
                continue;
            uint32_t other = sift->sibling[block];
            if (other == item || sift->is_marked[other] || count == COMPANY_MAX ||
                order->size[other] > COMPANY_SIZE)
                continue;
            sift->is_marked[other] = true;
            company[count++] = other;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        sift->is_marked[company[i]] = false;
    return count;
}

/* The nearest first. */
static void sort_company(const Sift *sift, uint32_t at, uint32_t *company, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = company[i], k = i;
        for (; k > 0 && apart(sift->index[company[k - 1]], at) > apart(sift->index[item], at); k--)
            company[k] = company[k - 1];
        company[k] = item;
    }
}

/* Gathers what the item hangs on beside it and takes up all together; gives what that costs. */
static int64_t gather_company(Sift *sift, uint32_t item, const uint32_t *company, uint32_t count) {
    uint32_t first = sift->index[item], last = first;
    int64_t cost = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = sift->index[company[i]], to = at < first ? --first : ++last;
        if (at == to)
            continue;
        take_up(sift, at, 1);
        cost += cost_to(sift, to);
        settle(sift, to);
    }
    take_up(sift, first, count + 1);
    return cost;
}

/* All together go to their best place, then each to its own; or back, if nothing is gained by it.
 * Alone none of them could have gone there, as the others hold it back. */
static int64_t sift_company(Sift *sift, uint32_t item, SiftHow how) {
    uint32_t company[COMPANY_MAX];
    uint32_t count =
        sift->order->size[item] > COMPANY_SIZE ? 0 : find_company(sift, item, how, company);
    if (count == 0)
        return 0;
    sort_company(sift, sift->index[item], company, count);
    int64_t cost = gather_company(sift, item, company, count);
    Best best = find_best(sift, false);
    settle(sift, best.index);
    if (sift->move_count == 0)
        return 0;
    cost += best.cost + sift_item(sift, item, false);
    for (uint32_t i = 0; i < count; i++)
        cost += sift_item(sift, company[i], false);
    if (cost >= 0) {
        undo_moves(sift);
        return 0;
    }
    wake_neighbours(sift, item);
    for (uint32_t i = 0; i < count; i++)
        wake_neighbours(sift, company[i]);
    return cost;
}

static int64_t sift_group(Sift *sift, uint32_t group, SiftHow how) {
    const Order *order = sift->order;
    const LayGroup *g = &order->lay->groups[group];
    int64_t cost = 0;
    if (g->item_count < 2)
        return 0;
    sift->items = order->lay->items + g->first_item;
    sift->item_count = g->item_count;
    sift->low = order_start(order, item_at(sift, 0));
    sift->span = 0;
    for (uint32_t i = 0; i < g->item_count; i++) {
        uint32_t item = item_at(sift, i), start = order_start(order, item);
        sift->queue[i] = item;
        sift->index[item] = i;
        sift->span += order->size[item];
        for (uint32_t k = 0; k < order->size[item]; k++)
            sift->sibling[order->at[start + k]] = item;
    }
    for (uint32_t i = 0; i < g->item_count && sift->work < sift->limit; i++) {
        uint32_t item = sift->queue[i];
        if (!(sift->awake[item] & 1u << how))
            continue;
        sift->awake[item] &= (uint8_t) ~(1u << how);
        sift->move_count = 0;
        cost += how == SIFT_ALONE || how == SIFT_TIDY ? sift_alone(sift, item, how == SIFT_TIDY)
                                                      : sift_company(sift, item, how);
    }
    return cost;
}

int64_t sift_all(Sift *sift, SiftHow how) {
    int64_t cost = 0;
    for (uint32_t g = 0; g < sift->order->lay->group_count; g++)
        cost += sift_group(sift, g, how);
    return -cost;
}

uint64_t sift_work(const Sift *sift) {
    return sift->work;
}

void sift_wake(Sift *sift) {
    memset(sift->awake, AWAKE, sift->order->item_total);
}

Sift *sift_new(Order *order, uint64_t limit, Arena *arena) {
    Sift *sift = ARENA_NEW(arena, Sift);
    sift->order = order;
    sift->arena = arena;
    sift->limit = limit;
    sift->sibling = ARENA_ARRAY(arena, uint32_t, order->lay->block_count);
    sift->index = ARENA_ARRAY(arena, uint32_t, order->item_total);
    sift->cost = ARENA_ARRAY(arena, int64_t, order->item_total);
    sift->met_bits = ARENA_ARRAY(arena, uint64_t, order->item_total / 64 + 1);
    sift->met = ARENA_ARRAY(arena, uint32_t, order->item_total);
    sift->queue = ARENA_ARRAY(arena, uint32_t, order->item_total);
    sift->spare = ARENA_ARRAY(arena, uint32_t, order->item_total);
    sift->is_marked = ARENA_ARRAY(arena, bool, order->item_total);
    sift->awake = ARENA_ARRAY(arena, uint8_t, order->item_total);
    sift_wake(sift);
    sift->far = ARENA_ARRAY(arena, Far, order->longest);
    return sift;
}
