/* The order from left to right: what sifting says it gained is counted again, on graphs of every
 * sort from a small generator. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/p3_sift.h"
#include "diagram/layout/p3_start.h"
#include "diagram/layout/plan.h"

#include <cmocka.h>

#define NO_LIMIT UINT64_MAX

/* A graph by chance, but the same for the same seed: edges lead at most `reach` nodes on. */
typedef struct Recipe {
    uint32_t seed, nodes, groups, edges, reach;
} Recipe;

static uint32_t next(uint32_t *state, uint32_t below) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Groups lie in each other or side by side; an edge in eight ends at a group. */
static Graph *make_graph(const Recipe *recipe, Arena *arena) {
    Graph *graph = graph_new(arena);
    uint32_t state = recipe->seed;
    for (uint32_t g = 0; g < recipe->groups; g++) {
        GroupId id = graph_add_group(graph, arena, str_format(arena, "g%u", g), (Span){0});
        graph->groups[id].parent = g > 0 && next(&state, 2) ? next(&state, g) : GRAPH_NONE;
    }
    for (uint32_t i = 0; i < recipe->nodes; i++) {
        NodeId id = graph_intern(graph, arena, str_format(arena, "n%u", i), (Span){0});
        if (recipe->groups && next(&state, 4))
            graph->nodes[id].parent =
                (i * recipe->groups / recipe->nodes + next(&state, 2)) % recipe->groups;
    }
    for (uint32_t i = 0; i < recipe->edges; i++) {
        EdgeEnd from = {false, next(&state, recipe->nodes)};
        EdgeEnd to = {false, (from.index + 1 + next(&state, recipe->reach)) % recipe->nodes};
        if (recipe->groups && next(&state, 8) == 0)
            to = (EdgeEnd){true, next(&state, recipe->groups)};
        EdgeId edge = graph_add_edge(graph, arena, from, to, (Span){0});
        graph->edges[edge].end = HEAD_ARROW;
    }
    return graph;
}

static Layered *first_part(const Graph *graph, Arena *arena) {
    const Plan *plan = plan_new(graph, NULL, (PlanWay){.text_width = PLAN_TEXT_WIDTH}, arena);
    Layered *lay = part_split(plan, GRAPH_NONE, arena).parts[0];
    acyclic_run(lay);
    rank_run(lay);
    chains_run(lay);
    order_run(lay);
    return lay;
}

static Recipe recipe_of(uint32_t seed) {
    return (Recipe){.seed = seed,
                    .nodes = 8 + seed,
                    .groups = seed % 3 ? seed % 7 : 0,
                    .edges = 10 + 2 * seed,
                    .reach = 2 + seed % 9};
}

/* Every item is there once, and positions and items say the same. */
static void check_order(const Order *order) {
    const Layered *lay = order->lay;
    for (uint32_t b = 0; b < lay->block_count; b++)
        assert_int_equal(order->at[order->position[b]], b);
    for (uint32_t g = 0; g < lay->group_count; g++) {
        const uint32_t *items = lay->items + lay->groups[g].first_item;
        for (uint32_t i = 1; i < lay->groups[g].item_count; i++) {
            uint32_t before = order_item(lay, items[i - 1]), item = order_item(lay, items[i]);
            assert_int_equal(order_start(order, before) + order->size[before],
                             order_start(order, item));
        }
    }
}

static void gains_are_true(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        Arena *arena = arena_new();
        Recipe recipe = recipe_of(seed);
        Layered *lay = first_part(make_graph(&recipe, arena), arena);
        Order order = order_new(lay, arena);
        order_number(&order);
        Start *start = start_new(&order, arena);
        Sift *sift = sift_new(&order, NO_LIMIT, arena);
        for (uint32_t i = 0; i < 12; i++) {
            if (i % 4 == 0)
                start_make(start, 3 * i / 4);
            static const SiftHow hows[] = {SIFT_CHAINS, SIFT_ALONE, SIFT_COMPANY, SIFT_TIDY};
            int64_t before = order_crossings(&order), gain = sift_all(sift, hows[i % 4]);
            assert_true(gain >= 0);
            if (order_crossings(&order) != before - gain)
                fail_msg("seed %u, step %u: %lld crossings, less %lld, are %lld", seed, i,
                         (long long)before, (long long)gain, (long long)order_crossings(&order));
            check_order(&order);
        }
        arena_free(arena);
    }
}

/* Of all orders of five and six nodes in two ranks the best is found. */
static int64_t least_crossings(const Layered *lay, Order *order, uint32_t fixed) {
    LayGroup *root = &order->lay->groups[LAY_ROOT];
    uint32_t *items = lay->items + root->first_item;
    int64_t least = INT64_MAX;
    if (fixed == root->item_count) {
        order_number(order);
        return order_crossings(order);
    }
    for (uint32_t i = fixed; i < root->item_count; i++) {
        uint32_t entry = items[i];
        items[i] = items[fixed];
        items[fixed] = entry;
        int64_t crossings = least_crossings(lay, order, fixed + 1);
        least = crossings < least ? crossings : least;
        items[fixed] = items[i];
        items[i] = entry;
    }
    return least;
}

static void small_orders_are_best(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Arena *arena = arena_new();
        Recipe recipe = {.seed = seed, .nodes = 6, .edges = 7 + seed % 4, .reach = 4};
        Layered *lay = first_part(make_graph(&recipe, arena), arena);
        if (lay->groups[LAY_ROOT].item_count <= 8) {
            Order order = order_new(lay, arena);
            order_number(&order);
            int64_t found = order_crossings(&order);
            assert_int_equal(found, least_crossings(lay, &order, 0));
        }
        arena_free(arena);
    }
}

/* Work is limited by count: nothing moves any more beyond the limit. */
static void stops_at_the_limit(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Recipe recipe = recipe_of(30);
    Layered *lay = first_part(make_graph(&recipe, arena), arena);
    Order order = order_new(lay, arena);
    order_number(&order);
    start_make(start_new(&order, arena), 3);
    int64_t before = order_crossings(&order);
    Sift *sift = sift_new(&order, 0, arena);
    assert_int_equal(sift_all(sift, SIFT_ALONE), 0);
    assert_int_equal(sift_work(sift), 0);
    assert_int_equal(order_crossings(&order), before);
    assert_true(sift_all(sift_new(&order, NO_LIMIT, arena), SIFT_ALONE) > 0);
    arena_free(arena);
}

static int set_up(void **state) {
    (void)state;
    text_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gains_are_true),
        cmocka_unit_test(small_orders_are_best),
        cmocka_unit_test(stops_at_the_limit),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
