/* A loop leaves and reaches the same side of its node, around a point of it: the right side, or in
 * drawings that flow sideways the lower one. Its label stands behind it. */
#include "base/ban.h"

#include "diagram/layout/loops.h"

#include "diagram/layout/ends.h"

#define REACH     COORD_OF_PX(16) /* off the node */
#define HALF      COORD_OF_PX(7)  /* from the middle to either leg */
#define ALONG     COORD_OF_PX(22) /* least distance of two loops */
#define GAP_LABEL COORD_OF_PX(2)  /* between a loop and its label */
#define GAP_END   COORD_OF_PX(7)  /* between a head and the corner of the loop */
#define GAP_TEXT  COORD_OF_PX(4)  /* around a text beside a leg */

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

static bool is_loop(const Edge *edge) {
    return !edge->from.is_group && !edge->to.is_group && edge->from.index == edge->to.index;
}

/* A leg is long enough for its head and the text beside it. */
static void measure_leg(NodePlan *node, EdgeHead head, const TextBlock *text, bool turned) {
    Coord length, half, out = turned ? text->height : text->width;
    Coord across = turned ? text->width : text->height;
    ends_head_size(head, &length, &half);
    node->loop_half = larger(node->loop_half, half + COORD_OF_PX(3));
    if (head != HEAD_NONE)
        node->loop_reach = larger(node->loop_reach, length + GAP_END);
    if (text->line_count) {
        node->loop_reach = larger(node->loop_reach, out + 2 * GAP_TEXT);
        node->loop_beside = larger(node->loop_beside, across + half + GAP_TEXT);
    }
}

void loops_measure(Plan *plan) {
    const Graph *graph = plan->graph;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        if (!is_loop(edge))
            continue;
        NodePlan *node = &plan->nodes[edge->from.index];
        GraphDirection direction = plan_direction(plan, node->area);
        bool turned = direction == GRAPH_LR || direction == GRAPH_RL;
        const Box *label = &plan->edges[i].label;
        node->loop_count++;
        node->loop_half = larger(node->loop_half, HALF);
        node->loop_reach = larger(node->loop_reach, REACH);
        measure_leg(node, edge->start, &plan->edges[i].ends[0], turned);
        measure_leg(node, edge->end, &plan->edges[i].ends[1], turned);
        /* Labels below a node stand beside each other and want a gap. */
        Coord along = turned ? label->width + ALONG : label->height;
        node->loop_along = larger(node->loop_along, larger(along, ALONG));
        node->loop_out = larger(node->loop_out, turned ? label->height : label->width);
    }
    for (size_t i = 0; i < graph->node_count; i++) {
        NodePlan *node = &plan->nodes[i];
        if (node->loop_count == 0)
            continue;
        node->loop_out += node->loop_reach + 3 * GAP_LABEL;
        /* Beside both legs stand texts, and beside these those of the next loop. */
        Coord extent = node->loop_half + larger(node->loop_beside, GAP_TEXT);
        node->loop_along = larger(node->loop_along, 2 * extent + GAP_TEXT);
    }
}

static void place_loop(Plan *plan, NodeId node, size_t index, Coord centre, bool turned) {
    const NodePlan *at = &plan->nodes[node];
    EdgePlan *to = &plan->edges[index];
    Box box = at->box;
    NodeShape shape = plan->graph->nodes[node].shape;
    to->points = ARENA_ARRAY(plan->arena, Point, 4);
    to->point_count = 4;
    for (size_t k = 0; k < 4; k++) {
        Coord along = centre + (k < 2 ? -at->loop_half : at->loop_half);
        Coord out = k == 1 || k == 2 ? at->loop_reach : 0;
        to->points[k] = turned ? (Point){box.x + along, box.y + box.height + out}
                               : (Point){box.x + box.width + out, box.y + along};
    }
    emit_reach_outline(shape, box, &to->points[0], to->points[1]);
    emit_reach_outline(shape, box, &to->points[3], to->points[2]);
    if (turned) {
        to->label.x = box.x + centre - to->label.width / 2;
        to->label.y = box.y + box.height + at->loop_reach + GAP_LABEL;
    } else {
        to->label.x = box.x + box.width + at->loop_reach + GAP_LABEL;
        to->label.y = box.y + centre - to->label.height / 2;
    }
}

void loops_place(Plan *plan, NodeId node, bool is_turned) {
    const NodePlan *at = &plan->nodes[node];
    uint32_t seen = 0;
    for (size_t i = 0; i < plan->graph->edge_count && seen < at->loop_count; i++) {
        const Edge *edge = &plan->graph->edges[i];
        if (!is_loop(edge) || edge->from.index != node)
            continue;
        Coord side = is_turned ? at->box.width : at->box.height;
        Coord centre = (Coord)(side * (2 * (int64_t)seen + 1) / (2 * (int64_t)at->loop_count));
        place_loop(plan, node, i, centre, is_turned);
        seen++;
    }
}
