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
