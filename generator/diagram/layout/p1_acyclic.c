/* Breaks cycles by the author's reading order: edges are taken one by one, certain ones first, and
 * one that would close a cycle is drawn backwards. The order of the vertices is kept up to date as
 * in Pearce and Kelly, "A Dynamic Topological Sort Algorithm for Directed Acyclic Graphs" (2007),
 * so only what lies between the two ends is looked at.
 *
 * A group counts as two vertices, its top and its bottom, with every member in between: an edge
 * between groups then says that one stands wholly above the other. */
#include "base/ban.h"

#include <assert.h>

#include "diagram/layout/layered.h"

typedef struct Arc {
    uint32_t to, next; /* next arc with the same source or target, or LAY_NONE */
} Arc;

typedef struct Dag {
    uint32_t count;
    uint32_t *place; /* vertex -> position in a topological order */
    uint32_t *at;    /* position -> vertex */
    uint32_t *heads_out, *heads_in;
    Arc *out, *in;
    uint32_t arc_count;
    uint32_t *found_down, *found_up, *stack, *places; /* scratch of an insertion */
    bool *seen;
} Dag;

static void dag_link(Dag *dag, uint32_t from, uint32_t to) {
    dag->out[dag->arc_count] = (Arc){to, dag->heads_out[from]};
    dag->in[dag->arc_count] = (Arc){from, dag->heads_in[to]};
    dag->heads_out[from] = dag->heads_in[to] = dag->arc_count++;
}

/* Everything reachable from `start` along `arcs` whose place is within [low, high]; gives the
 * count. Sets *hit when `goal` is among it. */
static uint32_t dag_collect(Dag *dag, bool downwards, uint32_t start, uint32_t bound,
                            uint32_t *found) {
    const uint32_t *heads = downwards ? dag->heads_out : dag->heads_in;
    const Arc *arcs = downwards ? dag->out : dag->in;
    uint32_t depth = 0, count = 0;
    dag->stack[depth++] = start;
    dag->seen[start] = true;
    while (depth > 0) {
        uint32_t v = dag->stack[--depth];
        found[count++] = v;
        for (uint32_t i = heads[v]; i != LAY_NONE; i = arcs[i].next) {
            uint32_t w = arcs[i].to;
            bool inside = downwards ? dag->place[w] <= bound : dag->place[w] >= bound;
            if (inside && !dag->seen[w]) {
                dag->seen[w] = true;
                dag->stack[depth++] = w;
            }
        }
    }
    for (uint32_t i = 0; i < count; i++)
        dag->seen[found[i]] = false;
    return count;
}

static void sort_by_place(const Dag *dag, uint32_t *list, uint32_t count) {
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) /* Shell sort: short, no recursion */
        for (uint32_t i = gap; i < count; i++) {
            uint32_t v = list[i], j = i;
            for (; j >= gap && dag->place[list[j - gap]] > dag->place[v]; j -= gap)
                list[j] = list[j - gap];
            list[j] = v;
        }
}

/* Gives the vertices found above and below the places they held together, those above first. */
static void dag_reorder(Dag *dag, uint32_t up_count, uint32_t down_count) {
    sort_by_place(dag, dag->found_up, up_count);
    sort_by_place(dag, dag->found_down, down_count);
    uint32_t a = 0, b = 0, total = up_count + down_count;
    for (uint32_t i = 0; i < total; i++) {
        bool take_up = a < up_count && (b == down_count || dag->place[dag->found_up[a]] <
                                                               dag->place[dag->found_down[b]]);
        dag->places[i] =
            take_up ? dag->place[dag->found_up[a++]] : dag->place[dag->found_down[b++]];
    }
    for (uint32_t i = 0; i < total; i++) {
        uint32_t v = i < up_count ? dag->found_up[i] : dag->found_down[i - up_count];
        dag->place[v] = dag->places[i];
        dag->at[dag->places[i]] = v;
    }
}

/* Adds the arc unless it closes a cycle; gives whether it was added. */
static bool dag_insert(Dag *dag, uint32_t from, uint32_t to) {
    if (from == to)
        return false;
    if (dag->place[from] > dag->place[to]) {
        uint32_t down = dag_collect(dag, true, to, dag->place[from], dag->found_down);
        for (uint32_t i = 0; i < down; i++)
            if (dag->found_down[i] == from)
                return false;
        uint32_t up = dag_collect(dag, false, from, dag->place[to], dag->found_up);
        dag_reorder(dag, up, down);
    }
    dag_link(dag, from, to);
    return true;
}

static uint32_t top_of(const Layered *lay, uint32_t group) {
    return lay->node_count + 2 * group;
}

static Dag dag_new(const Layered *lay, Arena *arena) {
    Dag dag = {.count = lay->node_count + 2 * lay->group_count};
    size_t arcs =
        lay->node_count * (size_t)2 + lay->group_count * (size_t)3 + lay->edge_count * (size_t)2;
    dag.place = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.at = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.heads_out = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.heads_in = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.found_down = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.found_up = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.stack = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.places = ARENA_ARRAY(arena, uint32_t, dag.count);
    dag.seen = ARENA_ARRAY(arena, bool, dag.count);
    dag.out = ARENA_ARRAY(arena, Arc, arcs);
    dag.in = ARENA_ARRAY(arena, Arc, arcs);
    memset(dag.heads_out, 0xff, dag.count * sizeof *dag.heads_out);
    memset(dag.heads_in, 0xff, dag.count * sizeof *dag.heads_in);
    return dag;
}

/* Tops of groups, outermost first, then nodes, then bottoms, innermost first. */
static void dag_add_groups(Dag *dag, const Layered *lay) {
    uint32_t place = 0;
    for (uint32_t g = 0; g < lay->group_count; g++)
        dag->at[place++] = top_of(lay, g);
    for (uint32_t v = 0; v < lay->node_count; v++)
        dag->at[place++] = v;
    for (uint32_t g = lay->group_count; g-- > 0;)
        dag->at[place++] = top_of(lay, g) + 1;
    for (uint32_t i = 0; i < place; i++)
        dag->place[dag->at[i]] = i;
    for (uint32_t v = 0; v < lay->node_count; v++) {
        dag_insert(dag, top_of(lay, lay->nodes[v].group), v);
        dag_insert(dag, v, top_of(lay, lay->nodes[v].group) + 1);
    }
    for (uint32_t g = 1; g < lay->group_count; g++) {
        dag_insert(dag, top_of(lay, lay->groups[g].parent), top_of(lay, g));
        dag_insert(dag, top_of(lay, g), top_of(lay, g) + 1);
        dag_insert(dag, top_of(lay, g) + 1, top_of(lay, lay->groups[g].parent) + 1);
    }
}

/* The vertex that an edge's end ties: the border of a group, or the node itself. An edge from a
 * group goes from its bottom, one to a group to its top; between a group and its own member it is
 * the other way round, as the edge stays inside. */
static uint32_t end_vertex(const Layered *lay, const LayEdge *edge, uint32_t node, bool is_upper) {
    const LayNode *n = &lay->nodes[node];
    if (n->kind != LAY_PORT)
        return node;
    return top_of(lay, n->group) + (is_upper != edge->is_inward ? 1 : 0);
}

static void set_pin(Layered *lay, uint32_t node, bool is_bottom) {
    LayNode *n = &lay->nodes[node];
    if (n->kind != LAY_PORT)
        return;
    n->pin = is_bottom ? PIN_BOTTOM : PIN_TOP;
    if (is_bottom)
        lay->groups[n->group].has_foot = true;
    else
        lay->groups[n->group].has_head = true;
}

/* Forwards if that closes no cycle, else backwards. Between groups whose members depend on each
 * other both may fail: then the ends are left free to stand anywhere at the sides. */
static void insert_edge(Dag *dag, Layered *lay, LayEdge *edge) {
    for (int attempt = 0; attempt < 2; attempt++) {
        edge->reversed = attempt == 1;
        uint32_t upper = lay_upper(edge), lower = lay_lower(edge);
        if (!dag_insert(dag, end_vertex(lay, edge, upper, true),
                        end_vertex(lay, edge, lower, false)))
            continue;
        set_pin(lay, upper, !edge->is_inward);
        set_pin(lay, lower, edge->is_inward);
        return;
    }
    edge->is_free = true;
    edge->reversed = false;
    bool is_inserted = dag_insert(dag, edge->from, edge->to);
    if (!is_inserted) {
        edge->reversed = true;
        is_inserted = dag_insert(dag, edge->to, edge->from);
    }
    assert(is_inserted); /* both ways closed a cycle: then there was one before */
}

/* With all edges in place: may the groups that this edge joins be kept apart, one wholly above the
 * other, without a cycle? Groups with edges both ways may not. */
static void try_stack(Dag *dag, const Layered *lay, LayEdge *edge) {
    uint32_t upper = lay_upper(edge), lower = lay_lower(edge);
    uint32_t above = lay_branch(lay, upper, lower), below = lay_branch(lay, lower, upper);
    if (edge->is_free || edge->is_inward || (above == LAY_NONE && below == LAY_NONE))
        return;
    edge->is_stacked = dag_insert(dag, above == LAY_NONE ? upper : top_of(lay, above) + 1,
                                  below == LAY_NONE ? lower : top_of(lay, below));
}

/* Edges with one arrowhead say what comes first; those with two or none are asked last, dotted ones
 * before them. */
static int edge_class(const Layered *lay, const LayEdge *edge) {
    const Edge *e = &lay->graph->edges[edge->ref];
    bool is_directed = e->start == HEAD_NONE && e->end != HEAD_NONE;
    return !is_directed ? 2 : e->line == EDGE_DOTTED ? 1 : 0;
}

void acyclic_run(Layered *lay) {
    Arena *arena = arena_new();
    Dag dag = dag_new(lay, arena);
    dag_add_groups(&dag, lay);
    for (int class = 0; class < 3; class ++)
        for (uint32_t i = 0; i < lay->edge_count; i++)
            if (edge_class(lay, &lay->edges[i]) == class)
                insert_edge(&dag, lay, &lay->edges[i]);
    for (uint32_t i = 0; i < lay->edge_count && !lay->is_loose; i++)
        try_stack(&dag, lay, &lay->edges[i]);
    arena_free(arena);
}
