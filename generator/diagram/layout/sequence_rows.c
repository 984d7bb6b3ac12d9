/* One step after the other from top to bottom. What lies at a step is known then: which lifelines
 * have begun, which activations are open, what the frames around it hold so far. */
#include "base/ban.h"

#include <assert.h>

#include "base/limits.h"
#include "diagram/layout/sequence_plan.h"

#define ROW_GAP     COORD_OF_PX(14) /* between two rows */
#define TEXT_GAP    COORD_OF_PX(4)  /* between a text and the line under it */
#define HALF_ARROW  COORD_OF_PX(5)
#define TURN_HEIGHT COORD_OF_PX(20)
#define NOTE_PAD_Y  COORD_OF_PX(7)
#define TAB_HEIGHT  COORD_OF_PX(20)
#define TAB_PAD     COORD_OF_PX(8)
#define TITLE_PAD_Y COORD_OF_PX(3) /* above and below the title of a section */
#define FRAME_GAP   COORD_OF_PX(4) /* more than between rows, above and below a frame */
#define FRAME_END   COORD_OF_PX(12)
#define RECT_PAD    COORD_OF_PX(4)
#define BAR_LEAST   COORD_OF_PX(14)
#define CUT_MARGIN  COORD_OF_PX(2) /* of a lifeline's gap around a text */
#define CLEARANCE   COORD_OF_PX(3) /* of a text beside an activation */

/* A frame whose end has not come. */
typedef struct OpenFrame {
    size_t index; /* in the scene */
    Coord left, right;
    bool is_empty;
    Coord needed; /* by the widest title */
} OpenFrame;

typedef struct Rows {
    SequencePlan *plan;
    SceneSequence *scene;
    Coord y;    /* the lower end of what was placed last */
    Coord mark; /* where an activation begins or ends */
    OpenFrame open[LIMIT_NESTING];
    size_t depth;
    Coord *lefts; /* per frame: its left border, known from the first walk on */
} Rows;

static SceneText make_text(TextBlock block, Coord x, Coord y, bool is_middle) {
    return (SceneText){.block = block,
                       .box = {x, y, block.width, block.height},
                       .anchor = is_middle ? SCENE_MIDDLE : SCENE_START};
}

/* The frame around has to hold what lies between `left` and `right`. */
static void reach(Rows *rows, Coord left, Coord right) {
    if (rows->depth == 0)
        return;
    OpenFrame *frame = &rows->open[rows->depth - 1];
    frame->left = frame->is_empty ? left : seq_least(frame->left, left);
    frame->right = frame->is_empty ? right : seq_most(frame->right, right);
    frame->is_empty = false;
}

/* ---- Lifelines ---- */

/* The first column whose lifeline is at or behind `x`. */
static size_t column_at(const SequencePlan *plan, Coord x) {
    size_t low = 0, high = plan->column_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->columns[middle].x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_lifeline(Rows *rows, SequenceColumn *column, Coord bottom) {
    SceneSequence *scene = rows->scene;
    if (column->top < 0 || bottom <= column->top)
        return;
    ARENA_RESERVE(rows->plan->arena, scene->lifelines, scene->lifeline_count,
                  rows->plan->lifeline_capacity);
    scene->lifelines[scene->lifeline_count++] = (SceneLifeline){column->x, column->top, bottom};
}

/* Does an activation lie behind a text of this width that begins at `x`? */
static bool hits_bar(const SequencePlan *plan, Coord x, Coord width) {
    size_t i = column_at(plan, x - CLEARANCE - COORD_OF_PX(200));
    for (; i < plan->column_count && plan->columns[i].x <= x + width + CLEARANCE + SEQ_BAR; i++) {
        const SequenceColumn *column = &plan->columns[i];
        if (column->level && column->x + seq_right(column->level) > x - CLEARANCE &&
            column->x - SEQ_BAR < x + width + CLEARANCE)
            return true;
    }
    return false;
}

/* Lifelines step aside for a text; true when an activation lies behind it, which cannot. */
static bool cut_lifelines(Rows *rows, Box text) {
    SequencePlan *plan = rows->plan;
    size_t i = column_at(plan, text.x - CLEARANCE);
    Coord right = text.x + text.width + CLEARANCE;
    for (; i < plan->column_count && plan->columns[i].x <= right; i++) {
        SequenceColumn *column = &plan->columns[i];
        if (column->level || column->top < 0)
            continue;
        add_lifeline(rows, column, text.y - CUT_MARGIN);
        column->top = seq_most(column->top, text.y + text.height + CUT_MARGIN);
    }
    return hits_bar(plan, text.x, text.width);
}

/* ---- Messages ---- */

/* The middle between two ends, or the place next to it where no activation lies behind the text.
 */
static Coord place_text(const SequencePlan *plan, Coord left, Coord right, Coord width) {
    Coord middle = left + (right - left - width) / 2, best = middle;
    if (width > right - left || !hits_bar(plan, middle, width))
        return middle;
    Coord distance = INT32_MAX;
    for (size_t i = column_at(plan, left); i < plan->column_count; i++) {
        const SequenceColumn *column = &plan->columns[i];
        if (column->x > right)
            break;
        if (column->level == 0)
            continue;
        Coord beside[2] = {column->x - SEQ_BAR - CLEARANCE - width,
                           column->x + seq_right(column->level) + CLEARANCE};
        for (int side = 0; side < 2; side++) {
            Coord x = beside[side], away = x > middle ? x - middle : middle - x;
            if (x >= left && x + width <= right && away < distance && !hits_bar(plan, x, width)) {
                best = x;
                distance = away;
            }
        }
    }
    return best;
}

static void place_badge(const SequenceMeasure *measure, SceneMessage *message) {
    Coord width = sequence_badge_width(measure);
    if (!width)
        return;
    Coord height = measure->number.line_height + COORD_OF_PX(4);
    message->badge =
        (Box){message->start.x - width / 2, message->start.y - height / 2, width, height};
    message->number = make_text(measure->number, message->start.x - measure->number.width / 2,
                                message->start.y - measure->number.height / 2, true);
}

static SceneMessage *add_message(Rows *rows, const SequenceStep *step) {
    const Sequence *model = rows->plan->model;
    SceneMessage *message = &rows->scene->messages[rows->scene->message_count++];
    /* Where the receiver ends, its lifeline has the cross. */
    bool is_last = step->head == SEQUENCE_HEAD_CROSS && step->destroyed == step->to;
    *message = (SceneMessage){.from = model->participants[step->from].id,
                              .to = model->participants[step->to].id,
                              .head = is_last ? SEQUENCE_HEAD_NONE : step->head,
                              .is_dotted = step->is_dotted,
                              .has_dot = step->has_dot,
                              .has_origin = step->has_origin};
    return message;
}

/* A message to its own sender turns back; its text stands at the right of the turn. */
static void place_self(Rows *rows, const SequenceStep *step, const SequenceMeasure *measure) {
    SequencePlan *plan = rows->plan;
    const SequenceColumn *column = &plan->columns[plan->column_of[step->from]];
    SceneMessage *message = add_message(rows, step);
    Coord height = seq_most(TURN_HEIGHT, measure->text.height);
    Coord top = rows->y + ROW_GAP + (height - TURN_HEIGHT) / 2;
    message->start = (Point){column->x + seq_right(measure->from_level), top};
    message->end = (Point){column->x + seq_right(measure->to_level), top + TURN_HEIGHT};
    message->turn = column->x +
                    seq_most(seq_right(measure->from_level), seq_right(measure->to_level)) +
                    SEQ_TURN;
    Coord x = message->turn + SEQ_TEXT_PAD * 6 / 10;
    message->text =
        make_text(measure->text, x, rows->y + ROW_GAP + (height - measure->text.height) / 2, false);
    message->is_backed = cut_lifelines(rows, message->text.box);
    place_badge(measure, message);
    reach(rows, column->x - SEQ_ROW_REACH,
          seq_most(message->turn, x + measure->text.width) + SEQ_ROW_REACH / 2);
    rows->mark = message->end.y;
    rows->y = seq_most(message->end.y + HALF_ARROW, message->text.box.y + measure->text.height);
}

/* The ends of a message touch the activations there, or the box that it creates. */
static void place_ends(Rows *rows, const SequenceStep *step, const SequenceMeasure *measure,
                       SceneMessage *message) {
    const SequencePlan *plan = rows->plan;
    const SequenceColumn *from = &plan->columns[plan->column_of[step->from]];
    const SequenceColumn *to = &plan->columns[plan->column_of[step->to]];
    bool is_right = from->x < to->x;
    message->start.x = is_right ? from->x + seq_right(measure->from_level)
                                : from->x - seq_left(measure->from_level);
    Coord reach_to = is_right ? -seq_left(measure->to_level) : seq_right(measure->to_level);
    if (step->is_creating)
        reach_to = is_right ? -to->width / 2 : to->width / 2;
    message->end.x = to->x + reach_to;
}

static void create(Rows *rows, const SequenceStep *step, Coord line) {
    SequenceColumn *column = &rows->plan->columns[rows->plan->column_of[step->to]];
    sequence_add_head(rows->plan, column, line - column->height / 2);
    column->top = line - column->height / 2 + column->height;
    rows->y = seq_most(rows->y, column->top);
}

static void place_message(Rows *rows, const SequenceStep *step, const SequenceMeasure *measure) {
    SequencePlan *plan = rows->plan;
    SceneMessage *message = add_message(rows, step);
    place_ends(rows, step, measure, message);
    Coord text_height = measure->text.height ? measure->text.height + TEXT_GAP : HALF_ARROW;
    Coord line = rows->y + ROW_GAP + text_height;
    if (step->is_creating) {
        const SequenceColumn *made = &plan->columns[plan->column_of[step->to]];
        line = seq_most(line, rows->y + ROW_GAP + made->height / 2);
    }
    message->start.y = message->end.y = line;
    Coord left = seq_least(message->start.x, message->end.x);
    Coord right = seq_most(message->start.x, message->end.x);
    reach(rows, left - SEQ_ROW_REACH, right + SEQ_ROW_REACH);
    if (measure->text.line_count) {
        Coord badge = sequence_badge_width(measure) / 2;
        bool is_right = message->start.x < message->end.x;
        Coord x = place_text(plan, left + (is_right ? badge : 0), right - (is_right ? 0 : badge),
                             measure->text.width);
        message->text = make_text(measure->text, x, line - TEXT_GAP - measure->text.height, true);
        message->is_backed = cut_lifelines(rows, message->text.box);
    }
    place_badge(measure, message);
    rows->y = line + HALF_ARROW;
    rows->mark = line;
    if (step->is_creating)
        create(rows, step, line);
}

/* ---- Notes ---- */

static void place_note(Rows *rows, const SequenceStep *step, const SequenceMeasure *measure) {
    SequencePlan *plan = rows->plan;
    const SequenceColumn *a = &plan->columns[plan->column_of[step->from]];
    const SequenceColumn *b = &plan->columns[plan->column_of[step->to]];
    Coord left = seq_least(a->x, b->x), right = seq_most(a->x, b->x);
    Coord width = measure->text.width + 2 * SEQ_NOTE_PAD;
    Box box = {0, rows->y + ROW_GAP, width, measure->text.height + 2 * NOTE_PAD_Y};
    if (step->place == PLACE_RIGHT) {
        box.x = right + seq_right(measure->to_level) + SEQ_NOTE_GAP;
    } else if (step->place == PLACE_LEFT) {
        box.x = left - SEQ_BAR - SEQ_NOTE_GAP - width;
    } else {
        if (left < right)
            box.width = seq_most(width, right - left + 2 * SEQ_NOTE_REACH);
        box.x = left + (right - left - box.width) / 2;
    }
    SceneNote *note = &rows->scene->notes[rows->scene->note_count++];
    note->box = box;
    note->text = make_text(measure->text, box.x + (box.width - measure->text.width) / 2,
                           box.y + NOTE_PAD_Y, true);
    reach(rows, seq_least(box.x, left - SEQ_ROW_REACH),
          seq_most(box.x + box.width, right + SEQ_ROW_REACH));
    rows->y = rows->mark = box.y + box.height;
}

/* ---- Activations ---- */

static void open_bar(Rows *rows, const SequenceStep *step) {
    SequencePlan *plan = rows->plan;
    SequenceColumn *column = &plan->columns[plan->column_of[step->from]];
    ARENA_RESERVE(plan->arena, column->bars, column->level, column->bar_capacity);
    column->bars[column->level] = rows->scene->bar_count;
    Coord x = column->x - SEQ_BAR + seq_right(column->level);
    rows->scene->bars[rows->scene->bar_count++] = (Box){x, rows->mark, 2 * SEQ_BAR, 0};
    column->level++;
    reach(rows, x, x + 2 * SEQ_BAR);
}

static void close_bar(Rows *rows, SequenceColumn *column, Coord bottom) {
    Box *bar = &rows->scene->bars[column->bars[--column->level]];
    bar->height = seq_most(bottom - bar->y, BAR_LEAST);
    rows->y = seq_most(rows->y, bar->y + bar->height);
    /* The lifeline was not cut behind it, and goes on below. */
    reach(rows, bar->x, bar->x + bar->width);
}

/* ---- Frames ---- */

/* A section begins at `y`. Where its title stands depends on the left border, which is known in the
 * second walk. */
static void add_section(Rows *rows, Coord y, TextBlock block) {
    assert(rows->depth > 0);
    OpenFrame *open = &rows->open[rows->depth - 1];
    SceneFrame *frame = &rows->scene->frames[open->index];
    assert(frame->sections);
    SceneSection *section = &frame->sections[frame->section_count++];
    Coord x = frame->tab.width + SEQ_TAB_GAP;
    section->y = y;
    section->title =
        make_text(block, rows->lefts[open->index] + x, section->y + TITLE_PAD_Y, false);
    open->needed = seq_most(open->needed, x + block.width + SEQ_FRAME_PAD);
    if (block.line_count)
        section->is_backed = cut_lifelines(rows, section->title.box);
}

static void open_frame(Rows *rows, const SequenceStep *step, const SequenceMeasure *measure) {
    SceneSequence *scene = rows->scene;
    Arena *arena = rows->plan->arena;
    uint32_t parent = rows->depth ? (uint32_t)rows->open[rows->depth - 1].index : SEQUENCE_NONE;
    bool is_rect = step->frame == FRAME_RECT;
    Coord top = rows->y + ROW_GAP + (is_rect ? -RECT_PAD : FRAME_GAP);
    size_t index = scene->frame_count++;
    SceneFrame *frame = &scene->frames[index];
    *frame = (SceneFrame){.kind = step->frame, .parent = parent, .box = {.y = top}};
    assert(rows->depth < LIMIT_NESTING);
    rows->open[rows->depth++] = (OpenFrame){.index = index, .is_empty = true};
    if (is_rect) {
        frame->color = step->text.text;
        rows->y = top - ROW_GAP + 2 * RECT_PAD;
        rows->mark = top;
        return;
    }
    Coord left = rows->lefts[index];
    frame->tab = (Box){left, top, measure->word.width + 2 * TAB_PAD, TAB_HEIGHT};
    frame->word = make_text(measure->word, left + TAB_PAD,
                            top + (TAB_HEIGHT - measure->word.height) / 2, false);
    frame->sections = ARENA_ARRAY(arena, SceneSection, measure->section_count + 1);
    rows->open[rows->depth - 1].needed = frame->tab.width + SEQ_FRAME_PAD;
    cut_lifelines(rows, frame->word.box);
    add_section(rows, top, measure->text);
    Coord title = measure->text.height + 2 * TITLE_PAD_Y;
    /* An activation that begins here keeps clear of the title. */
    rows->mark = top + seq_most(TAB_HEIGHT, title);
    rows->y = rows->mark - FRAME_GAP;
}

static void divide_frame(Rows *rows, const SequenceMeasure *measure) {
    Coord y = rows->y + ROW_GAP;
    add_section(rows, y, measure->text);
    rows->mark = y + measure->text.height + (measure->text.height ? 2 * TITLE_PAD_Y : 0);
    rows->y = rows->mark - (measure->text.height ? FRAME_GAP : 0);
}

/* A frame without content goes from the first participant to the last. */
static void close_frame(Rows *rows) {
    const SequencePlan *plan = rows->plan;
    assert(rows->depth > 0);
    OpenFrame open = rows->open[--rows->depth];
    SceneFrame *frame = &rows->scene->frames[open.index];
    if (open.is_empty && plan->column_count) {
        const SequenceColumn *first = plan->columns, *last = first + plan->column_count - 1;
        open.left = first->x - first->width / 2;
        open.right = last->x + last->width / 2;
    }
    frame->box.x = open.left - SEQ_FRAME_PAD;
    frame->box.width = seq_most(open.right + SEQ_FRAME_PAD - frame->box.x, open.needed);
    rows->y += frame->kind == FRAME_RECT ? FRAME_END - RECT_PAD : FRAME_END;
    frame->box.height = rows->y - frame->box.y;
    rows->lefts[open.index] = frame->box.x;
    rows->mark = rows->y;
    reach(rows, frame->box.x, frame->box.x + frame->box.width);
}

/* ---- All rows ---- */

static void end_participant(Rows *rows, const SequenceStep *step) {
    SequenceColumn *column = &rows->plan->columns[rows->plan->column_of[step->destroyed]];
    if (column->is_ended)
        return;
    while (column->level)
        close_bar(rows, column, rows->mark);
    rows->scene->crosses[rows->scene->cross_count++] = (Point){column->x, rows->mark};
    add_lifeline(rows, column, rows->mark);
    column->top = -1;
    column->is_ended = true;
    rows->y = seq_most(rows->y, rows->mark + COORD_OF_PX(8));
}

static void place_step(Rows *rows, size_t index) {
    const SequenceStep *step = &rows->plan->model->steps[index];
    const SequenceMeasure *measure = &rows->plan->steps[index];
    switch (step->kind) {
    case STEP_MESSAGE:
        if (step->from == step->to)
            place_self(rows, step, measure);
        else
            place_message(rows, step, measure);
        if (step->destroyed != SEQUENCE_NONE)
            end_participant(rows, step);
        break;
    case STEP_NOTE: place_note(rows, step, measure); break;
    case STEP_ACTIVATE: open_bar(rows, step); break;
    case STEP_DEACTIVATE: {
        SequenceColumn *column = &rows->plan->columns[rows->plan->column_of[step->from]];
        if (column->level)
            close_bar(rows, column, rows->mark);
        break;
    }
    case STEP_OPEN: open_frame(rows, step, measure); break;
    case STEP_SECTION: divide_frame(rows, measure); break;
    case STEP_CLOSE: close_frame(rows); break;
    case STEP_NUMBER: break;
    }
}

/* What a walk leaves behind is forgotten, but for the frames' borders. */
static Coord walk(Rows *rows, const SequenceColumn *columns, Coord top) {
    SequencePlan *plan = rows->plan;
    SceneSequence *scene = plan->scene;
    scene->message_count = scene->note_count = scene->frame_count = scene->bar_count = 0;
    scene->cross_count = scene->lifeline_count = 0;
    memcpy(plan->columns, columns, plan->column_count * sizeof *columns);
    rows->y = rows->mark = top;
    for (size_t i = 0; i < plan->model->step_count; i++)
        place_step(rows, i);
    for (size_t i = 0; i < plan->column_count; i++)
        while (plan->columns[i].level)
            close_bar(rows, &plan->columns[i], rows->mark + ROW_GAP / 2);
    Coord bottom = rows->y + ROW_GAP + FRAME_GAP;
    for (size_t i = 0; i < plan->column_count; i++)
        add_lifeline(rows, &plan->columns[i], bottom);
    return bottom;
}

Coord sequence_place_rows(SequencePlan *plan, Coord top) {
    size_t steps = plan->model->step_count, heads = plan->scene->head_count;
    SceneSequence *scene = plan->scene;
    if (plan->column_count == 0)
        return top;
    Rows *rows = ARENA_NEW(plan->arena, Rows);
    *rows = (Rows){.plan = plan, .scene = scene, .lefts = ARENA_ARRAY(plan->arena, Coord, steps)};
    scene->messages = ARENA_ARRAY(plan->arena, SceneMessage, steps);
    scene->notes = ARENA_ARRAY(plan->arena, SceneNote, steps);
    scene->frames = ARENA_ARRAY(plan->arena, SceneFrame, steps);
    scene->bars = ARENA_ARRAY(plan->arena, Box, steps);
    scene->crosses = ARENA_ARRAY(plan->arena, Point, steps);
    SequenceColumn *columns = ARENA_ARRAY(plan->arena, SequenceColumn, plan->column_count);
    memcpy(columns, plan->columns, plan->column_count * sizeof *columns);
    walk(rows, columns, top);
    scene->head_count = heads;
    return walk(rows, columns, top);
}
