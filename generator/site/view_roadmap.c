#include "base/ban.h"

#include "site/view_roadmap.h"

#include "base/escape.h"
#include "base/map.h"
#include "site/view_diagram.h"
#include "site/view_history.h"

#define NAMED_BLOCKERS 4 /* then "and 3 more" */
#define NAMED_CHAIN    8
#define SHOWN_HASH     10 /* characters of a commit */

/* Which columns of the table have anything in them. */
typedef struct TableColumns {
    bool has_checklist, has_complexity, has_depends;
} TableColumns;

static void add_percent(Buf *out, int64_t milli) {
    buf_add_fixed(out, milli, 1000, 1);
    buf_add_text(out, " %");
}

/* `href` to the table row of a PR. */
static void add_row_id(const RoadmapView *view, uint32_t index, Buf *out) {
    html_escape(out, view->id_prefix);
    buf_add_text(out, "pr-");
    html_escape(out, view->roadmap->prs[index].id);
}

/* "PR 11" as a link to its row. */
static void add_pr_link(const RoadmapView *view, uint32_t index, Buf *out) {
    buf_add_text(out, "<a href=\"#");
    add_row_id(view, index, out);
    buf_add_text(out, "\">PR ");
    html_escape(out, view->roadmap->prs[index].id);
    buf_add_text(out, "</a>");
}

/* The title, leading to the PR's section in the tracker where it has one. */
static void add_title(const RoadmapView *view, const RoadmapPr *pr, Buf *out) {
    bool has_link = pr->section_count > 0 && pr->sections[0].anchor.size > 0;
    if (has_link) {
        buf_add_text(out, "<a href=\"");
        url_escape(out, view->tracker_href);
        buf_add_char(out, '#');
        url_escape(out, pr->sections[0].anchor);
        buf_add_text(out, "\">");
    }
    html_escape(out, pr->title.text);
    if (has_link)
        buf_add_text(out, "</a>");
}

static void add_bar(Buf *out, uint64_t done, uint64_t total, const char *what) {
    buf_add_format(out,
                   "<progress class=\"progress\" value=\"%llu\" max=\"%llu\" "
                   "aria-label=\"%llu of %llu %s\">",
                   (unsigned long long)done, (unsigned long long)(total ? total : 1),
                   (unsigned long long)done, (unsigned long long)total, what);
    buf_add_format(out, "%llu / %llu</progress>", (unsigned long long)done,
                   (unsigned long long)total);
}

static void begin_fact(Buf *out, const char *name) {
    buf_add_text(out, "<dt>");
    buf_add_text(out, name);
    buf_add_text(out, "</dt><dd>");
}

static void end_fact(Buf *out) {
    buf_add_text(out, "</dd>\n");
}

/* ---- facts ---- */

static void add_computed(const RoadmapView *view, Buf *out) {
    const RoadmapComputed *computed = &view->roadmap->computed;
    begin_fact(out, "Computed");
    add_percent(out, computed->rows.percent_milli);
    buf_add_format(out, " = %u complete \xC3\xB7 %u PRs", computed->rows.done,
                   computed->rows.total);
    if (computed->by_status[ROADMAP_CANCELLED] > 0) {
        buf_add_text(out, "; ");
        add_percent(out, computed->excluding_cancelled.percent_milli);
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
    add_percent(out, declared->percent.milli);
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
        add_pr_link(view, view->schedule->next, out);
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
        add_pr_link(view, i, out);
        is_first = false;
    }
    end_fact(out);
}

/* "PR 12 waits for PR 11, PR 9 and 2 more" */
static void add_blockers(const RoadmapView *view, uint32_t index, Buf *out) {
    const RoadmapPr *pr = &view->roadmap->prs[index];
    uint32_t open = view->schedule->steps[index].open_dependencies;
    uint32_t named = 0;
    add_pr_link(view, index, out);
    buf_add_text(out, open > 0 ? " waits for " : " is blocked");
    for (size_t k = 0; k < pr->depends_count && named < NAMED_BLOCKERS; k++) {
        uint32_t on = pr->depends[k].index;
        if (on == ROADMAP_NONE || roadmap_is_closed(&view->roadmap->prs[on]))
            continue;
        buf_add_text(out, named == 0 ? "" : ", ");
        add_pr_link(view, on, out);
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
        add_pr_link(view, schedule->critical_path[i], out);
    }
    end_fact(out);
}

static void add_facts(const RoadmapView *view, Buf *out) {
    const RoadmapShare *checklist = &view->roadmap->computed.checklist;
    buf_add_text(out, "<dl class=\"fields roadmap-facts\">\n");
    add_computed(view, out);
    add_declared(view, out);
    if (checklist->total > 0) {
        begin_fact(out, "Checklists");
        buf_add_format(out, "%u of %u items (", checklist->done, checklist->total);
        add_percent(out, checklist->percent_milli);
        buf_add_char(out, ')');
        end_fact(out);
    }
    add_next(view, out);
    add_in_progress(view, out);
    add_waiting(view, out);
    add_chain(view, out);
    buf_add_text(out, "</dl>\n");
}

/* ---- table ---- */

static TableColumns find_columns(const Roadmap *roadmap) {
    TableColumns columns = {0};
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        columns.has_checklist |= pr->item_count > 0;
        columns.has_complexity |= pr->complexity.text.size > 0;
        columns.has_depends |= pr->depends_count > 0 || pr->external_count > 0;
    }
    return columns;
}

static void add_status(const RoadmapView *view, uint32_t index, Buf *out) {
    RoadmapStatus status = view->roadmap->prs[index].status;
    buf_add_text(out, "<td><span class=\"status status-");
    buf_add(out, roadmap_status_name(status));
    buf_add_text(out, "\">");
    buf_add(out, roadmap_status_label(status));
    buf_add_text(out, "</span>");
    if (index == view->schedule->next)
        buf_add_text(out, " <span class=\"status status-next\">Next</span>");
    buf_add_text(out, "</td>");
}

static void add_checklist(const RoadmapPr *pr, Buf *out) {
    buf_add_text(out, "<td class=\"pr-checklist\">");
    size_t total = pr->item_count - pr->items_other;
    if (total > 0) {
        add_bar(out, pr->items_done, total, "items done");
        buf_add_format(out, " <span class=\"num\">%zu/%zu</span>", pr->items_done, total);
    }
    buf_add_text(out, "</td>");
}

static void add_depends(const RoadmapView *view, const RoadmapPr *pr, Buf *out) {
    const char *gap = "";
    buf_add_text(out, "<td>");
    if (pr->depends_on_previous) {
        buf_add_text(out, "all previous");
    } else {
        for (size_t k = 0; k < pr->depends_count; k++, gap = ", ") {
            buf_add_text(out, gap);
            if (pr->depends[k].index != ROADMAP_NONE)
                add_pr_link(view, pr->depends[k].index, out);
            else
                html_escape(out, pr->depends[k].name);
        }
    }
    for (size_t k = 0; k < pr->external_count; k++, gap = ", ") {
        buf_add_text(out, gap);
        html_escape(out, pr->external[k].text);
    }
    buf_add_text(out, "</td>");
}

/* Puts a dot between two parts of a line. */
static void add_gap(bool is_first, Buf *out) {
    buf_add_text(out, is_first ? "" : " \xC2\xB7 ");
}

/* Branch, commits and GitHub numbers. */
static void add_work(const RoadmapPr *pr, Buf *out) {
    bool is_first = true;
    if (pr->branch.text.size > 0) {
        buf_add_text(out, "<code>");
        html_escape(out, pr->branch.text);
        buf_add_text(out, "</code>");
        is_first = false;
    }
    for (size_t i = 0; i < pr->commit_count; i++, is_first = false) {
        add_gap(is_first, out);
        buf_add_text(out, "<code>");
        html_escape(out, str_slice(pr->commits[i].text, 0, SHOWN_HASH));
        buf_add_text(out, "</code>");
    }
    for (size_t i = 0; i < pr->github_count; i++, is_first = false) {
        add_gap(is_first, out);
        buf_add_char(out, '#');
        html_escape(out, pr->github_prs[i].text);
    }
}

/* Where the work is stands below the title: columns of their own made the table too wide to read.
 */
static void add_title_cell(const RoadmapView *view, const RoadmapPr *pr, Buf *out) {
    buf_add_text(out, "<td class=\"pr-title\">");
    add_title(view, pr, out);
    if (pr->branch.text.size > 0 || pr->commit_count > 0 || pr->github_count > 0) {
        buf_add_text(out, " <span class=\"pr-work\">");
        add_work(pr, out);
        buf_add_text(out, "</span>");
    }
    buf_add_text(out, "</td>");
}

/* Only the first row of an id is a target, so that ids stay unique on the page. */
static void add_row(const RoadmapView *view, const TableColumns *columns, uint32_t index,
                    bool is_target, Buf *out) {
    const RoadmapPr *pr = &view->roadmap->prs[index];
    buf_add_text(out, "<tr");
    if (is_target) {
        buf_add_text(out, " id=\"");
        add_row_id(view, index, out);
        buf_add_char(out, '"');
    }
    buf_add_text(out, "><th scope=\"row\">");
    html_escape(out, pr->id);
    buf_add_text(out, "</th>");
    add_title_cell(view, pr, out);
    add_status(view, index, out);
    if (columns->has_checklist)
        add_checklist(pr, out);
    if (columns->has_depends)
        add_depends(view, pr, out);
    if (columns->has_complexity) {
        buf_add_text(out, "<td>");
        html_escape(out, pr->complexity.text);
        buf_add_text(out, "</td>");
    }
    buf_add_text(out, "</tr>\n");
}

static void add_table(const RoadmapView *view, Buf *out) {
    TableColumns columns = find_columns(view->roadmap);
    const struct {
        bool is_shown;
        const char *name;
    } heads[] = {{true, "PR"},
                 {true, "Title"},
                 {true, "Status"},
                 {columns.has_checklist, "Checklist"},
                 {columns.has_depends, "Depends on"},
                 {columns.has_complexity, "Complexity"}};
    buf_add_text(out, "<div class=\"table-wrap\" role=\"group\" aria-label=\"Pull requests\" "
                      "tabindex=\"0\">\n<table class=\"pr-table\">\n<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (heads[i].is_shown)
            buf_add_format(out, "<th scope=\"col\">%s</th>", heads[i].name);
    }
    buf_add_text(out, "</tr></thead>\n<tbody>\n");
    Map *seen = map_new(view->arena);
    for (uint32_t i = 0; i < view->roadmap->pr_count; i++) {
        RoadmapPr *pr = &view->roadmap->prs[i];
        bool is_target = !map_find(seen, pr->id);
        if (is_target)
            map_put(seen, pr->id, pr);
        add_row(view, &columns, i, is_target, out);
    }
    buf_add_text(out, "</tbody>\n</table>\n</div>\n");
}

/* ---- the whole ---- */

static void add_graph(const RoadmapView *view, Buf *out) {
    const Diagram *graph = view->graph;
    if (!graph || !graph->is_drawn || !graph->graph || graph->graph->edge_count == 0)
        return;
    DiagramView drawing = {.diagram = graph,
                           .caption = STR("An arrow leads from a PR to the one that waits for it; "
                                          "what follows from other arrows is left out."),
                           .id_prefix = view->id_prefix,
                           .root = view->root,
                           .svg_href = view->graph_href};
    view_diagram(&drawing, out);
}

static void add_history(const RoadmapView *view, Buf *out) {
    if (!view->history)
        return;
    HistoryView past = {.history = view->history,
                        .id_prefix = view->id_prefix,
                        .tag = view->tag,
                        .tagged = view->tagged,
                        .arena = view->arena};
    view_burnup(&past, out);
    view_changes(&past, out);
}

static void add_link(Str href, const char *text, Buf *out) {
    buf_add_text(out, "<a href=\"");
    url_escape(out, href);
    buf_add_text(out, "\">");
    buf_add_text(out, text);
    buf_add_text(out, "</a>");
}

/* The bar and the figure that people look for first. */
static void add_head(const RoadmapView *view, Buf *out) {
    const RoadmapShare *rows = &view->roadmap->computed.rows;
    buf_add_text(out, "<p class=\"roadmap-head\"><strong class=\"roadmap-percent\">");
    add_percent(out, rows->percent_milli);
    buf_add_format(out, "</strong> <span>%u of %u PRs complete</span></p>\n", rows->done,
                   rows->total);
    add_bar(out, rows->done, rows->total, "PRs complete");
    buf_add_char(out, '\n');
}

void view_roadmap(const RoadmapView *view, Buf *out) {
    Str name = view->name.size > 0 ? view->name : view->roadmap->title.text;
    buf_add_text(out, "<div class=\"roadmap\" role=\"group\" aria-label=\"");
    html_escape(out, name.size > 0 ? name : STR("Roadmap"));
    buf_add_text(out, "\">\n");
    if (view->roadmap->pr_count == 0) {
        buf_add_text(out, "<p>The tracker has no table of PRs.</p>\n</div>\n");
        return;
    }
    add_head(view, out);
    add_facts(view, out);
    add_table(view, out);
    add_graph(view, out);
    add_history(view, out);
    if (view->tracker_href.size > 0 || view->plan_href.size > 0) {
        buf_add_text(out, "<p class=\"roadmap-sources\">From ");
        if (view->tracker_href.size > 0)
            add_link(view->tracker_href, "the tracker", out);
        buf_add_text(out, view->tracker_href.size > 0 && view->plan_href.size > 0 ? " and " : "");
        if (view->plan_href.size > 0)
            add_link(view->plan_href, "the plan", out);
        buf_add_text(out, "</p>\n");
    }
    buf_add_text(out, "</div>\n");
}

void view_roadmap_summary(const RoadmapView *view, Buf *out) {
    const Roadmap *roadmap = view->roadmap;
    const RoadmapShare *rows = &roadmap->computed.rows;
    Str name = roadmap->title.text.size > 0 ? roadmap->title.text : STR("Roadmap");
    buf_add_text(out, "<span class=\"roadmap-summary\">");
    if (view->tracker_href.size > 0) {
        buf_add_text(out, "<a href=\"");
        url_escape(out, view->tracker_href);
        buf_add_text(out, "\">");
    }
    html_escape(out, name);
    buf_add_text(out, view->tracker_href.size > 0 ? "</a> " : " ");
    add_bar(out, rows->done, rows->total, "PRs complete");
    buf_add_text(out, " <span class=\"num\">");
    add_percent(out, rows->percent_milli);
    buf_add_format(out, "</span> (%u of %u PRs)", rows->done, rows->total);
    if (view->schedule->next != ROADMAP_NONE) {
        const RoadmapPr *next = &roadmap->prs[view->schedule->next];
        buf_add_text(out, ", next: PR ");
        html_escape(out, next->id);
        buf_add_char(out, ' ');
        html_escape(out, next->title.text);
    }
    buf_add_text(out, "</span>");
}
