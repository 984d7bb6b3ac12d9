/* Reads the places of a finished part: polylines from blocks, links and nets, then everything
 * turned to the direction of the drawing. Ends are carried on to the outline of their shape, or cut
 * off at the border of their group. */
#include "base/ban.h"

#include "diagram/layout/fold.h"
#include "diagram/layout/gates.h"
#include "diagram/layout/grid.h"
#include "diagram/layout/loops.h"
#include "diagram/layout/notes.h"
#include "diagram/layout/plan.h"
#include "diagram/scene/shape.h"

typedef struct Turn {
    GraphDirection direction;
    Coord width, height; /* of the part, before turning */
    Point origin;
} Turn;

static Point turn_point(const Turn *turn, Point p) {
    Point to = p;
    switch (turn->direction) {
    case GRAPH_TB:
    case GRAPH_INHERIT: break;
    case GRAPH_BT: to.y = turn->height - p.y; break;
    case GRAPH_LR: to = (Point){p.y, p.x}; break;
    case GRAPH_RL: to = (Point){turn->height - p.y, p.x}; break;
    }
    return (Point){to.x + turn->origin.x, to.y + turn->origin.y};
}

static Box turn_box(const Turn *turn, Box box) {
    Point a = turn_point(turn, (Point){box.x, box.y});
    Point b = turn_point(turn, (Point){box.x + box.width, box.y + box.height});
    return (Box){a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, a.x < b.x ? b.x - a.x : a.x - b.x,
                 a.y < b.y ? b.y - a.y : a.y - b.y};
}

static bool is_turned(GraphDirection direction) {
    return direction == GRAPH_LR || direction == GRAPH_RL;
}

Point emit_size(const Layered *lay, GraphDirection direction) {
    Point size = fold_size(lay);
    return is_turned(direction) ? (Point){size.y, size.x} : size;
}

static Box node_box(const Layered *lay, const LayNode *node) {
    const Block *block = &lay->blocks[node->block];
    return (Box){block->x - node->width / 2, block->y - node->height / 2, node->width,
                 node->height};
}

/* Where the edge leaves or reaches its end, y only: the side of a node, or the border of the group
 * that a port is tied to. */
static Coord end_y(const Layered *lay, uint32_t index, bool is_upper) {
    const LayNode *node = &lay->nodes[index];
    const LayGroup *group = &lay->groups[node->group];
    if (node->kind == LAY_PORT && node->pin == PIN_TOP)
        return group->box.y;
    if (node->kind == LAY_PORT && node->pin == PIN_BOTTOM)
        return group->box.y + group->box.height;
    Box box = node_box(lay, node);
    return is_upper ? box.y + box.height : box.y;
}

static bool inside(const Box *box, Point p) {
    return p.x > box->x && p.x < box->x + box->width && p.y > box->y && p.y < box->y + box->height;
}

/* Cuts what lies inside the box off the start of the line. */
static void cut_start(Line *line, const Box *box) {
    size_t first = 0;
    while (first + 2 < line->count && inside(box, line->points[first + 1]))
        first++;
    Point *a = &line->points[first], b = line->points[first + 1];
    if (inside(box, *a) && !inside(box, b)) {
        if (a->x == b.x)
            a->y = b.y > a->y ? box->y + box->height : box->y;
        else
            a->x = b.x > a->x ? box->x + box->width : box->x;
    }
    memmove(line->points, line->points + first, (line->count - first) * sizeof *line->points);
    line->count -= first;
}

static void reverse_line(Line *line) {
    for (size_t i = 0, j = line->count - 1; i < j; i++, j--) {
        Point p = line->points[i];
        line->points[i] = line->points[j];
        line->points[j] = p;
    }
}

/* The corners of one link, from its upper end down. */
static void trace_link(const Layered *lay, const Link *link, Line *line) {
    Coord upper = lay->blocks[link->upper].x + link->upper_port;
    Coord lower = lay->blocks[link->lower].x + link->lower_port;
    if (link->jog != LAY_NONE) {
        line_add(line, (Point){upper, lay->nets[link->jog].y});
        upper = link->jog_x;
        line_add(line, (Point){upper, lay->nets[link->jog].y});
    }
    if (link->net != LAY_NONE) {
        line_add(line, (Point){upper, lay->nets[link->net].y});
        line_add(line, (Point){lower, lay->nets[link->net].y});
    }
}

/* The same from its lower end up. */
static void trace_link_up(const Layered *lay, const Link *link, Line *line) {
    Coord upper = lay->blocks[link->upper].x + link->upper_port;
    Coord lower = lay->blocks[link->lower].x + link->lower_port;
    Coord middle = link->jog == LAY_NONE ? upper : link->jog_x;
    if (link->net != LAY_NONE) {
        line_add(line, (Point){lower, lay->nets[link->net].y});
        line_add(line, (Point){middle, lay->nets[link->net].y});
    }
    if (link->jog != LAY_NONE) {
        line_add(line, (Point){middle, lay->nets[link->jog].y});
        line_add(line, (Point){upper, lay->nets[link->jog].y});
    }
}

Line emit_trace(const Layered *lay, const LayEdge *edge, Arena *arena) {
    Line line = {.points = ARENA_ARRAY(arena, Point, 6 * (size_t)edge->link_count + 2)};
    const Link *first = &lay->links[edge->first_link];
    const Link *last = first + edge->link_count - 1;
    Coord start = first->is_up ? lay->blocks[first->lower].x + first->lower_port
                               : lay->blocks[first->upper].x + first->upper_port;
    Coord end = last->is_up ? lay->blocks[last->upper].x + last->upper_port
                            : lay->blocks[last->lower].x + last->lower_port;
    line_add(&line, (Point){start, end_y(lay, lay_upper(edge), !first->is_up)});
    for (const Link *link = first; link <= last; link++) {
        if (link->is_up)
            trace_link_up(lay, link, &line);
        else
            trace_link(lay, link, &line);
    }
    line_add(&line, (Point){end, end_y(lay, lay_lower(edge), last->is_up)});
    const LayNode *from = &lay->nodes[lay_upper(edge)], *to = &lay->nodes[lay_lower(edge)];
    if (from->kind == LAY_PORT && from->pin == PIN_FREE)
        cut_start(&line, &lay->groups[from->group].box);
    reverse_line(&line);
    if (to->kind == LAY_PORT && to->pin == PIN_FREE)
        cut_start(&line, &lay->groups[to->group].box);
    if (!edge->reversed)
        reverse_line(&line);
    return line;
}

void emit_reach_outline(NodeShape shape, Box box, Point *a, Point b) {
    if (a->x == b.x && a->y == b.y)
        return;
    if (a->x == b.x) {
        bool from_above = b.y < a->y;
        Coord inset = shape_inset(shape, box, from_above ? SIDE_TOP : SIDE_BOTTOM, a->x);
        a->y = from_above ? box.y + inset : box.y + box.height - inset;
    } else {
        bool from_left = b.x < a->x;
        Coord inset = shape_inset(shape, box, from_left ? SIDE_LEFT : SIDE_RIGHT, a->y);
        a->x = from_left ? box.x + inset : box.x + box.width - inset;
    }
}

/* Copies the line of the edge's trunk, `trunk`, with the way to the member at its end. Trunks that
 * have a grid at both ends do not exist, as members are alike only beside one and the same node. */
static Line grid_line(const Layered *lay, const LayEdge *edge, Line trunk, uint32_t member,
                      Arena *arena) {
    bool is_in = lay->nodes[edge->to].kind == LAY_GRID;
    const LayNode *node = &lay->nodes[is_in ? edge->to : edge->from];
    const Grid *grid = &lay->grids[node->ref];
    Box block = node_box(lay, node);
    Point end = trunk.points[is_in ? trunk.count - 1 : 0], corners[GRID_CORNERS];
    GridEntry entry = {is_in ? GRID_IN : GRID_OUT, end.x - block.x, is_in == edge->reversed};
    grid_route(grid, member, entry, corners);
    Line line = {.points = ARENA_ARRAY(arena, Point, trunk.count + GRID_CORNERS)};
    for (size_t i = 0; !is_in && i < GRID_CORNERS; i++)
        line_add(&line, (Point){block.x + corners[GRID_CORNERS - 1 - i].x,
                                block.y + corners[GRID_CORNERS - 1 - i].y});
    for (size_t i = 0; i < trunk.count; i++)
        line_add(&line, trunk.points[i]);
    for (size_t i = 0; is_in && i < GRID_CORNERS; i++)
        line_add(&line, (Point){block.x + corners[i].x, block.y + corners[i].y});
    return line;
}

static const Box *end_box(const Plan *plan, EdgeEnd end) {
    return end.is_group ? &plan->groups[end.index].box : &plan->nodes[end.index].box;
}

/* Turns the finished line of one edge, with its ends at the outlines. */
static void keep_line(Plan *plan, const Layered *lay, uint32_t index, Line line, const Turn *turn) {
    line = fold_line(lay, line, plan->arena);
    for (size_t i = 0; i < line.count; i++)
        line.points[i] = turn_point(turn, line.points[i]);
    for (size_t side = 0; side < 2 && line.count > 1; side++) {
        size_t at = side ? line.count - 1 : 0, next = side ? line.count - 2 : 1;
        EdgeEnd end = gates_end(plan, index, side == 1, plan->edges[index].area);
        if (end.is_group && !plan->groups[end.index].is_area)
            continue;
        NodeShape shape = end.is_group ? SHAPE_RECT : plan->graph->nodes[end.index].shape;
        emit_reach_outline(shape, *end_box(plan, end), &line.points[at], line.points[next]);
    }
    plan->edges[index].points = line.points;
    plan->edges[index].point_count = line.count;
}

static const Grid *grid_of_edge(const Layered *lay, const LayEdge *edge) {
    const LayNode *from = &lay->nodes[edge->from], *to = &lay->nodes[edge->to];
    return to->kind == LAY_GRID     ? &lay->grids[to->ref]
           : from->kind == LAY_GRID ? &lay->grids[from->ref]
                                    : NULL;
}

static void emit_edge(Plan *plan, const Layered *lay, const LayEdge *edge, const Turn *turn) {
    Line line = emit_trace(lay, edge, plan->arena);
    const Grid *grid = grid_of_edge(lay, edge);
    if (!grid)
        keep_line(plan, lay, edge->ref, line, turn);
    int way = lay->nodes[edge->to].kind == LAY_GRID ? GRID_IN : GRID_OUT;
    for (uint32_t i = 0; grid && i < grid->count; i++)
        keep_line(plan, lay, grid->edges[way][i], grid_line(lay, edge, line, i, plan->arena), turn);
    if (edge->label_block == LAY_NONE)
        return;
    EdgePlan *to = &plan->edges[edge->ref];
    const Block *block = &lay->blocks[edge->label_block];
    Box label = fold_box(lay, (Box){block->x, block->y, 0, 0});
    Point centre = turn_point(turn, (Point){label.x, label.y});
    to->label.x = centre.x - to->label.width / 2;
    to->label.y = centre.y - to->label.height / 2;
}

static void emit_group(Plan *plan, const Layered *lay, const LayGroup *group, const Turn *turn) {
    GroupPlan *to = &plan->groups[group->ref];
    Box title = {group->box.x, group->box.y, 0, 0};
    to->box = turn_box(turn, fold_box(lay, group->box));
    if (group->title != LAY_NONE) {
        const Block *block = &lay->blocks[group->title];
        title = (Box){block->x - block->left, block->y - block->height / 2, group->title_width,
                      group->title_height};
    } else if (group->title_height > 0) {
        title = (Box){group->box.x + PLAN_TITLE_GAP, group->title_at, group->title_height,
                      group->title_width};
    }
    to->title = turn_box(turn, fold_box(lay, title));
}

/* The node itself, without the room for what stands at the ends of its lines. */
static Box without_pad(Box box, Coord pad, bool turned) {
    if (turned)
        return (Box){box.x + pad, box.y, box.width - 2 * pad, box.height};
    return (Box){box.x, box.y + pad, box.width, box.height - 2 * pad};
}

static void emit_grid(Plan *plan, const Layered *lay, const LayNode *node, const Turn *turn) {
    const Grid *grid = &lay->grids[node->ref];
    Box block = node_box(lay, node);
    for (uint32_t i = 0; i < grid->count; i++) {
        Box *box = &plan->nodes[grid->members[i]].box;
        bool turned = is_turned(turn->direction);
        Coord across = turned ? box->height : box->width, along = turned ? box->width : box->height;
        Point at = grid_member(grid, i);
        Box member = {block.x + at.x - across / 2, block.y + at.y - along / 2, across, along};
        *box = turn_box(turn, fold_box(lay, member));
    }
}

void emit_part(Plan *plan, const Layered *lay, GraphDirection direction, Point origin) {
    Point size = fold_size(lay);
    Turn turn = {direction, size.x, size.y, origin};
    for (uint32_t v = 0; v < lay->node_count; v++) {
        const LayNode *node = &lay->nodes[v];
        if (node->kind == LAY_PORT)
            continue;
        if (node->kind == LAY_GRID) {
            emit_grid(plan, lay, node, &turn);
            continue;
        }
        Box box = turn_box(&turn, fold_box(lay, node_box(lay, node)));
        if (node->kind == LAY_NODE)
            plan->nodes[node->ref].box =
                without_pad(box, plan->nodes[node->ref].pad, is_turned(direction));
        else
            plan->groups[node->ref].box = box;
        if (node->kind == LAY_NODE)
            loops_place(plan, node->ref, is_turned(direction));
        notes_place(plan, (EdgeEnd){node->kind == LAY_BOX, node->ref});
    }
    for (uint32_t g = 1; g < lay->group_count; g++)
        emit_group(plan, lay, &lay->groups[g], &turn);
    for (uint32_t e = 0; e < lay->edge_count; e++)
        emit_edge(plan, lay, &lay->edges[e], &turn);
}
