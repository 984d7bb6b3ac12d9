/* Measures all texts, sizes all nodes, and finds the areas of a graph. */
#include "base/ban.h"

#include "diagram/layout/ends.h"
#include "diagram/layout/gates.h"
#include "diagram/layout/label_style.h"
#include "diagram/layout/loops.h"
#include "diagram/layout/notes.h"
#include "diagram/layout/plan.h"
#include "diagram/layout/table.h"
#include "diagram/scene/shape.h"

#define LABEL_TEXT_MAX  COORD_OF_PX(150)
#define TABLE_NAME_MAX  COORD_OF_PX(260) /* names of classes are one long word */
#define TEXT_SLACK      8 /* a part of the width of a node's text that may be added to it */
#define TITLE_TEXT_MAX  COORD_OF_PX(260)
#define NOTE_TEXT_LEAST COORD_OF_PX(160) /* notes are sentences */
#define LABEL_MARGIN    COORD_OF_PX(3)
#define GATE_WORK       20000 /* crossing edges times all there is: beyond, no own direction */
#define GROUP_DEPTH_MAX 100   /* groups nested deeper are drawn as members of the 100th */

/* Texts that are known broken at a larger width, and are narrower than the one asked for, would be
 * broken the same again. */
static TextBlock measure(Plan *plan, const Label *label, TextStyle style, const TextBlock *known) {
    const Plan *texts = plan->way.texts;
    if (texts && (texts->way.text_width == plan->way.text_width || known->width < style.max_width))
        return *known;
    style.is_markdown = label->is_markdown;
    style.marks = label->marks;
    return text_layout(label->text, style, plan->arena);
}

static bool is_round(NodeShape shape) {
    return shape == SHAPE_CIRCLE || shape == SHAPE_DOUBLE_CIRCLE;
}

static void measure_node(Plan *plan, size_t index) {
    const Graph *graph = plan->graph;
    const Node *node = &graph->nodes[index];
    const NodePlan *known = plan->way.texts ? &plan->way.texts->nodes[index] : NULL;
    NodePlan *to = &plan->nodes[index];
    int size = plan->font_size_px;
    bool is_slim = is_round(node->shape) || node->shape == SHAPE_DIAMOND;
    TextStyle style = {.face = TEXT_REGULAR,
                       .size_px = size,
                       .max_width = plan->way.text_width * (is_slim ? 7 : 10) / 10,
                       .word_width = PLAN_TEXT_WIDTH * (is_slim ? 7 : 10) / 10};
    if (node->shape == SHAPE_NOTE && style.max_width < NOTE_TEXT_LEAST)
        style.max_width = NOTE_TEXT_LEAST;
    /* Where lines end is then the author's choice, and worth some width. */
    if (str_find_char(node->label.text, '\n', 0) != STR_NONE)
        style.slack = style.max_width / TEXT_SLACK;
    bool is_table = table_is_needed(graph, node);
    if (is_table && graph->kind != GRAPH_STATE)
        style = (TextStyle){.face = TEXT_BOLD, .size_px = size, .max_width = TABLE_NAME_MAX};
    style = label_style(graph, (StyleOwner){&node->classes, &node->style, true}, style);
    to->text = measure(plan, &node->label, style, known ? &known->text : NULL);
    shape_size(node->shape, to->text.width, to->text.height, &to->box.width, &to->box.height);
    if (is_table)
        to->table = table_measure(plan, node, to);
}

static void measure_edge(Plan *plan, size_t index) {
    const Edge *edge = &plan->graph->edges[index];
    const EdgePlan *known = plan->way.texts ? &plan->way.texts->edges[index] : NULL;
    EdgePlan *to = &plan->edges[index];
    Coord width = plan->way.text_width;
    TextStyle style = {.size_px = plan->font_size_px * 6 / 7,
                       .max_width = width < LABEL_TEXT_MAX ? width : LABEL_TEXT_MAX,
                       .word_width = PLAN_TEXT_WIDTH};
    style = label_style(plan->graph, (StyleOwner){&edge->classes, &edge->style, false}, style);
    to->text = measure(plan, &edge->label, style, known ? &known->text : NULL);
    if (to->text.line_count == 0)
        return;
    to->label.width = to->text.width + 2 * LABEL_MARGIN;
    to->label.height = to->text.height;
}

static void measure_group(Plan *plan, size_t index) {
    const Group *group = &plan->graph->groups[index];
    const GroupPlan *known = plan->way.texts ? &plan->way.texts->groups[index] : NULL;
    GroupPlan *to = &plan->groups[index];
    TextStyle style = {
        .face = TEXT_BOLD, .size_px = plan->font_size_px * 14 / 16, .max_width = TITLE_TEXT_MAX};
    style = label_style(plan->graph, (StyleOwner){&group->classes, &group->style, false}, style);
    to->text = measure(plan, &group->label, style, known ? &known->text : NULL);
    to->title.width = to->text.width;
    to->title.height = to->text.height;
}

static void measure_texts(Plan *plan) {
    for (size_t i = 0; i < plan->graph->node_count; i++)
        measure_node(plan, i);
    for (size_t i = 0; i < plan->graph->edge_count; i++)
        measure_edge(plan, i);
    for (size_t i = 0; i < plan->graph->group_count; i++)
        measure_group(plan, i);
}

static GroupId parent_of_end(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].parent : graph->nodes[end.index].parent;
}

/* Counts the edges that cross the border of every group; an edge from the group itself outwards
 * crosses nothing, one to its own member does. */
static void mark_crossed(const Graph *graph, const Edge *edge, uint32_t *crossed) {
    for (int side = 0; side < 2; side++) {
        EdgeEnd here = side ? edge->to : edge->from, there = side ? edge->from : edge->to;
        GroupId other = there.is_group ? there.index : graph->nodes[there.index].parent;
        GroupId g = parent_of_end(graph, here);
        for (; g != GRAPH_NONE; g = graph->groups[g].parent) {
            if (other != GRAPH_NONE && graph_group_contains(graph, g, other)) {
                if (there.is_group && there.index == g)
                    crossed[g]++;
                break;
            }
            crossed[g]++;
        }
    }
}

/* Marks a group with an edge to what it holds itself: that edge stays inside of it. */
static void mark_inward(const Graph *graph, const Edge *edge, bool *inward) {
    for (int side = 0; side < 2; side++) {
        EdgeEnd here = side ? edge->to : edge->from, there = side ? edge->from : edge->to;
        GroupId other = there.is_group ? there.index : graph->nodes[there.index].parent;
        if (here.is_group && other != GRAPH_NONE && graph_group_contains(graph, here.index, other))
            inward[here.index] = true;
    }
}

/* Marks the groups around both ends: a direction has a meaning only where edges are. */
static void mark_flow(const Graph *graph, const Edge *edge, bool *flows) {
    GroupId other = parent_of_end(graph, edge->to);
    for (GroupId g = parent_of_end(graph, edge->from); g != GRAPH_NONE; g = graph->groups[g].parent)
        if (other != GRAPH_NONE && graph_group_contains(graph, g, other))
            flows[g] = true;
}

/* What encloses a group is known when its turn comes, as parents come before their children. */
static void find_area(Plan *plan, size_t index, bool is_crossed, bool may_turn) {
    const Group *group = &plan->graph->groups[index];
    GroupPlan *to = &plan->groups[index];
    to->area = GRAPH_NONE;
    if (group->parent != GRAPH_NONE) {
        const GroupPlan *parent = &plan->groups[group->parent];
        to->depth = parent->depth + 1;
        to->area = parent->is_area ? group->parent : parent->area;
    }
    to->direction = plan_direction(plan, to->area);
    bool is_turned =
        group->direction != GRAPH_INHERIT && group->direction != to->direction && may_turn;
    to->is_area = (!is_crossed || is_turned) && to->depth < GROUP_DEPTH_MAX;
    to->has_gates = to->is_area && is_crossed;
    if (to->is_area && group->direction != GRAPH_INHERIT)
        to->direction = group->direction;
    else if (to->is_area && (to->direction == GRAPH_LR || to->direction == GRAPH_RL)) {
        plan->has_lying = true;
        to->direction = plan->way.is_upright ? GRAPH_TB : to->direction;
    }
}

static uint32_t area_of_node(const Plan *plan, size_t index) {
    GroupId parent = plan->graph->nodes[index].parent;
    if (parent == GRAPH_NONE)
        return GRAPH_NONE;
    return plan->groups[parent].is_area ? parent : plan->groups[parent].area;
}

static void find_areas(Plan *plan) {
    const Graph *graph = plan->graph;
    Arena *arena = arena_new();
    uint32_t *crossed = ARENA_ARRAY(arena, uint32_t, graph->group_count);
    bool *flows = ARENA_ARRAY(arena, bool, graph->group_count);
    bool *inward = ARENA_ARRAY(arena, bool, graph->group_count);
    for (size_t i = 0; i < graph->edge_count; i++) {
        if (plan->edges[i].is_tether)
            continue;
        mark_crossed(graph, &graph->edges[i], crossed);
        mark_inward(graph, &graph->edges[i], inward);
        mark_flow(graph, &graph->edges[i], flows);
    }
    for (size_t i = 0; i < graph->group_count; i++)
        find_area(plan, i, crossed[i],
                  flows[i] && !inward[i] &&
                      crossed[i] * (uint64_t)(graph->node_count + graph->edge_count) <= GATE_WORK);
    for (size_t i = 0; i < graph->node_count; i++)
        plan->nodes[i].area = area_of_node(plan, i);
    for (size_t i = 0; i < graph->edge_count; i++) {
        uint32_t area = plan->edges[i].area = gates_common_area(plan, i);
        EdgeEnd from = gates_end(plan, i, false, area), to = gates_end(plan, i, true, area);
        plan->edges[i].is_gated = from.index != graph->edges[i].from.index ||
                                  from.is_group != graph->edges[i].from.is_group ||
                                  to.index != graph->edges[i].to.index ||
                                  to.is_group != graph->edges[i].to.is_group;
    }
    arena_free(arena);
}

/* Bars lie across the flow. */
static void turn_bars(Plan *plan) {
    for (size_t i = 0; i < plan->graph->node_count; i++) {
        NodePlan *node = &plan->nodes[i];
        GraphDirection direction = plan_direction(plan, node->area);
        if (plan->graph->nodes[i].shape != SHAPE_BAR || node->text.line_count > 0 ||
            (direction != GRAPH_LR && direction != GRAPH_RL))
            continue;
        Coord width = node->box.width;
        node->box.width = node->box.height;
        node->box.height = width;
    }
}

GraphDirection plan_direction(const Plan *plan, uint32_t area) {
    return area == GRAPH_NONE ? plan->graph->direction : plan->groups[area].direction;
}

Plan *plan_new(const Graph *graph, const LayoutOptions *options, PlanWay way, Arena *arena) {
    Plan *plan = ARENA_NEW(arena, Plan);
    plan->graph = graph;
    plan->arena = arena;
    plan->way = way;
    plan->font_size_px = options && options->font_size_px > 0 ? options->font_size_px : 16;
    plan->target_width =
        options && options->target_width > 0 ? options->target_width : COORD_OF_PX(800);
    plan->nodes = ARENA_ARRAY(arena, NodePlan, graph->node_count);
    plan->edges = ARENA_ARRAY(arena, EdgePlan, graph->edge_count);
    plan->groups = ARENA_ARRAY(arena, GroupPlan, graph->group_count);
    measure_texts(plan);
    notes_mark(plan);
    find_areas(plan);
    turn_bars(plan);
    notes_measure(plan);
    ends_measure(plan);
    loops_measure(plan);
    return plan;
}
