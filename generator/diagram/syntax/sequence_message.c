#include "base/ban.h"

#include "diagram/syntax/label.h"
#include "diagram/syntax/sequence.h"

/* ---- Activations ---- */

static size_t active_count(const SequenceParser *parser, Str id) {
    const void *value = map_find(parser->active, id);
    return value ? (size_t)(uintptr_t)value - 1 : 0;
}

/* Mermaid finds out who is meant only after the whole text was read: `activate A` may come before A
 * is mentioned anywhere. */
bool sequence_activate(SequenceParser *parser, bool is_start, SequenceToken name) {
    Str id = label_unmark(name.text, parser->arena);
    size_t count = active_count(parser, id);
    Span at = sequence_span(parser, name);
    if (!is_start && count == 0) {
        SEQUENCE_ERROR(parser, at, "\"%.*s\" is not active here", STR_FMT(id));
        diag_hint(parser->diags, "write \"activate %.*s\" before it, or ->>+ on a message to it",
                  STR_FMT(id));
        return true; /* the statement itself was read to its end */
    }
    map_put(parser->active, id, (void *)(uintptr_t)(is_start ? count + 2 : count));
    SequenceStep *step = sequence_step(parser, is_start ? STEP_ACTIVATE : STEP_DEACTIVATE, at);
    size_t index = (size_t)(step - parser->model->steps);
    while (index >= parser->name_capacity)
        parser->names = arena_grow(parser->arena, parser->names, sizeof *parser->names,
                                   parser->name_capacity, &parser->name_capacity);
    parser->names[index] = id;
    return true;
}

/* activation := ( "activate" | "deactivate" ) name line-end */
bool sequence_parse_activation(SequenceParser *parser) {
    bool is_start = parser->token.kind == SEQ_ACTIVATE;
    sequence_next(parser);
    SequenceToken name = parser->token;
    return sequence_take(parser, SEQ_NAME, SEQ_AT_ACTIVATION) &&
           sequence_take(parser, SEQ_NEWLINE, SEQ_AT_ACTIVATION) &&
           sequence_activate(parser, is_start, name);
}

/* ---- Messages ---- */

/* Who was created or destroyed in the line before must be met by this message. */
static void settle_pending(SequenceParser *parser, SequenceStep *step, Str from, Str to) {
    Sequence *model = parser->model;
    if (parser->created.id.data) {
        step->is_creating = str_equal(to, parser->created.id);
        if (!step->is_creating) {
            SEQUENCE_ERROR(parser, parser->created.at,
                           "the message behind the creation of \"%.*s\" goes to \"%.*s\"",
                           STR_FMT(parser->created.id), STR_FMT(to));
            diag_hint(parser->diags, "write the message that creates it on the next line");
        }
        parser->created.id.data = NULL;
    } else if (parser->destroyed.id.data) {
        if (str_equal(from, parser->destroyed.id) || str_equal(to, parser->destroyed.id)) {
            step->destroyed = sequence_find(model, parser->destroyed.id);
        } else {
            SEQUENCE_ERROR(parser, parser->destroyed.at,
                           "the message behind the end of \"%.*s\" has nothing to do with it",
                           STR_FMT(parser->destroyed.id));
            diag_hint(parser->diags, "write the last message to or from it on the next line");
        }
        parser->destroyed.id.data = NULL;
    }
}

/* What stands between sender and receiver. */
typedef struct Joint {
    SequenceToken arrow;
    bool has_origin, has_dot, is_activating, is_ending;
} Joint;

/* joint := "()"? arrow ( "()" | "+" | "-" )? ; a dot at the sender goes with a dot or nothing. */
static bool parse_joint(SequenceParser *parser, Joint *joint) {
    joint->has_origin = parser->token.kind == SEQ_DOT;
    if (joint->has_origin)
        sequence_next(parser);
    joint->arrow = parser->arrow = parser->token;
    if (!sequence_take(parser, SEQ_ARROW, SEQ_AT_ARROW))
        return false;
    joint->has_dot = parser->token.kind == SEQ_DOT;
    joint->is_activating = parser->token.kind == SEQ_PLUS && !joint->has_origin;
    joint->is_ending = parser->token.kind == SEQ_MINUS && !joint->has_origin;
    if (joint->has_dot || joint->is_activating || joint->is_ending)
        sequence_next(parser);
    return true;
}

/* message := name joint name text line-end */
bool sequence_parse_message(SequenceParser *parser) {
    SequenceToken from = parser->token, to, text;
    Joint joint;
    parser->sender = from.text;
    sequence_next(parser);
    if (!parse_joint(parser, &joint))
        return false;
    to = parser->token;
    if (!sequence_take(parser, SEQ_NAME, SEQ_AT_RECEIVER))
        return false;
    text = parser->token;
    if (!sequence_take(parser, SEQ_TEXT, SEQ_AT_COLON) ||
        !sequence_take(parser, SEQ_NEWLINE, SEQ_AT_LINE_END))
        return false;

    ParticipantId sender = sequence_mention(parser, from), receiver = sequence_mention(parser, to);
    bool is_unwrapped = false;
    Label label = sequence_make_label(parser, text, &is_unwrapped);
    SequenceStep *step = sequence_step(parser, STEP_MESSAGE, sequence_span(parser, joint.arrow));
    step->from = sender;
    step->to = receiver;
    step->text = label;
    step->is_unwrapped = is_unwrapped;
    step->is_dotted = joint.arrow.is_dotted;
    step->head = joint.arrow.head;
    step->has_dot = joint.has_dot;
    step->has_origin = joint.has_origin;
    settle_pending(parser, step, parser->model->participants[sender].id,
                   parser->model->participants[receiver].id);
    if (joint.is_activating)
        return sequence_activate(parser, true, to);
    return !joint.is_ending || sequence_activate(parser, false, from);
}

/* ---- Notes ---- */

/* note := "note" ( ( "left of" | "right of" ) name | "over" name ( "," name )? ) text line-end */
bool sequence_parse_note(SequenceParser *parser) {
    sequence_next(parser);
    SequenceTokenKind kind = parser->token.kind;
    if (kind != SEQ_OVER && kind != SEQ_LEFT_OF && kind != SEQ_RIGHT_OF)
        return sequence_fail(parser, SEQ_AT_NOTE_PLACE);
    sequence_next(parser);
    SequenceToken first = parser->token, last = first;
    if (!sequence_take(parser, SEQ_NAME, SEQ_AT_NOTE_NAME))
        return false;
    if (kind == SEQ_OVER && parser->token.kind == SEQ_COMMA) {
        sequence_next(parser);
        last = parser->token;
        if (!sequence_take(parser, SEQ_NAME, SEQ_AT_NOTE_NAME))
            return false;
    }
    SequenceToken text = parser->token;
    if (!sequence_take(parser, SEQ_TEXT, SEQ_AT_NOTE_COLON) ||
        !sequence_take(parser, SEQ_NEWLINE, SEQ_AT_LINE_END))
        return false;

    ParticipantId from = sequence_mention(parser, first), to = sequence_mention(parser, last);
    bool is_unwrapped = false;
    Label label = sequence_make_label(parser, text, &is_unwrapped);
    SequenceStep *step = sequence_step(parser, STEP_NOTE, label.at);
    step->from = from;
    step->to = to;
    step->text = label;
    step->is_unwrapped = is_unwrapped;
    step->place = kind == SEQ_OVER ? PLACE_OVER : kind == SEQ_LEFT_OF ? PLACE_LEFT : PLACE_RIGHT;
    return true;
}
