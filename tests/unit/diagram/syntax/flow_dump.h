/* flow_dump.h: a flowchart and its findings as lines of text, for tests.
 * In: diagram text; out: one line per thing, in which everything that has its default is left out.
 * Included by the tests of diagram/syntax only. */
#ifndef TESTS_FLOW_DUMP_H
#define TESTS_FLOW_DUMP_H

#include "base/ban.h"

#include "base/buf.h"
#include "diagram/model/graph_json.h"
#include "diagram/syntax/syntax.h"

static inline void dump_text(Buf *buf, const char *before, Str text) {
    if (!text.size)
        return;
    buf_add_text(buf, before);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n')
            buf_add_text(buf, "\\n");
        else
            buf_add_char(buf, text.data[i]);
    }
}

static inline void dump_list(Buf *buf, StrList list) {
    for (size_t i = 0; i < list.count; i++)
        dump_text(buf, " :::", list.items[i]);
}

static inline void dump_style(Buf *buf, StyleList list) {
    for (size_t i = 0; i < list.count; i++) {
        dump_text(buf, i ? "," : " {", list.rules[i].property);
        dump_text(buf, ":", list.rules[i].value);
    }
    if (list.count)
        buf_add_char(buf, '}');
}

static inline void dump_label(Buf *buf, Label label) {
    buf_add_text(buf, label.is_markdown ? " *\"" : " \"");
    dump_text(buf, "", label.text);
    buf_add_char(buf, '"');
}

static inline void dump_node(Buf *buf, const Graph *graph, const Node *node) {
    dump_text(buf, "node ", node->id);
    if (node->has_shape)
        dump_text(buf, " ", graph_shape_name(node->shape));
    dump_text(buf, " = ", node->shape_name);
    if (!str_equal(node->id, node->label.text))
        dump_label(buf, node->label);
    if (node->parent != GRAPH_NONE)
        dump_text(buf, " in ", graph->groups[node->parent].id);
    dump_list(buf, node->classes);
    dump_style(buf, node->style);
    dump_text(buf, " link ", node->link);
    dump_text(buf, " tip ", node->tooltip);
    buf_add_char(buf, '\n');
}

static inline Str dump_end(const Graph *graph, EdgeEnd end) {
    return end.is_group ? graph->groups[end.index].id : graph->nodes[end.index].id;
}

static inline void dump_edge(Buf *buf, const Graph *graph, const Edge *edge) {
    static const char *const starts[] = {"", "<", "o", "x"};
    static const char *const ends[] = {"-", ">", "o", "x"};
    static const char *const lines[] = {"--", "-.-", "==", "~~"};
    dump_text(buf, "edge ", dump_end(graph, edge->from));
    buf_add_format(buf, " %s%s%s ", starts[edge->start], lines[edge->line], ends[edge->end]);
    dump_text(buf, "", dump_end(graph, edge->to));
    if (edge->to.is_group || edge->from.is_group)
        buf_add_text(buf, " (group)");
    if (edge->label.text.size)
        dump_label(buf, edge->label);
    if (edge->length != 1)
        buf_add_format(buf, " length %d", edge->length);
    dump_text(buf, " id ", edge->id);
    dump_list(buf, edge->classes);
    dump_style(buf, edge->style);
    buf_add_char(buf, '\n');
}

static inline void dump_group(Buf *buf, const Graph *graph, const Group *group) {
    dump_text(buf, "group ", group->id);
    if (!str_equal(group->id, group->label.text))
        dump_label(buf, group->label);
    dump_text(buf, " ", graph_direction_name(group->direction));
    if (group->parent != GRAPH_NONE)
        dump_text(buf, " in ", graph->groups[group->parent].id);
    dump_list(buf, group->classes);
    dump_style(buf, group->style);
    dump_text(buf, " link ", group->link);
    buf_add_char(buf, '\n');
}

static inline void dump_head(Buf *buf, const Graph *graph) {
    buf_add(buf, graph_direction_name(graph->direction));
    dump_text(buf, " title ", graph->title);
    dump_text(buf, " descr ", graph->description);
    dump_text(buf, " theme ", graph->theme);
    dump_text(buf, " caption ", graph->caption);
    for (size_t i = 0; i < graph->legend_count; i++) {
        dump_text(buf, " | ", graph->legend[i].key);
        dump_text(buf, "=", graph->legend[i].text);
    }
    for (size_t i = 0; i < graph->rule_count; i++) {
        dump_text(buf, " ! ", graph->rules[i].kind);
        dump_text(buf, " ", graph->rules[i].text);
    }
    buf_add_char(buf, '\n');
    for (size_t i = 0; i < graph->class_count; i++) {
        dump_text(buf, "class ", graph->classes[i].name);
        dump_style(buf, graph->classes[i].style);
        buf_add_char(buf, '\n');
    }
    if (graph->default_edge_style.count) {
        buf_add_text(buf, "links");
        dump_style(buf, graph->default_edge_style);
        buf_add_char(buf, '\n');
    }
}

static inline void dump_findings(Buf *buf, const Diags *diags, DiagSeverity least) {
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        if (diag_rule_severity(diag->rule) < least)
            continue;
        Place place = span_place(diag->at);
        Str rule = diag_rule_name(diag->rule);
        buf_add_format(buf, "%u:%u+%u %.*s: %.*s", place.line, place.column, place.mark_size,
                       STR_FMT(rule), STR_FMT(diag->message));
        if (diag->hint.size)
            buf_add_format(buf, "\n    %.*s", STR_FMT(diag->hint));
        buf_add_char(buf, '\n');
    }
}

/* The whole diagram; "refused" alone when Mermaid would refuse it. */
static inline Str dump_flow(Str text, Arena *arena) {
    Diags *diags = diags_new(arena);
    Buf buf = buf_new(arena);
    bool ok;
    const Graph *graph =
        syntax_parse_flow(source_new(arena, STR("a.mmd"), text), arena, diags, &ok);
    if (!ok) {
        buf_add_text(&buf, "refused\n");
        return buf_str(&buf);
    }
    dump_head(&buf, graph);
    for (size_t i = 0; i < graph->node_count; i++)
        dump_node(&buf, graph, &graph->nodes[i]);
    for (size_t i = 0; i < graph->edge_count; i++)
        dump_edge(&buf, graph, &graph->edges[i]);
    for (size_t i = 0; i < graph->group_count; i++)
        dump_group(&buf, graph, &graph->groups[i]);
    return buf_str(&buf);
}

#endif
