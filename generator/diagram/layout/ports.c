/* Where links meet their blocks: one point of a node's side for each edge while there is room, else
 * one trunk for all edges of the same sense. Points lie in the order of the far ends, so that edges
 * of one node do not cross at it. */
#include "base/ban.h"

#include "diagram/layout/layered.h"

#define PITCH       COORD_OF_PX(20)
#define PITCH_LEAST COORD_OF_PX(10)
#define TRUNK_FROM  4 /* edges of one sense that leave as one trunk */
#define HEAD_KINDS  (HEAD_ZERO_MANY + 1)

typedef struct Stub {
    uint32_t link;
    bool is_apart; /* may not join the trunk: drawn backwards, or with another look */
    uint32_t far;  /* order of the far block */
    uint32_t end;  /* the node at the far end of the edge */
    uint32_t edge;
} Stub;

static int compare_numbers(const void *left, const void *right) {
    const uint32_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

static int compare_stubs(const void *left, const void *right) {
    const Stub *a = left, *b = right;
    if (a->far != b->far)
        return a->far < b->far ? -1 : 1;
    return a->edge < b->edge ? -1 : a->edge > b->edge ? 1 : 0;
}

/* The part of a side that edges may use: all but the corners of a box, the middle of a shape whose
 * outline runs away from its box. */
Coord lay_port_room(const LayNode *node) {
    switch (node->shape) {
    case SHAPE_DIAMOND:
    case SHAPE_CIRCLE:
    case SHAPE_DOUBLE_CIRCLE:
    case SHAPE_TRIANGLE:
    case SHAPE_INV_TRIANGLE:
    case SHAPE_CHOICE:
    case SHAPE_ELLIPSE: return node->width / 2;
    case SHAPE_HEXAGON:
    case SHAPE_STADIUM:
    case SHAPE_LEAN_RIGHT:
    case SHAPE_LEAN_LEFT:
    case SHAPE_TRAPEZOID:
    case SHAPE_INV_TRAPEZOID:
    case SHAPE_PENTAGON:
    case SHAPE_FLAG: return node->width * 3 / 5;
    case SHAPE_START:
    case SHAPE_STOP: return 0; /* a dot: all edges of a side meet it at one point */
    case SHAPE_RECT:
    case SHAPE_ROUND:
    case SHAPE_SUBROUTINE:
    case SHAPE_CYLINDER:
    case SHAPE_DOCUMENT:
    case SHAPE_PROCESSES:
    case SHAPE_DOCUMENTS:
    case SHAPE_CARD:
    case SHAPE_BOW:
    case SHAPE_DELAY:
    case SHAPE_LINED:
    case SHAPE_DIVIDED:
    case SHAPE_WINDOW:
    case SHAPE_SLOPED:
    case SHAPE_PIPE:
    case SHAPE_BRACE_LEFT:
    case SHAPE_BRACE_RIGHT:
    case SHAPE_BRACES:
    case SHAPE_TEXT:
    case SHAPE_BAR:
    case SHAPE_NOTE:
    case SHAPE_COUNT: break;
    }
    /* A crow's foot or diamond needs more room beside the corner than an arrow. */
    if (node->pad && node->width > COORD_OF_PX(48))
        return node->width - COORD_OF_PX(32);
    return node->width > COORD_OF_PX(24) ? node->width - COORD_OF_PX(20) : node->width / 5;
}

static void set_port(Layered *lay, const Stub *stub, bool at_bottom, Coord offset) {
    Link *link = &lay->links[stub->link];
    if (at_bottom)
        link->upper_port = offset;
    else
        link->lower_port = offset;
}

/* Do two edges of the same sense lead to the same node? Then one trunk would hide one of them. */
static bool has_twins(const Stub *stubs, uint32_t count, Arena *arena) {
    uint32_t *ends = ARENA_ARRAY(arena, uint32_t, count), total = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!stubs[i].is_apart)
            ends[total++] = stubs[i].end;
    qsort(ends, total, sizeof *ends, compare_numbers);
    for (uint32_t i = 1; i < total; i++)
        if (ends[i] == ends[i - 1])
            return true;
    return false;
}

/* What edges must share to leave as one: the line style and the head at this end. */
static uint32_t trunk_kind(const Edge *edge, bool at_bottom) {
    return (uint32_t)edge->line * HEAD_KINDS + (uint32_t)(at_bottom ? edge->start : edge->end);
}

/* Sets apart what is drawn backwards, in colours of its own or not in the kind that most have;
 * gives the count of the others. */
static uint32_t set_apart(const Layered *lay, Stub *stubs, uint32_t count, bool at_bottom) {
    uint32_t kinds[(EDGE_INVISIBLE + 1) * HEAD_KINDS] = {0}, forward = 0, common = 0;
    for (uint32_t i = 0; i < count; i++) {
        const LayEdge *lay_edge = &lay->edges[stubs[i].edge];
        const Edge *edge = &lay->graph->edges[lay_edge->ref];
        uint32_t kind = trunk_kind(edge, at_bottom);
        stubs[i].is_apart = lay_edge->reversed || lay->links[stubs[i].link].is_up ||
                            edge->style.count > 0 || edge->classes.count > 0;
        if (!stubs[i].is_apart && ++kinds[kind] > kinds[common])
            common = kind;
    }
    for (uint32_t i = 0; i < count; i++) {
        const Edge *edge = &lay->graph->edges[lay->edges[stubs[i].edge].ref];
        stubs[i].is_apart = stubs[i].is_apart || trunk_kind(edge, at_bottom) != common;
        forward += stubs[i].is_apart ? 0 : 1;
    }
    return forward;
}

/* A node that would have its edges too close together grows; a circle stays one. */
static void widen(Layered *lay, LayNode *node, Coord room) {
    Coord by = room - lay_port_room(node);
    if (by <= 0)
        return;
    by = (Coord)((int64_t)by * node->width / (lay_port_room(node) + 1)) + COORD_PER_PX;
    node->width += by;
    lay->blocks[node->block].left += by / 2;
    lay->blocks[node->block].right += by - by / 2;
    bool is_round = node->shape == SHAPE_CIRCLE || node->shape == SHAPE_DOUBLE_CIRCLE;
    if (is_round && node->height < node->width)
        node->height = node->width;
    Block *block = &lay->blocks[node->block];
    block->height = block->height > node->height ? block->height : node->height;
}

static bool is_dot(const LayNode *node) {
    return node->shape == SHAPE_START || node->shape == SHAPE_STOP;
}

/* Edges that stand apart between others of the trunk would cross it: where there is room, what is
 * before and what is behind each of them has a trunk of its own. */
static bool split_trunk(Layered *lay, const LayNode *node, const Stub *stubs, uint32_t count) {
    bool at_bottom = lay->links[stubs[0].link].upper == node->block;
    uint32_t ports = 0, port = 0;
    for (uint32_t i = 0; i < count; i++)
        ports += i == 0 || stubs[i].is_apart || stubs[i - 1].is_apart;
    Coord usable = lay_port_room(node), pitch = ports > 1 ? usable / (Coord)(ports - 1) : 0;
    if (pitch < lay_pitch(node, PITCH_LEAST))
        return false;
    pitch = pitch > PITCH ? PITCH : pitch;
    Coord start = -(Coord)(ports - 1) * pitch / 2;
    for (uint32_t i = 0; i < count; i++) {
        port += i > 0 && (stubs[i].is_apart || stubs[i - 1].is_apart);
        set_port(lay, &stubs[i], at_bottom, start + (Coord)port * pitch);
    }
    return true;
}

/* The stubs of one side, sorted by their far ends. */
static void spread(Layered *lay, LayNode *node, Stub *stubs, uint32_t count, Arena *arena) {
    bool at_bottom = lay->links[stubs[0].link].upper == node->block;
    uint32_t forward = set_apart(lay, stubs, count, at_bottom), middle = 0, ports;
    Coord least = lay_pitch(node, PITCH_LEAST);
    bool trunk = node->pitch == 0 && forward >= TRUNK_FROM && !has_twins(stubs, count, arena);
    if (!trunk && count > 1 && !is_dot(node))
        widen(lay, node, (Coord)(count - 1) * least);
    Coord usable = lay_port_room(node);
    ports = trunk ? count - forward + 1 : count;
    Coord pitch = ports > 1 ? usable / (Coord)(ports - 1) : 0;
    Coord most = least > PITCH ? least : PITCH;
    pitch = pitch > most ? most : pitch;
    Coord start = -(Coord)(ports - 1) * pitch / 2;
    for (uint32_t i = 0, seen = 0; i < count; i++) { /* port of the trunk: before its median */
        if (stubs[i].is_apart)
            continue;
        if (seen++ == forward / 2)
            break;
        middle = i;
    }
    if (trunk && split_trunk(lay, node, stubs, count))
        return;
    uint32_t trunk_port = 0;
    for (uint32_t i = 0; i < middle && trunk; i++)
        trunk_port += stubs[i].is_apart ? 1 : 0;
    for (uint32_t i = 0, next = 0; i < count; i++) {
        if (trunk && !stubs[i].is_apart) {
            set_port(lay, &stubs[i], at_bottom, start + (Coord)trunk_port * pitch);
            continue;
        }
        if (trunk && next == trunk_port)
            next++;
        set_port(lay, &stubs[i], at_bottom, start + (Coord)next++ * pitch);
    }
}

static Coord gate_of(const Layered *lay, const Stub *stub, uint32_t node) {
    const LayEdge *edge = &lay->edges[stub->edge];
    size_t end = edge->from == node ? 0 : 1;
    bool at_bottom = lay->links[stub->link].upper == lay->nodes[node].block;
    return at_bottom ? edge->gate_below[end] : edge->gate_above[end];
}

static int compare_coords(const void *left, const void *right) {
    const Coord *a = left, *b = right;
    return *a < *b ? -1 : *a > *b ? 1 : 0;
}

/* Edges that go on into an area meet it where they do so. Those that go to the same node there
 * share its gates in the order of their far ends. */
static void meet_gates(Layered *lay, uint32_t node, const Stub *stubs, uint32_t count) {
    Arena *arena = arena_new();
    Coord *gates = ARENA_ARRAY(arena, Coord, count);
    bool *is_done = ARENA_ARRAY(arena, bool, count);
    for (uint32_t i = 0; i < count; i++) {
        const LayEdge *edge = &lay->edges[stubs[i].edge];
        size_t end = edge->from == node ? 0 : 1;
        if (is_done[i] || !edge->has_gate[end])
            continue;
        uint32_t total = 0, next = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (uint32_t k = i; k < count; k++) {
                const LayEdge *other = &lay->edges[stubs[k].edge];
                size_t at = other->from == node ? 0 : 1;
                if (!other->has_gate[at] || other->gate_goal[at] != edge->gate_goal[end])
                    continue;
                if (pass == 0) {
                    gates[total++] = gate_of(lay, &stubs[k], node);
                    continue;
                }
                is_done[k] = true;
                set_port(lay, &stubs[k], lay->links[stubs[k].link].upper == lay->nodes[node].block,
                         gates[next++]);
            }
            qsort(gates, total, sizeof *gates, compare_coords);
        }
    }
    arena_free(arena);
}

void ports_run(Layered *lay) {
    Arena *arena = arena_new();
    uint32_t *first = ARENA_ARRAY(arena, uint32_t, 2 * (size_t)lay->block_count + 1);
    Stub *stubs = ARENA_ARRAY(arena, Stub, 2 * (size_t)lay->link_count);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        first[2 * (size_t)lay->links[i].upper + 1]++;
        first[2 * (size_t)lay->links[i].lower + 2]++;
    }
    for (size_t i = 0; i < 2 * (size_t)lay->block_count; i++)
        first[i + 1] += first[i];
    uint32_t *next = ARENA_ARRAY(arena, uint32_t, 2 * (size_t)lay->block_count);
    for (uint32_t i = 0; i < lay->link_count; i++) {
        const Link *link = &lay->links[i];
        size_t up = 2 * (size_t)link->upper, low = 2 * (size_t)link->lower + 1;
        const LayEdge *edge = &lay->edges[link->edge];
        stubs[first[up] + next[up]++] =
            (Stub){i, false, lay->blocks[link->lower].order, lay_lower(edge), link->edge};
        stubs[first[low] + next[low]++] =
            (Stub){i, false, lay->blocks[link->upper].order, lay_upper(edge), link->edge};
    }
    for (uint32_t v = 0; v < lay->node_count; v++) {
        LayNode *node = &lay->nodes[v];
        for (size_t side = 0; side < 2; side++) {
            size_t at = 2 * (size_t)node->block + side;
            uint32_t count = first[at + 1] - first[at];
            if (count == 0 || node->kind == LAY_PORT)
                continue;
            qsort(stubs + first[at], count, sizeof *stubs, compare_stubs);
            spread(lay, node, stubs + first[at], count, arena);
            if (node->has_gates)
                meet_gates(lay, v, stubs + first[at], count);
        }
    }
    arena_free(arena);
}
