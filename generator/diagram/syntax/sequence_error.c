/* What an author is told when a token does not fit: what Mermaid sees there, and what to write
 * instead. One function per place; nothing here changes what is accepted. */
#include "base/ban.h"

#include "base/utf8.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/sequence.h"

/* After so many errors the rest is noise. */
#define ERROR_LIMIT 20

void sequence_count_error(SequenceParser *parser) {
    parser->ok = false;
    parser->error_count++;
    if (parser->error_count >= ERROR_LIMIT)
        parser->is_over = true;
}

/* The word that stands at `at`, up to a space or a sign; at least one character. */
static Str word_at(const SequenceParser *parser, size_t at) {
    Str rest = str_from_offset(parser->clean.text, at);
    size_t size = 0;
    while (size < rest.size && !strchr(" \t\n;:,", rest.data[size]))
        size++;
    return str_slice(rest, 0, size ? size : 1);
}

static bool is_line_end(SequenceToken token) {
    return token.kind == SEQ_NEWLINE || token.kind == SEQ_STOP;
}

static bool is_word_token(SequenceToken token) {
    return token.kind >= SEQ_BOX && token.kind < SEQ_TOKEN_COUNT;
}

static bool is_sign(char c) {
    return c == '-' || c == '=' || c == '<' || c == '>' || c == '~' || c == '|';
}

/* The text itself, as the author wrote it and not too long. */
static Str shown(SequenceParser *parser, Str text) {
    text = letters_trim(label_unmark(text, parser->arena));
    if (text.size <= 60)
        return text;
    return str_format(parser->arena, "%.*s...", STR_FMT(utf8_head(text, 57)));
}

/* ---- A semicolon inside of a text ---- */

/* An entity of HTML before a semicolon: `a &lt; b`. */
static Str html_entity(const SequenceParser *parser, size_t semicolon) {
    Str text = parser->clean.text;
    size_t start = semicolon;
    while (start > 0 && letters_is_word(text.data[start - 1]))
        start--;
    bool is_entity = start > 0 && start < semicolon && text.data[start - 1] == '&';
    return is_entity ? str_slice(text, start, semicolon) : (Str){NULL, 0};
}

static bool explain_semicolon(SequenceParser *parser) {
    SequenceToken semicolon = parser->semicolon;
    if (semicolon.kind != SEQ_NEWLINE)
        return false;
    Str rest = str_from_offset(parser->clean.text, semicolon.end);
    Str behind = letters_trim(str_slice(rest, 0, str_find_char(rest, '\n', 0)));
    SEQUENCE_ERROR(parser, preprocess_span(&parser->clean, semicolon.start, 1),
                   "\";\" ends the text, and \"%.*s\" is no statement",
                   STR_FMT(shown(parser, behind)));
    Str entity = html_entity(parser, semicolon.start);
    if (entity.size)
        diag_hint(parser->diags, "write \"#%.*s;\" instead of \"&%.*s;\"", STR_FMT(entity),
                  STR_FMT(entity));
    else
        diag_hint(parser->diags, "write \"#59;\" for a semicolon in a text");
    return true;
}

/* ---- Names ---- */

/* A name that Mermaid cannot read is given another one, and the text as its alias. */
static void hint_alias(SequenceParser *parser, Str name) {
    diag_hint(parser->diags, "write \"participant p as %.*s\" and use p in messages",
              STR_FMT(shown(parser, name)));
}

static void explain_reserved(SequenceParser *parser, SequenceToken token) {
    Str word = word_at(parser, token.start);
    size_t arrow = str_find_char(word, '>', 0); /* `end-user->>B` */
    while (arrow != STR_NONE && arrow > token.text.size && is_sign(word.data[arrow - 1]))
        arrow--;
    word = str_slice(word, 0, arrow);
    SEQUENCE_ERROR(parser, sequence_span(parser, token),
                   "\"%.*s\" is a reserved word, so no participant's name can begin with it",
                   STR_FMT(token.text));
    hint_alias(parser, word);
}

/* ---- Statements ---- */

/* The frame whose part this word could be. */
static const char *frame_of(SequenceTokenKind kind) {
    return kind == SEQ_ELSE ? "alt" : kind == SEQ_AND ? "par" : "critical";
}

static void explain_stray(SequenceParser *parser, SequenceToken token, Span at) {
    if (token.kind == SEQ_END && word_at(parser, token.start).size > token.text.size) {
        explain_reserved(parser, token);
        return;
    }
    if (token.kind == SEQ_END) {
        SEQUENCE_ERROR(parser, at, "\"end\" without a loop, alt or other frame to end");
        diag_hint(parser->diags, "remove it; a participant cannot be called \"end\"");
        return;
    }
    const char *frame = frame_of(token.kind);
    Str word = str_lower(parser->arena, token.text);
    SEQUENCE_ERROR(parser, at, "\"%.*s\" divides only \"%s\"", STR_FMT(word), frame);
    SequenceFrame open = parser->depth ? parser->open[parser->depth - 1].frame : FRAME_KIND_COUNT;
    if (open == FRAME_PAR || open == FRAME_PAR_OVER || open == FRAME_CRITICAL)
        diag_hint(parser->diags, "write \"%s\": the frame open here is \"%.*s\"",
                  open == FRAME_CRITICAL ? "option" : "and",
                  STR_FMT(str_lower(parser->arena, parser->open[parser->depth - 1].word)));
    else if (parser->depth)
        diag_hint(parser->diags, "the frame open here is \"%.*s\"",
                  STR_FMT(str_lower(parser->arena, parser->open[parser->depth - 1].word)));
    else
        diag_hint(parser->diags, "no frame is open here");
}

static void explain_statement(SequenceParser *parser, SequenceToken token) {
    Span at = sequence_span(parser, token);
    /* `end-user` ends the frame, and goes on with "-user". */
    if (parser->before.kind == SEQ_END && parser->before.end == token.start) {
        explain_reserved(parser, parser->before);
        return;
    }
    if (parser->box != SEQUENCE_NONE) {
        SEQUENCE_ERROR(parser, at, "only participants can stand in a box");
        diag_hint(parser->diags, "write \"end\" behind the last participant of the box");
        return;
    }
    if (token.kind == SEQ_END || token.kind == SEQ_ELSE || token.kind == SEQ_AND ||
        token.kind == SEQ_OPTION) {
        explain_stray(parser, token, at);
        return;
    }
    if (token.kind == SEQ_HEADER) {
        SEQUENCE_ERROR(parser, at, "\"sequenceDiagram\" for a second time");
        diag_hint(parser->diags, "begin a second diagram in a file or fence of its own");
        return;
    }
    if (token.kind == SEQ_ARROW || token.kind == SEQ_DOT) {
        SEQUENCE_ERROR(parser, at, "nobody sends this message");
        diag_hint(parser->diags, "write the sender in front of the arrow");
        return;
    }
    Str word = word_at(parser, token.start);
    SEQUENCE_ERROR(parser, preprocess_span(&parser->clean, token.start, word.size),
                   "no statement begins with \"%.*s\"", STR_FMT(shown(parser, word)));
    diag_hint(parser->diags, "a message is written \"A->>B: text\"");
}

/* ---- Messages ---- */

/* Signs of an arrow that Mermaid does not have: `=>`, `->>>`, `~>`. */
static Str arrow_signs(const SequenceParser *parser, size_t at) {
    Str text = parser->clean.text;
    size_t start = at, end = at;
    while (start > 0 && is_sign(text.data[start - 1]))
        start--;
    while (end < text.size && is_sign(text.data[end]))
        end++;
    return str_slice(text, start, end);
}

static void explain_sign(SequenceParser *parser, SequenceToken token) {
    Str signs = arrow_signs(parser, token.start);
    if (signs.size > 1) {
        size_t start = (size_t)(signs.data - parser->clean.text.data);
        SEQUENCE_ERROR(parser, preprocess_span(&parser->clean, start, signs.size),
                       "no arrow is written \"%.*s\"", STR_FMT(signs));
        diag_hint(parser->diags, "arrows are -> --> ->> -->> <<->> <<-->> -x --x -) --)");
        return;
    }
    SEQUENCE_ERROR(parser, sequence_span(parser, token),
                   "\"%.*s\" does not fit in a participant's name", STR_FMT(token.text));
    diag_hint(parser->diags, "write \"participant p as ...\" and use p in messages");
}

/* `my-xyz` is read as "my", the arrow "-x" and "yz". */
static bool explain_dash(SequenceParser *parser, SequenceToken arrow) {
    Str text = parser->clean.text;
    bool is_inside = arrow.kind == SEQ_ARROW && arrow.start > 0 && arrow.end < text.size &&
                     letters_is_word(text.data[arrow.start - 1]) &&
                     letters_is_word(text.data[arrow.end]) &&
                     (arrow.head == SEQUENCE_HEAD_CROSS || arrow.head == SEQUENCE_HEAD_POINT);
    if (!is_inside)
        return false;
    size_t start = arrow.start;
    while (start > 0 && letters_is_word(text.data[start - 1]))
        start--;
    Str name = word_at(parser, start);
    for (size_t i = arrow.end - start; i < name.size; i++)
        if (strchr("-<>()+", name.data[i]))
            name.size = i;
    SEQUENCE_ERROR(parser, sequence_span(parser, arrow),
                   "\"%.*s\" inside of a name is an arrow to Mermaid", STR_FMT(arrow.text));
    hint_alias(parser, name);
    return true;
}

/* What other languages call a frame; NULL: none of them does. */
static const char *frame_meant(Str word) {
    static const char *const pairs[][2] = {
        {"if", "alt"},       {"switch", "alt"},     {"when", "alt"},     {"elseif", "else"},
        {"elif", "else"},    {"otherwise", "else"}, {"case", "else"},    {"while", "loop"},
        {"for", "loop"},     {"foreach", "loop"},   {"repeat", "loop"},  {"parallel", "par"},
        {"optional", "opt"}, {"group", "rect"},     {"try", "critical"}, {"catch", "option"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_equal(word, str_from(pairs[i][0])))
            return pairs[i][1];
    return NULL;
}

/* A line of a name alone. */
static void explain_line(SequenceParser *parser, Span sender) {
    static const Str words[] = {
        {"participant", 11}, {"actor", 5},       {"activate", 8}, {"deactivate", 10},
        {"note over", 9},    {"autonumber", 10}, {"critical", 8}, {"create participant", 18},
        {"destroy", 7},      {"option", 6},      {"break", 5},    {"loop", 4},
    };
    if (parser->depth && str_equal(parser->sender, STR("}"))) {
        SEQUENCE_ERROR(parser, sender, "a frame does not end with a brace");
        diag_hint(parser->diags, "write \"end\"");
        return;
    }
    Str rest = parser->sender;
    Str first = str_lower(parser->arena, str_cut(&rest, ' '));
    SEQUENCE_ERROR(parser, sender, "\"%.*s\" is no statement",
                   STR_FMT(shown(parser, parser->sender)));
    const char *frame = frame_meant(first);
    Str near = str_nearest(first, words, sizeof words / sizeof *words);
    if (frame)
        diag_hint(parser->diags, "write \"%s%s%.*s\"", frame, rest.size ? " " : "",
                  STR_FMT(shown(parser, rest)));
    else if (near.size)
        diag_hint(parser->diags, "did you mean \"%.*s\"?", STR_FMT(near));
    else
        diag_hint(parser->diags,
                  "a message is written \"A->>B: text\"; <br/> breaks a line in a text");
}

/* Behind the first name of a line stands no arrow. */
static void explain_arrow(SequenceParser *parser, SequenceToken token) {
    Span sender =
        preprocess_span(&parser->clean, (size_t)(parser->sender.data - parser->clean.text.data),
                        parser->sender.size);
    if (is_line_end(token)) {
        explain_line(parser, sender);
    } else if (token.kind == SEQ_TEXT || token.kind == SEQ_COMMA || token.kind == SEQ_PLUS) {
        SEQUENCE_ERROR(
            parser,
            sequence_span(parser, (SequenceToken){.start = token.start, .end = token.start + 1}),
            "an arrow is due behind \"%.*s\"", STR_FMT(shown(parser, parser->sender)));
        diag_hint(parser->diags, "a message is written \"A->>B: text\"");
    } else {
        explain_sign(parser, token);
    }
}

static void explain_receiver(SequenceParser *parser, SequenceToken token) {
    if (is_word_token(token)) {
        explain_reserved(parser, token);
    } else if (is_line_end(token) || token.kind == SEQ_TEXT) {
        SEQUENCE_ERROR(parser, sequence_span(parser, parser->arrow),
                       "nobody receives this message");
        diag_hint(parser->diags, "write the receiver behind the arrow");
    } else if (token.kind == SEQ_NUMBER) {
        SEQUENCE_ERROR(parser, sequence_span(parser, token),
                       "a number with a space behind it is no name here");
        diag_hint(parser->diags, "remove the space behind it");
    } else if (token.kind == SEQ_PLUS || token.kind == SEQ_MINUS) {
        SEQUENCE_ERROR(parser, sequence_span(parser, token), "only one + or - fits here");
        diag_hint(parser->diags, "write \"activate\" and \"deactivate\" on lines of their own");
    } else if (token.kind == SEQ_BAD && strchr("/\\(", token.text.data[0])) {
        SEQUENCE_ERROR(parser, sequence_span(parser, token),
                       "a participant's name cannot begin with \"%.*s\"", STR_FMT(token.text));
        hint_alias(parser, word_at(parser, token.start));
    } else {
        explain_sign(parser, token);
    }
}

static void explain_no_text(SequenceParser *parser, SequenceToken name) {
    size_t space = str_find_char(name.text, ' ', 0);
    Str to = str_slice(name.text, 0, space);
    Str text = space == STR_NONE ? STR("text") : str_trim(str_from_offset(name.text, space));
    SEQUENCE_ERROR(parser, sequence_span(parser, name), "a message needs a colon and a text");
    diag_hint(parser->diags, "write \"%.*s%.*s%.*s: %.*s\"", STR_FMT(parser->sender),
              STR_FMT(parser->arrow.text), STR_FMT(to), STR_FMT(shown(parser, text)));
}

/* Behind the receiver stands no text. */
static void explain_colon(SequenceParser *parser, SequenceToken token) {
    SequenceToken name = parser->before;
    Span at = sequence_span(parser, token);
    if (explain_dash(parser, parser->arrow) || explain_dash(parser, token))
        return;
    if (is_line_end(token)) {
        explain_no_text(parser, name);
    } else if (token.kind == SEQ_ARROW) {
        SEQUENCE_ERROR(parser, at, "a second arrow in one message");
        diag_hint(parser->diags, "write a line for each message");
    } else if (token.kind == SEQ_COMMA) {
        SEQUENCE_ERROR(parser, at, "a message has one receiver");
        diag_hint(parser->diags, "write a line for each receiver");
    } else if (token.kind == SEQ_PLUS || token.kind == SEQ_MINUS) {
        SEQUENCE_ERROR(parser, at, "\"%.*s\" stands in front of the receiver", STR_FMT(token.text));
        diag_hint(parser->diags, "write \"%.*s%.*s%.*s%.*s: text\"", STR_FMT(parser->sender),
                  STR_FMT(parser->arrow.text), STR_FMT(token.text), STR_FMT(name.text));
    } else {
        explain_sign(parser, token);
    }
}

/* ---- Notes ---- */

static void explain_note_place(SequenceParser *parser, SequenceToken token) {
    if (token.kind == SEQ_ARROW) {
        explain_reserved(parser, parser->before);
        return;
    }
    Str word = word_at(parser, token.start);
    Span at = preprocess_span(&parser->clean, token.start, is_line_end(token) ? 0 : word.size);
    SEQUENCE_ERROR(parser, at, "a note stands over, left of or right of a participant");
    diag_hint(parser->diags, "write \"note over A: text\" or \"note left of A: text\"");
}

static void explain_note_name(SequenceParser *parser, SequenceToken token) {
    if (is_word_token(token)) {
        explain_reserved(parser, token);
        return;
    }
    if (token.kind == SEQ_BAD) {
        explain_sign(parser, token);
        return;
    }
    SEQUENCE_ERROR(parser, sequence_span(parser, token), "a participant's name is due here");
    diag_hint(parser->diags, "write \"note over A: text\" or \"note over A,B: text\"");
}

static void explain_note_colon(SequenceParser *parser, SequenceToken token) {
    if (token.kind == SEQ_COMMA) {
        SEQUENCE_ERROR(parser, sequence_span(parser, token),
                       "a note stands over two participants at most, or beside one");
        diag_hint(parser->diags, "name the leftmost and the rightmost: \"note over A,C: text\"");
    } else if (token.kind == SEQ_ARROW) {
        SEQUENCE_ERROR(parser, sequence_span(parser, token), "a note has no arrow");
        diag_hint(parser->diags, "write \"note over A,B: text\" for a note over two");
    } else if (is_line_end(token)) {
        SEQUENCE_ERROR(parser, sequence_span(parser, parser->before),
                       "a note needs a colon and a text");
        diag_hint(parser->diags, "write \"note over A: text\"");
    } else {
        explain_sign(parser, token);
    }
}

/* ---- Declarations and the rest ---- */

static void explain_declaration(SequenceParser *parser, SequenceToken token) {
    Str word = word_at(parser, token.start);
    bool is_end = is_line_end(token) || token.end == token.start;
    if (parser->before.kind == SEQ_CREATE) {
        SEQUENCE_ERROR(parser, sequence_span(parser, parser->before),
                       "\"participant\" or \"actor\" is due behind \"create\"");
        diag_hint(parser->diags, "write \"create participant %.*s\"",
                  STR_FMT(is_end ? STR("A") : shown(parser, word)));
        return;
    }
    if (is_end) {
        SEQUENCE_ERROR(parser, sequence_span(parser, parser->before), "a name is due behind this");
        diag_hint(parser->diags, "write \"participant A\" or \"participant A as text\"");
        return;
    }
    SEQUENCE_ERROR(parser, preprocess_span(&parser->clean, token.start, token.end - token.start),
                   "\"%.*s\" is no name that Mermaid can read",
                   STR_FMT(shown(parser, token.kind == SEQ_BAD ? token.text : word)));
    diag_hint(parser->diags, "write \"participant p as text\": a name has none of < > : , ; @");
}

/* statement := form ; the statements with one form only. */
static void explain_form(SequenceParser *parser, SequencePlaceInText place, SequenceToken token) {
    static const char *const forms[][2] = {
        [SEQ_AT_CONFIG] = {"this \"@{\" is not a list of settings in braces",
                           "write @{ \"type\": \"database\" }"},
        [SEQ_AT_ACTIVATION] = {"a participant's name alone is due here", "write \"activate A\""},
        [SEQ_AT_LINK] = {"a participant, a colon and a text are due here",
                         "write \"link A: text @ url\""},
        [SEQ_AT_AUTONUMBER] = {"autonumber takes a start, a step or \"off\", and nothing else",
                               "write \"autonumber 10 5\", without spaces at the end of the line"},
        [SEQ_AT_LINE_END] = {"the line should end here", "begin a new line"},
    };
    SEQUENCE_ERROR(parser, sequence_span(parser, token), "%s", forms[place][0]);
    diag_hint(parser->diags, "%s", forms[place][1]);
}

static void explain_header(SequenceParser *parser, SequenceToken token) {
    Str word = word_at(parser, token.start);
    SEQUENCE_ERROR(parser, preprocess_span(&parser->clean, token.start, word.size),
                   "a sequence diagram begins with the word \"sequenceDiagram\" alone");
    diag_hint(parser->diags, "write the rest on the next line");
}

bool sequence_fail(SequenceParser *parser, SequencePlaceInText place) {
    SequenceToken token = parser->token;
    bool is_first = place == SEQ_AT_STATEMENT || place == SEQ_AT_ARROW || place == SEQ_AT_COLON ||
                    place == SEQ_AT_RECEIVER;
    if (is_first && explain_semicolon(parser))
        return false;
    switch (place) {
    case SEQ_AT_HEADER: explain_header(parser, token); break;
    case SEQ_AT_STATEMENT: explain_statement(parser, token); break;
    case SEQ_AT_ARROW: explain_arrow(parser, token); break;
    case SEQ_AT_RECEIVER: explain_receiver(parser, token); break;
    case SEQ_AT_COLON: explain_colon(parser, token); break;
    case SEQ_AT_DECLARATION: explain_declaration(parser, token); break;
    case SEQ_AT_NOTE_PLACE: explain_note_place(parser, token); break;
    case SEQ_AT_NOTE_NAME: explain_note_name(parser, token); break;
    case SEQ_AT_NOTE_COLON: explain_note_colon(parser, token); break;
    case SEQ_AT_CONFIG:
    case SEQ_AT_ACTIVATION:
    case SEQ_AT_LINK:
    case SEQ_AT_AUTONUMBER:
    case SEQ_AT_LINE_END: explain_form(parser, place, token); break;
    }
    return false;
}
