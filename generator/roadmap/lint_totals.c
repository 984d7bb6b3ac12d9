#include "base/ban.h"

#include "roadmap/figure.h"
#include "roadmap/lint.h"

/* What the PRs of a document are, in messages. */
static const char *rows_of(const Roadmap *map) {
    return map->kind == ROADMAP_TRACKER ? "table" : "plan";
}

/* Where they are counted: the table, or a plan's first section. */
static Span counted_at(const Roadmap *map) {
    return map->kind == ROADMAP_TRACKER ? map->table : map->prs[0].id_at;
}

static void check_done(const Lint *lint, const RoadmapNumber *done) {
    uint32_t counted = lint->map->computed.rows.done;
    if (!done->is_set || lint_is_done(lint->map, done->milli))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_DONE_COUNT, done->at,
             "%.*s PR%s declared finished, the %s counts %u",
             STR_FMT(lint_number(lint, done->milli)), done->milli == 1000 ? " is" : "s are",
             rows_of(lint->map), counted);
    diag_hint(lint->diags, "write %u", counted);
    diag_relate(lint->diags, counted_at(lint->map), "counted here");
    diag_fix(lint->diags, done->at, lint_number(lint, (int64_t)counted * 1000));
}

static void check_total(const Lint *lint, const RoadmapNumber *total) {
    uint32_t counted = lint->map->computed.rows.total;
    if (!total->is_set || lint_is_total(lint->map, total->milli))
        return;
    diag_add(lint->diags, DIAG_ROADMAP_TOTAL_COUNT, total->at, "%.*s PR%s declared, the %s has %u",
             STR_FMT(lint_number(lint, total->milli)), total->milli == 1000 ? " is" : "s are",
             rows_of(lint->map), counted);
    diag_hint(lint->diags, "write %u", counted);
    diag_relate(lint->diags, counted_at(lint->map), "counted here");
    diag_fix(lint->diags, total->at, lint_number(lint, (int64_t)counted * 1000));
}

/* "4.5 of 8": half of a PR cannot be merged. */
static void check_fraction(const Lint *lint, const RoadmapNumber *done) {
    if (!done->is_set || done->milli % 1000 == 0)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_FRACTIONAL, done->at,
             "%.*s PRs are declared finished; a part of a PR is not",
             STR_FMT(lint_number(lint, done->milli)));
    diag_hint(lint->diags, "count whole PRs, and write \"In Progress\" in the row");
}

/* Percentages are written whole unless the present one is not. */
static Str percent_text(const Lint *lint, int64_t milli, const RoadmapNumber *present) {
    bool is_whole = str_find_char(span_text(present->at), '.', 0) == STR_NONE;
    int64_t unit = is_whole ? 1000 : 100;
    return lint_number(lint, (milli + unit / 2) / unit * unit);
}

/* The percentage against its own fraction. */
static void check_against_fraction(const Lint *lint, const RoadmapTotal *declared) {
    int64_t milli = declared->done.milli * 100000 / declared->total.milli;
    if (lint_distance(declared->percent.milli, milli) < 1000)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_PERCENT, declared->percent.at,
             "%.*s%% is declared, but %.*s of %.*s is %.*s%%",
             STR_FMT(lint_number(lint, declared->percent.milli)),
             STR_FMT(lint_number(lint, declared->done.milli)),
             STR_FMT(lint_number(lint, declared->total.milli)),
             STR_FMT(lint_number(lint, (milli + 50) / 100 * 100)));
    Str repaired = percent_text(lint, milli, &declared->percent);
    diag_hint(lint->diags, "write %.*s%%", STR_FMT(repaired));
    diag_relate(lint->diags, declared->done.at, "its fraction");
    diag_fix(lint->diags, declared->percent.at, repaired);
}

/* A PR in progress as half of one: "56% (4 complete + 1 in progress)". */
static int64_t percent_with_halves(const RoadmapComputed *computed) {
    int64_t halves = 2 * (int64_t)computed->rows.done + computed->by_status[ROADMAP_IN_PROGRESS];
    return computed->rows.total > 0 ? halves * 50000 / (int64_t)computed->rows.total : 0;
}

/* Without a fraction the percentage may be meant in any of the usual ways. */
static void check_against_rows(const Lint *lint, const RoadmapNumber *percent) {
    const RoadmapComputed *computed = &lint->map->computed;
    int64_t meant[] = {computed->rows.percent_milli, computed->excluding_cancelled.percent_milli,
                       computed->expanded.percent_milli, percent_with_halves(computed),
                       computed->mean_completion_milli};
    for (size_t i = 0; i < (computed->has_mean ? 5u : 4u); i++) {
        if (lint_distance(percent->milli, meant[i]) < 1000)
            return;
    }
    diag_add(lint->diags, DIAG_ROADMAP_PERCENT, percent->at,
             "%.*s%% is declared, but %u of %u rows are complete (%.*s%%)",
             STR_FMT(lint_number(lint, percent->milli)), computed->rows.done, computed->rows.total,
             STR_FMT(lint_number(lint, computed->rows.percent_milli)));
    Str repaired = percent_text(lint, computed->rows.percent_milli, percent);
    diag_hint(lint->diags, "write %.*s%%", STR_FMT(repaired));
    diag_relate(lint->diags, counted_at(lint->map), "counted here");
    diag_fix(lint->diags, percent->at, repaired);
}

static void check_percent(const Lint *lint, const RoadmapTotal *declared) {
    if (!declared->percent.is_set)
        return;
    if (declared->done.is_set && declared->total.milli > 0)
        check_against_fraction(lint, declared);
    else if (lint->map->kind == ROADMAP_TRACKER)
        check_against_rows(lint, &declared->percent);
}

static void check_bar_percent(const Lint *lint, const RoadmapBar *bar) {
    const RoadmapNumber *percent = &lint->map->declared.percent;
    if (!percent->is_set || lint_distance(percent->milli, bar->percent.milli) < 1000)
        return;
    Str wanted = lint_number(lint, percent->milli);
    diag_add(lint->diags, DIAG_ROADMAP_BAR, bar->percent.at,
             "the bar says %.*s%%, the total says %.*s%%",
             STR_FMT(lint_number(lint, bar->percent.milli)), STR_FMT(wanted));
    diag_hint(lint->diags, "write %.*s%%", STR_FMT(wanted));
    diag_relate(lint->diags, percent->at, "declared here");
    diag_fix(lint->diags, bar->percent.at, wanted);
}

/* Rounding up and down are both common, so only a whole cell counts as wrong. */
static void check_bar_cells(const Lint *lint, const RoadmapBar *bar) {
    int64_t wanted = bar->width * bar->percent.milli / 100; /* cells in thousandths */
    if (lint_distance((int64_t)bar->filled * 1000, wanted) < 1000)
        return;
    diag_add(lint->diags, DIAG_ROADMAP_BAR, bar->cells,
             "%u of %u cells are filled, but %.*s%% are %lld", bar->filled, bar->width,
             STR_FMT(lint_number(lint, bar->percent.milli)), (long long)(wanted / 1000));
    diag_hint(lint->diags, "fill %lld cell%s", (long long)(wanted / 1000),
              wanted / 1000 == 1 ? "" : "s");
    diag_relate(lint->diags, bar->percent.at, "the bar's percentage");
    diag_fix(lint->diags, bar->cells, figure_fill(bar, (uint32_t)(wanted / 1000), lint->arena));
}

/* A plan without lists says nothing about what is finished. */
static bool has_statuses(const Roadmap *map) {
    for (size_t i = 0; i < map->pr_count; i++) {
        if (map->prs[i].has_status)
            return true;
    }
    return false;
}

void lint_totals(const Lint *lint) {
    const RoadmapDeclared *declared = &lint->map->declared;
    if (lint->map->pr_count == 0)
        return;
    for (size_t i = 0; i < declared->total_count; i++) {
        const RoadmapTotal *total = &declared->totals[i];
        /* What a plan counts is compared with the tracker; alone it can judge what it lists. */
        if (!lint->tracker && has_statuses(lint->map))
            check_done(lint, &total->done);
        if (!lint->tracker)
            check_total(lint, &total->total);
        check_fraction(lint, &total->done);
        check_percent(lint, total);
    }
    for (size_t i = 0; i < declared->bar_count; i++) {
        check_bar_percent(lint, &declared->bars[i]);
        check_bar_cells(lint, &declared->bars[i]);
    }
}
