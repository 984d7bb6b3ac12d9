/* sequence_dump.h: a sequence diagram as lines of text, for tests.
 * In: diagram text; out: one line per participant and step, in which everything that has its
 * default is left out. Included by the tests of diagram/syntax only. */
#ifndef TESTS_SEQUENCE_DUMP_H
#define TESTS_SEQUENCE_DUMP_H

#include "unit/diagram/syntax/flow_dump.h"

static inline void dump_participant(Buf *buf, const Sequence *sequence, const Participant *one) {
    buf_add(buf, sequence_kind_name(one->kind));
    dump_text(buf, " ", one->id);
    if (!str_equal(one->id, one->label.text)) {
        buf_add_text(buf, " \"");
        dump_text(buf, "", one->label.text);
        buf_add_char(buf, '"');
    }
    if (one->box != SEQUENCE_NONE) {
        const SequenceBox *box = &sequence->boxes[one->box];
        buf_add_text(buf, " in \"");
        dump_text(buf, "", box->title.text);
        buf_add_char(buf, '"');
        dump_text(buf, " ", box->color);
    }
    for (size_t i = 0; i < one->link_count; i++) {
        dump_text(buf, " link ", one->links[i].text);
        dump_text(buf, " = ", one->links[i].url);
    }
    buf_add_char(buf, '\n');
}

static inline void dump_message(Buf *buf, const Sequence *sequence, const SequenceStep *step) {
    buf_add(buf, sequence->participants[step->from].id);
    buf_add_text(buf, step->has_origin ? " () " : " ");
    buf_add(buf, sequence_head_name(step->head));
    buf_add_text(buf, step->is_dotted ? " dotted" : "");
    buf_add_text(buf, step->has_dot ? " () " : " ");
    buf_add(buf, sequence->participants[step->to].id);
    if (step->is_creating)
        buf_add_text(buf, " created");
    if (step->destroyed != SEQUENCE_NONE)
        dump_text(buf, " ends ", sequence->participants[step->destroyed].id);
}

static inline void dump_note(Buf *buf, const Sequence *sequence, const SequenceStep *step) {
    static const char *const places[] = {"over", "left", "right"};
    buf_add_format(buf, "note %s", places[step->place]);
    dump_text(buf, " ", sequence->participants[step->from].id);
    if (step->to != step->from)
        dump_text(buf, " ", sequence->participants[step->to].id);
}

static inline void dump_step(Buf *buf, const Sequence *sequence, const SequenceStep *step) {
    static const char *const words[] = {"",     "",     "activate", "deactivate",
                                        "open", "part", "close",    "number"};
    if (step->kind == STEP_MESSAGE)
        dump_message(buf, sequence, step);
    else if (step->kind == STEP_NOTE)
        dump_note(buf, sequence, step);
    else
        buf_add_text(buf, words[step->kind]);
    if (step->kind == STEP_ACTIVATE || step->kind == STEP_DEACTIVATE)
        dump_text(buf, " ", sequence->participants[step->from].id);
    if (step->kind == STEP_OPEN || step->kind == STEP_SECTION || step->kind == STEP_CLOSE)
        dump_text(buf, " ", sequence_frame_name(step->frame));
    if (step->kind == STEP_NUMBER && !step->is_numbered)
        buf_add_text(buf, " off");
    if (step->has_number)
        buf_add_format(buf, " %lld %lld", (long long)step->number, (long long)step->increment);
    dump_text(buf, ": ", step->text.text);
    buf_add_text(buf, step->is_unwrapped ? " nowrap\n" : "\n");
}

/* The whole diagram; "refused" alone when Mermaid would refuse it. */
static inline Str dump_sequence(Str text, Arena *arena) {
    Buf buf = buf_new(arena);
    bool ok;
    const Sequence *sequence =
        syntax_parse_sequence(source_new(arena, STR("a.mmd"), text), arena, diags_new(arena), &ok);
    if (!ok)
        return STR("refused\n");
    if (sequence->title.size) {
        dump_text(&buf, "title ", sequence->title);
        buf_add_char(&buf, '\n');
    }
    for (size_t i = 0; i < sequence->participant_count; i++)
        dump_participant(&buf, sequence, &sequence->participants[i]);
    for (size_t i = 0; i < sequence->step_count; i++)
        dump_step(&buf, sequence, &sequence->steps[i]);
    return buf_str(&buf);
}

#endif
