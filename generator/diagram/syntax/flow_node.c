#include "base/ban.h"

#include "base/limits.h"
#include "diagram/syntax/flow.h"

/* The node called `id`, made on first mention; GRAPH_NONE when an edge has that id, which it may
 * since `e1@-->`, or when there are too many. */
NodeId flow_add_node(FlowParser *parser, Str id, Span at) {
    if (map_find(parser->edge_ids, id))
        return GRAPH_NONE;
    NodeId node = graph_find(parser->graph, id);
    if (node == GRAPH_NONE) {
        if (parser->graph->node_count >= LIMIT_DIAGRAM_NODES) {
            flow_limit(parser, at, "nodes", LIMIT_DIAGRAM_NODES);
            return GRAPH_NONE;
        }
        node = graph_intern(parser->graph, parser->arena, id, at);
        if (node >= parser->mentioned_capacity) {
            size_t capacity = parser->mentioned_capacity;
            parser->mentioned =
                arena_grow(parser->arena, parser->mentioned, sizeof(bool), node, &capacity);
            parser->mentioned_capacity = capacity;
        }
        parser->mentioned[node] = false;
    }
    return node;
}

static const struct {
    TokenKind open, close;
    NodeShape shape;
} brackets[] = {
    {TOKEN_SQUARE_OPEN, TOKEN_SQUARE_CLOSE, SHAPE_RECT},
    {TOKEN_ROUND_OPEN, TOKEN_ROUND_CLOSE, SHAPE_ROUND},
    {TOKEN_DIAMOND_OPEN, TOKEN_DIAMOND_CLOSE, SHAPE_DIAMOND},
    {TOKEN_STADIUM_OPEN, TOKEN_STADIUM_CLOSE, SHAPE_STADIUM},
    {TOKEN_CYLINDER_OPEN, TOKEN_CYLINDER_CLOSE, SHAPE_CYLINDER},
    {TOKEN_SUB_OPEN, TOKEN_SUB_CLOSE, SHAPE_SUBROUTINE},
    {TOKEN_FLAG_OPEN, TOKEN_SQUARE_CLOSE, SHAPE_FLAG},
    {TOKEN_DOUBLE_OPEN, TOKEN_DOUBLE_CLOSE, SHAPE_DOUBLE_CIRCLE},
    {TOKEN_ELLIPSE_OPEN, TOKEN_ELLIPSE_CLOSE, SHAPE_ELLIPSE},
    {TOKEN_SLASH_OPEN, TOKEN_SLASH_CLOSE, SHAPE_LEAN_RIGHT},
    {TOKEN_SLASH_OPEN, TOKEN_BACK_CLOSE, SHAPE_TRAPEZOID},
    {TOKEN_BACK_OPEN, TOKEN_BACK_CLOSE, SHAPE_LEAN_LEFT},
    {TOKEN_BACK_OPEN, TOKEN_SLASH_CLOSE, SHAPE_INV_TRAPEZOID},
};

/* Behind an id at once; with a space between it is an error. */
static bool is_open_bracket(TokenKind kind) {
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++)
        if (brackets[i].open == kind)
            return true;
    return false;
}

/* props := "[|" word ":" word "|" label "]" ; an old form of a rectangle. */
static bool parse_props(FlowParser *parser, Label *label) {
    flow_next(parser);
    return flow_expect(parser, TOKEN_NODE_STRING, FLOW_LABEL) &&
           flow_expect(parser, TOKEN_COLON, FLOW_LABEL) &&
           flow_expect(parser, TOKEN_NODE_STRING, FLOW_LABEL) &&
           flow_expect(parser, TOKEN_PIPE, FLOW_LABEL) &&
           flow_read_label(parser, FLOW_LABEL, label) &&
           flow_expect(parser, TOKEN_SQUARE_CLOSE, FLOW_LABEL);
}

/* outline := open label close, of a row of the table; (( )) and {{ }} are two brackets each. */
static bool parse_outline(FlowParser *parser, NodeShape *shape, Label *label) {
    TokenKind open = parser->token.kind;
    parser->opener = parser->token;
    *shape = SHAPE_RECT;
    if (open == TOKEN_PROPS_OPEN)
        return parse_props(parser, label);
    flow_next(parser);
    bool is_twice =
        (open == TOKEN_ROUND_OPEN || open == TOKEN_DIAMOND_OPEN) && parser->token.kind == open;
    if (is_twice) {
        parser->opener.end = parser->token.end;
        parser->opener.text =
            str_slice(parser->clean.text, parser->opener.start, parser->opener.end);
        flow_next(parser);
    }
    if (!flow_read_label(parser, FLOW_LABEL, label))
        return false;
    TokenKind close = parser->token.kind;
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        if (brackets[i].open != open || brackets[i].close != close)
            continue;
        *shape = brackets[i].shape;
        flow_next(parser);
        if (!is_twice)
            return true;
        *shape = open == TOKEN_ROUND_OPEN ? SHAPE_CIRCLE : SHAPE_HEXAGON;
        return flow_expect(parser, close, FLOW_LABEL);
    }
    return flow_fail(parser, FLOW_LABEL);
}

/* vertex := id outline? ( ":::" id )? */
static bool parse_vertex(FlowParser *parser, FlowPlace place, StrList *ids) {
    Str id;
    Span at;
    if (!flow_read_id(parser, place, &id, &at))
        return false;
    if (str_equal(id, STR("%%"))) {
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, at,
                 "Mermaid takes \"%%%%\" alone on a line for a node, not for a comment");
        diag_hint(parser->diags, "write a word behind it, or remove it");
    }
    Label label = {.text = id};
    NodeShape shape = SHAPE_RECT;
    bool has_shape = is_open_bracket(parser->token.kind) || parser->token.kind == TOKEN_PROPS_OPEN;
    bool is_read = !has_shape || parse_outline(parser, &shape, &label);
    /* The node is kept even when its label cannot be read, so that later lines find it. */
    NodeId index = flow_add_node(parser, id, at);
    if (index != GRAPH_NONE)
        parser->mentioned[index] = true;
    flow_mention(parser, id);
    if (!is_read || parser->is_over)
        return false;
    if (shape == SHAPE_ELLIPSE) {
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, label.at,
                 "Mermaid reads this ellipse but cannot draw it");
        diag_hint(parser->diags, "write ([text]) or ((text))");
    }
    if (has_shape && index != GRAPH_NONE) {
        Node *node = &parser->graph->nodes[index];
        node->label = label;
        node->shape = shape;
        node->shape_name = (Str){NULL, 0};
        node->has_shape = true;
    }
    flow_str_push(parser->arena, ids, id);
    if (parser->token.kind != TOKEN_CLASS_MARK)
        return true;
    flow_next(parser);
    Str name;
    Span name_at;
    if (!flow_read_id(parser, FLOW_CLASS, &name, &name_at))
        return false;
    flow_add_class(parser, id, name, name_at);
    return true;
}

/* nodes := vertex ( shape-data? spaces "&" spaces vertex )* ( shape-data | spaces )? */
static bool parse_nodes(FlowParser *parser, FlowPlace place, StrList *ids) {
    for (;;) {
        Span at = flow_span(parser, parser->token);
        if (!parse_vertex(parser, place, ids))
            return false;
        bool has_data = parser->token.kind == TOKEN_SHAPE_DATA;
        if (has_data && !flow_parse_shape_data(parser, ids->items[ids->count - 1], at))
            return false;
        bool has_space = flow_skip_spaces(parser);
        if (!has_space || parser->token.kind != TOKEN_AMP) {
            /* Behind `}` a space is allowed before `&` only. */
            return has_space && has_data ? flow_fail(parser, FLOW_AFTER_NODE) : true;
        }
        flow_next(parser);
        if (!flow_skip_spaces(parser))
            return flow_fail(parser, FLOW_NODE);
        place = FLOW_NODE;
    }
}

static bool is_link_token(TokenKind kind) {
    return kind == TOKEN_LINK || kind == TOKEN_LINK_START || kind == TOKEN_LINK_ID;
}

/* vertices := nodes ( link nodes )* */
bool flow_parse_vertices(FlowParser *parser) {
    StrList from = {NULL, 0, 0};
    if (!parse_nodes(parser, FLOW_STATEMENT, &from))
        return false;
    while (is_link_token(parser->token.kind)) {
        FlowLink link;
        StrList to = {NULL, 0, 0};
        if (!flow_parse_link(parser, &link) || !parse_nodes(parser, FLOW_NODE, &to) ||
            !flow_join(parser, &from, &to, &link))
            return false;
        from = to;
    }
    return true;
}
