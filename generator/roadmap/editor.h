/* editor.h: what the files that edit a tracker share.
 * In: one document before the edit, and how it is to read after it; out: parts of a patch. Internal
 * to this folder, as reader.h is. */
#ifndef ROADMAP_EDITOR_H
#define ROADMAP_EDITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/patch.h"
#include "roadmap/edit.h"

/* One document under edit. */
typedef struct Editor {
    const RoadmapEdit *edit;
    const Roadmap *before;
    const Roadmap *other; /* the plan beside a tracker, the tracker beside a plan, or NULL */
    Roadmap *after;       /* the model with the statuses changed, figures worked out anew */
    uint32_t index;       /* the PR, or ROADMAP_NONE when it is to be added */
    RoadmapStatus status; /* what it becomes */
    uint32_t follow;      /* in a plan: the PR that the tracker points at, or ROADMAP_NONE */
    uint32_t next;        /* the PR to point at from now on, or ROADMAP_NONE: nothing is left */
    Patch patch;
    RoadmapRemarks *left;
    Arena *arena;
} Editor;

/* Adds a sentence for the reader. */
void remarks_add(RoadmapRemarks *remarks, Arena *arena, Span at, Str text);

/* ---- words: edit_words.c ---- */

/* How the Status column spells `status`: as most rows do, else as the legend, else in the manner of
 * the other rows. */
Str words_status(const Editor *editor, RoadmapStatus status);

/* `old`, a sign, a status word or both, as `status` in the same manner: sign for sign, capitals for
 * capitals. */
Str words_like(Str old, RoadmapStatus status, Arena *arena);

/* The text that most of `texts` are; the first of equals; empty without any. */
Str words_most_common(const Str *texts, size_t count);

/* The id of a PR in the manner of `sample`: "PR 7" gives "PR 8", "PR-7" "PR-8". */
Str words_id_like(Str sample, Str id, Arena *arena);

/* The title of a PR as it may stand outside of the table: of its row, its section or its entry in
 * the plan, whichever `old` is for the PR `old_index` (ROADMAP_NONE: the row's). */
Str words_title(const Editor *editor, uint32_t index, uint32_t old_index, Str old);

/* The branch of a PR as the document or the one beside it names it; empty when nobody says. */
Str words_branch(const Editor *editor, uint32_t index);

/* Text of the command line made fit for one line of Markdown. */
Str words_one_line(Str text, Arena *arena);

/* ---- the row: edit_row.c ---- */

/* Status, completion and notes of the PR's row; in a plan the first two, where it has a table. */
void edit_row(Editor *editor);

/* A new row with the title of the edit below the others. */
void edit_add_row(Editor *editor);

/* ---- one PR more: edit_add.c ---- */

/* The row, a section and the figures. */
void edit_add(Editor *editor);

/* The PR that the tracker was given, in the plan: a section, an item of the list and the figures.
 * False when the plan has nothing to write them like. */
bool edit_add_to_plan(Editor *editor, const RoadmapPr *added);

/* ---- the whole: edit_progress.c ---- */

/* Total lines and bars. */
void edit_progress(Editor *editor);

/* Where the pointer goes. It stays where it is as long as that PR can be worked on; a PR that is
 * open again is pointed at when it comes before the others. ROADMAP_NONE: nothing is left. */
uint32_t edit_choose_next(const Editor *editor);

/* The pointer to the next PR with its branch, and the current line. */
void edit_next(Editor *editor);
void edit_current(Editor *editor);

/* ---- sections and plan ---- */

/* Headings, fields and checklist of the PR's sections. */
void edit_sections(Editor *editor);

/* The lists of a plan's state block. */
void edit_lists(Editor *editor);

/* The new PR in the list of those that remain. False where there is no such list. */
bool edit_list_new(Editor *editor);

/* ---- what is left: edit_report.c ---- */

/* Adds the findings that `after` has and `before` had not: the folder that says "planning", prose
 * about a status, a definition of done that is due now. */
void edit_report(const Roadmap *before, const Roadmap *after, RoadmapRemarks *left, Arena *arena);

#endif
