#include "base/ban.h"

#include "diagram/model/graph_json.h"

#include <assert.h>

#include "base/escape.h"
#include "base/json.h"

/* These names are part of the printed document: renaming one breaks readers of it. */
static const char *const shape_names[SHAPE_COUNT] = {
    [SHAPE_RECT] = "rect",
    [SHAPE_ROUND] = "round",
    [SHAPE_STADIUM] = "stadium",
    [SHAPE_SUBROUTINE] = "subroutine",
    [SHAPE_CYLINDER] = "cylinder",
    [SHAPE_CIRCLE] = "circle",
    [SHAPE_DOUBLE_CIRCLE] = "double-circle",
    [SHAPE_ELLIPSE] = "ellipse",
    [SHAPE_FLAG] = "flag",
    [SHAPE_DIAMOND] = "diamond",
    [SHAPE_HEXAGON] = "hexagon",
    [SHAPE_LEAN_RIGHT] = "lean-right",
    [SHAPE_LEAN_LEFT] = "lean-left",
    [SHAPE_TRAPEZOID] = "trapezoid",
    [SHAPE_INV_TRAPEZOID] = "inv-trapezoid",
    [SHAPE_DOCUMENT] = "document",
    [SHAPE_PROCESSES] = "processes",
    [SHAPE_DOCUMENTS] = "documents",
    [SHAPE_CARD] = "card",
    [SHAPE_DELAY] = "delay",
    [SHAPE_LINED] = "lined-rect",
    [SHAPE_DIVIDED] = "divided-rect",
    [SHAPE_WINDOW] = "window-pane",
    [SHAPE_SLOPED] = "sloped-rect",
    [SHAPE_PIPE] = "lying-cylinder",
    [SHAPE_BRACE_LEFT] = "brace-left",
    [SHAPE_BRACE_RIGHT] = "brace-right",
    [SHAPE_BRACES] = "braces",
    [SHAPE_TRIANGLE] = "triangle",
    [SHAPE_INV_TRIANGLE] = "inv-triangle",
    [SHAPE_PENTAGON] = "pentagon",
    [SHAPE_BOW] = "bow-rect",
    [SHAPE_TEXT] = "text",
    [SHAPE_START] = "start",
    [SHAPE_STOP] = "stop",
    [SHAPE_BAR] = "bar",
    [SHAPE_CHOICE] = "choice",
    [SHAPE_NOTE] = "note",
};

Str graph_shape_name(NodeShape shape) {
    assert(shape < SHAPE_COUNT);
    return str_from(shape_names[shape]);
}

Str graph_direction_name(GraphDirection direction) {
    static const char *const names[] = {"TB", "BT", "LR", "RL", ""};
    return str_from(names[direction]);
}

Str graph_line_name(EdgeLine line) {
    static const char *const names[] = {"solid", "dotted", "thick", "invisible"};
    return str_from(names[line]);
}

Str graph_head_name(EdgeHead head) {
    static const char *const names[] = {
        "none",           "arrow",    "circle", "cross",       "triangle",    "diamond",
        "diamond-filled", "lollipop", "one",    "zero-or-one", "one-or-more", "zero-or-more"};
    return str_from(names[head]);
}

static void write_parent(Buf *buf, const Graph *graph, GroupId parent) {
    json_optional(buf, "parent", parent == GRAPH_NONE ? STR("") : graph->groups[parent].id);
}

static void write_node(Buf *buf, const Graph *graph, const Node *node) {
    json_text(buf, "id", node->id);
    json_text(buf, "label", node->label.text);
    json_text(buf, "shape", graph_shape_name(node->shape));
    write_parent(buf, graph, node->parent);
    if (node->stereotype.size)
        json_text(buf, "stereotype", node->stereotype);
    for (size_t i = 0; i < node->row_count; i++) {
        if (i == 0)
            json_key(buf, "rows");
        buf_add_char(buf, i ? ',' : '[');
        for (size_t k = 0; k < (node->is_table ? NODE_CELLS : 1); k++) {
            buf_add_char(buf, k ? ',' : '[');
            json_string(buf, node->rows[i].cells[k]);
        }
        buf_add_text(buf, i + 1 == node->row_count ? "]]" : "]");
    }
}

static Str end_id(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

static void write_edge(Buf *buf, const Graph *graph, const Edge *edge) {
    json_text(buf, "from", end_id(graph, edge->from));
    json_text(buf, "to", end_id(graph, edge->to));
    json_optional(buf, "label", edge->label.text);
    json_text(buf, "line", graph_line_name(edge->line));
    json_text(buf, "start", graph_head_name(edge->start));
    json_text(buf, "end", graph_head_name(edge->end));
    if (edge->start_label.text.size)
        json_text(buf, "start_label", edge->start_label.text);
    if (edge->end_label.text.size)
        json_text(buf, "end_label", edge->end_label.text);
}

static void write_group(Buf *buf, const Graph *graph, const Group *group) {
    json_text(buf, "id", group->id);
    json_optional(buf, "label", group->label.text);
    write_parent(buf, graph, group->parent);
    json_optional(buf, "direction", graph_direction_name(group->direction));
}

static void write_at(Buf *buf, Span at, Str file) {
    if (file.size)
        json_at(buf, at, file);
}

void graph_write_json(const Graph *graph, Str file, Buf *buf) {
    static const char *const types[] = {"flowchart", "state", "class", "er"};
    buf_add_text(buf, "{\"schema\":1,\"kind\":\"diagram\"");
    json_text(buf, "type", str_from(types[graph->kind]));
    json_text(buf, "direction", graph_direction_name(graph->direction));
    json_key(buf, "nodes");
    for (size_t i = 0; i < graph->node_count; i++) {
        buf_add_char(buf, i ? ',' : '[');
        buf_add_char(buf, '{');
        write_node(buf, graph, &graph->nodes[i]);
        write_at(buf, graph->nodes[i].at, file);
        buf_add_char(buf, '}');
    }
    buf_add_text(buf, graph->node_count ? "]" : "[]");
    json_key(buf, "edges");
    for (size_t i = 0; i < graph->edge_count; i++) {
        buf_add_char(buf, i ? ',' : '[');
        buf_add_char(buf, '{');
        write_edge(buf, graph, &graph->edges[i]);
        write_at(buf, graph->edges[i].at, file);
        buf_add_char(buf, '}');
    }
    buf_add_text(buf, graph->edge_count ? "]" : "[]");
    json_key(buf, "groups");
    for (size_t i = 0; i < graph->group_count; i++) {
        buf_add_char(buf, i ? ',' : '[');
        buf_add_char(buf, '{');
        write_group(buf, graph, &graph->groups[i]);
        write_at(buf, graph->groups[i].at, file);
        buf_add_char(buf, '}');
    }
    buf_add_text(buf, graph->group_count ? "]" : "[]");
    buf_add_text(buf, "}\n");
}
