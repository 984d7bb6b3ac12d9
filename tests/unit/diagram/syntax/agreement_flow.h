/* agreement_flow.h: a flowchart beside Mermaid's: ids, labels, shapes, parents, edges with their
 * lines, heads and lengths, groups with titles and directions. See agreement.h. */
#ifndef TESTS_AGREEMENT_FLOW_H
#define TESTS_AGREEMENT_FLOW_H

#include "unit/diagram/syntax/agreement.h"

/* Mermaid's names for the outlines of brackets. */
static inline Str flow_shape(Str raw) {
    static const char *const names[][2] = {
        {"square", "rect"},
        {"rect", "rect"},
        {"odd", "flag"},
        {"doublecircle", "double-circle"},
        {"lean_right", "lean-right"},
        {"lean_left", "lean-left"},
        {"inv_trapezoid", "inv-trapezoid"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(raw, str_from(names[i][0])))
            return str_from(names[i][1]);
    return raw.size ? raw : STR("rect");
}

static inline void compare_flow_nodes(Case *one, const YamlNode *vertices) {
    const Graph *graph = one->graph;
    size_t count = 0;
    for (size_t i = 0; i < truth_count(vertices); i++) {
        const YamlNode *vertex = vertices->values[i];
        Str id = truth_text(vertex, "id");
        NodeId index = graph_find(graph, id);
        if (index == GRAPH_NONE) {
            if (graph_find_group(graph, id) == GRAPH_NONE)
                differ(one, "node", id, STR("nothing"));
            continue;
        }
        count++;
        const Node *node = &graph->nodes[index];
        compare_label(one, "label", truth_text(vertex, "label"), node->label.text);
        Str shape = node->shape_name.size ? node->shape_name : graph_shape_name(node->shape);
        compare_text(one, "shape", flow_shape(truth_text(vertex, "shape_raw")), shape);
        compare_text(one, "parent", truth_text(vertex, "parent"), parent_id(graph, node->parent));
    }
    compare_count(one, "number of nodes", count, graph->node_count);
}

static inline Str flow_head(Str name) {
    return str_equal(name, STR("arrow_point"))    ? STR("arrow")
           : str_equal(name, STR("arrow_circle")) ? STR("circle")
           : str_equal(name, STR("arrow_cross"))  ? STR("cross")
                                                  : STR("none");
}

static inline void compare_flow_edge(Case *one, const YamlNode *expected, const Edge *edge) {
    Str line = truth_text(expected, "stroke");
    compare_text(one, "from", truth_text(expected, "start"), end_id(one->graph, edge->from));
    compare_text(one, "to", truth_text(expected, "end"), end_id(one->graph, edge->to));
    compare_label(one, "edge label", truth_text(expected, "label"), edge->label.text);
    compare_text(one, "start", flow_head(truth_text(expected, "arrow_start")),
                 graph_head_name(edge->start));
    compare_text(one, "end", flow_head(truth_text(expected, "arrow_end")),
                 graph_head_name(edge->end));
    /* Mermaid has no line for a link whose two parts differ; we draw the first part's. */
    if (str_equal(line, STR("INVALID")))
        return;
    compare_text(one, "line", str_equal(line, STR("normal")) ? STR("solid") : line,
                 graph_line_name(edge->line));
    compare_text(one, "length", truth_text(expected, "length"),
                 str_format(one->arena, "%d", edge->length));
}

/* The group that the ground truth has at `index`; equal ids are told apart by their order. */
static inline const Group *flow_group_at(const Graph *graph, const YamlNode *groups, size_t index) {
    Str id = truth_text(groups->values[index], "id");
    size_t skip = 0;
    for (size_t i = 0; i < index; i++)
        skip += str_equal(id, truth_text(groups->values[i], "id"));
    for (size_t i = 0; i < graph->group_count; i++)
        if (str_equal(graph->groups[i].id, id) && skip-- == 0)
            return &graph->groups[i];
    return NULL;
}

static inline void compare_flow_members(Case *one, Str id, const YamlNode *members) {
    for (size_t i = 0; i < truth_count(members); i++) {
        Str member = members->values[i]->text;
        GroupId inner = graph_find_group(one->graph, member);
        /* A group that names itself inside holds itself in Mermaid, which then cannot draw it. */
        if (inner != GRAPH_NONE && !str_equal(member, id))
            compare_text(one, "group parent", id,
                         parent_id(one->graph, one->graph->groups[inner].parent));
    }
}

static inline void compare_flow_groups(Case *one, const YamlNode *groups) {
    compare_count(one, "number of groups", truth_count(groups), one->graph->group_count);
    for (size_t i = 0; i < truth_count(groups); i++) {
        const YamlNode *expected = groups->values[i];
        const Group *group = flow_group_at(one->graph, groups, i);
        Str id = truth_text(expected, "id");
        if (!group) {
            differ(one, "group", id, STR("nothing"));
            continue;
        }
        compare_label(one, "title", truth_text(expected, "title"), group->label.text);
        compare_direction(one, "group direction", truth_text(expected, "dir"), STR(""),
                          group->direction);
        compare_flow_members(one, id, yaml_find(expected, "members"));
    }
}

static inline void compare_flow(Case *one, const YamlNode *model) {
    Str direction = truth_text(model, "direction");
    compare_direction(one, "direction", direction.size ? direction : STR("TB"), STR(""),
                      one->graph->direction);
    compare_flow_nodes(one, yaml_find(model, "vertices"));
    const YamlNode *edges = yaml_find(model, "edges");
    compare_count(one, "number of edges", truth_count(edges), one->graph->edge_count);
    for (size_t i = 0; i < truth_count(edges) && i < one->graph->edge_count; i++)
        compare_flow_edge(one, edges->values[i], &one->graph->edges[i]);
    compare_flow_groups(one, yaml_find(model, "subgraphs"));
}

#endif
