/* roadmap.h: a tracker of pull requests as data, what it claims and what it computes to.
 * In: a Markdown document (PROGRESS_TRACKER.md, PR_BREAKDOWN.md); out: Roadmap, whose every field
 * knows its place in the text down to the table cell. Draws nothing, writes nothing, reads no file;
 * findings about contradictions are lint.c's. */
#ifndef ROADMAP_ROADMAP_H
#define ROADMAP_ROADMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "markdown/md.h"

#define ROADMAP_NONE ((uint32_t)UINT32_MAX) /* no PR */

typedef enum RoadmapKind {
    ROADMAP_TRACKER,   /* PROGRESS_TRACKER.md: the state; PRs are the rows of its dashboard */
    ROADMAP_BREAKDOWN, /* PR_BREAKDOWN.md: the plan; PRs are its sections */
} RoadmapKind;

typedef enum RoadmapStatus {
    ROADMAP_OTHER, /* a status is written, but none that is known; counts as open */
    ROADMAP_NOT_STARTED,
    ROADMAP_IN_PROGRESS,
    ROADMAP_COMPLETE,
    ROADMAP_BLOCKED,
    ROADMAP_CANCELLED,
    ROADMAP_STATUS_COUNT,
} RoadmapStatus;

/* What a column of the dashboard holds, told by its name. */
typedef enum RoadmapColumn {
    ROADMAP_COLUMN_UNKNOWN,
    ROADMAP_COLUMN_ID,
    ROADMAP_COLUMN_TITLE,
    ROADMAP_COLUMN_STATUS,
    ROADMAP_COLUMN_COMPLETION,
    ROADMAP_COLUMN_COMPLEXITY,
    ROADMAP_COLUMN_PRIORITY,
    ROADMAP_COLUMN_NOTES,
    ROADMAP_COLUMN_BRANCH,
    ROADMAP_COLUMN_DEPENDS,
    ROADMAP_COLUMN_PHASE,
    ROADMAP_COLUMN_EFFORT,
    ROADMAP_COLUMN_COMMIT,
    ROADMAP_COLUMN_COUNT,
} RoadmapColumn;

/* A value and where it is written; at.source is NULL when the document does not say. */
typedef struct RoadmapText {
    Str text; /* without Markdown's signs */
    Span at;  /* as written, without padding */
} RoadmapText;

/* A number with up to three decimals, in thousandths: 37.5 is 37500. */
typedef struct RoadmapNumber {
    int64_t milli;
    bool is_set;
    Span at;
} RoadmapNumber;

typedef enum RoadmapMark {
    ROADMAP_MARK_OPEN,
    ROADMAP_MARK_DONE,
    ROADMAP_MARK_OTHER, /* [-], [~] and the like */
} RoadmapMark;

/* One line of a checklist. */
typedef struct RoadmapItem {
    RoadmapMark mark;
    Span mark_at; /* the character between the brackets */
    Span at;      /* the item's text, first line */
} RoadmapItem;

typedef struct RoadmapDependency {
    Str name;       /* the id as written, without prefix */
    uint32_t index; /* of the PR in the same document, or ROADMAP_NONE: no such PR */
    Span at;
} RoadmapDependency;

/* One "**Key**: value". */
typedef struct RoadmapField {
    Str key;
    Span value; /* without blanks around it; may be empty */
} RoadmapField;

/* A heading that belongs to a PR, and all below it. */
typedef struct RoadmapSection {
    Str id;             /* as the heading writes it, without prefix */
    RoadmapText title;  /* without id and status */
    RoadmapText status; /* sign and words at the heading's end, or the Status field */
    Span heading;       /* the heading as a whole */
    Str anchor;         /* the heading's id on the page */
    uint32_t end;       /* offset behind the section's last byte */
    uint32_t level;
    uint32_t parent; /* part of the outline around it, or ROADMAP_NONE */
    bool is_primary; /* "PR 3: title"; otherwise "PR 3 Files" and the like */
} RoadmapSection;

typedef struct RoadmapPr {
    Str id;     /* without prefix: "7a", "4.5", "3+4", "4-6" */
    Span id_at; /* with prefix */
    Span row;   /* the table row; source NULL for a PR of a breakdown */
    /* The row's cells as written, without padding, also where they say nothing; source NULL: the
     * row has no such cell. */
    Span cells[ROADMAP_COLUMN_COUNT];
    RoadmapText title;
    RoadmapText raw_status;
    RoadmapText complexity, priority, effort, branch, notes, phase;
    RoadmapText depends_text; /* what was read for the dependencies */
    RoadmapStatus status;
    bool has_status;
    RoadmapNumber completion; /* the Completion column */
    RoadmapText *commits;
    size_t commit_count, commit_capacity;
    RoadmapText *github_prs; /* text: the digits */
    size_t github_count, github_capacity;
    bool says_depends; /* false: the document does not say */
    bool depends_on_previous;
    RoadmapDependency *depends; /* known and unknown ones, in the order of writing */
    size_t depends_count, depends_capacity;
    RoadmapText *external; /* dependencies on the PRs of another roadmap */
    size_t external_count, external_capacity;
    RoadmapItem *items;
    size_t item_count, item_capacity;
    size_t items_done, items_other; /* of item_count; the rest is open */
    RoadmapItem *signed_items;      /* items that carry a sign instead of a box: "- ⬜ text" */
    size_t signed_count, signed_capacity;
    RoadmapField *fields; /* of its sections, in the order of writing */
    size_t field_count, field_capacity;
    RoadmapSection *sections;
    size_t section_count, section_capacity;
    bool in_completed, in_remaining; /* the lists of a breakdown's state block */
    Span completed_at, remaining_at; /* its items there */
    uint32_t weight;                 /* PRs the row stands for: 2 for "3+4" */
    uint32_t plan;                   /* PR of the breakdown it was joined with, or ROADMAP_NONE */
} RoadmapPr;

typedef struct RoadmapBar {
    bool is_set;
    uint32_t width;  /* cells */
    uint32_t filled; /* whole cells */
    RoadmapNumber percent;
    Span cells; /* between the brackets */
} RoadmapBar;

/* A line about the whole: "**Total Completion**: 83% (10/12 PRs completed)". */
typedef struct RoadmapTotal {
    RoadmapNumber percent, done, total; /* done and total may be unset */
    Span value;                         /* behind the colon */
    size_t rank;                        /* of its key; 0 is the best */
} RoadmapTotal;

typedef enum RoadmapNext {
    ROADMAP_NEXT_UNSAID,
    ROADMAP_NEXT_NOTHING, /* "all PRs complete" */
    ROADMAP_NEXT_ID,
} RoadmapNext;

/* What the document claims about itself. */
typedef struct RoadmapDeclared {
    RoadmapNumber percent, done, total;
    RoadmapNext next_kind;
    RoadmapText next; /* text: the id without prefix */
    Span next_line;   /* the heading or line that names it or says that nothing is left */
    Span next_branch; /* the value of the Branch line below it; source NULL: none */
    RoadmapText current;
    Span current_line; /* the value as a whole, also where it names no PR */
    RoadmapBar bar;
    RoadmapTotal *totals; /* every total line; the one that counts is percent, done, total */
    size_t total_count, total_capacity;
    RoadmapBar *bars; /* every bar; the first is `bar` */
    size_t bar_count, bar_capacity;
} RoadmapDeclared;

/* One of the lists in the state block of a breakdown. */
typedef struct RoadmapList {
    Span heading; /* source NULL: there is no such list */
    Span *items;  /* every item, also those that name no PR ("None yet") */
    size_t item_count, item_capacity;
} RoadmapList;

typedef struct RoadmapLegend {
    RoadmapText text;
    RoadmapStatus status;
} RoadmapLegend;

/* A share: percent is rounded to one decimal, half up. */
typedef struct RoadmapShare {
    uint32_t done, total;
    int64_t percent_milli; /* 0 without a total */
} RoadmapShare;

typedef struct RoadmapComputed {
    RoadmapShare rows;                /* complete rows of all rows */
    RoadmapShare excluding_cancelled; /* complete rows of those that are not cancelled */
    RoadmapShare expanded;            /* a row for several PRs counts that often */
    RoadmapShare checklist;           /* ticked items of all items */
    bool has_mean;
    int64_t mean_completion_milli; /* mean of the Completion column, two decimals */
    uint32_t by_status[ROADMAP_STATUS_COUNT];
} RoadmapComputed;

typedef struct Roadmap {
    RoadmapKind kind;
    const Source *source;
    const MdDoc *doc;
    const struct Outline *outline; /* its blocks under their headings; reader.h */
    const uint32_t *owner;      /* per part of the outline: the PR it belongs to, or ROADMAP_NONE */
    const struct Roadmap *plan; /* what a tracker was joined with, or NULL */
    RoadmapText title;
    RoadmapPr *prs; /* in the order of the rows or sections */
    size_t pr_count, pr_capacity;
    RoadmapSection *strays; /* sections of PRs that have no row */
    size_t stray_count, stray_capacity;
    RoadmapText *columns; /* of the dashboard */
    size_t column_count, column_capacity;
    size_t cell_of[ROADMAP_COLUMN_COUNT]; /* number of the cell, from 1; 0: no such column */
    RoadmapText heading;                  /* above the dashboard */
    Span table;                           /* the dashboard; source NULL: there is none */
    RoadmapLegend *legend;
    size_t legend_count, legend_capacity;
    RoadmapList completed, remaining; /* of a breakdown */
    RoadmapDeclared declared;
    RoadmapComputed computed;
} Roadmap;

/* The roadmap in `doc`, with computed figures. Never fails: a document without PRs gives none.
 * Everything it holds lives in `arena` and in the document's source. */
Roadmap *roadmap_read(const MdDoc *doc, RoadmapKind kind, Arena *arena, Diags *diags);

/* Is a file of this name a tracker, a plan or a list of both? Those are read as more than pages,
 * and edited to the byte. */
bool roadmap_is_document(Str path);

/* Gives the PRs of `tracker` what only the plan says: branch, complexity, priority, effort, phase,
 * dependencies. A PR that stands under another id in the plan is known by its title. */
void roadmap_join(Roadmap *tracker, const Roadmap *plan, Arena *arena);

/* Works out `computed` anew. */
void roadmap_roll_up(Roadmap *roadmap);

/* The PR with this id, tolerant of prefixes ("PR 7", "pr7", "#7"); a group that contains the id
 * when it has no row of its own. ROADMAP_NONE: there is none. */
uint32_t roadmap_find(const Roadmap *roadmap, Str name, Arena *arena);

/* complete or cancelled. */
bool roadmap_is_closed(const RoadmapPr *pr);

/* "not_started", as JSON and class names have it, and "Not started" for people. */
Str roadmap_status_name(RoadmapStatus status);
Str roadmap_status_label(RoadmapStatus status);

/* Adds the findings about a document that contradicts itself, and about a tracker that contradicts
 * the plan it was joined with. */
void roadmap_lint(const Roadmap *roadmap, Arena *arena, Diags *diags);

typedef struct RoadmapJsonOptions {
    const Diags *findings; /* NULL: none */
    const bool *is_listed; /* one per PR: leave out where false; NULL: all */
} RoadmapJsonOptions;

/* Appends the model as one JSON document; `options` may be NULL. */
void roadmap_write_json(const Roadmap *roadmap, const RoadmapJsonOptions *options, Buf *out);

/* Appends one PR as it stands in the list `prs` of that document. */
void roadmap_write_pr_json(const Roadmap *roadmap, uint32_t index, Buf *out);

#endif
