#include "base/ban.h"

#include "base/map.h"
#include "roadmap/figure.h"
#include "roadmap/lint.h"
#include "roadmap/overview.h"

/* An overview under judgement. */
typedef struct Judge {
    const Overview *overview;
    Lint lint; /* only arena and diags */
} Judge;

/* The folder of the overview with its slash: links begin there. */
static Str base_of(const Overview *overview) {
    Str path = overview->source->path;
    size_t slash = str_find_last(path, '/');
    return str_slice(path, 0, slash == STR_NONE ? 0 : slash + 1);
}

/* ---- its own sums ---- */

static void check_count(const Judge *judge, const RoadmapNumber *said, size_t counted,
                        const char *what) {
    if (!said->is_set || said->milli == (int64_t)counted * 1000)
        return;
    Diags *diags = judge->lint.diags;
    diag_add(diags, DIAG_ROADMAP_OVERVIEW, said->at, "%s: %.*s declared, the table has %zu", what,
             STR_FMT(lint_number(&judge->lint, said->milli)), counted);
    diag_hint(diags, "write %zu", counted);
    diag_relate(diags, judge->overview->table, "counted here");
    diag_fix(diags, said->at, str_format(judge->lint.arena, "%zu", counted));
}

/* The percentage can be judged only when the number of roadmaps is right. */
static void check_mean(const Judge *judge) {
    const Overview *overview = judge->overview;
    const RoadmapNumber *said = &overview->percent;
    bool is_total_wrong =
        overview->total.is_set && overview->total.milli != (int64_t)overview->item_count * 1000;
    if (!said->is_set || !overview->has_mean || is_total_wrong ||
        lint_distance(said->milli, overview->mean_milli) < 1000)
        return;
    Diags *diags = judge->lint.diags;
    Str mean = lint_number(&judge->lint, (overview->mean_milli + 500) / 1000 * 1000);
    diag_add(diags, DIAG_ROADMAP_OVERVIEW, said->at,
             "%.*s%% is declared, the mean of the table is %.*s%%",
             STR_FMT(lint_number(&judge->lint, said->milli)), STR_FMT(mean));
    diag_hint(diags, "write %.*s%%", STR_FMT(mean));
    diag_relate(diags, overview->table, "counted here");
    diag_fix(diags, said->at, mean);
}

static void check_sums(const Judge *judge) {
    static const char *const names[] = {"planning", "in progress", "complete"};
    const Overview *overview = judge->overview;
    check_count(judge, &overview->total, overview->item_count, "all roadmaps");
    check_count(judge, &overview->said_total, overview->item_count, "all roadmaps");
    for (int i = 0; i < OVERVIEW_STAGE_COUNT; i++)
        check_count(judge, &overview->groups[i].items, overview->by_stage[i], names[i]);
    check_mean(judge);
}

/* ---- each row ---- */

static void check_bar(const Judge *judge, const OverviewItem *item) {
    if (!item->bar.is_set || !item->completion.is_set)
        return;
    int64_t wanted = item->bar.width * item->completion.milli / 100;
    if (lint_distance((int64_t)item->bar.filled * 1000, wanted) < 1000)
        return;
    Diags *diags = judge->lint.diags;
    diag_add(diags, DIAG_ROADMAP_BAR, item->bar.cells,
             "%u of %u cells are filled, but %.*s%% are %lld", item->bar.filled, item->bar.width,
             STR_FMT(lint_number(&judge->lint, item->completion.milli)),
             (long long)(wanted / 1000));
    diag_hint(diags, "fill %lld cell%s", (long long)(wanted / 1000), wanted / 1000 == 1 ? "" : "s");
    diag_relate(diags, item->completion.at, "the bar's percentage");
    diag_fix(diags, item->bar.cells,
             figure_fill(&item->bar, (uint32_t)(wanted / 1000), judge->lint.arena));
}

/* Any figure that the tracker could mean is accepted, but not what it wrongly claims. */
static bool is_right(const Roadmap *tracker, int64_t milli) {
    const RoadmapComputed *computed = &tracker->computed;
    return lint_distance(milli, computed->rows.percent_milli) < 1000 ||
           lint_distance(milli, computed->excluding_cancelled.percent_milli) < 1000 ||
           lint_distance(milli, computed->expanded.percent_milli) < 1000 ||
           (lint_is_finished(tracker) && milli >= 100000) ||
           (computed->has_mean && lint_distance(milli, computed->mean_completion_milli) < 1000);
}

/* "4/5 PRs": both numbers counted in the same way. */
static bool is_counted(const Roadmap *tracker, const OverviewItem *item) {
    return lint_is_done(tracker, item->done.milli) && lint_is_total(tracker, item->total.milli) &&
           item->total.milli > 0 &&
           is_right(tracker, item->done.milli * 100000 / item->total.milli);
}

/* Percentage and fraction of a row come from the same stale copy: one finding. */
static void check_progress(const Judge *judge, const OverviewItem *item) {
    const Roadmap *tracker = item->tracker;
    bool is_percent_wrong = item->completion.is_set && !is_right(tracker, item->completion.milli);
    bool is_count_wrong = item->done.is_set && !is_counted(tracker, item);
    if (!is_percent_wrong && !is_count_wrong)
        return;
    Diags *diags = judge->lint.diags;
    const RoadmapShare *rows = &tracker->computed.rows;
    Str percent = lint_number(&judge->lint, (rows->percent_milli + 500) / 1000 * 1000);
    diag_add(diags, DIAG_ROADMAP_OVERVIEW, is_percent_wrong ? item->completion.at : item->state.at,
             "\"%.*s\" is listed at %.*s%s, but its tracker has %u of %u PRs complete (%.*s%%)",
             STR_FMT(item->title.text),
             STR_FMT(span_text(is_percent_wrong ? item->completion.at : item->state.at)),
             is_percent_wrong ? "%" : "", rows->done, rows->total, STR_FMT(percent));
    diag_relate(diags, tracker->table, "its rows");
    if (is_percent_wrong)
        diag_fix(diags, item->completion.at, percent);
    if (is_count_wrong) {
        diag_fix(diags, item->done.at, str_format(judge->lint.arena, "%u", rows->done));
        diag_fix(diags, item->total.at, str_format(judge->lint.arena, "%u", rows->total));
    }
}

static void check_item(const Judge *judge, const OverviewItem *item, bool knows_all) {
    Diags *diags = judge->lint.diags;
    check_bar(judge, item);
    if (knows_all && item->link.text.size > 0 && !item->tracker) {
        diag_add(diags, DIAG_ROADMAP_OVERVIEW, item->link.at,
                 "\"%.*s\" is listed, but there is no such tracker", STR_FMT(item->title.text));
    }
    if (!item->tracker || item->tracker->pr_count == 0)
        return;
    if (item->is_moved) {
        diag_add(diags, DIAG_ROADMAP_OVERVIEW, item->link.at,
                 "the tracker of \"%.*s\" lies elsewhere: %.*s", STR_FMT(item->title.text),
                 STR_FMT(item->tracker->source->path));
        diag_relate(diags, span_of(item->tracker->source, 0, 0), "here");
        Str base = base_of(judge->overview);
        if (str_starts_with(item->tracker->source->path, base))
            diag_fix(diags, item->link.at, str_from_offset(item->tracker->source->path, base.size));
    }
    check_progress(judge, item);
}

/* Trackers below the overview's folder that it does not list. */
static void check_missing(const Judge *judge, const Roadmap *const *trackers, size_t count) {
    Map *listed = map_new(judge->lint.arena);
    const Overview *overview = judge->overview;
    for (size_t i = 0; i < overview->item_count; i++) {
        OverviewItem *item = &overview->items[i];
        if (item->tracker)
            map_put(listed, item->tracker->source->path, item);
    }
    Str base = base_of(overview);
    Str rest = span_text(overview->table);
    Span head = span_of_str(overview->source, str_cut_line(&rest));
    for (size_t i = 0; i < count; i++) {
        Str own = trackers[i]->source->path;
        if (!str_starts_with(own, base) || map_find(listed, own))
            continue;
        diag_add(judge->lint.diags, DIAG_ROADMAP_OVERVIEW, head, "the roadmap %.*s is not listed",
                 STR_FMT(own));
        diag_relate(judge->lint.diags, span_of(trackers[i]->source, 0, 0), "it is here");
    }
}

void overview_lint(const Overview *overview, const Roadmap *const *trackers, size_t count,
                   Arena *arena, Diags *diags) {
    Judge judge = {.overview = overview, .lint = {.arena = arena, .diags = diags}};
    if (overview->item_count == 0)
        return;
    check_sums(&judge);
    for (size_t i = 0; i < overview->item_count; i++)
        check_item(&judge, &overview->items[i], count > 0);
    check_missing(&judge, trackers, count);
}
