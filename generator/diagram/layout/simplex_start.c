/* The first values of the network simplex, and its first tree (Gansner and others, 1993, section
 * 2.3): values of a longest path, then the tree grows by the arc of least slack. */
#include "base/ban.h"

#include <assert.h>

#include "diagram/layout/simplex_tree.h"

void simplex_index(Solver *solver, Arena *arena) {
    uint32_t count = solver->count, arc_count = solver->arc_count;
    const SimplexArc *arcs = solver->arcs;
    uint32_t *next = ARENA_ARRAY(arena, uint32_t, 2 * (size_t)count + 2);
    solver->first = ARENA_ARRAY(arena, uint32_t, (size_t)count + 1);
    solver->first_to = ARENA_ARRAY(arena, uint32_t, count);
    solver->ends = ARENA_ARRAY(arena, ArcEnd, 2 * (size_t)arc_count);
    for (uint32_t i = 0; i < arc_count; i++) { /* next[2 * v]: arcs from v, next to it those to v */
        next[2 * (size_t)arcs[i].tail]++;
        next[2 * (size_t)arcs[i].head + 1]++;
    }
    for (uint32_t v = 0, total = 0; v < count; v++) {
        uint32_t from = next[2 * (size_t)v], to = next[2 * (size_t)v + 1];
        solver->first[v] = next[2 * (size_t)v] = total;
        solver->first_to[v] = next[2 * (size_t)v + 1] = total + from;
        solver->first[v + 1] = total += from + to;
    }
    for (uint32_t i = 0; i < arc_count; i++) {
        const SimplexArc *arc = &arcs[i];
        solver->ends[next[2 * (size_t)arc->tail]++] = (ArcEnd){i, arc->head, arc->length};
        solver->ends[next[2 * (size_t)arc->head + 1]++] = (ArcEnd){i, arc->tail, arc->length};
    }
}

/* Raises the heads of the arcs from `v`; those that wait for no other tail join the queue. */
static uint32_t raise_heads(Solver *solver, uint32_t v, uint32_t *waits, uint32_t filled) {
    for (uint32_t i = solver->first[v]; i < solver->first_to[v]; i++) {
        const ArcEnd *end = &solver->ends[i];
        if (end->length < 0)
            continue;
        if (solver->value[end->far] < solver->value[v] + end->length)
            solver->value[end->far] = solver->value[v] + end->length;
        if (!--waits[end->far])
            solver->list[filled++] = end->far;
    }
    return filled;
}

/* The values of a longest path from the sources, over the arcs that push. */
static void push_values(Solver *solver, Arena *arena) {
    uint32_t *waits = ARENA_ARRAY(arena, uint32_t, solver->count), filled = 0;
    for (uint32_t i = 0; i < solver->arc_count; i++)
        if (solver->arcs[i].length >= 0)
            waits[solver->arcs[i].head]++; /* tails still to come */
    for (uint32_t v = 0; v < solver->count; v++)
        if (!waits[v])
            solver->list[filled++] = v;
    for (uint32_t done = 0; done < filled; done++)
        filled = raise_heads(solver, solver->list[done], waits, filled);
    assert(filled == solver->count);
}

/* Raises heads until every arc is met: what is left after the long way down is little, as only arcs
 * of negative length can be missed (Bellman, Ford). `is_queued` marks who waits in the ring. */
static void raise_rest(Solver *solver, Arena *arena) {
    uint32_t *ring = solver->list, size = solver->count, head = 0, waiting = size;
    bool *is_queued = ARENA_ARRAY(arena, bool, size);
    for (uint32_t v = 0; v < size; v++) {
        ring[v] = v;
        is_queued[v] = true;
    }
    for (; waiting > 0; waiting--) {
        uint32_t v = ring[head];
        head = head + 1 == size ? 0 : head + 1;
        is_queued[v] = false;
        for (uint32_t i = solver->first[v]; i < solver->first_to[v]; i++) {
            const ArcEnd *end = &solver->ends[i];
            int32_t least = solver->value[v] + end->length;
            if (solver->value[end->far] >= least)
                continue;
            solver->value[end->far] = least;
            if (is_queued[end->far])
                continue;
            is_queued[end->far] = true;
            ring[(head + waiting - 1) % size] = end->far;
            waiting++;
        }
    }
}

/* A variable that nothing bounds from below moves up to its nearest head: helpers of
 * simplex_attract start where they belong. */
static void raise_sources(Solver *solver) {
    for (uint32_t v = 0; v < solver->count; v++) {
        int32_t best = INT32_MAX;
        if (solver->first_to[v] < solver->first[v + 1])
            continue;
        for (uint32_t i = solver->first[v]; i < solver->first_to[v]; i++) {
            const ArcEnd *end = &solver->ends[i];
            if (solver->value[end->far] - end->length < best)
                best = solver->value[end->far] - end->length;
        }
        if (best != INT32_MAX)
            solver->value[v] = best;
    }
}

/* A heap of arcs by key, the least first; ties by arc number. */
typedef struct HeapRow {
    int64_t key;
    uint32_t arc, inner, outer; /* its end in the tree, and the other one */
} HeapRow;

typedef struct Heap {
    HeapRow *rows;
    size_t count;
} Heap;

static bool row_before(const HeapRow *a, const HeapRow *b) {
    return a->key < b->key || (a->key == b->key && a->arc < b->arc);
}

static void heap_push(Heap *heap, HeapRow row) {
    size_t at = heap->count++;
    while (at > 0 && row_before(&row, &heap->rows[(at - 1) / 2])) {
        heap->rows[at] = heap->rows[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->rows[at] = row;
}

static void heap_pop(Heap *heap) {
    HeapRow last = heap->rows[--heap->count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count && row_before(&heap->rows[child + 1], &heap->rows[child]))
            child++;
        if (!row_before(&heap->rows[child], &last))
            break;
        heap->rows[at] = heap->rows[child];
        at = child;
    }
    heap->rows[at] = last;
}

/* The tree grows by the arc of least slack, as Prim's algorithm does, and moves as a whole by that
 * slack. `shift` is how far the tree has moved: arcs that leave it have lost that much slack, arcs
 * that enter it have won it, so two heaps with unmoved keys suffice. */
typedef struct Growth {
    Heap out, in;
    int64_t shift;
    bool *joined;
    uint32_t count; /* of variables that have joined, in Solver.list */
} Growth;

static void growth_join(Solver *solver, Growth *growth, uint32_t v) {
    growth->joined[v] = true;
    solver->list[growth->count++] = v;
    solver->part[v] = solver->part_count;
    int64_t value = solver->value[v] -= (int32_t)growth->shift; /* as if the tree had never moved */
    uint32_t i = solver->first[v];
    for (; i < solver->first_to[v]; i++) {
        const ArcEnd *end = &solver->ends[i];
        int64_t slack = solver->value[end->far] - value - end->length;
        if (!growth->joined[end->far])
            heap_push(&growth->out, (HeapRow){slack, end->arc, v, end->far});
    }
    for (; i < solver->first[v + 1]; i++) {
        const ArcEnd *end = &solver->ends[i];
        int64_t slack = value - solver->value[end->far] - end->length;
        if (!growth->joined[end->far])
            heap_push(&growth->in, (HeapRow){slack, end->arc, v, end->far});
    }
}

static void drop_joined(const Growth *growth, Heap *heap) {
    while (heap->count && growth->joined[heap->rows[0].outer])
        heap_pop(heap);
}

/* The next arc between the tree and the rest, if there is one; the tree moves to meet it. */
static bool growth_next(Growth *growth, HeapRow *next) {
    drop_joined(growth, &growth->out);
    drop_joined(growth, &growth->in);
    if (!growth->out.count && !growth->in.count)
        return false;
    int64_t out = growth->out.count ? growth->out.rows[0].key - growth->shift : INT64_MAX;
    int64_t in = growth->in.count ? growth->in.rows[0].key + growth->shift : INT64_MAX;
    Heap *heap = out <= in ? &growth->out : &growth->in;
    growth->shift += out <= in ? out : -in;
    *next = heap->rows[0];
    heap_pop(heap);
    return true;
}

/* One part after the other. */
static void grow_tree(Solver *solver, Arena *arena) {
    Growth growth = {.joined = ARENA_ARRAY(arena, bool, solver->count)};
    growth.out.rows = ARENA_ARRAY(arena, HeapRow, solver->arc_count);
    growth.in.rows = ARENA_ARRAY(arena, HeapRow, solver->arc_count);
    for (uint32_t v = 0; v < solver->count; v++) {
        HeapRow row;
        if (growth.joined[v])
            continue;
        if (v > 0)
            simplex_hang(solver->nodes, v, 0, SIMPLEX_NONE);
        growth_join(solver, &growth, v);
        while (growth_next(&growth, &row)) {
            solver->slot[row.arc] = solver->tree_count;
            solver->tree[solver->tree_count++] = row.arc;
            simplex_hang(solver->nodes, row.outer, row.inner, row.arc);
            growth_join(solver, &growth, row.outer);
        }
        solver->part_count++;
    }
    for (uint32_t i = solver->count; i-- > 1;) {
        const TreeNode *node = &solver->nodes[solver->list[i]];
        solver->nodes[node->up].size += node->size;
    }
}

void simplex_start(Solver *solver, bool has_start, Arena *arena) {
    if (!has_start)
        push_values(solver, arena);
    raise_rest(solver, arena);
    raise_sources(solver);
    for (uint32_t v = 0; v < solver->count; v++)
        solver->nodes[v] =
            (TreeNode){SIMPLEX_NONE, SIMPLEX_NONE, SIMPLEX_NONE, SIMPLEX_NONE, SIMPLEX_NONE, 1};
    grow_tree(solver, arena);
}
