/* Gives every node a rank and every group a first and a last rank, all at once, so that no group is
 * treated as one big node (Sander, "Layout of Compound Directed Graphs", 1996; ranks by network
 * simplex as in Gansner and others, 1993).
 *
 * A group is two variables, top and bottom, with its members in between. What is only wished for,
 * that an edge enters a group from above and leaves it below, costs when it is missed and forbids
 * nothing, so that groups with edges both ways still find ranks. */
#include "base/ban.h"

#include "diagram/layout/layered.h"
#include "diagram/layout/simplex.h"

#define WEIGHT_GROUP 8 /* keeps a group short: about what four edges pull */
#define WEIGHT_ENTER                                                                               \
    4 /* per rank that an edge enters a group beside its top, or leaves it beside */

#define WEIGHT_STACK 200 /* per rank that one group fails to be below another */

typedef struct Ranking {
    Simplex simplex;
    uint32_t *node_variable;
    uint32_t *top, *bottom; /* of groups */
    bool is_broken;         /* by twins in line: a rank would have to be below itself */
} Ranking;

/* The members of aligned twins share their variables. A member of the second may be that of other
 * twins too, which come later: they follow the same first ones. */
static void share_variables(Ranking *ranking, const Layered *lay) {
    for (uint32_t i = 0; i < lay->twins_count; i++) {
        const LayTwins *twins = &lay->twins[i];
        if (!twins->is_aligned)
            continue;
        for (uint32_t g = 0; g < lay->group_count; g++)
            if (twins->group[g] != LAY_NONE) {
                ranking->top[twins->group[g]] = ranking->top[g];
                ranking->bottom[twins->group[g]] = ranking->bottom[g];
            }
        for (uint32_t v = 0; v < lay->node_count; v++)
            if (twins->node[v] != LAY_NONE)
                ranking->node_variable[twins->node[v]] = ranking->node_variable[v];
    }
}

static void add_variables(Ranking *ranking, const Layered *lay) {
    Arena *arena = ranking->simplex.arena;
    ranking->node_variable = ARENA_ARRAY(arena, uint32_t, lay->node_count);
    ranking->top = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    ranking->bottom = ARENA_ARRAY(arena, uint32_t, lay->group_count);
    for (uint32_t g = 0; g < lay->group_count; g++) {
        ranking->top[g] = simplex_variable(&ranking->simplex);
        ranking->bottom[g] = simplex_variable(&ranking->simplex);
    }
    for (uint32_t v = 0; v < lay->node_count; v++)
        if (lay->nodes[v].pin == PIN_FREE)
            ranking->node_variable[v] = simplex_variable(&ranking->simplex);
    share_variables(ranking, lay);
    for (uint32_t v = 0; v < lay->node_count; v++) {
        const LayNode *node = &lay->nodes[v];
        if (node->pin != PIN_FREE)
            ranking->node_variable[v] =
                node->pin == PIN_TOP ? ranking->top[node->group] : ranking->bottom[node->group];
    }
}

static void bound(Ranking *ranking, uint32_t tail, uint32_t head, int length, int weight) {
    if (tail != head)
        simplex_bound(&ranking->simplex, (SimplexArc){tail, head, length, weight});
    else if (length > 0)
        ranking->is_broken = true;
}

/* Inside of a group's first or last rank is room to go around the groups that it holds: where no
 * title or port takes a rank, one is kept free. */
static int free_ranks(const Layered *lay, uint32_t group) {
    return lay_head_ranks(lay, group) + lay_foot_ranks(lay, group) > 0 ? 0 : 1;
}

static void bound_members(Ranking *ranking, const Layered *lay) {
    for (uint32_t g = 0; g < lay->group_count; g++) {
        int head = lay_head_ranks(lay, g), foot = lay_foot_ranks(lay, g);
        bound(ranking, ranking->top[g], ranking->bottom[g], head + foot,
              g == LAY_ROOT ? 0 : WEIGHT_GROUP);
        if (g == LAY_ROOT)
            continue;
        uint32_t parent = lay->groups[g].parent;
        int first = lay_head_ranks(lay, parent) + free_ranks(lay, parent);
        bound(ranking, ranking->top[parent], ranking->top[g], first, 0);
        bound(ranking, ranking->bottom[g], ranking->bottom[parent], lay_foot_ranks(lay, parent), 0);
    }
    for (uint32_t v = 0; v < lay->node_count; v++) {
        uint32_t g = lay->nodes[v].group;
        if (lay->nodes[v].pin != PIN_FREE)
            continue;
        bool is_port = lay->nodes[v].kind == LAY_PORT;
        bound(ranking, ranking->top[g], ranking->node_variable[v],
              is_port ? 0 : lay_head_ranks(lay, g), 0);
        bound(ranking, ranking->node_variable[v], ranking->bottom[g],
              is_port ? 0 : lay_foot_ranks(lay, g), 0);
    }
}

/* Costs `weight` for every rank that `later` fails to be one below `earlier`. The helper stays
 * below both and is drawn towards `earlier` + 1. */
static void wish_below(Ranking *ranking, uint32_t earlier, uint32_t later, int weight) {
    uint32_t helper = simplex_variable(&ranking->simplex);
    bound(ranking, helper, earlier, -1, weight);
    bound(ranking, helper, later, 0, 0);
}

/* Groups around `node` that do not hold `other`, from the inside out. */
static void wish_borders(Ranking *ranking, const Layered *lay, const LayEdge *edge, bool leaving) {
    uint32_t node = leaving ? lay_upper(edge) : lay_lower(edge);
    uint32_t other = leaving ? lay_lower(edge) : lay_upper(edge);
    uint32_t g = lay->nodes[node].group;
    for (; g != LAY_ROOT && !lay_group_contains(lay, g, lay->nodes[other].group);
         g = lay->groups[g].parent) {
        if (leaving)
            wish_below(ranking, ranking->bottom[g], ranking->node_variable[other], WEIGHT_ENTER);
        else
            wish_below(ranking, ranking->node_variable[other], ranking->top[g], WEIGHT_ENTER);
    }
}

/* What the edge joins is kept apart along the flow. Not a bound, as a pull of many edges may still
 * be better followed. */
static void wish_stack(Ranking *ranking, const Layered *lay, const LayEdge *edge) {
    uint32_t upper = lay_upper(edge), lower = lay_lower(edge);
    uint32_t above = lay_branch(lay, upper, lower), below = lay_branch(lay, lower, upper);
    wish_below(ranking, above == LAY_NONE ? ranking->node_variable[upper] : ranking->bottom[above],
               below == LAY_NONE ? ranking->node_variable[lower] : ranking->top[below],
               WEIGHT_STACK);
}

static void bound_edges(Ranking *ranking, const Layered *lay) {
    for (uint32_t e = 0; e < lay->edge_count; e++) {
        const LayEdge *edge = &lay->edges[e];
        bound(ranking, ranking->node_variable[lay_upper(edge)],
              ranking->node_variable[lay_lower(edge)], edge->length, edge->weight);
        if (edge->is_inward)
            continue;
        if (edge->is_stacked) {
            wish_stack(ranking, lay, edge);
            continue;
        }
        wish_borders(ranking, lay, edge, true);
        wish_borders(ranking, lay, edge, false);
    }
}

/* Ranks that hold no block at all are left out later, so only the first is moved to 0 here. */
static void keep_ranks(const Ranking *ranking, Layered *lay, const int32_t *values) {
    int32_t first = values[ranking->top[LAY_ROOT]], last = first;
    for (uint32_t v = 0; v < lay->node_count; v++) {
        int32_t rank = values[ranking->node_variable[v]];
        first = v == 0 || rank < first ? rank : first;
        last = v == 0 || rank > last ? rank : last;
    }
    for (uint32_t g = 1; g < lay->group_count; g++) {
        int32_t top = values[ranking->top[g]], bottom = values[ranking->bottom[g]];
        bool is_only = lay->node_count == 0 && g == 1;
        first = is_only || top < first ? top : first;
        last = is_only || bottom > last ? bottom : last;
    }
    if (lay->group_count > 1) { /* to go around groups outside of all */
        first--;
    }
    for (uint32_t v = 0; v < lay->node_count; v++)
        lay->nodes[v].rank = values[ranking->node_variable[v]] - first;
    for (uint32_t g = 0; g < lay->group_count; g++) {
        lay->groups[g].top = values[ranking->top[g]] - first;
        lay->groups[g].bottom = values[ranking->bottom[g]] - first;
    }
    lay->rank_count = last - first + 1;
    lay->groups[LAY_ROOT].top = 0;
    lay->groups[LAY_ROOT].bottom = lay->rank_count - 1;
}

static void bound_wishes(Ranking *ranking, const Layered *lay) {
    for (uint32_t i = 0; i < lay->wish_count; i++) {
        const LayWish *wish = &lay->wishes[i];
        uint32_t node = ranking->node_variable[wish->node];
        if (wish->is_above)
            wish_below(ranking, node, ranking->top[wish->group], WEIGHT_STACK);
        else
            wish_below(ranking, ranking->bottom[wish->group], node, WEIGHT_STACK);
    }
}

static Ranking make_ranking(const Layered *lay, Arena *arena) {
    Ranking ranking = {.simplex = simplex_new(arena)};
    add_variables(&ranking, lay);
    bound_members(&ranking, lay);
    bound_edges(&ranking, lay);
    bound_wishes(&ranking, lay);
    return ranking;
}

/* Have the bounds no cycle (Kahn 1962)? What is only wished for hangs on helpers that nothing leads
 * to, so that makes none. */
static bool has_ranks(const Ranking *ranking) {
    const Simplex *simplex = &ranking->simplex;
    Arena *arena = simplex->arena;
    uint32_t count = simplex->variable_count, done = 0, ready = 0;
    uint32_t *left = ARENA_ARRAY(arena, uint32_t, count);
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, (size_t)count + 2);
    uint32_t *heads = ARENA_ARRAY(arena, uint32_t, simplex->arc_count);
    uint32_t *queue = ARENA_ARRAY(arena, uint32_t, count);
    for (size_t i = 0; i < simplex->arc_count; i++) {
        left[simplex->arcs[i].head]++;
        first[simplex->arcs[i].tail + 2]++;
    }
    for (uint32_t v = 0; v < count; v++)
        first[v + 2] += first[v + 1];
    for (size_t i = 0; i < simplex->arc_count; i++)
        heads[first[simplex->arcs[i].tail + 1]++] = simplex->arcs[i].head;
    for (uint32_t v = 0; v < count; v++)
        if (left[v] == 0)
            queue[ready++] = v;
    for (; done < ready; done++)
        for (uint32_t i = first[queue[done]]; i < first[queue[done] + 1]; i++)
            if (--left[heads[i]] == 0)
                queue[ready++] = heads[i];
    return !ranking->is_broken && done == count;
}

/* Twins get the same ranks unless edges lead from one to the other. */
static void align_twins(Layered *lay) {
    for (uint32_t i = 0; i < lay->twins_count; i++) {
        Arena *arena = arena_new();
        lay->twins[i].is_aligned = true;
        Ranking ranking = make_ranking(lay, arena);
        lay->twins[i].is_aligned = has_ranks(&ranking);
        arena_free(arena);
    }
}

void rank_run(Layered *lay) {
    if (lay->is_alike)
        align_twins(lay);
    Arena *arena = arena_new();
    Ranking ranking = make_ranking(lay, arena);
    int32_t *values = ARENA_ARRAY(arena, int32_t, ranking.simplex.variable_count);
    simplex_solve(&ranking.simplex, false, values);
    keep_ranks(&ranking, lay, values);
    arena_free(arena);
}
