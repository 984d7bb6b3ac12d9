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

/* The line that `at` stands in. */
static Str line_of(const ClassParser *parser, size_t at) {
    Str text = parser->reader.clean.text;
    size_t end = str_find_char(text, '\n', at);
    size_t start = str_find_last(str_slice(text, 0, at), '\n');
    return str_slice(text, start == STR_NONE ? 0 : start + 1, end == STR_NONE ? text.size : end);
}

static bool is_keyword(int kind) {
    return kind == TOK_NOTE || kind == TOK_LINK || kind == TOK_CLICK || kind == TOK_CALLBACK ||
           kind == TOK_STYLE || kind == TOK_CSS_CLASS || kind == TOK_HREF || kind == TOK_CLASS ||
           kind == TOK_NAMESPACE || kind == TOK_CLASS_DEF || kind == TOK_TARGET ||
           kind == TOK_NOTE_FOR || kind == TOK_AGGREGATION;
}

/* Says how to write what the author most likely meant. */
bool class_fail(ClassParser *parser, const char *expected) {
    Reader *reader = &parser->reader;
    ModalToken token = reader->token;
    Str line = line_of(parser, token.start),
        rest = str_from_offset(reader->clean.text, token.start);
    /* A comment takes the line's end with it, so the finding is on the line behind. */
    size_t start = (size_t)(line.data - reader->clean.text.data);
    bool has_comment = start > 0 && str_find(line_of(parser, start - 1), STR("%%"), 0) != STR_NONE;
    Str word = letters_trim(token.text);
    reader_fail(reader, expected);
    if (is_keyword(token.kind) && str_equal(str_from(expected), STR("a name")))
        diag_hint(reader->diags, "\"%.*s\" is reserved: put it in back quotes to use it as a name",
                  STR_FMT(word));
    else if (str_starts_with(rest, STR(";\n")))
        diag_hint(reader->diags, "remove the \";\": a statement ends with its line");
    else if (str_starts_with(rest, STR(";")))
        diag_hint(reader->diags, "write #59; for a \";\" within a text");
    else if (has_comment || str_find(line, STR("%%"), 0) != STR_NONE)
        diag_hint(reader->diags, "a comment stands on a line of its own");
    else if (str_find(line, STR("->"), 0) != STR_NONE && str_find(line, STR("--"), 0) == STR_NONE)
        diag_hint(reader->diags, "a relation is written --> or ..>");
    else if (token.kind == TOK_BRACE)
        diag_hint(reader->diags, "write #123; and #125; for braces in a member");
    else if (token.kind == TOK_DEPENDENCY && str_starts_with(word, STR("<")))
        diag_hint(reader->diags, "a generic type is written List~T~");
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
    if (is_joined)
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
