#include "base/ban.h"

#include "site/view/history.h"

#include "base/escape.h"
#include "git/git.h"

/* The chart in pixels: small enough to be read on a phone without shrinking much. */
enum {
    CHART_WIDTH = 640,
    CHART_HEIGHT = 236,
    PLOT_LEFT = 34,
    PLOT_RIGHT = CHART_WIDTH - 96, /* room for "12 complete" behind the lines */
    PLOT_TOP = 14,
    PLOT_BOTTOM = CHART_HEIGHT - 32,
    LINE_GAP = 17,   /* between the texts at the ends of two lines */
    DATE_WIDTH = 92, /* a date below the axis, and room */
};

#define DAY            ((int64_t)24 * 60 * 60) /* seconds */
#define RECENT         (30 * DAY)
#define SHOWN_CHANGES  20
#define SHOWN_VERSIONS 50

typedef struct Chart {
    const RoadmapHistory *history;
    int64_t start, end; /* seconds */
    uint32_t top;       /* PRs at the upper end of the scale */
    Arena *arena;
} Chart;

static int chart_x(const Chart *chart, int64_t time) {
    int64_t span = chart->end - chart->start;
    return (int)(PLOT_LEFT + (time - chart->start) * (PLOT_RIGHT - PLOT_LEFT) / (span ? span : 1));
}

static int chart_y(const Chart *chart, int64_t milli) {
    int64_t height = (PLOT_BOTTOM - PLOT_TOP) * milli;
    return (int)(PLOT_BOTTOM - height / ((int64_t)chart->top * 1000));
}

/* 1, 2 or 5 times a power of ten, so that at most five steps reach `value`. */
static uint32_t scale_step(uint32_t value) {
    static const uint32_t steps[] = {1, 2, 5};
    for (uint32_t unit = 1;; unit *= 10)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (steps[i] * unit * 5 >= value)
                return steps[i] * unit;
}

static Chart chart_new(const HistoryView *view) {
    const RoadmapHistory *history = view->history;
    Chart chart = {.history = history,
                   .start = history->points[0].time,
                   .end = history->points[0].time,
                   .arena = view->arena};
    uint32_t most = 1;
    for (size_t i = 0; i < history->point_count; i++) {
        const RoadmapPoint *point = &history->points[i];
        /* A rebased commit can be older than the one before it. */
        chart.end = point->time > chart.end ? point->time : chart.end;
        chart.start = point->time < chart.start ? point->time : chart.start;
        most = point->total > most ? point->total : most;
    }
    uint32_t step = scale_step(most);
    chart.top = (most + step - 1) / step * step;
    return chart;
}

static void add_scale(const Chart *chart, Buf *out) {
    uint32_t step = scale_step(chart->top);
    for (uint32_t value = 0; value <= chart->top; value += step) {
        int y = chart_y(chart, (int64_t)value * 1000);
        buf_add_format(out, "<path class=\"chart-grid\" d=\"M%d %dH%d\"/>", PLOT_LEFT, y,
                       PLOT_RIGHT);
        buf_add_format(
            out, "<text class=\"chart-tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%u</text>\n",
            PLOT_LEFT - 8, y + 4, value);
    }
}

/* Days below the axis, as many as have room, evenly spread from the first to the last. */
static void add_days(const Chart *chart, Buf *out) {
    int64_t days = (chart->end - chart->start) / DAY;
    int64_t room = (PLOT_RIGHT - PLOT_LEFT) / DATE_WIDTH;
    int64_t count = days < room ? days : room;
    for (int64_t i = 0; i <= count; i++) {
        int64_t time = chart->start + (count ? (chart->end - chart->start) * i / count : 0);
        Str day = git_day(time, chart->arena);
        const char *anchor = i == 0 ? "start" : i == count ? "end" : "middle";
        buf_add_format(
            out, "<text class=\"chart-tick\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%.*s</text>\n",
            chart_x(chart, time), PLOT_BOTTOM + 20, anchor, STR_FMT(day));
    }
}

typedef enum ChartLine {
    LINE_DONE,
    LINE_SCOPE,
    LINE_SAID
} ChartLine;

/* The value of a line at a version, in thousandths; false where it has none. */
static bool line_value(ChartLine line, const RoadmapPoint *point, int64_t *milli) {
    switch (line) {
    case LINE_DONE: *milli = (int64_t)point->done * 1000; return true;
    case LINE_SCOPE: *milli = (int64_t)point->total * 1000; return true;
    case LINE_SAID: *milli = point->said_done.milli; return point->said_done.is_set;
    }
    return false;
}

/* A stair: a value holds until the next version. */
static void add_stair(const Chart *chart, ChartLine line, Buf *out) {
    bool is_open = false;
    for (size_t i = 0; i < chart->history->point_count; i++) {
        int64_t milli = 0;
        if (!line_value(line, &chart->history->points[i], &milli))
            continue;
        int x = chart_x(chart, chart->history->points[i].time), y = chart_y(chart, milli);
        if (is_open)
            buf_add_format(out, "H%dV%d", x, y);
        else
            buf_add_format(out, "M%d %d", x, y);
        is_open = true;
    }
}

static void add_line(const Chart *chart, ChartLine line, const char *name, Buf *out) {
    buf_add_format(out, "<path class=\"chart-%s\" d=\"", name);
    add_stair(chart, line, out);
    buf_add_text(out, "\"/>\n");
}

/* Whether the tracker ever claimed another number of complete PRs than its rows show. */
static bool has_claims(const RoadmapHistory *history) {
    for (size_t i = 0; i < history->point_count; i++) {
        const RoadmapPoint *point = &history->points[i];
        if (point->said_done.is_set && point->said_done.milli != (int64_t)point->done * 1000)
            return true;
    }
    return false;
}

static void add_lines(const Chart *chart, Buf *out) {
    buf_add_text(out, "<path class=\"chart-area\" d=\"");
    add_stair(chart, LINE_DONE, out);
    int first = chart_x(chart, chart->history->points[0].time);
    buf_add_format(out, "V%dH%dZ\"/>\n", PLOT_BOTTOM, first);
    add_line(chart, LINE_SCOPE, "scope", out);
    if (has_claims(chart->history))
        add_line(chart, LINE_SAID, "said", out);
    add_line(chart, LINE_DONE, "done", out);
}

/* What the lines are, behind their ends; two that are near are moved apart. */
static void add_ends(const Chart *chart, Buf *out) {
    const RoadmapPoint *last = &chart->history->points[chart->history->point_count - 1];
    int scope = chart_y(chart, (int64_t)last->total * 1000);
    int done = chart_y(chart, (int64_t)last->done * 1000);
    if (done - scope < LINE_GAP)
        done = scope + LINE_GAP;
    buf_add_format(out, "<text class=\"chart-end\" x=\"%d\" y=\"%d\">%u planned</text>\n",
                   PLOT_RIGHT + 8, scope + 4, last->total);
    buf_add_format(out, "<text class=\"chart-end is-done\" x=\"%d\" y=\"%d\">%u complete</text>\n",
                   PLOT_RIGHT + 8, done + 4, last->done);
}

/* A dot for each version, which says on hovering what it brought. */
static void add_dots(const Chart *chart, Buf *out) {
    for (size_t i = 0; i < chart->history->point_count; i++) {
        const RoadmapPoint *point = &chart->history->points[i];
        Str day = git_day(point->time, chart->arena);
        buf_add_format(out, "<circle class=\"chart-dot\" cx=\"%d\" cy=\"%d\" r=\"3\"><title>",
                       chart_x(chart, point->time), chart_y(chart, (int64_t)point->done * 1000));
        buf_add_format(out, "%.*s: %u of %u complete. ", STR_FMT(day), point->done, point->total);
        html_escape(out, point->subject);
        buf_add_text(out, "</title></circle>\n");
    }
}

static void add_chart(const HistoryView *view, Buf *out) {
    Chart chart = chart_new(view);
    const RoadmapPoint *first = &view->history->points[0];
    const RoadmapPoint *last = &view->history->points[view->history->point_count - 1];
    buf_add_format(
        out, "<svg class=\"chart\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" ",
        CHART_WIDTH, CHART_HEIGHT, CHART_WIDTH, CHART_HEIGHT);
    buf_add_text(out, "aria-labelledby=\"");
    html_escape(out, view->id_prefix);
    buf_add_text(out, "burnup\">\n<title id=\"");
    html_escape(out, view->id_prefix);
    Str from = git_day(first->time, view->arena), to = git_day(last->time, view->arena);
    buf_add_format(out,
                   "burnup\">Burn-up: %u of %u PRs complete on %.*s, %u of %u on %.*s</title>\n",
                   first->done, first->total, STR_FMT(from), last->done, last->total, STR_FMT(to));
    add_scale(&chart, out);
    add_days(&chart, out);
    add_lines(&chart, out);
    add_ends(&chart, out);
    add_dots(&chart, out);
    buf_add_text(out, "</svg>\n");
}

static void add_said(const RoadmapPoint *point, Buf *out) {
    buf_add_text(out, "<td>");
    if (point->said_done.is_set)
        buf_add_fixed(out, point->said_done.milli, 1000, 3);
    if (point->said_done.is_set && point->said_total.is_set) {
        buf_add_text(out, " of ");
        buf_add_fixed(out, point->said_total.milli, 1000, 3);
    }
    buf_add_text(out, "</td>");
}

/* The same figures for those who cannot see the chart, newest first. */
static void add_versions(const HistoryView *view, Buf *out) {
    const RoadmapHistory *history = view->history;
    bool has_said = has_claims(history);
    buf_add_text(out, "<details class=\"diagram-text\"><summary>Burn-up as a table</summary>\n"
                      "<div class=\"table-wrap\" role=\"group\" aria-label=\"Burn-up\" "
                      "tabindex=\"0\">\n<table>\n<thead><tr><th scope=\"col\">Day</th>"
                      "<th scope=\"col\">Complete</th><th scope=\"col\">Planned</th>");
    buf_add_text(out, has_said ? "<th scope=\"col\">Declared</th>" : "");
    buf_add_text(out, "<th scope=\"col\">Commit</th></tr></thead>\n<tbody>\n");
    size_t shown = history->point_count < SHOWN_VERSIONS ? history->point_count : SHOWN_VERSIONS;
    for (size_t i = 0; i < shown; i++) {
        const RoadmapPoint *point = &history->points[history->point_count - 1 - i];
        Str day = git_day(point->time, view->arena);
        buf_add_format(out, "<tr><th scope=\"row\">%.*s</th><td>%u</td><td>%u</td>", STR_FMT(day),
                       point->done, point->total);
        if (has_said)
            add_said(point, out);
        buf_add_text(out, "<td><code>");
        html_escape(out, str_slice(point->commit, 0, 7));
        buf_add_text(out, "</code> ");
        html_escape(out, point->subject);
        buf_add_text(out, "</td></tr>\n");
    }
    buf_add_text(out, "</tbody>\n</table>\n</div>\n");
    if (shown < history->point_count)
        buf_add_format(out, "<p>%zu older versions are not listed.</p>\n",
                       history->point_count - shown);
    buf_add_text(out, "</details>\n");
}

void view_burnup(const HistoryView *view, Buf *out) {
    if (view->history->point_count < 2)
        return;
    buf_add_text(out,
                 "<figure class=\"diagram burnup\">\n<div class=\"diagram-view\" role=\"group\" "
                 "aria-label=\"Burn-up\" tabindex=\"0\">");
    add_chart(view, out);
    buf_add_text(out, "</div>\n");
    add_versions(view, out);
    buf_add_text(out, "<figcaption>Planned and complete PRs, counted in every committed version of "
                      "the tracker");
    buf_add_text(out, has_claims(view->history)
                          ? "; dashed: what it declared.</figcaption>\n</figure>\n"
                          : ".</figcaption>\n</figure>\n");
}

/* The first change to be listed; `since` becomes what it is counted from. */
static size_t find_recent(const HistoryView *view, Str *since) {
    const RoadmapHistory *history = view->history;
    int64_t newest = history->points[history->point_count - 1].time;
    int64_t from = newest - RECENT;
    *since = STR("in the last 30 days");
    if (view->tag.size && view->tagged < newest) {
        from = view->tagged;
        *since = str_format(view->arena, "since %.*s", STR_FMT(view->tag));
    }
    size_t first = history->change_count;
    while (first > 0 && history->points[history->changes[first - 1].point].time > from)
        first--;
    return first;
}

void view_changes(const HistoryView *view, Buf *out) {
    const RoadmapHistory *history = view->history;
    if (history->change_count == 0)
        return;
    Str since;
    size_t first = find_recent(view, &since);
    size_t count = history->change_count - first;
    if (count == 0)
        return;
    buf_add_format(out, "<details class=\"roadmap-changes\"><summary>%zu change%s ", count,
                   count == 1 ? "" : "s");
    html_escape(out, since);
    buf_add_text(out, "</summary>\n<ul>\n");
    for (size_t i = 0; i < count && i < SHOWN_CHANGES; i++) {
        const RoadmapChange *change = &history->changes[history->change_count - 1 - i];
        Str day = git_day(history->points[change->point].time, view->arena);
        Buf text = buf_new(view->arena);
        roadmap_change_text(change, &text);
        buf_add_format(out, "<li><span class=\"num\">%.*s</span> ", STR_FMT(day));
        html_escape(out, buf_str(&text));
        buf_add_text(out, "</li>\n");
    }
    buf_add_text(out, "</ul>\n");
    if (count > SHOWN_CHANGES)
        buf_add_format(out, "<p>and %zu more</p>\n", count - SHOWN_CHANGES);
    buf_add_text(out, "</details>\n");
}
