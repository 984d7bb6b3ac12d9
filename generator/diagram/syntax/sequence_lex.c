#include "base/ban.h"

#include "diagram/syntax/sequence_lex.h"

#include "base/utf8.h"
#include "diagram/syntax/letters.h"

/* Words that mean something at the start of a statement and, because Mermaid's lexer knows no
 * statements, everywhere else outside of texts. */
static const struct {
    const char *word;
    SequenceTokenKind kind;
    SequenceMode mode; /* that follows */
    SequenceFrame frame;
} words[] = {
    {"box", SEQ_BOX, SEQ_MODE_LINE, 0},
    {"participant", SEQ_PARTICIPANT, SEQ_MODE_NAME, 0},
    {"actor", SEQ_ACTOR, SEQ_MODE_NAME, 0},
    {"create", SEQ_CREATE, SEQ_MODE_INITIAL, 0},
    {"destroy", SEQ_DESTROY, SEQ_MODE_NAME, 0},
    {"loop", SEQ_FRAME, SEQ_MODE_LINE, FRAME_LOOP},
    {"rect", SEQ_FRAME, SEQ_MODE_LINE, FRAME_RECT},
    {"opt", SEQ_FRAME, SEQ_MODE_LINE, FRAME_OPT},
    {"alt", SEQ_FRAME, SEQ_MODE_LINE, FRAME_ALT},
    {"else", SEQ_ELSE, SEQ_MODE_LINE, 0},
    {"par", SEQ_FRAME, SEQ_MODE_LINE, FRAME_PAR},
    {"par_over", SEQ_FRAME, SEQ_MODE_LINE, FRAME_PAR_OVER},
    {"and", SEQ_AND, SEQ_MODE_LINE, 0},
    {"critical", SEQ_FRAME, SEQ_MODE_LINE, FRAME_CRITICAL},
    {"option", SEQ_OPTION, SEQ_MODE_LINE, 0},
    {"break", SEQ_FRAME, SEQ_MODE_LINE, FRAME_BREAK},
    {"end", SEQ_END, SEQ_MODE_INITIAL, 0},
    {"left of", SEQ_LEFT_OF, SEQ_MODE_INITIAL, 0},
    {"right of", SEQ_RIGHT_OF, SEQ_MODE_INITIAL, 0},
    {"links", SEQ_LINKS, SEQ_MODE_INITIAL, 0},
    {"link", SEQ_LINK, SEQ_MODE_INITIAL, 0},
    {"properties", SEQ_PROPERTIES, SEQ_MODE_INITIAL, 0},
    {"details", SEQ_DETAILS, SEQ_MODE_INITIAL, 0},
    {"over", SEQ_OVER, SEQ_MODE_INITIAL, 0},
    {"note", SEQ_NOTE, SEQ_MODE_INITIAL, 0},
    {"activate", SEQ_ACTIVATE, SEQ_MODE_NAME, 0},
    {"deactivate", SEQ_DEACTIVATE, SEQ_MODE_NAME, 0},
    {"sequenceDiagram", SEQ_HEADER, SEQ_MODE_INITIAL, 0},
    {"autonumber", SEQ_AUTONUMBER, SEQ_MODE_INITIAL, 0},
    {"off", SEQ_OFF, SEQ_MODE_INITIAL, 0},
};
#define WORD_COUNT (sizeof words / sizeof *words)

/* The first that fits is taken, so longer marks stand before those they begin with. */
static const struct {
    const char *mark;
    SequenceHead head;
    bool is_dotted;
} arrows[] = {
    {"->>", SEQUENCE_HEAD_ARROW, false},
    {"<<->>", SEQUENCE_HEAD_BOTH, false},
    {"-->>", SEQUENCE_HEAD_ARROW, true},
    {"<<-->>", SEQUENCE_HEAD_BOTH, true},
    {"->", SEQUENCE_HEAD_NONE, false},
    {"-->", SEQUENCE_HEAD_NONE, true},
    {"-x", SEQUENCE_HEAD_CROSS, false},
    {"--x", SEQUENCE_HEAD_CROSS, true},
    {"-)", SEQUENCE_HEAD_POINT, false},
    {"--)", SEQUENCE_HEAD_POINT, true},
    {"--|\\", SEQUENCE_HEAD_HALF_TOP, true},
    {"--|/", SEQUENCE_HEAD_HALF_BOTTOM, true},
    {"--\\\\", SEQUENCE_HEAD_STICK_TOP, true},
    {"--//", SEQUENCE_HEAD_STICK_BOTTOM, true},
    {"/|--", SEQUENCE_HEAD_HALF_TOP_REVERSE, true},
    {"\\|--", SEQUENCE_HEAD_HALF_BOTTOM_REVERSE, true},
    {"//--", SEQUENCE_HEAD_STICK_TOP_REVERSE, true},
    {"\\\\--", SEQUENCE_HEAD_STICK_BOTTOM_REVERSE, true},
    {"-|\\", SEQUENCE_HEAD_HALF_TOP, false},
    {"-|/", SEQUENCE_HEAD_HALF_BOTTOM, false},
    {"-\\\\", SEQUENCE_HEAD_STICK_TOP, false},
    {"-//", SEQUENCE_HEAD_STICK_BOTTOM, false},
    {"/|-", SEQUENCE_HEAD_HALF_TOP_REVERSE, false},
    {"\\|-", SEQUENCE_HEAD_HALF_BOTTOM_REVERSE, false},
    {"//-", SEQUENCE_HEAD_STICK_TOP_REVERSE, false},
    {"\\\\-", SEQUENCE_HEAD_STICK_BOTTOM_REVERSE, false},
};
#define ARROW_COUNT (sizeof arrows / sizeof *arrows)

static bool has_text(Str text, size_t at, Str expected) {
    return str_equal_nocase(str_slice(text, at, at + expected.size), expected);
}

static bool is_one_of(char c, const char *set) {
    return c != '\0' && strchr(set, c);
}

/* The offset of the first character of `set` at or after `at`, or the end. */
static size_t skip_until(Str text, size_t at, const char *set) {
    while (at < text.size && !is_one_of(text.data[at], set))
        at++;
    return at;
}

/* Spaces without line ends. */
static size_t skip_blank(Str text, size_t at) {
    for (size_t size; (size = letters_space_size(text, at)) && text.data[at] != '\n';)
        at += size;
    return at;
}

static bool is_word_end(Str text, size_t at) {
    return at >= text.size || !letters_is_word(text.data[at]);
}

static SequenceToken token_of(const SequenceLexer *lexer, SequenceTokenKind kind, size_t end) {
    return (SequenceToken){
        .kind = kind,
        .text = str_slice(lexer->text, lexer->at, end),
        .start = lexer->at,
        .end = end,
    };
}

/* ---- Names in messages ---- */

/* Where a name in a message cannot go on, although a dash or a bracket may stand inside of one. */
static bool is_stop(Str text, size_t at) {
    static const char *const stops[] = {"-x",  "--",  "-)",   "-|\\", "-\\",   "-/",
                                        "-|/", "/|-", "\\|-", "//-",  "\\\\-", "()"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        if (has_text(text, at, str_from(stops[i])))
            return true;
    return false;
}

/* name := plain+ ( not-a-stop "-"* inner+ )* ; plain is anything but / \ + ( ) < > - : ; , and line
 * ends, inner may be a slash, a backslash or a bracket too. */
static size_t match_name(Str text, size_t at) {
    size_t end = skip_until(text, at, "/\\+()<>-:\n,;");
    while (end > at && !is_stop(text, end)) {
        size_t inner = end;
        while (inner < text.size && text.data[inner] == '-')
            inner++;
        size_t next = skip_until(text, inner, "+<>-:\n,;");
        if (next == inner)
            break;
        end = next;
    }
    return end;
}

/* number := ( digits ( "." digit digit? )? | "." digit digit? ), with a space or line end behind */
static size_t match_number(Str text, size_t at) {
    size_t end = at;
    while (end < text.size && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    if (end < text.size && text.data[end] == '.') {
        size_t digit = end + 1;
        while (digit < text.size && digit < end + 3 && text.data[digit] >= '0' &&
               text.data[digit] <= '9')
            digit++;
        if (digit > end + 1)
            end = digit;
    }
    bool is_closed = end < text.size && (text.data[end] == ' ' || text.data[end] == '\n');
    return is_closed ? end : at;
}

/* ---- Outside of every special place ---- */

/* comment := "#" line | "%" (not "{") line | one character, not "}", then "%%" line ; the last form
 * is an oddity of Mermaid that eats names of one letter. */
static size_t match_comment(Str text, size_t at) {
    Str rest = str_from_offset(text, at);
    bool is_comment =
        text.data[at] == '#' || (text.data[at] == '%' && !str_starts_with(rest, STR("%{")));
    if (!is_comment && text.data[at] != '}') {
        Str behind = rest;
        bool is_single = utf8_take(&behind) <= 0xFFFF;
        is_comment = is_single && str_starts_with(behind, STR("%%"));
    }
    return is_comment ? skip_until(text, at, "\n") : at;
}

/* title := "title" ":"? space anything-but-#;-or-line-end+ ; the space may be a line end. */
static bool match_title(SequenceLexer *lexer, SequenceToken *token) {
    Str text = lexer->text;
    if (!has_text(text, lexer->at, STR("title")))
        return false;
    size_t start = lexer->at + 5;
    start += start < text.size && text.data[start] == ':';
    size_t space = letters_space_size(text, start);
    size_t end = skip_until(text, start + space, "#\n;");
    if (!space || end == start + space)
        return false;
    *token = token_of(lexer, SEQ_TITLE, end);
    token->text = str_slice(text, start + space, end);
    return true;
}

/* acc := ( "accTitle" | "accDescr" ) space* ":" space* line | "accDescr" space* "{" text "}" */
static bool match_acc(SequenceLexer *lexer, SequenceToken *token) {
    Str text = lexer->text;
    bool is_title = has_text(text, lexer->at, STR("accTitle"));
    if (!is_title && !has_text(text, lexer->at, STR("accDescr")))
        return false;
    size_t mark = letters_skip_space(text, lexer->at + 8);
    bool is_line = mark < text.size && text.data[mark] == ':';
    bool is_block = mark < text.size && text.data[mark] == '{' && !is_title;
    if (!is_line && !is_block)
        return false;
    size_t start = letters_skip_space(text, mark + 1);
    size_t end = skip_until(text, start, is_line ? "\n" : "}");
    *token = token_of(lexer, is_title ? SEQ_ACC_TITLE : SEQ_ACC_DESCR, end);
    token->text = letters_trim(str_slice(text, start, end));
    token->end += is_block && end < text.size;
    return true;
}

static bool match_word(SequenceLexer *lexer, SequenceToken *token) {
    for (size_t i = 0; i < WORD_COUNT; i++) {
        Str word = str_from(words[i].word);
        size_t end = lexer->at + word.size;
        if (!has_text(lexer->text, lexer->at, word) || !is_word_end(lexer->text, end))
            continue;
        *token = token_of(lexer, words[i].kind, end);
        token->frame = words[i].frame;
        lexer->mode = words[i].mode;
        return true;
    }
    return false;
}

static bool match_arrow(SequenceLexer *lexer, SequenceToken *token) {
    for (size_t i = 0; i < ARROW_COUNT; i++) {
        Str mark = str_from(arrows[i].mark);
        if (!has_text(lexer->text, lexer->at, mark))
            continue;
        *token = token_of(lexer, SEQ_ARROW, lexer->at + mark.size);
        token->head = arrows[i].head;
        token->is_dotted = arrows[i].is_dotted;
        return true;
    }
    return false;
}

static SequenceToken match_sign(SequenceLexer *lexer) {
    Str text = lexer->text;
    size_t at = lexer->at;
    if (text.data[at] == ':')
        return token_of(lexer, SEQ_TEXT, skip_until(text, at + 1, "#\n;"));
    if (text.data[at] == '+')
        return token_of(lexer, SEQ_PLUS, at + 1);
    if (text.data[at] == '-')
        return token_of(lexer, SEQ_MINUS, at + 1);
    if (has_text(text, at, STR("()")))
        return token_of(lexer, SEQ_DOT, at + 2);
    Str rest = str_from_offset(text, at);
    utf8_take(&rest);
    return token_of(lexer, SEQ_BAD, text.size - rest.size);
}

static SequenceToken next_initial(SequenceLexer *lexer) {
    Str text = lexer->text;
    SequenceToken token;
    for (;;) {
        size_t at = lexer->at;
        if (at >= text.size) {
            bool was_done = lexer->is_done;
            lexer->is_done = true;
            return token_of(lexer, was_done ? SEQ_STOP : SEQ_NEWLINE, at);
        }
        if (text.data[at] == '\n') {
            while (at < text.size && text.data[at] == '\n')
                at++;
            return token_of(lexer, SEQ_NEWLINE, at);
        }
        /* Spaces take line ends with them: a number behind `autonumber` may stand a line below. */
        size_t end = letters_skip_space(text, at);
        if (end == at)
            end = match_comment(text, at);
        if (end == at)
            break;
        lexer->at = end;
    }
    size_t number = match_number(text, lexer->at);
    if (number > lexer->at)
        return token_of(lexer, SEQ_NUMBER, number);
    if (match_word(lexer, &token) || match_title(lexer, &token) || match_acc(lexer, &token))
        return token;
    char c = text.data[lexer->at];
    if (c == ',' || c == ';')
        return token_of(lexer, c == ',' ? SEQ_COMMA : SEQ_NEWLINE, lexer->at + 1);
    size_t name = match_name(text, lexer->at);
    if (name > lexer->at)
        return token_of(lexer, SEQ_NAME, name);
    return match_arrow(lexer, &token) ? token : match_sign(lexer);
}

/* ---- Behind certain words ---- */

/* Spaces and a comment, as they are skipped before a name, an `as` and a rest of a line. */
static void skip_to_line(SequenceLexer *lexer) {
    for (size_t before = lexer->text.size + 1; lexer->at != before;) {
        before = lexer->at;
        lexer->at = skip_blank(lexer->text, lexer->at);
        if (lexer->at < lexer->text.size && lexer->text.data[lexer->at] == '#')
            lexer->at = skip_until(lexer->text, lexer->at, "\n");
    }
}

static bool is_as(Str text, size_t at) {
    size_t word = letters_skip_space(text, at);
    return word > at && has_text(text, word, STR("as")) && letters_space_size(text, word + 2);
}

/* Behind a name that no `as` follows: the end of the statement, or of a part of the name that a
 * comment follows. `at` when neither is there. */
static size_t declared_name_end(Str text, size_t at) {
    size_t end = skip_until(text, at, "<>:\n,;@");
    if (end >= text.size || text.data[end] == '\n' || text.data[end] == ';')
        return end;
    while (end > at && text.data[end] != '#')
        end--;
    return end;
}

/* declared-name := a word with "@{" behind it | a word with "as" behind it | anything but <>:,;@ up
 * to the end of the statement. The last form takes in `My Service as X` whole. */
static SequenceToken next_name(SequenceLexer *lexer) {
    skip_to_line(lexer);
    Str text = lexer->text;
    size_t at = lexer->at;
    if (at >= text.size)
        return token_of(lexer, SEQ_STOP, at);
    if (has_text(text, at, STR("@{"))) {
        lexer->mode = SEQ_MODE_CONFIG;
        return token_of(lexer, SEQ_CONFIG_OPEN, at + 2);
    }
    size_t word = at;
    while (word < text.size && !is_one_of(text.data[word], "<=>-:\n,;@") &&
           !letters_space_size(text, word))
        word++;
    if (word > at && has_text(text, word, STR("@{")))
        return token_of(lexer, SEQ_NAME, word);
    while (word < text.size && !is_one_of(text.data[word], "<>:\n,;@") &&
           !letters_space_size(text, word))
        word++;
    if (word > at && is_as(text, word)) {
        lexer->mode = SEQ_MODE_ALIAS;
        return token_of(lexer, SEQ_NAME, word);
    }
    lexer->mode = SEQ_MODE_INITIAL;
    size_t end = declared_name_end(text, at);
    if (end > at)
        return token_of(lexer, SEQ_NAME, end);
    return token_of(lexer, SEQ_BAD, skip_until(text, at, "\n"));
}

static SequenceToken next_alias(SequenceLexer *lexer) {
    skip_to_line(lexer);
    bool is_there =
        has_text(lexer->text, lexer->at, STR("as")) && is_word_end(lexer->text, lexer->at + 2);
    lexer->mode = is_there ? SEQ_MODE_LINE : SEQ_MODE_INITIAL;
    return token_of(lexer, is_there ? SEQ_AS : SEQ_NEWLINE, lexer->at + (is_there ? 2 : 0));
}

static SequenceToken next_line(SequenceLexer *lexer) {
    skip_to_line(lexer);
    lexer->mode = SEQ_MODE_INITIAL;
    return token_of(lexer, SEQ_LINE, skip_until(lexer->text, lexer->at, "#\n;"));
}

static SequenceToken next_config(SequenceLexer *lexer) {
    Str text = lexer->text;
    size_t at = lexer->at;
    if (at >= text.size)
        return token_of(lexer, SEQ_STOP, at);
    if (text.data[at] != '}')
        return token_of(lexer, SEQ_CONFIG, skip_until(text, at, "}"));
    lexer->mode = is_as(text, at + 1) ? SEQ_MODE_ALIAS : SEQ_MODE_INITIAL;
    return token_of(lexer, SEQ_CONFIG_CLOSE, at + 1);
}

SequenceToken sequence_lex_next(SequenceLexer *lexer) {
    static SequenceToken (*const next[])(SequenceLexer * lexer) = {
        [SEQ_MODE_INITIAL] = next_initial, [SEQ_MODE_NAME] = next_name,
        [SEQ_MODE_ALIAS] = next_alias,     [SEQ_MODE_LINE] = next_line,
        [SEQ_MODE_CONFIG] = next_config,
    };
    SequenceToken token = next[lexer->mode](lexer);
    lexer->at = token.end;
    if (token.kind == SEQ_NAME)
        token.text = letters_trim(token.text);
    return token;
}
