#include "base/ban.h"

#include "base/escape.h"
#include "base/map.h"
#include "site/view/roadmap_parts.h"

#define SHOWN_HASH 10 /* characters of a commit */

/* Which columns of the table have anything in them. */
typedef struct TableColumns {
    bool has_checklist, has_complexity, has_depends;
} TableColumns;

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
        roadmap_add_bar(out, pr->items_done, total, "items done");
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
                roadmap_add_pr_link(view, pr->depends[k].index, out);
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
        roadmap_add_row_id(view, index, out);
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

void roadmap_add_table(const RoadmapView *view, Buf *out) {
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

/* ---- phases ---- */

static bool is_in_phase(const RoadmapPr *pr, const RoadmapPr *first) {
    return str_equal(pr->phase.text, first->phase.text);
}

/* The phase that begins with this PR: its name, and how far it is. */
static void add_phase(const RoadmapView *view, uint32_t first, Buf *out) {
    const Roadmap *roadmap = view->roadmap;
    uint32_t done = 0, total = 0;
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (!is_in_phase(&roadmap->prs[i], &roadmap->prs[first]))
            continue;
        done += roadmap->prs[i].status == ROADMAP_COMPLETE;
        total++;
    }
    buf_add_text(out, "<tr><th scope=\"row\">");
    html_escape(out, roadmap->prs[first].phase.text);
    buf_add_text(out, "</th><td class=\"pr-checklist\">");
    roadmap_add_bar(out, done, total, "PRs complete");
    buf_add_format(out, " <span class=\"num\">%u/%u</span></td><td>", done, total);
    const char *gap = "";
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (!is_in_phase(&roadmap->prs[i], &roadmap->prs[first]))
            continue;
        buf_add_text(out, gap);
        roadmap_add_pr_link(view, i, out);
        gap = ", ";
    }
    buf_add_text(out, "</td></tr>\n");
}

void roadmap_add_phases(const RoadmapView *view, Buf *out) {
    const Roadmap *roadmap = view->roadmap;
    Map *seen = map_new(view->arena);
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        RoadmapPr *pr = &roadmap->prs[i];
        if (pr->phase.text.size == 0 || map_find(seen, pr->phase.text))
            continue;
        if (map_count(seen) == 0)
            buf_add_text(out, "<div class=\"table-wrap\" role=\"group\" aria-label=\"Phases\" "
                              "tabindex=\"0\">\n<table class=\"pr-table\">\n<thead><tr>"
                              "<th scope=\"col\">Phase</th><th scope=\"col\">Progress</th>"
                              "<th scope=\"col\">PRs</th></tr></thead>\n<tbody>\n");
        map_put(seen, pr->phase.text, pr);
        add_phase(view, i, out);
    }
    if (map_count(seen) > 0)
        buf_add_text(out, "</tbody>\n</table>\n</div>\n");
}
