/* Network simplex as in Gansner, Koutsofios, North, Vo, "A Technique for Drawing Directed Graphs"
 * (1993), section 2: first values and a first tree are found by simplex_start.c, which
 * simplex_pivot.c then improves. */
#include "base/ban.h"

#include "diagram/layout/simplex_tree.h"

Simplex simplex_new(Arena *arena) {
    return (Simplex){.arena = arena};
}

uint32_t simplex_variable(Simplex *simplex) {
    return simplex->variable_count++;
}

void simplex_bound(Simplex *simplex, SimplexArc arc) {
    ARENA_RESERVE(simplex->arena, simplex->arcs, simplex->arc_count, simplex->arc_capacity);
    simplex->arcs[simplex->arc_count++] = arc;
}

/* |a + offset - b| becomes linear with a helper n <= a + offset and n <= b that both ends pull
 * upwards. */
void simplex_attract(Simplex *simplex, SimplexArc pair, int32_t offset) {
    uint32_t helper = simplex_variable(simplex);
    simplex_bound(simplex, (SimplexArc){helper, pair.tail, -offset, pair.weight});
    simplex_bound(simplex, (SimplexArc){helper, pair.head, 0, pair.weight});
}

int64_t simplex_cost(const Simplex *simplex, const int32_t *values) {
    int64_t cost = 0;
    for (size_t i = 0; i < simplex->arc_count; i++) {
        const SimplexArc *arc = &simplex->arcs[i];
        cost += (int64_t)arc->weight * (values[arc->head] - values[arc->tail]);
    }
    return cost;
}

/* Each part of variables that hang together begins at 0. */
static void shift_to_zero(const Solver *solver, Arena *arena) {
    int32_t *least = ARENA_ARRAY(arena, int32_t, solver->part_count);
    for (uint32_t i = 0; i < solver->part_count; i++)
        least[i] = INT32_MAX;
    for (uint32_t v = 0; v < solver->count; v++)
        if (solver->value[v] < least[solver->part[v]])
            least[solver->part[v]] = solver->value[v];
    for (uint32_t v = 0; v < solver->count; v++)
        solver->value[v] -= least[solver->part[v]];
}

void simplex_solve(const Simplex *simplex, bool has_start, int32_t *values) {
    uint32_t count = simplex->variable_count, arc_count = (uint32_t)simplex->arc_count;
    if (count == 0)
        return;
    Arena *arena = arena_new();
    Solver solver = {.arcs = simplex->arcs,
                     .arc_count = arc_count,
                     .count = count,
                     .value = values,
                     .nodes = ARENA_ARRAY(arena, TreeNode, count),
                     .tree = ARENA_ARRAY(arena, uint32_t, count),
                     .slot = ARENA_ARRAY(arena, uint32_t, arc_count),
                     .part = ARENA_ARRAY(arena, uint32_t, count),
                     .list = ARENA_ARRAY(arena, uint32_t, count)};
    if (!has_start)
        memset(values, 0, count * sizeof *values);
    simplex_index(&solver, arena);
    simplex_start(&solver, has_start, arena);
    simplex_improve(&solver, arena);
    shift_to_zero(&solver, arena);
    arena_free(arena);
}
