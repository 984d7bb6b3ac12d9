#include "base/ban.h"

#include "diagram/syntax/lex_match.h"

#include "diagram/syntax/letters.h"

/* The character at `at`, or NUL behind the end. */
static char char_at(const Lexer *lexer, size_t at) {
    if (at < lexer->text.size)
        return lexer->text.data[at];
    return '\0';
}

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
    return end > at ? end : LEX_NO_MATCH;
}

size_t lex_match_text(const Lexer *lexer, size_t at, Str expected) {
    bool is_there = str_starts_with(str_from_offset(lexer->text, at), expected);
    return is_there ? at + expected.size : LEX_NO_MATCH;
}

/* A word and then something that is neither letter, digit nor underscore (\b). */
size_t lex_match_word(const Lexer *lexer, size_t at, Str word) {
    size_t end = lex_match_text(lexer, at, word);
    return end == LEX_NO_MATCH || letters_is_word(char_at(lexer, end)) ? LEX_NO_MATCH : end;
}

/* accTitle \s* : \s* */
static size_t match_acc(Lexer *lexer, size_t at, Str word, char mark) {
    size_t end = lex_match_text(lexer, at, word);
    if (end == LEX_NO_MATCH)
        return LEX_NO_MATCH;
    end = skip_space(lexer, end);
    return char_at(lexer, end) == mark ? skip_space(lexer, end + 1) : LEX_NO_MATCH;
}

size_t lex_match_acc_title(Lexer *lexer, size_t at) {
    return match_acc(lexer, at, STR("accTitle"), ':');
}

size_t lex_match_acc_descr(Lexer *lexer, size_t at) {
    return match_acc(lexer, at, STR("accDescr"), ':');
}

size_t lex_match_acc_block(Lexer *lexer, size_t at) {
    return match_acc(lexer, at, STR("accDescr"), '{');
}

/* All characters up to one of `stops`. `least` 1 for a rule that needs a character. */
static size_t match_until(const Lexer *lexer, size_t at, Str stops, size_t least) {
    size_t end = at;
    while (end < lexer->text.size && str_find_char(stops, lexer->text.data[end], 0) == STR_NONE)
        end++;
    return end - at >= least ? end : LEX_NO_MATCH;
}

size_t lex_match_line(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("\n"), 0);
}

size_t lex_match_to_brace(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("}"), 0);
}

size_t lex_match_shape_data(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("}^\""), 1);
}

size_t lex_match_to_quote(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("\""), 1);
}

size_t lex_match_callback_name(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("("), 0);
}

size_t lex_match_callback_args(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR(")"), 0);
}

size_t lex_match_markdown(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("`\""), 1);
}

size_t lex_match_label(Lexer *lexer, size_t at) {
    return match_until(lexer, at, STR("[](){}|\""), 1);
}

/* ( \s* ) */
size_t lex_match_empty_args(Lexer *lexer, size_t at) {
    if (char_at(lexer, at) != '(')
        return LEX_NO_MATCH;
    size_t end = skip_space(lexer, at + 1);
    return char_at(lexer, end) == ')' ? end + 1 : LEX_NO_MATCH;
}

/* A word and the spaces it needs behind it. */
size_t lex_match_call(Lexer *lexer, size_t at) {
    size_t end = lex_match_text(lexer, at, STR("call"));
    return end == LEX_NO_MATCH ? LEX_NO_MATCH : match_spaces(lexer, end);
}

size_t lex_match_click(Lexer *lexer, size_t at) {
    size_t end = lex_match_text(lexer, at, STR("click"));
    return end == LEX_NO_MATCH ? LEX_NO_MATCH : match_spaces(lexer, end);
}

size_t lex_match_space(Lexer *lexer, size_t at) {
    size_t size = letters_space_size(lexer->text, at);
    return size ? at + size : LEX_NO_MATCH;
}

size_t lex_match_href(Lexer *lexer, size_t at) {
    size_t end = lex_match_text(lexer, at, STR("href"));
    return end == LEX_NO_MATCH ? LEX_NO_MATCH : lex_match_space(lexer, end);
}

size_t lex_match_no_space(Lexer *lexer, size_t at) {
    size_t end = at;
    while (end < lexer->text.size && !letters_space_size(lexer->text, end))
        end++;
    return end;
}

size_t lex_match_end(Lexer *lexer, size_t at) {
    size_t end = lex_match_word(lexer, at, STR("end"));
    return end == LEX_NO_MATCH ? LEX_NO_MATCH : skip_space(lexer, end);
}

/* Behind the header word: spaces with a line end among them. */
size_t lex_match_no_dir(Lexer *lexer, size_t at) {
    size_t end = skip_space(lexer, at);
    while (end > at && lexer->text.data[end - 1] != '\n')
        end--;
    return end > at ? end : LEX_NO_MATCH;
}

/* \s* ( LR | RL | TB | BT | TD | BR | v ) \b, or \s* ( < | > | ^ ) */
size_t lex_match_dir(Lexer *lexer, size_t at) {
    static const char *const words[] = {"LR", "RL", "TB", "BT", "TD", "BR", "v"};
    size_t start = skip_space(lexer, at);
    char c = char_at(lexer, start);
    if (c == '<' || c == '>' || c == '^')
        return start + 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = lex_match_word(lexer, start, str_from(words[i]));
        if (end != LEX_NO_MATCH)
            return end;
    }
    return LEX_NO_MATCH;
}

static const char *const directions[LEX_DIRECTION_COUNT] = {"TB", "BT", "RL", "LR", "TD"};

/* Looks once through the line at `at` for `direction LR` and the like; the spaces may hold a line
 * end. The last of each counts, because Mermaid's rule begins with `.*`. */
static void find_directions(Lexer *lexer, size_t at) {
    Str text = lexer->text;
    size_t end = str_find_char(text, '\n', at);
    lexer->line_start = at;
    lexer->line_end = end == STR_NONE ? text.size : end;
    for (size_t i = 0; i < LEX_DIRECTION_COUNT; i++)
        lexer->direction_at[i] = STR_NONE;
    Str line = str_slice(text, 0, lexer->line_end);
    for (size_t found = str_find(line, STR("direction"), at); found != STR_NONE;
         found = str_find(line, STR("direction"), found + 1)) {
        size_t word = match_spaces(lexer, found + 9);
        for (size_t i = 0; word != LEX_NO_MATCH && i < LEX_DIRECTION_COUNT; i++) {
            if (lex_match_text(lexer, word, str_from(directions[i])) == LEX_NO_MATCH)
                continue;
            lexer->direction_at[i] = found;
            lexer->direction_end[i] = word + 2;
        }
    }
}

/* .* direction \s+ LR [^\n]* : the whole line, whatever stands before and behind. */
size_t lex_match_direction(Lexer *lexer, size_t at) {
    if (at < lexer->line_start || at >= lexer->line_end)
        find_directions(lexer, at);
    for (size_t i = 0; i < LEX_DIRECTION_COUNT; i++)
        if (lexer->direction_at[i] != STR_NONE && lexer->direction_at[i] >= at)
            return lex_match_line(lexer, lexer->direction_end[i]);
    return LEX_NO_MATCH;
}

/* [^\s"]+@ with neither `{` nor a quote behind it: as much as possible. */
size_t lex_match_link_id(Lexer *lexer, size_t at) {
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
    return is_there ? lexer->word_last_at + 1 : LEX_NO_MATCH;
}

size_t lex_match_number(Lexer *lexer, size_t at) {
    size_t end = at;
    while (char_at(lexer, end) >= '0' && char_at(lexer, end) <= '9')
        end++;
    return end > at ? end : LEX_NO_MATCH;
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
        return end - start >= 2 ? skip_space(lexer, end + 1) : LEX_NO_MATCH;
    return end - start >= 3 ? skip_space(lexer, end) : LEX_NO_MATCH;
}

size_t lex_match_solid(Lexer *lexer, size_t at) {
    return match_link(lexer, at, '-');
}

size_t lex_match_thick(Lexer *lexer, size_t at) {
    return match_link(lexer, at, '=');
}

/* \s* [xo<]? -? .+ - [xo>]? \s* */
size_t lex_match_dotted(Lexer *lexer, size_t at) {
    size_t start = skip_head(lexer, at);
    if (char_at(lexer, start) == '-')
        start++;
    size_t end = start;
    while (char_at(lexer, end) == '.')
        end++;
    if (end == start || char_at(lexer, end) != '-')
        return LEX_NO_MATCH;
    char head = char_at(lexer, ++end);
    return skip_space(lexer, head == 'x' || head == 'o' || head == '>' ? end + 1 : end);
}

/* \s* [xo<]? MARK \s* : the part of a link before its text. */
static size_t match_link_start(Lexer *lexer, size_t at, Str mark) {
    size_t end = lex_match_text(lexer, skip_head(lexer, at), mark);
    return end == LEX_NO_MATCH ? LEX_NO_MATCH : skip_space(lexer, end);
}

size_t lex_match_solid_start(Lexer *lexer, size_t at) {
    return match_link_start(lexer, at, STR("--"));
}

size_t lex_match_thick_start(Lexer *lexer, size_t at) {
    return match_link_start(lexer, at, STR("=="));
}

size_t lex_match_dotted_start(Lexer *lexer, size_t at) {
    return match_link_start(lexer, at, STR("-."));
}

/* \s* ~~~+ \s* */
size_t lex_match_invisible(Lexer *lexer, size_t at) {
    size_t start = skip_space(lexer, at), end = start;
    while (char_at(lexer, end) == '~')
        end++;
    return end - start >= 3 ? skip_space(lexer, end) : LEX_NO_MATCH;
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
            return LEX_NO_MATCH;
        end++;
    }
    return end > at ? end : LEX_NO_MATCH;
}

size_t lex_match_solid_text(Lexer *lexer, size_t at) {
    return match_edge_text(lexer, at, '-');
}

size_t lex_match_thick_text(Lexer *lexer, size_t at) {
    return match_edge_text(lexer, at, '=');
}

size_t lex_match_dotted_text(Lexer *lexer, size_t at) {
    return match_edge_text(lexer, at, '.');
}

/* [-/)] ) */
size_t lex_match_ellipse_close(Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    bool is_close = (c == '-' || c == '/' || c == ')') && char_at(lexer, at + 1) == ')';
    return is_close ? at + 2 : LEX_NO_MATCH;
}

/* One character that is no bracket. */
size_t lex_match_ellipse_text(Lexer *lexer, size_t at) {
    size_t end = match_until(lexer, at, STR("()[]{}"), 1);
    if (end == LEX_NO_MATCH)
        return LEX_NO_MATCH;
    Str rest = str_from_offset(lexer->text, at);
    size_t before = rest.size;
    utf8_take(&rest);
    return at + before - rest.size;
}

/* Mermaid's character class for the end of [/x\] holds more than the backslash. */
size_t lex_match_back_close(Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    return c && strchr("\\(?=])", c) && char_at(lexer, at + 1) == ']' ? at + 2 : LEX_NO_MATCH;
}

/* A slash or backslash that closes nothing, or a run of other characters. */
size_t lex_match_trapezoid_text(Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    if (c == '/' || c == '\\')
        return char_at(lexer, at + 1) == ']' ? LEX_NO_MATCH : at + 1;
    return match_until(lexer, at, STR("\\[](){}/"), 1);
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
size_t lex_match_node_string(Lexer *lexer, size_t at) {
    size_t end = at;
    while (end < lexer->text.size && is_id_char(lexer, end))
        end++;
    return end > at ? end : LEX_NO_MATCH;
}

size_t lex_match_letter(Lexer *lexer, size_t at) {
    Str rest = str_from_offset(lexer->text, at);
    size_t before = rest.size;
    uint32_t code_point = utf8_take(&rest);
    return code_point >= 0x80 && letters_is_id(code_point) ? at + before - rest.size : LEX_NO_MATCH;
}

size_t lex_match_newlines(Lexer *lexer, size_t at) {
    size_t end = at;
    while (char_at(lexer, end) == '\n')
        end++;
    return end > at ? end : LEX_NO_MATCH;
}
