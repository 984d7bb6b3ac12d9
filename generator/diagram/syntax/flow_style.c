#include "base/ban.h"

#include "base/buf.h"
#include "base/num.h"
#include "diagram/syntax/flow.h"
#include "diagram/syntax/label.h"

#define UNKNOWN_HINT_LIMIT 20

/* Splits `fill:#fff,stroke:#000` at commas; `\,` is a comma in a value. */
static void add_rules(Arena *arena, StyleList *list, Str text) {
    Buf buf = buf_new(arena);
    for (size_t i = 0; i <= text.size; i++) {
        bool is_escaped = i + 1 < text.size && text.data[i] == '\\' && text.data[i + 1] == ',';
        if (i < text.size && text.data[i] != ',') {
            i += is_escaped; /* the backslash is left out */
            buf_add_char(&buf, text.data[i]);
            continue;
        }
        Str value = buf_str(&buf);
        Str property = str_trim(str_cut(&value, ':'));
        value = str_trim(value);
        buf = buf_new(arena);
        if (!property.size || !value.size)
            continue;
        ARENA_RESERVE(arena, list->rules, list->count, list->capacity);
        list->rules[list->count++] = (StyleRule){property, value};
    }
}

/* No bracket and no percent sign among them: rgb(1,2,3) is refused by Mermaid. */
static bool is_style_token(TokenKind kind) {
    return kind == TOKEN_NUM || kind == TOKEN_NODE_STRING || kind == TOKEN_COLON ||
           kind == TOKEN_SPACE || kind == TOKEN_HASH || kind == TOKEN_STYLE;
}

/* styles := piece+ ( "," piece+ )* ; piece := number | word | ":" | space | "#" | "style" */
static bool read_styles(FlowParser *parser, FlowPlace place, Str *styles) {
    if (!is_style_token(parser->token.kind))
        return flow_fail(parser, place);
    size_t start = parser->token.start, end = start;
    bool was_comma = false;
    for (;;) {
        bool is_comma = parser->token.kind == TOKEN_COMMA;
        if (is_comma ? was_comma : !is_style_token(parser->token.kind))
            break;
        was_comma = is_comma;
        end = parser->token.end;
        flow_next(parser);
    }
    *styles = label_unmark(str_slice(parser->clean.text, start, end), parser->arena);
    return was_comma ? flow_fail(parser, place) : true;
}

static bool expect_space(FlowParser *parser, FlowPlace place) {
    return flow_expect(parser, TOKEN_SPACE, place);
}

/* style := "style" space id space styles */
bool flow_parse_style(FlowParser *parser) {
    Str id, styles;
    Span at;
    flow_next(parser);
    if (!expect_space(parser, FLOW_STYLE) || !flow_read_id(parser, FLOW_STYLE, &id, &at) ||
        !expect_space(parser, FLOW_STYLE) || !read_styles(parser, FLOW_STYLE, &styles))
        return false;
    bool is_new = graph_find(parser->graph, id) == GRAPH_NONE;
    NodeId node = flow_add_node(parser, id, at);
    if (node == GRAPH_NONE)
        return true;
    add_rules(parser->arena, &parser->graph->nodes[node].style, styles);
    if (is_new) {
        ARENA_RESERVE(parser->arena, parser->styled, parser->styled_count, parser->styled_capacity);
        parser->styled[parser->styled_count++] = (FlowStyled){node, at};
    }
    return true;
}

/* A second classDef of the same name adds to the first. */
static StyleClass *intern_class(FlowParser *parser, Str name, Span at) {
    Graph *graph = parser->graph;
    uintptr_t known = (uintptr_t)map_find(parser->class_index, name);
    if (known)
        return &graph->classes[known - 1];
    ARENA_RESERVE(parser->arena, graph->classes, graph->class_count, graph->class_capacity);
    StyleClass *class = &graph->classes[graph->class_count++];
    *class = (StyleClass){.name = name, .at = at};
    map_put(parser->class_index, name, (void *)(uintptr_t)graph->class_count);
    return class;
}

/* class-def := "classDef" space id space styles ; the id may be several with commas. */
bool flow_parse_class_def(FlowParser *parser) {
    Str ids, styles;
    Span at;
    flow_next(parser);
    if (!expect_space(parser, FLOW_CLASS_DEF) || !flow_read_id(parser, FLOW_CLASS_DEF, &ids, &at) ||
        !expect_space(parser, FLOW_CLASS_DEF) || !read_styles(parser, FLOW_CLASS_DEF, &styles))
        return false;
    while (ids.data) {
        Str name = str_cut(&ids, ',');
        StyleClass *class = intern_class(parser, name, at);
        add_rules(parser->arena, &class->style, styles);
    }
    return true;
}

void flow_warn_unknown(FlowParser *parser, Str id, Span at, const char *doing) {
    const Graph *graph = parser->graph;
    diag_add(parser->diags, DIAG_DIAGRAM_UNKNOWN_NODE, at, "no node \"%.*s\" to %s up to here",
             STR_FMT(id), doing);
    /* Looking for the nearest name costs a comparison with every node. */
    if (++parser->unknown_count > UNKNOWN_HINT_LIMIT)
        return;
    Str *names = ARENA_ARRAY(parser->arena, Str, graph->node_count);
    for (size_t i = 0; i < graph->node_count; i++)
        names[i] = graph->nodes[i].id;
    diag_hint_nearest(parser->diags, id, names, graph->node_count);
}

/* Gives a class to what has one of the ids: a node, an edge, a group that is closed already. */
void flow_add_class(FlowParser *parser, Str ids, Str name, Span at) {
    Graph *graph = parser->graph;
    while (ids.data) {
        Str id = str_cut(&ids, ',');
        NodeId node = graph_find(graph, id);
        uintptr_t edge = (uintptr_t)map_find(parser->edge_ids, id);
        uintptr_t group = (uintptr_t)map_find(parser->closed, id);
        if (node != GRAPH_NONE)
            flow_str_push(parser->arena, &graph->nodes[node].classes, name);
        if (edge)
            flow_str_push(parser->arena, &graph->edges[edge - 1].classes, name);
        if (group)
            flow_str_push(parser->arena, &graph->groups[group - 1].classes, name);
        if (node == GRAPH_NONE && !edge && !group)
            flow_warn_unknown(parser, id, at, "give a class");
    }
}

/* class := "class" space ids space name ; no space among the ids. */
bool flow_parse_class(FlowParser *parser) {
    Str ids, name;
    Span at, name_at;
    flow_next(parser);
    if (!expect_space(parser, FLOW_CLASS) || !flow_read_id(parser, FLOW_CLASS, &ids, &at) ||
        !expect_space(parser, FLOW_CLASS) || !flow_read_id(parser, FLOW_CLASS, &name, &name_at))
        return false;
    /* `class A, B x`: told once, and not as a class of nodes that do not exist. */
    if (parser->token.kind == TOKEN_SPACE)
        return flow_fail(parser, FLOW_CLASS);
    flow_add_class(parser, ids, name, at);
    return true;
}

/* The edges of a linkStyle: their numbers, or all of them. */
typedef struct EdgeList {
    EdgeId *items;
    size_t count, capacity;
    bool is_default;
} EdgeList;

/* edges := "default" | number ( "," number )* ; edges are counted from 0, and only those written
 * above count. */
static bool read_edges(FlowParser *parser, EdgeList *edges) {
    *edges = (EdgeList){NULL, 0, 0, parser->token.kind == TOKEN_DEFAULT};
    if (edges->is_default) {
        flow_next(parser);
        return true;
    }
    for (;;) {
        Token token = parser->token;
        int64_t number = 0;
        if (token.kind != TOKEN_NUM)
            return flow_fail(parser, FLOW_LINK_STYLE);
        size_t edge_count = parser->graph->edge_count;
        if (!num_parse_range(token.text, 0, (int64_t)edge_count - 1, &number)) {
            parser->ok = false;
            parser->error_count++;
            diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, flow_span(parser, token),
                     "no connection number %.*s: %zu stand above this line", STR_FMT(token.text),
                     edge_count);
            diag_hint(parser->diags, "connections count from 0");
        } else {
            ARENA_RESERVE(parser->arena, edges->items, edges->count, edges->capacity);
            edges->items[edges->count++] = (EdgeId)number;
        }
        flow_next(parser);
        if (parser->token.kind != TOKEN_COMMA)
            return true;
        flow_next(parser);
    }
}

/* The name of a curve. */
static bool is_alpha_token(TokenKind kind) {
    return flow_is_id_token(kind) && kind != TOKEN_DEFAULT;
}

/* link-style := "linkStyle" space edges space ( "interpolate" space word ( space styles )? | styles
 * ) ; how an edge bends is not the author's to say here. */
bool flow_parse_link_style(FlowParser *parser) {
    EdgeList edges;
    Str styles = {NULL, 0};
    flow_next(parser);
    if (!expect_space(parser, FLOW_LINK_STYLE) || !read_edges(parser, &edges) ||
        !expect_space(parser, FLOW_LINK_STYLE))
        return false;
    bool has_styles = true;
    if (parser->token.kind == TOKEN_INTERPOLATE) {
        flow_next(parser);
        if (!expect_space(parser, FLOW_LINK_STYLE))
            return false;
        if (!is_alpha_token(parser->token.kind))
            return flow_fail(parser, FLOW_LINK_STYLE);
        while (is_alpha_token(parser->token.kind))
            flow_next(parser);
        has_styles = parser->token.kind == TOKEN_SPACE;
        if (has_styles)
            flow_next(parser);
    }
    if (has_styles && !read_styles(parser, FLOW_LINK_STYLE, &styles))
        return false;
    if (!has_styles)
        return true;
    if (edges.is_default) {
        parser->graph->default_edge_style = (StyleList){NULL, 0, 0};
        add_rules(parser->arena, &parser->graph->default_edge_style, styles);
    }
    for (size_t i = 0; i < edges.count; i++) {
        StyleList *list = &parser->graph->edges[edges.items[i]].style;
        *list = (StyleList){NULL, 0, 0};
        add_rules(parser->arena, list, styles);
    }
    return true;
}
