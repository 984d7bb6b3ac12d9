/* From a graph to a scene: areas from the innermost out, each cut into parts, each part through the
 * phases; then places made absolute and copied to the scene. */
#include "base/ban.h"

#include "diagram/layout/layout.h"

#include <assert.h>

#include "diagram/layout/ends.h"
#include "diagram/layout/fold.h"
#include "diagram/layout/gates.h"
#include "diagram/layout/grid.h"
#include "diagram/layout/plan.h"
#include "diagram/layout/rate.h"
#include "diagram/layout/table.h"
#include "diagram/scene/shape.h"

#define MARGIN     COORD_OF_PX(8) /* around the whole drawing */
#define GATE_ROOM  COORD_OF_PX(8) /* more padding where edges cross the border of an area */
#define RETRY_MAX  400            /* nodes up to which a drawing is tried in several ways, */
#define RETRY_EDGE 2000           /* and edges */
#define GRID_LEAST 3              /* nodes that make a grid where that helps, */
#define GRID_MANY  12             /* or where nothing else is tried */
#define ALIKE_GIFT 100            /* points of a rating that twins drawn alike may cost */

/* At which texts of nodes are broken: the first is the usual one. */
#define TEXT_WIDTHS 3
static const Coord text_widths[TEXT_WIDTHS] = {PLAN_TEXT_WIDTH, COORD_OF_PX(110), COORD_OF_PX(85)};

/* Runs the phases, with the order that is known from another plan, and keeps the order. */
static void place_part(Plan *plan, Layered *lay) {
    OrderList *orders = &plan->orders;
    Known known = plan->known;
    if (known.orders && known.is_ranks_only)
        order_take_ranks(lay, &known.orders->parts[orders->count]);
    else if (known.orders)
        order_take(lay, &known.orders->parts[orders->count]);
    passes_run(lay);
    plan->is_open = plan->is_open || !lay->is_complete;
    ARENA_RESERVE(plan->arena, orders->parts, orders->count, orders->capacity);
    orders->parts[orders->count++] = order_keep(lay, plan->arena);
    plan->is_crowded = plan->is_crowded || lay->is_crowded;
    plan->has_twins = plan->has_twins || lay->twins_count > 0;
    for (uint32_t e = 0; e < lay->edge_count; e++)
        plan->has_stacked = plan->has_stacked || lay->edges[e].is_stacked;
}

/* Lays out one area; gives the size of its content. */
static Point place_area(Plan *plan, uint32_t area) {
    Arena *arena = arena_new();
    GraphDirection direction = plan_direction(plan, area);
    PartList list = part_split(plan, area, arena);
    Point *sizes = ARENA_ARRAY(arena, Point, list.count);
    Point *corners = ARENA_ARRAY(arena, Point, list.count);
    for (size_t i = 0; i < list.count; i++) {
        place_part(plan, list.parts[i]);
        if (direction == GRAPH_LR ||
            direction == GRAPH_RL) /* pages scroll down: those may be high */
            fold_run(list.parts[i], plan->target_width);
        sizes[i] = emit_size(list.parts[i], direction);
    }
    Point whole = pack_rows(sizes, list.count, plan->target_width, corners);
    for (size_t i = 0; i < list.count; i++)
        emit_part(plan, list.parts[i], direction, corners[i]);
    arena_free(arena);
    return whole;
}

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

static Coord title_room(const GroupPlan *group) {
    return group->title.height > 0 ? PLAN_TITLE_GAP + group->title.height + COORD_OF_PX(8)
                                   : PLAN_PAD;
}

/* The box of a group that is an area: content, padding, title. */
static void size_area(GroupPlan *group, Point content) {
    group->inner_width = content.x;
    group->inner_height = content.y;
    group->box.width = larger(content.x, group->title.width) + 2 * PLAN_PAD;
    group->box.height = content.y + title_room(group) + (content.y > 0 ? PLAN_PAD : COORD_OF_PX(4));
    if (group->has_gates) {
        group->box.width += 2 * GATE_ROOM;
        group->box.height += 2 * GATE_ROOM;
    }
}

Point plan_content(const GroupPlan *area) {
    return (Point){(area->box.width - area->inner_width) / 2,
                   title_room(area) + (area->has_gates ? GATE_ROOM : 0)};
}

/* Where the content of an area begins, absolute; its box is absolute by then. */
static Point content_origin(const Plan *plan, uint32_t area) {
    if (area == GRAPH_NONE)
        return (Point){MARGIN, MARGIN};
    const GroupPlan *group = &plan->groups[area];
    Point content = plan_content(group);
    return (Point){group->box.x + content.x, group->box.y + content.y};
}

static void shift_box(Box *box, Point by) {
    box->x += by.x;
    box->y += by.y;
}

static void shift_edge(EdgePlan *edge, Point by) {
    shift_box(&edge->label, by);
    for (size_t k = 0; k < edge->point_count; k++) {
        edge->points[k].x += by.x;
        edge->points[k].y += by.y;
    }
}

/* Groups come parents first, so each area is absolute before what lies in it. */
static void make_absolute(Plan *plan) {
    const Graph *graph = plan->graph;
    for (size_t i = 0; i < graph->group_count; i++) {
        GroupPlan *group = &plan->groups[i];
        Point by = content_origin(plan, group->area);
        shift_box(&group->box, by);
        shift_box(&group->title, by);
        if (group->is_area) {
            group->title.x = group->box.x + PLAN_PAD;
            group->title.y = group->box.y + PLAN_TITLE_GAP;
        }
    }
    for (size_t i = 0; i < graph->node_count; i++)
        shift_box(&plan->nodes[i].box, content_origin(plan, plan->nodes[i].area));
    for (size_t i = 0; i < graph->edge_count; i++)
        shift_edge(&plan->edges[i], content_origin(plan, plan->edges[i].area));
}

static bool is_group_loop(const Edge *edge) {
    return edge->from.is_group && edge->to.is_group && edge->from.index == edge->to.index;
}

/* An edge from a group to itself goes around its upper right corner, in the gap that groups keep.
 */
static void loop_groups(Plan *plan) {
    const Graph *graph = plan->graph;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        EdgePlan *to = &plan->edges[i];
        if (!is_group_loop(edge))
            continue;
        Box box = plan->groups[edge->from.index].box;
        Coord right = box.x + box.width, top = box.y;
        Coord in = COORD_OF_PX(16), out = COORD_OF_PX(7);
        Point corners[] = {{right - in, top},
                           {right - in, top - out},
                           {right + out, top - out},
                           {right + out, top + in},
                           {right, top + in}};
        to->point_count = sizeof corners / sizeof *corners;
        to->points = ARENA_ARRAY(plan->arena, Point, to->point_count);
        memcpy(to->points, corners, sizeof corners);
        to->label.x = right - in - COORD_OF_PX(4) - to->label.width;
        to->label.y = top - to->label.height / 2;
    }
}

/* Makes the canvas large enough for a text; `by` is how far all has to move for it. */
static void reach_text(Plan *plan, Box text, Point *by) {
    if (text.width == 0)
        return;
    by->x = larger(by->x, MARGIN - text.x);
    by->y = larger(by->y, MARGIN - text.y);
    plan->size.x = larger(plan->size.x, text.x + text.width - MARGIN);
    plan->size.y = larger(plan->size.y, text.y + text.height - MARGIN);
}

/* Texts at the ends of edges, and on those around a group's corner, may reach over the borders: the
 * canvas grows, and where they do so at the left or above, all moves. */
static void keep_on_canvas(Plan *plan) {
    const Graph *graph = plan->graph;
    Point by = {0, 0};
    for (size_t i = 0; i < graph->edge_count; i++) {
        reach_text(plan, plan->edges[i].end_labels[0], &by);
        reach_text(plan, plan->edges[i].end_labels[1], &by);
        if (is_group_loop(&graph->edges[i]))
            reach_text(plan, plan->edges[i].label, &by);
    }
    if (by.x == 0 && by.y == 0)
        return;
    for (size_t i = 0; i < graph->group_count; i++) {
        shift_box(&plan->groups[i].box, by);
        shift_box(&plan->groups[i].title, by);
    }
    for (size_t i = 0; i < graph->node_count; i++)
        shift_box(&plan->nodes[i].box, by);
    for (size_t i = 0; i < graph->edge_count; i++) {
        shift_edge(&plan->edges[i], by);
        shift_box(&plan->edges[i].end_labels[0], by);
        shift_box(&plan->edges[i].end_labels[1], by);
    }
    plan->size.x += by.x;
    plan->size.y += by.y;
}

static Plan *make_plan(const Graph *graph, const LayoutOptions *options, PlanWay way, Known known,
                       Arena *arena) {
    Plan *plan = plan_new(graph, options, way, arena);
    plan->known = known;
    plan->grids = grid_find(plan, way.grid_least, arena);
    for (size_t i = graph->group_count; i-- > 0;)
        if (plan->groups[i].is_area) {
            size_area(&plan->groups[i], place_area(plan, (uint32_t)i));
            gates_find(plan, (uint32_t)i);
        }
    plan->size = place_area(plan, GRAPH_NONE);
    make_absolute(plan);
    gates_join(plan);
    loop_groups(plan);
    ends_place(plan);
    keep_on_canvas(plan);
    return plan;
}

/* The search for the way that suits a graph. */
typedef struct Search {
    const Graph *graph;
    const LayoutOptions *options;
    Arena *arena;
    Plan *best;                        /* so far; of equals the first */
    const Plan *measured[TEXT_WIDTHS]; /* the first plan with each width */
} Search;

/* Measuring takes long: texts are taken over from a plan where they are as wide, else from the
 * first of all, where they are widest. */
static const Plan **measured_at(Search *search, Coord text_width) {
    size_t i = 0;
    while (text_widths[i] != text_width)
        i++;
    return &search->measured[i];
}

/* Draws the graph that way. */
static Plan *try_way(Search *search, PlanWay way, Known known) {
    const Plan **measured = measured_at(search, way.text_width);
    way.texts = *measured ? *measured : search->measured[0];
    Plan *plan = make_plan(search->graph, search->options, way, known, search->arena);
    if (!*measured)
        *measured = plan;
    if (!search->best) {
        search->best = plan;
        return plan;
    }
    uint32_t against = rate_against(search->best), other = rate_against(plan);
    uint32_t least = against < other ? against : other;
    if (rate_plan(plan, least) > rate_plan(search->best, least))
        search->best = plan;
    return plan;
}

/* Draws the same again with texts of other widths, in the same order; but where ranks are made
 * narrower they depend on the widths, and the order with them. */
static void try_widths(Search *search, const Plan *plan) {
    PlanWay way = plan->way;
    Known known = {.orders = way.is_spread ? NULL : &plan->orders};
    for (size_t i = 0; i < TEXT_WIDTHS; i++) {
        way.text_width = text_widths[i];
        if (plan->size.x > plan->target_width && way.text_width != plan->way.text_width)
            try_way(search, way, known);
    }
}

static bool is_turned(const Plan *plan) {
    GraphDirection direction = plan_direction(plan, GRAPH_NONE);
    return direction == GRAPH_LR || direction == GRAPH_RL;
}

/* Tries what may make a drawing smaller: nodes that are alike in grids, groups beside each other
 * along the flow, crowded ranks made narrower, each of these with narrower texts too. */
static void try_smaller(Search *search) {
    PlanWay way = search->best->way;
    way.grid_least = GRID_LEAST;
    if (grid_find(search->best, GRID_LEAST, search->arena).count > 0)
        try_way(search, way, (Known){0});
    try_widths(search, search->best);
    way = search->best->way;
    way.is_loose = true;
    bool is_long = is_turned(search->best) && search->best->size.x > search->best->target_width;
    if (search->best->has_stacked && is_long) /* others are high, and pages scroll down */
        try_way(search, way, (Known){0});
    way = search->best->way;
    way.is_upright = true;
    if (search->best->has_lying && search->best->size.x > search->best->target_width)
        try_way(search, way, (Known){0});
    way = search->best->way;
    way.is_spread = true;
    if (search->best->is_crowded)
        try_way(search, way, (Known){0});
    if (search->best->way.is_loose || search->best->way.is_spread)
        try_widths(search, search->best);
}

/* Draws twins alike; of that the rating knows nothing, so it may cost a little, but no crossing. */
static void try_alike(Search *search) {
    PlanWay way = search->best->way;
    Known ranks = {.orders = &search->best->orders, .is_ranks_only = true};
    way.is_alike = true;
    way.texts = *measured_at(search, way.text_width);
    Plan *plan = make_plan(search->graph, search->options, way, ranks, search->arena);
    uint32_t against = rate_against(search->best);
    if (rate_against(plan) <= against && rate_crossings(plan) <= rate_crossings(search->best) &&
        rate_plan(plan, against) + ALIKE_GIFT >= rate_plan(search->best, against))
        search->best = plan;
}

/* A drawing larger than the page is tried in other ways, and that which reads best is taken. The
 * order takes most of the time: it is looked for in haste until the way is known, and then once
 * more, unless that cannot find another one. Large graphs are drawn once. */
static Plan *best_plan(const Graph *graph, const LayoutOptions *options, Arena *arena) {
    bool is_large = graph->node_count > RETRY_MAX || graph->edge_count > RETRY_EDGE;
    PlanWay way = {.text_width = text_widths[0],
                   .grid_least = is_large ? GRID_MANY : 0,
                   .is_hasty = !is_large};
    Search search = {.graph = graph, .options = options, .arena = arena};
    const Plan *plan = try_way(&search, way, (Known){0});
    if (is_large)
        return search.best;
    Coord page = plan->target_width;
    bool is_small = plan->size.x <= page && plan->size.y <= page * 3 / 4;
    if (!is_small)
        try_smaller(&search);
    way = search.best->way;
    way.is_hasty = false;
    if (search.best->is_open)
        try_way(&search, way, (Known){.orders = &search.best->orders, .is_ranks_only = true});
    if (search.best->has_twins)
        try_alike(&search);
    way = search.best->way;
    way.is_tight = true;
    if (!is_small)
        try_way(&search, way, (Known){.orders = &search.best->orders});
    return search.best;
}

static SceneText centred_text(TextBlock block, Box box) {
    return (SceneText){.block = block,
                       .box = {box.x + (box.width - block.width) / 2,
                               box.y + (box.height - block.height) / 2, block.width, block.height},
                       .anchor = SCENE_MIDDLE};
}

static SceneLook look_of(const Graph *graph, StrList names, StyleList style) {
    return (SceneLook){.classes = graph->classes,
                       .class_count = graph->class_count,
                       .names = names,
                       .style = style};
}

static void copy_nodes(const Plan *plan, Scene *scene) {
    const Graph *graph = plan->graph;
    scene->node_count = graph->node_count;
    scene->nodes = ARENA_ARRAY(plan->arena, SceneNode, graph->node_count);
    for (size_t i = 0; i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        const NodePlan *at = &plan->nodes[i];
        scene->nodes[i] =
            (SceneNode){.id = node->id,
                        .box = at->box,
                        .shape = node->shape,
                        .text = centred_text(at->text, shape_text_box(node->shape, at->box)),
                        .look = look_of(graph, node->classes, node->style),
                        .link = node->link,
                        .tooltip = node->tooltip,
                        .parent = node->parent};
        /* Notes are prose, often with lists in it. */
        if (node->shape == SHAPE_NOTE)
            scene->nodes[i].text.anchor = SCENE_START;
        if (at->table)
            table_emit(plan, node, at, &scene->nodes[i]);
    }
}

static void copy_groups(const Plan *plan, Scene *scene) {
    const Graph *graph = plan->graph;
    scene->group_count = graph->group_count;
    scene->groups = ARENA_ARRAY(plan->arena, SceneGroup, graph->group_count);
    for (size_t i = 0; i < graph->group_count; i++) {
        const Group *group = &graph->groups[i];
        const GroupPlan *at = &plan->groups[i];
        scene->groups[i] = (SceneGroup){.id = group->id,
                                        .box = at->box,
                                        .title = centred_text(at->text, at->title),
                                        .look = look_of(graph, group->classes, group->style),
                                        .link = group->link,
                                        .is_dashed = group->is_region,
                                        .parent = group->parent,
                                        .depth = at->depth};
        scene->groups[i].title.anchor = SCENE_START;
    }
}

static Str end_id(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

static void copy_edges(const Plan *plan, Scene *scene) {
    const Graph *graph = plan->graph;
    scene->edge_count = graph->edge_count;
    scene->edges = ARENA_ARRAY(plan->arena, SceneEdge, graph->edge_count);
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        const EdgePlan *at = &plan->edges[i];
        scene->edges[i] = (SceneEdge){.from = end_id(graph, edge->from),
                                      .to = end_id(graph, edge->to),
                                      .from_is_group = edge->from.is_group,
                                      .to_is_group = edge->to.is_group,
                                      .points = at->points,
                                      .point_count = at->point_count,
                                      .line = edge->line,
                                      .start = edge->start,
                                      .end = edge->end,
                                      .label = centred_text(at->text, at->label),
                                      .ends = {centred_text(at->ends[0], at->end_labels[0]),
                                               centred_text(at->ends[1], at->end_labels[1])},
                                      .look = look_of(graph, edge->classes, edge->style)};
    }
}

Scene *layout_flow(const Graph *graph, const LayoutOptions *options, Arena *arena) {
    assert(graph_check(graph));
    const Plan *plan = best_plan(graph, options, arena);
    Scene *scene = ARENA_NEW(arena, Scene);
    scene->width = plan->size.x + 2 * MARGIN;
    scene->height = plan->size.y + 2 * MARGIN;
    scene->font_size_px = plan->font_size_px;
    scene->title = graph->title;
    scene->description = graph->description;
    static const char *const words[] = {"Flowchart", "State diagram", "Class diagram",
                                        "Entity relationship diagram"};
    scene->role_word = str_from(words[graph->kind]);
    scene->kind = graph->kind;
    copy_groups(plan, scene);
    copy_nodes(plan, scene);
    copy_edges(plan, scene);
    return scene;
}
