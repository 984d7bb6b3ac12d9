#include "base/ban.h"

#include "diagram/layout/ends.h"

#define ROOM_KEPT  COORD_OF_PX(10) /* the phases leave this between a node and the first corner */
#define GAP_SIDE   COORD_OF_PX(4)  /* between a line and the text beside it */
#define GAP_TIP    COORD_OF_PX(3)  /* between an outline and the text */
#define PITCH      COORD_OF_PX(22) /* of ends with different heads */
#define CORNER     COORD_OF_PX(20) /* from a corner to the outermost line */
#define NODES_MOST 500             /* nodes up to which texts are kept off all of them */
#define NEIGHBOURS 100             /* ends at one node that a text is kept apart from */
#define NODE_MAX   2000            /* nodes of a drawing in which all are looked at */
#define NODE_WORSE 16              /* things beside a line that a covered node is as bad as */
#define TEXT_WORSE 4               /* the same for a text */
#define EDGES_MOST 500             /* edges up to which texts are kept off the texts of all */
#define ROUNDS     3 /* of placing: what comes later may be in the way of what was there */
#define STEPS      3 /* places tried along the line, at each side */

/* What a head takes of its line, and to either side of it, in px. */
static const struct {
    int length, half;
} heads[] = {
    [HEAD_NONE] = {0, 0},
    [HEAD_ARROW] = {9, 4},
    [HEAD_CIRCLE] = {8, 4},
    [HEAD_CROSS] = {12, 4},
    [HEAD_TRIANGLE] = {13, 7},
    [HEAD_DIAMOND] = {16, 5},
    [HEAD_DIAMOND_FILLED] = {16, 5},
    [HEAD_LOLLIPOP] = {9, 5},
    [HEAD_ONE] = {11, 6},
    [HEAD_ZERO_ONE] = {19, 6},
    [HEAD_MANY] = {16, 6},
    [HEAD_ZERO_MANY] = {21, 6},
};

/* One of the two ends of an edge, at a node. */
typedef struct End {
    uint32_t edge, node;
    bool is_end;
} End;

static EdgeHead head_of(const Graph *graph, End end) {
    return end.is_end ? graph->edges[end.edge].end : graph->edges[end.edge].start;
}

void ends_head_size(EdgeHead head, Coord *length, Coord *half) {
    *length = COORD_OF_PX(heads[head].length);
    *half = COORD_OF_PX(heads[head].half);
}

static bool is_turned(const Plan *plan, uint32_t node) {
    GraphDirection direction = plan_direction(plan, plan->nodes[node].area);
    return direction == GRAPH_LR || direction == GRAPH_RL;
}

/* Loops and ends at groups have no room of their own. */
static bool find_end(const Graph *graph, size_t edge, bool is_end, End *end) {
    EdgeEnd from = graph->edges[edge].from, to = graph->edges[edge].to, at = is_end ? to : from;
    *end = (End){(uint32_t)edge, at.index, is_end};
    return !at.is_group && (from.is_group || to.is_group || from.index != to.index);
}

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

/* How far a text beside a line can reach over the side of its node: a lone line is in the middle,
 * of several one may be near the corner. */
static void measure_overhang(NodePlan *node, Coord text, Coord half, bool turned) {
    Coord room = (turned ? node->box.height : node->box.width) / 2;
    if (node->end_texts++ > 0)
        room = room < CORNER ? room : CORNER;
    node->end_across = larger(node->end_across, text + half + GAP_SIDE);
    node->overhang = larger(0, node->end_across - room);
}

static void measure_end(Plan *plan, End end) {
    const TextBlock *text = &plan->edges[end.edge].ends[end.is_end];
    NodePlan *node = &plan->nodes[end.node];
    bool turned = is_turned(plan, end.node);
    EdgeHead head = head_of(plan->graph, end);
    Coord need = head == HEAD_NONE || head == HEAD_ARROW
                     ? 0
                     : COORD_OF_PX(heads[head].length) + COORD_OF_PX(5);
    if (need > 0)
        node->head_pitch = larger(node->head_pitch, 2 * COORD_OF_PX(heads[head].half) + GAP_SIDE);
    if (text->line_count) {
        need = larger(need, (turned ? text->width : text->height) + 2 * GAP_TIP);
        Coord across = (turned ? text->height : text->width) + 2 * GAP_SIDE;
        node->pitch = larger(node->pitch, across + COORD_OF_PX(heads[head].half));
        measure_overhang(node, turned ? text->height : text->width, COORD_OF_PX(heads[head].half),
                         turned);
    }
    /* Heads that differ would cover each other on a common trunk. */
    if (node->has_head && node->head != head)
        node->pitch = larger(node->pitch, PITCH);
    node->has_head = true;
    node->head = head;
    node->pad = larger(node->pad, need > ROOM_KEPT ? need - ROOM_KEPT : 0);
}

void ends_measure(Plan *plan) {
    const Graph *graph = plan->graph;
    if (graph->kind != GRAPH_CLASS && graph->kind != GRAPH_ER)
        return;
    TextStyle style = {.size_px = plan->font_size_px * 12 / 14};
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Label *labels[2] = {&graph->edges[i].start_label, &graph->edges[i].end_label};
        for (size_t k = 0; k < 2; k++) {
            End end;
            plan->edges[i].ends[k] = text_layout(labels[k]->text, style, plan->arena);
            if (find_end(graph, i, k == 1, &end))
                measure_end(plan, end);
        }
    }
}

/* ---- Places ---- */

typedef struct Placer {
    Plan *plan;
    Arena *arena;
    uint32_t *first, *next; /* ends by node: chains of 2 * edge + is_end, plus 1 */
} Placer;

static bool overlap(Box a, Box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

/* The box around a straight piece of a line, a little wider than the line. */
static Box piece_box(Point a, Point b, Coord half) {
    Coord x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    return (Box){x - half, y - half, (a.x < b.x ? b.x - a.x : a.x - b.x) + 2 * half,
                 (a.y < b.y ? b.y - a.y : a.y - b.y) + 2 * half};
}

/* Texts beside each other are read as one unless there is a gap. */
static Box with_gap(Box box) {
    return (Box){box.x - GAP_SIDE, box.y, box.width + 2 * GAP_SIDE, box.height};
}

static int count_nodes(const Plan *plan, Box box) {
    int count = 0;
    for (size_t i = 0; i < plan->graph->node_count && plan->graph->node_count <= NODE_MAX; i++)
        count += overlap(box, plan->nodes[i].box);
    return count;
}

/* Texts of edges, also of those that only pass, but for this end's own. */
static int count_texts(const Plan *plan, End end, Box box) {
    int count = 0;
    for (size_t i = 0; i < plan->graph->edge_count && plan->graph->edge_count <= EDGES_MOST; i++) {
        const EdgePlan *edge = &plan->edges[i];
        count += edge->label.width > 0 && overlap(box, edge->label);
        for (size_t k = 0; k < 2; k++)
            count += (i != end.edge || k != end.is_end) && edge->end_labels[k].width > 0 &&
                     overlap(box, with_gap(edge->end_labels[k]));
    }
    return count;
}

/* How much the box would cover of the lines at this node, its own apart, and of texts and other
 * nodes, which is worse. */
static int count_covered(const Placer *placer, End end, Box box) {
    const Plan *plan = placer->plan;
    int count = (box.x < 0 || box.y < 0) + NODE_WORSE * count_nodes(plan, box);
    count += TEXT_WORSE * count_texts(plan, end, box);
    uint32_t seen = 0;
    for (size_t i = 0; i < plan->graph->node_count && plan->graph->node_count <= NODES_MOST; i++)
        count += overlap(box, plan->nodes[i].box);
    for (uint32_t at = placer->first[end.node]; at && seen < NEIGHBOURS;
         at = placer->next[at - 1]) {
        const EdgePlan *edge = &plan->edges[(at - 1) / 2];
        bool is_own = (at - 1) / 2 == end.edge;
        seen++;
        Coord half = COORD_OF_PX(is_own ? 1 : 3);
        for (size_t i = 0; i + 1 < edge->point_count; i++)
            count += overlap(box, piece_box(edge->points[i], edge->points[i + 1], half));
    }
    return count;
}

/* The text's box beside the end, `step` places away from the outline. */
static Box place_at(const TextBlock *text, const Point line[2], Coord aside, int step,
                    bool is_first) {
    Point tip = line[0], before = line[1];
    Box box = {0, 0, text->width, text->height};
    if (tip.x == before.x) {
        Coord along = GAP_TIP + step * text->height / 2;
        box.x = is_first ? tip.x + aside : tip.x - aside - text->width;
        box.y = before.y > tip.y ? tip.y + along : tip.y - along - text->height;
    } else {
        Coord along = GAP_TIP + step * COORD_OF_PX(8);
        box.y = is_first ? tip.y - aside - text->height : tip.y + aside;
        box.x = before.x > tip.x ? tip.x + along : tip.x - along - text->width;
    }
    return box;
}

static bool has_text(const Plan *plan, End end) {
    const EdgePlan *edge = &plan->edges[end.edge];
    return edge->ends[end.is_end].line_count > 0 && edge->point_count > 1;
}

/* The first piece of the line, from the node. */
static void first_piece(const Plan *plan, End end, Point line[2]) {
    const EdgePlan *edge = &plan->edges[end.edge];
    line[0] = edge->points[end.is_end ? edge->point_count - 1 : 0];
    line[1] = edge->points[end.is_end ? edge->point_count - 2 : 1];
}

static Box place_beside(const Plan *plan, End end, int step, bool is_first) {
    Point line[2];
    first_piece(plan, end, line);
    Coord aside = GAP_SIDE / 2 + COORD_OF_PX(heads[head_of(plan->graph, end)].half);
    return place_at(&plan->edges[end.edge].ends[end.is_end], line, aside, step, is_first);
}

static void place_end(Placer *placer, End end) {
    Plan *plan = placer->plan;
    if (!has_text(plan, end))
        return;
    Point line[2];
    first_piece(plan, end, line);
    /* The outermost texts are better kept above their node. */
    Box node = plan->nodes[end.node].box;
    bool prefers_first = line[0].x != line[1].x || line[0].x < node.x + node.width / 2;
    int least = INT32_MAX;
    Box best = {0};
    for (int k = 0; k < 2 * STEPS && least > 0; k++) {
        Box box = place_beside(plan, end, k / 2, (k % 2 == 0) == prefers_first);
        int covered = count_covered(placer, end, box);
        if (covered < least) {
            least = covered;
            best = box;
        }
    }
    plan->edges[end.edge].end_labels[end.is_end] = best;
}

/* Sums up what the texts at a node cover. With `sides` they first go all before their lines (1), or
 * all behind them (2): lines are so far apart that there is room for one text between two. */
static int count_at_node(Placer *placer, uint32_t node, int sides) {
    Plan *plan = placer->plan;
    int total = 0;
    for (int pass = sides ? 0 : 1; pass < 2; pass++)
        for (uint32_t at = placer->first[node], seen = 0; at && seen < NEIGHBOURS;
             at = placer->next[at - 1], seen++) {
            End end = {(at - 1) / 2, node, (at - 1) % 2 == 1};
            Box *box = &plan->edges[end.edge].end_labels[end.is_end];
            if (has_text(plan, end) && pass == 0)
                *box = place_beside(plan, end, 0, sides == 1);
            else if (has_text(plan, end))
                total += count_covered(placer, end, *box);
        }
    return total;
}

/* Two texts between the same lines may each be in the other's way for good. */
static void untangle(Placer *placer, uint32_t node) {
    Plan *plan = placer->plan;
    int least = count_at_node(placer, node, 0);
    if (least < TEXT_WORSE)
        return;
    size_t count = plan->graph->edge_count;
    Box(*saved)[2] = arena_alloc(placer->arena, count * sizeof *saved);
    for (int sides = 1; sides <= 2; sides++) {
        for (size_t i = 0; i < count; i++)
            memcpy(saved[i], plan->edges[i].end_labels, sizeof saved[i]);
        int covered = count_at_node(placer, node, sides);
        for (size_t i = 0; i < count && covered >= least; i++)
            memcpy(plan->edges[i].end_labels, saved[i], sizeof saved[i]);
        least = covered < least ? covered : least;
    }
}

/* The texts of a self loop stand outside it, each beside its leg. */
static void place_loop_ends(Plan *plan, size_t index) {
    EdgePlan *edge = &plan->edges[index];
    bool turned = is_turned(plan, plan->graph->edges[index].from.index);
    for (size_t k = 0; k < 2 && edge->point_count > 1; k++) {
        const TextBlock *text = &edge->ends[k];
        size_t last = edge->point_count - 1;
        const Point leg[2] = {edge->points[k ? last : 0], edge->points[k ? last - 1 : 1]};
        EdgeHead head = k ? plan->graph->edges[index].end : plan->graph->edges[index].start;
        if (text->line_count)
            edge->end_labels[k] = place_at(text, leg, GAP_SIDE / 2 + COORD_OF_PX(heads[head].half),
                                           0, (k == 0) != turned);
    }
}

void ends_place(Plan *plan) {
    const Graph *graph = plan->graph;
    if (graph->kind != GRAPH_CLASS && graph->kind != GRAPH_ER)
        return;
    Arena *arena = arena_new();
    Placer placer = {plan, arena, ARENA_ARRAY(arena, uint32_t, graph->node_count),
                     ARENA_ARRAY(arena, uint32_t, 2 * graph->edge_count)};
    End end;
    for (size_t i = 2 * graph->edge_count; i-- > 0;)
        if (find_end(graph, i / 2, i % 2 == 1, &end)) {
            placer.next[i] = placer.first[end.node];
            placer.first[end.node] = (uint32_t)(i + 1);
        }
    for (size_t i = 0; i < graph->edge_count; i++)
        if (!graph->edges[i].from.is_group && !graph->edges[i].to.is_group &&
            graph->edges[i].from.index == graph->edges[i].to.index)
            place_loop_ends(plan, i);
    for (size_t i = 0; i < ROUNDS * 2 * graph->edge_count; i++) {
        size_t at = i % (2 * graph->edge_count);
        if (find_end(graph, at / 2, at % 2 == 1, &end))
            place_end(&placer, end);
    }
    for (uint32_t node = 0; node < graph->node_count && graph->edge_count <= EDGES_MOST; node++)
        untangle(&placer, node);
    arena_free(arena);
}
