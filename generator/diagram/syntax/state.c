/* State diagrams: what is written, document within document. */
#include "base/ban.h"

#include "diagram/syntax/state.h"

#include <assert.h>

#include "base/limits.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/state_lex.h"
#include "diagram/syntax/syntax.h"

typedef struct Parser {
    Reader reader;
    StateLooks looks;
    size_t depth;  /* of braces */
    bool was_text; /* the statement before ended with a description */
} Parser;

static bool at_token(const Parser *parser, int kind) {
    return parser->reader.token.kind == kind;
}

/* The text of the token at hand without spaces around, and where it stands. */
static Str take_text(Parser *parser, Span *at) {
    ModalToken token = parser->reader.token;
    Str trimmed = letters_trim(token.text);
    size_t start = token.start + (size_t)(trimmed.size ? trimmed.data - token.text.data : 0);
    *at = preprocess_span(&parser->reader.clean, start, trimmed.size);
    reader_next(&parser->reader);
    return trimmed;
}

/* Text behind a colon. */
static Label take_description(Parser *parser) {
    Span at;
    Str raw = take_text(parser, &at);
    if (str_starts_with(raw, STR(":")))
        raw = letters_trim(str_from_offset(raw, 1));
    parser->was_text = true;
    return reader_label(&parser->reader, raw, at);
}

/* Says how to write what the author most likely meant. */
static bool fail_statement(Parser *parser, const char *expected) {
    Reader *reader = &parser->reader;
    ModalToken token = reader->token;
    Str rest = str_from_offset(reader->clean.text, token.start);
    reader_fail(reader, expected);
    if (reader->modal.is_cut)
        return false; /* told where the text begins */
    if (token.kind == TOK_ARROW)
        diag_hint(reader->diags, "a transition is written A --> B, from the start [*] --> A");
    else if (str_starts_with(rest, STR("->")))
        diag_hint(reader->diags, "a transition is written -->");
    else if (str_starts_with(rest, STR("-")))
        diag_hint(reader->diags,
                  "a state's id cannot hold \"-\": write state \"my-name\" as my_name");
    else if (token.kind == TOK_STRING)
        diag_hint(reader->diags, "give it an id first: state %.*s as s1", STR_FMT(token.text));
    else if (token.kind == TOK_DESCR)
        diag_hint(reader->diags, "write #58; for a \":\" within a text");
    else if (token.kind == TOK_DEFAULT)
        diag_hint(reader->diags, "\"default\" is reserved: give the state another id");
    else if (token.kind == TOK_DEFAULT_CLASS)
        diag_hint(reader->diags, "state diagrams have no default class: give the class a name");
    else if (str_starts_with(rest, STR("{")) && reader->before.kind == TOK_ID)
        diag_hint(reader->diags, "write \"state\" in front of the name of a composite state");
    else if (token.kind == TOK_AS)
        diag_hint(reader->diags, "write state \"a text\" as an_id");
    else if (str_starts_with(rest, STR("{")))
        diag_hint(reader->diags, "write the name of the state in front of it");
    return false;
}

static bool expect(Parser *parser, int kind, const char *what) {
    if (!at_token(parser, kind))
        return fail_statement(parser, what);
    reader_next(&parser->reader);
    return true;
}

static StateStmt *add_stmt(Parser *parser, StateDoc *doc, StateStmtKind kind) {
    Arena *arena = parser->reader.arena;
    ARENA_RESERVE(arena, doc->stmts, doc->count, doc->capacity);
    doc->stmts[doc->count] = (StateStmt){.kind = kind};
    return &doc->stmts[doc->count++];
}

/* id-statement := ( id | "[*]" ) ( ":::" id )? */
static bool parse_id(Parser *parser, StateMention *mention) {
    if (!at_token(parser, TOK_ID) && !at_token(parser, TOK_EDGE_STATE))
        return fail_statement(parser, "a state");
    mention->id = take_text(parser, &mention->at);
    if (!at_token(parser, TOK_SEPARATOR))
        return true;
    reader_next(&parser->reader);
    if (!at_token(parser, TOK_ID))
        return fail_statement(parser, "the name of a class");
    Span at;
    mention->class_name = take_text(parser, &at);
    return true;
}

/* A name that no author gives to a state: what the statement before was cut at. */
static void check_odd_id(Parser *parser, const StateMention *mention, bool was_text) {
    Diags *diags = parser->reader.diags;
    if (!parser->reader.ok)
        return;
    if (was_text && str_starts_with(mention->id, STR(";"))) {
        diag_add(diags, DIAG_DIAGRAM_LOST_TEXT, mention->at,
                 "Mermaid ends the text at \";\" and makes states of what follows");
        diag_hint(diags, "write #59; for a \";\" within a text");
    } else if (str_equal(mention->id, STR("}"))) {
        diag_add(diags, DIAG_DIAGRAM_LOST_TEXT, mention->at,
                 "no state is open here, so Mermaid makes a state called \"}\"");
        diag_hint(diags, "remove it, or open the state with {");
    }
}

static bool is_punctuation(Str id) {
    return str_starts_with(id, STR(";")) || str_starts_with(id, STR("}"));
}

/* `My Step --> B`: does another word follow on the line of the id that began at `start`? */
static void check_words(Parser *parser, const StateMention *mention, size_t start) {
    const Reader *reader = &parser->reader;
    size_t line_end = str_find_char(reader->clean.text, '\n', start);
    if (!reader->ok || !at_token(parser, TOK_ID) || reader->token.start >= line_end ||
        is_punctuation(mention->id) || is_punctuation(reader->token.text))
        return;
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, mention->at,
             "Mermaid makes a state of each word: \"%.*s\" stands alone", STR_FMT(mention->id));
    diag_hint(reader->diags, "write state \"a name with spaces\" as an_id");
}

/* transition := id-statement ( description | "-->" id-statement description? )? */
static bool parse_transition(Parser *parser, StateDoc *doc) {
    StateMention from = {.type = STATE_PLAIN}, to = {.type = STATE_PLAIN};
    bool was_text = parser->was_text;
    size_t start = parser->reader.token.start;
    parser->was_text = false;
    if (!parse_id(parser, &from))
        return false;
    check_odd_id(parser, &from, was_text);
    if (!at_token(parser, TOK_ARROW)) {
        if (at_token(parser, TOK_DESCR)) {
            from.descriptions[from.description_count++] = take_description(parser);
        } else {
            check_words(parser, &from, start);
        }
        add_stmt(parser, doc, STATE_STMT_STATE)->from = from;
        return true;
    }
    reader_next(&parser->reader);
    if (!parse_id(parser, &to))
        return false;
    StateStmt *stmt = add_stmt(parser, doc, STATE_STMT_RELATION);
    stmt->from = from;
    stmt->to = to;
    if (at_token(parser, TOK_DESCR))
        stmt->label = take_description(parser);
    return true;
}

static bool parse_document(Parser *parser, StateDoc *doc);

/* body := "{" document "}" */
static bool parse_body(Parser *parser, StateMention *mention) {
    Reader *reader = &parser->reader;
    reader_next(reader);
    mention->doc = ARENA_NEW(reader->arena, StateDoc);
    mention->doc->direction = GRAPH_INHERIT;
    if (parser->depth == READER_NESTING)
        return reader_limit(reader, mention->at, "states within each other", READER_NESTING);
    parser->depth++;
    bool ok = parse_document(parser, mention->doc);
    parser->depth--;
    if (!ok)
        return false;
    if (at_token(parser, TOK_CLOSE)) {
        reader_next(reader);
        return true;
    }
    reader_fail_at(reader, mention->at, "the braces of this state are not closed");
    diag_hint(reader->diags, "write } on a line of its own behind its last state");
    return false;
}

/* `State --> B`: the word state is read without regard to case, so this is `state "-->"`. */
static void check_lost_state(Parser *parser, Str name, Span at) {
    Reader *reader = &parser->reader;
    bool is_edge = str_starts_with(name, STR("-->"));
    if (!is_edge)
        return;
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, at,
             "Mermaid reads the word in front as the keyword \"state\" and loses this transition");
    diag_hint(reader->diags, "give the state an id other than \"state\"");
}

/* Spaces behind a word may be the line's end: Mermaid reads on in the line below. True: with a
 * finding, to which the way out is to be added. */
static bool check_line_end(Parser *parser, ModalToken word, const char *wanted) {
    Reader *reader = &parser->reader;
    size_t line_end = str_find_char(word.text, '\n', 0);
    if (line_end == STR_NONE)
        return false;
    word.end = word.start + letters_trim(str_slice(word.text, 0, line_end)).size;
    bool is_last = !letters_trim(str_from_offset(reader->clean.text, word.start + line_end)).size;
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, reader_span(reader, word),
             is_last ? "this says nothing without %s" : "Mermaid takes the line below for %s",
             wanted);
    return true;
}

/* composite := "state" word body? ; without braces Mermaid passes over it. */
static bool parse_composite(Parser *parser, StateDoc *doc) {
    StateMention mention = {.type = STATE_PLAIN};
    mention.id = take_text(parser, &mention.at);
    if (at_token(parser, TOK_OPEN)) {
        if (!parse_body(parser, &mention))
            return false;
        add_stmt(parser, doc, STATE_STMT_STATE)->from = mention;
        return true;
    }
    check_lost_state(parser, mention.id, mention.at);
    add_stmt(parser, doc, STATE_STMT_LOST)->from = mention;
    return true;
}

/* described := "state" string "as" id body? ; a colon in the id parts off one more line. */
static bool parse_described(Parser *parser, StateDoc *doc) {
    StateMention mention = {.type = STATE_PLAIN, .description_count = 1};
    Span at;
    Str raw = take_text(parser, &at);
    mention.descriptions[0] = reader_label(&parser->reader, raw, at);
    if (!at_token(parser, TOK_AS)) {
        fail_statement(parser, "\"as\" and an id behind the quotes");
        if (!parser->reader.modal.is_cut)
            diag_hint(parser->reader.diags, "write state \"%.*s\" as s1", STR_FMT(raw));
        return false;
    }
    if (check_line_end(parser, parser->reader.token, "the id"))
        diag_hint(parser->reader.diags, "write state \"%.*s\" as s1", STR_FMT(raw));
    reader_next(&parser->reader);
    if (!at_token(parser, TOK_ID))
        return fail_statement(parser, "an id");
    Str id = take_text(parser, &mention.at);
    if (at_token(parser, TOK_OPEN)) {
        mention.id = id;
        if (!parse_body(parser, &mention))
            return false;
    } else {
        mention.id = letters_trim(str_cut(&id, ':'));
        if (id.data)
            mention.descriptions[mention.description_count++] =
                reader_label(&parser->reader, letters_trim(str_cut(&id, ':')), mention.at);
    }
    add_stmt(parser, doc, STATE_STMT_STATE)->from = mention;
    return true;
}

/* special := "state" id ( "<<fork>>" | "<<join>>" | "<<choice>>" or the same in [[ ]] ) */
static bool parse_special(Parser *parser, StateDoc *doc, StateType type) {
    StateMention mention = {.type = type};
    Str text = take_text(parser, &mention.at);
    size_t mark = type == STATE_CHOICE ? 10 : 8;
    mention.id = letters_trim(str_slice(text, 0, text.size - mark));
    mention.at.size = (uint32_t)mention.id.size;
    add_stmt(parser, doc, STATE_STMT_STATE)->from = mention;
    return true;
}

/* An error in the first line of a note: on behind its "end note", when that comes before the next
 * note and so belongs to it. */
static bool skip_note(Parser *parser) {
    Reader *reader = &parser->reader;
    Str text = reader->clean.text;
    for (size_t at = str_find_char(text, '\n', reader->token.start); at != STR_NONE;
         at = str_find_char(text, '\n', at + 1)) {
        Str line = letters_trim(reader_line(reader, at + 1));
        if (str_starts_with(line, STR("note ")))
            break;
        if (str_starts_with(line, STR("end note"))) {
            reader->token.start = at + 1;
            break;
        }
    }
    return false;
}

/* note := "note" ( ( "left of" | "right of" ) id text | string "as" id ) ; Mermaid does not draw
 * the second form. */
static bool parse_note(Parser *parser, StateDoc *doc) {
    Reader *reader = &parser->reader;
    StateMention mention = {.type = STATE_PLAIN, .has_note = true};
    Span at;
    reader_next(reader);
    if (at_token(parser, TOK_NOTE_TEXT)) {
        take_text(parser, &at);
        if (!expect(parser, TOK_AS, "\"as\" and an id behind the note") ||
            !expect(parser, TOK_ID, "an id"))
            return false;
        diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, at,
                 "Mermaid does not draw a floating note");
        diag_hint(reader->diags, "write note right of a_state : text");
        return true;
    }
    mention.is_note_left = at_token(parser, TOK_LEFT_OF);
    if (!mention.is_note_left && !at_token(parser, TOK_RIGHT_OF)) {
        fail_statement(parser, "\"left of\" or \"right of\" and a state");
        diag_hint(reader->diags, "write note right of A : text");
        return skip_note(parser);
    }
    ModalToken word = reader->token;
    reader_next(reader);
    if (!at_token(parser, TOK_ID)) {
        fail_statement(parser, "a state");
        return skip_note(parser);
    }
    word.text = str_slice(reader->clean.text, word.start, reader->token.end);
    if (check_line_end(parser, word, "the state"))
        diag_hint(reader->diags, "write note right of A, and the text below it");
    mention.id = take_text(parser, &mention.at);
    if (!at_token(parser, TOK_NOTE_TEXT)) {
        fail_statement(parser, "a text");
        diag_hint(reader->diags, "write \": text\", or lines of text and then \"end note\"");
        return false;
    }
    Str raw = take_text(parser, &at);
    if (str_starts_with(raw, STR(":")))
        raw = str_from_offset(raw, 1);
    else if (raw.size >= 8)
        raw = str_slice(raw, 0, raw.size - 8); /* without "end note" */
    mention.note = reader_label(reader, letters_trim(raw), at);
    add_stmt(parser, doc, STATE_STMT_STATE)->from = mention;
    return true;
}

static void add_look(Parser *parser, StateLook look) {
    StateLooks *looks = &parser->looks;
    ARENA_RESERVE(parser->reader.arena, looks->items, looks->count, looks->capacity);
    looks->items[looks->count++] = look;
}

/* look := "classDef" name rules | "class" names name | "style" names rules */
static bool parse_look(Parser *parser) {
    Reader *reader = &parser->reader;
    ModalToken keyword = reader->token;
    bool is_class = keyword.kind == TOK_CLASS, is_def = keyword.kind == TOK_CLASS_DEF;
    const char *wanted = is_class ? "the name of a class" : "styles";
    Span at, rest_at;
    reader_next(reader);
    if (!at_token(parser, TOK_WORD))
        return fail_statement(parser, is_def ? "the name of a class" : "states");
    ModalToken word = reader->token;
    Str ids = take_text(parser, &at);
    if (!at_token(parser, TOK_REST))
        return fail_statement(parser, wanted);
    Str rest = take_text(parser, &rest_at);
    bool is_told = check_line_end(parser, word, wanted);
    if (!rest.size && !is_told)
        diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, at, "this says nothing without %s", wanted);
    if (!rest.size || is_told)
        diag_hint(reader->diags, "write %.*s %.*s %s", STR_FMT(letters_trim(keyword.text)),
                  STR_FMT(ids), is_class ? "a_class" : "fill:#fff,stroke:#000");
    if (is_def)
        reader_define_class(reader, ids, rest, at);
    else if (rest.size)
        add_look(parser, (StateLook){.kind = is_class ? STATE_LOOK_CLASS : STATE_LOOK_STYLE,
                                     .ids = ids,
                                     .value = rest,
                                     .at = at});
    return true;
}

static Str unquote(Str text) {
    return text.size >= 2 ? str_slice(text, 1, text.size - 1) : text;
}

/* click := "click" id-statement ( string string | "href" string ) line-end */
static bool parse_click(Parser *parser) {
    StateMention mention = {.type = STATE_PLAIN};
    StateLook look = {.kind = STATE_LOOK_LINK};
    Span at;
    reader_next(&parser->reader);
    if (!parse_id(parser, &mention))
        return false;
    look.ids = mention.id;
    bool is_href = at_token(parser, TOK_HREF);
    if (is_href)
        reader_next(&parser->reader);
    if (!at_token(parser, TOK_STRING))
        return fail_statement(parser, "an address in quotes");
    look.value = unquote(take_text(parser, &look.at));
    if (!is_href) {
        if (!at_token(parser, TOK_STRING))
            return fail_statement(parser, "a tooltip in quotes");
        look.tooltip = reader_text(&parser->reader, unquote(take_text(parser, &at)));
    }
    add_look(parser, look);
    return expect(parser, TOK_NL, "the end of the line");
}

/* accessibility := "accTitle" ":" line | "accDescr" ":" line | "accDescr" "{" lines "}" */
static bool parse_acc(Parser *parser) {
    bool is_title = at_token(parser, TOK_ACC_TITLE);
    Graph *graph = parser->reader.graph;
    Span at;
    if (!at_token(parser, TOK_ACC_BLOCK))
        reader_next(&parser->reader);
    Str text = reader_text(&parser->reader, take_text(parser, &at));
    if (!is_title)
        graph->description = text;
    else if (!graph->title.size)
        graph->title = text;
    return true;
}

/* direction := anything "direction" ( TB | BT | LR | RL ) anything, to the line's end */
static bool parse_direction(Parser *parser, StateDoc *doc) {
    reader_check_direction(&parser->reader, parser->reader.token);
    doc->direction = reader_direction(parser->reader.token.text);
    reader_next(&parser->reader);
    return true;
}

/* statement := transition | composite | described | special | note | look | click | "--" |
 * direction | accessibility | "scale" number "width" | "hide empty description" */
static bool parse_statement(Parser *parser, StateDoc *doc) {
    Reader *reader = &parser->reader;
    switch (reader->token.kind) {
    case TOK_NL: reader_next(reader); return true;
    case TOK_COMPOSITE: return parse_composite(parser, doc);
    case TOK_DESCRIBED: return parse_described(parser, doc);
    case TOK_FORK: return parse_special(parser, doc, STATE_FORK);
    case TOK_JOIN: return parse_special(parser, doc, STATE_JOIN);
    case TOK_CHOICE: return parse_special(parser, doc, STATE_CHOICE);
    case TOK_NOTE: return parse_note(parser, doc);
    case TOK_CLASS_DEF:
    case TOK_CLASS:
    case TOK_STYLE: return parse_look(parser);
    case TOK_CLICK: return parse_click(parser);
    case TOK_DIRECTION: return parse_direction(parser, doc);
    case TOK_ACC_TITLE:
    case TOK_ACC_DESCR:
    case TOK_ACC_BLOCK: return parse_acc(parser);
    case TOK_HIDE: reader_next(reader); return true;
    case TOK_SCALE: reader_next(reader); return expect(parser, TOK_WIDTH, "a number of pixels");
    case TOK_CONCURRENT:
        add_stmt(parser, doc, STATE_STMT_STATE)->from =
            (StateMention){.type = STATE_DIVIDER, .at = reader_span(reader, reader->token)};
        reader_next(reader);
        return true;
    case TOK_WORDS: {
        Span at;
        take_text(parser, &at);
        reader_fail_at(reader, at, "the name of a state with braces is one word");
        diag_hint(reader->diags, "write state \"a name with spaces\" as an_id {");
        return false;
    }
    default: return parse_transition(parser, doc);
    }
}

/* document := statement* ; ends before "}" or at the end of the text. */
static bool parse_document(Parser *parser, StateDoc *doc) {
    Reader *reader = &parser->reader;
    while (!at_token(parser, MODAL_STOP) && !at_token(parser, TOK_CLOSE)) {
        size_t start = reader->token.start;
        bool ok = parse_statement(parser, doc);
        if (!ok && !reader_recover(reader, parser->depth + 1))
            return false;
        if (doc->count > LIMIT_DIAGRAM_EDGES)
            return reader_limit(reader, reader_span(reader, reader->token), "statements",
                                LIMIT_DIAGRAM_EDGES);
        assert(!ok || reader->token.start > start || at_token(parser, MODAL_STOP) ||
               reader->modal.is_done);
    }
    return true;
}

Graph *syntax_parse_state(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    Parser parser = {.reader = {.arena = arena, .diags = diags}};
    Reader *reader = &parser.reader;
    StateDoc root = {.direction = GRAPH_TB};
    size_t rule_count;
    const ModalRule *rules = state_rules(&rule_count);
    bool is_open = reader_open(reader, source, rules, rule_count, true);
    reader->graph->kind = GRAPH_STATE;
    while (is_open && at_token(&parser, TOK_NL))
        reader_next(reader);
    if (is_open && !at_token(&parser, TOK_SD)) {
        reader_fail_header(reader, "a state diagram begins with a line \"stateDiagram-v2\"");
    } else if (is_open) {
        reader_next(reader);
        parse_document(&parser, &root);
        state_build(reader, &root, &parser.looks);
    }
    reader_check_end(reader);
    assert(graph_check(reader->graph));
    *ok = reader->ok;
    return reader->graph;
}
