#include "base/ban.h"

#include "base/buf.h"
#include "diagram/syntax/flow.h"
#include "diagram/syntax/label.h"

void flow_next(FlowParser *parser) {
    parser->token = lex_next(&parser->lexer);
}

Span flow_span(const FlowParser *parser, Token token) {
    return preprocess_span(&parser->clean, token.start, token.end - token.start);
}

void flow_str_push(Arena *arena, StrList *list, Str item) {
    ARENA_RESERVE(arena, list->items, list->count, list->capacity);
    list->items[list->count++] = item;
}

/* Takes one space or more; false when there is none. */
bool flow_skip_spaces(FlowParser *parser) {
    bool has_space = parser->token.kind == TOKEN_SPACE;
    while (parser->token.kind == TOKEN_SPACE)
        flow_next(parser);
    return has_space;
}

bool flow_expect(FlowParser *parser, TokenKind kind, FlowPlace place) {
    if (parser->token.kind != kind)
        return flow_fail(parser, place);
    flow_next(parser);
    return true;
}

bool flow_is_id_token(TokenKind kind) {
    switch ((int)kind) {
    case TOKEN_NUM:
    case TOKEN_NODE_STRING:
    case TOKEN_DOWN:
    case TOKEN_MINUS:
    case TOKEN_DEFAULT:
    case TOKEN_COMMA:
    case TOKEN_COLON:
    case TOKEN_AMP:
    case TOKEN_HASH:
    case TOKEN_STAR:
    case TOKEN_LETTER: return true;
    default: return false;
    }
}

/* id := ( number | word | letter | "v" | "-" | "default" | "," | ":" | "&" | "#" | "*" )+ ; the
 * tokens stand without a gap, so the id is one slice. */
bool flow_read_id(FlowParser *parser, FlowPlace place, Str *id, Span *at) {
    if (!flow_is_id_token(parser->token.kind))
        return flow_fail(parser, place);
    size_t start = parser->token.start, end = start;
    for (; flow_is_id_token(parser->token.kind); flow_next(parser))
        end = parser->token.end;
    *id = str_slice(parser->clean.text, start, end);
    *at = preprocess_span(&parser->clean, start, end - start);
    return true;
}

Label flow_make_label(FlowParser *parser, Str raw, bool is_markdown, Span at) {
    Label label = label_report(label_read(raw, parser->arena), at, parser->diags);
    label.is_markdown = is_markdown;
    return label;
}

/* label := text+ | ( string | markdown ) text* ; a string stands first or not at all. */
bool flow_read_label(FlowParser *parser, FlowPlace place, Label *label) {
    TokenKind plain = place == FLOW_LINK_TEXT ? TOKEN_EDGE_TEXT : TOKEN_TEXT;
    Token first = parser->token;
    if (first.kind != plain && first.kind != TOKEN_STR && first.kind != TOKEN_MARKDOWN)
        return flow_fail(parser, place);
    flow_next(parser);
    size_t end = first.end;
    Str raw = first.text;
    if (parser->token.kind == plain) {
        Buf buf = buf_new(parser->arena);
        buf_add(&buf, first.text);
        for (; parser->token.kind == plain; flow_next(parser)) {
            buf_add(&buf, parser->token.text);
            end = parser->token.end;
        }
        raw = buf_str(&buf);
    }
    *label = flow_make_label(parser, raw, first.kind == TOKEN_MARKDOWN,
                             preprocess_span(&parser->clean, first.start, end - first.start));
    return true;
}
