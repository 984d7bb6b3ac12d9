/* Lexer rules of state diagrams, in Mermaid's order. */
#include "base/ban.h"

#include "diagram/syntax/state_lex.h"

#include "diagram/syntax/letters.h"

enum {
    IN_ROOT,
    IN_STRUCT, /* between braces */
    IN_STATE,
    IN_STRING,
    IN_STATE_ID,
    IN_CLASS_DEF,
    IN_CLASS_REST,
    IN_CLASS,
    IN_STYLE,
    IN_SCALE,
    IN_NOTE,
    IN_NOTE_ID,
    IN_NOTE_TEXT,
    IN_FLOAT,
    IN_FLOAT_ID,
    IN_ACC,
    IN_ACC_BLOCK,
};

#define M(mode)   (1u << (mode))
#define ROOT      M(IN_ROOT)
#define STRUCT    M(IN_STRUCT)
#define STATE     M(IN_STATE)
#define BODY      (ROOT | STRUCT)
#define LOOKAHEAD 500 /* bytes for the brace of TOK_WORDS, so that a long line stays cheap */

static size_t match_end(Str text, size_t at) {
    return at == text.size ? at : MODAL_NONE;
}

/* line-space := space but no line end */
static size_t match_line_space(Str text, size_t at) {
    size_t start = at;
    while (at < text.size && text.data[at] != '\n' && letters_space_size(text, at))
        at += letters_space_size(text, at);
    return at > start ? at : MODAL_NONE;
}

/* comment := "%%" anything but a directive, to the line's end */
static size_t match_comment(Str text, size_t at) {
    Str rest = str_from_offset(text, at);
    if (!str_starts_with(rest, STR("%%")) || str_starts_with(rest, STR("%%{")))
        return MODAL_NONE;
    return modal_match(text, at, "%%%%[^\n]*", true);
}

/* id := anything but ":", "-", "{" and space; it ends before a "%%". */
static size_t match_id(Str text, size_t at) {
    size_t end = modal_match(text, at, "[^:\n%s{-]+", true);
    if (end == MODAL_NONE)
        return end;
    size_t comment = str_find(str_slice(text, 0, end), STR("%%"), at);
    return comment != STR_NONE && comment > at ? comment : end;
}

/* description := ":" ( anything but ":", ";" and a line end | ":" followed by one of those )+ */
static size_t match_descr(Str text, size_t at) {
    at = letters_skip_space(text, at);
    if (at >= text.size || text.data[at++] != ':')
        return MODAL_NONE;
    size_t start = at;
    while (at < text.size) {
        size_t skip = text.data[at] == ':';
        if (at + skip >= text.size || strchr(":\n;", text.data[at + skip]))
            break;
        at += skip + 1;
    }
    return at > start ? at : MODAL_NONE;
}

/* words := word space word anything "{" ; Mermaid looks beyond the line's end for the second word.
 */
static size_t match_words(Str text, size_t at) {
    size_t end = modal_match(text, at, "%w+%s+%w+", true);
    size_t limit = end == MODAL_NONE ? 0 : end + LOOKAHEAD;
    for (; end != MODAL_NONE && end < text.size && end < limit && text.data[end] != '\n'; end++)
        if (text.data[end] == '{')
            return end + 1;
    return MODAL_NONE;
}

/* classes := word ( "," space* word )* */
static size_t match_names(Str text, size_t at) {
    size_t end = modal_match(text, at, "%w+", true);
    for (size_t next = end; next != MODAL_NONE; next = modal_match(text, end, ",%s*%w+", true))
        end = next;
    return end;
}

/* note-block := anything line-end space* "end note" */
static size_t match_note_block(Str text, size_t at) {
    for (size_t i = str_find_char(text, '\n', at); i != STR_NONE;
         i = str_find_char(text, '\n', i + 1)) {
        size_t word = letters_skip_space(text, i),
               end = modal_match(text, word, "end note%b", true);
        if (end != MODAL_NONE)
            return end;
        if (word > i + 1)
            i = word - 1; /* these spaces hold no other answer */
    }
    return MODAL_NONE;
}

static const ModalRule rules[] = {
    {ROOT, TOK_CLICK, "click%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HREF, "href%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_STRING, "\"[^\"]*\"", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DEFAULT, "default%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+TB[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+BT[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+RL[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+LR[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_NL, "[\n]+", NULL, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {STRUCT | STATE, MODAL_SKIP, NULL, match_line_space, MODAL_STAY, 0},
    {BODY | STATE, MODAL_SKIP, "#[^\n]*", NULL, MODAL_STAY, 0},
    {BODY | STATE, MODAL_SKIP, NULL, match_comment, MODAL_STAY, 0},
    {ROOT, TOK_SCALE, "scale%s+", NULL, MODAL_PUSH, IN_SCALE},
    {M(IN_SCALE), TOK_WIDTH, "%d+", NULL, MODAL_STAY, 0},
    {M(IN_SCALE), MODAL_SKIP, "%s+width%b", NULL, MODAL_POP, 0},
    {ROOT, TOK_ACC_TITLE, "accTitle%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {ROOT, TOK_ACC_DESCR, "accDescr%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {M(IN_ACC), TOK_ACC_VALUE, "[^\n]*", NULL, MODAL_POP, 0},
    {ROOT, MODAL_SKIP, "accDescr%s*{%s*", NULL, MODAL_PUSH, IN_ACC_BLOCK},
    {M(IN_ACC_BLOCK), MODAL_SKIP, "}", NULL, MODAL_POP, 0},
    {M(IN_ACC_BLOCK), TOK_ACC_BLOCK, "[^}]+", NULL, MODAL_STAY, 0},
    {BODY, TOK_CLASS_DEF, "classDef%s+", NULL, MODAL_PUSH, IN_CLASS_DEF},
    {M(IN_CLASS_DEF), TOK_DEFAULT_CLASS, "default%s+", NULL, MODAL_SWAP, IN_CLASS_REST},
    {M(IN_CLASS_DEF), TOK_WORD, "%w+%s+", NULL, MODAL_SWAP, IN_CLASS_REST},
    {M(IN_CLASS_REST), TOK_REST, "[^\n]*", NULL, MODAL_POP, 0},
    {BODY, TOK_CLASS, "class%s+", NULL, MODAL_PUSH, IN_CLASS},
    {M(IN_CLASS), TOK_WORD, NULL, match_names, MODAL_SWAP, IN_CLASS_REST},
    {BODY, TOK_STYLE, "style%s+", NULL, MODAL_PUSH, IN_STYLE},
    {M(IN_STYLE), TOK_WORD, "[%w,]+%s+", NULL, MODAL_SWAP, IN_CLASS_REST},
    {BODY, MODAL_SKIP, "state%s+", NULL, MODAL_PUSH, IN_STATE},
    {STATE, TOK_FORK, "%.*<<fork>>", NULL, MODAL_POP, 0},
    {STATE, TOK_JOIN, "%.*<<join>>", NULL, MODAL_POP, 0},
    {STATE, TOK_CHOICE, "%.*<<choice>>", NULL, MODAL_POP, 0},
    {STATE, TOK_FORK, "%.*[[][[]fork]]", NULL, MODAL_POP, 0},
    {STATE, TOK_JOIN, "%.*[[][[]join]]", NULL, MODAL_POP, 0},
    {STATE, TOK_CHOICE, "%.*[[][[]choice]]", NULL, MODAL_POP, 0},
    {STRUCT, TOK_DIRECTION, "%.*direction%s+TB[^\n]*", NULL, MODAL_STAY, 0},
    {STRUCT, TOK_DIRECTION, "%.*direction%s+BT[^\n]*", NULL, MODAL_STAY, 0},
    {STRUCT, TOK_DIRECTION, "%.*direction%s+RL[^\n]*", NULL, MODAL_STAY, 0},
    {STRUCT, TOK_DIRECTION, "%.*direction%s+LR[^\n]*", NULL, MODAL_STAY, 0},
    {STATE, MODAL_SKIP, "\"", NULL, MODAL_PUSH, IN_STRING},
    {STATE, TOK_AS, "%s*as%s+", NULL, MODAL_PUSH, IN_STATE_ID},
    {M(IN_STATE_ID), TOK_ID, "[^\n{]*", NULL, MODAL_POP, 0},
    {M(IN_STRING), MODAL_SKIP, "\"", NULL, MODAL_POP, 0},
    {M(IN_STRING), TOK_DESCRIBED, "[^\"]+", NULL, MODAL_STAY, 0},
    {STATE, TOK_WORDS, NULL, match_words, MODAL_STAY, 0},
    {STATE, TOK_COMPOSITE, "[^\n%s{]+", NULL, MODAL_STAY, 0},
    {STATE, MODAL_SKIP, "\n", NULL, MODAL_POP, 0},
    {ROOT | STATE, TOK_OPEN, "{", NULL, MODAL_SWAP, IN_STRUCT},
    {STRUCT, TOK_CLOSE, "}", NULL, MODAL_POP, 0},
    {STRUCT, MODAL_SKIP, "\n", NULL, MODAL_STAY, 0},
    {BODY, TOK_NOTE, "note%s+", NULL, MODAL_PUSH, IN_NOTE},
    {M(IN_NOTE), TOK_LEFT_OF, "left of%b", NULL, MODAL_SWAP, IN_NOTE_ID},
    {M(IN_NOTE), TOK_RIGHT_OF, "right of%b", NULL, MODAL_SWAP, IN_NOTE_ID},
    {M(IN_NOTE), MODAL_SKIP, "\"", NULL, MODAL_SWAP, IN_FLOAT},
    {M(IN_FLOAT), TOK_AS, "%s*as%s*", NULL, MODAL_SWAP, IN_FLOAT_ID},
    {M(IN_FLOAT), MODAL_SKIP, "\"", NULL, MODAL_STAY, 0},
    {M(IN_FLOAT), TOK_NOTE_TEXT, "[^\"]+", NULL, MODAL_STAY, 0},
    {M(IN_FLOAT_ID), TOK_ID, "[^\n]*", NULL, MODAL_POP, 0},
    {M(IN_NOTE_ID), TOK_ID, "%s*[^:\n%s-]+", NULL, MODAL_SWAP, IN_NOTE_TEXT},
    {M(IN_NOTE_TEXT), TOK_NOTE_TEXT, "%s*:[^:\n;]+", NULL, MODAL_POP, 0},
    {M(IN_NOTE_TEXT), TOK_NOTE_TEXT, NULL, match_note_block, MODAL_POP, 0},
    {ROOT, TOK_SD, "stateDiagram%s+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_SD, "stateDiagram-v2%s+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HIDE, "hide empty description%b", NULL, MODAL_STAY, 0},
    {BODY, TOK_EDGE_STATE, "[[][*]]", NULL, MODAL_STAY, 0},
    {BODY, TOK_ID, NULL, match_id, MODAL_STAY, 0},
    {BODY, TOK_DESCR, NULL, match_descr, MODAL_STAY, 0},
    {BODY, TOK_ARROW, "-->", NULL, MODAL_STAY, 0},
    {STRUCT, TOK_CONCURRENT, "--", NULL, MODAL_STAY, 0},
    {BODY, TOK_SEPARATOR, ":::", NULL, MODAL_STAY, 0},
    {ROOT, TOK_NL, NULL, match_end, MODAL_STAY, 0},
    {ROOT, TOK_INVALID, "%.", NULL, MODAL_STAY, 0},
};

const ModalRule *state_rules(size_t *count) {
    *count = sizeof rules / sizeof *rules;
    return rules;
}
