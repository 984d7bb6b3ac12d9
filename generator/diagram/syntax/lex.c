#include "base/ban.h"

#include "diagram/syntax/lex.h"

#include "diagram/syntax/lex_match.h"

#define NO_TOKEN  TOKEN_KIND_COUNT /* a rule that reads characters and gives nothing */
#define MODE_POP  LEX_MODE_COUNT
#define MODE_KEEP ((LexMode)(LEX_MODE_COUNT + 1))

Lexer lex_new(Str clean) {
    Lexer lexer = {.text = clean};
    return lexer;
}

void lex_restart(Lexer *lexer, size_t at) {
    lexer->at = at;
    lexer->depth = 0;
    lexer->modes[0] = LEX_INITIAL;
    lexer->is_done = false;
}

/* Mermaid's lexer is a list of regular expressions per mode, tried from the top; the first that
 * fits wins, even where a later one would match more. That order is the language: `end` is a word
 * before it is an id, `x--` is a head before it is a letter, `direction LR` wins over whatever
 * stands before it on its line. So the tables below keep the order, and each row is one of those
 * expressions. Rows that can never be reached in a mode, because an earlier one takes all they
 * could, are left out. */

/* One rule: `match`, or the text `literal`, with `is_word` as a whole word. The first rule of the
 * mode's list that fits is taken, however short its match. */
typedef struct Rule {
    Matcher *match;
    Str literal;
    bool is_word;
    TokenKind kind;
    LexMode push; /* MODE_POP: leaves the mode; MODE_KEEP: stays */
} Rule;

#define MATCH(function, kind)                                                                      \
    { function, {NULL, 0}, false, kind, MODE_KEEP }
#define MATCH_PUSH(function, kind, mode)                                                           \
    { function, {NULL, 0}, false, kind, mode }
#define LITERAL(text, kind)                                                                        \
    { NULL, {text, sizeof(text) - 1}, false, kind, MODE_KEEP }
#define LITERAL_PUSH(text, kind, mode)                                                             \
    { NULL, {text, sizeof(text) - 1}, false, kind, mode }
#define WORD(text, kind)                                                                           \
    { NULL, {text, sizeof(text) - 1}, true, kind, MODE_KEEP }

/* The brackets that open a label in every mode, in the order in which the longer ones win. */
#define OPEN_STRING                                                                                \
    LITERAL_PUSH("\"`", NO_TOKEN, LEX_MARKDOWN), LITERAL_PUSH("\"", NO_TOKEN, LEX_STRING)
#define OPEN_INVISIBLE MATCH(lex_match_invisible, TOKEN_LINK)
#define OPEN_SLASH                                                                                 \
    LITERAL_PUSH("[/", TOKEN_SLASH_OPEN, LEX_TRAPEZOID),                                           \
        LITERAL_PUSH("[\\", TOKEN_BACK_OPEN, LEX_TRAPEZOID)

static const Rule initial_rules[] = {
    MATCH_PUSH(lex_match_acc_title, TOKEN_ACC_TITLE, LEX_ACC_TITLE),
    MATCH_PUSH(lex_match_acc_descr, TOKEN_ACC_DESCR, LEX_ACC_DESCR),
    MATCH_PUSH(lex_match_acc_block, NO_TOKEN, LEX_ACC_DESCR_BLOCK),
    LITERAL_PUSH("@{", TOKEN_SHAPE_DATA, LEX_SHAPE),
    MATCH_PUSH(lex_match_call, NO_TOKEN, LEX_CALLBACK_NAME),
    OPEN_STRING,
    WORD("style", TOKEN_STYLE),
    WORD("default", TOKEN_DEFAULT),
    WORD("linkStyle", TOKEN_LINK_STYLE),
    WORD("interpolate", TOKEN_INTERPOLATE),
    WORD("classDef", TOKEN_CLASS_DEF),
    WORD("class", TOKEN_CLASS),
    MATCH(lex_match_href, TOKEN_HREF),
    MATCH_PUSH(lex_match_click, NO_TOKEN, LEX_CLICK),
    WORD("flowchart-elk", TOKEN_GRAPH),
    WORD("swimlane-beta", TOKEN_GRAPH),
    WORD("graph", TOKEN_GRAPH),
    WORD("flowchart", TOKEN_GRAPH),
    WORD("subgraph", TOKEN_SUBGRAPH),
    MATCH(lex_match_end, TOKEN_END),
    WORD("_self", TOKEN_LINK_TARGET),
    WORD("_blank", TOKEN_LINK_TARGET),
    WORD("_parent", TOKEN_LINK_TARGET),
    WORD("_top", TOKEN_LINK_TARGET),
    MATCH(lex_match_direction, TOKEN_DIRECTION),
    MATCH(lex_match_link_id, TOKEN_LINK_ID),
    MATCH(lex_match_number, TOKEN_NUM),
    LITERAL("#", TOKEN_HASH),
    LITERAL(":::", TOKEN_CLASS_MARK),
    LITERAL(":", TOKEN_COLON),
    LITERAL("&", TOKEN_AMP),
    LITERAL(";", TOKEN_SEMI),
    LITERAL(",", TOKEN_COMMA),
    LITERAL("*", TOKEN_STAR),
    /* Mermaid leaves a mode here although there is none to leave; it stays in the outermost. */
    MATCH(lex_match_solid, TOKEN_LINK),
    MATCH_PUSH(lex_match_solid_start, TOKEN_LINK_START, LEX_EDGE),
    MATCH(lex_match_thick, TOKEN_LINK),
    MATCH_PUSH(lex_match_thick_start, TOKEN_LINK_START, LEX_EDGE_THICK),
    MATCH(lex_match_dotted, TOKEN_LINK),
    MATCH_PUSH(lex_match_dotted_start, TOKEN_LINK_START, LEX_EDGE_DOTTED),
    OPEN_INVISIBLE,
    LITERAL_PUSH("(-", TOKEN_ELLIPSE_OPEN, LEX_ELLIPSE),
    LITERAL_PUSH("([", TOKEN_STADIUM_OPEN, LEX_TEXT),
    LITERAL_PUSH("[[", TOKEN_SUB_OPEN, LEX_TEXT),
    LITERAL("[|", TOKEN_PROPS_OPEN),
    LITERAL_PUSH(">", TOKEN_FLAG_OPEN, LEX_TEXT),
    LITERAL_PUSH("[(", TOKEN_CYLINDER_OPEN, LEX_TEXT),
    LITERAL_PUSH("(((", TOKEN_DOUBLE_OPEN, LEX_TEXT),
    OPEN_SLASH,
    LITERAL("<", TOKEN_TAG_START),
    LITERAL("^", TOKEN_UP),
    LITERAL("\\|", TOKEN_SEPARATOR),
    WORD("v", TOKEN_DOWN),
    MATCH(lex_match_node_string, TOKEN_NODE_STRING),
    LITERAL("-", TOKEN_MINUS),
    MATCH(lex_match_letter, TOKEN_LETTER),
    LITERAL_PUSH("|", TOKEN_PIPE, LEX_TEXT),
    LITERAL_PUSH("(", TOKEN_ROUND_OPEN, LEX_TEXT),
    LITERAL_PUSH("[", TOKEN_SQUARE_OPEN, LEX_TEXT),
    LITERAL_PUSH("{", TOKEN_DIAMOND_OPEN, LEX_TEXT),
    MATCH(lex_match_newlines, TOKEN_NEWLINE),
    MATCH(lex_match_space, TOKEN_SPACE),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Inside brackets and between pipes. An opening bracket is a token here as well, which the parser
 * then refuses: that is why brackets in a label need quotes. */
static const Rule text_rules[] = {
    OPEN_STRING,
    OPEN_INVISIBLE,
    LITERAL_PUSH("(-", TOKEN_ELLIPSE_OPEN, LEX_ELLIPSE),
    LITERAL_PUSH("])", TOKEN_STADIUM_CLOSE, MODE_POP),
    LITERAL_PUSH("([", TOKEN_STADIUM_OPEN, LEX_TEXT),
    LITERAL_PUSH("]]", TOKEN_SUB_CLOSE, MODE_POP),
    LITERAL_PUSH("[[", TOKEN_SUB_OPEN, LEX_TEXT),
    LITERAL_PUSH(")]", TOKEN_CYLINDER_CLOSE, MODE_POP),
    LITERAL_PUSH("[(", TOKEN_CYLINDER_OPEN, LEX_TEXT),
    LITERAL_PUSH(")))", TOKEN_DOUBLE_CLOSE, MODE_POP),
    LITERAL_PUSH("(((", TOKEN_DOUBLE_OPEN, LEX_TEXT),
    OPEN_SLASH,
    LITERAL_PUSH("|", TOKEN_PIPE, MODE_POP),
    LITERAL_PUSH(")", TOKEN_ROUND_CLOSE, MODE_POP),
    LITERAL_PUSH("(", TOKEN_ROUND_OPEN, LEX_TEXT),
    LITERAL_PUSH("]", TOKEN_SQUARE_CLOSE, MODE_POP),
    LITERAL_PUSH("[", TOKEN_SQUARE_OPEN, LEX_TEXT),
    LITERAL_PUSH("}", TOKEN_DIAMOND_CLOSE, MODE_POP),
    LITERAL_PUSH("{", TOKEN_DIAMOND_OPEN, LEX_TEXT),
    MATCH(lex_match_label, TOKEN_TEXT),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Between [/ or [\ and its end. Pipes and quotes after the first character are plain text here. */
static const Rule trapezoid_rules[] = {
    OPEN_STRING,
    OPEN_INVISIBLE,
    LITERAL_PUSH("(-", TOKEN_ELLIPSE_OPEN, LEX_ELLIPSE),
    LITERAL_PUSH("([", TOKEN_STADIUM_OPEN, LEX_TEXT),
    LITERAL_PUSH("[[", TOKEN_SUB_OPEN, LEX_TEXT),
    LITERAL_PUSH("[(", TOKEN_CYLINDER_OPEN, LEX_TEXT),
    LITERAL_PUSH("(((", TOKEN_DOUBLE_OPEN, LEX_TEXT),
    MATCH_PUSH(lex_match_back_close, TOKEN_BACK_CLOSE, MODE_POP),
    LITERAL_PUSH("/]", TOKEN_SLASH_CLOSE, MODE_POP),
    MATCH(lex_match_trapezoid_text, TOKEN_TEXT),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Between (- and -). */
static const Rule ellipse_rules[] = {
    OPEN_STRING,
    OPEN_INVISIBLE,
    MATCH_PUSH(lex_match_ellipse_close, TOKEN_ELLIPSE_CLOSE, MODE_POP),
    MATCH(lex_match_ellipse_text, TOKEN_TEXT),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind a double quote. There is no escape: #quot; stands for a quote. */
static const Rule string_rules[] = {
    LITERAL_PUSH("\"`", NO_TOKEN, LEX_MARKDOWN),
    MATCH(lex_match_to_quote, TOKEN_STR),
    LITERAL_PUSH("\"", NO_TOKEN, MODE_POP),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind "` up to `"; a lone backtick or quote inside fits no rule. */
static const Rule markdown_rules[] = {
    MATCH(lex_match_markdown, TOKEN_MARKDOWN),
    LITERAL_PUSH("`\"", NO_TOKEN, MODE_POP),
    OPEN_STRING,
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind --, == and -. in the middle of a link: text up to the second part of the same link. */
static const Rule edge_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(lex_match_solid, TOKEN_LINK, MODE_POP),
    MATCH(lex_match_solid_text, TOKEN_EDGE_TEXT),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule thick_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(lex_match_thick, TOKEN_LINK, MODE_POP),
    MATCH(lex_match_thick_text, TOKEN_EDGE_TEXT),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule dotted_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(lex_match_dotted, TOKEN_LINK, MODE_POP),
    MATCH(lex_match_dotted_text, TOKEN_EDGE_TEXT),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind the first header word only; a later one is a word like others. */
static const Rule dir_rules[] = {
    MATCH_PUSH(lex_match_no_dir, TOKEN_NO_DIR, MODE_POP),
    MATCH_PUSH(lex_match_dir, TOKEN_DIR, MODE_POP),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind @{ up to }, which YAML itself need not close: flow maps inside end it too early, in
 * Mermaid as here. */
static const Rule shape_rules[] = {
    LITERAL_PUSH("\"", TOKEN_SHAPE_DATA, LEX_SHAPE_STRING),
    MATCH(lex_match_shape_data, TOKEN_SHAPE_DATA),
    LITERAL_PUSH("}", NO_TOKEN, MODE_POP),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule shape_string_rules[] = {
    LITERAL_PUSH("\"", TOKEN_SHAPE_DATA, MODE_POP),
    MATCH(lex_match_to_quote, TOKEN_SHAPE_DATA),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind `click`: the id up to a space, which is taken along. */
static const Rule click_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(lex_match_space, NO_TOKEN, MODE_POP),
    MATCH(lex_match_no_space, TOKEN_CLICK),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind `call`: name(args), of which the name may be anything without a bracket. */
static const Rule callback_name_rules[] = {
    MATCH_PUSH(lex_match_empty_args, NO_TOKEN, MODE_POP),
    LITERAL_PUSH("(", NO_TOKEN, LEX_CALLBACK_ARGS),
    MATCH(lex_match_callback_name, TOKEN_CALLBACK_NAME),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule callback_args_rules[] = {
    LITERAL_PUSH(")", NO_TOKEN, MODE_POP),
    MATCH(lex_match_callback_args, TOKEN_CALLBACK_ARGS),
    {NULL, {NULL, 0}, false, TOKEN_BAD, MODE_KEEP},
};

/* Behind accTitle: and accDescr: the rest of the line; behind accDescr { all up to the brace. */
static const Rule acc_title_rules[] = {MATCH_PUSH(lex_match_line, TOKEN_ACC_TITLE_VALUE, MODE_POP)};

static const Rule acc_descr_rules[] = {MATCH_PUSH(lex_match_line, TOKEN_ACC_DESCR_VALUE, MODE_POP)};

static const Rule acc_block_rules[] = {
    LITERAL_PUSH("}", NO_TOKEN, MODE_POP),
    MATCH(lex_match_to_brace, TOKEN_ACC_DESCR_BLOCK),
};

static const Rule *const mode_rules[LEX_MODE_COUNT] = {
    [LEX_INITIAL] = initial_rules,
    [LEX_TEXT] = text_rules,
    [LEX_TRAPEZOID] = trapezoid_rules,
    [LEX_ELLIPSE] = ellipse_rules,
    [LEX_STRING] = string_rules,
    [LEX_MARKDOWN] = markdown_rules,
    [LEX_EDGE] = edge_rules,
    [LEX_EDGE_THICK] = thick_rules,
    [LEX_EDGE_DOTTED] = dotted_rules,
    [LEX_DIR] = dir_rules,
    [LEX_SHAPE] = shape_rules,
    [LEX_SHAPE_STRING] = shape_string_rules,
    [LEX_CLICK] = click_rules,
    [LEX_CALLBACK_NAME] = callback_name_rules,
    [LEX_CALLBACK_ARGS] = callback_args_rules,
    [LEX_ACC_TITLE] = acc_title_rules,
    [LEX_ACC_DESCR] = acc_descr_rules,
    [LEX_ACC_DESCR_BLOCK] = acc_block_rules,
};

static size_t rule_match(Lexer *lexer, const Rule *rule) {
    if (rule->match)
        return rule->match(lexer, lexer->at);
    if (!rule->literal.size)
        return lexer->at;
    /* Most literals are told apart by their first byte, and this is the innermost loop. */
    if (rule->literal.data[0] != lexer->text.data[lexer->at])
        return LEX_NO_MATCH;
    return rule->is_word ? lex_match_word(lexer, lexer->at, rule->literal)
                         : lex_match_text(lexer, lexer->at, rule->literal);
}

/* Changes the mode as the rule says; false when modes nest deeper than any real text does. */
static bool change_mode(Lexer *lexer, const Rule *rule) {
    bool is_header = rule->kind == TOKEN_GRAPH && !lexer->has_header;
    LexMode mode = is_header ? LEX_DIR : rule->push;
    lexer->has_header |= is_header;
    if (mode == MODE_POP && lexer->depth > 0)
        lexer->depth--;
    if (mode >= LEX_MODE_COUNT)
        return true;
    /* The argument list takes the place of the name, the only mode that is replaced. */
    if (mode == LEX_CALLBACK_ARGS)
        lexer->depth--;
    if (lexer->depth + 1 >= LEX_DEPTH)
        return false;
    lexer->modes[++lexer->depth] = mode;
    return true;
}

/* What a token says, where that is less than what was read for it. */
static Str token_text(const Lexer *lexer, TokenKind kind, size_t start, size_t end) {
    Str text = str_slice(lexer->text, start, end);
    if (kind == TOKEN_DIRECTION) {
        for (size_t i = 0; i < LEX_DIRECTION_COUNT; i++)
            if (lexer->direction_at[i] != STR_NONE && lexer->direction_at[i] >= start)
                return str_slice(lexer->text, lexer->direction_end[i] - 2, lexer->direction_end[i]);
    }
    if (kind == TOKEN_SHAPE_DATA && str_equal(text, STR("@{")))
        return str_slice(text, 0, 0);
    return text;
}

/* At the end of the text: outside of everything TOKEN_EOF once; `click` and `call` still give the
 * token that they began. */
static Token end_token(Lexer *lexer) {
    static const TokenKind last[LEX_MODE_COUNT] = {
        [LEX_INITIAL] = TOKEN_EOF,
        [LEX_CLICK] = TOKEN_CLICK,
        [LEX_CALLBACK_NAME] = TOKEN_CALLBACK_NAME,
        [LEX_CALLBACK_ARGS] = TOKEN_CALLBACK_ARGS,
    };
    TokenKind kind = lexer->is_done ? TOKEN_STOP : last[lexer->modes[lexer->depth]];
    lexer->is_done = true;
    return (Token){kind, {lexer->text.data + lexer->at, 0}, lexer->at, lexer->at};
}

Token lex_next(Lexer *lexer) {
    for (;;) {
        if (lexer->at >= lexer->text.size)
            return end_token(lexer);
        size_t start = lexer->at, end = LEX_NO_MATCH;
        const Rule *rule = mode_rules[lexer->modes[lexer->depth]];
        while ((end = rule_match(lexer, rule)) == LEX_NO_MATCH)
            rule++;
        TokenKind kind = rule->kind;
        if (!change_mode(lexer, rule))
            kind = TOKEN_BAD;
        if (kind != TOKEN_BAD)
            lexer->at = end;
        if (kind != NO_TOKEN)
            return (Token){kind, token_text(lexer, kind, start, end), start, end};
    }
}
