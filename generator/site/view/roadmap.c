#include "base/ban.h"

#include "base/escape.h"
#include "base/fs.h"
#include "site/view/diagram.h"
#include "site/view/history.h"
#include "site/view/roadmap_parts.h"

#define OPEN_FINDINGS 4 /* more are folded away: the dashboard is what people came for */

void roadmap_add_percent(Buf *out, int64_t milli) {
    buf_add_fixed(out, milli, 1000, 1);
    buf_add_text(out, " %");
}

void roadmap_add_row_id(const RoadmapView *view, uint32_t index, Buf *out) {
    html_escape(out, view->id_prefix);
    buf_add_text(out, "pr-");
    html_escape(out, view->roadmap->prs[index].id);
}

void roadmap_add_pr_link(const RoadmapView *view, uint32_t index, Buf *out) {
    buf_add_text(out, "<a href=\"#");
    roadmap_add_row_id(view, index, out);
    buf_add_text(out, "\">PR ");
    html_escape(out, view->roadmap->prs[index].id);
    buf_add_text(out, "</a>");
}

void roadmap_add_bar(Buf *out, uint64_t done, uint64_t total, const char *what) {
    buf_add_format(out,
                   "<progress class=\"progress\" value=\"%llu\" max=\"%llu\" "
                   "aria-label=\"%llu of %llu %s\">",
                   (unsigned long long)done, (unsigned long long)(total ? total : 1),
                   (unsigned long long)done, (unsigned long long)total, what);
    buf_add_format(out, "%llu / %llu</progress>", (unsigned long long)done,
                   (unsigned long long)total);
}

/* ---- findings ---- */

/* The place of a finding, leading to the line in the repository where that is known. */
static void add_place(const RoadmapView *view, Span at, Buf *out) {
    Place place = span_place(at);
    if (place.line == 0)
        return;
    buf_add_text(out, " <span class=\"num\">");
    if (view->repository.size) {
        buf_add_text(out, "<a href=\"");
        html_escape(out, view->repository);
        buf_add_text(out, "/blob/HEAD/");
        url_escape(out, place.path);
        buf_add_format(out, "#L%u\">", place.line);
    }
    html_escape(out, fs_name_of(place.path));
    buf_add_format(out, ":%u%s</span>", place.line, view->repository.size ? "</a>" : "");
}

static void add_finding(const RoadmapView *view, const Diag *finding, Buf *out) {
    Str severity = diag_severity_name(view->severities[finding->rule]);
    buf_add_format(out, "<li><strong class=\"finding-%.*s\">%.*s</strong> ", STR_FMT(severity),
                   STR_FMT(severity));
    html_escape(out, finding->message);
    add_place(view, finding->at, out);
    add_place(view, finding->related, out);
    if (finding->hint.size) {
        buf_add_text(out, "; ");
        html_escape(out, finding->hint);
    }
    buf_add_text(out, "</li>\n");
}

static bool is_shown(const RoadmapView *view, const Diag *finding) {
    return str_starts_with(diag_rule_name(finding->rule), STR("roadmap/")) &&
           view->severities[finding->rule] >= DIAG_WARNING;
}

/* Errors first: they are what makes the dashboard doubtful. */
static void add_findings_of(const RoadmapView *view, DiagSeverity severity, Buf *out) {
    for (size_t i = 0; i < diags_count(view->findings); i++) {
        const Diag *finding = diags_get(view->findings, i);
        if (is_shown(view, finding) && view->severities[finding->rule] == severity)
            add_finding(view, finding, out);
    }
}

void roadmap_add_findings(const RoadmapView *view, Buf *out) {
    size_t errors = 0, count = 0;
    for (size_t i = 0; view->findings && i < diags_count(view->findings); i++) {
        const Diag *finding = diags_get(view->findings, i);
        count += is_shown(view, finding);
        errors += is_shown(view, finding) && view->severities[finding->rule] == DIAG_ERROR;
    }
    if (count == 0)
        return;
    buf_add_format(out, "<details class=\"roadmap-findings\"%s><summary>%zu finding%s",
                   count <= OPEN_FINDINGS ? " open" : "", count, count == 1 ? "" : "s");
    if (errors > 0)
        buf_add_format(out, errors == 1 ? ", %zu an error" : ", %zu errors", errors);
    buf_add_text(out, "</summary>\n<ul>\n");
    add_findings_of(view, DIAG_ERROR, out);
    add_findings_of(view, DIAG_WARNING, out);
    buf_add_text(out, "</ul>\n</details>\n");
}

/* ---- the whole ---- */

static void add_graph(const RoadmapView *view, Buf *out) {
    const Diagram *graph = view->graph;
    if (!graph || !graph->is_drawn || !graph->graph || graph->graph->edge_count == 0)
        return;
    Str caption =
        STR("An arrow leads from a PR to the one that waits for it; what follows from other "
            "arrows is left out.");
    if (view->schedule->critical_count > 1)
        caption = str_format(view->arena, "%.*s Thick: the critical path.", STR_FMT(caption));
    DiagramView drawing = {.diagram = graph,
                           .caption = caption,
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
    roadmap_add_percent(out, rows->percent_milli);
    buf_add_format(out, "</strong> <span>%u of %u PRs complete</span></p>\n", rows->done,
                   rows->total);
    roadmap_add_bar(out, rows->done, rows->total, "PRs complete");
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
    roadmap_add_facts(view, out);
    roadmap_add_findings(view, out);
    roadmap_add_table(view, out);
    roadmap_add_phases(view, out);
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
    roadmap_add_bar(out, rows->done, rows->total, "PRs complete");
    buf_add_text(out, " <span class=\"num\">");
    roadmap_add_percent(out, rows->percent_milli);
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
