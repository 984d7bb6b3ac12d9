/* What nested groups promise, over graphs that a small generator makes: no edge runs through a
 * group that holds neither of its ends, and none comes back into a group that it has left. */
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

static void check_recipe(const Recipe *recipe) {
    Arena *arena = arena_new();
    const Graph *graph = make_graph(recipe, arena);
    const Scene *scene = layout_flow(graph, NULL, arena);
    for (size_t e = 0; e < scene->edge_count; e++)
        for (uint32_t g = 0; g < scene->group_count; g++) {
            const Edge *edge = &graph->edges[e];
            bool holds_end = is_around(graph, g, edge->from) || is_around(graph, g, edge->to);
            size_t count = visits(scene->groups[g].box, &scene->edges[e]);
            if (count > (holds_end ? 1 : 0))
                fail_msg("seed %u, direction %d: edge %zu comes into group %u, %zu times",
                         recipe->seed, (int)recipe->direction, e, g, count);
        }
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

static int set_up(void **state) {
    (void)state;
    text_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_groups),
        cmocka_unit_test(many_groups),
        cmocka_unit_test(edges_of_groups),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
