/* Sifting: an item is taken to the best of all places between its siblings (Matuszewski,
 * Schoenfeld, Molitor, "Using Sifting for k-Layer Straightline Crossing Minimization", 1999), over
 * all ranks at once (Bachmaier and others, "A Global k-Level Crossing Reduction Algorithm", 2010).
 */
#include "base/ban.h"

#include "diagram/layout/p3_sift.h"

#include "diagram/layout/p3_pass.h"

#define COMPANY_MAX  12  /* items that go with another */
#define COMPANY_SIZE 64  /* blocks of each */
#define WORK_TAKE    120 /* of taking up an item, in line ends */

#define AWAKE 0xff

/* `count` items at index `at` have gone to `to`: the index that their first, or for a move to the
 * right their last, has now. */
typedef struct Move {
    uint32_t at, count, to;
} Move;

struct Sift {
    Pass pass; /* the group at work, and what is taken up of it */
    uint32_t *queue;
    bool *is_marked;
    uint8_t *awake; /* item -> bits: in which ways something may have changed for it */
    uint32_t goal, goal_index;
    Move *moves; /* made for the item at work, to be undone */
    size_t move_count, move_capacity;
    uint64_t limit; /* of work */
    Arena *arena;
};

/* The mean position of what the item's links lead to, the item itself taken out; its own when they
 * lead nowhere else. */
static uint32_t goal_of(const Pass *pass) {
    const Order *order = pass->order;
    uint64_t sum = 0, count = 0;
    for (uint32_t i = 0; i < pass->size; i++) {
        size_t list = 2 * (size_t)order->at[pass->start + i];
        for (uint32_t k = order->near_first[list]; k < order->near_first[list + 2]; k++) {
            uint32_t at = order->position[order->near[k]];
            if (pass_holds(pass, at))
                continue;
            sum += at < pass->start ? at : at - pass->size;
            count++;
        }
    }
    return count ? (uint32_t)((sum + count / 2) / count) : pass->start;
}

/* The position at which what moves would start at this index, itself taken out. */
static uint32_t start_at(const Pass *pass, uint32_t index) {
    if (index < pass->at)
        return pass->starts[index];
    return index < pass->at + pass->count ? pass->start : pass->starts[index + 1] - pass->size;
}

static uint32_t apart(uint32_t a, uint32_t b) {
    return a < b ? b - a : a - b;
}

/* The index whose start is nearest to the goal. */
static uint32_t index_near_goal(const Pass *pass, uint32_t goal) {
    uint32_t position = goal < pass->start ? goal : goal + pass->size;
    if (position < pass->low)
        return 0;
    if (position >= pass->low + pass->span)
        return pass->item_count - 1;
    uint32_t index = pass->index[pass->order->at[position]];
    uint32_t beside = index < pass->at || pass->at == 0 ? index + 1 : index - 1;
    if (beside >= pass->item_count)
        return index;
    return apart(start_at(pass, index), goal) <= apart(start_at(pass, beside), goal) ? index
                                                                                     : beside;
}

/* Takes up `count` items at index `at`, and finds what they meet. */
static void take_up(Sift *sift, uint32_t at, uint32_t count) {
    Pass *pass = &sift->pass;
    pass_take_up(pass, at, count);
    pass->work += WORK_TAKE;
    sift->goal = goal_of(pass);
    sift->goal_index = index_near_goal(pass, sift->goal);
    pass_meet(pass);
}

typedef struct Best {
    int64_t cost;
    uint32_t index, distance;
} Best;

/* Of the places [low, high], which cost the same and no more than the best, the one nearest to the
 * goal. */
static void try_places(const Sift *sift, Best *best, uint32_t low, uint32_t high, int64_t cost) {
    uint32_t index = sift->goal_index < low    ? low
                     : sift->goal_index > high ? high
                                               : sift->goal_index;
    uint32_t distance = apart(start_at(&sift->pass, index), sift->goal);
    if (cost == best->cost && distance >= best->distance)
        return;
    *best = (Best){cost, index, distance};
}

/* Of the siblings met, the first at the right. */
static uint32_t first_right(const Pass *pass) {
    uint32_t right = 0;
    while (right < pass->met_count && pass->met[right] < pass->at)
        right++;
    return right;
}

static Best find_best(Sift *sift, bool is_tidying) {
    Pass *pass = &sift->pass;
    Best best = {0, pass->at, is_tidying ? apart(pass->start, sift->goal) : 0};
    uint32_t right = first_right(pass), high = pass->at, low = pass->at;
    int64_t cost = 0;
    for (uint32_t i = right; i > 0; i--) {
        if (cost <= best.cost)
            try_places(sift, &best, pass->met[i - 1] + 1, high, cost);
        high = pass->met[i - 1];
        cost -= pass_take_cost(pass, i - 1);
    }
    if (cost <= best.cost)
        try_places(sift, &best, 0, high, cost);
    cost = 0;
    for (uint32_t i = right; i < pass->met_count; i++) {
        if (cost <= best.cost)
            try_places(sift, &best, low, pass->met[i] - 1, cost);
        low = pass->met[i];
        cost += pass_take_cost(pass, i);
    }
    if (cost <= best.cost)
        try_places(sift, &best, low, pass->item_count - 1, cost);
    return best;
}

/* What it costs to go to that index. */
static int64_t cost_to(Pass *pass, uint32_t to) {
    int64_t cost = 0;
    for (uint32_t i = 0; i < pass->met_count; i++) {
        int64_t passing = pass_take_cost(pass, i);
        if (pass->met[i] < pass->at && pass->met[i] >= to)
            cost -= passing;
        else if (pass->met[i] > pass->at && pass->met[i] <= to)
            cost += passing;
    }
    return cost;
}

static void make_move(Pass *pass, Move move) {
    if (move.to < move.at)
        pass_rotate(pass, move.to, move.at, move.at + move.count);
    else
        pass_rotate(pass, move.at, move.at + move.count, move.to + 1);
}

/* Takes what is taken up to that index. */
static void settle(Sift *sift, uint32_t to) {
    Move move = {sift->pass.at, sift->pass.count, to};
    if (to >= move.at && to < move.at + move.count)
        return;
    make_move(&sift->pass, move);
    ARENA_RESERVE(sift->arena, sift->moves, sift->move_count, sift->move_capacity);
    sift->moves[sift->move_count++] = move;
}

static void undo_moves(Sift *sift) {
    while (sift->move_count > 0) {
        Move move = sift->moves[--sift->move_count];
        if (move.to < move.at)
            make_move(&sift->pass, (Move){move.to, move.count, move.at + move.count - 1});
        else
            make_move(&sift->pass, (Move){move.to - move.count + 1, move.count, move.at});
    }
}

/* What hangs on the item may have a better place now: so it is looked at again, in all ways. */
static void wake_neighbours(Sift *sift, uint32_t item) {
    const Order *order = sift->pass.order;
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
    take_up(sift, pass_index(&sift->pass, item), 1);
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
    const Pass *pass = &sift->pass;
    const Order *order = pass->order;
    uint32_t start = order_start(order, item), count = 0;
    for (uint32_t i = 0; i < order->size[item]; i++) {
        size_t list = 2 * (size_t)order->at[start + i];
        for (uint32_t k = order->near_first[list]; k < order->near_first[list + 2]; k++) {
            uint32_t block = order->near[k], position = order->position[block];
            if (position - pass->low >= pass->span ||
                (how == SIFT_CHAINS && order->lay->blocks[block].kind != BLOCK_CHAIN))
                continue;
            uint32_t other = pass_item(pass, pass->index[block]);
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
static void sort_company(const Pass *pass, uint32_t at, uint32_t *company, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = company[i], k = i;
        uint32_t distance = apart(pass_index(pass, item), at);
        for (; k > 0 && apart(pass_index(pass, company[k - 1]), at) > distance; k--)
            company[k] = company[k - 1];
        company[k] = item;
    }
}

/* Gathers what the item hangs on beside it and takes up all together; gives what that costs. */
static int64_t gather_company(Sift *sift, uint32_t item, const uint32_t *company, uint32_t count) {
    uint32_t first = pass_index(&sift->pass, item), last = first;
    int64_t cost = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = pass_index(&sift->pass, company[i]), to = at < first ? --first : ++last;
        if (at == to)
            continue;
        take_up(sift, at, 1);
        cost += cost_to(&sift->pass, to);
        settle(sift, to);
    }
    take_up(sift, first, count + 1);
    return cost;
}

/* All together go to their best place, then each to its own; or back, if nothing is gained by it.
 * Alone none of them could have gone there, as the others hold it back. */
static int64_t sift_company(Sift *sift, uint32_t item, SiftHow how) {
    uint32_t company[COMPANY_MAX];
    const Pass *pass = &sift->pass;
    uint32_t count =
        pass->order->size[item] > COMPANY_SIZE ? 0 : find_company(sift, item, how, company);
    if (count == 0)
        return 0;
    sort_company(pass, pass_index(pass, item), company, count);
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

/* The items of the group that are awake wait in the queue; gives their count. Others may wake
 * before it is their turn, but only by one that is awake. */
static uint32_t queue_items(Sift *sift, const LayGroup *group, SiftHow how) {
    const Layered *lay = sift->pass.order->lay;
    bool is_awake = false;
    for (uint32_t i = 0; i < group->item_count; i++) {
        uint32_t item = order_item(lay, lay->items[group->first_item + i]);
        sift->queue[i] = item;
        is_awake = is_awake || (sift->awake[item] & 1u << how);
    }
    return is_awake && group->item_count > 1 ? group->item_count : 0;
}

static int64_t sift_group(Sift *sift, uint32_t group, SiftHow how) {
    Pass *pass = &sift->pass;
    uint32_t count = queue_items(sift, &pass->order->lay->groups[group], how);
    int64_t cost = 0;
    if (count == 0 || pass->work >= sift->limit || !pass->ends.rows)
        return 0;
    pass_enter(pass, group);
    for (uint32_t i = 0; i < count && pass->work < sift->limit; i++) {
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
    for (uint32_t g = 0; g < sift->pass.order->lay->group_count; g++)
        cost += sift_group(sift, g, how);
    return -cost;
}

uint64_t sift_work(const Sift *sift) {
    return sift->pass.work;
}

void sift_wake(Sift *sift) {
    memset(sift->awake, AWAKE, sift->pass.order->item_total);
}

Sift *sift_new(Order *order, uint64_t limit, Arena *arena) {
    Sift *sift = ARENA_NEW(arena, Sift);
    sift->pass = pass_new(order, arena);
    sift->arena = arena;
    sift->limit = limit;
    sift->queue = ARENA_ARRAY(arena, uint32_t, order->item_total);
    sift->is_marked = ARENA_ARRAY(arena, bool, order->item_total);
    sift->awake = ARENA_ARRAY(arena, uint8_t, order->item_total);
    sift_wake(sift);
    return sift;
}
