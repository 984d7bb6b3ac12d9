/* Finds x for every block: as near in line with its neighbours as the distances within each rank
 * allow (Gansner and others, 1993, section 4.2). Side borders of groups are variables like any
 * other, so groups fit around their members exactly and never overlap. */
#include "base/ban.h"

#include "diagram/layout/layered.h"
#include "diagram/layout/simplex.h"

#define WEIGHT_LINE         4 /* per unit that a link is out of line, times the link's weight */
#define WEIGHT_GROUP        6 /* per unit of a group's width */
#define WEIGHT_ROOT         1
#define WEIGHT_TITLE        1
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

static void pull_together(Simplex *simplex, const Layered *lay) {
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        simplex_attract(simplex,
                        (SimplexArc){link->upper, link->lower, 0, WEIGHT_LINE * link->weight},
                        link->upper_port - link->lower_port);
    }
    for (uint32_t g = 0; g < lay->group_count; g++) {
        const LayGroup *group = &lay->groups[g];
        simplex_bound(simplex, (SimplexArc){group->left, group->right, 0,
                                            g == LAY_ROOT ? WEIGHT_ROOT : WEIGHT_GROUP});
        if (group->title != LAY_NONE)
            simplex_bound(simplex, (SimplexArc){group->left, group->title, 0, WEIGHT_TITLE});
    }
}

static void keep_places(Layered *lay, const int32_t *values) {
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
    pull_together(&simplex, lay);
    int32_t *values = ARENA_ARRAY(arena, int32_t, simplex.variable_count);
    simplex_solve(&simplex, PIVOTS_PER_VARIABLE * (size_t)simplex.variable_count, values);
    keep_places(lay, values);
    arena_free(arena);
}
