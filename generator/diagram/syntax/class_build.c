/* What a class diagram's names and members mean: generic types, visibility, what is static or
 * abstract, levels of namespaces. */
#include "base/ban.h"

#include "base/limits.h"
#include "diagram/syntax/class.h"
#include "diagram/syntax/letters.h"

enum {
    SECTION_ATTRIBUTES = 1,
    SECTION_METHODS,
};

/* name := id ( "~" type "~" )? */
static Str id_of(Str name) {
    return str_cut(&name, '~');
}

NodeId class_find(const Reader *reader, Str name) {
    return graph_find(reader->graph, id_of(name));
}

static NodeId new_node(Reader *reader, Str id, NodeShape shape, Span at) {
    Graph *graph = reader->graph;
    if (graph->node_count == LIMIT_DIAGRAM_NODES) {
        reader_limit(reader, at, "classes", LIMIT_DIAGRAM_NODES);
        return GRAPH_NONE;
    }
    NodeId node = graph_intern(graph, reader->arena, id, at);
    graph->nodes[node].shape = shape;
    graph->nodes[node].has_shape = true;
    return node;
}

NodeId class_intern(Reader *reader, Str name, Span at) {
    NodeId found = class_find(reader, name);
    if (found != GRAPH_NONE || id_of(name).size == 0)
        return found;
    NodeId node = new_node(reader, id_of(name), SHAPE_RECT, at);
    if (node != GRAPH_NONE)
        reader->graph->nodes[node].label =
            (Label){.text = reader_text(reader, reader_generics(reader, name)), .at = at};
    return node;
}

void class_add_annotation(Reader *reader, NodeId class, Str text) {
    Node *node = &reader->graph->nodes[class];
    Str word = reader_text(reader, letters_trim(text));
    node->stereotype = str_format(reader->arena, "%.*s%s«%.*s»", STR_FMT(node->stereotype),
                                  node->stereotype.size ? "\n" : "", STR_FMT(word));
}

static void add_row(Reader *reader, NodeId class, NodeRow row) {
    Node *node = &reader->graph->nodes[class];
    if (reader->row_count++ == LIMIT_DIAGRAM_ROWS)
        reader_limit(reader, node->at, "members", LIMIT_DIAGRAM_ROWS);
    if (reader->row_count > LIMIT_DIAGRAM_ROWS)
        return;
    ARENA_RESERVE(reader->arena, node->rows, node->row_count, node->row_capacity);
    node->rows[node->row_count++] = row;
}

/* Takes `$` (static) or `*` (abstract) off the end. */
static Str take_classifier(Str text, NodeRow *row) {
    char last = text.size ? text.data[text.size - 1] : ' ';
    if (last != '$' && last != '*')
        return text;
    row->is_underlined = last == '$';
    row->is_italic = last == '*';
    return letters_trim(str_slice(text, 0, text.size - 1));
}

/* method := name "(" parameters ")" ( "$" | "*" )? type? ; the last pair of brackets counts. */
static bool add_method(Reader *reader, NodeId class, Str text, Span at) {
    NodeRow row = {.section = SECTION_METHODS};
    size_t close = str_find_last(text, ')');
    size_t open = str_find_last(str_slice(text, 0, close), '(');
    if (open == STR_NONE || open == 0) {
        reader_fail_at(reader, at, "a method without \"(\" or without a name");
        diag_hint(reader->diags, "write +name(parameters) type");
        return false;
    }
    Str rest = str_from_offset(text, close + 1);
    if (rest.size && (rest.data[0] == '$' || rest.data[0] == '*')) {
        take_classifier(str_slice(rest, 0, 1), &row);
        rest = str_from_offset(rest, 1);
    }
    rest = take_classifier(letters_trim(rest), &row);
    Str head = reader_generics(reader, str_slice(text, 0, open));
    Str inner = reader_generics(reader, letters_trim(str_slice(text, open + 1, close)));
    Str type = reader_generics(reader, rest);
    row.cells[0] =
        reader_text(reader, str_format(reader->arena, "%.*s(%.*s)%s%.*s", STR_FMT(head),
                                       STR_FMT(inner), type.size ? " : " : "", STR_FMT(type)));
    add_row(reader, class, row);
    return true;
}

bool class_add_member(Reader *reader, NodeId class, Str text, Span at) {
    if (class == GRAPH_NONE)
        return true;
    text = letters_trim(text);
    if (str_starts_with(text, STR("<<")) && str_ends_with(text, STR(">>"))) {
        class_add_annotation(reader, class, str_slice(text, 2, text.size < 4 ? 2 : text.size - 2));
        return true;
    }
    size_t close = str_find_char(text, ')', 0);
    if (close != STR_NONE && close > 0)
        return add_method(reader, class, text, at);
    NodeRow row = {.section = SECTION_ATTRIBUTES};
    text = take_classifier(text, &row);
    /* Quotes around all of it are part of it, and label_read takes one pair off. */
    Str quoted = str_format(reader->arena, "\"%.*s\"", STR_FMT(reader_generics(reader, text)));
    row.cells[0] = reader_text(reader, quoted);
    if (text.size)
        add_row(reader, class, row);
    return true;
}

/* The ball of a lollipop is no class: its name stands without a box. */
static NodeId add_interface(Reader *reader, Str name, Span at) {
    Str id = str_format(reader->arena, "interface----%zu", reader->graph->node_count);
    NodeId node = new_node(reader, id, SHAPE_TEXT, at);
    if (node != GRAPH_NONE)
        reader->graph->nodes[node].label =
            (Label){.text = reader_text(reader, reader_generics(reader, name)), .at = at};
    return node;
}

static EdgeId add_edge(Reader *reader, NodeId from, NodeId to, Span at) {
    if (reader->graph->edge_count == LIMIT_DIAGRAM_EDGES) {
        reader_limit(reader, at, "relations", LIMIT_DIAGRAM_EDGES);
        return GRAPH_NONE;
    }
    return graph_add_edge(reader->graph, reader->arena, (EdgeEnd){false, from},
                          (EdgeEnd){false, to}, at);
}

void class_add_relation(Reader *reader, const ClassRelation *relation) {
    bool is_from_ball = relation->start == HEAD_LOLLIPOP && relation->end == HEAD_NONE;
    bool is_to_ball = relation->end == HEAD_LOLLIPOP && relation->start == HEAD_NONE;
    NodeId from = is_from_ball ? add_interface(reader, relation->from, relation->from_at)
                               : class_intern(reader, relation->from, relation->from_at);
    NodeId to = is_to_ball ? add_interface(reader, relation->to, relation->to_at)
                           : class_intern(reader, relation->to, relation->to_at);
    if (from == GRAPH_NONE || to == GRAPH_NONE)
        return;
    EdgeId index = add_edge(reader, from, to, relation->at);
    if (index == GRAPH_NONE)
        return;
    Edge *edge = &reader->graph->edges[index];
    edge->start = relation->start;
    edge->end = relation->end;
    edge->line = relation->line;
    edge->label = relation->label;
    edge->start_label = relation->start_label;
    edge->end_label = relation->end_label;
}

NodeId class_add_note(Reader *reader, Str text, Span at, GroupId parent) {
    Str id = str_format(reader->arena, "note----%zu", reader->graph->node_count);
    NodeId node = new_node(reader, id, SHAPE_NOTE, at);
    if (node == GRAPH_NONE)
        return node;
    reader->graph->nodes[node].label = reader_label(reader, text, at);
    reader->graph->nodes[node].parent = parent;
    reader_push(reader, &reader->graph->nodes[node].classes, STR("amber"));
    return node;
}

void class_attach_note(Reader *reader, NodeId note, Str name) {
    Span at = reader->graph->nodes[note].at;
    NodeId class = class_find(reader, name);
    if (class == GRAPH_NONE) {
        diag_add(reader->diags, DIAG_DIAGRAM_UNKNOWN_NODE, at,
                 "no class \"%.*s\": the note stands alone", STR_FMT(name));
        return;
    }
    EdgeId index = add_edge(reader, note, class, at);
    if (index == GRAPH_NONE)
        return;
    reader->graph->edges[index].line = EDGE_DOTTED;
    reader->graph->nodes[note].beside = BESIDE_RIGHT;
    reader->graph->nodes[note].anchor = (EdgeEnd){false, class};
    reader->graph->nodes[note].tether = index;
}

GroupId class_intern_namespace(Reader *reader, Str name, GroupId parent, Span at) {
    while (name.data) {
        Str part = str_cut(&name, '.');
        Str id = part;
        if (parent != GRAPH_NONE)
            id = str_format(reader->arena, "%.*s.%.*s", STR_FMT(reader->graph->groups[parent].id),
                            STR_FMT(part));
        GroupId group = graph_find_group(reader->graph, id);
        if (group == GRAPH_NONE) {
            group = graph_add_group(reader->graph, reader->arena, id, at);
            reader->graph->groups[group].parent = parent;
            reader->graph->groups[group].label = (Label){.text = reader_text(reader, part)};
        }
        parent = group;
    }
    return parent;
}

void class_finish(Reader *reader) {
    for (size_t i = 0; i < reader->graph->node_count; i++) {
        Node *node = &reader->graph->nodes[i];
        NodeRow *rows = ARENA_ARRAY(reader->arena, NodeRow, node->row_count);
        size_t count = 0;
        for (int section = SECTION_ATTRIBUTES; section <= SECTION_METHODS; section++)
            for (size_t k = 0; k < node->row_count; k++)
                if (node->rows[k].section == section)
                    rows[count++] = node->rows[k];
        node->rows = rows;
        node->row_capacity = node->row_count;
    }
}
