/* The cheapest way over a grid of lines beside everything that stands in the area, around boxes and
 * texts (Wybrow, Marriott, Stuckey, "Orthogonal Connector Routing", 2009, with Dijkstra's search).
 * Bends, crossings and above all pieces along another line cost. A state is a point of the grid and
 * whether the way comes to it along x or along y, as a bend is paid for where it is made. */
#include "base/ban.h"

#include "diagram/layout/yard.h"

#define CLEAR      COORD_OF_PX(5) /* lines keep off boxes by more than this, */
#define BESIDE     COORD_OF_PX(8) /* or run at this distance */
#define COST_BEND  COORD_OF_PX(70)
#define COST_CROSS COORD_OF_PX(40)
#define COST_SIDE  COORD_OF_PX(150) /* a start at another side than the one to be reached */
#define COST_NEVER INT64_MAX
#define HEADINGS   2 /* along x, along y */

static int compare_coords(const void *left, const void *right) {
    const Coord *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

static void add_line(Coord *lines, uint32_t *count, Coord at, Coord size) {
    if (at >= BESIDE && at <= size - BESIDE && *count < YARD_LINES_MAX - 2)
        lines[(*count)++] = at;
}

static void sort_lines(Coord *lines, uint32_t *count, Coord size) {
    uint32_t kept = 0;
    lines[(*count)++] = 0;
    lines[(*count)++] = size;
    qsort(lines, *count, sizeof *lines, compare_coords);
    for (uint32_t i = 0; i < *count; i++)
        if (kept == 0 || lines[kept - 1] != lines[i])
            lines[kept++] = lines[i];
    *count = kept;
}

/* The lines of the grid: those of the starts first, then beside boxes and beside other lines. */
static void make_lines(Yard *yard, const YardStart *starts, size_t start_count) {
    Coord width = yard->box.width, height = yard->box.height;
    yard->x_count = yard->y_count = 0;
    for (size_t i = 0; i < start_count; i++) {
        add_line(yard->x, &yard->x_count, starts[i].out.x, width);
        add_line(yard->y, &yard->y_count, starts[i].out.y, height);
    }
    for (size_t i = 0; i < yard->box_count; i++) {
        Box box = yard->boxes[i];
        add_line(yard->x, &yard->x_count, box.x - BESIDE, width);
        add_line(yard->x, &yard->x_count, box.x + box.width + BESIDE, width);
        add_line(yard->y, &yard->y_count, box.y - BESIDE, height);
        add_line(yard->y, &yard->y_count, box.y + box.height + BESIDE, height);
    }
    for (size_t i = 0; i < yard->piece_count; i++) {
        const YardPiece *piece = &yard->pieces[i];
        Coord sides[2] = {-YARD_PITCH, YARD_PITCH};
        for (size_t k = 0; k < 2; k++)
            if (piece->a.x == piece->b.x)
                add_line(yard->x, &yard->x_count, piece->a.x + sides[k], width);
            else
                add_line(yard->y, &yard->y_count, piece->a.y + sides[k], height);
    }
    sort_lines(yard->x, &yard->x_count, width);
    sort_lines(yard->y, &yard->y_count, height);
}

/* ---- the search ---- */

static Coord least(Coord a, Coord b) {
    return a < b ? a : b;
}

static Coord most(Coord a, Coord b) {
    return a > b ? a : b;
}

/* What a piece between two points costs, its length aside. */
static int64_t piece_cost(const Yard *yard, Point a, Point b) {
    Coord low_x = least(a.x, b.x), high_x = most(a.x, b.x);
    Coord low_y = least(a.y, b.y), high_y = most(a.y, b.y);
    int64_t cost = 0;
    for (size_t i = 0; i < yard->box_count; i++) {
        Box box = yard->boxes[i];
        if (high_x > box.x - CLEAR && low_x < box.x + box.width + CLEAR && high_y > box.y - CLEAR &&
            low_y < box.y + box.height + CLEAR)
            return COST_NEVER;
    }
    for (size_t i = 0; i < yard->piece_count; i++) {
        Point p = yard->pieces[i].a, q = yard->pieces[i].b;
        bool is_parallel = (p.x == q.x) == (a.x == b.x);
        Coord near = is_parallel ? CLEAR + COORD_PER_PX : 0;
        if (high_x <= least(p.x, q.x) - near || low_x >= most(p.x, q.x) + near ||
            high_y <= least(p.y, q.y) - near || low_y >= most(p.y, q.y) + near)
            continue;
        cost += is_parallel ? YARD_COST_ALONG : COST_CROSS;
    }
    return cost;
}

static void heap_up(Yard *yard, uint32_t at) {
    uint32_t state = yard->heap[at];
    for (; at > 0 && yard->cost[yard->heap[(at - 1) / 2]] > yard->cost[state]; at = (at - 1) / 2) {
        yard->heap[at] = yard->heap[(at - 1) / 2];
        yard->heap_at[yard->heap[at]] = at + 1;
    }
    yard->heap[at] = state;
    yard->heap_at[state] = at + 1;
}

static uint32_t heap_take(Yard *yard) {
    uint32_t first = yard->heap[0], last = yard->heap[--yard->heap_count], at = 0;
    yard->heap_at[first] = 0;
    if (yard->heap_count == 0)
        return first;
    for (uint32_t child; (child = 2 * at + 1) < yard->heap_count; at = child) {
        if (child + 1 < yard->heap_count &&
            yard->cost[yard->heap[child + 1]] < yard->cost[yard->heap[child]])
            child++;
        if (yard->cost[yard->heap[child]] >= yard->cost[last])
            break;
        yard->heap[at] = yard->heap[child];
        yard->heap_at[yard->heap[at]] = at + 1;
    }
    yard->heap[at] = last;
    yard->heap_at[last] = at + 1;
    return first;
}

static void reach(Yard *yard, uint32_t state, int64_t cost, uint32_t previous) {
    if (cost >= yard->cost[state])
        return;
    yard->cost[state] = cost;
    yard->previous[state] = previous;
    if (yard->heap_at[state] == 0) {
        yard->heap[yard->heap_count++] = state;
        yard->heap_at[state] = yard->heap_count;
    }
    heap_up(yard, yard->heap_at[state] - 1);
}

static uint32_t state_of(const Yard *yard, uint32_t x, uint32_t y, uint32_t heading) {
    return (y * yard->x_count + x) * HEADINGS + heading;
}

Point yard_point(const Yard *yard, uint32_t state) {
    return (Point){yard->x[state / HEADINGS % yard->x_count],
                   yard->y[state / HEADINGS / yard->x_count]};
}

/* The toll of the piece between a state and the one before it on the same line. */
static int64_t toll_of(Yard *yard, uint32_t later, Point a, Point b) {
    if (yard->tolls[later] < 0)
        yard->tolls[later] = piece_cost(yard, a, b);
    return yard->tolls[later];
}

static void step(Yard *yard, uint32_t state, int by_x, int by_y) {
    int x = (int)(state / HEADINGS % yard->x_count) + by_x;
    int y = (int)(state / HEADINGS / yard->x_count) + by_y;
    if (x < 0 || y < 0 || x >= (int)yard->x_count || y >= (int)yard->y_count)
        return;
    uint32_t heading = by_x ? 0 : 1, next = state_of(yard, (uint32_t)x, (uint32_t)y, heading);
    if (yard->cost[next] <= yard->cost[state])
        return;
    uint32_t here = state - state % HEADINGS + heading;
    Point a = yard_point(yard, state), b = yard_point(yard, next);
    int64_t cost = toll_of(yard, by_x + by_y > 0 ? next : here, a, b);
    if (cost == COST_NEVER)
        return;
    cost += (int64_t)most(a.x, b.x) - least(a.x, b.x) + most(a.y, b.y) - least(a.y, b.y);
    cost += heading == state % HEADINGS ? 0 : COST_BEND;
    reach(yard, next, yard->cost[state] + cost, state);
}

static uint32_t line_index(const Coord *lines, uint32_t count, Coord at) {
    for (uint32_t i = 0; i < count; i++)
        if (lines[i] == at)
            return i;
    return count;
}

static void make_states(Yard *yard) {
    size_t count = (size_t)yard->x_count * yard->y_count * HEADINGS;
    yard->tolls = ARENA_ARRAY(yard->arena, int64_t, count);
    yard->cost = ARENA_ARRAY(yard->arena, int64_t, count);
    yard->previous = ARENA_ARRAY(yard->arena, uint32_t, count);
    yard->heap = ARENA_ARRAY(yard->arena, uint32_t, count);
    yard->heap_at = ARENA_ARRAY(yard->arena, uint32_t, count);
    memset(yard->tolls, 0xff, count * sizeof *yard->tolls);
}

static bool is_at(const Yard *yard, Point p, Side side) {
    switch (side) {
    case SIDE_TOP: return p.y == 0;
    case SIDE_RIGHT: return p.x == yard->box.width;
    case SIDE_BOTTOM: return p.y == yard->box.height;
    case SIDE_LEFT: return p.x == 0;
    }
    return false;
}

static void start_search(Yard *yard, const YardStart *starts, size_t start_count, Side side) {
    size_t count = (size_t)yard->x_count * yard->y_count * HEADINGS;
    memset(yard->heap_at, 0, count * sizeof *yard->heap_at);
    yard->heap_count = 0;
    for (size_t i = 0; i < count; i++)
        yard->cost[i] = COST_NEVER;
    for (uint32_t i = 0; i < start_count; i++) {
        uint32_t x = line_index(yard->x, yard->x_count, starts[i].out.x);
        uint32_t y = line_index(yard->y, yard->y_count, starts[i].out.y);
        if (x == yard->x_count || y == yard->y_count)
            continue;
        uint32_t heading = starts[i].at.y == starts[i].out.y ? 0 : 1;
        reach(yard, state_of(yard, x, y, heading),
              starts[i].cost + (starts[i].side == side ? 0 : COST_SIDE), GRAPH_NONE - i - 1);
    }
}

uint32_t yard_search(Yard *yard, const YardStart *starts, size_t start_count, Side side) {
    start_search(yard, starts, start_count, side);
    while (yard->heap_count > 0) {
        uint32_t state = heap_take(yard);
        Point at = yard_point(yard, state);
        if (is_at(yard, at, side))
            return state;
        if (at.x == 0 || at.y == 0 || at.x == yard->box.width || at.y == yard->box.height)
            continue; /* another side: no further */
        step(yard, state, -1, 0);
        step(yard, state, 1, 0);
        step(yard, state, 0, -1);
        step(yard, state, 0, 1);
    }
    return GRAPH_NONE;
}

bool yard_is_taken(const Yard *yard, const YardStart *start) {
    Point at = start->at, out = start->out;
    for (size_t i = 0; i < yard->piece_count; i++) {
        Point p = yard->pieces[i].a, q = yard->pieces[i].b;
        if ((p.x == q.x) == (at.x == out.x) && most(p.x, q.x) >= least(at.x, out.x) - CLEAR &&
            least(p.x, q.x) <= most(at.x, out.x) + CLEAR &&
            most(p.y, q.y) >= least(at.y, out.y) - CLEAR &&
            least(p.y, q.y) <= most(at.y, out.y) + CLEAR)
            return true;
    }
    return false;
}

void yard_prepare(Yard *yard, const YardStart *starts, size_t start_count) {
    make_lines(yard, starts, start_count);
    make_states(yard);
}
