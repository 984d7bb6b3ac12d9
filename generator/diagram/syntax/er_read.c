/* The pieces every statement of an entity relationship diagram is made of. */
#include "base/ban.h"

#include "diagram/syntax/er_read.h"

#include "base/limits.h"
#include "diagram/syntax/er_lex.h"
#include "diagram/syntax/letters.h"

bool er_at(const ErParser *parser, int kind) {
    return parser->reader.token.kind == kind;
}

ModalToken er_take(ErParser *parser) {
    ModalToken token = parser->reader.token;
    reader_next(&parser->reader);
    return token;
}

/* What to write where a character does not fit. */
static const char *hint_of(const ErParser *parser, Str line, Str expected) {
    bool is_name = str_equal(expected, STR("the name of an entity"));
    bool is_attribute = str_starts_with(expected, STR("the name of an attribute"));
    Str text = parser->reader.clean.text;
    size_t at = parser->reader.token.start;
    char found = at < text.size ? text.data[at] : '\n';
    bool is_alone = letters_trim(line).size == 1;
    bool has_link = str_find(line, STR("--"), 0) != STR_NONE;
    switch (found) {
    case '"': return "write a second quote behind the name; it cannot hold % or \\";
    case '{':
        return !is_name   ? "write } in front of this line: the entity above is open"
               : is_alone ? "write it on the line of its entity"
                          : "attributes stand behind a name alone: write NAME {";
    case '}': return is_name && is_alone ? "remove it: no braces are open here" : NULL;
    case '|':
        return is_attribute && has_link ? "write } in front of this line: the entity above is open"
                                        : NULL;
    case ':': return is_attribute ? "the type comes first: string name" : NULL;
    case ';': return parser->is_in_block ? "remove it: attributes end without a sign" : NULL;
    default: return NULL;
    }
}

bool er_fail(ErParser *parser, const char *expected) {
    Reader *reader = &parser->reader;
    ModalToken token = reader->token;
    Str line = reader_line(reader, token.start);
    const char *hint = hint_of(parser, line, str_from(expected));
    reader_fail(reader, expected);
    if (str_equal(str_from(expected), STR("\":\" and what the relationship means")))
        diag_hint(reader->diags, "write CUSTOMER ||--o{ ORDER : places");
    else if (token.kind == TOK_STRING)
        diag_hint(reader->diags, "a name in quotes cannot be empty or hold %% or \\");
    else if (token.kind == TOK_STYLE || token.kind == TOK_CLASS || token.kind == TOK_END ||
             token.kind == TOK_SUBGRAPH || token.kind == TOK_ONLY_ONE || token.kind == TOK_LINE ||
             token.kind == TOK_ZERO_MANY)
        diag_hint(reader->diags, "put a reserved word in quotes to use it as a name");
    else if (hint)
        diag_hint(reader->diags, "%s", hint);
    return false;
}

bool er_expect(ErParser *parser, int kind, const char *what) {
    if (!er_at(parser, kind))
        return er_fail(parser, what);
    er_take(parser);
    return true;
}

Str er_unquote(Str text) {
    bool is_quoted = text.size >= 2 && text.data[0] == '"';
    return is_quoted ? str_slice(text, 1, text.size - 1) : text;
}

bool er_is_name(int kind) {
    return kind == TOK_QUOTED || kind == TOK_WORD || kind == TOK_NUMBER || kind == TOK_DECIMAL ||
           kind == TOK_ONE;
}

/* name := quoted | word | number */
bool er_read_name(ErParser *parser, Str *name, Span *at) {
    if (!er_is_name(parser->reader.token.kind))
        return er_fail(parser, "the name of an entity");
    *at = reader_span(&parser->reader, parser->reader.token);
    *name = er_unquote(er_take(parser).text);
    return true;
}

/* The entity, made on first mention; it lies in the subgraph that closes first around a mention. */
NodeId er_intern(ErParser *parser, Str name, Span at) {
    Reader *reader = &parser->reader;
    Graph *graph = reader->graph;
    NodeId found = graph_find(graph, name);
    if (parser->depth > 0)
        reader_push(reader, &parser->groups[parser->depth - 1].members, name);
    if (found != GRAPH_NONE)
        return found;
    if (graph->node_count == LIMIT_DIAGRAM_NODES) {
        reader_limit(reader, at, "entities", LIMIT_DIAGRAM_NODES);
        return GRAPH_NONE;
    }
    NodeId node = graph_intern(graph, reader->arena, name, at);
    graph->nodes[node].has_shape = true;
    graph->nodes[node].is_table = true;
    graph->nodes[node].label.text = reader_text(reader, name);
    return node;
}

/* id-list := ( word | style-word ) ( "," ( word | style-word ) )* */
bool er_read_ids(ErParser *parser, StrList *ids) {
    for (;;) {
        if (!er_at(parser, TOK_WORD) && !er_at(parser, TOK_STYLE_WORD))
            return er_fail(parser, "a name");
        reader_push(&parser->reader, ids, er_take(parser).text);
        if (!er_at(parser, TOK_COMMA))
            return true;
        er_take(parser);
    }
}

/* classes := ":::" id-list */
bool er_read_classes(ErParser *parser, NodeId node) {
    StrList classes = {NULL, 0, 0};
    if (!er_at(parser, TOK_SEPARATOR))
        return true;
    er_take(parser);
    if (!er_read_ids(parser, &classes))
        return false;
    for (size_t i = 0; i < classes.count && node != GRAPH_NONE; i++)
        reader_push(&parser->reader, &parser->reader.graph->nodes[node].classes, classes.items[i]);
    return true;
}

/* separator := ";" | line-end | end of the text */
bool er_read_separator(ErParser *parser) {
    if (!er_at(parser, TOK_SEMI) && !er_at(parser, TOK_NEWLINE) && !er_at(parser, TOK_EOF))
        return er_fail(parser, "the end of the line");
    er_take(parser);
    return true;
}
