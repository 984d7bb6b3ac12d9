/* Finds x for every block: as near in line with its neighbours as the distances within each rank
 * allow (Gansner and others, 1993, section 4.2). Side borders of groups are variables like any
 * other, so groups fit around their members exactly and never overlap. */
#include "base/ban.h"

#include "diagram/layout/layered.h"
#include "diagram/layout/simplex.h"

#define WEIGHT_LINE                                                                                \
    8                         /* per unit that a link is out of line, times the link's weight      \
                               */
#define WEIGHT_GROUP        6 /* per unit of a group's width */
#define WEIGHT_ROOT         1
#define WEIGHT_TITLE        1
#define WEIGHT_CENTRE       1    /* per unit that a port is off its place */
#define SLIDING_MAX         1200 /* links up to which ports may move along their side */
#define PITCH_LEAST         COORD_OF_PX(12)
#define PIVOTS_PER_VARIABLE 20

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

/* One end of a link at a node. Ends with the same block, side and port are one variable. */
typedef struct End {
    uint32_t link, block;
    bool is_upper; /* the link's upper end, at the node's lower side */
    Coord port;
    uint32_t variable;
} End;

static int compare_ends(const void *left, const void *right) {
    const End *a = left, *b = right;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    if (a->is_upper != b->is_upper)
        return a->is_upper ? -1 : 1;
    if (a->port != b->port)
        return a->port < b->port ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link ? 1 : 0;
}

static bool same_side(const End *a, const End *b) {
    return a->block == b->block && a->is_upper == b->is_upper;
}

/* The ports of one side of a node: in their order, within the room that the side has, and drawn to
 * where they would stand best for the eye, but less than to their far ends. */
static void bound_side(Simplex *simplex, const LayNode *node, End *ends, size_t count) {
    Coord room = lay_port_room(node), low = -room / 2, high = room / 2;
    low = ends[0].port < low ? ends[0].port : low;
    high = ends[count - 1].port > high ? ends[count - 1].port : high;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && ends[i].port == ends[i - 1].port) {
            ends[i].variable = ends[i - 1].variable;
            continue;
        }
        ends[i].variable = simplex_variable(simplex);
        uint32_t block = ends[i].block, port = ends[i].variable;
        simplex_bound(simplex, (SimplexArc){block, port, low, 0});
        simplex_bound(simplex, (SimplexArc){port, block, -high, 0});
        simplex_attract(simplex, (SimplexArc){block, port, 0, WEIGHT_CENTRE}, ends[i].port);
        if (i == 0)
            continue;
        Coord pitch = ends[i].port - ends[i - 1].port;
        pitch = pitch < PITCH_LEAST ? pitch : PITCH_LEAST;
        simplex_bound(simplex, (SimplexArc){ends[i - 1].variable, port, pitch, 0});
    }
}

/* A corner is the only good place of a diamond or circle with one edge on a side. */
static bool is_fixed(const LayNode *node, size_t count) {
    bool is_pointed = node->shape == SHAPE_DIAMOND || node->shape == SHAPE_CIRCLE ||
                      node->shape == SHAPE_DOUBLE_CIRCLE || node->shape == SHAPE_ELLIPSE;
    return (is_pointed && count == 1) || lay_port_room(node) < 2;
}

/* Variables for all link ends: a port's at a node, else the block's. */
static End *make_ends(Simplex *simplex, const Layered *lay) {
    size_t total = 2 * (size_t)lay->link_count;
    End *ends = ARENA_ARRAY(simplex->arena, End, total);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        ends[2 * (size_t)i] = (End){i, link->upper, true, link->upper_port, link->upper};
        ends[2 * (size_t)i + 1] = (End){i, link->lower, false, link->lower_port, link->lower};
    }
    qsort(ends, total, sizeof *ends, compare_ends);
    for (size_t i = 0, next; i < total; i = next) {
        for (next = i + 1; next < total && same_side(&ends[i], &ends[next]);)
            next++;
        const Block *block = &lay->blocks[ends[i].block];
        if (lay->link_count <= SLIDING_MAX && block->kind == BLOCK_NODE &&
            !is_fixed(&lay->nodes[block->ref], next - i))
            bound_side(simplex, &lay->nodes[block->ref], ends + i, next - i);
    }
    return ends;
}

static End *sort_by_link(const End *ends, const Layered *lay, Arena *arena) {
    End *sorted = ARENA_ARRAY(arena, End, 2 * (size_t)lay->link_count);
    for (size_t i = 0; i < 2 * (size_t)lay->link_count; i++)
        sorted[2 * (size_t)ends[i].link + (ends[i].is_upper ? 0 : 1)] = ends[i];
    return sorted;
}

static void pull_together(Simplex *simplex, const Layered *lay, const End *ends) {
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const End *upper = &ends[2 * (size_t)i], *lower = upper + 1;
        Coord offset = (upper->variable == upper->block ? upper->port : 0) -
                       (lower->variable == lower->block ? lower->port : 0);
        simplex_attract(
            simplex,
            (SimplexArc){upper->variable, lower->variable, 0, WEIGHT_LINE * lay->links[i].weight},
            offset);
    }
    for (uint32_t g = 0; g < lay->group_count; g++) {
        const LayGroup *group = &lay->groups[g];
        simplex_bound(simplex, (SimplexArc){group->left, group->right, 0,
                                            g == LAY_ROOT ? WEIGHT_ROOT : WEIGHT_GROUP});
        if (group->title != LAY_NONE)
            simplex_bound(simplex, (SimplexArc){group->left, group->title, 0, WEIGHT_TITLE});
    }
}

static void keep_places(Layered *lay, const int32_t *values, const End *ends) {
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const End *upper = &ends[2 * (size_t)i], *lower = upper + 1;
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

void place_run(Layered *lay) {
    Arena *arena = arena_new();
    Simplex simplex = simplex_new(arena);
    uint32_t *at = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    for (uint32_t b = 0; b < lay->block_count; b++) {
        simplex_variable(&simplex); /* variable b is block b */
        at[lay->blocks[b].order] = b;
    }
    bound_neighbours(&simplex, lay, at);
    End *ends = sort_by_link(make_ends(&simplex, lay), lay, arena);
    pull_together(&simplex, lay, ends);
    int32_t *values = ARENA_ARRAY(arena, int32_t, simplex.variable_count);
    simplex_solve(&simplex, PIVOTS_PER_VARIABLE * (size_t)simplex.variable_count, values);
    keep_places(lay, values, ends);
    arena_free(arena);
}
