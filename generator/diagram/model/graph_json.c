#include "base/ban.h"

#include "diagram/model/graph_json.h"

#include <assert.h>

#include "base/escape.h"

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

/* `"key":value`, with a comma in front unless it is the first of its object. */
static void write_key(Buf *buf, const char *key) {
    if (buf->size && buf->data[buf->size - 1] != '{')
        buf_add_char(buf, ',');
    json_string(buf, str_from(key));
    buf_add_char(buf, ':');
}

static void write_text(Buf *buf, const char *key, Str text) {
    write_key(buf, key);
    json_string(buf, text);
}

/* Empty text is absent, and absent is null. */
static void write_optional(Buf *buf, const char *key, Str text) {
    write_key(buf, key);
    if (text.size)
        json_string(buf, text);
    else
        buf_add_text(buf, "null");
}

static void write_parent(Buf *buf, const Graph *graph, GroupId parent) {
    write_optional(buf, "parent", parent == GRAPH_NONE ? STR("") : graph->groups[parent].id);
}

static void write_node(Buf *buf, const Graph *graph, const Node *node) {
    write_text(buf, "id", node->id);
    write_text(buf, "label", node->label.text);
    write_text(buf, "shape", graph_shape_name(node->shape));
    write_parent(buf, graph, node->parent);
    if (node->stereotype.size)
        write_text(buf, "stereotype", node->stereotype);
    for (size_t i = 0; i < node->row_count; i++) {
        if (i == 0)
            write_key(buf, "rows");
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
    write_text(buf, "from", end_id(graph, edge->from));
    write_text(buf, "to", end_id(graph, edge->to));
    write_optional(buf, "label", edge->label.text);
    write_text(buf, "line", graph_line_name(edge->line));
    write_text(buf, "start", graph_head_name(edge->start));
    write_text(buf, "end", graph_head_name(edge->end));
    if (edge->start_label.text.size)
        write_text(buf, "start_label", edge->start_label.text);
    if (edge->end_label.text.size)
        write_text(buf, "end_label", edge->end_label.text);
}

static void write_group(Buf *buf, const Graph *graph, const Group *group) {
    write_text(buf, "id", group->id);
    write_optional(buf, "label", group->label.text);
    write_parent(buf, graph, group->parent);
    write_optional(buf, "direction", graph_direction_name(group->direction));
}

void graph_write_json(const Graph *graph, Buf *buf) {
    static const char *const types[] = {"flowchart", "state", "class", "er"};
    buf_add_text(buf, "{\"schema\":1,\"kind\":\"diagram\"");
    write_text(buf, "type", str_from(types[graph->kind]));
    write_text(buf, "direction", graph_direction_name(graph->direction));
    write_key(buf, "nodes");
    for (size_t i = 0; i < graph->node_count; i++) {
        buf_add_char(buf, i ? ',' : '[');
        buf_add_char(buf, '{');
        write_node(buf, graph, &graph->nodes[i]);
        buf_add_char(buf, '}');
    }
    buf_add_text(buf, graph->node_count ? "]" : "[]");
    write_key(buf, "edges");
    for (size_t i = 0; i < graph->edge_count; i++) {
        buf_add_char(buf, i ? ',' : '[');
        buf_add_char(buf, '{');
        write_edge(buf, graph, &graph->edges[i]);
        buf_add_char(buf, '}');
    }
    buf_add_text(buf, graph->edge_count ? "]" : "[]");
    write_key(buf, "groups");
    for (size_t i = 0; i < graph->group_count; i++) {
        buf_add_char(buf, i ? ',' : '[');
        buf_add_char(buf, '{');
        write_group(buf, graph, &graph->groups[i]);
        buf_add_char(buf, '}');
    }
    buf_add_text(buf, graph->group_count ? "]" : "[]");
    buf_add_text(buf, "}\n");
}
