#include "base/ban.h"

#include "diagram/syntax/sequence.h"

#include <assert.h>

#include "base/limits.h"
#include "base/num.h"
#include "data/yaml.h"
#include "diagram/syntax/front.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/syntax.h"

/* ---- Frames ---- */

static bool push_open(SequenceParser *parser, SequenceToken word, bool is_box) {
    Span at = sequence_span(parser, word);
    if (parser->depth >= LIMIT_NESTING) {
        parser->ok = false;
        parser->is_over = true;
        diag_add(parser->diags, DIAG_DIAGRAM_LIMIT, at, "more than %zu frames within each other",
                 LIMIT_NESTING);
        return false;
    }
    ARENA_RESERVE(parser->arena, parser->open, parser->depth, parser->open_capacity);
    parser->open[parser->depth++] =
        (SequenceOpen){.word = word.text, .is_box = is_box, .frame = word.frame, .at = at};
    return true;
}

static void add_border(SequenceParser *parser, SequenceStepKind kind, SequenceFrame frame,
                       SequenceToken *title, Span at) {
    bool is_unwrapped = false;
    Label label = {.text = {NULL, 0}};
    if (title)
        label = sequence_make_label(parser, *title, &is_unwrapped);
    SequenceStep *step = sequence_step(parser, kind, at);
    step->frame = frame;
    step->text = label;
    step->is_unwrapped = is_unwrapped;
}

/* frame := ( "loop" | "opt" | "break" | "rect" ) line document "end"
 *        | "alt" line document ( "else" line document )* "end"
 *        | ( "par" | "par_over" ) line document ( "and" line document )* "end"
 *        | "critical" line document ( "option" line document )* "end" */
static bool parse_frame(SequenceParser *parser) {
    SequenceToken word = parser->token;
    if (!push_open(parser, word, false))
        return false;
    sequence_next(parser);
    SequenceToken title = parser->token;
    add_border(parser, STEP_OPEN, word.frame, &title, sequence_span(parser, word));
    return sequence_take(parser, SEQ_LINE, SEQ_AT_STATEMENT);
}

static bool parse_box(SequenceParser *parser) {
    return push_open(parser, parser->token, true) && sequence_parse_box(parser);
}

static bool may_divide(SequenceFrame frame, SequenceTokenKind kind) {
    switch (frame) {
    case FRAME_ALT: return kind == SEQ_ELSE;
    case FRAME_PAR:
    case FRAME_PAR_OVER: return kind == SEQ_AND;
    case FRAME_CRITICAL: return kind == SEQ_OPTION;
    case FRAME_LOOP:
    case FRAME_OPT:
    case FRAME_BREAK:
    case FRAME_RECT:
    case FRAME_KIND_COUNT: break;
    }
    return false;
}

/* The part of a frame from `else`, `and` or `option` on; one that belongs to a block told to be
 * wrong already is no second error. */
static bool parse_section(SequenceParser *parser) {
    SequenceToken word = parser->token;
    SequenceOpen *open = parser->depth ? &parser->open[parser->depth - 1] : NULL;
    bool fits = open && !open->is_box && may_divide(open->frame, word.kind);
    if (!fits && !parser->lost)
        return sequence_fail(parser, SEQ_AT_STATEMENT);
    sequence_next(parser);
    SequenceToken title = parser->token;
    if (fits)
        add_border(parser, STEP_SECTION, open->frame, &title, sequence_span(parser, word));
    return sequence_take(parser, SEQ_LINE, SEQ_AT_STATEMENT);
}

static void close_frame(SequenceParser *parser, Span at) {
    SequenceOpen open = parser->open[--parser->depth];
    if (open.is_box)
        parser->box = SEQUENCE_NONE;
    else
        add_border(parser, STEP_CLOSE, open.frame, NULL, at);
}

static bool parse_end(SequenceParser *parser) {
    if (parser->depth == 0 && !parser->lost)
        return sequence_fail(parser, SEQ_AT_STATEMENT);
    if (parser->depth > 0)
        close_frame(parser, sequence_span(parser, parser->token));
    else
        parser->lost--;
    sequence_next(parser);
    return true;
}

/* ---- The rest of the statements ---- */

/* A title that stands a line below its word swallows a statement. */
static bool parse_title(SequenceParser *parser) {
    SequenceToken token = parser->token;
    Str text = letters_trim(token.text);
    size_t start = (size_t)(text.data - parser->clean.text.data);
    if (str_find_char(str_slice(parser->clean.text, token.start, start), '\n', 0) != STR_NONE) {
        diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT,
                 preprocess_span(&parser->clean, start, text.size),
                 "Mermaid takes this line for the text of the title above it");
        diag_hint(parser->diags, "write the text behind the word title");
    }
    LabelText title = label_read(text, parser->arena);
    if (title.text.size) {
        parser->model->title = title.text;
        parser->model->heading = (Label){.text = title.text, .marks = title.marks};
    }
    sequence_next(parser);
    return true;
}

static bool parse_acc(SequenceParser *parser) {
    Str text = label_read(parser->token.text, parser->arena).text;
    if (parser->token.kind == SEQ_ACC_DESCR)
        parser->model->description = text;
    else if (!parser->model->title.size)
        parser->model->title = text;
    sequence_next(parser);
    return true;
}

/* A number with at most two places behind the point, in hundredths. */
static int64_t hundredths(Str text) {
    int64_t whole = 0, part = 0;
    size_t dot = str_find_char(text, '.', 0);
    Str digits = str_slice(text, 0, dot),
        rest = str_from_offset(text, dot == STR_NONE ? text.size : dot + 1);
    if (digits.size && !num_parse_range(digits, 0, 1000000000, &whole))
        whole = 1000000000;
    if (rest.size)
        num_parse_range(rest, 0, 99, &part);
    return whole * 100 + (rest.size == 1 ? part * 10 : part);
}

/* autonumber := "autonumber" ( "off" | ( number number? )? ) line-end */
static bool parse_autonumber(SequenceParser *parser) {
    SequenceStep *step = sequence_step(parser, STEP_NUMBER, sequence_span(parser, parser->token));
    step->is_numbered = true;
    step->increment = 100;
    sequence_next(parser);
    if (parser->token.kind == SEQ_OFF) {
        step->is_numbered = false;
        sequence_next(parser);
    } else if (parser->token.kind == SEQ_NUMBER) {
        step->has_number = true;
        step->number = hundredths(parser->token.text);
        sequence_next(parser);
        if (parser->token.kind == SEQ_NUMBER) {
            step->increment = hundredths(parser->token.text);
            sequence_next(parser);
        }
    }
    return sequence_take(parser, SEQ_NEWLINE, SEQ_AT_AUTONUMBER);
}

static bool parse_newline(SequenceParser *parser) {
    Str text = parser->clean.text;
    SequenceToken token = parser->token, before = parser->before;
    bool is_semicolon = token.end > token.start && text.data[token.start] == ';';
    bool is_text = before.kind == SEQ_TEXT || before.kind == SEQ_LINE || before.kind == SEQ_TITLE;
    if (!is_semicolon || is_text)
        parser->semicolon = (SequenceToken){.kind = SEQ_STOP};
    if (is_semicolon && is_text)
        parser->semicolon = token;
    sequence_next(parser);
    return true;
}

/* Mermaid passes over characters that it cannot read at the start of a statement. */
static bool parse_bad(SequenceParser *parser) {
    size_t start = parser->token.start, end = start;
    while (parser->token.kind == SEQ_BAD && parser->token.end > end) {
        end = parser->token.end;
        sequence_next(parser);
    }
    if (end == start)
        return sequence_fail(parser, SEQ_AT_STATEMENT);
    Str lost = str_slice(parser->clean.text, start, end);
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT,
             preprocess_span(&parser->clean, start, lost.size), "Mermaid passes over \"%.*s\" here",
             STR_FMT(str_slice(lost, 0, 40)));
    return true;
}

typedef bool Statement(SequenceParser *parser);

/* statement := declaration | create | destroy | box | message | note | activation | autonumber |
 *              frame | section | "end" | links | title | acc-title | acc-descr ; and empty lines.
 */
static Statement *const statements[SEQ_TOKEN_COUNT] = {
    [SEQ_NEWLINE] = parse_newline,
    [SEQ_BAD] = parse_bad,
    [SEQ_PARTICIPANT] = sequence_parse_participant,
    [SEQ_ACTOR] = sequence_parse_participant,
    [SEQ_CREATE] = sequence_parse_create,
    [SEQ_DESTROY] = sequence_parse_destroy,
    [SEQ_BOX] = parse_box,
    [SEQ_NAME] = sequence_parse_message,
    [SEQ_NOTE] = sequence_parse_note,
    [SEQ_ACTIVATE] = sequence_parse_activation,
    [SEQ_DEACTIVATE] = sequence_parse_activation,
    [SEQ_AUTONUMBER] = parse_autonumber,
    [SEQ_FRAME] = parse_frame,
    [SEQ_ELSE] = parse_section,
    [SEQ_AND] = parse_section,
    [SEQ_OPTION] = parse_section,
    [SEQ_END] = parse_end,
    [SEQ_LINKS] = sequence_parse_links,
    [SEQ_LINK] = sequence_parse_links,
    [SEQ_PROPERTIES] = sequence_parse_links,
    [SEQ_DETAILS] = sequence_parse_links,
    [SEQ_TITLE] = parse_title,
    [SEQ_ACC_TITLE] = parse_acc,
    [SEQ_ACC_DESCR] = parse_acc,
};

/* In a box only these may stand. */
static bool fits_in_box(SequenceTokenKind kind) {
    return kind == SEQ_PARTICIPANT || kind == SEQ_ACTOR || kind == SEQ_DESTROY ||
           kind == SEQ_NEWLINE || kind == SEQ_END;
}

/* The first line that cannot stand in a box is the finding; what follows stands behind it. */
static bool leave_box(SequenceParser *parser) {
    SequenceTokenKind kind = parser->token.kind;
    sequence_fail(parser, SEQ_AT_STATEMENT);
    parser->lost += kind == SEQ_BOX || kind == SEQ_FRAME ? 2 : 1;
    close_frame(parser, sequence_span(parser, parser->token));
    return false;
}

/* A line that is no statement: one of a block, for all we know, or the brace at its end. */
static void pass_line(SequenceParser *parser, size_t start) {
    Str line = str_from_offset(parser->clean.text, start);
    line = letters_trim(str_slice(line, 0, str_find_char(line, '\n', 0)));
    bool is_message = str_find_char(line, ':', 0) != STR_NONE;
    if (str_equal(line, STR("}")) && parser->depth > 0)
        close_frame(parser, sequence_span(parser, parser->token));
    else
        parser->lost += !is_message;
}

static bool parse_statement(SequenceParser *parser) {
    SequenceTokenKind kind = parser->token.kind;
    size_t start = parser->token.start;
    if (parser->box != SEQUENCE_NONE && !fits_in_box(kind))
        return leave_box(parser);
    if (!statements[kind])
        return sequence_fail(parser, SEQ_AT_STATEMENT);
    bool ok = statements[kind](parser);
    if (!ok && kind == SEQ_NAME)
        pass_line(parser, start);
    return ok;
}

/* ---- The document ---- */

/* After an error reading goes on with the line behind the token that did not fit. */
static void recover(SequenceParser *parser) {
    size_t next = str_find_char(parser->clean.text, '\n', parser->token.start);
    parser->lexer.mode = SEQ_MODE_INITIAL;
    parser->lexer.at = next == STR_NONE ? parser->clean.text.size : next;
    sequence_next(parser);
}

/* The line end behind a message belongs to its statement; a `;` in its place is remembered. */
static void note_semicolon(SequenceParser *parser, size_t statement_start) {
    SequenceToken before = parser->before;
    bool is_here = before.kind == SEQ_NEWLINE && before.start > statement_start &&
                   before.end > before.start && parser->clean.text.data[before.start] == ';';
    parser->semicolon = is_here ? before : (SequenceToken){.kind = SEQ_STOP};
}

static void parse_document(SequenceParser *parser) {
    while (parser->token.kind != SEQ_STOP && !parser->is_over) {
        SequenceTokenKind kind = parser->token.kind;
        size_t start = parser->token.start;
        if (!parse_statement(parser)) {
            if (!parser->is_over)
                recover(parser);
            parser->semicolon = (SequenceToken){.kind = SEQ_STOP};
        } else if (kind != SEQ_NEWLINE) {
            note_semicolon(parser, start);
        }
    }
    while (parser->depth > 0) {
        SequenceOpen open = parser->open[parser->depth - 1];
        if (!parser->is_over) {
            SEQUENCE_ERROR(parser, open.at, "this %.*s has no end",
                           STR_FMT(str_lower(parser->arena, open.word)));
            diag_hint(parser->diags, "write \"end\" on a line of its own behind its last line");
        }
        close_frame(parser, open.at);
    }
}

/* header := line-end* "sequenceDiagram" */
static bool parse_header(SequenceParser *parser) {
    while (parser->token.kind == SEQ_NEWLINE)
        sequence_next(parser);
    return sequence_take(parser, SEQ_HEADER, SEQ_AT_HEADER);
}

/* Activations of participants that nothing else mentions cannot be drawn. */
static void resolve_activations(SequenceParser *parser) {
    Sequence *model = parser->model;
    size_t kept = 0;
    for (size_t i = 0; i < model->step_count; i++) {
        SequenceStep step = model->steps[i];
        if (step.kind == STEP_ACTIVATE || step.kind == STEP_DEACTIVATE) {
            step.from = sequence_find(model, parser->names[i]);
            if (step.from == SEQUENCE_NONE) {
                if (parser->ok)
                    diag_add(parser->diags, DIAG_DIAGRAM_UNKNOWN_NODE, step.at,
                             "no message mentions \"%.*s\"", STR_FMT(parser->names[i]));
                continue;
            }
        }
        model->steps[kept++] = step;
    }
    model->step_count = kept;
}

static void warn_pending(SequenceParser *parser) {
    if (!parser->created.id.data)
        return;
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, parser->created.at,
             "no message creates \"%.*s\"", STR_FMT(parser->created.id));
    diag_hint(parser->diags, "write the message that creates it on the next line");
}

/* What front matter and directives say; the graph is only the form in which they are read. */
static bool read_front(SequenceParser *parser) {
    Sequence *model = parser->model;
    Graph *front = graph_new(parser->arena);
    if (!front_read(&parser->clean, front, parser->arena, parser->diags))
        return false;
    model->title = front->title;
    model->heading = front->heading;
    model->caption = front->caption;
    front_refuse_graph(front, STR("sequence diagram"), parser->diags);
    Diags *unheard = diags_new(parser->arena);
    for (size_t i = 0; i <= parser->clean.directive_count; i++) {
        bool is_front = i == parser->clean.directive_count;
        Span span = is_front ? parser->clean.front_matter : parser->clean.directives[i];
        if (!span.source)
            continue;
        const YamlNode *config = yaml_parse(span, DIAG_DIAGRAM_SYNTAX, parser->arena, unheard);
        if (is_front)
            config = yaml_find(config, "config");
        const YamlNode *numbers = yaml_find(yaml_find(config, "sequence"), "showSequenceNumbers");
        if (numbers && numbers->kind == YAML_BOOL)
            model->is_numbered = numbers->is_true;
    }
    return true;
}

Sequence *syntax_parse_sequence(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    SequenceParser parser = {
        .arena = arena,
        .diags = diags,
        .model = sequence_new(arena),
        .ok = true,
        .box = SEQUENCE_NONE,
        .active = map_new(arena),
    };
    *ok = false;
    if (source->text.size > LIMIT_DIAGRAM_SIZE) {
        diag_add(diags, DIAG_DIAGRAM_LIMIT, span_of(source, 0, 0), "more than %zu bytes",
                 LIMIT_DIAGRAM_SIZE);
        return parser.model;
    }
    parser.clean = preprocess_run_plain(source, arena);
    parser.lexer.text = parser.clean.text;
    parser.ok = read_front(&parser);
    sequence_next(&parser);
    if (parse_header(&parser)) {
        parse_document(&parser);
        warn_pending(&parser);
    }
    resolve_activations(&parser);
    assert(sequence_check(parser.model));
    *ok = parser.ok;
    return parser.model;
}
