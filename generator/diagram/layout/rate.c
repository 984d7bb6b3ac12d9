/* Rates a drawing by what user studies find to matter, each part from 0 to its weight:
 * crossings first (Purchase, "Which Aesthetic Has the Greatest Effect on Human Understanding?",
 * 1997), then whether the text can be read at the width of a page, whether the whole fits on a
 * screen, edges through groups that are not theirs, edges against the flow, bends, length, detours,
 * blank space, and a shape near that of a page.
 *
 * All in integers, so that every machine chooses the same drawing. */
#include "base/ban.h"

#include "diagram/layout/rate.h"

#include <stdlib.h>

/* Weights in thousandths of a point. */
#define WEIGHT_CROSSINGS 20000
#define WEIGHT_WIDTH     12000
#define WEIGHT_FIT       10000
#define WEIGHT_GROUPS    8000
#define WEIGHT_FLOW      8000
#define WEIGHT_BENDS     7000
#define WEIGHT_LENGTH    6000
#define WEIGHT_DETOUR    4000
#define WEIGHT_DENSITY   4000
#define WEIGHT_ASPECT    2000

/* Text may shrink to this part before it is hard to read, in thousandths. */
#define READABLE 750

/* A horizontal or vertical piece of an edge: at `at`, from low to high. */
typedef struct Piece {
    Coord at, low, high;
    uint32_t edge;
} Piece;

typedef struct Pieces {
    const Graph *graph;
    Arena *arena;
    Piece *across, *upright;
    size_t across_count, upright_count;
    Point *crossings;
    size_t crossing_count, crossing_capacity;
} Pieces;

/* Sums over all edges. */
typedef struct Sums {
    int64_t edges, bends, length, direct, crossings, foreign;
} Sums;

/* weight / (1 + value / half), for value and half in any one unit. */
static int64_t part(int64_t weight, int64_t value, int64_t half) {
    return half + value > 0 ? weight * half / (half + value) : weight;
}

static const Box *box_of(const Plan *plan, EdgeEnd end) {
    return end.is_group ? &plan->groups[end.index].box : &plan->nodes[end.index].box;
}

static GroupId around(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].parent : graph->nodes[end.index].parent;
}

/* Does the group lie around the end, or is it the end itself? */
static bool is_own(const Graph *graph, GroupId group, EdgeEnd end) {
    if (end.is_group && (end.index == group || graph_group_contains(graph, end.index, group)))
        return true;
    GroupId parent = around(graph, end);
    return parent != GRAPH_NONE && graph_group_contains(graph, group, parent);
}

static bool is_inward(const Graph *graph, const Edge *edge) {
    return (edge->from.is_group && is_own(graph, edge->from.index, edge->to)) ||
           (edge->to.is_group && is_own(graph, edge->to.index, edge->from));
}

static bool is_loop(const Edge *edge) {
    return edge->from.is_group == edge->to.is_group && edge->from.index == edge->to.index;
}

static Coord gap_of(Coord a, Coord a_size, Coord b, Coord b_size) {
    Coord gap = a > b ? a - b - b_size : b - a - a_size;
    return gap > 0 ? gap : 0;
}

/* The distance of two boxes, by the usual estimate of a diagonal, but at least one letter. */
static int64_t direct_length(const Plan *plan, Box a, Box b) {
    int64_t x = gap_of(a.x, a.width, b.x, b.width), y = gap_of(a.y, a.height, b.y, b.height);
    int64_t length = x > y ? x + y * 3 / 8 : y + x * 3 / 8, least = COORD_OF_PX(plan->font_size_px);
    return length > least ? length : least;
}

static int64_t line_length(const EdgePlan *edge) {
    int64_t length = 0;
    for (size_t i = 1; i < edge->point_count; i++)
        length += llabs((long long)edge->points[i].x - edge->points[i - 1].x) +
                  llabs((long long)edge->points[i].y - edge->points[i - 1].y);
    return length;
}

static void add_pieces(Pieces *pieces, const EdgePlan *edge, uint32_t index) {
    for (size_t i = 1; i < edge->point_count; i++) {
        Point a = edge->points[i - 1], b = edge->points[i];
        if (a.y == b.y && a.x != b.x)
            pieces->across[pieces->across_count++] =
                (Piece){a.y, a.x < b.x ? a.x : b.x, a.x < b.x ? b.x : a.x, index};
        else if (a.x == b.x && a.y != b.y)
            pieces->upright[pieces->upright_count++] =
                (Piece){a.x, a.y < b.y ? a.y : b.y, a.y < b.y ? b.y : a.y, index};
    }
}

static int compare_pieces(const void *left, const void *right) {
    const Piece *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->edge < b->edge ? -1 : a->edge > b->edge ? 1 : 0;
}

static int compare_points(const void *left, const void *right) {
    const Point *a = left, *b = right;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->y < b->y ? -1 : a->y > b->y ? 1 : 0;
}

static bool same_end(EdgeEnd a, EdgeEnd b) {
    return a.is_group == b.is_group && a.index == b.index;
}

/* Edges that leave or reach one node together part from a trunk: that is no crossing. */
static void note_crossing(Pieces *pieces, const Piece *across, const Piece *upright) {
    const Edge *a = &pieces->graph->edges[across->edge], *b = &pieces->graph->edges[upright->edge];
    if (across->edge == upright->edge || same_end(a->from, b->from) || same_end(a->to, b->to) ||
        upright->low >= across->at || upright->high <= across->at)
        return;
    ARENA_RESERVE(pieces->arena, pieces->crossings, pieces->crossing_count,
                  pieces->crossing_capacity);
    pieces->crossings[pieces->crossing_count++] = (Point){upright->at, across->at};
}

/* Places where edges cross: what crosses a trunk does so once, however many edges run in it. */
static int64_t count_crossings(Pieces *pieces) {
    if (pieces->upright_count == 0 || pieces->across_count == 0)
        return 0;
    qsort(pieces->upright, pieces->upright_count, sizeof *pieces->upright, compare_pieces);
    for (size_t i = 0; i < pieces->across_count; i++) {
        const Piece *across = &pieces->across[i];
        size_t low = 0, high = pieces->upright_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (pieces->upright[middle].at <= across->low)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < pieces->upright_count && pieces->upright[low].at < across->high; low++)
            note_crossing(pieces, across, &pieces->upright[low]);
    }
    if (pieces->crossing_count == 0)
        return 0;
    int64_t count = 0;
    qsort(pieces->crossings, pieces->crossing_count, sizeof *pieces->crossings, compare_points);
    for (size_t i = 0; i < pieces->crossing_count; i++)
        count += i == 0 || compare_points(&pieces->crossings[i - 1], &pieces->crossings[i]) != 0;
    return count;
}

static bool passes_box(const EdgePlan *edge, Box box) {
    for (size_t i = 1; i < edge->point_count; i++) {
        Point a = edge->points[i - 1], b = edge->points[i];
        Coord left = a.x < b.x ? a.x : b.x, right = a.x < b.x ? b.x : a.x;
        Coord top = a.y < b.y ? a.y : b.y, bottom = a.y < b.y ? b.y : a.y;
        if (left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y)
            return true;
    }
    return false;
}

/* Groups that the edge runs through although neither end has to do with them. */
static int64_t count_foreign(const Plan *plan, size_t index) {
    int64_t count = 0;
    for (uint32_t g = 0; g < plan->graph->group_count; g++) {
        const Edge *edge = &plan->graph->edges[index];
        if (is_own(plan->graph, g, edge->from) || is_own(plan->graph, g, edge->to))
            continue;
        count += passes_box(&plan->edges[index], plan->groups[g].box);
    }
    return count;
}

static Sums sum_edges(const Plan *plan, Arena *arena) {
    const Graph *graph = plan->graph;
    Sums sums = {0};
    size_t most = 0;
    for (size_t i = 0; i < graph->edge_count; i++)
        most += plan->edges[i].point_count;
    Pieces pieces = {.graph = graph,
                     .arena = arena,
                     .across = ARENA_ARRAY(arena, Piece, most),
                     .upright = ARENA_ARRAY(arena, Piece, most)};
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        const EdgePlan *at = &plan->edges[i];
        if (is_loop(edge) || edge->line == EDGE_INVISIBLE)
            continue;
        sums.edges++;
        sums.bends += at->point_count > 2 ? (int64_t)at->point_count - 2 : 0;
        add_pieces(&pieces, at, (uint32_t)i);
        sums.foreign += count_foreign(plan, i);
        if (is_inward(graph, edge))
            continue;
        sums.length += line_length(at);
        sums.direct += direct_length(plan, *box_of(plan, edge->from), *box_of(plan, edge->to));
    }
    sums.crossings = count_crossings(&pieces);
    return sums;
}

/* Does the edge lead against the direction of the area that holds it? */
static bool is_against(const Plan *plan, size_t index) {
    const Edge *edge = &plan->graph->edges[index];
    Box from = *box_of(plan, edge->from), to = *box_of(plan, edge->to);
    int64_t x = 2 * ((int64_t)to.x - from.x) + to.width - from.width;
    int64_t y = 2 * ((int64_t)to.y - from.y) + to.height - from.height, off = 0;
    switch (plan_direction(plan, plan->edges[index].area)) {
    case GRAPH_TB:
    case GRAPH_INHERIT: off = y; break;
    case GRAPH_BT: off = -y; break;
    case GRAPH_LR: off = x; break;
    case GRAPH_RL: off = -x; break;
    }
    return off < -COORD_OF_PX(plan->font_size_px);
}

uint32_t rate_against(const Plan *plan) {
    uint32_t count = 0;
    for (size_t i = 0; i < plan->graph->edge_count; i++) {
        const Edge *edge = &plan->graph->edges[i];
        bool is_forward = edge->start == HEAD_NONE && edge->end != HEAD_NONE;
        count +=
            is_forward && !is_loop(edge) && !is_inward(plan->graph, edge) && is_against(plan, i);
    }
    return count;
}

/* The share of the drawing that nodes and texts cover, in thousandths. */
static int64_t density_of(const Plan *plan) {
    const Graph *graph = plan->graph;
    int64_t used = 0, all = (int64_t)plan->size.x * plan->size.y / 1000 + 1;
    for (size_t i = 0; i < graph->node_count; i++)
        used += (int64_t)plan->nodes[i].box.width * plan->nodes[i].box.height;
    for (size_t i = 0; i < graph->edge_count; i++)
        used += (int64_t)plan->edges[i].label.width * plan->edges[i].label.height;
    for (size_t i = 0; i < graph->group_count; i++)
        used += (int64_t)plan->groups[i].title.width * plan->groups[i].title.height;
    return used / all;
}

static int64_t rate_size(const Plan *plan) {
    int64_t wide = (int64_t)plan->target_width * 1000 / (plan->size.x + 1);
    int64_t high = (int64_t)plan->target_width * 750 / (plan->size.y + 1);
    int64_t density = density_of(plan), worst = wide < high ? wide : high;
    int64_t off = wide > high ? wide * 1000 / (high + 1) : high * 1000 / (wide + 1);
    wide = wide > READABLE ? READABLE : wide;
    worst = worst > READABLE ? READABLE : worst;
    return WEIGHT_WIDTH * wide / READABLE + WEIGHT_FIT * worst / READABLE +
           WEIGHT_DENSITY * density / (density + 150) + part(WEIGHT_ASPECT, off - 1000, 1000);
}

int64_t rate_crossings(const Plan *plan) {
    Arena *arena = arena_new();
    int64_t crossings = sum_edges(plan, arena).crossings;
    arena_free(arena);
    return crossings;
}

int64_t rate_plan(const Plan *plan, uint32_t against_least) {
    Arena *arena = arena_new();
    Sums sums = sum_edges(plan, arena);
    arena_free(arena);
    int64_t edges = sums.edges + 1, against = rate_against(plan);
    against = against > against_least ? against - against_least : 0;
    return rate_size(plan) + part(WEIGHT_CROSSINGS, sums.crossings * 10, edges * 3) +
           part(WEIGHT_GROUPS, sums.foreign * 10, edges) +
           part(WEIGHT_FLOW, against * 25, edges * 2) +
           part(WEIGHT_BENDS, sums.bends * 2, edges * 5) +
           part(WEIGHT_LENGTH, sums.length, edges * 15 * COORD_OF_PX(plan->font_size_px)) +
           part(WEIGHT_DETOUR, (sums.length - sums.direct) * 4, sums.direct * 3 + 1);
}
