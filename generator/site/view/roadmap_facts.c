#include "base/ban.h"

#include "base/escape.h"
#include "site/view/roadmap_parts.h"

#define NAMED_BLOCKERS 4 /* then "and 3 more" */
#define NAMED_CHAIN    8

static void begin_fact(Buf *out, const char *name) {
    buf_add_text(out, "<dt>");
    buf_add_text(out, name);
    buf_add_text(out, "</dt><dd>");
}

static void end_fact(Buf *out) {
    buf_add_text(out, "</dd>\n");
}

static void add_computed(const RoadmapView *view, Buf *out) {
    const RoadmapComputed *computed = &view->roadmap->computed;
    begin_fact(out, "Computed");
    roadmap_add_percent(out, computed->rows.percent_milli);
    buf_add_format(out, " = %u complete \xC3\xB7 %u PRs", computed->rows.done,
                   computed->rows.total);
    if (computed->by_status[ROADMAP_CANCELLED] > 0) {
        buf_add_text(out, "; ");
        roadmap_add_percent(out, computed->excluding_cancelled.percent_milli);
        buf_add_format(out, " without the %u cancelled", computed->by_status[ROADMAP_CANCELLED]);
    }
    end_fact(out);
}

/* Rounding and counting cancelled PRs or groups differently are no disagreement. */
static bool agrees(const Roadmap *roadmap) {
    int64_t claim = roadmap->declared.percent.milli;
    const RoadmapComputed *computed = &roadmap->computed;
    const int64_t meant[] = {computed->rows.percent_milli,
                             computed->excluding_cancelled.percent_milli,
                             computed->expanded.percent_milli};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        if (claim - meant[i] < 1000 && meant[i] - claim < 1000)
            return true;
    }
    return false;
}

static void add_declared(const RoadmapView *view, Buf *out) {
    const RoadmapDeclared *declared = &view->roadmap->declared;
    if (!declared->percent.is_set)
        return;
    begin_fact(out, "Declared");
    roadmap_add_percent(out, declared->percent.milli);
    if (declared->done.is_set) {
        buf_add_text(out, " (");
        buf_add_fixed(out, declared->done.milli, 1000, 3);
        buf_add_text(out, " of ");
        buf_add_fixed(out, declared->total.milli, 1000, 3);
        buf_add_char(out, ')');
    }
    buf_add_text(out, agrees(view->roadmap) ? ", agrees"
                                            : ", <strong>differs from the computed</strong>");
    end_fact(out);
}

static void add_next(const RoadmapView *view, Buf *out) {
    begin_fact(out, "Next");
    if (view->schedule->next != ROADMAP_NONE) {
        roadmap_add_pr_link(view, view->schedule->next, out);
        buf_add_char(out, ' ');
        html_escape(out, view->roadmap->prs[view->schedule->next].title.text);
        buf_add_text(out, ": ");
    }
    html_escape(out, view->schedule->next_reason);
    end_fact(out);
}

static void add_in_progress(const RoadmapView *view, Buf *out) {
    if (view->roadmap->computed.by_status[ROADMAP_IN_PROGRESS] == 0)
        return;
    bool is_first = true;
    begin_fact(out, "In progress");
    for (uint32_t i = 0; i < view->roadmap->pr_count; i++) {
        if (view->roadmap->prs[i].status != ROADMAP_IN_PROGRESS)
            continue;
        buf_add_text(out, is_first ? "" : ", ");
        roadmap_add_pr_link(view, i, out);
        is_first = false;
    }
    end_fact(out);
}

/* "PR 12 waits for PR 11, PR 9 and 2 more" */
static void add_blockers(const RoadmapView *view, uint32_t index, Buf *out) {
    const RoadmapPr *pr = &view->roadmap->prs[index];
    uint32_t open = view->schedule->steps[index].open_dependencies;
    uint32_t named = 0;
    roadmap_add_pr_link(view, index, out);
    buf_add_text(out, open > 0 ? " waits for " : " is blocked");
    for (size_t k = 0; k < pr->depends_count && named < NAMED_BLOCKERS; k++) {
        uint32_t on = pr->depends[k].index;
        if (on == ROADMAP_NONE || roadmap_is_closed(&view->roadmap->prs[on]))
            continue;
        buf_add_text(out, named == 0 ? "" : ", ");
        roadmap_add_pr_link(view, on, out);
        named++;
    }
    if (open > named)
        buf_add_format(out, " and %u more", open - named);
}

static void add_waiting(const RoadmapView *view, Buf *out) {
    bool is_first = true;
    for (uint32_t i = 0; i < view->roadmap->pr_count; i++) {
        const RoadmapPr *pr = &view->roadmap->prs[i];
        bool is_waiting = !roadmap_is_closed(pr) && view->schedule->steps[i].open_dependencies > 0;
        if (!is_waiting && pr->status != ROADMAP_BLOCKED)
            continue;
        if (is_first)
            begin_fact(out, "Waiting");
        buf_add_text(out, is_first ? "" : "; ");
        add_blockers(view, i, out);
        is_first = false;
    }
    if (!is_first)
        end_fact(out);
}

static void add_chain(const RoadmapView *view, Buf *out) {
    const Schedule *schedule = view->schedule;
    if (schedule->critical_count < 2)
        return;
    begin_fact(out, "Critical path");
    buf_add_format(out, "%zu open PRs one after another: ", schedule->critical_count);
    for (size_t i = 0; i < schedule->critical_count; i++) {
        if (i == NAMED_CHAIN) {
            buf_add_format(out, " and %zu more", schedule->critical_count - i);
            break;
        }
        buf_add_text(out, i == 0 ? "" : " \xE2\x86\x92 ");
        roadmap_add_pr_link(view, schedule->critical_path[i], out);
    }
    end_fact(out);
}

/* Which open PRs may wait, and how long, without making the longest chain longer. */
static void add_slack(const RoadmapView *view, Buf *out) {
    uint32_t named = 0, more = 0;
    for (uint32_t i = 0; i < view->roadmap->pr_count; i++) {
        const ScheduleStep *step = &view->schedule->steps[i];
        if (roadmap_is_closed(&view->roadmap->prs[i]) || step->in_cycle || step->slack == 0)
            continue;
        if (named == NAMED_CHAIN) {
            more++;
            continue;
        }
        if (named++ == 0)
            begin_fact(out, "Slack");
        else
            buf_add_text(out, ", ");
        roadmap_add_pr_link(view, i, out);
        buf_add_format(out, " %u round%s", step->slack, step->slack == 1 ? "" : "s");
    }
    if (more > 0)
        buf_add_format(out, " and %u more", more);
    if (named > 0)
        end_fact(out);
}

void roadmap_add_facts(const RoadmapView *view, Buf *out) {
    const RoadmapShare *checklist = &view->roadmap->computed.checklist;
    buf_add_text(out, "<dl class=\"fields roadmap-facts\">\n");
    add_computed(view, out);
    add_declared(view, out);
    if (checklist->total > 0) {
        begin_fact(out, "Checklists");
        buf_add_format(out, "%u of %u items (", checklist->done, checklist->total);
        roadmap_add_percent(out, checklist->percent_milli);
        buf_add_char(out, ')');
        end_fact(out);
    }
    add_next(view, out);
    add_in_progress(view, out);
    add_waiting(view, out);
    add_chain(view, out);
    add_slack(view, out);
    buf_add_text(out, "</dl>\n");
}
