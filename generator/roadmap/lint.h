/* lint.h: what the files that judge a tracker share.
 * In: a Roadmap, joined with its plan or not; out: findings, each with both places where two
 * disagree and with the replacement that repairs it where that takes no thought. Internal to this
 * folder: nothing outside of roadmap/ includes it. */
#ifndef ROADMAP_LINT_H
#define ROADMAP_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/source.h"
#include "base/str.h"
#include "roadmap/reader.h"
#include "roadmap/roadmap.h"
#include "roadmap/schedule.h"

/* One document under judgement. */
typedef struct Lint {
    const Roadmap *map;
    const Roadmap *plan;    /* that a tracker was joined with, or NULL */
    const Roadmap *tracker; /* that a plan was joined with, or NULL */
    const uint32_t *row_of; /* per PR of the plan: its row in the tracker, or ROADMAP_NONE */
    const Schedule *schedule;
    const Map *ids; /* id -> RoadmapPr *: the first with this id */
    Arena *arena;
    Diags *diags;
} Lint;

/* Comparisons of everything with everything end here; no real roadmap comes near. */
#define LINT_COMPARISON_LIMIT ((size_t)250000)

/* Some PRs of a document, in its order. */
typedef struct LintList {
    uint32_t *items;
    size_t count, capacity;
} LintList;

/* One group of rules each; lint.c says which runs on what. */
void lint_totals(const Lint *lint);
void lint_next(const Lint *lint);
void lint_rows(const Lint *lint);
void lint_commits(const Lint *lint);
void lint_spelling(const Lint *lint);
void lint_sections(const Lint *lint);
void lint_dependencies(const Lint *lint);
void lint_duration(const Lint *lint);
void lint_prose(const Lint *lint);
void lint_counts_in_prose(const Lint *lint);
void lint_places(const Lint *lint);
void lint_fences(const Lint *lint);
void lint_plan_set(const Lint *lint);
void lint_plan_state(const Lint *lint);
void lint_plan_fields(const Lint *lint);

/* ---- what several groups need ---- */

int64_t lint_distance(int64_t a, int64_t b);

/* A figure as people write it: "37.5". */
Str lint_number(const Lint *lint, int64_t milli);

/* May people count so many PRs, or so many finished ones? Cancelled ones may be left out or taken
 * for finished, and a row for several PRs may count that often. */
bool lint_is_total(const Roadmap *map, int64_t milli);
bool lint_is_done(const Roadmap *map, int64_t milli);

void lint_push(const Lint *lint, LintList *list, uint32_t index);

/* "PR 7", "PRs 7 and 8", "PRs 1, 2, 3 and 9 more". */
Str lint_names(const Lint *lint, const Roadmap *map, const LintList *list);

/* True when everything is complete or cancelled. */
bool lint_is_finished(const Roadmap *map);

/* Repairs `at`, which lies in the cell `cell` of a table: the padding behind it gives way, so that
 * columns stay below each other. */
void lint_fix_cell(const Lint *lint, Span cell, Span at, Str text);

/* Repairs the line that names the next PR in `map`: id, title and branch of `to` instead of those
 * of `from`. Nothing where the line does not bear the title of `from`: it is prose. */
void lint_fix_pointer(const Lint *lint, const Roadmap *map, const RoadmapPr *from,
                      const RoadmapPr *to);

/* Repairs the plan's lists: these PRs of it, open there, are finished. They move to Completed, or
 * are ticked where the plan keeps finished ones under Remaining. */
void lint_fix_lists(const Lint *lint, const LintList *finished);

/* Do two titles say the same, whatever their case, punctuation and "&"? */
bool lint_same_title(const Lint *lint, Str left, Str right);

/* Share of common words, in thousandths of the shorter title; join.c. */
uint32_t roadmap_title_score(Str left, Str right);

/* The ids whose headings lie inside code blocks; lint_fence.c. */
Map *lint_fenced_ids(const Roadmap *map, Arena *arena);

/* How many of them are no PR of the document for that reason; lint_fence.c. */
size_t lint_hidden_count(const Lint *lint);

/* The PR with exactly this id, or NULL. */
const RoadmapPr *lint_find(const Lint *lint, Str id);

#endif
