/* Entity relationship diagrams: lexer rules in Mermaid's order, and the grammar above them. */
#include "base/ban.h"

#include <assert.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/reader.h"
#include "diagram/syntax/syntax.h"

enum {
    TOK_ACC_TITLE = MODAL_FIRST,
    TOK_ACC_DESCR,
    TOK_ACC_VALUE,
    TOK_ACC_BLOCK,
    TOK_DIRECTION,
    TOK_NEWLINE,
    TOK_QUOTED, /* a name in quotes */
    TOK_STRING, /* any other text in quotes, "" too */
    TOK_HEADER,
    TOK_OPEN,
    TOK_CLOSE,
    TOK_HASH,
    TOK_COMMA,
    TOK_SEPARATOR, /* ::: */
    TOK_COLON,
    TOK_KEY,       /* PK, FK or UK */
    TOK_ATTRIBUTE, /* a word of an attribute */
    TOK_QUESTION,
    TOK_COMMENT,
    TOK_SQUARE_OPEN,
    TOK_SQUARE_CLOSE,
    TOK_STYLE,
    TOK_CLASS_DEF,
    TOK_CLASS,
    TOK_SUBGRAPH,
    TOK_END,
    TOK_ZERO_ONE,
    TOK_ONE_MANY,
    TOK_ZERO_MANY,
    TOK_ONLY_ONE,
    TOK_PARENT,
    TOK_NUMBER,
    TOK_DECIMAL,
    TOK_ONE, /* the number 1 as a name */
    TOK_DOTTED,
    TOK_LINE,
    TOK_STYLE_WORD,
    TOK_SEMI,
    TOK_WORD,
    TOK_OTHER,
    TOK_EOF,
};

enum {
    IN_ROOT,
    IN_BLOCK,
    IN_QUOTES, /* back quotes in a block */
    IN_ACC,
    IN_ACC_BLOCK,
    IN_STYLE,
};

#define M(mode) (1u << (mode))
#define ROOT    M(IN_ROOT)
#define BLOCK   M(IN_BLOCK)
#define STYLE   M(IN_STYLE)

static size_t match_end(Str text, size_t at) {
    return at == text.size ? at : MODAL_NONE;
}

/* quoted := '"' anything but '"', "%", "\" and control characters, at least one '"' */
static size_t match_quoted(Str text, size_t at) {
    return modal_match(text, at, "\"[^\"%%\r\n\v\b\\]+\"", true);
}

/* key := "PK" | "FK" | "UK", a word of its own */
static size_t match_key(Str text, size_t at) {
    return modal_match(text, at, "%b[PFU]K%b", true);
}

/* generic := non-space* "~" anything "~" non-space* ; the last tilde of the line counts. */
static size_t match_generic(Str text, size_t at) {
    size_t line_end = str_find_char(text, '\n', at), first = 0;
    Str line = str_slice(text, at, line_end == STR_NONE ? text.size : line_end);
    while (first < line.size && line.data[first] != '~' && !letters_space_size(line, first))
        first++;
    size_t last = str_find_last(line, '~');
    if (first >= line.size || line.data[first] != '~' || last == first)
        return MODAL_NONE;
    while (last < line.size && !letters_space_size(line, last))
        last++;
    return at + last;
}

/* Letters from U+00C0 up to the end of the basic plane, as Mermaid's class for attributes. */
static size_t wide_size(Str text, size_t at) {
    Str rest = str_from_offset(text, at);
    if (!rest.size || (unsigned char)rest.data[0] < 0x80)
        return 0;
    size_t before = rest.size;
    return utf8_take(&rest) >= 0xC0 ? before - rest.size : 0;
}

/* attribute := ( letter | "_" | "*" ) ( letter | digit | one of "-_[]().,*" )* */
static size_t match_attribute(Str text, size_t at) {
    size_t start = at;
    while (at < text.size) {
        char c = text.data[at];
        bool is_digit = c >= '0' && c <= '9';
        bool is_later = is_digit || (c && strchr("-[]().,", c));
        bool is_word = (letters_is_word(c) && !is_digit) || c == '*' || (is_later && at > start);
        size_t size = is_word ? 1 : wide_size(text, at);
        if (size == 0)
            break;
        at += size;
    }
    return at > start ? at : MODAL_NONE;
}

/* word := ( beyond ASCII | letter | digit | "_" | "-" | "*" | "." )+ */
static size_t match_word(Str text, size_t at, bool has_dot) {
    size_t start = at;
    for (; at < text.size; at++) {
        char c = text.data[at];
        bool is_word = (unsigned char)c >= 0x80 || letters_is_word(c) || c == '-' || c == '*';
        if (!is_word && !(has_dot && c == '.'))
            break;
    }
    return at > start ? at : MODAL_NONE;
}

static size_t match_name(Str text, size_t at) {
    return match_word(text, at, true);
}

static size_t match_style_word(Str text, size_t at) {
    return match_word(text, at, false);
}

/* one := "1" in front of spaces and a name, or of a line */
static size_t match_one(Str text, size_t at) {
    if (at >= text.size || text.data[at] != '1')
        return MODAL_NONE;
    static const char *const after[] = {"%s+[%w\"']", "--", "[.][.-]", "-[.]"};
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (modal_match(text, at + 1, after[i], true) != MODAL_NONE)
            return at + 1;
    return MODAL_NONE;
}

/* parent := "u" in front of a line */
static size_t match_parent(Str text, size_t at) {
    return modal_match(text, at, "u[.|-]", true) == MODAL_NONE ? MODAL_NONE : at + 1;
}

static const ModalRule rules[] = {
    {ROOT, TOK_ACC_TITLE, "accTitle%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {M(IN_ACC), TOK_ACC_VALUE, "[^\n]*", NULL, MODAL_POP, 0},
    {ROOT, TOK_ACC_DESCR, "accDescr%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {ROOT, MODAL_SKIP, "accDescr%s*{%s*", NULL, MODAL_PUSH, IN_ACC_BLOCK},
    {M(IN_ACC_BLOCK), MODAL_SKIP, "}", NULL, MODAL_POP, 0},
    {M(IN_ACC_BLOCK), TOK_ACC_BLOCK, "[^}]+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+TB[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+BT[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+RL[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+LR[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, "[ \t\r]+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_NEWLINE, "[\n]+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_QUOTED, NULL, match_quoted, MODAL_STAY, 0},
    {ROOT, TOK_STRING, "\"[^\"]*\"", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HEADER, "erDiagram%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_OPEN, "{", NULL, MODAL_PUSH, IN_BLOCK},
    {ROOT, TOK_HASH, "#", NULL, MODAL_STAY, 0},
    {ROOT, TOK_COMMA, ",", NULL, MODAL_STAY, 0},
    {ROOT, TOK_SEPARATOR, ":::", NULL, MODAL_STAY, 0},
    {ROOT, TOK_COLON, ":", NULL, MODAL_STAY, 0},
    {BLOCK, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {BLOCK, TOK_KEY, NULL, match_key, MODAL_STAY, 0},
    {BLOCK, TOK_ATTRIBUTE, NULL, match_generic, MODAL_STAY, 0},
    {BLOCK, TOK_ATTRIBUTE, NULL, match_attribute, MODAL_STAY, 0},
    {BLOCK, MODAL_SKIP, "`", NULL, MODAL_PUSH, IN_QUOTES},
    {M(IN_QUOTES), TOK_ATTRIBUTE, "[^`]+", NULL, MODAL_STAY, 0},
    {M(IN_QUOTES), MODAL_SKIP, "`", NULL, MODAL_POP, 0},
    {BLOCK, TOK_COMMENT, "\"[^\"]*\"", NULL, MODAL_STAY, 0},
    {BLOCK, TOK_CLOSE, "}", NULL, MODAL_POP, 0},
    {BLOCK, TOK_QUESTION, "[?]", NULL, MODAL_STAY, 0},
    {BLOCK, TOK_COMMA, ",", NULL, MODAL_STAY, 0},
    {BLOCK, TOK_OTHER, "%.", NULL, MODAL_STAY, 0},
    {ROOT, TOK_SQUARE_OPEN, "[[]", NULL, MODAL_STAY, 0},
    {ROOT, TOK_SQUARE_CLOSE, "]", NULL, MODAL_STAY, 0},
    {ROOT, TOK_STYLE, "style%b", NULL, MODAL_PUSH, IN_STYLE},
    {STYLE, TOK_NEWLINE, "[\n]+", NULL, MODAL_POP, 0},
    {STYLE, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {STYLE, TOK_COLON, ":", NULL, MODAL_STAY, 0},
    {STYLE, TOK_COMMA, ",", NULL, MODAL_STAY, 0},
    {STYLE, TOK_HASH, "#", NULL, MODAL_STAY, 0},
    {ROOT, TOK_CLASS_DEF, "classDef%b", NULL, MODAL_PUSH, IN_STYLE},
    {ROOT, TOK_CLASS, "class%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_SUBGRAPH, "subgraph%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_END, "end%b%s*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_ONE, "one or zero%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONE_MANY, "one or more%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONE_MANY, "one or many%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONE_MANY, "1[+]", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_ONE, "|o%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_ONE, "zero or one%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "zero or more%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "zero or many%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "0[+]", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "}o%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "many(0)", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONE_MANY, "many(1)", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "many%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONE_MANY, "}|", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONLY_ONE, "one%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONLY_ONE, "only one%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DECIMAL, "%d+[.]%d+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONLY_ONE, NULL, match_one, MODAL_STAY, 0},
    {ROOT, TOK_ONE, "1%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_NUMBER, "%d+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONLY_ONE, "||", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_ONE, "o|", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ZERO_MANY, "o{", NULL, MODAL_STAY, 0},
    {ROOT, TOK_ONE_MANY, "|{", NULL, MODAL_STAY, 0},
    {ROOT, TOK_PARENT, NULL, match_parent, MODAL_STAY, 0},
    {ROOT, TOK_DOTTED, "..", NULL, MODAL_STAY, 0},
    {ROOT, TOK_LINE, "--", NULL, MODAL_STAY, 0},
    {ROOT, TOK_LINE, "to%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DOTTED, "optionally to%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DOTTED, ".-", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DOTTED, "-.", NULL, MODAL_STAY, 0},
    {STYLE, TOK_STYLE_WORD, NULL, match_style_word, MODAL_STAY, 0},
    {STYLE, TOK_SEMI, ";", NULL, MODAL_STAY, 0},
    {ROOT, TOK_WORD, NULL, match_name, MODAL_STAY, 0},
    {ROOT, TOK_OTHER, "%.", NULL, MODAL_STAY, 0},
    {ROOT, TOK_EOF, NULL, match_end, MODAL_STAY, 0},
};

/* A subgraph whose `end` was not read yet. */
typedef struct OpenGroup {
    GroupId group;
    StrList members; /* names mentioned in it */
} OpenGroup;

typedef struct Parser {
    Reader reader;
    OpenGroup groups[READER_NESTING];
    size_t depth;
    Map *claimed; /* names that lie in a closed subgraph */
} Parser;

static bool at_token(const Parser *parser, int kind) {
    return parser->reader.token.kind == kind;
}

static ModalToken take(Parser *parser) {
    ModalToken token = parser->reader.token;
    reader_next(&parser->reader);
    return token;
}

/* Says how to write what the author most likely meant. */
static bool fail(Parser *parser, const char *expected) {
    Reader *reader = &parser->reader;
    ModalToken token = reader->token;
    reader_fail(reader, expected);
    if (str_equal(str_from(expected), STR("\":\" and what the relationship means")))
        diag_hint(reader->diags, "write CUSTOMER ||--o{ ORDER : places");
    else if (token.kind == TOK_STRING)
        diag_hint(reader->diags, "a name in quotes cannot be empty or hold %% or \\");
    else if (token.kind == TOK_STYLE || token.kind == TOK_CLASS || token.kind == TOK_END ||
             token.kind == TOK_SUBGRAPH || token.kind == TOK_ONLY_ONE || token.kind == TOK_LINE ||
             token.kind == TOK_ZERO_MANY)
        diag_hint(reader->diags, "put a reserved word in quotes to use it as a name");
    return false;
}

static bool expect(Parser *parser, int kind, const char *what) {
    if (!at_token(parser, kind))
        return fail(parser, what);
    take(parser);
    return true;
}

static Str unquote(Str text) {
    bool is_quoted = text.size >= 2 && text.data[0] == '"';
    return is_quoted ? str_slice(text, 1, text.size - 1) : text;
}

static bool is_name(int kind) {
    return kind == TOK_QUOTED || kind == TOK_WORD || kind == TOK_NUMBER || kind == TOK_DECIMAL ||
           kind == TOK_ONE;
}

/* name := quoted | word | number */
static bool parse_name(Parser *parser, Str *name, Span *at) {
    if (!is_name(parser->reader.token.kind))
        return fail(parser, "the name of an entity");
    *at = reader_span(&parser->reader, parser->reader.token);
    *name = unquote(take(parser).text);
    return true;
}

/* The entity, made on first mention; it lies in the subgraph that closes first around a mention. */
static NodeId intern(Parser *parser, Str name, Span at) {
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
static bool parse_ids(Parser *parser, StrList *ids) {
    for (;;) {
        if (!at_token(parser, TOK_WORD) && !at_token(parser, TOK_STYLE_WORD))
            return fail(parser, "a name");
        reader_push(&parser->reader, ids, take(parser).text);
        if (!at_token(parser, TOK_COMMA))
            return true;
        take(parser);
    }
}

/* classes := ":::" id-list */
static bool parse_classes(Parser *parser, NodeId node) {
    StrList classes = {NULL, 0, 0};
    if (!at_token(parser, TOK_SEPARATOR))
        return true;
    take(parser);
    if (!parse_ids(parser, &classes))
        return false;
    for (size_t i = 0; i < classes.count && node != GRAPH_NONE; i++)
        reader_push(&parser->reader, &parser->reader.graph->nodes[node].classes, classes.items[i]);
    return true;
}

static Str with_brackets(const Parser *parser, Str type) {
    Buf buf = buf_new(parser->reader.arena);
    size_t open = 0;
    for (size_t i = 0; i < type.size; i++) {
        bool is_last = str_find_char(type, '~', i + 1) == STR_NONE;
        if (type.data[i] != '~')
            buf_add_char(&buf, type.data[i]);
        else
            buf_add_char(&buf, open++ % 2 || is_last ? '>' : '<');
    }
    return buf_str(&buf);
}

/* attribute := type "?"? name ( key ( "," key )* )? comment? */
static bool parse_attribute(Parser *parser, NodeRow *row) {
    Reader *reader = &parser->reader;
    Str type = reader_text(reader, with_brackets(parser, take(parser).text));
    if (at_token(parser, TOK_QUESTION)) {
        take(parser);
        type = str_format(reader->arena, "%.*s?", STR_FMT(type));
    }
    if (!at_token(parser, TOK_ATTRIBUTE)) {
        fail(parser, "the name of an attribute behind its type");
        if (at_token(parser, TOK_KEY))
            diag_hint(reader->diags, "put it in back quotes to use it as a name");
        return false;
    }
    *row = (NodeRow){.cells = {type, reader_text(reader, take(parser).text)}};
    Buf keys = buf_new(reader->arena);
    while (at_token(parser, TOK_KEY)) {
        buf_add(&keys, take(parser).text);
        if (!at_token(parser, TOK_COMMA))
            break;
        take(parser);
        buf_add_text(&keys, ", ");
        if (!at_token(parser, TOK_KEY))
            return fail(parser, "PK, FK or UK");
    }
    row->cells[2] = buf_str(&keys);
    if (at_token(parser, TOK_COMMENT))
        row->cells[3] = reader_text(reader, unquote(take(parser).text));
    return true;
}

/* block := "{" attribute* "}" */
static bool parse_block(Parser *parser, NodeId node, Span at) {
    Reader *reader = &parser->reader;
    take(parser);
    while (at_token(parser, TOK_ATTRIBUTE)) {
        NodeRow row = {.section = 0};
        if (!parse_attribute(parser, &row))
            return false;
        if (node == GRAPH_NONE)
            continue;
        Node *entity = &reader->graph->nodes[node];
        ARENA_RESERVE(reader->arena, entity->rows, entity->row_count, entity->row_capacity);
        entity->rows[entity->row_count++] = row;
    }
    if (at_token(parser, MODAL_STOP)) {
        reader_fail_at(reader, at, "the braces of this entity are not closed");
        diag_hint(reader->diags, "write } on a line of its own behind its last attribute");
        return false;
    }
    return expect(parser, TOK_CLOSE, "an attribute such as \"string name\", or \"}\"");
}

static EdgeHead head_of(int kind) {
    return kind == TOK_ZERO_ONE                         ? HEAD_ZERO_ONE
           : kind == TOK_ONE_MANY                       ? HEAD_MANY
           : kind == TOK_ZERO_MANY                      ? HEAD_ZERO_MANY
           : kind == TOK_ONLY_ONE || kind == TOK_PARENT ? HEAD_ONE
                                                        : HEAD_NONE;
}

/* role := ":" ( string | quoted | word ) */
static bool parse_role(Parser *parser, Label *label) {
    Reader *reader = &parser->reader;
    if (!expect(parser, TOK_COLON, "\":\" and what the relationship means"))
        return false;
    if (!at_token(parser, TOK_STRING) && !at_token(parser, TOK_QUOTED) &&
        !at_token(parser, TOK_WORD)) {
        fail(parser, "what the relationship means");
        diag_hint(reader->diags, "write one word, or a text in double quotes");
        return false;
    }
    ModalToken token = take(parser);
    *label = reader_label(reader, unquote(token.text), reader_span(reader, token));
    if (token.kind == TOK_WORD && at_token(parser, TOK_WORD)) {
        diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, reader_span(reader, reader->token),
                 "Mermaid ends the text at the space and makes an entity \"%.*s\"",
                 STR_FMT(reader->token.text));
        diag_hint(reader->diags, "put a text of several words in double quotes");
    }
    return true;
}

/* Where a relationship ends: a subgraph that is closed already, or an entity. */
static EdgeEnd end_of(Parser *parser, Str name, NodeId node) {
    GroupId group = graph_find_group(parser->reader.graph, name);
    bool is_group = group != GRAPH_NONE && node == GRAPH_NONE;
    return (EdgeEnd){is_group, is_group ? group : node};
}

static NodeId intern_end(Parser *parser, Str name, Span at) {
    if (graph_find_group(parser->reader.graph, name) == GRAPH_NONE)
        return intern(parser, name, at);
    if (parser->depth > 0)
        reader_push(&parser->reader, &parser->groups[parser->depth - 1].members, name);
    return GRAPH_NONE;
}

/* relationship := head ( line | dotted ) head name classes? role */
static bool parse_relationship(Parser *parser, Str from, NodeId from_node) {
    Reader *reader = &parser->reader;
    Edge made = {.start = head_of(reader->token.kind), .length = 1};
    Str to = {NULL, 0};
    Span at = {0};
    size_t start = take(parser).start;
    if (!at_token(parser, TOK_LINE) && !at_token(parser, TOK_DOTTED))
        return fail(parser, "-- or ..");
    made.line = take(parser).kind == TOK_DOTTED ? EDGE_DOTTED : EDGE_SOLID;
    made.end = head_of(reader->token.kind);
    if (made.end == HEAD_NONE)
        return fail(parser, "how many: ||, o|, |{ or o{");
    size_t end = take(parser).end;
    if (!parse_name(parser, &to, &at))
        return false;
    NodeId to_node = intern_end(parser, to, at);
    made.from = end_of(parser, from, from_node);
    made.to = end_of(parser, to, to_node);
    if (!parse_classes(parser, to_node) || !parse_role(parser, &made.label))
        return false;
    if (reader->graph->edge_count == LIMIT_DIAGRAM_EDGES)
        return reader_limit(reader, at, "relationships", LIMIT_DIAGRAM_EDGES);
    if (made.from.index == GRAPH_NONE || made.to.index == GRAPH_NONE)
        return false; /* the limit of entities */
    made.at = preprocess_span(&reader->clean, start, end - start);
    EdgeId edge = graph_add_edge(reader->graph, reader->arena, made.from, made.to, made.at);
    reader->graph->edges[edge] = made;
    return true;
}

/* entity := name ( "[" name "]" )? classes? ( block | relationship )? */
static bool parse_entity(Parser *parser) {
    Reader *reader = &parser->reader;
    Str name = {NULL, 0}, alias = {NULL, 0};
    Span at = {0}, alias_at = {0};
    if (!parse_name(parser, &name, &at))
        return false;
    bool is_end = head_of(reader->token.kind) != HEAD_NONE;
    NodeId node = is_end ? intern_end(parser, name, at) : intern(parser, name, at);
    if (reader->is_over)
        return false;
    bool has_alias = at_token(parser, TOK_SQUARE_OPEN);
    if (has_alias) {
        take(parser);
        if (!parse_name(parser, &alias, &alias_at) || !expect(parser, TOK_SQUARE_CLOSE, "\"]\""))
            return false;
        reader->graph->nodes[node].label = reader_label(reader, alias, alias_at);
    }
    if (!parse_classes(parser, node))
        return false;
    if (at_token(parser, TOK_OPEN))
        return parse_block(parser, node, at);
    if (head_of(reader->token.kind) != HEAD_NONE && !has_alias)
        return parse_relationship(parser, name, node);
    if (at_token(parser, TOK_LINE) || at_token(parser, TOK_DOTTED)) {
        fail(parser, "how many: ||, |o, }| or }o");
        diag_hint(reader->diags, "write CUSTOMER ||--o{ ORDER : places");
        return false;
    }
    return true;
}

/* separator := ";" | line-end | end of the text */
static bool parse_separator(Parser *parser) {
    if (!at_token(parser, TOK_SEMI) && !at_token(parser, TOK_NEWLINE) && !at_token(parser, TOK_EOF))
        return fail(parser, "the end of the line");
    take(parser);
    return true;
}

static bool is_style(int kind) {
    return kind == TOK_STYLE_WORD || kind == TOK_NUMBER || kind == TOK_COLON || kind == TOK_HASH;
}

/* styles := piece+ ( "," piece+ )* */
static bool parse_styles(Parser *parser, Str *styles) {
    Reader *reader = &parser->reader;
    size_t start = reader->token.start, end = start;
    do {
        if (end > start)
            take(parser); /* a comma */
        if (!is_style(reader->token.kind))
            return fail(parser, "styles such as fill:#fff,stroke:#333");
        while (is_style(reader->token.kind))
            end = take(parser).end;
    } while (at_token(parser, TOK_COMMA));
    *styles = str_slice(reader->clean.text, start, end);
    return true;
}

static void apply(Parser *parser, Str id, Span at, const StrList *classes, Str styles) {
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
static bool parse_look(Parser *parser) {
    Reader *reader = &parser->reader;
    StrList ids = {NULL, 0, 0}, classes = {NULL, 0, 0};
    Str styles = {NULL, 0};
    int kind = take(parser).kind;
    Span at = reader_span(reader, reader->token);
    if (!parse_ids(parser, &ids))
        return false;
    if (kind == TOK_CLASS ? !parse_ids(parser, &classes)
                          : !parse_styles(parser, &styles) || !parse_separator(parser))
        return false;
    for (size_t i = 0; i < ids.count; i++) {
        if (kind == TOK_CLASS_DEF)
            reader_define_class(reader, ids.items[i], styles, at);
        else
            apply(parser, ids.items[i], at, &classes, styles);
    }
    return true;
}

/* subgraph := "subgraph" name ( "[" name+ "]" )? separator document "end" */
static bool open_group(Parser *parser) {
    Reader *reader = &parser->reader;
    Str name = {NULL, 0}, word = {NULL, 0};
    Span at = {0}, word_at = {0};
    take(parser);
    if (!parse_name(parser, &name, &at))
        return false;
    Buf title = buf_new(reader->arena);
    buf_add(&title, name);
    if (at_token(parser, TOK_SQUARE_OPEN)) {
        title = buf_new(reader->arena);
        take(parser);
        do {
            if (!parse_name(parser, &word, &word_at))
                return false;
            if (title.size)
                buf_add_char(&title, ' ');
            buf_add(&title, word);
        } while (is_name(reader->token.kind));
        if (!expect(parser, TOK_SQUARE_CLOSE, "\"]\""))
            return false;
    }
    if (!parse_separator(parser))
        return false;
    if (parser->depth == READER_NESTING)
        return reader_limit(reader, at, "subgraphs within each other", READER_NESTING);
    GroupId group = graph_add_group(reader->graph, reader->arena, name, at);
    reader->graph->groups[group].label = (Label){.text = reader_text(reader, buf_str(&title))};
    if (parser->depth > 0)
        reader->graph->groups[group].parent = parser->groups[parser->depth - 1].group;
    parser->groups[parser->depth++] = (OpenGroup){.group = group};
    return true;
}

/* What is mentioned in a subgraph lies in it, unless another one closed around it before. */
static void close_group(Parser *parser) {
    OpenGroup *open = &parser->groups[--parser->depth];
    Graph *graph = parser->reader.graph;
    for (size_t i = 0; i < open->members.count; i++) {
        Str name = open->members.items[i];
        NodeId node = graph_find(graph, name);
        if (node == GRAPH_NONE || map_find(parser->claimed, name))
            continue;
        map_put(parser->claimed, name, parser);
        graph->nodes[node].parent = open->group;
    }
}

static bool parse_end(Parser *parser) {
    if (parser->depth == 0) {
        fail(parser, "the name of an entity");
        return false;
    }
    take(parser);
    close_group(parser);
    return true;
}

/* accessibility := "accTitle" ":" line | "accDescr" ":" line | "accDescr" "{" lines "}" */
static bool parse_acc(Parser *parser) {
    Graph *graph = parser->reader.graph;
    bool is_title = at_token(parser, TOK_ACC_TITLE);
    if (!at_token(parser, TOK_ACC_BLOCK))
        take(parser);
    Str text = reader_text(&parser->reader, take(parser).text);
    if (!is_title)
        graph->description = text;
    else if (!graph->title.size)
        graph->title = text;
    return true;
}

static bool parse_direction(Parser *parser) {
    Reader *reader = &parser->reader;
    reader_check_direction(reader, reader->token);
    GraphDirection direction = reader_direction(take(parser).text);
    if (parser->depth > 0)
        reader->graph->groups[parser->groups[parser->depth - 1].group].direction = direction;
    else
        reader->graph->direction = direction;
    return true;
}

/* statement := entity | look | subgraph | "end" | direction | accessibility | line-end */
static bool parse_statement(Parser *parser) {
    switch (parser->reader.token.kind) {
    case TOK_NEWLINE:
    case TOK_EOF: take(parser); return true;
    case TOK_STYLE:
    case TOK_CLASS_DEF:
    case TOK_CLASS: return parse_look(parser);
    case TOK_SUBGRAPH: return open_group(parser);
    case TOK_END: return parse_end(parser);
    case TOK_DIRECTION: return parse_direction(parser);
    case TOK_ACC_TITLE:
    case TOK_ACC_DESCR:
    case TOK_ACC_BLOCK: return parse_acc(parser);
    default: return parse_entity(parser);
    }
}

/* On with the next line that does not only close what the error stood in. */
static bool recover(Parser *parser) {
    Reader *reader = &parser->reader;
    do {
        if (!reader_recover(reader, 1))
            return false;
        while (at_token(parser, TOK_NEWLINE))
            take(parser);
    } while (str_starts_with(reader->token.text, STR("}")));
    return true;
}

/* start := "erDiagram" statement* ; statements need nothing between them. */
static void parse_start(Parser *parser) {
    Reader *reader = &parser->reader;
    if (!at_token(parser, TOK_HEADER)) {
        reader_fail_header(reader, "an entity relationship diagram begins with \"erDiagram\"");
        return;
    }
    take(parser);
    while (!at_token(parser, MODAL_STOP) && !reader->is_over)
        if (!parse_statement(parser) && !recover(parser))
            break;
    if (parser->depth > 0 && reader->ok) {
        reader_fail_at(reader, reader->graph->groups[parser->groups[parser->depth - 1].group].at,
                       "this subgraph has no end");
        diag_hint(reader->diags, "write \"end\" on a line of its own behind its last entity");
    }
    while (parser->depth > 0)
        close_group(parser);
}

Graph *syntax_parse_er(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    Parser *parser = ARENA_NEW(arena, Parser);
    Reader *reader = &parser->reader;
    reader->arena = arena;
    reader->diags = diags;
    parser->claimed = map_new(arena);
    bool is_open = reader_open(reader, source, rules, sizeof rules / sizeof *rules, true);
    reader->graph->kind = GRAPH_ER;
    while (is_open && at_token(parser, TOK_NEWLINE))
        take(parser);
    if (is_open)
        parse_start(parser);
    assert(graph_check(reader->graph));
    *ok = reader->ok;
    return reader->graph;
}
