/* What nested groups promise, over graphs that a small generator makes: no edge runs through a
 * group that holds neither of its ends, and none comes back into a group that it has left. A group
 * flows in its own direction, whatever crosses its border. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/layout.h"
#include "diagram/text/text.h"

#include <cmocka.h>

/* ---- the generator ----------------------------------------------------------------------------
 */

static uint32_t random_state;

static uint32_t next_random(uint32_t below) {
    random_state = random_state * 1664525u + 1013904223u; /* Numerical Recipes */
    return (uint32_t)(((uint64_t)random_state * below) >> 32);
}

typedef struct Recipe {
    uint32_t seed, groups, nodes, edges;
    GraphDirection direction;
    bool has_group_ends;
} Recipe;

static EdgeEnd random_end(const Recipe *recipe) {
    if (recipe->has_group_ends && next_random(6) == 0)
        return (EdgeEnd){true, next_random(recipe->groups)};
    return (EdgeEnd){false, next_random(recipe->nodes)};
}

/* Each group lies in one of those before it, or in none; every node in a group, most edges between
 * nodes of different ones. */
static Graph *make_graph(const Recipe *recipe, Arena *arena) {
    Graph *graph = graph_new(arena);
    random_state = recipe->seed;
    graph->direction = recipe->direction;
    for (uint32_t g = 0; g < recipe->groups; g++) {
        GroupId id = graph_add_group(graph, arena, str_format(arena, "g%u", g), (Span){0});
        graph->groups[id].parent = g && next_random(3) ? next_random(g) : GRAPH_NONE;
        if (next_random(4))
            graph->groups[id].label = (Label){.text = str_format(arena, "Group %u", g)};
    }
    for (uint32_t n = 0; n < recipe->nodes; n++) {
        NodeId id = graph_intern(graph, arena, str_format(arena, "n%u", n), (Span){0});
        graph->nodes[id].label = (Label){.text = str_format(arena, "Node %u", n)};
        graph->nodes[id].parent = next_random(recipe->groups);
    }
    for (uint32_t e = 0; e < recipe->edges; e++) {
        EdgeEnd from = random_end(recipe), to = random_end(recipe);
        if (from.is_group == to.is_group && from.index == to.index)
            continue;
        EdgeId id = graph_add_edge(graph, arena, from, to, (Span){0});
        graph->edges[id].end = HEAD_ARROW;
        if (next_random(3) == 0)
            graph->edges[id].label = (Label){.text = STR("HTTPS :443")};
    }
    assert_true(graph_check(graph));
    return graph;
}

/* ---- the property -----------------------------------------------------------------------------
 */

static bool is_around(const Graph *graph, GroupId group, EdgeEnd end) {
    GroupId in = end.is_group ? end.index : graph->nodes[end.index].parent;
    return in != GRAPH_NONE && graph_group_contains(graph, group, in);
}

static Coord smaller(Coord a, Coord b) {
    return a < b ? a : b;
}

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

/* Does the piece of a line enter the box by more than a px? */
static bool enters(Box box, Point a, Point b) {
    Coord px = COORD_PER_PX;
    return larger(a.x, b.x) > box.x + px && smaller(a.x, b.x) < box.x + box.width - px &&
           larger(a.y, b.y) > box.y + px && smaller(a.y, b.y) < box.y + box.height - px;
}

/* How often the line comes into the box from outside. */
static size_t visits(Box box, const SceneEdge *edge) {
    size_t visits = 0;
    bool was_inside = false;
    for (size_t i = 1; i < edge->point_count; i++) {
        bool inside = enters(box, edge->points[i - 1], edge->points[i]);
        visits += inside && !was_inside;
        was_inside = inside;
    }
    return visits;
}

static void check_groups(const Graph *graph, const Scene *scene, uint32_t seed) {
    for (size_t e = 0; e < scene->edge_count; e++)
        for (uint32_t g = 0; g < scene->group_count; g++) {
            const Edge *edge = &graph->edges[e];
            bool holds_end = is_around(graph, g, edge->from) || is_around(graph, g, edge->to);
            size_t count = visits(scene->groups[g].box, &scene->edges[e]);
            if (count > (holds_end ? 1 : 0))
                fail_msg("seed %u, direction %d: edge %zu comes into group %u, %zu times", seed,
                         (int)graph->direction, e, g, count);
        }
}

static void check_recipe(const Recipe *recipe) {
    Arena *arena = arena_new();
    const Graph *graph = make_graph(recipe, arena);
    check_groups(graph, layout_flow(graph, NULL, arena), recipe->seed);
    arena_free(arena);
}

/* ---- the cases --------------------------------------------------------------------------------
 */

static void few_groups(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 80; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .groups = 2 + seed % 5,
                               .nodes = 4 + seed % 8,
                               .edges = 4 + seed % 9,
                               .direction = (GraphDirection)(seed % 4)});
}

static void many_groups(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .groups = 6 + seed % 9,
                               .nodes = 20 + seed % 20,
                               .edges = 30 + seed % 30,
                               .direction = (GraphDirection)(seed % 4)});
}

static void edges_of_groups(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 50; seed++)
        check_recipe(&(Recipe){.seed = seed,
                               .groups = 3 + seed % 6,
                               .nodes = 6 + seed % 9,
                               .edges = 8 + seed % 9,
                               .direction = (GraphDirection)(seed % 4),
                               .has_group_ends = true});
}

/* ---- directions -------------------------------------------------------------------------------
 */

#define CHAIN 4 /* nodes in each group */

static EdgeId add_edge(Graph *graph, Arena *arena, NodeId from, NodeId to) {
    EdgeId id =
        graph_add_edge(graph, arena, (EdgeEnd){false, from}, (EdgeEnd){false, to}, (Span){0});
    graph->edges[id].end = HEAD_ARROW;
    return id;
}

/* Groups with a chain of nodes each, in a direction of their own; every third lies in the one
 * before it. Edges join the groups anywhere, and some come from a node outside. */
static Graph *make_chains(uint32_t seed, uint32_t groups, Arena *arena) {
    Graph *graph = graph_new(arena);
    random_state = seed;
    graph->direction = (GraphDirection)next_random(4);
    for (uint32_t g = 0; g < groups; g++) {
        GroupId id = graph_add_group(graph, arena, str_format(arena, "g%u", g), (Span){0});
        graph->groups[id].label = (Label){.text = str_format(arena, "Group %u", g)};
        graph->groups[id].parent = g % 3 == 2 ? g - 1 : GRAPH_NONE;
        graph->groups[id].direction = (GraphDirection)next_random(4);
    }
    for (uint32_t n = 0; n <= groups * CHAIN; n++) {
        NodeId id = graph_intern(graph, arena, str_format(arena, "n%u", n), (Span){0});
        graph->nodes[id].label = (Label){.text = str_format(arena, "Node %u", n)};
        graph->nodes[id].parent = n / CHAIN < groups ? n / CHAIN : GRAPH_NONE;
    }
    for (uint32_t n = 0; n < groups * CHAIN; n++)
        if (n % CHAIN + 1 < CHAIN)
            add_edge(graph, arena, n, n + 1);
    for (uint32_t e = 0; e < 2 * groups; e++) {
        uint32_t from = next_random(groups * CHAIN), to = next_random(groups * CHAIN + 1);
        if (from / CHAIN != to / CHAIN)
            add_edge(graph, arena, from, to);
    }
    assert_true(graph_check(graph));
    return graph;
}

/* Does `b` lie behind `a` in this direction? */
static bool is_behind(Box a, Box b, GraphDirection direction) {
    switch (direction) {
    case GRAPH_TB:
    case GRAPH_INHERIT: return b.y >= a.y + a.height;
    case GRAPH_BT: return a.y >= b.y + b.height;
    case GRAPH_LR: return b.x >= a.x + a.width;
    case GRAPH_RL: return a.x >= b.x + b.width;
    }
    return false;
}

static void check_chains(const Graph *graph, const Scene *scene, uint32_t seed) {
    for (uint32_t n = 0; n + 1 < scene->node_count; n++) {
        GroupId group = graph->nodes[n].parent;
        if (n % CHAIN + 1 < CHAIN && !is_behind(scene->nodes[n].box, scene->nodes[n + 1].box,
                                                graph->groups[group].direction))
            fail_msg("seed %u: group %u does not flow in its direction", seed, group);
    }
    for (size_t e = 0; e < scene->edge_count; e++)
        for (uint32_t n = 0; n < scene->node_count; n++)
            if (graph->edges[e].from.index != n && graph->edges[e].to.index != n &&
                visits(scene->nodes[n].box, &scene->edges[e]) > 0)
                fail_msg("seed %u: edge %zu runs through node %u", seed, e, n);
}

static void own_directions(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Arena *arena = arena_new();
        const Graph *graph = make_chains(seed, 1 + seed % 6, arena);
        const Scene *scene = layout_flow(graph, NULL, arena);
        check_chains(graph, scene, seed);
        check_groups(graph, scene, seed);
        arena_free(arena);
    }
}

/* An edge to a node at the border of such a group has no need of a bend. */
static void comes_straight(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    GroupId group = graph_add_group(graph, arena, STR("g"), (Span){0});
    graph->groups[group].direction = GRAPH_LR;
    NodeId above = graph_intern(graph, arena, STR("above"), (Span){0});
    NodeId nodes[3];
    for (uint32_t i = 0; i < 3; i++) {
        nodes[i] = graph_intern(graph, arena, str_format(arena, "n%u", i), (Span){0});
        graph->nodes[nodes[i]].parent = group;
        if (i > 0)
            add_edge(graph, arena, nodes[i - 1], nodes[i]);
    }
    EdgeId edge = add_edge(graph, arena, above, nodes[1]);
    const Scene *scene = layout_flow(graph, NULL, arena);
    assert_int_equal(scene->edges[edge].point_count, 2);
    assert_int_equal(scene->edges[edge].points[1].y, scene->nodes[nodes[1]].box.y);
    arena_free(arena);
}

/* ---- twins ------------------------------------------------------------------------------------
 */

#define TWIN 5 /* nodes in each */

/* Two groups below one node, with the same tree in each; the first node of a tree is its root. */
static Graph *make_twins(uint32_t seed, Arena *arena) {
    Graph *graph = graph_new(arena);
    random_state = seed;
    for (uint32_t n = 0; n < 2 * TWIN + 1; n++)
        graph_intern(graph, arena, str_format(arena, "n%u", n), (Span){0});
    for (uint32_t g = 0; g < 2; g++) {
        graph_add_group(graph, arena, str_format(arena, "g%u", g), (Span){0});
        for (uint32_t i = 0; i < TWIN; i++)
            graph->nodes[g * TWIN + i].parent = g;
        add_edge(graph, arena, 2 * TWIN, g * TWIN);
    }
    for (uint32_t i = 1; i < TWIN; i++) {
        uint32_t parent = next_random(i);
        uint32_t first = next_random(2); /* edges of the second group may be named first */
        add_edge(graph, arena, first * TWIN + parent, first * TWIN + i);
        add_edge(graph, arena, (1 - first) * TWIN + parent, (1 - first) * TWIN + i);
    }
    return graph;
}

static int side_of(Box a, Box b) {
    return a.x + a.width <= b.x ? -1 : b.x + b.width <= a.x ? 1 : 0;
}

/* They stand in line, member by member, and those of a rank in the same order. */
static void check_twins(const Scene *scene, uint32_t seed) {
    Box a = scene->groups[0].box, b = scene->groups[1].box;
    if (a.y != b.y || a.height != b.height)
        fail_msg("seed %u: the groups are not in line", seed);
    for (uint32_t i = 0; i < TWIN; i++) {
        const SceneNode *first = &scene->nodes[i], *second = &scene->nodes[TWIN + i];
        if (first->box.y != second->box.y)
            fail_msg("seed %u: nodes %u are not in line", seed, i);
        for (uint32_t k = 0; k < i; k++)
            if (first->box.y == scene->nodes[k].box.y &&
                side_of(first->box, scene->nodes[k].box) !=
                    side_of(second->box, scene->nodes[TWIN + k].box))
                fail_msg("seed %u: nodes %u and %u stand differently", seed, k, i);
    }
}

static void twins_look_alike(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Arena *arena = arena_new();
        const Scene *scene = layout_flow(make_twins(seed, arena), NULL, arena);
        check_twins(scene, seed);
        arena_free(arena);
    }
}

static int set_up(void **state) {
    (void)state;
    text_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_groups),      cmocka_unit_test(many_groups),
        cmocka_unit_test(edges_of_groups), cmocka_unit_test(own_directions),
        cmocka_unit_test(comes_straight),  cmocka_unit_test(twins_look_alike),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
