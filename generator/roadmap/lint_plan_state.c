#include "base/ban.h"

#include "roadmap/lint.h"

/* The row that a PR of the plan became, or NULL. */
static const RoadmapPr *row_of(const Lint *lint, uint32_t planned) {
    uint32_t row = lint->row_of[planned];
    return row == ROADMAP_NONE ? NULL : &lint->map->prs[row];
}

/* ---- status ---- */

/* Where the plan says how far a PR is. */
static Span said_at(const RoadmapPr *planned) {
    Span at = planned->in_remaining   ? planned->remaining_at
              : planned->in_completed ? planned->completed_at
                                      : planned->raw_status.at;
    if (!at.source)
        return planned->id_at;
    /* An item may go on below its first line. */
    Str rest = span_text(at);
    return span_of_str(at.source, str_trim(str_cut_line(&rest)));
}

static void add_status(const Lint *lint, const LintList *list, bool is_done_here) {
    if (list->count == 0)
        return;
    const RoadmapPr *planned = &lint->plan->prs[list->items[0]];
    bool is_one = list->count == 1;
    diag_add(lint->diags, DIAG_ROADMAP_PLAN_STATUS, said_at(planned),
             is_done_here ? "%.*s %s open in the plan, but complete in the tracker"
                          : "%.*s %s complete in the plan, but open in the tracker",
             STR_FMT(lint_names(lint, lint->plan, list)), is_one ? "is" : "are");
    diag_relate(lint->diags, row_of(lint, list->items[0])->raw_status.at, "its row");
    if (is_done_here)
        lint_fix_lists(lint, list);
}

static void check_statuses(const Lint *lint) {
    LintList done_here = {0};
    LintList done_there = {0};
    for (uint32_t i = 0; i < lint->plan->pr_count; i++) {
        const RoadmapPr *planned = &lint->plan->prs[i];
        const RoadmapPr *row = row_of(lint, i);
        if (!row || !planned->has_status || planned->status == ROADMAP_OTHER ||
            row->status == ROADMAP_CANCELLED || planned->status == ROADMAP_CANCELLED)
            continue;
        bool is_done_here = row->status == ROADMAP_COMPLETE;
        bool is_done_there = planned->status == ROADMAP_COMPLETE;
        if (is_done_here && !is_done_there)
            lint_push(lint, &done_here, i);
        if (!is_done_here && is_done_there)
            lint_push(lint, &done_there, i);
    }
    add_status(lint, &done_here, true);
    add_status(lint, &done_there, false);
}

/* ---- progress ---- */

static bool is_near(int64_t a, int64_t b) {
    return lint_distance(a, b) < 1000;
}

/* "60% Complete (6/10 PRs)" beside a tracker that is elsewhere. */
static void check_progress(const Lint *lint) {
    const RoadmapDeclared *there = &lint->plan->declared;
    const RoadmapNumber *here = &lint->map->declared.percent;
    const RoadmapComputed *computed = &lint->map->computed;
    if (!there->percent.is_set || (here->is_set && is_near(there->percent.milli, here->milli)) ||
        is_near(there->percent.milli, computed->rows.percent_milli) ||
        is_near(there->percent.milli, computed->excluding_cancelled.percent_milli) ||
        is_near(there->percent.milli, computed->expanded.percent_milli))
        return;
    int64_t claim = here->is_set ? here->milli : computed->rows.percent_milli;
    int64_t whole = (computed->rows.percent_milli + 500) / 1000 * 1000;
    diag_add(lint->diags, DIAG_ROADMAP_PLAN_PROGRESS, there->percent.at,
             "the plan says %.*s%%, the tracker says %.*s%%",
             STR_FMT(lint_number(lint, there->percent.milli)), STR_FMT(lint_number(lint, claim)));
    diag_hint(lint->diags, "write %.*s%%", STR_FMT(lint_number(lint, whole)));
    diag_relate(lint->diags, here->is_set ? here->at : lint->map->table, "the tracker's figure");
    diag_fix(lint->diags, there->percent.at, lint_number(lint, whole));
    if (!there->done.is_set)
        return;
    /* In the tracker's own way of counting, when that is a right one. */
    const RoadmapDeclared *own = &lint->map->declared;
    bool is_right = own->done.is_set && lint_is_done(lint->map, own->done.milli) &&
                    lint_is_total(lint->map, own->total.milli);
    int64_t done = is_right ? own->done.milli : (int64_t)computed->rows.done * 1000;
    int64_t total = is_right ? own->total.milli : (int64_t)computed->rows.total * 1000;
    diag_fix(lint->diags, there->done.at, lint_number(lint, done));
    diag_fix(lint->diags, there->total.at, lint_number(lint, total));
}

/* ---- next ---- */

static void check_next(const Lint *lint) {
    const RoadmapDeclared *there = &lint->plan->declared;
    const RoadmapDeclared *here = &lint->map->declared;
    if (there->next_kind != ROADMAP_NEXT_ID)
        return;
    uint32_t planned = roadmap_find(lint->plan, there->next.text, lint->arena);
    const RoadmapPr *row = planned == ROADMAP_NONE ? NULL : row_of(lint, planned);
    if (!row)
        return;
    uint32_t next = here->next_kind == ROADMAP_NEXT_ID
                        ? roadmap_find(lint->map, here->next.text, lint->arena)
                        : ROADMAP_NONE;
    bool is_known = next != ROADMAP_NONE && !roadmap_is_closed(&lint->map->prs[next]);
    if (roadmap_is_closed(row)) {
        diag_add(lint->diags, DIAG_ROADMAP_PLAN_NEXT, there->next.at,
                 "the plan's next PR is %.*s, which the tracker shows as %s",
                 STR_FMT(there->next.text),
                 row->status == ROADMAP_COMPLETE ? "complete" : "cancelled");
        diag_relate(lint->diags, row->id_at, "its row");
    } else if (is_known && &lint->map->prs[next] != row) {
        diag_add(lint->diags, DIAG_ROADMAP_PLAN_NEXT, there->next.at,
                 "the plan's next PR is %.*s, the tracker's is %.*s", STR_FMT(there->next.text),
                 STR_FMT(here->next.text));
        diag_relate(lint->diags, here->next.at, "the tracker's");
    } else {
        return;
    }
    if (is_known) {
        const RoadmapPr *to = &lint->map->prs[next];
        diag_hint(lint->diags, "PR %.*s is next", STR_FMT(to->id));
        if (to->plan != ROADMAP_NONE)
            lint_fix_pointer(lint, lint->plan, &lint->plan->prs[planned],
                             &lint->plan->prs[to->plan]);
    }
    if (!is_known && lint_is_finished(lint->map))
        diag_hint(lint->diags, "say that all PRs are complete");
}

/* ---- lists ---- */

/* A PR stands under Remaining though it is ticked, or under Completed as well. */
static void check_lists(const Lint *lint) {
    LintList list = {0};
    for (uint32_t i = 0; i < lint->plan->pr_count; i++) {
        const RoadmapPr *planned = &lint->plan->prs[i];
        if (planned->in_remaining && planned->status == ROADMAP_COMPLETE)
            lint_push(lint, &list, i);
    }
    if (list.count == 0)
        return;
    const RoadmapPr *first = &lint->plan->prs[list.items[0]];
    Str rest = span_text(first->remaining_at);
    diag_add(lint->diags, DIAG_ROADMAP_PLAN_LISTS,
             span_of_str(first->remaining_at.source, str_trim(str_cut_line(&rest))),
             "%.*s %s complete, but listed as remaining",
             STR_FMT(lint_names(lint, lint->plan, &list)), list.count == 1 ? "is" : "are");
    if (first->in_completed)
        diag_relate(lint->diags, first->completed_at, "listed as completed here");
}

void lint_plan_state(const Lint *lint) {
    check_statuses(lint);
    check_progress(lint);
    check_next(lint);
    check_lists(lint);
}
