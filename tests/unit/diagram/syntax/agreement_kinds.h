/* agreement_kinds.h: state, class and entity relationship diagrams beside Mermaid's. See
 * agreement.h. Where Mermaid numbers what the author did not name, order decides. */
#ifndef TESTS_AGREEMENT_KINDS_H
#define TESTS_AGREEMENT_KINDS_H

#include "unit/diagram/syntax/agreement.h"

static inline bool has_part(Str text, const char *part) {
    return str_find(text, str_from(part), 0) != STR_NONE;
}

/* Are the author's classes (words that are not Mermaid's own) those of the list, in order? */
static inline void compare_classes(Case *one, Str expected, const StrList *found) {
    Buf words = buf_new(one->arena), names = buf_new(one->arena);
    while (expected.data) {
        Str word = str_cut(&expected, ' ');
        if (word.size && !str_starts_with(word, STR("statediagram-")) &&
            !str_equal(word, STR("default")) && !str_equal(word, STR("clickable")))
            buf_add_format(&words, "%.*s ", STR_FMT(word));
    }
    for (size_t i = 0; i < found->count; i++)
        buf_add_format(&names, "%.*s ", STR_FMT(found->items[i]));
    compare_text(one, "classes", buf_str(&words), buf_str(&names));
}

/* ---- State diagrams ---- */

/* An id without the number that both sides give to notes: `A----note-3` is `A----note`. Regions
 * are numbered by Mermaid as they close, the last of a state by chance. */
static inline Str state_id(Arena *arena, Str id) {
    size_t note = str_find(id, STR("----note"), 0);
    if (note != STR_NONE)
        return str_slice(id, 0, note + 8);
    bool is_start = str_ends_with(id, STR("_start")), is_end = str_ends_with(id, STR("_end"));
    if (str_starts_with(id, STR("divider-id-")) || str_starts_with(id, STR("AUTO")))
        return str_format(arena, "region%s", is_start ? "_start" : is_end ? "_end" : "");
    return id;
}

static inline Str state_shape(Str name) {
    static const char *const names[][2] = {
        {"rect", "round"}, {"rectWithTitle", "round"}, {"stateStart", "start"},
        {"fork", "bar"},   {"stateEnd", "stop"},       {"join", "bar"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i][0])))
            return str_from(names[i][1]);
    return name;
}

/* A note's parent is a group made for the two; what counts is where its state lies. */
static inline Str state_parent(Case *one, const YamlNode *nodes, Str parent) {
    if (!str_ends_with(parent, STR("----parent")))
        return state_id(one->arena, parent);
    for (size_t i = 0; i < truth_count(nodes); i++)
        if (str_equal(truth_text(nodes->values[i], "id"), parent))
            return state_id(one->arena, truth_text(nodes->values[i], "parent"));
    return STR("");
}

static inline void compare_state_group(Case *one, const YamlNode *expected, const Group *group) {
    compare_text(one, "composite state", truth_text(expected, "shape"),
                 group->is_region ? STR("divider") : STR("roundedWithTitle"));
    compare_label(one, "title", truth_text(expected, "label"), group->label.text);
    compare_direction(one, "direction of a state", truth_text(expected, "dir"), STR("TB"),
                      group->direction);
    compare_text(one, "parent of a state", state_id(one->arena, truth_text(expected, "parent")),
                 state_id(one->arena, parent_id(one->graph, group->parent)));
    compare_classes(one, truth_text(expected, "classes"), &group->classes);
}

static inline void compare_state_node(Case *one, const YamlNode *nodes, const YamlNode *expected,
                                      const Node *node) {
    Str shape = state_shape(truth_text(expected, "shape")), found = graph_shape_name(node->shape);
    compare_text(one, "shape", shape, found);
    /* Mermaid puts the id where nothing is written: in dots, bars and diamonds. */
    if (str_equal(shape, STR("round")) || str_equal(shape, STR("note")))
        compare_label(one, "label", truth_text(expected, "label"), node->label.text);
    compare_text(one, "parent", state_parent(one, nodes, truth_text(expected, "parent")),
                 state_id(one->arena, parent_id(one->graph, node->parent)));
    if (!str_equal(shape, STR("note")))
        compare_classes(one, truth_text(expected, "classes"), &node->classes);
}

/* The node or group with this id that no earlier one of Mermaid's has taken. */
static inline uint32_t take_state(Case *one, Str id, bool is_group, bool *taken) {
    size_t count = is_group ? one->graph->group_count : one->graph->node_count;
    for (uint32_t i = 0; i < count; i++) {
        Str found = is_group ? one->graph->groups[i].id : one->graph->nodes[i].id;
        if (taken[i] || !str_equal(state_id(one->arena, found), id))
            continue;
        taken[i] = true;
        return i;
    }
    return GRAPH_NONE;
}

static inline void compare_states(Case *one, const YamlNode *nodes) {
    const Graph *graph = one->graph;
    bool *is_node_taken = ARENA_ARRAY(one->arena, bool, graph->node_count + 1);
    bool *is_group_taken = ARENA_ARRAY(one->arena, bool, graph->group_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < truth_count(nodes); i++) {
        const YamlNode *expected = nodes->values[i];
        if (str_equal(truth_text(expected, "shape"), STR("noteGroup")))
            continue;
        Str id = state_id(one->arena, truth_text(expected, "id"));
        const YamlNode *flag = yaml_find(expected, "is_group");
        bool is_group = flag && flag->is_true;
        uint32_t index = take_state(one, id, is_group, is_group ? is_group_taken : is_node_taken);
        count++;
        if (index == GRAPH_NONE)
            differ(one, "state", id, STR("nothing"));
        else if (is_group)
            compare_state_group(one, expected, &graph->groups[index]);
        else
            compare_state_node(one, nodes, expected, &graph->nodes[index]);
    }
    compare_count(one, "number of states", count, graph->node_count + graph->group_count);
}

static inline void compare_transition(Case *one, const YamlNode *expected, const Edge *edge) {
    const Graph *graph = one->graph;
    bool is_note = has_part(truth_text(expected, "classes"), "note-edge");
    compare_text(one, "from", state_id(one->arena, truth_text(expected, "start")),
                 state_id(one->arena, end_id(graph, edge->from)));
    compare_text(one, "to", state_id(one->arena, truth_text(expected, "end")),
                 state_id(one->arena, end_id(graph, edge->to)));
    compare_label(one, "text", truth_text(expected, "label"), edge->label.text);
    compare_text(one, "head", truth_text(expected, "arrow_end").size ? STR("arrow") : STR("none"),
                 graph_head_name(edge->end));
    compare_text(one, "line", is_note ? STR("dotted") : STR("solid"), graph_line_name(edge->line));
}

static inline void compare_state(Case *one, const YamlNode *model) {
    const Graph *graph = one->graph;
    compare_direction(one, "direction", truth_text(model, "direction"), STR("TB"),
                      graph->direction);
    compare_states(one, yaml_find(model, "nodes"));
    const YamlNode *edges = yaml_find(model, "edges");
    compare_count(one, "number of transitions", truth_count(edges), graph->edge_count);
    for (size_t i = 0; i < truth_count(edges) && i < graph->edge_count; i++)
        compare_transition(one, edges->values[i], &graph->edges[i]);
}

/* ---- Class diagrams ---- */

/* Members of one compartment, in order. */
static inline void compare_members(Case *one, const char *what, const YamlNode *list,
                                   const Node *node, int section) {
    size_t next = 0;
    for (size_t i = 0; i < node->row_count; i++) {
        const NodeRow *row = &node->rows[i];
        if (row->section != section)
            continue;
        if (next < truth_count(list)) {
            const YamlNode *expected = list->values[next];
            Str css = truth_text(expected, "css");
            compare_label(one, what, truth_text(expected, "text"), row->cells[0]);
            compare_count(one, "is abstract", has_part(css, "italic"), row->is_italic);
            compare_count(one, "is static", has_part(css, "underline"), row->is_underlined);
        }
        next++;
    }
    compare_count(
        one, str_equal(str_from(what), STR("method")) ? "number of methods" : "number of members",
        truth_count(list), next);
}

static inline void add_style(Buf *buf, StyleList style) {
    for (size_t i = 0; i < style.count; i++)
        buf_add_format(buf, "%.*s:%.*s;", STR_FMT(style.rules[i].property),
                       STR_FMT(bare(buf->arena, style.rules[i].value)));
}

/* To Mermaid the rules of a class's `classDef`s are its own. */
static inline void compare_style(Case *one, const YamlNode *list, const Node *node) {
    const Graph *graph = one->graph;
    Buf expected = buf_new(one->arena), found = buf_new(one->arena);
    for (size_t i = 0; i < truth_count(list); i++)
        buf_add_format(&expected, "%.*s;", STR_FMT(bare(one->arena, list->values[i]->text)));
    for (size_t i = 0; i < node->classes.count; i++)
        for (size_t k = 0; k < graph->class_count; k++)
            if (str_equal(node->classes.items[i], graph->classes[k].name))
                add_style(&found, graph->classes[k].style);
    add_style(&found, node->style);
    compare_text(one, "style", buf_str(&expected), buf_str(&found));
}

/* Mermaid writes the path of a bare host. */
static inline Str class_link(Str url) {
    return str_ends_with(url, STR("/")) ? str_slice(url, 0, url.size - 1) : url;
}

static inline void compare_class_node(Case *one, const YamlNode *expected, const Node *node) {
    Str generic = truth_text(expected, "generic"), label = truth_text(expected, "label");
    if (generic.size)
        label = str_format(one->arena, "%.*s&lt;%.*s&gt;", STR_FMT(label), STR_FMT(generic));
    compare_label(one, "label", label, node->label.text);
    const YamlNode *words = yaml_find(expected, "annotations");
    Buf stereotype = buf_new(one->arena);
    for (size_t i = 0; i < truth_count(words); i++)
        buf_add_format(&stereotype, "«%.*s»", STR_FMT(words->values[i]->text));
    compare_label(one, "annotations", buf_str(&stereotype), node->stereotype);
    compare_members(one, "member", yaml_find(expected, "members"), node, 1);
    compare_members(one, "method", yaml_find(expected, "methods"), node, 2);
    compare_text(one, "namespace", truth_text(expected, "namespace"),
                 parent_id(one->graph, node->parent));
    compare_text(one, "link", class_link(truth_text(expected, "link")), class_link(node->link));
    compare_classes(one, truth_text(expected, "css_classes"), &node->classes);
    compare_style(one, yaml_find(expected, "styles"), node);
}

static inline Str class_head(Str name) {
    static const char *const names[][2] = {
        {"extension", "triangle"},
        {"dependency", "arrow"},
        {"aggregation", "diamond"},
        {"composition", "diamond-filled"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i][0])))
            return str_from(names[i][1]);
    return name;
}

static inline void compare_relation(Case *one, const YamlNode *expected, const Edge *edge) {
    const Graph *graph = one->graph;
    /* The ball of a lollipop is a text beside the line, which Mermaid makes a class's name of. */
    bool is_from_ball = edge->start == HEAD_LOLLIPOP && edge->end == HEAD_NONE;
    bool is_to_ball = edge->end == HEAD_LOLLIPOP && edge->start == HEAD_NONE;
    if (!is_from_ball)
        compare_text(one, "from", truth_text(expected, "from"), end_id(graph, edge->from));
    if (!is_to_ball)
        compare_text(one, "to", truth_text(expected, "to"), end_id(graph, edge->to));
    compare_text(one, "start", class_head(truth_text(expected, "type1")),
                 graph_head_name(edge->start));
    compare_text(one, "end", class_head(truth_text(expected, "type2")), graph_head_name(edge->end));
    compare_text(one, "line", truth_text(expected, "line"), graph_line_name(edge->line));
    compare_label(one, "text", truth_text(expected, "label"), edge->label.text);
    compare_label(one, "multiplicity", truth_text(expected, "card1"), edge->start_label.text);
    compare_label(one, "multiplicity", truth_text(expected, "card2"), edge->end_label.text);
}

/* Notes are nodes with an edge to us; Mermaid keeps both apart. */
static inline void compare_class_notes(Case *one, const YamlNode *notes) {
    const Graph *graph = one->graph;
    size_t next = 0;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        if (graph->nodes[i].shape != SHAPE_NOTE)
            continue;
        if (next < truth_count(notes)) {
            Str owner = STR("");
            for (size_t k = 0; k < graph->edge_count; k++)
                if (!graph->edges[k].from.is_group && graph->edges[k].from.index == i)
                    owner = end_id(graph, graph->edges[k].to);
            compare_label(one, "note", truth_text(notes->values[next], "text"),
                          graph->nodes[i].label.text);
            compare_text(one, "note for", truth_text(notes->values[next], "for"), owner);
        }
        next++;
    }
    compare_count(one, "number of notes", truth_count(notes), next);
}

static inline bool is_note_edge(const Graph *graph, const Edge *edge) {
    return !edge->from.is_group && graph->nodes[edge->from.index].shape == SHAPE_NOTE;
}

static inline void compare_relations(Case *one, const YamlNode *relations) {
    size_t next = 0;
    for (size_t i = 0; i < one->graph->edge_count; i++) {
        const Edge *edge = &one->graph->edges[i];
        if (is_note_edge(one->graph, edge))
            continue;
        if (next < truth_count(relations))
            compare_relation(one, relations->values[next], edge);
        next++;
    }
    compare_count(one, "number of relations", truth_count(relations), next);
}

static inline void compare_class(Case *one, const YamlNode *model) {
    const Graph *graph = one->graph;
    const YamlNode *classes = yaml_find(model, "classes");
    compare_direction(one, "direction", truth_text(model, "direction"), STR(""), graph->direction);
    size_t count = 0;
    for (size_t i = 0; i < graph->node_count; i++)
        count += graph->nodes[i].shape == SHAPE_RECT;
    compare_count(one, "number of classes", truth_count(classes), count);
    for (size_t i = 0; i < truth_count(classes); i++) {
        Str id = truth_text(classes->values[i], "id");
        NodeId node = graph_find(graph, id);
        if (node == GRAPH_NONE)
            differ(one, "class", id, STR("nothing"));
        else
            compare_class_node(one, classes->values[i], &graph->nodes[node]);
    }
    const YamlNode *namespaces = yaml_find(model, "namespaces");
    compare_count(one, "number of namespaces", truth_count(namespaces), graph->group_count);
    for (size_t i = 0; i < truth_count(namespaces); i++)
        if (graph_find_group(graph, truth_text(namespaces->values[i], "id")) == GRAPH_NONE)
            differ(one, "namespace", truth_text(namespaces->values[i], "id"), STR("nothing"));
    compare_relations(one, yaml_find(model, "relations"));
    compare_class_notes(one, yaml_find(model, "notes"));
}

/* ---- Entity relationship diagrams ---- */

/* Mermaid works generic types out when it draws. */
static inline Str with_tildes(Arena *arena, Str type) {
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < type.size; i++)
        buf_add_char(&buf, type.data[i] == '<' || type.data[i] == '>' ? '~' : type.data[i]);
    return buf_str(&buf);
}

static inline void compare_attribute(Case *one, const YamlNode *expected, const NodeRow *row) {
    const YamlNode *keys = yaml_find(expected, "keys");
    Buf names = buf_new(one->arena);
    for (size_t i = 0; i < truth_count(keys); i++)
        buf_add_format(&names, "%s%.*s", i ? ", " : "", STR_FMT(keys->values[i]->text));
    compare_label(one, "type", truth_text(expected, "type"),
                  with_tildes(one->arena, row->cells[0]));
    compare_label(one, "attribute", truth_text(expected, "name"), row->cells[1]);
    compare_text(one, "keys", buf_str(&names), row->cells[2]);
    compare_label(one, "comment", truth_text(expected, "comment"), row->cells[3]);
}

static inline void compare_entity(Case *one, const YamlNode *expected, const Node *node) {
    const YamlNode *attributes = yaml_find(expected, "attributes");
    Str alias = truth_text(expected, "alias");
    compare_label(one, "label", alias.size ? alias : truth_text(expected, "label"),
                  node->label.text);
    compare_count(one, "number of attributes", truth_count(attributes), node->row_count);
    for (size_t i = 0; i < truth_count(attributes) && i < node->row_count; i++)
        compare_attribute(one, attributes->values[i], &node->rows[i]);
    compare_classes(one, truth_text(expected, "css_classes"), &node->classes);
}

static inline Str er_head(Str name) {
    static const char *const names[][2] = {
        {"ONLY_ONE", "one"},
        {"MD_PARENT", "one"},
        {"ZERO_OR_ONE", "zero-or-one"},
        {"ONE_OR_MORE", "one-or-more"},
        {"ZERO_OR_MORE", "zero-or-more"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, str_from(names[i][0])))
            return str_from(names[i][1]);
    return name;
}

/* Mermaid's card_a stands at the second entity. */
static inline void compare_relationship(Case *one, const YamlNode *expected, const Edge *edge) {
    bool is_dotted = str_equal(truth_text(expected, "rel"), STR("NON_IDENTIFYING"));
    compare_text(one, "from", truth_text(expected, "a"), end_id(one->graph, edge->from));
    compare_text(one, "to", truth_text(expected, "b"), end_id(one->graph, edge->to));
    compare_label(one, "role", truth_text(expected, "role"), edge->label.text);
    compare_text(one, "start", er_head(truth_text(expected, "card_b")),
                 graph_head_name(edge->start));
    compare_text(one, "end", er_head(truth_text(expected, "card_a")), graph_head_name(edge->end));
    compare_text(one, "line", is_dotted ? STR("dotted") : STR("solid"),
                 graph_line_name(edge->line));
}

static inline void compare_er(Case *one, const YamlNode *model) {
    const Graph *graph = one->graph;
    const YamlNode *entities = yaml_find(model, "entities");
    const YamlNode *relationships = yaml_find(model, "relationships");
    compare_direction(one, "direction", truth_text(model, "direction"), STR(""), graph->direction);
    compare_count(one, "number of entities", truth_count(entities), graph->node_count);
    for (size_t i = 0; i < truth_count(entities); i++) {
        Str id = truth_text(entities->values[i], "name");
        NodeId node = graph_find(graph, id);
        if (node == GRAPH_NONE)
            differ(one, "entity", id, STR("nothing"));
        else
            compare_entity(one, entities->values[i], &graph->nodes[node]);
    }
    compare_count(one, "number of relationships", truth_count(relationships), graph->edge_count);
    for (size_t i = 0; i < truth_count(relationships) && i < graph->edge_count; i++)
        compare_relationship(one, relationships->values[i], &graph->edges[i]);
}

#endif
