#include "base/ban.h"

#include "diagram/syntax/lex.h"

#include <assert.h>

#include "diagram/syntax/letters.h"

#define NO_MATCH  STR_NONE
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

/* The character at `at`, or NUL behind the end. */
static char char_at(const Lexer *lexer, size_t at) {
    return at < lexer->text.size ? lexer->text.data[at] : '\0';
}

/* A matcher gives the offset behind what it accepts at `at`, or NO_MATCH. */
typedef size_t Matcher(Lexer *lexer, size_t at);

/* \s* */
static size_t skip_space(Lexer *lexer, size_t at) {
    if (at < lexer->space_start || at >= lexer->space_end) {
        lexer->space_start = at;
        lexer->space_end = letters_skip_space(lexer->text, at);
    }
    return at >= lexer->space_end ? at : lexer->space_end;
}

/* \s+ */
static size_t match_spaces(Lexer *lexer, size_t at) {
    size_t end = skip_space(lexer, at);
    return end > at ? end : NO_MATCH;
}

static size_t match_text(const Lexer *lexer, size_t at, Str expected) {
    bool is_there = str_starts_with(str_from_offset(lexer->text, at), expected);
    return is_there ? at + expected.size : NO_MATCH;
}

/* A word and then something that is neither letter, digit nor underscore (\b). */
static size_t match_word(const Lexer *lexer, size_t at, Str word) {
    size_t end = match_text(lexer, at, word);
    return end == NO_MATCH || letters_is_word(char_at(lexer, end)) ? NO_MATCH : end;
}

/* accTitle \s* : \s* */
static size_t match_acc(Lexer *lexer, size_t at, Str word, char mark) {
    size_t end = match_text(lexer, at, word);
    if (end == NO_MATCH)
        return NO_MATCH;
    end = skip_space(lexer, end);
    return char_at(lexer, end) == mark ? skip_space(lexer, end + 1) : NO_MATCH;
}

static size_t match_acc_title(Lexer *lexer, size_t at) {
    return match_acc(lexer, at, STR("accTitle"), ':');
}

static size_t match_acc_descr(Lexer *lexer, size_t at) {
    return match_acc(lexer, at, STR("accDescr"), ':');
}

static size_t match_acc_block(Lexer *lexer, size_t at) {
    return match_acc(lexer, at, STR("accDescr"), '{');
}

/* All characters up to one of `stops`. `least` 1 for a rule that needs a character. */
static size_t match_until(const Lexer *lexer, size_t at, const char *stops, size_t least) {
    size_t end = at;
    while (end < lexer->text.size && !memchr(stops, lexer->text.data[end], strlen(stops)))
        end++;
    return end - at >= least ? end : NO_MATCH;
}

static size_t match_line(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "\n", 0);
}

static size_t match_to_brace(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "}", 0);
}

static size_t match_shape_data(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "}^\"", 1);
}

static size_t match_to_quote(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "\"", 1);
}

static size_t match_callback_name(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "(", 0);
}

static size_t match_callback_args(Lexer *lexer, size_t at) {
    return match_until(lexer, at, ")", 0);
}

static size_t match_markdown(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "`\"", 1);
}

static size_t match_label(Lexer *lexer, size_t at) {
    return match_until(lexer, at, "[](){}|\"", 1);
}

/* ( \s* ) */
static size_t match_empty_args(Lexer *lexer, size_t at) {
    if (char_at(lexer, at) != '(')
        return NO_MATCH;
    size_t end = skip_space(lexer, at + 1);
    return char_at(lexer, end) == ')' ? end + 1 : NO_MATCH;
}

/* A word and the spaces it needs behind it. */
static size_t match_call(Lexer *lexer, size_t at) {
    size_t end = match_text(lexer, at, STR("call"));
    return end == NO_MATCH ? NO_MATCH : match_spaces(lexer, end);
}

static size_t match_click(Lexer *lexer, size_t at) {
    size_t end = match_text(lexer, at, STR("click"));
    return end == NO_MATCH ? NO_MATCH : match_spaces(lexer, end);
}

static size_t match_space(Lexer *lexer, size_t at) {
    size_t size = letters_space_size(lexer->text, at);
    return size ? at + size : NO_MATCH;
}

static size_t match_href(Lexer *lexer, size_t at) {
    size_t end = match_text(lexer, at, STR("href"));
    return end == NO_MATCH ? NO_MATCH : match_space(lexer, end);
}

static size_t match_no_space(Lexer *lexer, size_t at) {
    size_t end = at;
    while (end < lexer->text.size && !letters_space_size(lexer->text, end))
        end++;
    return end;
}

static size_t match_end(Lexer *lexer, size_t at) {
    size_t end = match_word(lexer, at, STR("end"));
    return end == NO_MATCH ? NO_MATCH : skip_space(lexer, end);
}

/* Behind the header word: spaces with a line end among them. */
static size_t match_no_dir(Lexer *lexer, size_t at) {
    size_t end = skip_space(lexer, at);
    while (end > at && lexer->text.data[end - 1] != '\n')
        end--;
    return end > at ? end : NO_MATCH;
}

/* \s* ( LR | RL | TB | BT | TD | BR | v ) \b, or \s* ( < | > | ^ ) */
static size_t match_dir(Lexer *lexer, size_t at) {
    static const char *const words[] = {"LR", "RL", "TB", "BT", "TD", "BR", "v"};
    size_t start = skip_space(lexer, at);
    char c = char_at(lexer, start);
    if (c == '<' || c == '>' || c == '^')
        return start + 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = match_word(lexer, start, str_from(words[i]));
        if (end != NO_MATCH)
            return end;
    }
    return NO_MATCH;
}

static const char *const directions[] = {"TB", "BT", "RL", "LR", "TD"};

/* Looks once through the line at `at` for `direction LR` and the like; the spaces may hold a line
 * end. The last of each counts, because Mermaid's rule begins with `.*`. */
static void find_directions(Lexer *lexer, size_t at) {
    Str text = lexer->text;
    size_t end = str_find_char(text, '\n', at);
    lexer->line_start = at;
    lexer->line_end = end == STR_NONE ? text.size : end;
    for (size_t i = 0; i < 5; i++)
        lexer->direction_at[i] = STR_NONE;
    Str line = str_slice(text, 0, lexer->line_end);
    for (size_t found = str_find(line, STR("direction"), at); found != STR_NONE;
         found = str_find(line, STR("direction"), found + 1)) {
        size_t word = match_spaces(lexer, found + 9);
        for (size_t i = 0; word != NO_MATCH && i < 5; i++) {
            if (match_text(lexer, word, str_from(directions[i])) == NO_MATCH)
                continue;
            lexer->direction_at[i] = found;
            lexer->direction_end[i] = word + 2;
        }
    }
}

/* .* direction \s+ LR [^\n]* : the whole line, whatever stands before and behind. */
static size_t match_direction(Lexer *lexer, size_t at) {
    if (at < lexer->line_start || at >= lexer->line_end)
        find_directions(lexer, at);
    for (size_t i = 0; i < 5; i++)
        if (lexer->direction_at[i] != STR_NONE && lexer->direction_at[i] >= at)
            return match_line(lexer, lexer->direction_end[i]);
    return NO_MATCH;
}

/* [^\s"]+@ with neither `{` nor a quote behind it: as much as possible. */
static size_t match_link_id(Lexer *lexer, size_t at) {
    if (at < lexer->word_start || at >= lexer->word_end) {
        lexer->word_start = at;
        lexer->word_last_at = STR_NONE;
        size_t end = at;
        for (; end < lexer->text.size && lexer->text.data[end] != '"'; end++) {
            char next = char_at(lexer, end + 1);
            if (letters_space_size(lexer->text, end))
                break;
            bool is_last = lexer->text.data[end] == '@' && next != '{' && next != '"';
            if (is_last && end + 1 < lexer->text.size)
                lexer->word_last_at = end;
        }
        lexer->word_end = end;
    }
    bool is_there = lexer->word_last_at != STR_NONE && lexer->word_last_at > at;
    return is_there ? lexer->word_last_at + 1 : NO_MATCH;
}

static size_t match_number(Lexer *lexer, size_t at) {
    size_t end = at;
    while (char_at(lexer, end) >= '0' && char_at(lexer, end) <= '9')
        end++;
    return end > at ? end : NO_MATCH;
}

/* Behind spaces and a head: where the line of a link begins. */
static size_t skip_head(Lexer *lexer, size_t at) {
    size_t start = skip_space(lexer, at);
    char c = char_at(lexer, start);
    return c == 'x' || c == 'o' || c == '<' ? start + 1 : start;
}

/* \s* [xo<]? LL+ [Lxo>] \s*  where L is the character of the line. */
static size_t match_link(Lexer *lexer, size_t at, char line) {
    size_t start = skip_head(lexer, at), end = start;
    while (char_at(lexer, end) == line)
        end++;
    char head = char_at(lexer, end);
    if (head == 'x' || head == 'o' || head == '>')
        return end - start >= 2 ? skip_space(lexer, end + 1) : NO_MATCH;
    return end - start >= 3 ? skip_space(lexer, end) : NO_MATCH;
}

static size_t match_solid(Lexer *lexer, size_t at) {
    return match_link(lexer, at, '-');
}

static size_t match_thick(Lexer *lexer, size_t at) {
    return match_link(lexer, at, '=');
}

/* \s* [xo<]? -? .+ - [xo>]? \s* */
static size_t match_dotted(Lexer *lexer, size_t at) {
    size_t start = skip_head(lexer, at);
    if (char_at(lexer, start) == '-')
        start++;
    size_t end = start;
    while (char_at(lexer, end) == '.')
        end++;
    if (end == start || char_at(lexer, end) != '-')
        return NO_MATCH;
    char head = char_at(lexer, ++end);
    return skip_space(lexer, head == 'x' || head == 'o' || head == '>' ? end + 1 : end);
}

/* \s* [xo<]? MARK \s* : the part of a link before its text. */
static size_t match_link_start(Lexer *lexer, size_t at, Str mark) {
    size_t end = match_text(lexer, skip_head(lexer, at), mark);
    return end == NO_MATCH ? NO_MATCH : skip_space(lexer, end);
}

static size_t match_solid_start(Lexer *lexer, size_t at) {
    return match_link_start(lexer, at, STR("--"));
}

static size_t match_thick_start(Lexer *lexer, size_t at) {
    return match_link_start(lexer, at, STR("=="));
}

static size_t match_dotted_start(Lexer *lexer, size_t at) {
    return match_link_start(lexer, at, STR("-."));
}

/* \s* ~~~+ \s* */
static size_t match_invisible(Lexer *lexer, size_t at) {
    size_t start = skip_space(lexer, at), end = start;
    while (char_at(lexer, end) == '~')
        end++;
    return end - start >= 3 ? skip_space(lexer, end) : NO_MATCH;
}

/* Text on an edge, up to where a link or a string may begin: the rules before this one are tried
 * again there. Mermaid reads one character at a time, to the same effect. */
static size_t match_edge_text(const Lexer *lexer, size_t at, char line) {
    size_t end = at;
    while (end < lexer->text.size) {
        char c = lexer->text.data[end];
        bool is_stop = c == line || c == '"' || c == 'x' || c == 'o' || c == '<' || c == '-' ||
                       letters_space_size(lexer->text, end);
        if (is_stop && end > at)
            return end;
        /* A single dash may stand in the text of a solid link; no other line may. */
        if (c == line && (c != '-' || char_at(lexer, end + 1) == '-'))
            return NO_MATCH;
        end++;
    }
    return end > at ? end : NO_MATCH;
}

static size_t match_solid_text(Lexer *lexer, size_t at) {
    return match_edge_text(lexer, at, '-');
}

static size_t match_thick_text(Lexer *lexer, size_t at) {
    return match_edge_text(lexer, at, '=');
}

static size_t match_dotted_text(Lexer *lexer, size_t at) {
    return match_edge_text(lexer, at, '.');
}

/* [-/)] ) */
static size_t match_ellipse_close(Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    bool is_close = (c == '-' || c == '/' || c == ')') && char_at(lexer, at + 1) == ')';
    return is_close ? at + 2 : NO_MATCH;
}

/* One character that is no bracket. */
static size_t match_ellipse_text(Lexer *lexer, size_t at) {
    size_t end = match_until(lexer, at, "()[]{}", 1);
    if (end == NO_MATCH)
        return NO_MATCH;
    Str rest = str_from_offset(lexer->text, at);
    size_t before = rest.size;
    utf8_take(&rest);
    return at + before - rest.size;
}

/* Mermaid's character class for the end of [/x\] holds more than the backslash. */
static size_t match_back_close(Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    return c && strchr("\\(?=])", c) && char_at(lexer, at + 1) == ']' ? at + 2 : NO_MATCH;
}

/* A slash or backslash that closes nothing, or a run of other characters. */
static size_t match_trapezoid_text(Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    if (c == '/' || c == '\\')
        return char_at(lexer, at + 1) == ']' ? NO_MATCH : at + 1;
    return match_until(lexer, at, "\\[](){}/", 1);
}

static bool is_id_char(const Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    if (c == '-') {
        char next = char_at(lexer, at + 1);
        return at + 1 < lexer->text.size && next != '>' && next != '-' && next != '.';
    }
    return letters_is_word(c) || (c && strchr("!\"#$%&'*+.`?\\/", c));
}

/* ( [A-Za-z0-9!"#$%&'*+.`?\\_/] | -(?=[^>\-.]) )+ */
static size_t match_node_string(Lexer *lexer, size_t at) {
    size_t end = at;
    while (end < lexer->text.size && is_id_char(lexer, end))
        end++;
    return end > at ? end : NO_MATCH;
}

static size_t match_letter(Lexer *lexer, size_t at) {
    Str rest = str_from_offset(lexer->text, at);
    size_t before = rest.size;
    uint32_t code_point = utf8_take(&rest);
    return code_point >= 0x80 && letters_is_id(code_point) ? at + before - rest.size : NO_MATCH;
}

static size_t match_newlines(Lexer *lexer, size_t at) {
    size_t end = at;
    while (char_at(lexer, end) == '\n')
        end++;
    return end > at ? end : NO_MATCH;
}

/* One rule: `match`, or the text `literal`, with `is_word` as a whole word. The first rule of the
 * mode's list that fits is taken, however short its match. */
typedef struct Rule {
    Matcher *match;
    const char *literal;
    bool is_word;
    TokenKind kind;
    LexMode push; /* MODE_POP: leaves the mode; MODE_KEEP: stays */
} Rule;

#define MATCH(function, kind)                                                                      \
    { function, NULL, false, kind, MODE_KEEP }
#define MATCH_PUSH(function, kind, mode)                                                           \
    { function, NULL, false, kind, mode }
#define LITERAL(text, kind)                                                                        \
    { NULL, text, false, kind, MODE_KEEP }
#define LITERAL_PUSH(text, kind, mode)                                                             \
    { NULL, text, false, kind, mode }
#define WORD(text, kind)                                                                           \
    { NULL, text, true, kind, MODE_KEEP }

/* The brackets that open a label in every mode, in the order in which the longer ones win. */
#define OPEN_STRING                                                                                \
    LITERAL_PUSH("\"`", NO_TOKEN, LEX_MARKDOWN), LITERAL_PUSH("\"", NO_TOKEN, LEX_STRING)
#define OPEN_INVISIBLE MATCH(match_invisible, TOKEN_LINK)
#define OPEN_SLASH                                                                                 \
    LITERAL_PUSH("[/", TOKEN_SLASH_OPEN, LEX_TRAPEZOID),                                           \
        LITERAL_PUSH("[\\", TOKEN_BACK_OPEN, LEX_TRAPEZOID)

static const Rule initial_rules[] = {
    MATCH_PUSH(match_acc_title, TOKEN_ACC_TITLE, LEX_ACC_TITLE),
    MATCH_PUSH(match_acc_descr, TOKEN_ACC_DESCR, LEX_ACC_DESCR),
    MATCH_PUSH(match_acc_block, NO_TOKEN, LEX_ACC_DESCR_BLOCK),
    LITERAL_PUSH("@{", TOKEN_SHAPE_DATA, LEX_SHAPE),
    MATCH_PUSH(match_call, NO_TOKEN, LEX_CALLBACK_NAME),
    OPEN_STRING,
    WORD("style", TOKEN_STYLE),
    WORD("default", TOKEN_DEFAULT),
    WORD("linkStyle", TOKEN_LINK_STYLE),
    WORD("interpolate", TOKEN_INTERPOLATE),
    WORD("classDef", TOKEN_CLASS_DEF),
    WORD("class", TOKEN_CLASS),
    MATCH(match_href, TOKEN_HREF),
    MATCH_PUSH(match_click, NO_TOKEN, LEX_CLICK),
    WORD("flowchart-elk", TOKEN_GRAPH),
    WORD("swimlane-beta", TOKEN_GRAPH),
    WORD("graph", TOKEN_GRAPH),
    WORD("flowchart", TOKEN_GRAPH),
    WORD("subgraph", TOKEN_SUBGRAPH),
    MATCH(match_end, TOKEN_END),
    WORD("_self", TOKEN_LINK_TARGET),
    WORD("_blank", TOKEN_LINK_TARGET),
    WORD("_parent", TOKEN_LINK_TARGET),
    WORD("_top", TOKEN_LINK_TARGET),
    MATCH(match_direction, TOKEN_DIRECTION),
    MATCH(match_link_id, TOKEN_LINK_ID),
    MATCH(match_number, TOKEN_NUM),
    LITERAL("#", TOKEN_HASH),
    LITERAL(":::", TOKEN_CLASS_MARK),
    LITERAL(":", TOKEN_COLON),
    LITERAL("&", TOKEN_AMP),
    LITERAL(";", TOKEN_SEMI),
    LITERAL(",", TOKEN_COMMA),
    LITERAL("*", TOKEN_STAR),
    /* Mermaid leaves a mode here although there is none to leave; it stays in the outermost. */
    MATCH(match_solid, TOKEN_LINK),
    MATCH_PUSH(match_solid_start, TOKEN_LINK_START, LEX_EDGE),
    MATCH(match_thick, TOKEN_LINK),
    MATCH_PUSH(match_thick_start, TOKEN_LINK_START, LEX_EDGE_THICK),
    MATCH(match_dotted, TOKEN_LINK),
    MATCH_PUSH(match_dotted_start, TOKEN_LINK_START, LEX_EDGE_DOTTED),
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
    MATCH(match_node_string, TOKEN_NODE_STRING),
    LITERAL("-", TOKEN_MINUS),
    MATCH(match_letter, TOKEN_LETTER),
    LITERAL_PUSH("|", TOKEN_PIPE, LEX_TEXT),
    LITERAL_PUSH("(", TOKEN_ROUND_OPEN, LEX_TEXT),
    LITERAL_PUSH("[", TOKEN_SQUARE_OPEN, LEX_TEXT),
    LITERAL_PUSH("{", TOKEN_DIAMOND_OPEN, LEX_TEXT),
    MATCH(match_newlines, TOKEN_NEWLINE),
    MATCH(match_space, TOKEN_SPACE),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

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
    MATCH(match_label, TOKEN_TEXT),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule trapezoid_rules[] = {
    OPEN_STRING,
    OPEN_INVISIBLE,
    LITERAL_PUSH("(-", TOKEN_ELLIPSE_OPEN, LEX_ELLIPSE),
    LITERAL_PUSH("([", TOKEN_STADIUM_OPEN, LEX_TEXT),
    LITERAL_PUSH("[[", TOKEN_SUB_OPEN, LEX_TEXT),
    LITERAL_PUSH("[(", TOKEN_CYLINDER_OPEN, LEX_TEXT),
    LITERAL_PUSH("(((", TOKEN_DOUBLE_OPEN, LEX_TEXT),
    MATCH_PUSH(match_back_close, TOKEN_BACK_CLOSE, MODE_POP),
    LITERAL_PUSH("/]", TOKEN_SLASH_CLOSE, MODE_POP),
    MATCH(match_trapezoid_text, TOKEN_TEXT),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule ellipse_rules[] = {
    OPEN_STRING,
    OPEN_INVISIBLE,
    MATCH_PUSH(match_ellipse_close, TOKEN_ELLIPSE_CLOSE, MODE_POP),
    MATCH(match_ellipse_text, TOKEN_TEXT),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule string_rules[] = {
    LITERAL_PUSH("\"`", NO_TOKEN, LEX_MARKDOWN),
    MATCH(match_to_quote, TOKEN_STR),
    LITERAL_PUSH("\"", NO_TOKEN, MODE_POP),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule markdown_rules[] = {
    MATCH(match_markdown, TOKEN_MARKDOWN),
    LITERAL_PUSH("`\"", NO_TOKEN, MODE_POP),
    OPEN_STRING,
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule edge_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(match_solid, TOKEN_LINK, MODE_POP),
    MATCH(match_solid_text, TOKEN_EDGE_TEXT),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule thick_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(match_thick, TOKEN_LINK, MODE_POP),
    MATCH(match_thick_text, TOKEN_EDGE_TEXT),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule dotted_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(match_dotted, TOKEN_LINK, MODE_POP),
    MATCH(match_dotted_text, TOKEN_EDGE_TEXT),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule dir_rules[] = {
    MATCH_PUSH(match_no_dir, TOKEN_NO_DIR, MODE_POP),
    MATCH_PUSH(match_dir, TOKEN_DIR, MODE_POP),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule shape_rules[] = {
    LITERAL_PUSH("\"", TOKEN_SHAPE_DATA, LEX_SHAPE_STRING),
    MATCH(match_shape_data, TOKEN_SHAPE_DATA),
    LITERAL_PUSH("}", NO_TOKEN, MODE_POP),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule shape_string_rules[] = {
    LITERAL_PUSH("\"", TOKEN_SHAPE_DATA, MODE_POP),
    MATCH(match_to_quote, TOKEN_SHAPE_DATA),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule click_rules[] = {
    OPEN_STRING,
    MATCH_PUSH(match_space, NO_TOKEN, MODE_POP),
    MATCH(match_no_space, TOKEN_CLICK),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule callback_name_rules[] = {
    MATCH_PUSH(match_empty_args, NO_TOKEN, MODE_POP),
    LITERAL_PUSH("(", NO_TOKEN, LEX_CALLBACK_ARGS),
    MATCH(match_callback_name, TOKEN_CALLBACK_NAME),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule callback_args_rules[] = {
    LITERAL_PUSH(")", NO_TOKEN, MODE_POP),
    MATCH(match_callback_args, TOKEN_CALLBACK_ARGS),
    {NULL, NULL, false, TOKEN_BAD, MODE_KEEP},
};

static const Rule acc_title_rules[] = {MATCH_PUSH(match_line, TOKEN_ACC_TITLE_VALUE, MODE_POP)};

static const Rule acc_descr_rules[] = {MATCH_PUSH(match_line, TOKEN_ACC_DESCR_VALUE, MODE_POP)};

static const Rule acc_block_rules[] = {
    LITERAL_PUSH("}", NO_TOKEN, MODE_POP),
    MATCH(match_to_brace, TOKEN_ACC_DESCR_BLOCK),
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
    if (!rule->literal)
        return lexer->at;
    Str literal = str_from(rule->literal);
    return rule->is_word ? match_word(lexer, lexer->at, literal)
                         : match_text(lexer, lexer->at, literal);
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
        for (size_t i = 0; i < 5; i++)
            if (lexer->direction_at[i] != STR_NONE && lexer->direction_at[i] >= start)
                return str_slice(lexer->text, lexer->direction_end[i] - 2, lexer->direction_end[i]);
    }
    if (kind == TOKEN_SHAPE_DATA && str_equal(text, STR("@{")))
        return str_slice(text, 0, 0);
    return text;
}

Token lex_next(Lexer *lexer) {
    for (;;) {
        if (lexer->at >= lexer->text.size) {
            bool is_first = !lexer->is_done && lexer->depth == 0;
            lexer->is_done = true;
            return (Token){is_first ? TOKEN_EOF : TOKEN_STOP,
                           {lexer->text.data + lexer->at, 0},
                           lexer->at,
                           lexer->at};
        }
        size_t start = lexer->at, end = NO_MATCH;
        const Rule *rule = mode_rules[lexer->modes[lexer->depth]];
        while ((end = rule_match(lexer, rule)) == NO_MATCH)
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
