/* How entities and subgraphs look. */
#include "base/ban.h"

#include "diagram/syntax/er_lex.h"
#include "diagram/syntax/er_read.h"

static bool is_style(int kind) {
    return kind == TOK_STYLE_WORD || kind == TOK_NUMBER || kind == TOK_COLON || kind == TOK_HASH;
}

/* styles := piece+ ( "," piece+ )* */
static bool parse_styles(ErParser *parser, Str *styles) {
    Reader *reader = &parser->reader;
    size_t start = reader->token.start, end = start;
    do {
        if (end > start)
            er_take(parser); /* a comma */
        if (!is_style(reader->token.kind))
            return er_fail(parser, "styles such as fill:#fff,stroke:#333");
        while (is_style(reader->token.kind))
            end = er_take(parser).end;
    } while (er_at(parser, TOK_COMMA));
    *styles = str_slice(reader->clean.text, start, end);
    return true;
}

static void apply(ErParser *parser, Str id, Span at, const StrList *classes, Str styles) {
    Reader *reader = &parser->reader;
    NodeId node = graph_find(reader->graph, id);
    GroupId group = graph_find_group(reader->graph, id);
    if (node == GRAPH_NONE && group == GRAPH_NONE) {
        diag_add(reader->diags, DIAG_DIAGRAM_UNKNOWN_NODE, at, "no entity \"%.*s\" up to here",
                 STR_FMT(id));
        return;
    }
    StrList *to = node != GRAPH_NONE ? &reader->graph->nodes[node].classes
                                     : &reader->graph->groups[group].classes;
    for (size_t i = 0; i < classes->count; i++)
        reader_push(reader, to, classes->items[i]);
    reader_add_styles(reader,
                      node != GRAPH_NONE ? &reader->graph->nodes[node].style
                                         : &reader->graph->groups[group].style,
                      styles);
}

/* look := "classDef" id-list styles separator | "style" id-list styles separator
 *       | "class" id-list id-list */
bool er_parse_look(ErParser *parser) {
    Reader *reader = &parser->reader;
    StrList ids = {NULL, 0, 0}, classes = {NULL, 0, 0};
    Str styles = {NULL, 0};
    int kind = er_take(parser).kind;
    Span at = reader_span(reader, reader->token);
    if (!er_read_ids(parser, &ids))
        return false;
    if (kind == TOK_CLASS && !er_read_ids(parser, &classes)) {
        diag_hint(reader->diags, "write class %.*s and the name of a class", STR_FMT(ids.items[0]));
        return false;
    }
    if (kind != TOK_CLASS && (!parse_styles(parser, &styles) || !er_read_separator(parser)))
        return false;
    for (size_t i = 0; i < ids.count; i++) {
        if (kind == TOK_CLASS_DEF)
            reader_define_class(reader, ids.items[i], styles, at);
        else
            apply(parser, ids.items[i], at, &classes, styles);
    }
    return true;
}
