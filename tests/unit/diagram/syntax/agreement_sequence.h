/* agreement_sequence.h: a sequence diagram beside Mermaid's: participants with kind, label, box and
 * links, and every step in order. See agreement.h. */
#ifndef TESTS_AGREEMENT_SEQUENCE_H
#define TESTS_AGREEMENT_SEQUENCE_H

#include "unit/diagram/syntax/agreement.h"

static inline void compare_actor(Case *one, const YamlNode *expected, const Participant *found) {
    const Sequence *model = one->sequence;
    compare_text(one, "id", truth_text(expected, "id"), found->id);
    compare_label(one, "label", truth_text(expected, "label"), found->label.text);
    compare_text(one, "kind", truth_text(expected, "kind"), sequence_kind_name(found->kind));
    Str box = found->box == SEQUENCE_NONE ? STR("") : model->boxes[found->box].title.text;
    compare_label(one, "box", truth_text(expected, "box"), box);
    const YamlNode *links = yaml_find(expected, "links");
    compare_count(one, "number of links", truth_count(links), found->link_count);
    for (size_t i = 0; i < truth_count(links) && i < found->link_count; i++) {
        compare_text(one, "link", links->keys[i]->text, found->links[i].text);
        compare_text(one, "link", links->values[i]->text, found->links[i].url);
    }
}

/* Mermaid's names for arrows, in the order of SequenceHead. */
static const char *const arrow_names[SEQUENCE_HEAD_COUNT][2] = {
    {"SOLID_OPEN", "DOTTED_OPEN"},
    {"SOLID", "DOTTED"},
    {"BIDIRECTIONAL_SOLID", "BIDIRECTIONAL_DOTTED"},
    {"SOLID_CROSS", "DOTTED_CROSS"},
    {"SOLID_POINT", "DOTTED_POINT"},
    {"SOLID_TOP", "SOLID_TOP_DOTTED"},
    {"SOLID_BOTTOM", "SOLID_BOTTOM_DOTTED"},
    {"STICK_TOP", "STICK_TOP_DOTTED"},
    {"STICK_BOTTOM", "STICK_BOTTOM_DOTTED"},
    {"SOLID_ARROW_TOP_REVERSE", "SOLID_ARROW_TOP_REVERSE_DOTTED"},
    {"SOLID_ARROW_BOTTOM_REVERSE", "SOLID_ARROW_BOTTOM_REVERSE_DOTTED"},
    {"STICK_ARROW_TOP_REVERSE", "STICK_ARROW_TOP_REVERSE_DOTTED"},
    {"STICK_ARROW_BOTTOM_REVERSE", "STICK_ARROW_BOTTOM_REVERSE_DOTTED"},
};

static inline Str frame_step_name(const SequenceStep *step, Arena *arena) {
    static const char *const names[FRAME_KIND_COUNT] = {"LOOP",     "ALT",      "OPT",   "PAR",
                                                        "PAR_OVER", "CRITICAL", "BREAK", "RECT"};
    if (step->kind == STEP_SECTION)
        return step->frame == FRAME_ALT        ? STR("ALT_ELSE")
               : step->frame == FRAME_CRITICAL ? STR("CRITICAL_OPTION")
                                               : STR("PAR_AND");
    if (step->frame == FRAME_PAR_OVER && step->kind == STEP_CLOSE)
        return STR("PAR_END");
    return str_format(arena, "%s%s", names[step->frame],
                      step->kind == STEP_OPEN ? "_START" : "_END");
}

static inline Str step_name(const SequenceStep *step, Arena *arena) {
    switch (step->kind) {
    case STEP_MESSAGE: return str_from(arrow_names[step->head][step->is_dotted]);
    case STEP_NOTE: return STR("NOTE");
    case STEP_ACTIVATE: return STR("ACTIVE_START");
    case STEP_DEACTIVATE: return STR("ACTIVE_END");
    case STEP_NUMBER: return STR("AUTONUMBER");
    case STEP_OPEN:
    case STEP_SECTION:
    case STEP_CLOSE: break;
    }
    return frame_step_name(step, arena);
}

/* Numbers are kept in hundredths. */
static inline void compare_number(Case *one, const char *what, Str expected, int64_t found) {
    Buf buf = buf_new(one->arena);
    buf_add_fixed(&buf, found, 100, 2);
    compare_text(one, what, expected, buf_str(&buf));
}

static inline void compare_numbers(Case *one, const YamlNode *expected, const SequenceStep *step) {
    const YamlNode *visible = yaml_find(expected, "visible");
    compare_count(one, "autonumber is shown", visible && visible->is_true, step->is_numbered);
    compare_count(one, "autonumber has numbers", yaml_find(expected, "start") != NULL,
                  step->has_number);
    if (!step->has_number)
        return;
    compare_number(one, "autonumber from", truth_text(expected, "start"), step->number);
    compare_number(one, "autonumber by", truth_text(expected, "step"), step->increment);
}

static inline Str participant_id(const Sequence *model, ParticipantId id) {
    return id == SEQUENCE_NONE ? STR("") : model->participants[id].id;
}

static inline void compare_step(Case *one, const YamlNode *expected, const SequenceStep *step) {
    static const char *const places[] = {"OVER", "LEFTOF", "RIGHTOF"};
    compare_text(one, "step", truth_text(expected, "kind"), step_name(step, one->arena));
    compare_text(one, "from", truth_text(expected, "from"),
                 participant_id(one->sequence, step->from));
    if (step->kind != STEP_NOTE || truth_text(expected, "to").size)
        compare_text(one, "to", truth_text(expected, "to"),
                     participant_id(one->sequence, step->to));
    if (step->kind == STEP_NOTE)
        compare_text(one, "placement", truth_text(expected, "placement"),
                     str_from(places[step->place]));
    if (step->kind == STEP_NUMBER)
        compare_numbers(one, yaml_find(expected, "text"), step);
    else
        compare_label(one, "text", truth_text(expected, "text"), step->text.text);
}

static inline void compare_sequence(Case *one, const YamlNode *model) {
    const Sequence *found = one->sequence;
    if (truth_text(model, "title").size)
        compare_label(one, "title", truth_text(model, "title"), found->title);
    const YamlNode *actors = yaml_find(model, "actors");
    compare_count(one, "number of participants", truth_count(actors), found->participant_count);
    for (size_t i = 0; i < truth_count(actors) && i < found->participant_count; i++)
        compare_actor(one, actors->values[i], &found->participants[i]);
    compare_count(one, "number of boxes", truth_count(yaml_find(model, "boxes")), found->box_count);
    const YamlNode *messages = yaml_find(model, "messages");
    size_t next = 0;
    for (size_t i = 0; i < truth_count(messages); i++) {
        /* The dots of `()` are steps of their own to Mermaid. */
        if (str_starts_with(truth_text(messages->values[i], "kind"), STR("CENTRAL")))
            continue;
        if (next < found->step_count)
            compare_step(one, messages->values[i], &found->steps[next]);
        next++;
    }
    compare_count(one, "number of steps", next, found->step_count);
}

#endif
