/* Lexer rules of class diagrams, in Mermaid's order. */
#include "base/ban.h"

#include "diagram/syntax/class_lex.h"

#include "diagram/syntax/letters.h"

enum {
    IN_ROOT,
    IN_STRING,
    IN_QUOTES, /* back quotes */
    IN_GENERIC,
    IN_CALLBACK_NAME,
    IN_CALLBACK_ARGS,
    IN_ACC,
    IN_ACC_BLOCK,
    IN_CLASS,
    IN_BODY,
    IN_NAMESPACE,
    IN_NAMESPACE_BODY,
};

#define M(mode) (1u << (mode))
#define ROOT    M(IN_ROOT)
#define CLASS   M(IN_CLASS)
#define BODY    M(IN_BODY)
#define NS      M(IN_NAMESPACE)
#define NSBODY  M(IN_NAMESPACE_BODY)
#define ALL     (ROOT | CLASS | BODY | NS | NSBODY)

static size_t match_end(Str text, size_t at) {
    return at == text.size ? at : MODAL_NONE;
}

/* newline := space* line-end+ ; with all empty lines that follow. */
static size_t match_newline(Str text, size_t at) {
    size_t end = letters_skip_space(text, at), last = MODAL_NONE;
    for (size_t i = at; i < end; i++)
        if (text.data[i] == '\n')
            last = i + 1;
    return last;
}

/* comment := "%%" to the line's end, with all line ends that follow: they part no statements. */
static size_t match_comment(Str text, size_t at) {
    return modal_match(text, at, "%%%%[^\n]*[\n]*", false);
}

/* A closing brace in front of which a mode is left; the brace itself is read in the next one. */
static size_t match_brace_ahead(Str text, size_t at) {
    return at < text.size && text.data[at] == '}' ? at : MODAL_NONE;
}

static const ModalRule rules[] = {
    {ROOT, TOK_DIRECTION, "%.*direction%s+TB[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+BT[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+RL[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+LR[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, NULL, match_comment, MODAL_STAY, 0},
    {ROOT, TOK_ACC_TITLE, "accTitle%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {M(IN_ACC), TOK_ACC_VALUE, "[^\n]*", NULL, MODAL_POP, 0},
    {ROOT, TOK_ACC_DESCR, "accDescr%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {ROOT, MODAL_SKIP, "accDescr%s*{%s*", NULL, MODAL_PUSH, IN_ACC_BLOCK},
    {M(IN_ACC_BLOCK), MODAL_SKIP, "}", NULL, MODAL_POP, 0},
    {M(IN_ACC_BLOCK), TOK_ACC_BLOCK, "[^}]+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_NEWLINE, NULL, match_newline, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HEADER, "classDiagram-v2%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HEADER, "classDiagram%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_OTHER, "[[][*]]", NULL, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, "call%s+", NULL, MODAL_PUSH, IN_CALLBACK_NAME},
    {M(IN_CALLBACK_NAME), MODAL_SKIP, "(%s*)", NULL, MODAL_POP, 0},
    {M(IN_CALLBACK_NAME), MODAL_SKIP, "(", NULL, MODAL_SWAP, IN_CALLBACK_ARGS},
    {M(IN_CALLBACK_NAME), TOK_CALLBACK_NAME, "[^(]+", NULL, MODAL_STAY, 0},
    {M(IN_CALLBACK_ARGS), MODAL_SKIP, ")", NULL, MODAL_POP, 0},
    {M(IN_CALLBACK_ARGS), TOK_CALLBACK_ARGS, "[^)]+", NULL, MODAL_STAY, 0},
    {M(IN_STRING), MODAL_SKIP, "\"", NULL, MODAL_POP, 0},
    {M(IN_STRING), TOK_STR, "[^\"]+", NULL, MODAL_STAY, 0},
    {ALL, MODAL_SKIP, "\"", NULL, MODAL_PUSH, IN_STRING},
    {ROOT, TOK_STYLE, "style%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_CLASS_DEF, "classDef%b", NULL, MODAL_STAY, 0},
    {ROOT | NS | NSBODY, TOK_NAMESPACE, "namespace%b", NULL, MODAL_PUSH, IN_NAMESPACE},
    {NS, TOK_NEWLINE, NULL, match_newline, MODAL_POP, 0},
    {NS, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {NS, TOK_OPEN, "{", NULL, MODAL_PUSH, IN_NAMESPACE_BODY},
    {NS, MODAL_SKIP, NULL, match_brace_ahead, MODAL_POP, 0},
    {NSBODY, TOK_CLOSE, "}", NULL, MODAL_POP, 0},
    {NSBODY, TOK_BODY_END, NULL, match_end, MODAL_STAY, 0},
    {NSBODY, TOK_NEWLINE, NULL, match_newline, MODAL_STAY, 0},
    {NSBODY, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {NSBODY, TOK_OTHER, "[[][*]]", NULL, MODAL_STAY, 0},
    {ROOT | NSBODY, TOK_CLASS, "class%b", NULL, MODAL_PUSH, IN_CLASS},
    {CLASS, TOK_NEWLINE, NULL, match_newline, MODAL_POP, 0},
    {CLASS, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {CLASS, TOK_CLOSE, "}", NULL, MODAL_POP_TWICE, 0},
    {CLASS, TOK_OPEN, "{", NULL, MODAL_PUSH, IN_BODY},
    {BODY, TOK_CLOSE, "}", NULL, MODAL_POP, 0},
    {BODY, TOK_BODY_END, NULL, match_end, MODAL_STAY, 0},
    {BODY, TOK_OTHER, "[[][*]]", NULL, MODAL_STAY, 0},
    {BODY, TOK_BRACE, "{", NULL, MODAL_STAY, 0},
    {BODY, MODAL_SKIP, "\n", NULL, MODAL_STAY, 0},
    {BODY, TOK_MEMBER, "[^{}\n]+", NULL, MODAL_STAY, 0},
    {ALL, TOK_CSS_CLASS, "cssClass%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_CALLBACK, "callback%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_LINK, "link%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_CLICK, "click%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_NOTE_FOR, "note for%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_NOTE, "note%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_ANNOTATION_OPEN, "<<", NULL, MODAL_STAY, 0},
    {ALL, TOK_ANNOTATION_CLOSE, ">>", NULL, MODAL_STAY, 0},
    {ALL, TOK_HREF, "href%b", NULL, MODAL_STAY, 0},
    {M(IN_GENERIC), MODAL_SKIP, "~", NULL, MODAL_POP, 0},
    {M(IN_GENERIC), TOK_GENERIC, "[^~]+", NULL, MODAL_STAY, 0},
    {ALL, MODAL_SKIP, "~", NULL, MODAL_PUSH, IN_GENERIC},
    {M(IN_QUOTES), MODAL_SKIP, "`", NULL, MODAL_POP, 0},
    {M(IN_QUOTES), TOK_LITERAL, "[^`]+", NULL, MODAL_STAY, 0},
    {ALL, MODAL_SKIP, "`", NULL, MODAL_PUSH, IN_QUOTES},
    {ALL, TOK_TARGET, "_self%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_TARGET, "_blank%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_TARGET, "_parent%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_TARGET, "_top%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_EXTENSION, "%s*<|", NULL, MODAL_STAY, 0},
    {ALL, TOK_EXTENSION, "%s*|>", NULL, MODAL_STAY, 0},
    {ALL, TOK_DEPENDENCY, "%s*>", NULL, MODAL_STAY, 0},
    {ALL, TOK_DEPENDENCY, "%s*<", NULL, MODAL_STAY, 0},
    {ALL, TOK_COMPOSITION, "%s*[*]", NULL, MODAL_STAY, 0},
    {ALL, TOK_AGGREGATION, "%s*o%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_LOLLIPOP, "%s*()", NULL, MODAL_STAY, 0},
    {ALL, TOK_LINE, "--", NULL, MODAL_STAY, 0},
    {ALL, TOK_DOTTED, "..", NULL, MODAL_STAY, 0},
    {ALL, TOK_LABEL, ":[^:\n;]+", NULL, MODAL_STAY, 0},
    {ALL, TOK_SEPARATOR, ":::", NULL, MODAL_STAY, 0},
    {ALL, TOK_MINUS, "-", NULL, MODAL_STAY, 0},
    {ALL, TOK_DOT, ".", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "[+]", NULL, MODAL_STAY, 0},
    {ROOT, TOK_COLON, ":", NULL, MODAL_STAY, 0},
    {ROOT, TOK_COMMA, ",", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HASH, "#", NULL, MODAL_STAY, 0},
    {ALL, TOK_PERCENT, "%%", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "=", NULL, MODAL_STAY, 0},
    {ALL, TOK_WORD, "%w+", NULL, MODAL_STAY, 0},
    {ALL, TOK_SQUARE_OPEN, "[[]", NULL, MODAL_STAY, 0},
    {ALL, TOK_SQUARE_CLOSE, "]", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "[!#$&',?/\\]", NULL, MODAL_STAY, 0},
    {ALL, TOK_LETTER, "%l", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "%s", NULL, MODAL_STAY, 0},
    {ALL, TOK_EOF, NULL, match_end, MODAL_STAY, 0},
};

const ModalRule *class_rules(size_t *count) {
    *count = sizeof rules / sizeof *rules;
    return rules;
}
