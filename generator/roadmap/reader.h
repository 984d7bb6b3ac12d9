/* reader.h: what the files that read a tracker share.
 * In: MdDoc; out: the outline of its blocks and small readers of lines and references. Internal to
 * this folder: nothing outside of roadmap/ includes it. */
#ifndef ROADMAP_READER_H
#define ROADMAP_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/source.h"
#include "base/str.h"
#include "markdown/md.h"
#include "roadmap/roadmap.h"

/* A heading, paragraph, list item, table or code block, in document order. */
typedef struct OutlineBlock {
    const MdNode *node;
    uint32_t part; /* of the nearest heading above, or ROADMAP_NONE */
} OutlineBlock;

/* A heading and everything up to the next heading of the same or a higher level. */
typedef struct OutlinePart {
    const MdNode *heading;
    Str text;        /* plain */
    Str raw;         /* as written, without the number signs */
    uint32_t level;  /* from 1 */
    uint32_t parent; /* part around it, or ROADMAP_NONE */
    uint32_t first;  /* block of the heading itself */
    uint32_t end;    /* block behind the last one */
} OutlinePart;

typedef struct Outline {
    OutlineBlock *blocks;
    size_t block_count, block_capacity;
    OutlinePart *parts;
    size_t part_count, part_capacity;
} Outline;

typedef struct Reader {
    const MdDoc *doc;
    const Source *source;
    Outline outline;
    Roadmap *map;
    Map *ids;        /* id -> uint32_t *: index; members of a group as well */
    uint32_t *owner; /* per part: the PR whose section it is in, or ROADMAP_NONE */
    Arena *arena;
    Diags *diags;
    bool has_hashed_ids; /* ids look like GitHub numbers: "PR #1" */
    size_t depends_room; /* dependencies that may still be added */
} Reader;

/* One "**Key**: value" of a line; both are slices of the source. */
typedef struct Field {
    Str key, value;
} Field;

/* Lists the blocks and parts of the document. */
void outline_build(Reader *reader);

/* Offset behind the last byte of a part. */
uint32_t outline_part_end(const Reader *reader, const OutlinePart *part);

/* Takes the next field off `line`; false when there is none. */
bool field_next(Str *line, Field *field);

/* Offset of `needle` (lower case) in `text`, upper and lower case alike, or STR_NONE. */
size_t text_find(Str text, const char *needle);

/* Without spaces and without emphasis and backquotes around the whole. */
Str text_strip(Str text);

/* "-", dashes, "TBD" and the like: nothing is said. */
bool text_is_nothing(Str text);

/* Keeps the first value: a later one does not replace it. `value` is a slice of the source. */
void text_set(RoadmapText *field, const Reader *reader, Str value);

/* The PR called `id` or ROADMAP_NONE. */
uint32_t reader_find(const Reader *reader, Str id);

/* Appends an empty PR. */
RoadmapPr *reader_add_pr(Reader *reader, Str id, Span at, uint32_t weight);

/* Makes PRs known to reader_find: one of them; all, with the members of groups that have no row of
 * their own. */
void reader_index_id(Reader *reader, Str id, uint32_t index);
void reader_index_ids(Reader *reader);

/* Commits and GitHub numbers in free text, where only those count that are called so; and in a
 * field made for commits, where every hash counts. */
void refs_read_notes(Reader *reader, RoadmapPr *pr, Str text);
void refs_read_commits(Reader *reader, RoadmapPr *pr, Str text);
void refs_read_github(Reader *reader, RoadmapPr *pr, Str text, bool any_number_sign);

/* Dependencies in a cell or field made for them; and in free text ("Depends on PR 9"). What is
 * said first stays. False when the text says nothing about dependencies. */
bool depends_read(Reader *reader, RoadmapPr *pr, Str text);
bool depends_read_notes(Reader *reader, RoadmapPr *pr, Str text);

/* Turns names into indices when all PRs are known; spells out "all previous". */
void depends_resolve(Reader *reader);

/* The dashboard of a tracker becomes its PRs; the tables of a breakdown give what sections left
 * out. */
void tables_read_dashboard(Reader *reader);
void tables_read_plan(Reader *reader);

/* The sections of PRs with fields and checklists; in a breakdown they are the PRs. */
void sections_read(Reader *reader);

/* Totals, bar, next, current, legend. */
void legend_read(Reader *reader);
void progress_read(Reader *reader);

/* The state block of a breakdown: Completed, Remaining. */
void lists_read(Reader *reader);

/* Phases: headings like "Phase 2: Rules (PR2-PR4)". */
void phases_read(Reader *reader);

#endif
