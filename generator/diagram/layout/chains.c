/* Turns ranks into blocks and links: every node, title and side border becomes a block, every long
 * edge a row of chains, one for each group that it runs through. What joins two blocks spans one
 * rank. A chain is straight by definition, so an edge bends only beside its ends and where it
 * passes from one group to another. */
#include "base/ban.h"

#include "diagram/layout/layered.h"

static uint32_t add_block(Layered *lay, Block block) {
    if (lay->block_count == lay->block_capacity) {
        size_t capacity = lay->block_capacity;
        lay->blocks =
            arena_grow(lay->arena, lay->blocks, sizeof block, lay->block_count, &capacity);
        lay->block_capacity = (uint32_t)capacity;
    }
    lay->blocks[lay->block_count] = block;
    return lay->block_count++;
}

static void add_link(Layered *lay, Link link) {
    if (lay->link_count == lay->link_capacity) {
        size_t capacity = lay->link_capacity;
        lay->links = arena_grow(lay->arena, lay->links, sizeof link, lay->link_count, &capacity);
        lay->link_capacity = (uint32_t)capacity;
    }
    lay->links[lay->link_count++] = link;
}

static void add_group_blocks(Layered *lay, uint32_t group) {
    LayGroup *g = &lay->groups[group];
    Block border = {.kind = BLOCK_LEFT,
                    .ref = group,
                    .group = group,
                    .first = g->top,
                    .last = g->bottom,
                    .label_rank = -1};
    g->left = add_block(lay, border);
    border.kind = BLOCK_RIGHT;
    g->right = add_block(lay, border);
    g->title = LAY_NONE;
    if (g->title_height == 0 || lay->title_side == TITLE_AT_LEFT)
        return;
    int rank = lay->title_side == TITLE_AT_TOP ? g->top + (g->has_head ? 1 : 0)
                                               : g->bottom - (g->has_foot ? 1 : 0);
    Block title = {.kind = BLOCK_TITLE,
                   .ref = group,
                   .group = group,
                   .first = rank,
                   .last = rank,
                   .left = g->title_width / 2,
                   .right = g->title_width - g->title_width / 2,
                   .height = g->title_height,
                   .label_rank = -1};
    g->title = add_block(lay, title);
}

static void add_node_block(Layered *lay, uint32_t node) {
    LayNode *n = &lay->nodes[node];
    Coord height = n->height > n->loop_height ? n->height : n->loop_height;
    Block block = {.kind = BLOCK_NODE,
                   .ref = node,
                   .group = n->group,
                   .first = n->rank,
                   .last = n->rank,
                   .left = n->width / 2 + n->notes.before,
                   .right = n->width - n->width / 2 + n->loop_width + n->notes.after,
                   .height = height > n->notes.along ? height : n->notes.along,
                   .label_rank = -1};
    n->block = add_block(lay, block);
}

/* The groups an edge passes, worked out once per edge. */
typedef struct Way {
    uint32_t common;       /* innermost group that holds both ends */
    uint32_t upper, lower; /* groups of the ends */
    int first, last;       /* ranks of the ends */
} Way;

static Way way_of(const Layered *lay, const LayEdge *edge) {
    const LayNode *upper = &lay->nodes[lay_upper(edge)], *lower = &lay->nodes[lay_lower(edge)];
    Way way = {.upper = upper->group, .lower = lower->group, upper->rank, lower->rank};
    way.common = way.upper;
    while (!lay_group_contains(lay, way.common, way.lower))
        way.common = lay->groups[way.common].parent;
    return way;
}

/* The group that the edge is in at `rank`, between its ends. It stays in the groups of its upper
 * end down to their bottoms if it can leave them there, and enters those of its lower end at their
 * tops if it can come from above; otherwise it passes their sides next to its end. */
static uint32_t group_at(const Layered *lay, const Way *way, int rank) {
    for (uint32_t g = way->lower; g != way->common; g = lay->groups[g].parent)
        if (lay->groups[g].top > way->first && lay->groups[g].top <= rank)
            return g;
    for (uint32_t g = way->upper; g != way->common; g = lay->groups[g].parent)
        if (lay->groups[g].bottom < way->last && lay->groups[g].bottom >= rank)
            return g;
    return way->common;
}

/* The rank for the label: the middle one, but a rank that only labels use rather than one with
 * nodes, and the common group rather than one of the ends. */
static int label_rank(const Layered *lay, const Way *way) {
    int best = way->first + 1, best_cost = INT32_MAX;
    for (int rank = way->first + 1; rank < way->last; rank++) {
        int off = 2 * rank - way->first - way->last;
        int cost = off < 0 ? -off : off;
        if (group_at(lay, way, rank) != way->common)
            cost += 2;
        if (cost < best_cost) {
            best_cost = cost;
            best = rank;
        }
    }
    return best;
}

static uint32_t add_chain(Layered *lay, uint32_t edge, uint32_t group, int first, int last) {
    return add_block(lay, (Block){.kind = BLOCK_CHAIN,
                                  .ref = edge,
                                  .group = group,
                                  .first = first,
                                  .last = last,
                                  .label_rank = -1});
}

static void put_label(Layered *lay, LayEdge *edge, uint32_t chain, int rank) {
    Block *block = &lay->blocks[chain];
    block->label_rank = rank;
    block->left = edge->label_width / 2;
    block->right = edge->label_width - edge->label_width / 2;
    block->height = edge->label_height;
    edge->label_block = chain;
}

/* Straightness counts most between chains, then at one end (Gansner and others, section 4.2). */
static int link_weight(const Layered *lay, uint32_t upper, uint32_t lower) {
    int chains =
        (lay->blocks[upper].kind == BLOCK_CHAIN) + (lay->blocks[lower].kind == BLOCK_CHAIN);
    return chains == 2 ? 8 : chains == 1 ? 2 : 1;
}

/* `next` follows `last` on the edge's way from its upper end, below or above it. */
static void join(Layered *lay, uint32_t edge, uint32_t last, uint32_t next) {
    bool is_up = lay->blocks[next].last < lay->blocks[last].first;
    uint32_t upper = is_up ? next : last, lower = is_up ? last : next;
    add_link(lay, (Link){.edge = edge,
                         .upper = upper,
                         .lower = lower,
                         .rank = lay->blocks[upper].last,
                         .is_up = is_up,
                         .weight = link_weight(lay, upper, lower)});
}

/* The chains of an edge that detour.c has led around a group; a label goes to the longest. */
static void add_runs(Layered *lay, uint32_t index) {
    LayEdge *edge = &lay->edges[index];
    uint32_t previous = lay->nodes[lay_upper(edge)].block, longest = 0;
    for (uint32_t i = 0; i < edge->run_count; i++) {
        const LayRun *run = &edge->runs[i], *best = &edge->runs[longest];
        if (run->last - run->first > best->last - best->first)
            longest = i;
    }
    edge->first_chain = lay->block_count;
    edge->first_link = lay->link_count;
    edge->label_block = LAY_NONE;
    for (uint32_t i = 0; i < edge->run_count; i++) {
        const LayRun *run = &edge->runs[i];
        uint32_t chain = add_chain(lay, index, run->group, run->first, run->last);
        if (i == longest && edge->label_width > 0)
            put_label(lay, edge, chain, run->first + (run->last - run->first) / 2);
        join(lay, index, previous, chain);
        previous = chain;
    }
    join(lay, index, previous, lay->nodes[lay_lower(edge)].block);
    edge->link_count = lay->link_count - edge->first_link;
}

static void add_edge_chains(Layered *lay, uint32_t index) {
    LayEdge *edge = &lay->edges[index];
    Way way = way_of(lay, edge);
    int with_label = edge->label_width > 0 ? label_rank(lay, &way) : -1;
    uint32_t previous = lay->nodes[lay_upper(edge)].block;
    edge->label_block = LAY_NONE;
    edge->first_chain = lay->block_count;
    edge->first_link = lay->link_count;
    for (int rank = way.first + 1; rank < way.last;) {
        uint32_t group = group_at(lay, &way, rank);
        int last = rank;
        while (last + 1 < way.last && group_at(lay, &way, last + 1) == group)
            last++;
        uint32_t chain = add_chain(lay, index, group, rank, last);
        if (rank <= with_label && with_label <= last)
            put_label(lay, edge, chain, with_label);
        join(lay, index, previous, chain);
        previous = chain;
        rank = last + 1;
    }
    join(lay, index, previous, lay->nodes[lay_lower(edge)].block);
    edge->link_count = lay->link_count - edge->first_link;
}

void chains_run(Layered *lay) {
    for (uint32_t g = 0; g < lay->group_count; g++)
        add_group_blocks(lay, g);
    for (uint32_t v = 0; v < lay->node_count; v++)
        add_node_block(lay, v);
    for (uint32_t e = 0; e < lay->edge_count; e++)
        if (lay->edges[e].run_count)
            add_runs(lay, e);
        else
            add_edge_chains(lay, e);
}
