/* history.h: how a tracker came to be what it is.
 * In: the versions of one tracker, oldest first; out: what was done and planned at each of them,
 * and which PR became what. Draws nothing, runs nothing, knows no repository. */
#ifndef ROADMAP_HISTORY_H
#define ROADMAP_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "roadmap/roadmap.h"

typedef struct RoadmapVersion {
    Str commit, subject;
    int64_t time; /* in seconds since 1970, UTC */
    Str content;
} RoadmapVersion;

/* The tracker at one time: what its rows come to, and what it said of itself. */
typedef struct RoadmapPoint {
    Str commit, subject;
    int64_t time;
    uint32_t done, total;                /* counted in the rows */
    RoadmapNumber said_done, said_total; /* declared; their places are not kept */
} RoadmapPoint;

typedef enum RoadmapEvent {
    ROADMAP_EVENT_STATUS,  /* another status */
    ROADMAP_EVENT_ADDED,   /* a new row */
    ROADMAP_EVENT_REMOVED, /* its row is gone */
    ROADMAP_EVENT_MOVED,   /* the same title under another id */
} RoadmapEvent;

typedef struct RoadmapChange {
    RoadmapEvent event;
    size_t point; /* the version that brought it */
    Str id, title;
    Str old_id;             /* of a moved PR */
    RoadmapStatus from, to; /* of a PR that stays: they differ only when the status changed */
} RoadmapChange;

typedef struct RoadmapHistory {
    RoadmapPoint *points; /* oldest first; versions without a single PR give none */
    size_t point_count, point_capacity;
    RoadmapChange *changes; /* oldest first; the first version changes nothing */
    size_t change_count, change_capacity;
} RoadmapHistory;

/* Reads `count` versions of the tracker called `path`. Everything it gives lives in `arena` and in
 * the versions' commits and subjects. */
RoadmapHistory *roadmap_history(Str path, const RoadmapVersion *versions, size_t count,
                                Arena *arena);

/* "PR 7 Alerts: complete, was in progress": one change as a sentence without a full stop. */
void roadmap_change_text(const RoadmapChange *change, Buf *out);

#endif
