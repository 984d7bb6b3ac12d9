/* Lines through the border of an area, found on its finished drawing (yard.c): an edge comes
 * straight to a node at the border, and finds its way to one behind others. */
#include "base/ban.h"

#include "diagram/layout/gates.h"

#include "diagram/layout/yard.h"

#define STUB       COORD_OF_PX(9)
#define STEPS      3               /* places to each side of a node's middle */
#define EDGE_ROOM  COORD_OF_PX(10) /* of a side, at both its ends */
#define COST_ASIDE COORD_OF_PX(6)

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
    yard->pieces[yard->piece_count++] = (YardPiece){a, b};
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

/* ---- starts and ways --------------------------------------------------------------------------
 */

/* A place on this side of the box, so far from its middle. */
static YardStart start_on(Box box, Side side, Coord off) {
    bool across = side == SIDE_TOP || side == SIDE_BOTTOM;
    bool is_first = side == SIDE_TOP || side == SIDE_LEFT;
    Coord stub = is_first ? -STUB : STUB;
    Point at = {is_first ? box.x : box.x + box.width, box.y + box.height / 2 + off};
    if (across)
        at = (Point){box.x + box.width / 2 + off, is_first ? box.y : box.y + box.height};
    Point out = {at.x + (across ? 0 : stub), at.y + (across ? stub : 0)};
    return (YardStart){.at = at, .out = out, .side = side};
}

/* Where lines may leave the end. An area within this one has been left already, at one place for
 * each side. */
static size_t find_starts(const Yard *yard, EdgeEnd end, const Gate *inner, YardStart *starts) {
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
            Coord far = (k < 0 ? -k : k) * YARD_PITCH;
            if (far > 0 && far > room)
                continue;
            starts[count] = start_on(box, (Side)s, k * YARD_PITCH);
            if (yard_is_taken(yard, &starts[count]))
                starts[count].cost += YARD_COST_ALONG;
            starts[count++].cost += (int64_t)(far / YARD_PITCH) * COST_ASIDE;
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
static void keep_way(const Yard *yard, Gate *gate, Side side, uint32_t goal,
                     const YardStart *starts) {
    size_t total = 3, count = 0;
    uint32_t limit = GRAPH_NONE - GATE_SIDES * (2 * STEPS + 1) - 2;
    uint32_t state = goal;
    for (; state < limit; state = yard->previous[state])
        total++;
    Point *points = ARENA_ARRAY(yard->plan->arena, Point, total);
    for (state = goal; state < limit; state = yard->previous[state])
        add_point(points, &count, yard_point(yard, state));
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
    YardStart starts[GATE_SIDES * (2 * STEPS + 1)];
    size_t count = find_starts(yard, end, gate->inner, starts);
    yard_prepare(yard, starts, count);
    for (int side = 0; side < GATE_SIDES; side++) {
        uint32_t goal = yard_search(yard, starts, count, (Side)side);
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
