/* The network simplex against every solution of small instances. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/layout/simplex.h"

#include <cmocka.h>

#define RANGE 13

static uint32_t random_state = 1;

static uint32_t next_random(uint32_t below) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % below;
}

static bool is_feasible(const Simplex *simplex, const int32_t *values) {
    for (size_t i = 0; i < simplex->arc_count; i++) {
        const SimplexArc *arc = &simplex->arcs[i];
        if (values[arc->head] - values[arc->tail] < arc->length)
            return false;
    }
    return true;
}

/* The least cost over all values from -RANGE / 2 to RANGE / 2, the first held at 0. */
static int64_t least_cost(const Simplex *simplex) {
    int32_t values[8] = {0};
    int64_t best = INT64_MAX;
    long total = 1;
    for (uint32_t v = 1; v < simplex->variable_count; v++)
        total *= RANGE;
    for (long k = 0; k < total; k++) {
        long rest = k;
        for (uint32_t v = 1; v < simplex->variable_count; v++, rest /= RANGE)
            values[v] = (int32_t)(rest % RANGE) - RANGE / 2;
        if (is_feasible(simplex, values) && simplex_cost(simplex, values) < best)
            best = simplex_cost(simplex, values);
    }
    return best;
}

static void finds_the_optimum(void **state) {
    (void)state;
    for (int round = 0; round < 500; round++) {
        Arena *arena = arena_new();
        Simplex simplex = simplex_new(arena);
        uint32_t count = 2 + next_random(4), arcs = 1 + next_random(7);
        int32_t values[8];
        for (uint32_t v = 0; v < count; v++)
            simplex_variable(&simplex);
        for (uint32_t i = 0; i < arcs; i++) {
            uint32_t tail = next_random(count - 1);
            uint32_t head = tail + 1 + next_random(count - 1 - tail);
            simplex_bound(&simplex, (SimplexArc){tail, head, (int32_t)next_random(4) - 1,
                                                 (int32_t)next_random(4)});
        }
        simplex_solve(&simplex, false, values);
        assert_true(is_feasible(&simplex, values));
        assert_int_equal(simplex_cost(&simplex, values), least_cost(&simplex));
        arena_free(arena);
    }
}

/* Gansner's own example (1993, figure 2-2): a chain a b c d with a shortcut by e and f, f on its
 * way to d, g below both. */
static void ranks_a_known_graph(void **state) {
    (void)state;
    static const uint32_t pairs[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 7}, {0, 4},
                                        {0, 5}, {4, 6}, {5, 6}, {6, 7}};
    Arena *arena = arena_new();
    Simplex simplex = simplex_new(arena);
    int32_t values[8];
    for (int v = 0; v < 8; v++)
        simplex_variable(&simplex);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        simplex_bound(&simplex, (SimplexArc){pairs[i][0], pairs[i][1], 1, 1});
    simplex_solve(&simplex, false, values);
    assert_int_equal(simplex_cost(&simplex, values), 10);
    assert_int_equal(values[0], 0);
    assert_int_equal(values[7], 4);
    arena_free(arena);
}

static void draws_together(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Simplex simplex = simplex_new(arena);
    uint32_t a = simplex_variable(&simplex), b = simplex_variable(&simplex);
    uint32_t c = simplex_variable(&simplex);
    int32_t values[8];
    simplex_bound(&simplex, (SimplexArc){a, b, 100, 0});
    simplex_attract(&simplex, (SimplexArc){a, c, 0, 3}, 10); /* c is to be at a + 10 */
    simplex_attract(&simplex, (SimplexArc){b, c, 0, 1}, 0);  /* less so at b */
    simplex_solve(&simplex, false, values);
    assert_int_equal(values[b] - values[a], 100);
    assert_int_equal(values[c] - values[a], 10);
    arena_free(arena);
}

/* A bounded difference is a circle of two arcs, neither of which pushes around for ever. */
static void accepts_ranges(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Simplex simplex = simplex_new(arena);
    uint32_t a = simplex_variable(&simplex), b = simplex_variable(&simplex);
    uint32_t far = simplex_variable(&simplex);
    int32_t values[8];
    simplex_bound(&simplex, (SimplexArc){a, b, -5, 0});
    simplex_bound(&simplex, (SimplexArc){b, a, -5, 0});
    simplex_bound(&simplex, (SimplexArc){a, far, 50, 0});
    simplex_attract(&simplex, (SimplexArc){b, far, 0, 1}, 0);
    simplex_solve(&simplex, false, values);
    assert_int_equal(values[far] - values[a], 50);
    assert_int_equal(values[b] - values[a], 5);
    arena_free(arena);
}

static void parts_without_connection(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Simplex simplex = simplex_new(arena);
    int32_t values[8];
    for (int v = 0; v < 5; v++)
        simplex_variable(&simplex);
    simplex_bound(&simplex, (SimplexArc){0, 1, 2, 1});
    simplex_bound(&simplex, (SimplexArc){2, 3, 7, 1});
    simplex_solve(&simplex, false, values);
    assert_int_equal(values[1] - values[0], 2);
    assert_int_equal(values[3] - values[2], 7);
    for (int v = 0; v < 5; v++)
        assert_in_range(values[v], 0, 100);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_optimum),        cmocka_unit_test(ranks_a_known_graph),
        cmocka_unit_test(draws_together),           cmocka_unit_test(accepts_ranges),
        cmocka_unit_test(parts_without_connection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
