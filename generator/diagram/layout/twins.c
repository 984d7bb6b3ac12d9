/* Finds groups of one parent that are built alike: a service in two zones, in test and production.
 * Two groups are twins when their members have the same shapes, groups and edges among them; names
 * and texts do not count, nor does what is joined to them from outside.
 *
 * Colours tell members apart (Weisfeiler, Leman 1968): each takes on what its neighbours, its group
 * and its own members have, some rounds. Where equal colours are left, one of them in either group
 * is given one of its own, of the same text or as declared, until all are told apart. Colours are
 * hashes, so two groups can be compared; that the pairs they give fit is looked at in the end. */
#include "base/ban.h"

#include "diagram/layout/twins.h"

#define NODE_MAX  300 /* in larger drawings nobody compares groups */
#define TWINS_MAX 40
#define ROUNDS    6
#define SPLIT_MAX 24 /* members told apart by their place in the text */

typedef struct Finder {
    Layered *lay;
    Arena *arena;
    uint32_t *branch;       /* node -> the child of the group at work around it, or LAY_NONE */
    uint32_t *group_branch; /* the same for groups */
    uint64_t *node, *group; /* colours; those of groups sum up their members */
    uint64_t *next;
    uint64_t *node_own, *group_own; /* colours to start from */
} Finder;

/* Scatters a number over all bits (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014). */
static uint64_t mix(uint64_t value) {
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

static void find_branches(Finder *finder, uint32_t parent) {
    const Layered *lay = finder->lay;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        uint32_t above = lay->groups[g].parent;
        bool is_below = g != LAY_ROOT && g > parent;
        finder->group_branch[g] = !is_below         ? LAY_NONE
                                  : above == parent ? g
                                                    : finder->group_branch[above];
    }
    for (uint32_t v = 0; v < lay->node_count; v++)
        finder->branch[v] = finder->group_branch[lay->nodes[v].group];
}

static void sum_groups(Finder *finder) {
    const Layered *lay = finder->lay;
    memcpy(finder->group, finder->group_own, lay->group_count * sizeof *finder->group);
    for (uint32_t v = 0; v < lay->node_count; v++)
        finder->group[lay->nodes[v].group] += mix(finder->node[v]);
    for (uint32_t g = lay->group_count; g-- > 1;)
        finder->group[lay->groups[g].parent] += mix(finder->group[g] ^ 3);
}

/* An edge counts when both ends lie in one child of the group at work. */
static bool is_inside(const Finder *finder, const LayEdge *edge) {
    return finder->branch[edge->from] != LAY_NONE &&
           finder->branch[edge->from] == finder->branch[edge->to];
}

static void colour(Finder *finder) {
    const Layered *lay = finder->lay;
    memcpy(finder->node, finder->node_own, lay->node_count * sizeof *finder->node);
    for (int round = 0; round < ROUNDS; round++) {
        sum_groups(finder);
        for (uint32_t v = 0; v < lay->node_count; v++)
            finder->next[v] = mix(finder->node[v]) + mix(finder->group[lay->nodes[v].group] ^ 2);
        for (uint32_t e = 0; e < lay->edge_count; e++) {
            const LayEdge *edge = &lay->edges[e];
            if (!is_inside(finder, edge))
                continue;
            finder->next[edge->to] += mix(finder->node[edge->from] ^ 5);
            finder->next[edge->from] += mix(finder->node[edge->to] ^ 7);
        }
        uint64_t *node = finder->node;
        finder->node = finder->next;
        finder->next = node;
    }
    sum_groups(finder);
}

static void colour_anew(Finder *finder) {
    const Layered *lay = finder->lay;
    for (uint32_t v = 0; v < lay->node_count; v++)
        finder->node_own[v] = mix(((uint64_t)lay->nodes[v].kind << 32) |
                                  ((uint64_t)lay->nodes[v].pin << 16) | lay->nodes[v].shape);
    for (uint32_t g = 0; g < lay->group_count; g++)
        finder->group_own[g] = 1;
    colour(finder);
}

/* The first node in the branch with that colour, or LAY_NONE. */
static uint32_t node_like(const Finder *finder, uint32_t branch, uint64_t colour, uint32_t from) {
    for (uint32_t v = from; v < finder->lay->node_count; v++)
        if (finder->branch[v] == branch && finder->node[v] == colour)
            return v;
    return LAY_NONE;
}

static uint32_t group_like(const Finder *finder, uint32_t branch, uint64_t colour, uint32_t from) {
    for (uint32_t g = from; g < finder->lay->group_count; g++)
        if (finder->group_branch[g] == branch && finder->group[g] == colour)
            return g;
    return LAY_NONE;
}

static Str text_of(const Layered *lay, uint32_t node) {
    bool has_text = lay->nodes[node].kind == LAY_NODE || lay->nodes[node].kind == LAY_GRID;
    return has_text ? lay->graph->nodes[lay->nodes[node].ref].label.text : (Str){0};
}

/* The first node in branch `b` that has the colour and the text of `node`. */
static uint32_t namesake(const Finder *finder, uint32_t b, uint32_t node) {
    const Layered *lay = finder->lay;
    uint64_t colour = finder->node[node];
    uint32_t other = node_like(finder, b, colour, 0);
    while (other != LAY_NONE && !str_equal(text_of(lay, node), text_of(lay, other)))
        other = node_like(finder, b, colour, other + 1);
    return other;
}

/* Tells a node of `a` from those like it, and its pair in `b`: that of the same text, or where
 * there is none the first one; false: nothing is left to be told apart. */
static bool split_nodes(Finder *finder, uint32_t a, uint32_t b, uint64_t mark) {
    uint32_t node = LAY_NONE, other = LAY_NONE;
    for (uint32_t v = 0; v < finder->lay->node_count && other == LAY_NONE; v++) {
        bool is_alone = node_like(finder, a, finder->node[v], 0) == v &&
                        node_like(finder, a, finder->node[v], v + 1) == LAY_NONE;
        if (finder->branch[v] != a || is_alone)
            continue;
        node = node == LAY_NONE ? v : node;
        other = namesake(finder, b, v);
        node = other != LAY_NONE ? v : node;
    }
    if (node != LAY_NONE && other == LAY_NONE)
        other = node_like(finder, b, finder->node[node], 0);
    if (other == LAY_NONE)
        return false;
    finder->node_own[node] = finder->node_own[other] = mark;
    return true;
}

/* Tells one more member of `a` from those like it, and its pair in `b`; false: nothing is left. */
static bool split(Finder *finder, uint32_t a, uint32_t b, uint64_t mark) {
    const Layered *lay = finder->lay;
    if (split_nodes(finder, a, b, mark))
        return true;
    for (uint32_t g = a; g < lay->group_count; g++) {
        if (finder->group_branch[g] != a ||
            group_like(finder, a, finder->group[g], g + 1) == LAY_NONE)
            continue;
        uint32_t other = group_like(finder, b, finder->group[g], 0);
        if (other == LAY_NONE)
            return false;
        finder->group_own[g] = finder->group_own[other] = mark;
        return true;
    }
    return false;
}

/* Pairs members by their colours; false: one has no pair, or does not lie where that lies. */
static bool pair(const Finder *finder, LayTwins *twins) {
    const Layered *lay = finder->lay;
    uint32_t a = twins->first, b = twins->second;
    memset(twins->node, 0xff, lay->node_count * sizeof *twins->node);
    memset(twins->group, 0xff, lay->group_count * sizeof *twins->group);
    for (uint32_t g = 0; g < lay->group_count; g++) {
        if (finder->group_branch[g] != a)
            continue;
        uint32_t other = twins->group[g] = group_like(finder, b, finder->group[g], 0);
        if (other == LAY_NONE ||
            (g != a && twins->group[lay->groups[g].parent] != lay->groups[other].parent))
            return false;
    }
    for (uint32_t v = 0; v < lay->node_count; v++) {
        if (finder->branch[v] != a)
            continue;
        uint32_t other = twins->node[v] = node_like(finder, b, finder->node[v], 0);
        if (other == LAY_NONE || twins->group[lay->nodes[v].group] != lay->nodes[other].group)
            return false;
    }
    return true;
}

/* Pairs the edges among members: those with the same ends in the order of the text; false: one has
 * no pair. */
static bool pair_edges(const Finder *finder, LayTwins *twins) {
    const Layered *lay = finder->lay;
    bool *is_taken = ARENA_ARRAY(finder->arena, bool, lay->edge_count);
    memset(twins->edge, 0xff, lay->edge_count * sizeof *twins->edge);
    uint32_t balance = 0;
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        balance -= is_inside(finder, edge) && finder->branch[edge->from] == twins->second;
        if (!is_inside(finder, edge) || finder->branch[edge->from] != twins->first)
            continue;
        balance++;
        for (uint32_t k = 0; k < lay->edge_count && twins->edge[e] == LAY_NONE; k++)
            if (!is_taken[k] && lay->edges[k].from == twins->node[edge->from] &&
                lay->edges[k].to == twins->node[edge->to])
                twins->edge[e] = k;
        if (twins->edge[e] == LAY_NONE)
            return false;
        is_taken[twins->edge[e]] = true;
    }
    return balance == 0;
}

static bool are_twins(Finder *finder, LayTwins *twins) {
    colour_anew(finder);
    if (finder->group[twins->first] != finder->group[twins->second])
        return false;
    for (uint64_t i = 0; i < SPLIT_MAX; i++) {
        if (!split(finder, twins->first, twins->second, mix(i)))
            break;
        colour(finder);
    }
    return pair(finder, twins) && pair_edges(finder, twins);
}

static LayTwins new_twins(const Layered *lay, uint32_t first, uint32_t second) {
    return (LayTwins){.first = first,
                      .second = second,
                      .node = ARENA_ARRAY(lay->arena, uint32_t, lay->node_count),
                      .group = ARENA_ARRAY(lay->arena, uint32_t, lay->group_count),
                      .edge = ARENA_ARRAY(lay->arena, uint32_t, lay->edge_count)};
}

/* Each child of the parent with the first one that it is like. */
static void find_among(Finder *finder, uint32_t parent, bool *is_second) {
    Layered *lay = finder->lay;
    find_branches(finder, parent);
    colour_anew(finder);
    uint64_t *whole = ARENA_ARRAY(finder->arena, uint64_t, lay->group_count);
    memcpy(whole, finder->group, lay->group_count * sizeof *whole);
    for (uint32_t a = 1; a < lay->group_count; a++) {
        if (lay->groups[a].parent != parent || is_second[a])
            continue;
        for (uint32_t b = a + 1; b < lay->group_count && lay->twins_count < TWINS_MAX; b++) {
            if (lay->groups[b].parent != parent || is_second[b] || whole[a] != whole[b])
                continue;
            LayTwins twins = new_twins(lay, a, b);
            if (!are_twins(finder, &twins))
                continue;
            is_second[b] = true;
            lay->twins[lay->twins_count++] = twins;
        }
    }
}

static bool has_children(const Layered *lay, uint32_t parent, uint32_t least) {
    uint32_t count = 0;
    for (uint32_t g = 1; g < lay->group_count; g++)
        count += lay->groups[g].parent == parent;
    return count >= least;
}

void twins_run(Layered *lay) {
    bool is_large =
        lay->node_count > NODE_MAX || lay->group_count > NODE_MAX || lay->edge_count > 3 * NODE_MAX;
    if (is_large || lay->group_count < 3)
        return;
    Arena *arena = arena_new();
    Finder finder = {.lay = lay, .arena = arena};
    finder.branch = ARENA_ARRAY(arena, uint32_t, lay->node_count);
    finder.group_branch = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    finder.node = ARENA_ARRAY(arena, uint64_t, lay->node_count);
    finder.next = ARENA_ARRAY(arena, uint64_t, lay->node_count);
    finder.node_own = ARENA_ARRAY(arena, uint64_t, lay->node_count);
    finder.group = ARENA_ARRAY(arena, uint64_t, lay->group_count);
    finder.group_own = ARENA_ARRAY(arena, uint64_t, lay->group_count);
    bool *is_second = ARENA_ARRAY(arena, bool, lay->group_count);
    lay->twins = ARENA_ARRAY(lay->arena, LayTwins, TWINS_MAX);
    for (uint32_t g = 0; g < lay->group_count; g++)
        if (has_children(lay, g, 2))
            find_among(&finder, g, is_second);
    arena_free(arena);
}

bool twins_in_line(const Layered *lay, const LayTwins *twins) {
    for (uint32_t v = 0; v < lay->node_count; v++)
        if (twins->node[v] != LAY_NONE && lay->nodes[v].rank != lay->nodes[twins->node[v]].rank)
            return false;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        if (twins->group[g] == LAY_NONE)
            continue;
        const LayGroup *first = &lay->groups[g], *second = &lay->groups[twins->group[g]];
        if (first->top != second->top || first->bottom != second->bottom)
            return false;
    }
    return true;
}

static void pair_chains(const Layered *lay, const LayTwins *twins, uint32_t edge, uint32_t *map) {
    const LayEdge *a = &lay->edges[edge], *b = &lay->edges[twins->edge[edge]];
    for (uint32_t i = 0; i + 1 < a->link_count && a->link_count == b->link_count; i++) {
        uint32_t from = a->first_chain + i, to = b->first_chain + i;
        if (twins->group[lay->blocks[from].group] == lay->blocks[to].group)
            map[from] = to;
    }
}

uint32_t *twins_blocks(const Layered *lay, const LayTwins *twins, Arena *arena) {
    uint32_t *map = ARENA_ARRAY(arena, uint32_t, lay->block_count);
    memset(map, 0xff, lay->block_count * sizeof *map);
    for (uint32_t v = 0; v < lay->node_count; v++)
        if (twins->node[v] != LAY_NONE)
            map[lay->nodes[v].block] = lay->nodes[twins->node[v]].block;
    if (!twins_in_line(lay, twins))
        return map;
    for (uint32_t e = 0; e < lay->edge_count; e++)
        if (twins->edge[e] != LAY_NONE)
            pair_chains(lay, twins, e, map);
    return map;
}
