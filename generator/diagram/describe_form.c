#include "base/ban.h"

#include "diagram/describe_form.h"

#include "base/buf.h"

/* ---- Members ---- */

/* A screen reader passes over signs, so visibility is a word. */
static Str visibility_of(Str *text) {
    static const struct {
        char sign;
        const char *word;
    } signs[] = {{'+', "public "}, {'-', "private "}, {'#', "protected "}, {'~', "package "}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text->size && text->data[0] == signs[i].sign) {
            *text = str_trim(str_from_offset(*text, 1));
            return str_from(signs[i].word);
        }
    return STR("");
}

/* "PK, FK" */
static void add_keys(Buf *buf, Str keys) {
    static const char *const words[][2] = {
        {"PK", ", primary key"}, {"FK", ", foreign key"}, {"UK", ", unique key"}};
    while (keys.data) {
        Str key = str_trim(str_cut(&keys, ','));
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_equal_nocase(key, str_from(words[i][0])))
                buf_add_text(buf, words[i][1]);
    }
}

Str describe_member(GraphKind kind, const Node *node, const NodeRow *row, Arena *arena) {
    Buf buf = buf_new(arena);
    Str text = row->cells[0];
    if (node->is_table) { /* type, name, keys, comment */
        buf_add(&buf, row->cells[1]);
        buf_add_text(&buf, ": ");
        buf_add(&buf, text);
        add_keys(&buf, row->cells[2]);
        if (row->cells[3].size)
            buf_add_format(&buf, ", \"%.*s\"", STR_FMT(row->cells[3]));
        return buf_str(&buf);
    }
    if (kind == GRAPH_CLASS)
        buf_add(&buf, visibility_of(&text));
    buf_add(&buf, text);
    if (row->is_italic)
        buf_add_text(&buf, ", abstract");
    if (row->is_underlined)
        buf_add_text(&buf, ", static");
    return buf_str(&buf);
}

/* ---- Marks ---- */

/* Several annotations stand on a line each, in quotation marks of their own. */
static Str annotations(Str stereotype, Arena *arena) {
    Buf buf = buf_new(arena);
    while (stereotype.data) {
        Str line = str_cut_line(&stereotype);
        if (str_starts_with(line, STR("«")) && str_ends_with(line, STR("»")))
            line = str_slice(line, strlen("«"), line.size - strlen("»"));
        if (buf.size && line.size)
            buf_add_text(&buf, ", ");
        buf_add(&buf, line);
    }
    return buf_str(&buf);
}

Str describe_mark(const Graph *graph, NodeId id, Arena *arena) {
    const Node *node = &graph->nodes[id];
    if (node->stereotype.size)
        return annotations(node->stereotype, arena);
    if (graph->kind == GRAPH_CLASS && node->shape == SHAPE_TEXT)
        return STR("interface"); /* the ball of a lollipop */
    if (graph->kind != GRAPH_STATE)
        return STR("");
    if (node->shape == SHAPE_CHOICE)
        return STR("choice");
    if (node->shape != SHAPE_BAR)
        return STR("");
    size_t out = 0;
    for (size_t i = 0; i < graph->edge_count; i++)
        out += !graph->edges[i].from.is_group && graph->edges[i].from.index == id;
    return out > 1 ? STR("fork") : STR("join");
}

/* ---- Relations ---- */

/* What a head says in a class diagram: who bears it is the verb's subject, or its object. */
static const struct {
    const char *solid, *dotted;
    bool is_subject;
} verbs[] = {
    [HEAD_ARROW] = {"to", "depends on", false},
    [HEAD_TRIANGLE] = {"extends", "realizes", false},
    [HEAD_DIAMOND] = {"has", "has", true},
    [HEAD_DIAMOND_FILLED] = {"is composed of", "is composed of", true},
    [HEAD_LOLLIPOP] = {"provides the interface", "provides the interface", false},
};

static const char *const counts[] = {
    [HEAD_ONE] = "exactly one",
    [HEAD_ZERO_ONE] = "zero or one",
    [HEAD_MANY] = "one or more",
    [HEAD_ZERO_MANY] = "zero or more",
};

static bool has_verb(EdgeHead head) {
    return head < sizeof verbs / sizeof *verbs && verbs[head].solid;
}

/* The name, with how many of it take part. */
static Str counted(Str name, Str count, Arena *arena) {
    return count.size ? str_format(arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(count)) : name;
}

static Str phrase(Str subject, const char *verb, Str object, Arena *arena) {
    return str_format(arena, "%.*s %s %.*s", STR_FMT(subject), verb, STR_FMT(object));
}

static Str class_relation(const Edge *edge, Str from, Str to, Arena *arena) {
    from = counted(from, edge->start_label.text, arena);
    to = counted(to, edge->end_label.text, arena);
    bool is_at_start = edge->start != HEAD_NONE;
    EdgeHead head = is_at_start ? edge->start : edge->end;
    if ((is_at_start && edge->end != HEAD_NONE) || !has_verb(head))
        return phrase(from, edge->start == edge->end && is_at_start ? "to and from" : "with", to,
                      arena);
    const char *verb = edge->line == EDGE_DOTTED ? verbs[head].dotted : verbs[head].solid;
    bool is_turned = is_at_start != verbs[head].is_subject;
    return is_turned ? phrase(to, verb, from, arena) : phrase(from, verb, to, arena);
}

static Str entity_relation(const Edge *edge, Str from, Str to, Arena *arena) {
    if (edge->start < HEAD_ONE || edge->end < HEAD_ONE)
        return phrase(from, "with", to, arena);
    from = counted(from, str_from(counts[edge->start]), arena);
    to = counted(to, str_from(counts[edge->end]), arena);
    return phrase(from, edge->line == EDGE_DOTTED ? "loosely with" : "with", to, arena);
}

Str describe_relation(GraphKind kind, const Edge *edge, Str from, Str to, Arena *arena) {
    if (edge->from.is_group == edge->to.is_group && edge->from.index == edge->to.index)
        to = STR("itself");
    if (kind == GRAPH_CLASS)
        return class_relation(edge, from, to, arena);
    if (kind == GRAPH_ER)
        return entity_relation(edge, from, to, arena);
    bool is_forward = edge->end == HEAD_ARROW, is_backward = edge->start == HEAD_ARROW;
    return phrase(from,
                  is_forward && is_backward ? "to and from"
                  : is_forward              ? "to"
                  : is_backward             ? "from"
                                            : "with",
                  to, arena);
}
