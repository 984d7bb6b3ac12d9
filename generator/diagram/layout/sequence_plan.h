/* sequence_plan.h: a sequence diagram on its way to the scene.
 * In: the model; out, step by step: texts with sizes, columns with an x, rows with a y. Columns are
 * the participants from left to right. For the files layout/sequence*.c only. */
#ifndef DIAGRAM_LAYOUT_SEQUENCE_PLAN_H
#define DIAGRAM_LAYOUT_SEQUENCE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "diagram/model/sequence.h"
#include "diagram/scene/sequence.h"

#define SEQ_BAR        COORD_OF_PX(5) /* half of an activation's width, and the step of nested ones */
#define SEQ_TEXT_PAD   COORD_OF_PX(10) /* beside a message's text */
#define SEQ_NOTE_PAD   COORD_OF_PX(10) /* between a note's border and its text */
#define SEQ_NOTE_GAP   COORD_OF_PX(10) /* between a lifeline and a note beside it */
#define SEQ_NOTE_REACH COORD_OF_PX(24) /* of a note over two lifelines beyond each */
#define SEQ_FRAME_PAD  COORD_OF_PX(10) /* between a frame's border and what is in it */
#define SEQ_ROW_REACH  COORD_OF_PX(8)  /* of a message's row beyond its ends */
#define SEQ_TURN       COORD_OF_PX(28) /* how far a message to its own sender goes */
#define SEQ_HEAD_GAP   COORD_OF_PX(24) /* between two participants */
#define SEQ_BAND_PAD   COORD_OF_PX(10) /* between a box's border and its participants */
#define SEQ_COLUMN_GAP COORD_OF_PX(8)  /* between what belongs to one lifeline and the next one */
#define SEQ_TAB_GAP    COORD_OF_PX(8)  /* between a frame's word and its title */

typedef struct SequenceColumn {
    ParticipantId participant;
    TextBlock text;
    Coord width, height;       /* of the head */
    Coord figure_width;        /* 0: an outline with the text inside */
    Coord x;                   /* of the lifeline */
    Coord top;                 /* where the lifeline goes on from; -1: it has not begun */
    bool is_created, is_ended; /* by a message */
    size_t level;              /* activations that are open */
    size_t *bars;              /* which ones: indices into the scene's */
    size_t bar_capacity;
} SequenceColumn;

/* What is known of a step before its place is. */
typedef struct SequenceMeasure {
    TextBlock text;
    TextBlock word;              /* of a frame */
    TextBlock number;            /* of a message; no lines: none */
    size_t depth;                /* frames around it */
    size_t from_level, to_level; /* activations at the ends of a message, or around a note */
    uint32_t first, last;        /* columns that a frame spans */
    size_t section_count;        /* of a frame, without its beginning */
} SequenceMeasure;

/* Columns `first` and `last` must be at least so far apart. */
typedef struct SequenceNeed {
    uint32_t first, last;
    Coord distance;
} SequenceNeed;

typedef struct SequencePlan {
    const Sequence *model;
    Arena *arena;
    int size_px;    /* of participants' names; everything else is smaller */
    Coord text_max; /* where texts are broken */
    SequenceColumn *columns;
    size_t column_count;
    uint32_t *column_of; /* by participant */
    SequenceMeasure *steps;
    SequenceNeed *needs;
    size_t need_count, need_capacity;
    SceneSequence *scene;
    size_t lifeline_capacity;
} SequencePlan;

static inline Coord seq_most(Coord a, Coord b) {
    return a > b ? a : b;
}

static inline Coord seq_least(Coord a, Coord b) {
    return a < b ? a : b;
}

/* How far activations reach to the right of a lifeline, and to the left. */
static inline Coord seq_right(size_t level) {
    return (Coord)level * SEQ_BAR;
}

static inline Coord seq_left(size_t level) {
    return level ? SEQ_BAR : 0;
}

/* The outline of a participant's head that has no figure. */
static inline NodeShape sequence_shape(ParticipantKind kind) {
    return kind == PARTICIPANT_DATABASE      ? SHAPE_CYLINDER
           : kind == PARTICIPANT_COLLECTIONS ? SHAPE_PROCESSES
           : kind == PARTICIPANT_QUEUE       ? SHAPE_STADIUM
                                             : SHAPE_RECT;
}

/* sequence_measure.c: texts, heads, levels, frames' columns. */
void sequence_measure(SequencePlan *plan);

/* Width of a number's badge; 0 without one. */
Coord sequence_badge_width(const SequenceMeasure *measure);

/* Texts that were broken although there is more room between the columns get it. */
void sequence_widen_texts(SequencePlan *plan);

/* sequence_columns.c: an x for every column. */
void sequence_place_columns(SequencePlan *plan);

/* sequence_rows.c: a y for everything from `top` down; gives the lower end of the lifelines. */
Coord sequence_place_rows(SequencePlan *plan, Coord top);

/* sequence.c: one drawing of a participant, centred at its column, with the given top. */
void sequence_add_head(SequencePlan *plan, SequenceColumn *column, Coord top);

#endif
