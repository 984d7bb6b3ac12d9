/* Distances of columns: every text that lies between two lifelines says how far apart these must
 * be; near pairs are settled first, and what a far pair still lacks is shared by all gaps between.
 */
#include "base/ban.h"

#include "diagram/layout/sequence_plan.h"

static void need(SequencePlan *plan, uint32_t first, uint32_t last, Coord distance) {
    if (first >= last || last >= plan->column_count)
        return;
    ARENA_RESERVE(plan->arena, plan->needs, plan->need_count, plan->need_capacity);
    plan->needs[plan->need_count++] = (SequenceNeed){first, last, distance};
}

static Coord frame_room(const SequenceMeasure *measure) {
    return (Coord)measure->depth * SEQ_FRAME_PAD;
}

/* Heads do not touch, and boxes around them keep their distance. */
static void need_heads(SequencePlan *plan) {
    const Participant *participants = plan->model->participants;
    for (uint32_t i = 0; i + 1 < plan->column_count; i++) {
        const SequenceColumn *a = &plan->columns[i], *b = &plan->columns[i + 1];
        uint32_t box = participants[a->participant].box, other = participants[b->participant].box;
        Coord gap = SEQ_HEAD_GAP;
        if (box != other)
            gap += (box != SEQUENCE_NONE) * SEQ_BAND_PAD + (other != SEQUENCE_NONE) * SEQ_BAND_PAD;
        need(plan, i, i + 1, (a->width + b->width) / 2 + gap);
    }
}

/* What a step says beside the lifeline of `column`, up to the next one. */
static void need_beside(SequencePlan *plan, uint32_t column, bool is_right, Coord reach) {
    Coord distance = reach + SEQ_COLUMN_GAP + SEQ_BAR;
    if (is_right)
        need(plan, column, column + 1, distance);
    else if (column > 0)
        need(plan, column - 1, column, distance);
}

static void need_message(SequencePlan *plan, const SequenceStep *step,
                         const SequenceMeasure *measure) {
    uint32_t from = plan->column_of[step->from], to = plan->column_of[step->to];
    Coord badge = sequence_badge_width(measure);
    if (from == to) {
        size_t level =
            measure->from_level > measure->to_level ? measure->from_level : measure->to_level;
        need_beside(plan, from, true,
                    seq_right(level) + SEQ_TURN + SEQ_TEXT_PAD + measure->text.width +
                        frame_room(measure));
        return;
    }
    bool is_right = from < to;
    Coord ends = is_right ? seq_right(measure->from_level) + seq_left(measure->to_level)
                          : seq_left(measure->from_level) + seq_right(measure->to_level);
    if (step->is_creating)
        ends += plan->columns[to].width / 2;
    Coord distance =
        ends + badge / 2 + seq_most(measure->text.width, COORD_OF_PX(16)) + 2 * SEQ_TEXT_PAD;
    need(plan, is_right ? from : to, is_right ? to : from, distance);
}

static void need_note(SequencePlan *plan, const SequenceStep *step,
                      const SequenceMeasure *measure) {
    uint32_t a = plan->column_of[step->from], b = plan->column_of[step->to];
    uint32_t first = a < b ? a : b, last = a < b ? b : a;
    Coord width = measure->text.width + 2 * SEQ_NOTE_PAD, room = frame_room(measure);
    if (step->place == PLACE_RIGHT) {
        need_beside(plan, last, true, seq_right(measure->to_level) + SEQ_NOTE_GAP + width + room);
    } else if (step->place == PLACE_LEFT) {
        need_beside(plan, first, false, SEQ_BAR + SEQ_NOTE_GAP + width + room);
    } else if (first == last) {
        need_beside(plan, first, true, width / 2 + room);
        need_beside(plan, first, false, width / 2 + room);
    } else {
        need(plan, first, last, width - 2 * SEQ_NOTE_REACH);
        need_beside(plan, last, true, SEQ_NOTE_REACH + room);
        need_beside(plan, first, false, SEQ_NOTE_REACH + room);
    }
}

/* The title of a frame or section stands between its borders. */
static void need_title(SequencePlan *plan, const SequenceMeasure *frame,
                       const SequenceMeasure *title) {
    if (frame->first == SEQUENCE_NONE)
        return;
    Coord width = frame->word.width + 3 * SEQ_TAB_GAP + title->text.width + SEQ_FRAME_PAD;
    Coord side = SEQ_ROW_REACH + SEQ_FRAME_PAD;
    if (frame->first == frame->last)
        need_beside(plan, frame->last, true, width - side + frame_room(frame));
    else
        need(plan, frame->first, frame->last, width - 2 * side);
}

static void need_steps(SequencePlan *plan) {
    const Sequence *model = plan->model;
    uint32_t *open = ARENA_ARRAY(plan->arena, uint32_t, model->step_count + 1);
    size_t depth = 0;
    for (uint32_t i = 0; i < model->step_count; i++) {
        const SequenceStep *step = &model->steps[i];
        const SequenceMeasure *measure = &plan->steps[i];
        if (step->kind == STEP_MESSAGE) {
            need_message(plan, step, measure);
        } else if (step->kind == STEP_NOTE) {
            need_note(plan, step, measure);
        } else if (step->kind == STEP_OPEN) {
            open[depth++] = i;
            if (step->frame != FRAME_RECT)
                need_title(plan, measure, measure);
        } else if (step->kind == STEP_SECTION) {
            need_title(plan, &plan->steps[open[depth - 1]], measure);
        } else if (step->kind == STEP_CLOSE) {
            depth--;
        }
    }
}

/* The title of a box stands between its borders as well. */
static void need_bands(SequencePlan *plan) {
    const Sequence *model = plan->model;
    for (uint32_t i = 0, last; i < plan->column_count; i = last + 1) {
        uint32_t box = model->participants[plan->columns[i].participant].box;
        for (last = i; last + 1 < plan->column_count &&
                       model->participants[plan->columns[last + 1].participant].box == box;)
            last++;
        if (box == SEQUENCE_NONE) {
            last = i;
            continue;
        }
        Coord title = plan->scene->bands[box].title.block.width;
        Coord ends = (plan->columns[i].width + plan->columns[last].width) / 2;
        if (i < last)
            need(plan, i, last, title - ends);
        else
            need_beside(plan, i, true, title / 2 + SEQ_BAND_PAD);
        if (i == last && i > 0)
            need_beside(plan, i, false, title / 2 + SEQ_BAND_PAD);
    }
}

/* By span, then place, then the larger distance first. */
static int compare_needs(const void *left, const void *right) {
    const SequenceNeed *a = left, *b = right;
    uint32_t span_a = a->last - a->first, span_b = b->last - b->first;
    if (span_a != span_b)
        return span_a < span_b ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->distance < b->distance) - (a->distance > b->distance);
}

static void widen(Coord *gaps, const SequenceNeed *need) {
    uint32_t count = need->last - need->first;
    int64_t lacking = need->distance;
    for (uint32_t i = need->first; i < need->last; i++)
        lacking -= gaps[i];
    if (lacking <= 0)
        return;
    Coord share = (Coord)(lacking / count), rest = (Coord)(lacking % count);
    for (uint32_t i = need->first; i < need->last; i++)
        gaps[i] += share + ((Coord)(i - need->first) < rest);
}

void sequence_place_columns(SequencePlan *plan) {
    need_heads(plan);
    need_steps(plan);
    need_bands(plan);
    if (plan->need_count)
        qsort(plan->needs, plan->need_count, sizeof *plan->needs, compare_needs);
    Coord *gaps = ARENA_ARRAY(plan->arena, Coord, plan->column_count);
    for (size_t i = 0; i < plan->need_count; i++) {
        const SequenceNeed *one = &plan->needs[i], *before = one - 1;
        /* Of equal pairs only the first, largest one counts. */
        if (i == 0 || one->first != before->first || one->last != before->last)
            widen(gaps, one);
    }
    Coord x = 0;
    for (size_t i = 0; i < plan->column_count; i++) {
        plan->columns[i].x = x;
        x += gaps[i];
    }
}
