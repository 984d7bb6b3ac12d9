#include "base/ban.h"

#include "roadmap/id.h"
#include "roadmap/lint.h"

#define SAME_WORK_SCORE  750 /* as join.c: nearly the same title under another id */
#define OTHER_WORK_SCORE 250 /* titles with less in common speak of different work */

/* A PR of the plan and the row it became. */
typedef struct Move {
    uint32_t planned, row;
} Move;

typedef struct Moves {
    Move *items;
    size_t count, capacity;
    LintList planned, rows; /* the same as lists, for messages */
} Moves;

/* A title that is one word long stands for anything. */
static bool is_telling(Str title) {
    return str_find_char(str_trim(title), ' ', 0) != STR_NONE;
}

/* "7a" is a part of 7. */
static bool is_part(Str id, Str whole) {
    return id.size == whole.size + 1 && str_starts_with(id, whole) && id.data[whole.size] >= 'a' &&
           id.data[whole.size] <= 'z';
}

/* The same work under another id; a group that contains the id, or a part of it, is no move. */
static bool is_move(const Lint *lint, const RoadmapPr *planned, const RoadmapPr *row) {
    if (str_equal(planned->id, row->id) || pr_id_contains(row->id, planned->id) ||
        pr_id_contains(planned->id, row->id) || is_part(row->id, planned->id))
        return false;
    return lint_same_title(lint, planned->title.text, row->title.text) ||
           (is_telling(planned->title.text) && is_telling(row->title.text) &&
            roadmap_title_score(planned->title.text, row->title.text) >= SAME_WORK_SCORE);
}

/* Rows that have no PR in the plan but bear the id of one that moved: they were put before it. */
static LintList find_inserted(const Lint *lint, const Moves *moves) {
    LintList inserted = {0};
    Map *moved = map_new(lint->arena);
    for (size_t i = 0; i < moves->count; i++) {
        RoadmapPr *planned = &lint->plan->prs[moves->items[i].planned];
        map_put(moved, planned->id, planned);
    }
    for (uint32_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *row = &lint->map->prs[i];
        if (row->plan == ROADMAP_NONE && map_find(moved, row->id))
            lint_push(lint, &inserted, i);
    }
    return inserted;
}

/* One finding for all that moved, and for what was put in their place. */
static void check_moves(const Lint *lint, const Moves *moves, const LintList *inserted) {
    if (moves->count == 0)
        return;
    const RoadmapPr *planned = &lint->plan->prs[moves->items[0].planned];
    const RoadmapPr *row = &lint->map->prs[moves->items[0].row];
    Str tail = STR("");
    if (inserted->count > 0)
        tail = str_format(lint->arena, ", where %.*s %s new",
                          STR_FMT(lint_names(lint, lint->map, inserted)),
                          inserted->count == 1 ? "is" : "are");
    diag_add(lint->diags, DIAG_ROADMAP_RENUMBERED, planned->id_at,
             "%.*s of the plan %s %.*s in the tracker%.*s",
             STR_FMT(lint_names(lint, lint->plan, &moves->planned)),
             moves->count == 1 ? "is" : "are", STR_FMT(lint_names(lint, lint->map, &moves->rows)),
             STR_FMT(tail));
    diag_hint(lint->diags, "give the plan the tracker's numbers");
    diag_relate(lint->diags, row->id_at, "its row");
}

/* Two PRs share an id and little else, or were only worded anew. */
static void check_conflict(const Lint *lint, const RoadmapPr *planned, const RoadmapPr *row) {
    bool is_other = roadmap_title_score(planned->title.text, row->title.text) < OTHER_WORK_SCORE;
    diag_add(lint->diags, is_other ? DIAG_ROADMAP_PLAN_TITLE : DIAG_ROADMAP_TITLE_DRIFT,
             planned->title.at, "PR %.*s is \"%.*s\" in the plan, but \"%.*s\" in the tracker",
             STR_FMT(row->id), STR_FMT(planned->title.text), STR_FMT(row->title.text));
    diag_relate(lint->diags, row->title.at, "its row");
}

/* PRs of the plan that the tracker has split into rows of their own: those rows are the finding. */
static LintList without_split(const Lint *lint, const LintList *planned, const LintList *rows) {
    LintList rest = {0};
    bool is_too_large = planned->count * rows->count > LINT_COMPARISON_LIMIT;
    for (size_t i = 0; i < planned->count; i++) {
        bool is_split = false;
        for (size_t k = 0; !is_too_large && k < rows->count && !is_split; k++)
            is_split =
                is_part(lint->map->prs[rows->items[k]].id, lint->plan->prs[planned->items[i]].id);
        if (!is_split)
            lint_push(lint, &rest, planned->items[i]);
    }
    return rest;
}

/* One finding for each document that has PRs of its own. */
static void check_only(const Lint *lint, const LintList *rows, const LintList *planned) {
    if (rows->count > 0) {
        diag_add(lint->diags, DIAG_ROADMAP_PLAN_SET, lint->map->prs[rows->items[0]].id_at,
                 "%.*s %s not in the plan", STR_FMT(lint_names(lint, lint->map, rows)),
                 rows->count == 1 ? "is" : "are");
        diag_relate(lint->diags, lint->plan->prs[0].id_at, "the plan's first PR");
    }
    if (planned->count > 0) {
        diag_add(lint->diags, DIAG_ROADMAP_PLAN_SET, lint->plan->prs[planned->items[0]].id_at,
                 "%.*s of the plan %s not in the tracker",
                 STR_FMT(lint_names(lint, lint->plan, planned)),
                 planned->count == 1 ? "is" : "are");
        diag_relate(lint->diags, lint->map->table, "the rows");
    }
}

/* Rows that the plan does not have. Those of a plan whose fences hide headings are not its
 * mistake: the fence is. */
static void find_only_rows(const Lint *lint, const LintList *inserted, const Map *conflicts,
                           LintList *rows) {
    Map *excused = lint_fenced_ids(lint->plan, lint->arena);
    for (size_t i = 0; i < inserted->count; i++) {
        RoadmapPr *row = &lint->map->prs[inserted->items[i]];
        map_put(excused, row->id, row);
    }
    for (size_t i = 0; i < lint->plan->pr_count; i++) {
        RoadmapPr *row = lint->row_of[i] == ROADMAP_NONE ? NULL : &lint->map->prs[lint->row_of[i]];
        if (row && row->plan == ROADMAP_NONE)
            map_put(excused, row->id, row); /* a group joined by its members */
    }
    for (uint32_t i = 0; i < lint->map->pr_count; i++) {
        const RoadmapPr *row = &lint->map->prs[i];
        if (row->plan == ROADMAP_NONE && !map_find(excused, row->id) &&
            !map_find(conflicts, row->id))
            lint_push(lint, rows, i);
    }
}

void lint_plan_set(const Lint *lint) {
    Moves moves = {0};
    LintList only_planned = {0};
    LintList only_rows = {0};
    Map *conflicts = map_new(lint->arena);
    if (lint->plan->pr_count == 0)
        return;
    for (uint32_t i = 0; i < lint->plan->pr_count; i++) {
        RoadmapPr *planned = &lint->plan->prs[i];
        uint32_t row = lint->row_of[i];
        if (row != ROADMAP_NONE && is_move(lint, planned, &lint->map->prs[row])) {
            ARENA_RESERVE(lint->arena, moves.items, moves.count, moves.capacity);
            moves.items[moves.count++] = (Move){i, row};
            lint_push(lint, &moves.planned, i);
            lint_push(lint, &moves.rows, row);
        }
        const RoadmapPr *same_id = row == ROADMAP_NONE ? lint_find(lint, planned->id) : NULL;
        if (same_id && same_id->plan == ROADMAP_NONE) {
            check_conflict(lint, planned, same_id);
            map_put(conflicts, planned->id, planned);
        } else if (row == ROADMAP_NONE) {
            lint_push(lint, &only_planned, i);
        }
    }
    LintList inserted = find_inserted(lint, &moves);
    check_moves(lint, &moves, &inserted);
    find_only_rows(lint, &inserted, conflicts, &only_rows);
    LintList rest = without_split(lint, &only_planned, &only_rows);
    check_only(lint, &only_rows, &rest);
}
