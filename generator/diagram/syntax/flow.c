#include "base/ban.h"

#include "diagram/syntax/flow.h"

#include <assert.h>

#include "base/limits.h"
#include "diagram/syntax/front.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/syntax.h"

/* BR is a direction for Mermaid's grammar and none for its layout; it becomes TB. */
static GraphDirection direction_of(Str word) {
    if (str_equal(word, STR("LR")) || str_equal(word, STR(">")))
        return GRAPH_LR;
    if (str_equal(word, STR("RL")) || str_equal(word, STR("<")))
        return GRAPH_RL;
    if (str_equal(word, STR("BT")) || str_equal(word, STR("^")))
        return GRAPH_BT;
    return GRAPH_TB;
}

/* header := ( "graph" | "flowchart" ... ) ( direction ( ";" | spaces? line-end ) | line-end ) */
static bool parse_header(FlowParser *parser) {
    while (parser->token.kind == TOKEN_SPACE || parser->token.kind == TOKEN_NEWLINE)
        flow_next(parser);
    if (parser->token.kind != TOKEN_GRAPH) {
        Span at = kind_word(parser->clean.source);
        parser->ok = false;
        diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, at,
                 "a flowchart begins with \"flowchart\" or \"graph\" and a direction");
        static const Str words[] = {{"flowchart", 9}, {"graph", 5}};
        diag_hint_nearest(parser->diags, str_lower(parser->arena, span_text(at)), words, 2);
        return false;
    }
    flow_next(parser);
    if (parser->token.kind == TOKEN_NO_DIR) {
        flow_next(parser);
        return true;
    }
    if (parser->token.kind != TOKEN_DIR)
        return flow_fail(parser, FLOW_HEADER);
    parser->graph->direction = direction_of(letters_trim(parser->token.text));
    flow_next(parser);
    bool has_space = flow_skip_spaces(parser);
    bool is_end =
        parser->token.kind == TOKEN_NEWLINE || (parser->token.kind == TOKEN_SEMI && !has_space);
    if (!is_end)
        return flow_fail(parser, FLOW_HEADER);
    flow_next(parser);
    return true;
}

/* direction := anything "direction" spaces ( TB | BT | LR | RL | TD ) anything, to the line's end.
 * Whatever stands beside it on the line is lost. */
static void parse_direction(FlowParser *parser) {
    Token token = parser->token;
    Str line = str_trim(str_slice(parser->clean.text, token.start, token.end));
    Span at =
        preprocess_span(&parser->clean, (size_t)(line.data - parser->clean.text.data), line.size);
    const char *end = token.text.data + token.text.size;
    Str behind = str_trim((Str){end, (size_t)(line.data + line.size - end)});
    bool is_alone = str_starts_with(line, STR("direction")) &&
                    (!behind.size || behind.data[0] == ';' || behind.data[0] == '%');
    if (!is_alone) {
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, at,
                 "Mermaid takes this whole line for \"direction %.*s\" and drops the rest",
                 STR_FMT(token.text));
        diag_hint(parser->diags, "write the word direction in another way");
    }
    if (parser->depth > 0) {
        GroupId group = parser->groups[parser->depth - 1].group;
        parser->graph->groups[group].direction = direction_of(token.text);
    } else if (is_alone) {
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, at,
                 "a direction outside of a subgraph has no effect");
        diag_hint(parser->diags, "write it behind the word flowchart in the first line");
    }
    flow_next(parser);
}

/* acc-title := "accTitle" ":" line */
static void parse_acc_title(FlowParser *parser) {
    flow_next(parser);
    if (!parser->graph->title.size)
        parser->graph->title = label_read(parser->token.text, parser->arena).text;
    flow_next(parser);
}

/* acc-descr := "accDescr" ( ":" line | "{" lines "}" ) */
static void parse_acc_descr(FlowParser *parser) {
    bool is_block = parser->token.kind == TOKEN_ACC_DESCR_BLOCK;
    if (!is_block)
        flow_next(parser);
    Token text = parser->token;
    parser->graph->description = label_read(text.text, parser->arena).text;
    flow_next(parser);
    Str rest = str_from_offset(parser->clean.text, text.start);
    if (is_block && str_find_char(rest, '}', 0) == STR_NONE) {
        size_t size = str_find_char(rest, '\n', 0);
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT,
                 preprocess_span(&parser->clean, text.start, size == STR_NONE ? rest.size : size),
                 "Mermaid takes all lines from here on for one text");
        diag_hint(parser->diags, "write } where the text ends");
    }
}

/* The word at `start`, up to a space or a bracket. */
static Str word_at(const FlowParser *parser, size_t start) {
    Str rest = str_from_offset(parser->clean.text, start);
    size_t end = 0;
    while (end < rest.size && !strchr(" \t\n;[](){}<>|\"", rest.data[end]))
        end++;
    return str_slice(rest, 0, end);
}

/* end := "end" ; `end-user` is read as "end" and "-user", which surprises everybody. */
static bool parse_end(FlowParser *parser) {
    Str word = word_at(parser, parser->token.start);
    Span at = preprocess_span(&parser->clean, parser->token.start, word.size);
    if (parser->depth > 0) {
        if (word.size > 3) {
            diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, at,
                     "\"%.*s\" begins with the reserved word \"end\" and ends the subgraph",
                     STR_FMT(word));
            diag_hint(parser->diags, "give the node an id that begins with another word");
        }
        flow_next(parser);
        flow_close_group(parser);
        return true;
    }
    parser->ok = false;
    parser->error_count++;
    if (word.size > 3) {
        diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, at,
                 "\"%.*s\" begins with the reserved word \"end\"", STR_FMT(word));
        diag_hint(parser->diags, "give the node an id that begins with another word");
    } else {
        diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, at, "\"end\" without a subgraph to end");
        diag_hint(parser->diags, "remove it; a node cannot have the id \"end\"");
    }
    return false;
}

/* separator := line-end | ";" | end of the text */
static bool expect_separator(FlowParser *parser, FlowPlace place) {
    TokenKind kind = parser->token.kind;
    if (kind != TOKEN_NEWLINE && kind != TOKEN_SEMI && kind != TOKEN_EOF)
        return flow_fail(parser, place);
    flow_next(parser);
    return true;
}

/* statement := vertices | style | class-def | class | link-style | click, each with a separator;
 * subgraph | "end" | direction | acc-title | acc-descr ; and empty lines. */
static bool parse_statement(FlowParser *parser) {
    switch ((int)parser->token.kind) {
    case TOKEN_NEWLINE:
    case TOKEN_SEMI:
    case TOKEN_SPACE:
    case TOKEN_EOF: flow_next(parser); return true;
    case TOKEN_SUBGRAPH: return flow_open_group(parser);
    case TOKEN_END: return parse_end(parser);
    case TOKEN_DIRECTION: parse_direction(parser); return true;
    case TOKEN_ACC_TITLE: parse_acc_title(parser); return true;
    case TOKEN_ACC_DESCR:
    case TOKEN_ACC_DESCR_BLOCK: parse_acc_descr(parser); return true;
    case TOKEN_STYLE: return flow_parse_style(parser) && expect_separator(parser, FLOW_STYLE);
    case TOKEN_CLASS_DEF:
        return flow_parse_class_def(parser) && expect_separator(parser, FLOW_CLASS_DEF);
    case TOKEN_CLASS: return flow_parse_class(parser) && expect_separator(parser, FLOW_CLASS);
    case TOKEN_LINK_STYLE:
        return flow_parse_link_style(parser) && expect_separator(parser, FLOW_LINK_STYLE);
    case TOKEN_CLICK: return flow_parse_click(parser) && expect_separator(parser, FLOW_CLICK);
    default: return flow_parse_vertices(parser) && expect_separator(parser, FLOW_AFTER_NODE);
    }
}

/* After an error reading goes on with the line behind the token that did not fit, or, when a label
 * ran to the end of the text, with the line behind the one where the statement began. */
static void recover(FlowParser *parser, size_t statement_start) {
    bool is_lost = parser->token.kind == TOKEN_STOP;
    size_t from = is_lost ? statement_start : parser->token.start;
    size_t next = str_find_char(parser->clean.text, '\n', from);
    lex_restart(&parser->lexer, next == STR_NONE ? parser->clean.text.size : next);
    flow_next(parser);
}

/* `subgraph a { ... }`: the brace at the end is no second error. */
static bool is_lost_end(const FlowParser *parser) {
    Str rest = str_from_offset(parser->clean.text, parser->token.start);
    return parser->is_end_lost &&
           str_equal(letters_trim(str_slice(rest, 0, str_find_char(rest, '\n', 0))), STR("}"));
}

static void parse_document(FlowParser *parser) {
    while (parser->token.kind != TOKEN_STOP && !parser->is_over) {
        size_t start = parser->token.start;
        bool ok = !is_lost_end(parser) && parse_statement(parser);
        if (!ok && !parser->is_over)
            recover(parser, start);
    }
    while (parser->depth > 0) {
        if (!parser->is_over && !parser->is_end_lost) {
            Span at = parser->graph->groups[parser->groups[parser->depth - 1].group].at;
            parser->ok = false;
            diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, at, "this subgraph has no end");
            diag_hint(parser->diags, "write \"end\" on a line of its own behind its last node");
        }
        flow_close_group(parser);
    }
}

static bool refuse(FlowParser *parser, size_t at, size_t size, const char *message) {
    parser->ok = false;
    diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, preprocess_span(&parser->clean, at, size), "%s",
             message);
    return false;
}

/* What Mermaid refuses before its grammar sees the text: dashes without front matter behind them,
 * and a word of C4 diagrams, which counts wherever it stands. */
static bool check_front(FlowParser *parser) {
    static const Str c4_words[] = {
        {"C4Container", 11}, {"C4Component", 11}, {"C4Dynamic", 9}, {"C4Deployment", 12}};
    Str text = parser->clean.text;
    if (str_starts_with(text, STR("---"))) {
        refuse(parser, 0, 3, "front matter that is not closed");
        diag_hint(parser->diags, "write --- on a line of its own behind it, indented as the first");
        return false;
    }
    for (size_t i = 0; i < sizeof c4_words / sizeof *c4_words; i++) {
        size_t at = str_find(text, c4_words[i], 0);
        if (at == STR_NONE)
            continue;
        refuse(parser, at, c4_words[i].size,
               "with this word anywhere Mermaid takes the text for a C4 diagram");
        diag_hint(parser->diags, "write it with a space behind C4");
        return false;
    }
    return true;
}

Graph *syntax_parse_flow(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    FlowParser parser = {
        .arena = arena,
        .diags = diags,
        .graph = graph_new(arena),
        .ok = true,
        .claims = map_new(arena),
        .edge_ids = map_new(arena),
        .class_index = map_new(arena),
        .closed = map_new(arena),
    };
    if (source->text.size > LIMIT_DIAGRAM_SIZE) {
        flow_limit(&parser, span_of(source, 0, 0), "bytes", LIMIT_DIAGRAM_SIZE);
        *ok = false;
        return parser.graph;
    }
    parser.clean = preprocess_run(source, arena);
    parser.lexer = lex_new(parser.clean.text);
    flow_next(&parser);
    bool is_read = front_read(&parser.clean, parser.graph, arena, diags);
    parser.ok = is_read;
    if (check_front(&parser) && parse_header(&parser))
        parse_document(&parser);
    flow_resolve(&parser);
    if (parser.ok)
        flow_check(&parser);
    assert(graph_check(parser.graph));
    *ok = parser.ok;
    return parser.graph;
}
