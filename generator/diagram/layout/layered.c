#include "base/ban.h"

#include "diagram/layout/layered.h"

bool lay_group_contains(const Layered *lay, uint32_t outer, uint32_t inner) {
    while (inner != LAY_NONE && lay->groups[inner].depth > lay->groups[outer].depth)
        inner = lay->groups[inner].parent;
    return inner == outer;
}

uint32_t lay_branch(const Layered *lay, uint32_t node, uint32_t other) {
    uint32_t branch = LAY_NONE, g = lay->nodes[node].group;
    for (; !lay_group_contains(lay, g, lay->nodes[other].group); g = lay->groups[g].parent)
        branch = g;
    return branch;
}

bool lay_link_passes(const Layered *lay, const Link *link, uint32_t group) {
    const LayGroup *g = &lay->groups[group];
    uint32_t a = lay->blocks[link->upper].order, b = lay->blocks[link->lower].order;
    return g->top <= link->rank && link->rank < g->bottom &&
           lay->blocks[g->left].order > (a < b ? a : b) &&
           lay->blocks[g->right].order < (a < b ? b : a);
}

int lay_head_ranks(const Layered *lay, uint32_t group) {
    const LayGroup *g = &lay->groups[group];
    bool has_title = g->title_height > 0 && lay->title_side == TITLE_AT_TOP;
    return (g->has_head ? 1 : 0) + (has_title ? 1 : 0);
}

int lay_foot_ranks(const Layered *lay, uint32_t group) {
    const LayGroup *g = &lay->groups[group];
    bool has_title = g->title_height > 0 && lay->title_side == TITLE_AT_BOTTOM;
    return (g->has_foot ? 1 : 0) + (has_title ? 1 : 0);
}

uint32_t lay_item_count(const Layered *lay) {
    uint32_t count = 0;
    for (uint32_t g = 0; g < lay->group_count; g++)
        count += lay->groups[g].item_count;
    return count;
}

Coord lay_block_left(const Block *block, int rank) {
    return block->kind == BLOCK_CHAIN && rank != block->label_rank ? 0 : block->left;
}

Coord lay_block_right(const Block *block, int rank) {
    return block->kind == BLOCK_CHAIN && rank != block->label_rank ? 0 : block->right;
}

static bool check_groups(const Layered *lay) {
    for (uint32_t g = 1; g < lay->group_count; g++)
        if (lay->groups[g].parent >= g)
            return false;
    return true;
}

static bool check_edges(const Layered *lay) {
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        if (edge->from >= lay->node_count || edge->to >= lay->node_count || edge->from == edge->to)
            return false;
        if (lay->rank_count &&
            lay->nodes[lay_lower(edge)].rank < lay->nodes[lay_upper(edge)].rank + edge->length)
            return false;
    }
    return true;
}

static bool check_links(const Layered *lay) {
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        if (lay->blocks[link->upper].last != link->rank ||
            lay->blocks[link->lower].first != link->rank + 1)
            return false;
    }
    return true;
}

bool layered_check(const Layered *lay) {
    return check_groups(lay) && check_edges(lay) && check_links(lay);
}

LayOrder order_keep(const Layered *lay, Arena *arena) {
    uint32_t count = lay_item_count(lay);
    LayOrder order = {.items = ARENA_ARRAY(arena, uint32_t, count),
                      .wishes = ARENA_ARRAY(arena, LayWish, lay->wish_count),
                      .wish_count = lay->wish_count,
                      .runs = ARENA_ARRAY(arena, LayRun *, lay->edge_count),
                      .run_counts = ARENA_ARRAY(arena, uint32_t, lay->edge_count),
                      .found = lay->found,
                      .is_complete = lay->is_complete};
    memcpy(order.items, lay->items, count * sizeof *order.items);
    order.found.items = ARENA_ARRAY(arena, uint32_t, lay->found.item_count);
    if (lay->found.item_count)
        memcpy(order.found.items, lay->found.items,
               lay->found.item_count * sizeof *order.found.items);
    if (lay->wish_count)
        memcpy(order.wishes, lay->wishes, lay->wish_count * sizeof *order.wishes);
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        if (edge->run_count == 0)
            continue;
        order.run_counts[e] = edge->run_count;
        order.runs[e] = ARENA_ARRAY(arena, LayRun, edge->run_count);
        memcpy(order.runs[e], edge->runs, edge->run_count * sizeof *edge->runs);
    }
    return order;
}

void order_take_ranks(Layered *lay, const LayOrder *known) {
    lay->wishes = known->wishes;
    lay->wish_count = known->wish_count;
    lay->found = known->found;
}

void order_take(Layered *lay, const LayOrder *known) {
    lay->known = known;
    lay->is_complete = known->is_complete;
    order_take_ranks(lay, known);
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        lay->edges[e].runs = known->runs[e];
        lay->edges[e].run_count = known->run_counts[e];
    }
}
