/* sequence.h: the parts of a sequence diagram with their places; Scene.sequence points to them.
 * In: what layout/sequence.c decided. Out: what svg/sequence.c writes. Lists are in the order of
 * drawing, and what stands behind comes first. */
#ifndef DIAGRAM_SCENE_SEQUENCE_H
#define DIAGRAM_SCENE_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "base/str.h"
#include "diagram/model/sequence.h"
#include "diagram/scene/scene.h"

/* Participants that belong together. */
typedef struct SceneBand {
    Box box;
    SceneText title; /* no lines: none */
    Str color;       /* as written; empty: none */
} SceneBand;

/* A piece of a lifeline; lines step aside for texts that cross them. */
typedef struct SceneLifeline {
    Coord x, top, bottom;
} SceneLifeline;

/* One half of a frame: everything from `else` on, say. */
typedef struct SceneSection {
    Coord y;         /* of the line above it; the frame's top for the first */
    SceneText title; /* no lines: none */
    bool is_backed;  /* an activation lies behind the title */
} SceneSection;

typedef struct SceneFrame {
    SequenceFrame kind;
    Box box;
    Box tab; /* in the top left corner; no width: a rect has none */
    SceneText word;
    SceneSection *sections; /* at least one, except for a rect */
    size_t section_count;
    Str color;       /* of a rect */
    uint32_t parent; /* the frame around it, or SEQUENCE_NONE */
} SceneFrame;

typedef struct SceneNote {
    Box box;
    SceneText text;
} SceneNote;

typedef struct SceneMessage {
    Str from, to; /* ids */
    Point start, end;
    Coord turn; /* of a message to its own sender: where its line turns back; else 0 */
    SequenceHead head;
    bool is_dotted;
    bool has_dot, has_origin; /* a dot at the end, at the start */
    bool is_backed;           /* something lies behind the text, which needs a background */
    SceneText text;           /* no lines: none */
    Box badge;                /* around the number; no width: none */
    SceneText number;
} SceneMessage;

/* One drawing of a participant: at the top, at the bottom, or where it is created. */
typedef struct SceneHead {
    Str id;
    ParticipantKind kind;
    Box box;    /* of the outline; of figure and text together for those with a figure */
    Box figure; /* no width: the text stands inside of the outline */
    SceneText text;
    Str link;
    bool is_first; /* the others are repetitions and no links */
} SceneHead;

typedef struct SceneSequence {
    SceneBand *bands;
    size_t band_count;
    SceneFrame *frames; /* outer ones before inner ones */
    size_t frame_count;
    SceneLifeline *lifelines;
    size_t lifeline_count;
    Box *bars; /* activations; those on top of others come later */
    size_t bar_count;
    Point *crosses; /* where participants end */
    size_t cross_count;
    SceneNote *notes;
    size_t note_count;
    SceneMessage *messages;
    size_t message_count;
    SceneHead *heads;
    size_t head_count;
} SceneSequence;

#endif
