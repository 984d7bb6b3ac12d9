/* simplex.h: whole numbers as near to each other as their distances allow (network simplex).
 * In: variables and arcs "head is at least `length` beyond tail", each with a weight; out: values
 * that meet every arc with the least sum of weight * (head - tail). Ranks, x and y are all found by
 * it. Knows nothing of graphs or drawings. */
#ifndef DIAGRAM_LAYOUT_SIMPLEX_H
#define DIAGRAM_LAYOUT_SIMPLEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct SimplexArc {
    uint32_t tail, head;
    int32_t length; /* may be negative */
    int32_t weight; /* 0: a bound only */
} SimplexArc;

typedef struct Simplex {
    Arena *arena;
    uint32_t variable_count;
    SimplexArc *arcs;
    size_t arc_count, arc_capacity;
} Simplex;

Simplex simplex_new(Arena *arena);

/* One more variable; gives its number. */
uint32_t simplex_variable(Simplex *simplex);

/* value[head] - value[tail] >= length, and its excess costs `weight` each. Arcs whose lengths are
 * not negative must have no cycle among them, and no cycle at all may have a positive length. */
void simplex_bound(Simplex *simplex, SimplexArc arc);

/* Costs `weight` for each unit that value[a] + offset differs from value[b]. */
void simplex_attract(Simplex *simplex, SimplexArc pair, int32_t offset);

/* Fills `values` (one per variable, the least is 0). With `has_start` they hold a guess already:
 * where it breaks bounds, heads are raised; a good guess saves most of the work. Very large
 * problems end with a feasible, perhaps not optimal solution, after the same work on every machine.
 */
void simplex_solve(const Simplex *simplex, bool has_start, int32_t *values);

/* The cost of `values`, for tests and to compare candidates. */
int64_t simplex_cost(const Simplex *simplex, const int32_t *values);

#endif
