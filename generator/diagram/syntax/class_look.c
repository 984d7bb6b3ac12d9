/* How the parts of a class diagram look and what a click does; its accessible name. */
#include "base/ban.h"

#include "diagram/syntax/class.h"
#include "diagram/syntax/class_lex.h"
#include "diagram/syntax/class_read.h"

static bool is_style(int kind) {
    return kind == TOK_WORD || kind == TOK_COLON || kind == TOK_HASH || kind == TOK_STYLE ||
           kind == TOK_PERCENT || kind == TOK_LABEL;
}

/* styles := piece+ ( "," piece+ )* ; piece := word | ":" | "#" | "%" | "style" | label */
static bool read_styles(ClassParser *parser, Str *styles) {
    Reader *reader = &parser->reader;
    size_t start = reader->token.start, end = start;
    do {
        if (end > start)
            class_take(parser); /* a comma */
        if (!is_style(reader->token.kind))
            return class_fail(parser, "styles such as fill:#fff,stroke:#333");
        while (is_style(reader->token.kind))
            end = class_take(parser).end;
    } while (class_at(parser, TOK_COMMA));
    *styles = str_slice(reader->clean.text, start, end);
    return true;
}

/* class-def := "classDef" word ( "," word )* styles */
bool class_parse_class_def(ClassParser *parser) {
    Reader *reader = &parser->reader;
    StrList names = {NULL, 0, 0};
    Span at = reader_span(reader, reader->token);
    Str styles;
    do {
        class_take(parser);
        if (!class_at(parser, TOK_WORD))
            return class_fail(parser, "the name of a class");
        reader_push(reader, &names, class_take(parser).text);
    } while (class_at(parser, TOK_COMMA));
    if (!read_styles(parser, &styles))
        return false;
    for (size_t i = 0; i < names.count; i++)
        reader_define_class(reader, names.items[i], styles, at);
    return true;
}

static NodeId find_or_warn(ClassParser *parser, Str name, Span at) {
    NodeId class = class_find(&parser->reader, name);
    if (class == GRAPH_NONE)
        diag_add(parser->reader.diags, DIAG_DIAGRAM_UNKNOWN_NODE, at,
                 "no class \"%.*s\" up to here", STR_FMT(name));
    return class;
}

/* style := "style" word styles ; css-class := "cssClass" string word */
bool class_parse_style(ClassParser *parser) {
    Reader *reader = &parser->reader;
    bool is_style_line = class_take(parser).kind == TOK_STYLE;
    Span at = reader_span(reader, reader->token);
    Str names = STR(""), rest = STR("");
    if (is_style_line) {
        if (!class_read_word(parser, &names) || !read_styles(parser, &rest))
            return false;
    } else {
        if (!class_at(parser, TOK_STR))
            return class_fail(parser, "names in double quotes");
        names = class_take(parser).text;
        if (!class_read_word(parser, &rest))
            return false;
    }
    while (names.data) {
        NodeId class = find_or_warn(parser, str_trim(str_cut(&names, ',')), at);
        if (class == GRAPH_NONE)
            continue;
        if (is_style_line)
            reader_add_styles(reader, &reader->graph->nodes[class].style, rest);
        else
            reader_push(reader, &reader->graph->nodes[class].classes, rest);
    }
    return true;
}

/* click := "click" name ( function args? string? | "href" string string? target? )
 *        | "link" name string string? target? | "callback" name string string? */
bool class_parse_click(ClassParser *parser) {
    Reader *reader = &parser->reader;
    int kind = class_take(parser).kind;
    Str name, link = STR(""), tooltip = STR("");
    Span at, link_at = {0};
    if (!class_read_name(parser, true, &name, &at))
        return false;
    bool is_call = kind == TOK_CLICK && class_at(parser, TOK_CALLBACK_NAME);
    if (is_call) {
        class_take(parser);
        if (class_at(parser, TOK_CALLBACK_ARGS))
            class_take(parser);
    } else {
        if (kind == TOK_CLICK && !class_expect(parser, TOK_HREF, "href or call"))
            return false;
        if (!class_at(parser, TOK_STR))
            return class_fail(parser, "a text in double quotes");
        link_at = reader_span(reader, reader->token);
        link = class_take(parser).text;
    }
    if (class_at(parser, TOK_STR))
        tooltip = reader_text(reader, class_take(parser).text);
    if (!is_call && kind != TOK_CALLBACK && class_at(parser, TOK_TARGET))
        class_take(parser);
    NodeId class = find_or_warn(parser, name, at);
    if (class == GRAPH_NONE)
        return true;
    if (!is_call && kind != TOK_CALLBACK) {
        reader->graph->nodes[class].link = link;
        reader->graph->nodes[class].link_at = link_at;
    }
    if (tooltip.size)
        reader->graph->nodes[class].tooltip = tooltip;
    return true;
}

/* accessibility := "accTitle" ":" line | "accDescr" ":" line | "accDescr" "{" lines "}" */
bool class_parse_acc(ClassParser *parser) {
    Graph *graph = parser->reader.graph;
    bool is_title = class_at(parser, TOK_ACC_TITLE);
    if (!class_at(parser, TOK_ACC_BLOCK))
        class_take(parser);
    Str text = reader_text(&parser->reader, class_take(parser).text);
    if (!is_title)
        graph->description = text;
    else if (!graph->title.size)
        graph->title = text;
    return true;
}
