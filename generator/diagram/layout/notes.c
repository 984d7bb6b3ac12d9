/* A note is carried along by what it belongs to: the phases see a node that is wider by the note,
 * so nothing can come between the two, and no layer is spent on the line that ties them. */
#include "base/ban.h"

#include "diagram/layout/notes.h"

#include "diagram/scene/shape.h"

#define GAP       COORD_OF_PX(24) /* between an anchor and its notes */
#define GAP_NOTES COORD_OF_PX(8)  /* between two notes of one side */
#define CORNER    COORD_OF_PX(8)  /* kept free of lines at the ends of a side */

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

static NotesPlan *notes_of(Plan *plan, EdgeEnd anchor) {
    return anchor.is_group ? &plan->groups[anchor.index].notes : &plan->nodes[anchor.index].notes;
}

static Box box_of(const Plan *plan, EdgeEnd anchor) {
    return anchor.is_group ? plan->groups[anchor.index].box : plan->nodes[anchor.index].box;
}

static uint32_t area_of(const Plan *plan, EdgeEnd anchor) {
    return anchor.is_group ? plan->groups[anchor.index].area : plan->nodes[anchor.index].area;
}

static bool is_turned(const Plan *plan, EdgeEnd anchor) {
    GraphDirection direction = plan_direction(plan, area_of(plan, anchor));
    return direction == GRAPH_LR || direction == GRAPH_RL;
}

/* Everything below is thought of as flowing downwards: swapping the axes twice changes nothing. */
static Box turn_box(Box box, bool turned) {
    return turned ? (Box){box.y, box.x, box.height, box.width} : box;
}

static Point turn_point(Point p, bool turned) {
    return turned ? (Point){p.y, p.x} : p;
}

void notes_mark(Plan *plan) {
    const Graph *graph = plan->graph;
    for (size_t i = 0; i < graph->group_count; i++)
        plan->groups[i].notes.first[0] = plan->groups[i].notes.first[1] = GRAPH_NONE;
    for (size_t i = 0; i < graph->node_count; i++)
        plan->nodes[i].notes.first[0] = plan->nodes[i].notes.first[1] = GRAPH_NONE;
    for (size_t i = 0; i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        if (node->beside == BESIDE_NONE)
            continue;
        plan->nodes[i].is_beside = true;
        plan->edges[node->tether].is_tether = true;
    }
}

/* Notes of one side stand below each other, in the order in which they were written. */
static void add_note(Plan *plan, NodeId note) {
    const Node *node = &plan->graph->nodes[note];
    NotesPlan *notes = notes_of(plan, node->anchor);
    NodeId *last = &notes->first[node->beside == BESIDE_RIGHT];
    Coord along = 0;
    bool turned = is_turned(plan, node->anchor);
    while (*last != GRAPH_NONE) {
        along += turn_box(plan->nodes[*last].box, turned).height + GAP_NOTES;
        last = &plan->nodes[*last].next_note;
    }
    *last = note;
    plan->nodes[note].next_note = GRAPH_NONE;
    Box box = turn_box(plan->nodes[note].box, turned);
    Coord *across = node->beside == BESIDE_RIGHT ? &notes->room.after : &notes->room.before;
    *across = larger(*across, GAP + box.width);
    notes->room.along = larger(notes->room.along, along + box.height);
}

void notes_measure(Plan *plan) {
    const Graph *graph = plan->graph;
    for (NodeId i = 0; i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        if (node->beside == BESIDE_NONE)
            continue;
        /* Edges pass the sides of a group that is not laid out on its own: a note there would be in
         * their way, so it takes a place of its own in the layers. */
        if (node->anchor.is_group && !plan->groups[node->anchor.index].is_area) {
            plan->nodes[i].is_beside = plan->edges[node->tether].is_tether = false;
            continue;
        }
        uint32_t area = area_of(plan, node->anchor);
        plan->nodes[i].area = plan->edges[node->tether].area = area;
        add_note(plan, i);
    }
}

/* Between `low` and `high`, or the middle of the two where they leave nothing. */
static Coord clamp(Coord at, Coord low, Coord high) {
    if (low > high)
        return low + (high - low) / 2;
    return at < low ? low : at > high ? high : at;
}

/* The line from the anchor's side at height `y` to the middle of the note: straight where `y` is
 * beside the note, else with a step in between. */
static void tie(Plan *plan, NodeId note, Coord y, bool turned) {
    const Node *source = &plan->graph->nodes[note];
    bool is_right = source->beside == BESIDE_RIGHT;
    NodeShape shape =
        source->anchor.is_group ? SHAPE_RECT : plan->graph->nodes[source->anchor.index].shape;
    Box real = box_of(plan, source->anchor), box = turn_box(real, turned);
    Box to = turn_box(plan->nodes[note].box, turned);
    Side side = turned ? (is_right ? SIDE_BOTTOM : SIDE_TOP) : is_right ? SIDE_RIGHT : SIDE_LEFT;
    Coord inset = shape_inset(shape, real, side, y);
    Coord from_x = is_right ? box.x + box.width - inset : box.x + inset;
    Coord to_x = is_right ? to.x : to.x + to.width;
    Coord step = is_right ? to_x - GAP / 2 : to_x + GAP / 2;
    bool is_straight = y >= to.y + CORNER && y <= to.y + to.height - CORNER;
    Coord to_y = is_straight ? y : to.y + to.height / 2;
    EdgePlan *edge = &plan->edges[source->tether];
    Point *points = edge->points = ARENA_ARRAY(plan->arena, Point, 4);
    points[edge->point_count++] = (Point){from_x, y};
    if (!is_straight) {
        points[edge->point_count++] = (Point){step, y};
        points[edge->point_count++] = (Point){step, to_y};
    }
    points[edge->point_count++] = (Point){to_x, to_y};
    for (size_t i = 0; i < edge->point_count; i++)
        points[i] = turn_point(points[i], turned);
    const Edge *drawn = &plan->graph->edges[source->tether];
    if (!drawn->from.is_group && drawn->from.index == note)
        for (size_t i = 0, k = edge->point_count - 1; i < k; i++, k--) {
            Point p = points[i];
            points[i] = points[k];
            points[k] = p;
        }
}

void notes_place(Plan *plan, EdgeEnd anchor) {
    bool turned = is_turned(plan, anchor);
    Box box = turn_box(box_of(plan, anchor), turned);
    const NotesPlan *notes = notes_of(plan, anchor);
    /* Self loops stand between a node and the notes at its right. */
    bool has_loops = !anchor.is_group && plan->nodes[anchor.index].loop_count > 0;
    Coord loops = has_loops ? plan->nodes[anchor.index].loop_out : 0;
    Coord gap = GAP + (anchor.is_group ? 0 : plan->nodes[anchor.index].overhang);
    for (int side = 0; side < 2; side++) {
        Coord along = -GAP_NOTES;
        for (NodeId n = notes->first[side]; n != GRAPH_NONE; n = plan->nodes[n].next_note)
            along += turn_box(plan->nodes[n].box, turned).height + GAP_NOTES;
        Coord y = box.y + (box.height - along) / 2;
        for (NodeId n = notes->first[side]; n != GRAPH_NONE; n = plan->nodes[n].next_note) {
            Box note = turn_box(plan->nodes[n].box, turned);
            note.x = side ? box.x + box.width + loops + gap : box.x - gap - note.width;
            note.y = y;
            plan->nodes[n].box = turn_box(note, turned);
            /* A loop takes the middle of the side, so the line passes below it. */
            Coord goal = side && loops ? box.y + box.height : note.y + note.height / 2;
            tie(plan, n, clamp(goal, box.y + CORNER, box.y + box.height - CORNER), turned);
            y += note.height + GAP_NOTES;
        }
    }
}
