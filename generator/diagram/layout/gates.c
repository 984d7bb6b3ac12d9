/* Lines through the border of an area, found on its finished drawing: the cheapest way over a grid
 * of lines beside everything that stands there, around boxes and texts (Wybrow, Marriott, Stuckey,
 * "Orthogonal Connector Routing", 2009, with Dijkstra's search). Bends, crossings and above all
 * pieces along another line cost. So an edge comes straight to a node at the border, and finds its
 * way to one behind others. */
#include "base/ban.h"

#include "diagram/layout/gates.h"

#define CLEAR      COORD_OF_PX(5) /* lines keep off boxes by more than this, */
#define BESIDE     COORD_OF_PX(8) /* or run at this distance */
#define STUB       COORD_OF_PX(9)
#define PITCH      COORD_OF_PX(10)
#define STEPS      3               /* places to each side of a node's middle */
#define EDGE_ROOM  COORD_OF_PX(10) /* of a side, at both its ends */
#define AXIS_MAX   160
#define COST_BEND  COORD_OF_PX(70)
#define COST_CROSS COORD_OF_PX(40)
#define COST_ALONG COORD_OF_PX(900)
#define COST_ASIDE COORD_OF_PX(6)
#define COST_SIDE  COORD_OF_PX(150)
#define COST_NEVER INT64_MAX
#define HEADINGS   2 /* along x, along y */

typedef struct Piece {
    Point a, b;
} Piece;

/* All that stands in an area, from its top left corner. */
typedef struct Yard {
    Plan *plan;
    Arena *arena;
    uint32_t area;
    Box box;
    Box *boxes;
    size_t box_count, box_capacity;
    Piece *pieces;
    size_t piece_count, piece_capacity;
    Coord x[AXIS_MAX], y[AXIS_MAX];
    uint32_t x_count, y_count;
    int64_t
        *tolls;    /* of the piece that leads to a state from the left or from above; -1: unknown */
    int64_t *cost; /* of states: the way from the end */
    uint32_t *previous;
    uint32_t *heap;
    uint32_t *heap_at; /* state -> place in the heap + 1; 0: not in it */
    uint32_t heap_count;
} Yard;

/* A place on the outline of the end where a line may start. */
typedef struct Start {
    Point at, out; /* on the outline's box, and a stub away from it */
    Side side;
    int64_t cost;
} Start;

static uint32_t area_of(const Plan *plan, EdgeEnd end) {
    return end.is_group ? plan->groups[end.index].area : plan->nodes[end.index].area;
}

EdgeEnd gates_end(const Plan *plan, size_t edge, bool is_to, uint32_t area) {
    EdgeEnd end = is_to ? plan->graph->edges[edge].to : plan->graph->edges[edge].from;
    while (area_of(plan, end) != area && area_of(plan, end) != GRAPH_NONE)
        end = (EdgeEnd){true, area_of(plan, end)};
    return end;
}

uint32_t gates_common_area(const Plan *plan, size_t edge) {
    uint32_t a = area_of(plan, plan->graph->edges[edge].from);
    uint32_t b = area_of(plan, plan->graph->edges[edge].to);
    while (a != b) {
        int depth_a = a == GRAPH_NONE ? -1 : plan->groups[a].depth;
        int depth_b = b == GRAPH_NONE ? -1 : plan->groups[b].depth;
        if (depth_a > depth_b)
            a = plan->groups[a].area;
        else
            b = plan->groups[b].area;
    }
    return a;
}

/* ---- what stands in the yard ------------------------------------------------------------------
 */

static void add_box(Yard *yard, Box box) {
    ARENA_RESERVE(yard->arena, yard->boxes, yard->box_count, yard->box_capacity);
    yard->boxes[yard->box_count++] = box;
}

static void add_piece(Yard *yard, Point a, Point b) {
    ARENA_RESERVE(yard->arena, yard->pieces, yard->piece_count, yard->piece_capacity);
    yard->pieces[yard->piece_count++] = (Piece){a, b};
}

static Box shifted(Box box, Point by) {
    return (Box){box.x + by.x, box.y + by.y, box.width, box.height};
}

static Point plus(Point a, Point b) {
    return (Point){a.x + b.x, a.y + b.y};
}

static bool is_around(const Plan *plan, GroupId group, EdgeEnd end) {
    GroupId in =
        end.is_group ? plan->graph->groups[end.index].parent : plan->graph->nodes[end.index].parent;
    return in != GRAPH_NONE && graph_group_contains(plan->graph, group, in);
}

/* Everything but lines, which stay the same for all ends. Groups around the end are open to it. */
static void fill_boxes(Yard *yard, EdgeEnd end) {
    const Plan *plan = yard->plan;
    const GroupPlan *area = &plan->groups[yard->area];
    Point by = plan_content(area);
    yard->box_count = 0;
    for (size_t i = 0; i < plan->graph->node_count; i++)
        if (plan->nodes[i].area == yard->area)
            add_box(yard, shifted(plan->nodes[i].box, by));
    for (uint32_t g = 0; g < plan->graph->group_count; g++) {
        const GroupPlan *group = &plan->groups[g];
        if (group->area != yard->area)
            continue;
        bool is_open = !group->is_area && is_around(plan, g, end);
        add_box(yard, shifted(is_open ? group->title : group->box, by));
    }
    for (size_t e = 0; e < plan->graph->edge_count; e++)
        if (plan->edges[e].area == yard->area && plan->edges[e].label.width > 0)
            add_box(yard, shifted(plan->edges[e].label, by));
    add_box(yard, (Box){PLAN_PAD, PLAN_TITLE_GAP, area->title.width, area->title.height});
}

static void fill_pieces(Yard *yard) {
    const Plan *plan = yard->plan;
    Point by = plan_content(&plan->groups[yard->area]);
    for (size_t e = 0; e < plan->graph->edge_count; e++) {
        const EdgePlan *edge = &plan->edges[e];
        for (size_t i = 1; i < edge->point_count && edge->area == yard->area; i++)
            add_piece(yard, plus(edge->points[i - 1], by), plus(edge->points[i], by));
    }
}

static int compare_coords(const void *left, const void *right) {
    const Coord *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

static void add_line(Coord *lines, uint32_t *count, Coord at, Coord size) {
    if (at >= BESIDE && at <= size - BESIDE && *count < AXIS_MAX - 2)
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
static void make_lines(Yard *yard, const Start *starts, size_t start_count) {
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
        const Piece *piece = &yard->pieces[i];
        Coord sides[2] = {-PITCH, PITCH};
        for (size_t k = 0; k < 2; k++)
            if (piece->a.x == piece->b.x)
                add_line(yard->x, &yard->x_count, piece->a.x + sides[k], width);
            else
                add_line(yard->y, &yard->y_count, piece->a.y + sides[k], height);
    }
    sort_lines(yard->x, &yard->x_count, width);
    sort_lines(yard->y, &yard->y_count, height);
}

/* ---- the search -------------------------------------------------------------------------------
 */

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
        cost += is_parallel ? COST_ALONG : COST_CROSS;
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

static Point point_of(const Yard *yard, uint32_t state) {
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
    Point a = point_of(yard, state), b = point_of(yard, next);
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

static void start_search(Yard *yard, const Start *starts, size_t start_count, Side side) {
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

/* The state where the cheapest way comes to this side of the area, or GRAPH_NONE. */
static uint32_t search(Yard *yard, const Start *starts, size_t start_count, Side side) {
    start_search(yard, starts, start_count, side);
    while (yard->heap_count > 0) {
        uint32_t state = heap_take(yard);
        Point at = point_of(yard, state);
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

/* ---- starts and ways --------------------------------------------------------------------------
 */

/* A place on this side of the box, so far from its middle. */
static Start start_on(Box box, Side side, Coord off) {
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM;
    bool is_first = side == SIDE_TOP || side == SIDE_LEFT;
    Coord stub = is_first ? -STUB : STUB;
    Point at = {is_first ? box.x : box.x + box.width, box.y + box.height / 2 + off};
    if (across)
        at = (Point){box.x + box.width / 2 + off, is_first ? box.y : box.y + box.height};
    Point out = {at.x + (across ? 0 : stub), at.y + (across ? stub : 0)};
    return (Start){.at = at, .out = out, .side = side};
}

/* Is another line where this one would leave? */
static bool is_taken(const Yard *yard, const Start *start) {
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

/* Where lines may leave the end. An area within this one has been left already, at one place for
 * each side. */
static size_t find_starts(const Yard *yard, EdgeEnd end, const Gate *inner, Start *starts) {
    const Plan *plan = yard->plan;
    Point by = plan_content(&plan->groups[yard->area]);
    Box box = shifted(end.is_group ? plan->groups[end.index].box : plan->nodes[end.index].box, by);
    size_t count = 0;
    for (int s = 0; s < GATE_SIDES; s++) {
        bool across = s == SIDE_TOP || s == SIDE_BOTTOM;
        Coord size = across ? box.width : box.height, room = size / 2 - EDGE_ROOM;
        if (inner && inner->counts[s] > 0) {
            Point gate = inner->points[s][0];
            starts[count++] = start_on(box, (Side)s, (across ? gate.x : gate.y) - size / 2);
        }
        for (Coord k = -STEPS; k <= STEPS && !inner; k++) {
            Coord far = (k < 0 ? -k : k) * PITCH;
            if (far > 0 && far > room)
                continue;
            starts[count] = start_on(box, (Side)s, k * PITCH);
            if (is_taken(yard, &starts[count]))
                starts[count].cost += COST_ALONG;
            starts[count++].cost += (int64_t)(far / PITCH) * COST_ASIDE;
        }
    }
    return count;
}

static void add_point(Point *points, size_t *count, Point p) {
    if (*count > 0 && points[*count - 1].x == p.x && points[*count - 1].y == p.y)
        return;
    if (*count > 1 && ((points[*count - 2].x == p.x && points[*count - 1].x == p.x) ||
                       (points[*count - 2].y == p.y && points[*count - 1].y == p.y)))
        (*count)--;
    points[(*count)++] = p;
}

/* The way from a state at the border back to where it started. */
static void keep_way(const Yard *yard, Gate *gate, Side side, uint32_t goal, const Start *starts) {
    size_t total = 3, count = 0;
    uint32_t limit = GRAPH_NONE - GATE_SIDES * (2 * STEPS + 1) - 2;
    uint32_t state = goal;
    for (; state < limit; state = yard->previous[state])
        total++;
    Point *points = ARENA_ARRAY(yard->plan->arena, Point, total);
    for (state = goal; state < limit; state = yard->previous[state])
        add_point(points, &count, point_of(yard, state));
    add_point(points, &count, starts[GRAPH_NONE - state - 1].at);
    gate->points[side] = points;
    gate->counts[side] = count;
}

/* The side where the edge probably comes in or leaves, as the surroundings flow. */
static Side usual_side(const Plan *plan, uint32_t area, bool is_to) {
    static const Side entries[] = {[GRAPH_TB] = SIDE_TOP,
                                   [GRAPH_BT] = SIDE_BOTTOM,
                                   [GRAPH_LR] = SIDE_LEFT,
                                   [GRAPH_RL] = SIDE_RIGHT};
    static const Side exits[] = {[GRAPH_TB] = SIDE_BOTTOM,
                                 [GRAPH_BT] = SIDE_TOP,
                                 [GRAPH_LR] = SIDE_RIGHT,
                                 [GRAPH_RL] = SIDE_LEFT};
    GraphDirection direction = plan_direction(plan, plan->groups[area].area);
    if (direction == GRAPH_INHERIT)
        direction = GRAPH_TB;
    return is_to ? entries[direction] : exits[direction];
}

/* All four sides, as edges are drawn backwards too; what others must keep off is the usual one. */
static void open_gate(Yard *yard, Arena *arena, size_t edge, bool is_to) {
    Plan *plan = yard->plan;
    EdgeEnd end = gates_end(plan, edge, is_to, yard->area);
    Gate *gate = ARENA_NEW(plan->arena, Gate);
    *gate = (Gate){.area = yard->area, .inner = plan->edges[edge].gates[is_to]};
    Side usual = usual_side(plan, yard->area, is_to);
    fill_boxes(yard, end);
    Start starts[GATE_SIDES * (2 * STEPS + 1)];
    size_t count = find_starts(yard, end, gate->inner, starts);
    make_lines(yard, starts, count);
    make_states(yard);
    for (int side = 0; side < GATE_SIDES; side++) {
        uint32_t goal = search(yard, starts, count, (Side)side);
        if (goal != GRAPH_NONE)
            keep_way(yard, gate, (Side)side, goal, starts);
    }
    yard->arena = arena; /* lines stay for the other ends */
    for (size_t i = 1; i < gate->counts[usual]; i++)
        add_piece(yard, gate->points[usual][i - 1], gate->points[usual][i]);
    plan->edges[edge].gates[is_to] = gate;
}

static bool is_within(const Plan *plan, EdgeEnd end, uint32_t area) {
    for (uint32_t a = area_of(plan, end); a != GRAPH_NONE; a = plan->groups[a].area)
        if (a == area)
            return true;
    return false;
}

void gates_find(Plan *plan, uint32_t area) {
    if (!plan->groups[area].has_gates)
        return;
    Arena *arena = arena_new(), *tmp = arena_new();
    Yard yard = {.plan = plan, .arena = arena, .area = area, .box = plan->groups[area].box};
    fill_pieces(&yard);
    for (size_t e = 0; e < plan->graph->edge_count; e++) {
        const Edge *edge = &plan->graph->edges[e];
        bool from = is_within(plan, edge->from, area), to = is_within(plan, edge->to, area);
        if (from == to || plan->edges[e].is_tether)
            continue;
        yard.arena = tmp;
        yard.boxes = NULL;
        yard.box_capacity = 0;
        open_gate(&yard, arena, e, to);
        arena_reset(tmp);
    }
    arena_free(tmp);
    arena_free(arena);
}

Coord gates_at(const Plan *plan, size_t edge, bool is_to, Side side) {
    const Gate *gate = plan->edges[edge].gates[is_to];
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM;
    Box box = plan->groups[gate->area].box;
    if (gate->counts[side] == 0)
        return (across ? box.width : box.height) / 2;
    return across ? gate->points[side][0].x : gate->points[side][0].y;
}

/* ---- joining ----------------------------------------------------------------------------------
 */

/* The side of the box that the point is nearest to. */
static Side side_at(Box box, Point p) {
    Coord off[GATE_SIDES] = {[SIDE_TOP] = p.y - box.y,
                             [SIDE_RIGHT] = box.x + box.width - p.x,
                             [SIDE_BOTTOM] = box.y + box.height - p.y,
                             [SIDE_LEFT] = p.x - box.x};
    int best = 0;
    for (int s = 0; s < GATE_SIDES; s++) {
        off[s] = off[s] < 0 ? -off[s] : off[s];
        if (off[s] < off[best])
            best = s;
    }
    return (Side)best;
}

static void reverse(Point *points, size_t count) {
    for (size_t i = 0, j = count; i + 1 < j; i++, j--) {
        Point p = points[i];
        points[i] = points[j - 1];
        points[j - 1] = p;
    }
}

static bool same_end(EdgeEnd a, EdgeEnd b) {
    return a.is_group == b.is_group && a.index == b.index;
}

/* The gate at this point of those to the same end: edges may have been given each other's. */
static const Gate *gate_at(const Plan *plan, size_t index, bool is_to, Point at) {
    const Gate *own = plan->edges[index].gates[is_to];
    Box box = plan->groups[own->area].box;
    Side side = side_at(box, at);
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM;
    EdgeEnd end = is_to ? plan->graph->edges[index].to : plan->graph->edges[index].from;
    for (size_t i = 0; i < 2 * plan->graph->edge_count; i++) {
        const Edge *edge = &plan->graph->edges[i / 2];
        const Gate *gate = plan->edges[i / 2].gates[i % 2];
        if (!gate || gate->area != own->area || gate->counts[side] == 0 ||
            !same_end(i % 2 ? edge->to : edge->from, end))
            continue;
        Point first = plus(gate->points[side][0], (Point){box.x, box.y});
        if (across ? first.x == at.x : first.y == at.y)
            return gate;
    }
    return own;
}

static void join_end(Plan *plan, size_t index, bool is_to) {
    EdgePlan *edge = &plan->edges[index];
    if (edge->point_count < 2 || !edge->gates[is_to])
        return;
    size_t most_points = edge->point_count, count = 0;
    if (!is_to)
        reverse(edge->points, edge->point_count);
    const Gate *first = gate_at(plan, index, is_to, edge->points[edge->point_count - 1]);
    for (const Gate *gate = first; gate; gate = gate->inner)
        for (size_t s = 0; s < GATE_SIDES; s++)
            most_points += gate->counts[s] + 1;
    Point *points = ARENA_ARRAY(plan->arena, Point, most_points);
    for (size_t i = 0; i < edge->point_count; i++)
        add_point(points, &count, edge->points[i]);
    for (const Gate *gate = first; gate; gate = gate->inner) {
        Box box = plan->groups[gate->area].box;
        Side side = side_at(box, points[count - 1]);
        for (size_t i = 0; i < gate->counts[side]; i++)
            add_point(points, &count, plus(gate->points[side][i], (Point){box.x, box.y}));
    }
    EdgeEnd end = is_to ? plan->graph->edges[index].to : plan->graph->edges[index].from;
    NodeShape shape = end.is_group ? SHAPE_RECT : plan->graph->nodes[end.index].shape;
    Box box = end.is_group ? plan->groups[end.index].box : plan->nodes[end.index].box;
    emit_reach_outline(shape, box, &points[count - 1], points[count - 2]);
    if (!is_to)
        reverse(points, count);
    edge->points = points;
    edge->point_count = count;
}

void gates_join(Plan *plan) {
    for (size_t e = 0; e < plan->graph->edge_count; e++) {
        join_end(plan, e, false);
        join_end(plan, e, true);
    }
}
