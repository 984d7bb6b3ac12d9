/* Sizes of everything that has one before places are known, and who is active at which step. */
#include "base/ban.h"

#include "base/buf.h"
#include "base/limits.h"
#include "diagram/layout/sequence_plan.h"
#include "diagram/scene/shape.h"

#define HEAD_TEXT_MAX  COORD_OF_PX(150)
#define HEAD_WIDTH     COORD_OF_PX(72) /* at least */
#define HEAD_HEIGHT    COORD_OF_PX(38)
#define HEAD_PAD_X     COORD_OF_PX(14)
#define HEAD_PAD_Y     COORD_OF_PX(9)
#define HEAD_PAD_LEAST COORD_OF_PX(2) /* between a text and the cap above it */
#define FIGURE_WIDTH   COORD_OF_PX(44)
#define FIGURE_HEIGHT  COORD_OF_PX(42)   /* with the gap above the text */
#define UNWRAPPED_MAX  COORD_OF_PX(2000) /* no reader asks for more, and coordinates stay small */
#define TEXT_EMS       26                /* lines longer than this are hard to read */
#define BADGE_PAD      COORD_OF_PX(5)

static bool has_figure(ParticipantKind kind) {
    return kind == PARTICIPANT_ACTOR || kind == PARTICIPANT_BOUNDARY ||
           kind == PARTICIPANT_CONTROL || kind == PARTICIPANT_ENTITY;
}

/* Height that a head can do without. In a row with plain boxes a shape with caps or sheets would
 * look like the one that matters most. */
static Coord slack(const SequenceColumn *column, ParticipantKind kind) {
    Box room = shape_text_box(sequence_shape(kind), (Box){0, 0, column->width, column->height});
    return seq_most(0, room.height - column->text.height - 2 * HEAD_PAD_LEAST);
}

static void measure_head(SequencePlan *plan, SequenceColumn *column) {
    const Participant *participant = &plan->model->participants[column->participant];
    TextStyle style = {.face = TEXT_BOLD, .size_px = plan->size_px, .max_width = HEAD_TEXT_MAX};
    style.marks = participant->label.marks;
    column->text = text_layout(participant->label.text, style, plan->arena);
    Coord width = column->text.width, height = column->text.height;
    if (has_figure(participant->kind)) {
        column->figure_width = FIGURE_WIDTH;
        column->width = seq_most(width, FIGURE_WIDTH);
        column->height = FIGURE_HEIGHT + seq_most(height, column->text.line_height);
    } else if (participant->kind == PARTICIPANT_BOX) {
        column->width = seq_most(width + 2 * HEAD_PAD_X, HEAD_WIDTH);
        column->height = seq_most(height + 2 * HEAD_PAD_Y, HEAD_HEIGHT);
    } else {
        shape_size(sequence_shape(participant->kind), width, height, &column->width,
                   &column->height);
        column->width = seq_most(column->width, HEAD_WIDTH);
        column->height = seq_most(column->height - slack(column, participant->kind), HEAD_HEIGHT);
    }
}

/* Members of a box stand side by side, where the first of them stands. */
static void order_columns(SequencePlan *plan) {
    const Sequence *model = plan->model;
    bool *is_placed = ARENA_ARRAY(plan->arena, bool, model->box_count);
    uint32_t *next = ARENA_ARRAY(plan->arena, uint32_t, model->participant_count);
    uint32_t *first = ARENA_ARRAY(plan->arena, uint32_t, model->box_count);
    memset(first, 0xFF, model->box_count * sizeof *first);
    for (uint32_t i = (uint32_t)model->participant_count; i-- > 0;) {
        uint32_t box = model->participants[i].box;
        next[i] = box == SEQUENCE_NONE ? SEQUENCE_NONE : first[box];
        if (box != SEQUENCE_NONE)
            first[box] = i;
    }
    for (uint32_t i = 0; i < model->participant_count; i++) {
        uint32_t box = model->participants[i].box;
        if (box != SEQUENCE_NONE && is_placed[box])
            continue;
        if (box != SEQUENCE_NONE)
            is_placed[box] = true;
        for (uint32_t member = i; member != SEQUENCE_NONE; member = next[member]) {
            plan->column_of[member] = (uint32_t)plan->column_count;
            plan->columns[plan->column_count++] =
                (SequenceColumn){.participant = member, .top = -1};
        }
    }
}

/* Plain boxes side by side have one height; one that is created later stands alone. */
static void measure_heads(SequencePlan *plan) {
    const Sequence *model = plan->model;
    const Participant *participants = model->participants;
    Coord height = 0;
    for (size_t i = 0; i < model->step_count; i++)
        if (model->steps[i].kind == STEP_MESSAGE && model->steps[i].is_creating)
            plan->columns[plan->column_of[model->steps[i].to]].is_created = true;
    for (size_t i = 0; i < plan->column_count; i++) {
        SequenceColumn *column = &plan->columns[i];
        measure_head(plan, column);
        if (participants[column->participant].kind == PARTICIPANT_BOX && !column->is_created)
            height = seq_most(height, column->height);
    }
    for (size_t i = 0; i < plan->column_count; i++) {
        SequenceColumn *column = &plan->columns[i];
        if (participants[column->participant].kind == PARTICIPANT_BOX && !column->is_created)
            column->height = height;
    }
}

/* What changes from step to step while all of them are measured. */
typedef struct Walk {
    bool is_numbered;
    int64_t number, increment; /* in hundredths */
    uint32_t frames[LIMIT_NESTING];
    size_t depth;
} Walk;

static void measure_number(SequencePlan *plan, Walk *walk, SequenceMeasure *measure) {
    if (walk->is_numbered) {
        Buf buf = buf_new(plan->arena);
        buf_add_fixed(&buf, walk->number, 100, 2);
        TextStyle style = {.face = TEXT_BOLD, .size_px = plan->size_px * 10 / 14};
        measure->number = text_layout(buf_str(&buf), style, plan->arena);
    }
    walk->number += walk->increment;
}

Coord sequence_badge_width(const SequenceMeasure *measure) {
    const TextBlock *number = &measure->number;
    if (number->line_count == 0)
        return 0;
    return seq_most(number->width + 2 * BADGE_PAD, number->line_height + COORD_OF_PX(4));
}

/* Texts of frames are smaller than those of messages and notes. */
static TextBlock layout_text(SequencePlan *plan, const SequenceStep *step, Coord max_width) {
    bool is_large = step->kind == STEP_MESSAGE || step->kind == STEP_NOTE;
    TextStyle style = {.face = TEXT_REGULAR,
                       .size_px = plan->size_px * (is_large ? 13 : 12) / 14,
                       .max_width = step->is_unwrapped ? UNWRAPPED_MAX : max_width,
                       .marks = step->text.marks};
    return text_layout(step->text.text, style, plan->arena);
}

/* What stands beside a lifeline takes room from the next column, so it is kept narrower. */
static TextBlock measure_text(SequencePlan *plan, const SequenceStep *step) {
    bool is_beside = step->kind == STEP_NOTE ? step->place != PLACE_OVER || step->from == step->to
                                             : step->kind == STEP_MESSAGE && step->from == step->to;
    return layout_text(plan, step, is_beside ? plan->text_max * 3 / 4 : plan->text_max);
}

void sequence_widen_texts(SequencePlan *plan) {
    const Sequence *model = plan->model;
    for (size_t i = 0; i < model->step_count; i++) {
        const SequenceStep *step = &model->steps[i];
        SequenceMeasure *measure = &plan->steps[i];
        bool is_between =
            step->kind == STEP_MESSAGE || (step->kind == STEP_NOTE && step->place == PLACE_OVER);
        if (!is_between || step->from == step->to || measure->text.line_count < 2)
            continue;
        Coord from = plan->columns[plan->column_of[step->from]].x;
        Coord to = plan->columns[plan->column_of[step->to]].x;
        Coord room = (from < to ? to - from : from - to) - 3 * SEQ_TEXT_PAD;
        room -= seq_right(measure->from_level) + seq_right(measure->to_level);
        room -= sequence_badge_width(measure) / 2;
        if (step->is_creating)
            room -= plan->columns[plan->column_of[step->to]].width / 2;
        Coord most = COORD_OF_PX(plan->size_px * TEXT_EMS);
        room = seq_least(room, seq_most(most, plan->text_max));
        if (room > plan->text_max)
            measure->text = layout_text(plan, step, room);
    }
}

static void span_column(SequencePlan *plan, const Walk *walk, uint32_t column) {
    for (size_t i = 0; i < walk->depth; i++) {
        SequenceMeasure *frame = &plan->steps[walk->frames[i]];
        if (frame->first == SEQUENCE_NONE || column < frame->first)
            frame->first = column;
        if (frame->last == SEQUENCE_NONE || column > frame->last)
            frame->last = column;
    }
}

/* A bar that begins with this message is there already where the message ends. */
static bool is_activated_next(const Sequence *model, size_t index, ParticipantId who) {
    return index + 1 < model->step_count && model->steps[index + 1].kind == STEP_ACTIVATE &&
           model->steps[index + 1].from == who;
}

static void measure_ends(SequencePlan *plan, Walk *walk, size_t index) {
    const SequenceStep *step = &plan->model->steps[index];
    SequenceMeasure *measure = &plan->steps[index];
    uint32_t from = plan->column_of[step->from], to = plan->column_of[step->to];
    measure->from_level = plan->columns[from].level;
    measure->to_level = plan->columns[to].level;
    if (step->kind == STEP_MESSAGE)
        measure->to_level += is_activated_next(plan->model, index, step->to);
    span_column(plan, walk, from);
    span_column(plan, walk, to);
}

static void measure_frame(SequencePlan *plan, Walk *walk, size_t index) {
    const SequenceStep *step = &plan->model->steps[index];
    SequenceMeasure *measure = &plan->steps[index];
    measure->first = measure->last = SEQUENCE_NONE;
    if (step->frame != FRAME_RECT) {
        TextStyle style = {.face = TEXT_BOLD, .size_px = plan->size_px * 11 / 14};
        measure->word = text_layout(sequence_frame_name(step->frame), style, plan->arena);
        measure->text = measure_text(plan, step);
    }
    if (walk->depth < LIMIT_NESTING)
        walk->frames[walk->depth++] = (uint32_t)index;
}

static void measure_step(SequencePlan *plan, Walk *walk, size_t index) {
    const SequenceStep *step = &plan->model->steps[index];
    SequenceMeasure *measure = &plan->steps[index];
    measure->depth = walk->depth;
    switch (step->kind) {
    case STEP_MESSAGE:
        measure_number(plan, walk, measure);
        measure_ends(plan, walk, index);
        measure->text = measure_text(plan, step);
        break;
    case STEP_NOTE:
        measure_ends(plan, walk, index);
        measure->text = measure_text(plan, step);
        break;
    case STEP_ACTIVATE: plan->columns[plan->column_of[step->from]].level++; break;
    case STEP_DEACTIVATE: plan->columns[plan->column_of[step->from]].level--; break;
    case STEP_OPEN: measure_frame(plan, walk, index); break;
    case STEP_SECTION:
        plan->steps[walk->frames[walk->depth - 1]].section_count++;
        measure->text = measure_text(plan, step);
        break;
    case STEP_CLOSE: walk->depth--; break;
    case STEP_NUMBER:
        walk->is_numbered = step->is_numbered;
        if (step->has_number && step->number)
            walk->number = step->number;
        if (step->has_number && step->increment)
            walk->increment = step->increment;
        break;
    }
}

void sequence_measure(SequencePlan *plan) {
    const Sequence *model = plan->model;
    order_columns(plan);
    measure_heads(plan);
    Walk walk = {.is_numbered = model->is_numbered, .number = 100, .increment = 100};
    for (size_t i = 0; i < model->step_count; i++)
        measure_step(plan, &walk, i);
    for (size_t i = 0; i < plan->column_count; i++)
        plan->columns[i].level = 0;
}
