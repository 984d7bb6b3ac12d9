/* A sequence diagram in words: who takes part, then what happens, step by step. */
#include "base/ban.h"

#include "base/buf.h"
#include "diagram/parts.h"

typedef struct Describer {
    const Sequence *sequence;
    Diagram *diagram;
    size_t capacity;
    Arena *arena;
} Describer;

static void add_line(Describer *describer, int depth, Str text) {
    Diagram *diagram = describer->diagram;
    ARENA_RESERVE(describer->arena, diagram->lines, diagram->line_count, describer->capacity);
    diagram->lines[diagram->line_count++] = (DiagramLine){depth, text};
}

/* A text on one line. */
static Str one_line(const Describer *describer, Str text) {
    Buf buf = buf_new(describer->arena);
    while (text.data) {
        buf_add(&buf, str_trim(str_cut_line(&text)));
        buf_add_char(&buf, ' ');
    }
    return str_trim(buf_str(&buf));
}

static Str name_of(const Describer *describer, ParticipantId id) {
    const Participant *participant = &describer->sequence->participants[id];
    Str name = one_line(describer, participant->label.text);
    return name.size ? name : participant->id;
}

/* "Store (database, in Back end), links to Wiki" */
static Str participant_line(const Describer *describer, ParticipantId id) {
    const Participant *participant = &describer->sequence->participants[id];
    Buf buf = buf_new(describer->arena);
    buf_add(&buf, name_of(describer, id));
    Str box = STR("");
    if (participant->box != SEQUENCE_NONE)
        box = one_line(describer, describer->sequence->boxes[participant->box].title.text);
    bool has_kind = participant->kind != PARTICIPANT_BOX;
    if (has_kind || box.size) {
        buf_add_text(&buf, " (");
        if (has_kind)
            buf_add(&buf, sequence_kind_name(participant->kind));
        buf_add_text(&buf, has_kind && box.size ? ", in " : box.size ? "in " : "");
        buf_add(&buf, box);
        buf_add_char(&buf, ')');
    }
    for (size_t i = 0; i < participant->link_count; i++) {
        buf_add_text(&buf, i ? ", " : "; links to ");
        buf_add(&buf, participant->links[i].text);
    }
    return buf_str(&buf);
}

static Str message_line(const Describer *describer, const SequenceStep *step) {
    static const char *const verbs[] = {" to ", " creates "};
    Buf buf = buf_new(describer->arena);
    Str text = one_line(describer, step->text.text);
    buf_add(&buf, name_of(describer, step->from));
    if (step->from == step->to) {
        buf_add_text(&buf, " to itself");
    } else {
        bool is_both = step->head == SEQUENCE_HEAD_BOTH;
        buf_add_text(&buf, is_both ? " and " : verbs[step->is_creating]);
        buf_add(&buf, name_of(describer, step->to));
    }
    if (step->is_dotted)
        buf_add_text(&buf, " (dotted)");
    if (step->head == SEQUENCE_HEAD_CROSS)
        buf_add_text(&buf, " (lost)");
    if (text.size) {
        buf_add_text(&buf, ": ");
        buf_add(&buf, text);
    }
    if (step->destroyed != SEQUENCE_NONE) {
        buf_add_text(&buf, "; ");
        buf_add(&buf, name_of(describer, step->destroyed));
        buf_add_text(&buf, " ends");
    }
    return buf_str(&buf);
}

static Str note_line(const Describer *describer, const SequenceStep *step) {
    Buf buf = buf_new(describer->arena);
    buf_add_text(&buf, "Note on ");
    buf_add(&buf, name_of(describer, step->from));
    if (step->from != step->to) {
        buf_add_text(&buf, " to ");
        buf_add(&buf, name_of(describer, step->to));
    }
    buf_add_text(&buf, ": ");
    buf_add(&buf, one_line(describer, step->text.text));
    return buf_str(&buf);
}

/* "loop: every minute"; the source's abbreviations are written out. */
static Str frame_line(const Describer *describer, const SequenceStep *step) {
    static const char *const words[FRAME_KIND_COUNT][2] = {
        [FRAME_LOOP] = {"loop", "and"},
        [FRAME_ALT] = {"alternative", "else"},
        [FRAME_OPT] = {"optional", "and"},
        [FRAME_PAR] = {"in parallel", "and"},
        [FRAME_PAR_OVER] = {"in parallel", "and"},
        [FRAME_CRITICAL] = {"critical", "option"},
        [FRAME_BREAK] = {"break", "and"},
        [FRAME_RECT] = {"background", "and"},
    };
    Str word = str_from(words[step->frame][step->kind == STEP_SECTION]);
    Str text = one_line(describer, step->text.text);
    return text.size ? str_format(describer->arena, "%.*s: %.*s", STR_FMT(word), STR_FMT(text))
                     : word;
}

static void add_steps(Describer *describer) {
    const Sequence *sequence = describer->sequence;
    int depth = 1;
    for (size_t i = 0; i < sequence->step_count; i++) {
        const SequenceStep *step = &sequence->steps[i];
        bool is_rect = step->frame == FRAME_RECT; /* a background says nothing in words */
        switch (step->kind) {
        case STEP_MESSAGE: add_line(describer, depth, message_line(describer, step)); break;
        case STEP_NOTE: add_line(describer, depth, note_line(describer, step)); break;
        case STEP_OPEN:
            if (!is_rect)
                add_line(describer, depth++, frame_line(describer, step));
            break;
        case STEP_SECTION: add_line(describer, depth - 1, frame_line(describer, step)); break;
        case STEP_CLOSE: depth -= !is_rect; break;
        case STEP_ACTIVATE:
        case STEP_DEACTIVATE:
        case STEP_NUMBER: break;
        }
    }
}

/* "Sequence diagram with 4 participants and 9 messages." */
static Str summary(const Sequence *sequence, Str kind, Arena *arena) {
    size_t people = sequence->participant_count, messages = 0;
    for (size_t i = 0; i < sequence->step_count; i++)
        messages += sequence->steps[i].kind == STEP_MESSAGE;
    return str_format(arena, "%.*s with %zu %s and %zu %s.", STR_FMT(kind), people,
                      people == 1 ? "participant" : "participants", messages,
                      messages == 1 ? "message" : "messages");
}

void describe_sequence(Diagram *diagram, Arena *arena) {
    const Sequence *sequence = diagram->sequence;
    Describer describer = {sequence, diagram, 0, arena};
    Scene *scene = diagram->scene;
    if (str_is_blank(scene->description))
        scene->description = summary(sequence, scene->role_word, arena);
    if (sequence->participant_count)
        add_line(&describer, 0, STR("Participants"));
    for (ParticipantId i = 0; i < sequence->participant_count; i++)
        add_line(&describer, 1, participant_line(&describer, i));
    if (sequence->step_count == 0)
        return;
    add_line(&describer, 0, STR("Steps"));
    add_steps(&describer);
}
