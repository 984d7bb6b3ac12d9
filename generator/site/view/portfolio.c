#include "base/ban.h"

#include "site/view/portfolio.h"

#include "base/escape.h"
#include "base/fs.h"
#include "git/git.h"
#include "site/view/roadmap_parts.h"

static bool is_below(const SiteTracker *tracker, Str folder) {
    Str path = tracker->page->path;
    return folder.size == 0 || (str_starts_with(path, folder) && path.size > folder.size &&
                                path.data[folder.size] == '/');
}

/* "3 in progress, 1 blocked"; nothing for a status that no PR has. */
static void add_open(const Roadmap *roadmap, Buf *out) {
    static const struct {
        RoadmapStatus status;
        const char *word;
    } shown[] = {{ROADMAP_IN_PROGRESS, "in progress"},
                 {ROADMAP_BLOCKED, "blocked"},
                 {ROADMAP_NOT_STARTED, "not started"}};
    const char *gap = "";
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        uint32_t count = roadmap->computed.by_status[shown[i].status];
        if (count == 0)
            continue;
        buf_add_format(out, "%s%u %s", gap, count, shown[i].word);
        gap = ", ";
    }
}

static void add_next(const RoadmapView *view, Buf *out) {
    const Roadmap *roadmap = view->roadmap;
    if (view->schedule->next == ROADMAP_NONE) {
        html_escape(out, view->schedule->next_reason);
        return;
    }
    const RoadmapPr *next = &roadmap->prs[view->schedule->next];
    buf_add_text(out, "PR ");
    html_escape(out, next->id);
    buf_add_char(out, ' ');
    html_escape(out, next->title.text);
}

/* The title and a link to the dashboard, with what the checks found in between the lines. */
static void add_name(const RoadmapView *view, const SiteTracker *tracker, Buf *out) {
    Str title =
        tracker->roadmap->title.text.size ? tracker->roadmap->title.text : tracker->page->title;
    buf_add_text(out, "<th scope=\"row\">");
    if (view->tracker_href.size) {
        buf_add_text(out, "<a href=\"");
        url_escape(out, view->tracker_href);
        buf_add_text(out, "\">");
    }
    html_escape(out, title);
    buf_add_text(out, view->tracker_href.size ? "</a>" : "");
    size_t errors = 0;
    for (size_t i = 0; i < diags_count(tracker->findings); i++)
        errors += view->severities[diags_get(tracker->findings, i)->rule] == DIAG_ERROR;
    if (errors)
        buf_add_format(
            out, " <span class=\"pr-work finding-error\">contradicts itself: %zu error%s</span>",
            errors, errors == 1 ? "" : "s");
    buf_add_text(out, "</th>");
}

static void add_row(const RoadmapView *view, const SiteTracker *tracker, Buf *out) {
    const RoadmapShare *rows = &tracker->roadmap->computed.rows;
    buf_add_text(out, "<tr>");
    add_name(view, tracker, out);
    buf_add_text(out, "<td class=\"pr-checklist\">");
    roadmap_add_bar(out, rows->done, rows->total, "PRs complete");
    buf_add_format(out, " <span class=\"num\">%u/%u</span></td><td>", rows->done, rows->total);
    add_open(tracker->roadmap, out);
    buf_add_text(out, "</td><td>");
    add_next(view, out);
    buf_add_text(out, "</td><td class=\"num\">");
    const RoadmapHistory *history = tracker->history;
    if (history && history->point_count)
        buf_add(out, git_day(history->points[history->point_count - 1].time, view->arena));
    buf_add_text(out, "</td></tr>\n");
}

/* All trackers together: PRs are counted, not percentages averaged. */
static void add_sum(const Site *site, Str folder, Buf *out) {
    uint32_t done = 0, total = 0, count = 0;
    for (size_t i = 0; i < site->tracker_count; i++) {
        if (!is_below(&site->trackers[i], folder))
            continue;
        done += site->trackers[i].roadmap->computed.rows.done;
        total += site->trackers[i].roadmap->computed.rows.total;
        count++;
    }
    if (count < 2)
        return;
    buf_add_format(out,
                   "</tbody>\n<tfoot><tr><th scope=\"row\">%u roadmaps</th>"
                   "<td class=\"pr-checklist\">",
                   count);
    roadmap_add_bar(out, done, total, "PRs complete");
    buf_add_format(out, " <span class=\"num\">%u/%u</span></td><td colspan=\"3\">", done, total);
    roadmap_add_percent(out, total ? (int64_t)done * 100000 / total : 0);
    buf_add_text(out, " of all PRs</td></tr></tfoot>\n");
}

bool view_portfolio(const Site *site, const Page *page, Str folder, Arena *arena, Buf *out) {
    size_t count = 0;
    for (size_t i = 0; i < site->tracker_count; i++) {
        const SiteTracker *tracker = &site->trackers[i];
        if (!is_below(tracker, folder))
            continue;
        if (count++ == 0)
            buf_add_text(out, "<div class=\"table-wrap\" role=\"group\" aria-label=\"Roadmaps\" "
                              "tabindex=\"0\">\n<table class=\"pr-table\">\n<thead><tr>"
                              "<th scope=\"col\">Roadmap</th><th scope=\"col\">Progress</th>"
                              "<th scope=\"col\">Open</th><th scope=\"col\">Next</th>"
                              "<th scope=\"col\">Changed</th></tr></thead>\n<tbody>\n");
        RoadmapView view = roadmap_view(site, tracker, page, (Str){NULL, 0}, arena);
        add_row(&view, tracker, out);
    }
    if (count == 0)
        return false;
    size_t before = out->size;
    add_sum(site, folder, out);
    buf_add_text(out, out->size == before ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n");
    return true;
}
