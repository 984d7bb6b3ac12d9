/* edit.h: one step of a roadmap written into its documents.
 * In: the tracker as read, the plan beside it, and what happened (a PR was started, finished ...);
 * out: the new texts, in which every byte that need not change is as it was, or the reasons why
 * not. Reads and writes no file, knows no clock; whatever it cannot do for sure it leaves to the
 * reader and says so. */
#ifndef ROADMAP_EDIT_H
#define ROADMAP_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "roadmap/roadmap.h"

typedef enum RoadmapVerb {
    ROADMAP_START,
    ROADMAP_DONE,
    ROADMAP_REOPEN,
    ROADMAP_BLOCK,
    ROADMAP_ADD,
} RoadmapVerb;

typedef struct RoadmapEdit {
    RoadmapVerb verb;
    uint32_t pr; /* index in the document; ROADMAP_NONE for ROADMAP_ADD */
    Str title;   /* ADD: "Title", or "PR 4.5: Title" where the id matters */
    Str commit;  /* all of these may be empty */
    Str github;  /* digits */
    Str note;
    uint32_t by; /* BLOCK: the PR that blocks, or ROADMAP_NONE */
    bool is_forced;
} RoadmapEdit;

/* A sentence with its place. */
typedef struct RoadmapRemark {
    Span at;
    Str text; /* one line, no full stop */
} RoadmapRemark;

typedef struct RoadmapRemarks {
    RoadmapRemark *items;
    size_t count, capacity;
} RoadmapRemarks;

typedef struct RoadmapEdited {
    Str id;                  /* of the PR that was edited or added */
    Str tracker;             /* the new text; the old one when nothing changes */
    Str plan;                /* the same for the plan; empty without a plan */
    RoadmapRemarks refusals; /* not empty: nothing may be written */
    bool may_force;          /* is_forced would do it all the same */
    RoadmapRemarks left;     /* what only a person can put right */
    const Roadmap *after;    /* the tracker as it reads then, joined with the plan */
    uint32_t *ready;         /* PRs of `after` that can be started only now */
    size_t ready_count;
} RoadmapEdited;

/* Works out the edit. `tracker` may be a breakdown alone; `plan` is what it was joined with, or
 * NULL. The result is read back before it is given: an edit whose text does not read as intended is
 * refused. */
RoadmapEdited roadmap_edit(const Roadmap *tracker, const Roadmap *plan, const RoadmapEdit *edit,
                           Arena *arena);

/* Does the list of roadmaps in `overview` name the tracker? */
bool roadmap_is_listed(const Source *overview, const Roadmap *tracker, Arena *arena);

/* The list after the edit that made `after` of `before`: status, percentage, count and bar of the
 * tracker's row, and what the list says of all rows together. The old text when the row is right
 * already, or there is none. */
Str roadmap_edit_overview(const Source *overview, const Roadmap *before, const Roadmap *after,
                          Arena *arena);

#endif
