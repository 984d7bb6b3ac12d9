/* Network simplex as in Gansner, Koutsofios, North, Vo, "A Technique for Drawing Directed Graphs"
 * (1993), section 2. A spanning tree of tight arcs fixes all values; a tree arc whose cut value is
 * negative is exchanged for the arc of least slack that crosses the cut the other way. Nodes of a
 * subtree are kept next to each other in post order, so that a side of a cut is a plain range. */
#include "base/ban.h"

#include "diagram/layout/simplex.h"

#include <assert.h>
#include <stdbool.h>

#define NO_ARC     UINT32_MAX
#define WORK_MAX   150000000u
#define SEARCH_MAX 32 /* tree arcs looked at before the most negative one so far is taken */

typedef struct Solver {
    const SimplexArc *arcs;
    uint32_t arc_count, count;
    int32_t *value;
    uint32_t *first;    /* node -> start in incident */
    uint32_t *incident; /* arcs at a node */
    bool *in_tree;
    int64_t *cut;
    uint32_t *tree;      /* the tree arcs, in no order */
    uint32_t *slot;      /* arc -> index in tree */
    uint32_t *parent;    /* node -> arc to its parent, NO_ARC for the root */
    uint32_t *low, *lim; /* the subtree of a node is node_at[low..lim] */
    uint32_t *node_at;
    uint32_t *stack, *cursor; /* of the depth first walk */
    uint32_t next_leave;
    uint64_t work; /* nodes and arcs looked at since the first pivot */
} Solver;

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

static int32_t slack(const Solver *solver, uint32_t arc) {
    const SimplexArc *a = &solver->arcs[arc];
    return solver->value[a->head] - solver->value[a->tail] - a->length;
}

static uint32_t other_end(const Solver *solver, uint32_t arc, uint32_t node) {
    const SimplexArc *a = &solver->arcs[arc];
    return a->tail == node ? a->head : a->tail;
}

static void index_arcs(Solver *solver) {
    uint32_t *first = solver->first;
    for (uint32_t i = 0; i < solver->arc_count; i++) {
        first[solver->arcs[i].tail + 1]++;
        first[solver->arcs[i].head + 1]++;
    }
    for (uint32_t v = 0; v < solver->count; v++)
        first[v + 1] += first[v];
    for (uint32_t i = 0; i < solver->arc_count; i++) {
        solver->incident[first[solver->arcs[i].tail] + solver->cursor[solver->arcs[i].tail]++] = i;
        solver->incident[first[solver->arcs[i].head] + solver->cursor[solver->arcs[i].head]++] = i;
    }
}

/* Raises the heads of the arcs from `v`; those that wait for no other tail join the queue. */
static uint32_t raise_heads(Solver *solver, uint32_t v, uint32_t filled) {
    for (uint32_t i = solver->first[v]; i < solver->first[v + 1]; i++) {
        const SimplexArc *arc = &solver->arcs[solver->incident[i]];
        if (arc->tail != v || arc->length < 0)
            continue;
        if (solver->value[arc->head] < solver->value[v] + arc->length)
            solver->value[arc->head] = solver->value[v] + arc->length;
        if (!--solver->cursor[arc->head])
            solver->stack[filled++] = arc->head;
    }
    return filled;
}

/* A variable that nothing bounds from below moves up to its nearest head: helpers of
 * simplex_attract start where they belong. */
static void raise_source(Solver *solver, uint32_t v) {
    int32_t best = INT32_MAX;
    for (uint32_t i = solver->first[v]; i < solver->first[v + 1]; i++) {
        const SimplexArc *arc = &solver->arcs[solver->incident[i]];
        if (arc->head == v)
            return;
        if (solver->value[arc->head] - arc->length < best)
            best = solver->value[arc->head] - arc->length;
    }
    if (best != INT32_MAX)
        solver->value[v] = best;
}

/* Raises heads until every arc is met: what is left after the long way down is little, as only arcs
 * of negative length can be missed (Bellman, Ford). `queued` marks who waits in the ring. */
static void raise_rest(Solver *solver, bool *queued) {
    uint32_t *ring = solver->stack, size = solver->count, head = 0, waiting = size;
    for (uint32_t v = 0; v < size; v++) {
        ring[v] = v;
        queued[v] = true;
    }
    for (; waiting > 0; waiting--) {
        uint32_t v = ring[head];
        head = head + 1 == size ? 0 : head + 1;
        queued[v] = false;
        for (uint32_t i = solver->first[v]; i < solver->first[v + 1]; i++) {
            const SimplexArc *arc = &solver->arcs[solver->incident[i]];
            int32_t least = solver->value[v] + arc->length;
            if (arc->tail != v || solver->value[arc->head] >= least)
                continue;
            solver->value[arc->head] = least;
            if (queued[arc->head])
                continue;
            queued[arc->head] = true;
            ring[(head + waiting - 1) % size] = arc->head;
            waiting++;
        }
    }
}

/* The values of a longest path from the sources, first over the arcs that push, then over all. */
static void init_values(Solver *solver, bool has_start, Arena *arena) {
    uint32_t filled = 0;
    if (has_start) { /* arcs of weight 0 to the last variable keep all values in reach of it */
        solver->value[solver->count - 1] = 0;
        raise_rest(solver, ARENA_ARRAY(arena, bool, solver->count));
        for (uint32_t v = 0; v < solver->count; v++)
            raise_source(solver, v);
        return;
    }
    memset(solver->cursor, 0, solver->count * sizeof *solver->cursor);
    for (uint32_t i = 0; i < solver->arc_count; i++)
        if (solver->arcs[i].length >= 0)
            solver->cursor[solver->arcs[i].head]++; /* tails still to come */
    for (uint32_t v = 0; v < solver->count; v++)
        if (!solver->cursor[v])
            solver->stack[filled++] = v;
    for (uint32_t done = 0; done < filled; done++)
        filled = raise_heads(solver, solver->stack[done], filled);
    assert(filled == solver->count);
    raise_rest(solver, ARENA_ARRAY(arena, bool, solver->count));
    for (uint32_t v = 0; v < solver->count; v++)
        raise_source(solver, v);
}

/* A heap of arcs by key, the least first; ties by arc number. */
typedef struct HeapRow {
    int64_t key;
    uint32_t arc;
} HeapRow;

typedef struct Heap {
    HeapRow *rows;
    size_t count;
} Heap;

static bool row_before(HeapRow a, HeapRow b) {
    return a.key < b.key || (a.key == b.key && a.arc < b.arc);
}

static void heap_push(Heap *heap, HeapRow row) {
    size_t at = heap->count++;
    while (at > 0 && row_before(row, heap->rows[(at - 1) / 2])) {
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
        if (child + 1 < heap->count && row_before(heap->rows[child + 1], heap->rows[child]))
            child++;
        if (!row_before(heap->rows[child], last))
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
    uint32_t tree_count;
} Growth;

static void growth_join(Solver *solver, Growth *growth, uint32_t node) {
    growth->joined[node] = true;
    solver->value[node] -= (int32_t)growth->shift; /* stored as if the tree had never moved */
    for (uint32_t i = solver->first[node]; i < solver->first[node + 1]; i++) {
        uint32_t arc = solver->incident[i];
        if (growth->joined[other_end(solver, arc, node)])
            continue;
        bool leaves = solver->arcs[arc].tail == node;
        heap_push(leaves ? &growth->out : &growth->in, (HeapRow){slack(solver, arc), arc});
    }
}

/* The next arc between the tree and the rest, or NO_ARC. */
static uint32_t growth_next(const Solver *solver, Growth *growth) {
    while (growth->out.count && growth->joined[solver->arcs[growth->out.rows[0].arc].head])
        heap_pop(&growth->out);
    while (growth->in.count && growth->joined[solver->arcs[growth->in.rows[0].arc].tail])
        heap_pop(&growth->in);
    bool has_out = growth->out.count > 0, has_in = growth->in.count > 0;
    if (!has_out && !has_in)
        return NO_ARC;
    int64_t out = has_out ? growth->out.rows[0].key - growth->shift : INT64_MAX;
    int64_t in = has_in ? growth->in.rows[0].key + growth->shift : INT64_MAX;
    if (out <= in) {
        growth->shift += out;
        uint32_t arc = growth->out.rows[0].arc;
        heap_pop(&growth->out);
        return arc;
    }
    growth->shift -= in;
    uint32_t arc = growth->in.rows[0].arc;
    heap_pop(&growth->in);
    return arc;
}

static void grow_tree(Solver *solver, Arena *arena) {
    Growth growth = {.joined = ARENA_ARRAY(arena, bool, solver->count)};
    growth.out.rows = ARENA_ARRAY(arena, HeapRow, solver->arc_count);
    growth.in.rows = ARENA_ARRAY(arena, HeapRow, solver->arc_count);
    growth_join(solver, &growth, 0);
    for (;;) {
        uint32_t arc = growth_next(solver, &growth);
        if (arc == NO_ARC)
            break;
        solver->in_tree[arc] = true;
        solver->slot[arc] = growth.tree_count;
        solver->tree[growth.tree_count++] = arc;
        const SimplexArc *a = &solver->arcs[arc];
        growth_join(solver, &growth, growth.joined[a->tail] ? a->head : a->tail);
    }
    assert(growth.tree_count + 1 == solver->count);
}

/* Numbers the subtree of `root` in post order from `low` on. */
static void number_subtree(Solver *solver, uint32_t root, uint32_t low) {
    uint32_t depth = 0, next = low;
    solver->stack[depth++] = root;
    solver->cursor[root] = solver->first[root];
    solver->low[root] = next;
    while (depth > 0) {
        uint32_t v = solver->stack[depth - 1];
        if (solver->cursor[v] == solver->first[v + 1]) {
            solver->lim[v] = next;
            solver->node_at[next++] = v;
            depth--;
            continue;
        }
        uint32_t arc = solver->incident[solver->cursor[v]++];
        if (!solver->in_tree[arc] || arc == solver->parent[v])
            continue;
        uint32_t w = other_end(solver, arc, v);
        solver->parent[w] = arc;
        solver->cursor[w] = solver->first[w];
        solver->low[w] = next;
        solver->stack[depth++] = w;
    }
}

static bool in_subtree(const Solver *solver, uint32_t node, uint32_t root) {
    return solver->low[root] <= solver->lim[node] && solver->lim[node] <= solver->lim[root];
}

/* The cut value of the arc above `v`, all arcs below it known: what tail-to-head arcs over the cut
 * weigh, minus those the other way. Summed over v and the subtrees of its children; arcs between
 * these cancel out. */
static void cut_above(Solver *solver, uint32_t v) {
    uint32_t above = solver->parent[v];
    bool v_is_tail = solver->arcs[above].tail == v;
    int64_t sum = 0; /* seen from v: leaving minus entering */
    for (uint32_t i = solver->first[v]; i < solver->first[v + 1]; i++) {
        uint32_t arc = solver->incident[i];
        const SimplexArc *a = &solver->arcs[arc];
        int sign = a->tail == v ? 1 : -1;
        sum += (int64_t)sign * a->weight;
        if (arc != above && solver->in_tree[arc])
            sum -= sign * solver->cut[arc]; /* what leaves the child's subtree as a whole */
    }
    solver->cut[above] = v_is_tail ? sum : -sum;
}

static void init_cuts(Solver *solver) {
    for (uint32_t i = 0; i + 1 < solver->count; i++)
        cut_above(solver, solver->node_at[i]);
}

/* A tree arc with a negative cut value, or NO_ARC: the solution is optimal. */
static uint32_t leaving_arc(Solver *solver) {
    uint32_t best = NO_ARC, found = 0, tree_count = solver->count - 1;
    uint32_t i = 0;
    for (; i < tree_count; i++) {
        if (solver->next_leave >= tree_count)
            solver->next_leave = 0;
        uint32_t arc = solver->tree[solver->next_leave++];
        if (solver->cut[arc] >= 0)
            continue;
        if (best == NO_ARC || solver->cut[arc] < solver->cut[best])
            best = arc;
        if (++found == SEARCH_MAX)
            break;
    }
    solver->work += i;
    return best;
}

/* The lower end of a tree arc, seen from the root. */
static uint32_t child_end(const Solver *solver, uint32_t arc) {
    const SimplexArc *a = &solver->arcs[arc];
    return solver->lim[a->tail] < solver->lim[a->head] ? a->tail : a->head;
}

typedef struct Range {
    uint32_t low, lim;
    bool is_complement;
} Range;

/* The smaller side of the cut below `child`. */
static Range smaller_side(const Solver *solver, uint32_t child) {
    Range range = {solver->low[child], solver->lim[child], false};
    range.is_complement = 2 * (range.lim - range.low + 1) > solver->count;
    return range;
}

static uint32_t range_start(Range range) {
    return range.is_complement && range.low == 0 ? range.lim + 1
           : range.is_complement                 ? 0
                                                 : range.low;
}

static uint32_t range_next(Range range, uint32_t at) {
    at++;
    return range.is_complement && at == range.low ? range.lim + 1 : at;
}

static uint32_t range_end(const Solver *solver, Range range) {
    return range.is_complement ? solver->count : range.lim + 1;
}

/* The arc of least slack from the head side to the tail side of `leaving`; it exists as all values
 * are bounded below. */
static uint32_t entering_arc(Solver *solver, uint32_t leaving) {
    uint32_t child = child_end(solver, leaving), best = NO_ARC;
    Range range = smaller_side(solver, child);
    bool side_is_tail = (solver->arcs[leaving].tail == child) != range.is_complement;
    int32_t least = INT32_MAX;
    for (uint32_t at = range_start(range); at < range_end(solver, range);
         at = range_next(range, at)) {
        uint32_t v = solver->node_at[at];
        solver->work += 1 + solver->first[v + 1] - solver->first[v];
        for (uint32_t i = solver->first[v]; i < solver->first[v + 1]; i++) {
            uint32_t arc = solver->incident[i];
            const SimplexArc *a = &solver->arcs[arc];
            if ((side_is_tail ? a->head : a->tail) != v)
                continue;
            uint32_t far = side_is_tail ? a->tail : a->head;
            if (in_subtree(solver, far, child) != range.is_complement)
                continue;
            int32_t s = slack(solver, arc);
            if (s < least || (s == least && arc < best)) {
                least = s;
                best = arc;
            }
        }
    }
    return best;
}

/* Adds `cut` to the arcs on the way from `v` up to the first ancestor of `w`, and gives that. */
static uint32_t update_path(Solver *solver, uint32_t v, uint32_t w, int64_t cut) {
    while (!in_subtree(solver, w, v)) {
        uint32_t arc = solver->parent[v];
        solver->cut[arc] += solver->arcs[arc].tail == v ? cut : -cut;
        v = other_end(solver, arc, v);
    }
    return v;
}

/* The subtree of `child` becomes the last below `target`: its block of places moves to just before
 * that of `target`, and what lies between closes up. `meet` is the lowest vertex above both. */
static uint32_t move_block(Solver *solver, uint32_t child, uint32_t target, uint32_t meet) {
    uint32_t low = solver->low[child], lim = solver->lim[child], size = lim - low + 1;
    uint32_t place = solver->lim[target], v, *at = solver->node_at;
    if (place > lim) {
        for (v = target; v != meet; v = other_end(solver, solver->parent[v], v))
            solver->low[v] -= size;
        for (uint32_t i = lim + 1; i < place; i++) {
            v = at[i - size] = at[i];
            solver->lim[v] = i - size;
            solver->low[v] -= solver->low[v] > lim ? size : 0;
        }
        solver->work += (place - lim) / 2;
        return place - size;
    }
    v = other_end(solver, solver->parent[child], child);
    for (; v != meet; v = other_end(solver, solver->parent[v], v))
        solver->low[v] += size;
    for (uint32_t i = low; i-- > place;) {
        v = at[i + size] = at[i];
        solver->lim[v] = i + size;
        solver->low[v] += solver->low[v] > place ? size : 0;
    }
    solver->work += (low - place) / 2;
    return place;
}

static void pivot(Solver *solver, uint32_t leaving, uint32_t entering) {
    uint32_t child = child_end(solver, leaving);
    Range range = smaller_side(solver, child);
    bool side_is_tail = (solver->arcs[leaving].tail == child) != range.is_complement;
    int32_t delta = slack(solver, entering);
    if (delta != 0)
        for (uint32_t at = range_start(range); at < range_end(solver, range);
             at = range_next(range, at))
            solver->value[solver->node_at[at]] += side_is_tail ? -delta : delta;

    int64_t cut = solver->cut[leaving];
    uint32_t tail = solver->arcs[entering].tail, head = solver->arcs[entering].head;
    uint32_t meet = update_path(solver, tail, head, cut);
    update_path(solver, head, tail, -cut);
    solver->cut[entering] = -cut;
    solver->cut[leaving] = 0;
    solver->in_tree[leaving] = false;
    solver->in_tree[entering] = true;
    solver->slot[entering] = solver->slot[leaving];
    solver->tree[solver->slot[entering]] = entering;
    solver->work += 4 * (uint64_t)(solver->lim[child] - solver->low[child] + 1);
    uint32_t inner = in_subtree(solver, tail, child) ? tail : head; /* the new top below */
    uint32_t first = move_block(solver, child, other_end(solver, entering, inner), meet);
    solver->parent[inner] = entering;
    number_subtree(solver, inner, first);
}

static void shift_to_zero(Solver *solver) {
    int32_t least = INT32_MAX;
    for (uint32_t v = 0; v < solver->count; v++)
        if (solver->value[v] < least)
            least = solver->value[v];
    for (uint32_t v = 0; v < solver->count; v++)
        solver->value[v] -= least;
}

/* All variables hang on one more variable by arcs of weight 0, which makes the graph connected and
 * keeps every value at 0 or above it. */
static SimplexArc *connect(const Simplex *simplex, Solver *solver, Arena *arena) {
    solver->count = simplex->variable_count + 1;
    solver->arc_count = (uint32_t)simplex->arc_count + simplex->variable_count;
    SimplexArc *arcs = ARENA_ARRAY(arena, SimplexArc, solver->arc_count);
    if (simplex->arc_count)
        memcpy(arcs, simplex->arcs, simplex->arc_count * sizeof *arcs);
    for (uint32_t v = 0; v < simplex->variable_count; v++)
        arcs[simplex->arc_count + v] = (SimplexArc){simplex->variable_count, v, -(1 << 28), 0};
    return arcs;
}

static void alloc_tree(Solver *solver, Arena *arena) {
    uint32_t n = solver->count, m = solver->arc_count;
    solver->value = ARENA_ARRAY(arena, int32_t, n);
    solver->first = ARENA_ARRAY(arena, uint32_t, (size_t)n + 1);
    solver->incident = ARENA_ARRAY(arena, uint32_t, 2 * (size_t)m);
    solver->in_tree = ARENA_ARRAY(arena, bool, m);
    solver->cut = ARENA_ARRAY(arena, int64_t, m);
    solver->tree = ARENA_ARRAY(arena, uint32_t, n);
    solver->slot = ARENA_ARRAY(arena, uint32_t, m);
    solver->parent = ARENA_ARRAY(arena, uint32_t, n);
    solver->low = ARENA_ARRAY(arena, uint32_t, n);
    solver->lim = ARENA_ARRAY(arena, uint32_t, n);
    solver->node_at = ARENA_ARRAY(arena, uint32_t, n);
    solver->stack = ARENA_ARRAY(arena, uint32_t, n);
    solver->cursor = ARENA_ARRAY(arena, uint32_t, n);
}

void simplex_solve(const Simplex *simplex, bool has_start, int32_t *values) {
    if (simplex->variable_count == 0)
        return;
    Arena *arena = arena_new();
    Solver solver = {0};
    solver.arcs = connect(simplex, &solver, arena);
    alloc_tree(&solver, arena);
    index_arcs(&solver);
    if (has_start)
        memcpy(solver.value, values, simplex->variable_count * sizeof *values);
    init_values(&solver, has_start, arena);
    grow_tree(&solver, arena);
    solver.parent[0] = NO_ARC;
    number_subtree(&solver, 0, 0);
    init_cuts(&solver);
    while (solver.work < WORK_MAX) {
        uint32_t leaving = leaving_arc(&solver);
        if (leaving == NO_ARC)
            break;
        uint32_t entering = entering_arc(&solver, leaving);
        assert(entering != NO_ARC);
        pivot(&solver, leaving, entering);
    }
    solver.count--; /* the variable that ties all together is not given back */
    shift_to_zero(&solver);
    memcpy(values, solver.value, simplex->variable_count * sizeof *values);
    arena_free(arena);
}
