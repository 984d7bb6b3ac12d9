/* The graph as data: what is made on first mention, what graph_check refuses. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/model/graph.h"

#include <cmocka.h>

static const Span nowhere = {NULL, 0, 0};

static void test_intern(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    assert_int_equal(graph_find(graph, STR("A")), GRAPH_NONE);
    NodeId a = graph_intern(graph, arena, STR("A"), nowhere);
    NodeId b = graph_intern(graph, arena, STR("B"), nowhere);
    assert_int_equal(graph_intern(graph, arena, STR("A"), nowhere), a);
    assert_int_equal(graph_find(graph, STR("B")), b);
    assert_int_equal(graph->node_count, 2);
    assert_true(str_equal(graph->nodes[b].label.text, STR("B")));
    assert_int_equal(graph->nodes[b].parent, GRAPH_NONE);
    for (int i = 0; i < 1000; i++)
        graph_intern(graph, arena, str_format(arena, "n%d", i), nowhere);
    assert_int_equal(graph_find(graph, STR("n999")), 1001);
    assert_true(graph_check(graph));
    arena_free(arena);
}

static void test_groups(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    GroupId outer = graph_add_group(graph, arena, STR("outer"), nowhere);
    GroupId inner = graph_add_group(graph, arena, STR("inner"), nowhere);
    GroupId other = graph_add_group(graph, arena, STR("inner"), nowhere);
    graph->groups[inner].parent = outer;
    assert_int_equal(graph_find_group(graph, STR("inner")), inner);
    assert_int_equal(graph_find_group(graph, STR("x")), GRAPH_NONE);
    assert_int_equal(graph->groups[inner].direction, GRAPH_INHERIT);
    assert_true(graph_group_contains(graph, outer, inner));
    assert_true(graph_group_contains(graph, inner, inner));
    assert_false(graph_group_contains(graph, inner, outer));
    assert_false(graph_group_contains(graph, other, inner));
    assert_false(graph_group_contains(graph, outer, GRAPH_NONE));
    assert_true(graph_check(graph));
    arena_free(arena);
}

/* Each break of the rules is found, and put right again it is fine. */
static void test_check(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Graph *graph = graph_new(arena);
    NodeId node = graph_intern(graph, arena, STR("A"), nowhere);
    GroupId group = graph_add_group(graph, arena, STR("g"), nowhere);
    EdgeId edge =
        graph_add_edge(graph, arena, (EdgeEnd){false, node}, (EdgeEnd){true, group}, nowhere);
    assert_int_equal(graph->edges[edge].length, 1);
    assert_true(graph_check(graph));
    graph->nodes[node].parent = 1;
    assert_false(graph_check(graph));
    graph->nodes[node].parent = group;
    assert_true(graph_check(graph));
    graph->edges[edge].to.index = 1;
    assert_false(graph_check(graph));
    graph->edges[edge].to.index = 0;
    graph->edges[edge].length = 11;
    assert_false(graph_check(graph));
    graph->edges[edge].length = 10;
    assert_true(graph_check(graph));
    graph->groups[group].parent = group;
    assert_false(graph_check(graph));
    graph->groups[group].parent = GRAPH_NONE;
    graph->direction = GRAPH_INHERIT;
    assert_false(graph_check(graph));
    graph->direction = GRAPH_LR;
    graph->nodes[node].id = STR("B");
    assert_false(graph_check(graph));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intern),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
