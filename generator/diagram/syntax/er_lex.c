/* Lexer rules of entity relationship diagrams, in Mermaid's order. */
#include "base/ban.h"

#include "diagram/syntax/er_lex.h"

#include "base/utf8.h"
#include "diagram/syntax/letters.h"

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

const ModalRule *er_rules(size_t *count) {
    *count = sizeof rules / sizeof *rules;
    return rules;
}
