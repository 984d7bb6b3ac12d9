#include "base/ban.h"

#include "diagram/model/sequence.h"

#include <assert.h>

static const char *const kind_names[PARTICIPANT_KIND_COUNT] = {
    [PARTICIPANT_BOX] = "participant",         [PARTICIPANT_ACTOR] = "actor",
    [PARTICIPANT_BOUNDARY] = "boundary",       [PARTICIPANT_CONTROL] = "control",
    [PARTICIPANT_ENTITY] = "entity",           [PARTICIPANT_DATABASE] = "database",
    [PARTICIPANT_COLLECTIONS] = "collections", [PARTICIPANT_QUEUE] = "queue",
};

static const char *const head_names[SEQUENCE_HEAD_COUNT] = {
    [SEQUENCE_HEAD_NONE] = "none",
    [SEQUENCE_HEAD_ARROW] = "arrow",
    [SEQUENCE_HEAD_BOTH] = "both",
    [SEQUENCE_HEAD_CROSS] = "cross",
    [SEQUENCE_HEAD_POINT] = "point",
    [SEQUENCE_HEAD_HALF_TOP] = "half-top",
    [SEQUENCE_HEAD_HALF_BOTTOM] = "half-bottom",
    [SEQUENCE_HEAD_STICK_TOP] = "stick-top",
    [SEQUENCE_HEAD_STICK_BOTTOM] = "stick-bottom",
    [SEQUENCE_HEAD_HALF_TOP_REVERSE] = "half-top-reverse",
    [SEQUENCE_HEAD_HALF_BOTTOM_REVERSE] = "half-bottom-reverse",
    [SEQUENCE_HEAD_STICK_TOP_REVERSE] = "stick-top-reverse",
    [SEQUENCE_HEAD_STICK_BOTTOM_REVERSE] = "stick-bottom-reverse",
};

static const char *const frame_names[FRAME_KIND_COUNT] = {
    [FRAME_LOOP] = "loop",         [FRAME_ALT] = "alt",      [FRAME_OPT] = "opt",
    [FRAME_PAR] = "par",           [FRAME_PAR_OVER] = "par", /* messages that share a line; the same
                                                                word to a reader */
    [FRAME_CRITICAL] = "critical", [FRAME_BREAK] = "break",  [FRAME_RECT] = "rect",
};

Sequence *sequence_new(Arena *arena) {
    Sequence *sequence = ARENA_NEW(arena, Sequence);
    sequence->index = map_new(arena);
    return sequence;
}

ParticipantId sequence_find(const Sequence *sequence, Str id) {
    const void *value = map_find(sequence->index, id);
    return value ? (ParticipantId)((uintptr_t)value - 1) : SEQUENCE_NONE;
}

ParticipantId sequence_intern(Sequence *sequence, Arena *arena, Str id, Span at) {
    ParticipantId found = sequence_find(sequence, id);
    if (found != SEQUENCE_NONE)
        return found;
    ARENA_RESERVE(arena, sequence->participants, sequence->participant_count,
                  sequence->participant_capacity);
    ParticipantId made = (ParticipantId)sequence->participant_count++;
    sequence->participants[made] =
        (Participant){.id = id, .label = {.text = id}, .box = SEQUENCE_NONE, .at = at};
    /* Map values must not be NULL, so the index is stored plus one. */
    map_put(sequence->index, id, (void *)((uintptr_t)made + 1));
    return made;
}

SequenceStep *sequence_add_step(Sequence *sequence, Arena *arena, SequenceStepKind kind, Span at) {
    ARENA_RESERVE(arena, sequence->steps, sequence->step_count, sequence->step_capacity);
    SequenceStep *step = &sequence->steps[sequence->step_count++];
    *step = (SequenceStep){.kind = kind,
                           .from = SEQUENCE_NONE,
                           .to = SEQUENCE_NONE,
                           .destroyed = SEQUENCE_NONE,
                           .at = at};
    return step;
}

Str sequence_kind_name(ParticipantKind kind) {
    assert(kind < PARTICIPANT_KIND_COUNT);
    return str_from(kind_names[kind]);
}

Str sequence_head_name(SequenceHead head) {
    assert(head < SEQUENCE_HEAD_COUNT);
    return str_from(head_names[head]);
}

Str sequence_frame_name(SequenceFrame frame) {
    assert(frame < FRAME_KIND_COUNT);
    return str_from(frame_names[frame]);
}

/* Messages and notes have two ends, activations one, the rest none. */
static bool step_is_valid(const Sequence *sequence, const SequenceStep *step) {
    size_t count = sequence->participant_count;
    bool has_to = step->kind == STEP_MESSAGE || step->kind == STEP_NOTE;
    bool has_from = has_to || step->kind == STEP_ACTIVATE || step->kind == STEP_DEACTIVATE;
    return has_from == (step->from < count) && has_to == (step->to < count) &&
           (step->destroyed == SEQUENCE_NONE || step->destroyed < count) &&
           step->head < SEQUENCE_HEAD_COUNT && step->frame < FRAME_KIND_COUNT;
}

bool sequence_check(const Sequence *sequence) {
    if (map_count(sequence->index) != sequence->participant_count)
        return false;
    for (size_t i = 0; i < sequence->participant_count; i++) {
        uint32_t box = sequence->participants[i].box;
        if (sequence_find(sequence, sequence->participants[i].id) != i ||
            (box != SEQUENCE_NONE && box >= sequence->box_count))
            return false;
    }
    size_t depth = 0;
    for (size_t i = 0; i < sequence->step_count; i++) {
        const SequenceStep *step = &sequence->steps[i];
        if (!step_is_valid(sequence, step) || (step->kind == STEP_CLOSE && depth == 0) ||
            (step->kind == STEP_SECTION && depth == 0))
            return false;
        depth += step->kind == STEP_OPEN;
        depth -= step->kind == STEP_CLOSE;
    }
    return depth == 0;
}
