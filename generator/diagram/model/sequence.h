/* sequence.h: a sequence diagram as data: who takes part, and what happens in which order.
 * In: what syntax/ read. Out: what layout/ places. Messages, notes, activations and the borders of
 * frames are steps of one list, because their order is all that a sequence diagram says. */
#ifndef DIAGRAM_MODEL_SEQUENCE_H
#define DIAGRAM_MODEL_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/source.h"
#include "base/str.h"
#include "diagram/model/graph.h"

typedef uint32_t ParticipantId; /* index into Sequence.participants */
#define SEQUENCE_NONE GRAPH_NONE

typedef enum ParticipantKind {
    PARTICIPANT_BOX, /* participant */
    PARTICIPANT_ACTOR,
    PARTICIPANT_BOUNDARY,
    PARTICIPANT_CONTROL,
    PARTICIPANT_ENTITY,
    PARTICIPANT_DATABASE,
    PARTICIPANT_COLLECTIONS,
    PARTICIPANT_QUEUE,
    PARTICIPANT_KIND_COUNT,
} ParticipantKind;

/* One entry of a participant's menu, from `link` or `links`. */
typedef struct SequenceLink {
    Str text, url;
    Span at;
} SequenceLink;

typedef struct Participant {
    Str id;
    Label label; /* the id when no alias was given */
    ParticipantKind kind;
    uint32_t box; /* index into Sequence.boxes or SEQUENCE_NONE */
    SequenceLink *links;
    size_t link_count, link_capacity;
    Span at; /* first mention */
} Participant;

typedef struct SequenceBox {
    Label title; /* may be empty */
    Str color;   /* as written; empty: none */
    Span at;
} SequenceBox;

/* How a message ends. A half has only one barb, above or below the line; a stick is the open form
 * of it. Reversed ones have it where the message comes from. */
typedef enum SequenceHead {
    SEQUENCE_HEAD_NONE,        /* -> */
    SEQUENCE_HEAD_ARROW,       /* ->> */
    SEQUENCE_HEAD_BOTH,        /* <<->> */
    SEQUENCE_HEAD_CROSS,       /* -x */
    SEQUENCE_HEAD_POINT,       /* -): asynchronous */
    SEQUENCE_HEAD_HALF_TOP,    /* -|\ */
    SEQUENCE_HEAD_HALF_BOTTOM, /* -|/ */
    SEQUENCE_HEAD_STICK_TOP,
    SEQUENCE_HEAD_STICK_BOTTOM,
    SEQUENCE_HEAD_HALF_TOP_REVERSE, /* the mark stands at the sender: /|- */
    SEQUENCE_HEAD_HALF_BOTTOM_REVERSE,
    SEQUENCE_HEAD_STICK_TOP_REVERSE,
    SEQUENCE_HEAD_STICK_BOTTOM_REVERSE,
    SEQUENCE_HEAD_COUNT,
} SequenceHead;

typedef enum SequenceFrame {
    FRAME_LOOP,
    FRAME_ALT,
    FRAME_OPT,
    FRAME_PAR,
    FRAME_PAR_OVER,
    FRAME_CRITICAL,
    FRAME_BREAK,
    FRAME_RECT, /* only a background: its text is a colour */
    FRAME_KIND_COUNT,
} SequenceFrame;

typedef enum SequenceStepKind {
    STEP_MESSAGE,
    STEP_NOTE,
    STEP_ACTIVATE,
    STEP_DEACTIVATE,
    STEP_OPEN,    /* of a frame */
    STEP_SECTION, /* else, and, option */
    STEP_CLOSE,
    STEP_NUMBER, /* autonumber */
} SequenceStepKind;

typedef enum SequencePlace {
    PLACE_OVER,
    PLACE_LEFT,
    PLACE_RIGHT,
} SequencePlace;

typedef struct SequenceStep {
    SequenceStepKind kind;
    ParticipantId from, to;    /* of a message; ends of a note; `from`: who is activated */
    Label text;                /* of messages, notes, frames and sections; a rect's colour */
    bool is_unwrapped;         /* nowrap: the text stays on its lines */
    bool is_dotted;            /* the line of a message */
    SequenceHead head;         /* of a message */
    bool has_dot, has_origin;  /* `()`: a dot on the receiver's, on the sender's lifeline */
    bool is_creating;          /* this message makes its receiver */
    ParticipantId destroyed;   /* ends with this message, or SEQUENCE_NONE */
    SequenceFrame frame;       /* of STEP_OPEN, STEP_SECTION and STEP_CLOSE */
    SequencePlace place;       /* of a note */
    bool is_numbered;          /* STEP_NUMBER: numbers are shown from here on */
    bool has_number;           /* STEP_NUMBER: the two below were given */
    int64_t number, increment; /* in hundredths */
    Span at;
} SequenceStep;

typedef struct Sequence {
    Participant *participants; /* in the order of first mention */
    size_t participant_count, participant_capacity;
    SequenceBox *boxes;
    size_t box_count, box_capacity;
    SequenceStep *steps;
    size_t step_count, step_capacity;
    Map *index;       /* id -> participant + 1 as pointer */
    Str title;        /* `title`, front matter's, else accTitle; may be empty */
    Label heading;    /* the same without accTitle: drawn; may be empty */
    Str description;  /* accDescr; may be empty */
    Str caption;      /* docsgen.caption */
    bool is_numbered; /* numbers are shown from the first message on */
} Sequence;

Sequence *sequence_new(Arena *arena);

/* The participant called `id`, made on first mention. `id` must outlive `sequence`. */
ParticipantId sequence_intern(Sequence *sequence, Arena *arena, Str id, Span at);

/* The participant called `id`, or SEQUENCE_NONE. */
ParticipantId sequence_find(const Sequence *sequence, Str id);

/* Adds a step without ends or text; it is valid until the next one is added. */
SequenceStep *sequence_add_step(Sequence *sequence, Arena *arena, SequenceStepKind kind, Span at);

/* The word for a participant's kind ("database"), a message's head ("half-top"), a frame ("par").
 */
Str sequence_kind_name(ParticipantKind kind);
Str sequence_head_name(SequenceHead head);
Str sequence_frame_name(SequenceFrame frame);

/* Is every index in range, every frame closed once? For assert. */
bool sequence_check(const Sequence *sequence);

/* Appends the document that `docsgen diagram --format json` prints, with a line end. With the path
 * of the diagram's file as `file`, everything has its place "at" as well; empty: without places. */
void sequence_write_json(const Sequence *sequence, Str file, Buf *buf);

#endif
