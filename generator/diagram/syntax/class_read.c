/* The pieces every statement of a class diagram is made of: tokens, names, errors. */
#include "base/ban.h"

#include "diagram/syntax/class_read.h"

#include "diagram/syntax/class_lex.h"
#include "diagram/syntax/letters.h"

bool class_at(const ClassParser *parser, int kind) {
    return parser->reader.token.kind == kind;
}

ModalToken class_take(ClassParser *parser) {
    ModalToken token = parser->reader.token;
    reader_next(&parser->reader);
    return token;
}

static bool is_keyword(int kind) {
    return kind == TOK_NOTE || kind == TOK_LINK || kind == TOK_CLICK || kind == TOK_CALLBACK ||
           kind == TOK_STYLE || kind == TOK_CSS_CLASS || kind == TOK_HREF || kind == TOK_CLASS ||
           kind == TOK_NAMESPACE || kind == TOK_CLASS_DEF || kind == TOK_TARGET ||
           kind == TOK_NOTE_FOR || kind == TOK_AGGREGATION;
}

bool class_at_brace(const ClassParser *parser, const char *brace) {
    Str text = parser->reader.clean.text;
    return str_starts_with(str_from_offset(text, parser->reader.token.start), str_from(brace));
}

/* What to write for a brace at hand that does not fit. */
static void hint_brace(ClassParser *parser, Str line, bool is_name) {
    Diags *diags = parser->reader.diags;
    line = letters_trim(line);
    Str first = str_slice(line, 0, str_find_char(line, ' ', 0));
    bool is_last = str_ends_with(line, STR("{"));
    if (class_at_brace(parser, "}")) {
        if (is_name && line.size == 1)
            diag_hint(diags, "remove it: no braces are open here");
    } else if (class_at(parser, TOK_BRACE) && is_last && str_equal(first, STR("class")))
        diag_hint(diags, "write } in front of this line: the class above is not closed");
    else if (class_at(parser, TOK_BRACE) && is_last)
        diag_hint(diags, "a member has no body: leave out the braces and what is in them");
    else if (class_at(parser, TOK_BRACE))
        diag_hint(diags, "write #123; and #125; for braces in a member");
    else if (line.size == 1)
        diag_hint(diags, "write it on the line of its class");
    else if (is_name)
        diag_hint(diags, "write %.*s Name {", STR_FMT(first));
    else if (is_last)
        diag_hint(diags, "only a class has members in braces: write class Name {");
}

/* What to write in place of the token at hand. */
static void hint_token(ClassParser *parser, Str line, bool is_name) {
    Diags *diags = parser->reader.diags;
    ModalToken token = parser->reader.token;
    Str rest = str_from_offset(parser->reader.clean.text, token.start);
    Str word = letters_trim(token.text);
    size_t line_end = str_find_char(rest, '\n', 0);
    /* A comment takes the line's end with it, so the finding is on the line behind. */
    size_t start = (size_t)(line.data - parser->reader.clean.text.data);
    bool has_comment =
        start > 0 && str_find(reader_line(&parser->reader, start - 1), STR("%%"), 0) != STR_NONE;
    if (is_keyword(token.kind) && is_name)
        diag_hint(diags, "\"%.*s\" is reserved: put it in back quotes to use it as a name",
                  STR_FMT(word));
    else if (token.kind == TOK_STR && is_name)
        diag_hint(diags, "put a name with spaces in back quotes, or write A[\"%.*s\"]",
                  STR_FMT(word));
    else if (str_equal(letters_trim(str_slice(rest, 0, line_end)), STR(";")))
        diag_hint(diags, "remove the \";\": a statement ends with its line");
    else if (str_starts_with(rest, STR(";")))
        diag_hint(diags, "write #59; for a \";\" within a text");
    else if (has_comment || str_find(line, STR("%%"), 0) != STR_NONE)
        diag_hint(diags, "a comment stands on a line of its own");
    else if (str_find(line, STR("->"), 0) != STR_NONE && str_find(line, STR("--"), 0) == STR_NONE)
        diag_hint(diags, "a relation is written --> or ..>");
    else if (class_at_brace(parser, "{") || class_at_brace(parser, "}"))
        hint_brace(parser, line, is_name);
    else if (token.kind == TOK_DEPENDENCY && str_starts_with(word, STR("<")))
        diag_hint(diags, "a generic type is written List~T~");
}

bool class_fail(ClassParser *parser, const char *expected) {
    Str line = reader_line(&parser->reader, parser->reader.token.start);
    reader_fail(&parser->reader, expected);
    hint_token(parser, line, str_equal(str_from(expected), STR("a name")));
    return false;
}

bool class_expect(ClassParser *parser, int kind, const char *what) {
    if (!class_at(parser, kind))
        return class_fail(parser, what);
    class_take(parser);
    return true;
}

static bool is_letter(int kind) {
    return kind == TOK_WORD || kind == TOK_LETTER || kind == TOK_MINUS;
}

/* Spaces within a name vanish without a word. */
static void warn_joined(Reader *reader, size_t start, size_t end) {
    Str written = str_slice(reader->clean.text, start, end);
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT,
             preprocess_span(&reader->clean, start, end - start),
             "Mermaid reads \"%.*s\" as one name, without its spaces", STR_FMT(written));
    diag_hint(reader->diags, "put a name with spaces in back quotes");
}

/* name := ( word | letter | "-" ) ( "."? name )? generic? | literal generic? ; spaces between the
 * pieces are lost, as in Mermaid. */
bool class_read_name(ClassParser *parser, bool is_class, Str *name, Span *at) {
    Reader *reader = &parser->reader;
    Buf buf = buf_new(reader->arena);
    size_t start = reader->token.start, end = start;
    bool is_due = true; /* behind a dot */
    bool is_joined = false;
    while (is_due || is_letter(reader->token.kind) || class_at(parser, TOK_LITERAL)) {
        if (!is_letter(reader->token.kind) && !class_at(parser, TOK_LITERAL))
            return class_fail(parser, "a name");
        ModalToken token = class_take(parser);
        if (token.kind == TOK_WORD && token.start > end && !str_ends_with(buf_str(&buf), STR(".")))
            is_joined = true;
        buf_add(&buf, token.text);
        end = token.end;
        if (token.kind == TOK_LITERAL)
            break;
        is_due = class_at(parser, TOK_DOT);
        if (is_due)
            buf_add(&buf, class_take(parser).text);
    }
    bool is_end = class_at(parser, MODAL_BAD) && class_at_brace(parser, "{"); /* an error anyhow */
    if (is_joined && !is_end)
        warn_joined(reader, start, end);
    if (is_class && class_at(parser, TOK_GENERIC)) {
        buf_add_char(&buf, '~');
        ModalToken token = class_take(parser);
        buf_add(&buf, token.text);
        buf_add_char(&buf, '~');
        end = token.end;
    }
    *name = buf_str(&buf);
    *at = preprocess_span(&reader->clean, start, end - start);
    return true;
}

/* class-word := word | letter | "-" */
bool class_read_word(ClassParser *parser, Str *word) {
    if (!is_letter(parser->reader.token.kind))
        return class_fail(parser, "a word");
    *word = class_take(parser).text;
    return true;
}
