/* The steps of the network simplex: a tree arc whose cut value is negative is exchanged for the arc
 * of least slack that crosses the cut the other way. Only the smaller side of a cut is ever looked
 * at or moved. */
#include "base/ban.h"

#include <assert.h>

#include "diagram/layout/simplex_tree.h"

#define WORK_MAX 150000000u

typedef struct Pivot {
    Solver *solver;
    int64_t *cut;       /* of tree arcs */
    uint64_t *negative; /* slots of those whose cut value is, as bits */
    uint32_t *side;     /* the variables of the smaller side of the cut at work, */
    uint32_t side_count;
    uint32_t *seen; /* which are marked by the present stamp */
    uint32_t stamp;
    bool is_below;   /* they are the subtree below the arc, */
    bool holds_tail; /* and hold its tail */
    uint64_t work;   /* variables and arcs looked at so far */
} Pivot;

static void set_cut(Pivot *pivot, uint32_t arc, int64_t cut) {
    uint32_t slot = pivot->solver->slot[arc];
    uint64_t bit = (uint64_t)1 << slot % 64, *word = &pivot->negative[slot / 64];
    pivot->cut[arc] = cut;
    *word = cut < 0 ? *word | bit : *word & ~bit;
}

/* The cut value of an arc is what the arcs from its tail's side to its head's weigh, less those the
 * other way: summed over one side, where all arcs within it cancel out. */
static void init_cuts(Pivot *pivot, Arena *arena) {
    const Solver *solver = pivot->solver;
    int64_t *sum = ARENA_ARRAY(arena, int64_t, solver->count);
    for (uint32_t i = 0; i < solver->arc_count; i++) {
        sum[solver->arcs[i].tail] += solver->arcs[i].weight;
        sum[solver->arcs[i].head] -= solver->arcs[i].weight;
    }
    for (uint32_t i = solver->count; i-- > 1;) {
        uint32_t v = solver->list[i], arc = solver->nodes[v].up_arc;
        sum[solver->nodes[v].up] += sum[v];
        if (arc != SIMPLEX_NONE)
            set_cut(pivot, arc, solver->arcs[arc].tail == v ? sum[v] : -sum[v]);
    }
}

/* The tree arc with the most negative cut value, of equals the first, or SIMPLEX_NONE: the solution
 * is optimal. */
static uint32_t leaving_arc(Pivot *pivot) {
    uint32_t best = SIMPLEX_NONE, words = (pivot->solver->tree_count + 63) / 64;
    int64_t least = 0;
    for (uint32_t i = 0; i < words; i++)
        for (uint64_t bits = pivot->negative[i]; bits; bits &= bits - 1) {
            uint32_t arc = pivot->solver->tree[64 * i + (uint32_t)__builtin_ctzll(bits)];
            pivot->work++;
            if (pivot->cut[arc] >= least)
                continue;
            least = pivot->cut[arc];
            best = arc;
        }
    pivot->work += words;
    return best;
}

/* The lower end of a tree arc, seen from the root. */
static uint32_t child_end(const Solver *solver, uint32_t arc) {
    const SimplexArc *a = &solver->arcs[arc];
    return solver->nodes[a->tail].up_arc == arc ? a->tail : a->head;
}

/* Lists the smaller side of the cut above `child`. */
static void gather_side(Pivot *pivot, uint32_t child) {
    const Solver *solver = pivot->solver;
    const TreeNode *nodes = solver->nodes;
    uint32_t filled = 0, stamp = ++pivot->stamp, *side = pivot->side;
    pivot->is_below = 2 * (uint64_t)nodes[child].size <= solver->count;
    pivot->holds_tail = (solver->arcs[nodes[child].up_arc].tail == child) == pivot->is_below;
    uint32_t skipped = pivot->is_below ? SIMPLEX_NONE : child;
    side[filled++] = pivot->is_below ? child : solver->root;
    for (uint32_t i = 0; i < filled; i++) {
        uint32_t v = side[i];
        pivot->seen[v] = stamp;
        for (uint32_t c = nodes[v].child; c != SIMPLEX_NONE; c = nodes[c].next)
            if (c != skipped)
                side[filled++] = c;
    }
    pivot->side_count = filled;
}

/* The arc of least slack from the head's side to the tail's; it exists, as else there were no
 * weight to make the cut value negative. */
static uint32_t entering_arc(Pivot *pivot) {
    const Solver *solver = pivot->solver;
    const int32_t *value = solver->value;
    const uint32_t *seen = pivot->seen;
    const uint32_t *first = pivot->holds_tail ? solver->first_to : solver->first;
    const uint32_t *last = pivot->holds_tail ? solver->first + 1 : solver->first_to;
    int32_t sign = pivot->holds_tail ? 1 : -1, least = INT32_MAX;
    uint32_t best = SIMPLEX_NONE;
    for (uint32_t i = 0; i < pivot->side_count; i++) {
        uint32_t v = pivot->side[i];
        const ArcEnd *end = solver->ends + first[v], *stop = solver->ends + last[v];
        pivot->work += 1 + (uint64_t)(stop - end);
        for (; end < stop; end++) {
            if (seen[end->far] == pivot->stamp)
                continue;
            int32_t slack = sign * (value[v] - value[end->far]) - end->length;
            if (slack > least || (slack == least && end->arc > best))
                continue;
            least = slack;
            best = end->arc;
        }
    }
    return best;
}

/* Moves the smaller side until the arc is met exactly. */
static void move_side(Pivot *pivot, uint32_t arc) {
    const Solver *solver = pivot->solver;
    const SimplexArc *a = &solver->arcs[arc];
    int32_t slack = solver->value[a->head] - solver->value[a->tail] - a->length;
    int32_t by = pivot->holds_tail ? -slack : slack;
    for (uint32_t i = 0; by != 0 && i < pivot->side_count; i++)
        solver->value[pivot->side[i]] += by;
}

/* Adds `cut` to all arcs on the way through the tree from `tail` to `head`: with its sign where
 * they lead that way, else against it. Of two nodes that which has fewer below it is not above the
 * other. */
static void update_path(Pivot *pivot, uint32_t tail, uint32_t head, int64_t cut) {
    const Solver *solver = pivot->solver;
    const TreeNode *nodes = solver->nodes;
    while (tail != head) {
        bool climbs_tail = nodes[tail].size <= nodes[head].size;
        uint32_t v = climbs_tail ? tail : head, arc = nodes[v].up_arc;
        bool is_up = solver->arcs[arc].tail == v;
        set_cut(pivot, arc, pivot->cut[arc] + (is_up == climbs_tail ? cut : -cut));
        *(climbs_tail ? &tail : &head) = nodes[v].up;
    }
}

static void unhang(TreeNode *nodes, uint32_t v) {
    const TreeNode *node = &nodes[v];
    if (node->previous != SIMPLEX_NONE)
        nodes[node->previous].next = node->next;
    else
        nodes[node->up].child = node->next;
    if (node->next != SIMPLEX_NONE)
        nodes[node->next].previous = node->previous;
}

static void resize_above(TreeNode *nodes, uint32_t v, uint32_t by) {
    for (; v != SIMPLEX_NONE; v = nodes[v].up)
        nodes[v].size += by;
}

/* Turns a tree cut off below `top` over, so that `v` is its root: all on the way up change places
 * with their parents. */
static void turn_over(TreeNode *nodes, uint32_t v, uint32_t top) {
    uint32_t whole = nodes[top].size, below = 0; /* below: the size of the subtree left behind */
    uint32_t up = v == top ? SIMPLEX_NONE : nodes[v].up, arc = nodes[v].up_arc;
    if (up != SIMPLEX_NONE)
        unhang(nodes, v);
    below = nodes[v].size;
    nodes[v].size = whole;
    while (up != SIMPLEX_NONE) {
        uint32_t next = up == top ? SIMPLEX_NONE : nodes[up].up, next_arc = nodes[up].up_arc;
        uint32_t size = nodes[up].size;
        if (next != SIMPLEX_NONE)
            unhang(nodes, up);
        simplex_hang(nodes, up, v, arc);
        nodes[up].size = whole - below;
        below = size;
        v = up;
        up = next;
        arc = next_arc;
    }
}

/* Cuts the tree above `child` and joins both pieces by `entering`: the smaller one is hung anew,
 * and where that is the upper one, `child` becomes the root of all. */
static void exchange(Pivot *pivot, uint32_t child, uint32_t entering) {
    Solver *solver = pivot->solver;
    TreeNode *nodes = solver->nodes;
    const SimplexArc *arc = &solver->arcs[entering];
    bool is_tail_moved = pivot->seen[arc->tail] == pivot->stamp;
    uint32_t moved = is_tail_moved ? arc->tail : arc->head;
    uint32_t stays = is_tail_moved ? arc->head : arc->tail;
    unhang(nodes, child);
    resize_above(nodes, nodes[child].up, -nodes[child].size);
    turn_over(nodes, moved, pivot->is_below ? child : solver->root);
    if (!pivot->is_below) {
        solver->root = child;
        nodes[child].up = nodes[child].up_arc = SIMPLEX_NONE;
    }
    simplex_hang(nodes, moved, stays, entering);
    resize_above(nodes, stays, nodes[moved].size);
}

static void exchange_arcs(Pivot *pivot, uint32_t leaving) {
    Solver *solver = pivot->solver;
    uint32_t child = child_end(solver, leaving);
    gather_side(pivot, child);
    uint32_t entering = entering_arc(pivot);
    assert(entering != SIMPLEX_NONE);
    int64_t cut = pivot->cut[leaving];
    move_side(pivot, entering);
    update_path(pivot, solver->arcs[entering].tail, solver->arcs[entering].head, cut);
    exchange(pivot, child, entering);
    solver->slot[entering] = solver->slot[leaving];
    solver->tree[solver->slot[entering]] = entering;
    set_cut(pivot, entering, -cut);
}

void simplex_improve(Solver *solver, Arena *arena) {
    Pivot pivot = {.solver = solver};
    pivot.cut = ARENA_ARRAY(arena, int64_t, solver->arc_count);
    pivot.negative = ARENA_ARRAY(arena, uint64_t, solver->tree_count / 64 + 1);
    pivot.seen = ARENA_ARRAY(arena, uint32_t, solver->count);
    pivot.side = ARENA_ARRAY(arena, uint32_t, solver->count);
    init_cuts(&pivot, arena);
    while (pivot.work < WORK_MAX) {
        uint32_t leaving = leaving_arc(&pivot);
        if (leaving == SIMPLEX_NONE)
            break;
        exchange_arcs(&pivot, leaving);
    }
}
