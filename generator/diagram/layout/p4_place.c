/* Finds x for every block: as near in line with its neighbours as the distances within each rank
 * allow (Gansner and others, 1993, section 4.2). Side borders of groups are variables like any
 * other, so groups fit around their members exactly and never overlap. */
#include "base/ban.h"

#include "diagram/layout/p4_place.h"

#define WEIGHT_LINE                                                                                \
    8 /* per unit that a link is out of line, times the link's weight                              \
       */
#define WEIGHT_TRUNK  1
#define TRUNK         3 /* links at one port */
#define WEIGHT_GROUP  6 /* per unit of a group's width */
#define WEIGHT_ROOT   1
#define WEIGHT_TIGHT  64 /* of the whole, where that is asked for */
#define WEIGHT_TITLE  1
#define WEIGHT_CENTRE 3    /* per unit that a port is off its place */
#define WEIGHT_ALONE  4    /* the same of the only one of its side */
#define SLIDING_MAX   1200 /* links up to which ports may move along their side */
#define GUESS_ROUNDS  12

static bool is_border(const Block *block) {
    return block->kind == BLOCK_LEFT || block->kind == BLOCK_RIGHT;
}

static bool is_line(const Layered *lay, const Block *block, int rank) {
    if (block->kind == BLOCK_NODE)
        return lay->nodes[block->ref].kind == LAY_PORT;
    return block->kind == BLOCK_CHAIN && block->label_rank != rank;
}

/* Room right of a group's left border before its first member: the padding, and the title where
 * that stands upright beside the members. */
static Coord left_pad(const Layered *lay, const Block *border) {
    const LayGroup *group = &lay->groups[border->group];
    if (lay->title_side != TITLE_AT_LEFT || group->title_height == 0)
        return lay->space.pad;
    return lay->space.pad + group->title_height;
}

/* The gap between neighbours of one rank, beyond the room that each takes itself. */
static Coord gap_between(const Layered *lay, const Block *a, const Block *b, int rank) {
    const LaySpacing *space = &lay->space;
    if ((a->kind == BLOCK_LEFT && a->group == LAY_ROOT) ||
        (b->kind == BLOCK_RIGHT && b->group == LAY_ROOT))
        return 0;
    if (a->kind == BLOCK_LEFT)
        return left_pad(lay, a);
    if (b->kind == BLOCK_RIGHT)
        return space->pad;
    bool line_a = is_line(lay, a, rank), line_b = is_line(lay, b, rank);
    if (line_a && line_b)
        return space->slot;
    if (line_a || line_b)
        return space->edge;
    if (is_border(a) || is_border(b))
        return space->group;
    if (a->kind == BLOCK_NODE && b->kind == BLOCK_NODE)
        return space->node;
    return space->label;
}

/* Neighbours in every rank keep their gap. The order is the same in all ranks, so these bounds have
 * no cycle. */
static void bound_neighbours(Simplex *simplex, const Layered *lay, const uint32_t *at) {
    Arena *arena = simplex->arena;
    uint32_t *previous = ARENA_ARRAY(arena, uint32_t, lay->rank_count);
    memset(previous, 0xff, (size_t)lay->rank_count * sizeof *previous);
    for (uint32_t i = 0; i < lay->block_count; i++) {
        const Block *block = &lay->blocks[at[i]];
        uint32_t last_other = LAY_NONE;
        Coord last_gap = 0;
        for (int rank = block->first; rank <= block->last; rank++) {
            uint32_t other = previous[rank];
            previous[rank] = at[i];
            if (other == LAY_NONE)
                continue;
            const Block *left = &lay->blocks[other];
            Coord gap = lay_block_right(left, rank) + gap_between(lay, left, block, rank) +
                        lay_block_left(block, rank);
            if (other == last_other && gap <= last_gap)
                continue;
            simplex_bound(simplex, (SimplexArc){other, at[i], gap, 0});
            last_other = other;
            last_gap = gap;
        }
    }
}

static int compare_ends(const void *left, const void *right) {
    const PlaceEnd *a = left, *b = right;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    if (a->is_upper != b->is_upper)
        return a->is_upper ? -1 : 1;
    if (a->port != b->port)
        return a->port < b->port ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link ? 1 : 0;
}

/* The ports of one side of a node: in their order, within the room that the side has, and drawn to
 * where they would stand best for the eye, but less than to their far ends. The only one of a side
 * is drawn more, so that a row stands in line and a decision in the middle above its answers. */
static void bound_side(Simplex *simplex, const LayNode *node, PlaceEnd *ends, size_t count) {
    Coord room = lay_port_room(node), low = -room / 2, high = room / 2;
    low = ends[0].port < low ? ends[0].port : low;
    high = ends[count - 1].port > high ? ends[count - 1].port : high;
    int weight = ends[0].port == ends[count - 1].port ? WEIGHT_ALONE : WEIGHT_CENTRE;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && ends[i].port == ends[i - 1].port) {
            ends[i].variable = ends[i - 1].variable;
            continue;
        }
        ends[i].variable = simplex_variable(simplex);
        uint32_t block = ends[i].block, port = ends[i].variable;
        simplex_bound(simplex, (SimplexArc){block, port, low, 0});
        simplex_bound(simplex, (SimplexArc){port, block, -high, 0});
        simplex_attract(simplex, (SimplexArc){block, port, 0, weight}, ends[i].port);
        if (i == 0)
            continue;
        Coord pitch = ends[i].port - ends[i - 1].port;
        Coord least = lay_pitch(node, PLACE_PITCH_LEAST);
        pitch = pitch < least ? pitch : least;
        simplex_bound(simplex, (SimplexArc){ends[i - 1].variable, port, pitch, 0});
    }
}

/* A corner is the only good place of a diamond or circle with one edge on a side. */
static bool is_fixed(const LayNode *node, size_t count) {
    bool is_pointed = node->shape == SHAPE_DIAMOND || node->shape == SHAPE_CIRCLE ||
                      node->shape == SHAPE_DOUBLE_CIRCLE || node->shape == SHAPE_ELLIPSE;
    return node->has_gates || (is_pointed && count == 1) || lay_port_room(node) < 2;
}

/* Variables for all link ends: a port's at a node, else the block's. */
static PlaceEnd *make_ends(Simplex *simplex, const Layered *lay) {
    size_t total = 2 * (size_t)lay->link_count;
    PlaceEnd *ends = ARENA_ARRAY(simplex->arena, PlaceEnd, total);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        ends[2 * (size_t)i] = (PlaceEnd){i, link->upper, true, link->upper_port, link->upper};
        ends[2 * (size_t)i + 1] = (PlaceEnd){i, link->lower, false, link->lower_port, link->lower};
    }
    qsort(ends, total, sizeof *ends, compare_ends);
    for (size_t i = 0, next; i < total; i = next) {
        for (next = i + 1; next < total && place_same_side(&ends[i], &ends[next]);)
            next++;
        const Block *block = &lay->blocks[ends[i].block];
        if (lay->link_count <= SLIDING_MAX && block->kind == BLOCK_NODE &&
            !is_fixed(&lay->nodes[block->ref], next - i))
            bound_side(simplex, &lay->nodes[block->ref], ends + i, next - i);
    }
    return ends;
}

static PlaceEnd *sort_by_link(const PlaceEnd *ends, const Layered *lay, Arena *arena) {
    PlaceEnd *sorted = ARENA_ARRAY(arena, PlaceEnd, 2 * (size_t)lay->link_count);
    for (size_t i = 0; i < 2 * (size_t)lay->link_count; i++)
        sorted[2 * (size_t)ends[i].link + (ends[i].is_upper ? 0 : 1)] = ends[i];
    return sorted;
}

/* How many links meet at the port of an end. */
static uint32_t *count_shares(const Simplex *simplex, const Layered *lay, const PlaceEnd *ends) {
    uint32_t *shares = ARENA_ARRAY(simplex->arena, uint32_t, simplex->variable_count);
    for (size_t i = 0; i < 2 * (size_t)lay->link_count; i++)
        if (ends[i].variable != ends[i].block)
            shares[ends[i].variable]++;
    return shares;
}

/* Links of a trunk bend anyway and pull less, so that what they lead to can stand straight with its
 * other neighbours. */
static int pull_of(const Layered *lay, uint32_t link, const PlaceEnd *upper,
                   const uint32_t *shares) {
    uint32_t most = shares[upper[0].variable] > shares[upper[1].variable]
                        ? shares[upper[0].variable]
                        : shares[upper[1].variable];
    return (most >= TRUNK ? WEIGHT_TRUNK : WEIGHT_LINE) * lay->links[link].weight;
}

static void pull_together(Simplex *simplex, const Layered *lay, const PlaceEnd *ends) {
    const uint32_t *shares = count_shares(simplex, lay, ends);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const PlaceEnd *upper = &ends[2 * (size_t)i], *lower = upper + 1;
        Coord offset = (upper->variable == upper->block ? upper->port : 0) -
                       (lower->variable == lower->block ? lower->port : 0);
        simplex_attract(
            simplex,
            (SimplexArc){upper->variable, lower->variable, 0, pull_of(lay, i, upper, shares)},
            offset);
    }
    int whole = lay->is_tight ? WEIGHT_TIGHT : WEIGHT_ROOT;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        const LayGroup *group = &lay->groups[g];
        int weight = g == LAY_ROOT ? whole : WEIGHT_GROUP;
        simplex_bound(simplex, (SimplexArc){group->left, group->right, 0, weight});
        if (group->title != LAY_NONE)
            simplex_bound(simplex, (SimplexArc){group->left, group->title, 0, WEIGHT_TITLE});
    }
}

static void keep_places(Layered *lay, const int32_t *values, const PlaceEnd *ends) {
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const PlaceEnd *upper = &ends[2 * (size_t)i], *lower = upper + 1;
        if (upper->variable != upper->block)
            lay->links[i].upper_port = values[upper->variable] - values[upper->block];
        if (lower->variable != lower->block)
            lay->links[i].lower_port = values[lower->variable] - values[lower->block];
    }
    for (uint32_t b = 0; b < lay->block_count; b++)
        lay->blocks[b].x = values[b];
    for (uint32_t g = 0; g < lay->group_count; g++) {
        LayGroup *group = &lay->groups[g];
        group->box.x = lay->blocks[group->left].x;
        group->box.width = lay->blocks[group->right].x - group->box.x;
    }
    lay->width = lay->groups[LAY_ROOT].box.width;
}

/* Places to start from: every block goes to the mean of what it hangs on, some rounds, and is
 * pushed into its bounds from both sides. Both pushed orders keep all distances, so their mean does
 * too. The bounds come sorted by their heads' order. */
typedef struct Guess {
    const Layered *lay;
    const SimplexArc *bounds;
    size_t bound_count;
    Coord *x, *low, *high;
    int64_t *sum, *weight;
} Guess;

/* Pushes `low` up and `high` down from where the blocks wish to be, and meets in the middle. */
static void push_apart(Guess *guess) {
    for (size_t i = 0; i < guess->bound_count; i++) {
        const SimplexArc *arc = &guess->bounds[i];
        if (guess->low[arc->head] < guess->low[arc->tail] + arc->length)
            guess->low[arc->head] = guess->low[arc->tail] + arc->length;
    }
    for (size_t i = guess->bound_count; i-- > 0;) {
        const SimplexArc *arc = &guess->bounds[i];
        if (guess->high[arc->tail] > guess->high[arc->head] - arc->length)
            guess->high[arc->tail] = guess->high[arc->head] - arc->length;
    }
    for (uint32_t b = 0; b < guess->lay->block_count; b++) {
        Coord sum = guess->low[b] + guess->high[b];
        guess->x[b] = sum >= 0 ? sum / 2 : -((1 - sum) / 2); /* rounded down, also below 0 */
    }
}

/* Borders wish to be close around their members. */
static void wish_borders(Guess *guess) {
    const Layered *lay = guess->lay;
    for (size_t i = 0; i < guess->bound_count; i++) {
        const SimplexArc *arc = &guess->bounds[i];
        Coord left = guess->x[arc->head] - arc->length, right = guess->x[arc->tail] + arc->length;
        if (lay->blocks[arc->tail].kind == BLOCK_LEFT && guess->low[arc->tail] > left)
            guess->low[arc->tail] = left;
        if (lay->blocks[arc->head].kind == BLOCK_RIGHT && guess->low[arc->head] < right)
            guess->low[arc->head] = right;
    }
}

static void wish_means(Guess *guess, bool from_above, bool from_below) {
    const Layered *lay = guess->lay;
    memset(guess->sum, 0, lay->block_count * sizeof *guess->sum);
    memset(guess->weight, 0, lay->block_count * sizeof *guess->weight);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        Coord offset = link->upper_port - link->lower_port;
        if (from_above) {
            guess->sum[link->lower] += link->weight * (int64_t)(guess->x[link->upper] + offset);
            guess->weight[link->lower] += link->weight;
        }
        if (from_below) {
            guess->sum[link->upper] += link->weight * (int64_t)(guess->x[link->lower] - offset);
            guess->weight[link->upper] += link->weight;
        }
    }
    for (uint32_t b = 0; b < lay->block_count; b++) {
        bool is_free = guess->weight[b] == 0;
        guess->low[b] = is_free ? guess->x[b] : (Coord)(guess->sum[b] / guess->weight[b]);
        if (lay->blocks[b].kind == BLOCK_LEFT)
            guess->low[b] = INT32_MAX / 4;
        else if (lay->blocks[b].kind == BLOCK_RIGHT)
            guess->low[b] = INT32_MIN / 4;
    }
    wish_borders(guess);
    for (uint32_t b = 0; b < lay->block_count; b++) {
        Coord wish = guess->low[b]; /* a border that bounds nothing stays */
        if (wish == INT32_MAX / 4 || wish == INT32_MIN / 4)
            guess->low[b] = guess->x[b];
    }
    memcpy(guess->high, guess->low, lay->block_count * sizeof *guess->high);
    push_apart(guess);
}

static const Coord *guess_places(const Layered *lay, const Simplex *simplex) {
    Arena *arena = simplex->arena;
    Guess guess = {.lay = lay, .bounds = simplex->arcs, .bound_count = simplex->arc_count};
    guess.x = ARENA_ARRAY(arena, Coord, lay->block_count);
    guess.low = ARENA_ARRAY(arena, Coord, lay->block_count);
    guess.high = ARENA_ARRAY(arena, Coord, lay->block_count);
    guess.sum = ARENA_ARRAY(arena, int64_t, lay->block_count);
    guess.weight = ARENA_ARRAY(arena, int64_t, lay->block_count);
    push_apart(&guess);
    for (int round = 0; round < GUESS_ROUNDS; round++)
        wish_means(&guess, round % 3 != 1, round % 3 != 0);
    return guess.x;
}

/* Helpers start far below; the solver lifts them to what they hold. */
static void start_values(const Layered *lay, const Simplex *simplex, const Coord *guess,
                         const PlaceEnd *ends, int32_t *values) {
    for (uint32_t v = 0; v < simplex->variable_count; v++)
        values[v] = v < lay->block_count ? guess[v] : INT32_MIN / 16;
    for (size_t i = 0; i < 2 * (size_t)lay->link_count; i++)
        if (ends[i].variable != ends[i].block)
            values[ends[i].variable] = guess[ends[i].block] + ends[i].port;
}

void place_run(Layered *lay) {
    Arena *arena = arena_new();
    Simplex simplex = simplex_new(arena);
    uint32_t *at = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    for (uint32_t b = 0; b < lay->block_count; b++) {
        simplex_variable(&simplex); /* variable b is block b */
        at[lay->blocks[b].order] = b;
    }
    bound_neighbours(&simplex, lay, at);
    size_t bound_count = simplex.arc_count;
    const Coord *guess = guess_places(lay, &simplex);
    const PlaceEnd *sides = make_ends(&simplex, lay);
    const PlaceEnd *ends = sort_by_link(sides, lay, arena);
    pull_together(&simplex, lay, ends);
    int32_t *values = ARENA_ARRAY(arena, int32_t, simplex.variable_count);
    start_values(lay, &simplex, guess, ends, values);
    simplex_solve(&simplex, true, values);
    keep_places(lay, values, ends);
    place_straighten(lay, &simplex, bound_count, sides);
    arena_free(arena);
}
