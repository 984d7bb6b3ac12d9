#include "base/ban.h"

#include "base/limits.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/sequence.h"

Span sequence_span(const SequenceParser *parser, SequenceToken token) {
    size_t start = token.start, size = token.end - token.start;
    if (token.kind == SEQ_NAME) {
        start = (size_t)(token.text.data - parser->clean.text.data);
        size = token.text.size;
    } else if (token.kind == SEQ_NEWLINE) {
        size = size && parser->clean.text.data[start] == ';';
    }
    return preprocess_span(&parser->clean, start, size);
}

/* Mermaid takes `#` for the beginning of a comment even in the middle of a message. */
static void warn_cut(SequenceParser *parser, size_t from) {
    Str text = parser->clean.text;
    size_t end = str_find_char(text, '\n', from);
    Str lost = letters_trim(str_slice(text, from, end));
    if (!str_starts_with(lost, STR("#")) || lost.size < 2)
        return;
    size_t start = (size_t)(lost.data - text.data);
    Str shown = span_text(preprocess_span(&parser->clean, start, lost.size));
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT,
             preprocess_span(&parser->clean, start, lost.size),
             "Mermaid takes \"%.*s\" for a comment and drops it", STR_FMT(shown));
    diag_hint(parser->diags, "write #35; for # in a text, and comments on a line of their own "
                             "behind %%%%");
}

static bool is_text(SequenceTokenKind kind) {
    return kind == SEQ_TEXT || kind == SEQ_LINE || kind == SEQ_TITLE;
}

void sequence_next(SequenceParser *parser) {
    parser->before = parser->token;
    parser->token = sequence_lex_next(&parser->lexer);
    if (is_text(parser->before.kind))
        warn_cut(parser, parser->before.end);
    /* A comment right behind `loop` leaves an empty title. */
    if (parser->token.kind == SEQ_LINE && !parser->token.text.size)
        warn_cut(parser, parser->before.end);
}

bool sequence_take(SequenceParser *parser, SequenceTokenKind kind, SequencePlaceInText place) {
    if (parser->token.kind != kind)
        return sequence_fail(parser, place);
    sequence_next(parser);
    return true;
}

/* wrap := ":"? ( "wrap" | "nowrap" ) ":" ; gives what stands behind it. */
static Str cut_wrap(Str text, bool *is_unwrapped) {
    size_t start = str_starts_with(text, STR(":")) ? 1 : 0;
    bool is_no = str_starts_with(str_from_offset(text, start), STR("nowrap:"));
    if (!is_no && !str_starts_with(str_from_offset(text, start), STR("wrap:")))
        return text;
    *is_unwrapped = is_no;
    return letters_trim(str_from_offset(text, start + (is_no ? 7 : 5)));
}

/* A text in quotes is only a text in flowcharts; here the quotes belong to it. */
static LabelText read_label(const SequenceParser *parser, Str raw) {
    LabelText label = label_read(raw, parser->arena);
    if (raw.size > 1 && raw.data[0] == '"' && str_ends_with(raw, STR("\"")))
        label = (LabelText){.text = str_format(parser->arena, "\"%.*s\"", STR_FMT(label.text)),
                            .lost = label.lost,
                            .picture = label.picture};
    return label;
}

Label sequence_make_label(SequenceParser *parser, SequenceToken token, bool *is_unwrapped) {
    Str raw = letters_trim(token.text);
    if (token.kind == SEQ_TEXT)
        raw = letters_trim(str_from_offset(raw, 1));
    raw = cut_wrap(raw, is_unwrapped);
    Span at = preprocess_span(&parser->clean,
                              raw.size ? (size_t)(raw.data - parser->clean.text.data) : token.start,
                              raw.size);
    return label_report(read_label(parser, raw), at, parser->diags);
}

ParticipantId sequence_mention(SequenceParser *parser, SequenceToken name) {
    Str id = label_unmark(name.text, parser->arena);
    size_t count = parser->model->participant_count;
    ParticipantId found =
        sequence_intern(parser->model, parser->arena, id, sequence_span(parser, name));
    if (parser->model->participant_count > count) {
        Participant *made = &parser->model->participants[found];
        made->label.text = read_label(parser, name.text).text;
        if (count >= LIMIT_DIAGRAM_NODES) {
            parser->ok = false;
            parser->is_over = true;
            diag_add(parser->diags, DIAG_DIAGRAM_LIMIT, made->at, "more than %zu participants",
                     LIMIT_DIAGRAM_NODES);
        }
    }
    return found;
}

SequenceStep *sequence_step(SequenceParser *parser, SequenceStepKind kind, Span at) {
    if (parser->model->step_count >= LIMIT_DIAGRAM_EDGES && !parser->is_over) {
        parser->ok = false;
        parser->is_over = true;
        diag_add(parser->diags, DIAG_DIAGRAM_LIMIT, at, "more than %zu messages and other steps",
                 LIMIT_DIAGRAM_EDGES);
    }
    return sequence_add_step(parser->model, parser->arena, kind, at);
}
