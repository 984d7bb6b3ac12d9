#include "base/ban.h"

#include "base/map.h"
#include "roadmap/schedule.h"

static int64_t distance(int64_t a, int64_t b) {
    return a > b ? a - b : b - a;
}

/* A figure as people write it: "37.5". */
static Str number_text(int64_t milli, Arena *arena) {
    Buf buf = buf_new(arena);
    buf_add_fixed(&buf, milli, 1000, 3);
    return buf_str(&buf);
}

/* Counts may leave out cancelled PRs, count them as finished, or count every member of a group. A
 * half (4.5) stands for a PR in progress and is accepted next to either whole number. */
static bool is_accepted(int64_t milli, const uint32_t *counts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int64_t off = distance(milli, (int64_t)counts[i] * 1000);
        if (off == 0 || (milli % 1000 != 0 && off < 1000))
            return true;
    }
    return false;
}

static void check_counts(const Roadmap *roadmap, Arena *arena, Diags *diags) {
    const RoadmapComputed *computed = &roadmap->computed;
    const RoadmapDeclared *declared = &roadmap->declared;
    uint32_t cancelled = computed->by_status[ROADMAP_CANCELLED];
    uint32_t done[] = {computed->rows.done, computed->rows.done + cancelled,
                       computed->expanded.done, computed->expanded.done + cancelled};
    uint32_t total[] = {computed->rows.total, computed->rows.total - cancelled,
                        computed->expanded.total, computed->expanded.total - cancelled};
    if (declared->done.is_set && !is_accepted(declared->done.milli, done, 4)) {
        Str claim = number_text(declared->done.milli, arena);
        diag_add(diags, DIAG_ROADMAP_DONE_COUNT, declared->done.at,
                 "%.*s PRs are declared finished, the table counts %u", STR_FMT(claim),
                 computed->rows.done);
        diag_hint(diags, "write %u", computed->rows.done);
        diag_relate(diags, roadmap->table, "counted here");
    }
    if (declared->total.is_set && !is_accepted(declared->total.milli, total, 4)) {
        Str claim = number_text(declared->total.milli, arena);
        diag_add(diags, DIAG_ROADMAP_TOTAL_COUNT, declared->total.at,
                 "%.*s PRs are declared, the table has %u", STR_FMT(claim), computed->rows.total);
        diag_hint(diags, "write %u", computed->rows.total);
        diag_relate(diags, roadmap->table, "counted here");
    }
}

/* The percentage against its own fraction; without one against every figure that could be meant. */
static void check_percent(const Roadmap *roadmap, Arena *arena, Diags *diags) {
    const RoadmapDeclared *declared = &roadmap->declared;
    const RoadmapComputed *computed = &roadmap->computed;
    if (!declared->percent.is_set)
        return;
    int64_t claim = declared->percent.milli;
    if (declared->done.is_set && declared->total.milli > 0) {
        int64_t milli = declared->done.milli * 100000 / declared->total.milli;
        if (distance(claim, milli) < 1000)
            return;
        Str counted = number_text((milli + 50) / 100 * 100, arena);
        diag_add(diags, DIAG_ROADMAP_PERCENT, declared->percent.at,
                 "%.*s%% is declared, but %.*s of %.*s is %.*s%%",
                 STR_FMT(number_text(claim, arena)),
                 STR_FMT(number_text(declared->done.milli, arena)),
                 STR_FMT(number_text(declared->total.milli, arena)), STR_FMT(counted));
        diag_hint(diags, "write %.*s%%", STR_FMT(counted));
        return;
    }
    int64_t meant[] = {computed->rows.percent_milli, computed->excluding_cancelled.percent_milli,
                       computed->expanded.percent_milli,
                       computed->has_mean ? computed->mean_completion_milli
                                          : computed->rows.percent_milli};
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        if (distance(claim, meant[i]) < 1000)
            return;
    }
    diag_add(diags, DIAG_ROADMAP_PERCENT, declared->percent.at,
             "%.*s%% is declared, but %u of %u rows are complete (%.*s%%)",
             STR_FMT(number_text(claim, arena)), computed->rows.done, computed->rows.total,
             STR_FMT(number_text(computed->rows.percent_milli, arena)));
    diag_relate(diags, roadmap->table, "counted here");
}

/* Rounding up and down are both common, so only a whole cell counts as wrong. */
static void check_bar(const Roadmap *roadmap, Arena *arena, Diags *diags) {
    const RoadmapBar *bar = &roadmap->declared.bar;
    const RoadmapNumber *percent = &roadmap->declared.percent;
    if (!bar->is_set)
        return;
    if (percent->is_set && distance(percent->milli, bar->percent.milli) >= 1000) {
        diag_add(diags, DIAG_ROADMAP_BAR, bar->percent.at,
                 "the bar says %.*s%%, the total says %.*s%%",
                 STR_FMT(number_text(bar->percent.milli, arena)),
                 STR_FMT(number_text(percent->milli, arena)));
        diag_relate(diags, percent->at, "declared here");
    }
    int64_t wanted = bar->width * bar->percent.milli / 100; /* cells in thousandths */
    if (distance((int64_t)bar->filled * 1000, wanted) < 1000)
        return;
    diag_add(diags, DIAG_ROADMAP_BAR, bar->cells, "%u of %u cells are filled, but %.*s%% are %lld",
             bar->filled, bar->width, STR_FMT(number_text(bar->percent.milli, arena)),
             (long long)(wanted / 1000));
    diag_hint(diags, "fill %lld cells", (long long)(wanted / 1000));
}

static void check_next(const Roadmap *roadmap, const Schedule *schedule, Arena *arena,
                       Diags *diags) {
    const RoadmapText *next = &roadmap->declared.next;
    if (roadmap->declared.next_kind != ROADMAP_NEXT_ID || roadmap->pr_count == 0)
        return;
    uint32_t index = roadmap_find(roadmap, next->text, arena);
    if (index == ROADMAP_NONE) {
        diag_add(diags, DIAG_ROADMAP_NEXT_UNKNOWN, next->at,
                 "the next PR is \"%.*s\", but no row has this id", STR_FMT(next->text));
        if (schedule->next != ROADMAP_NONE)
            diag_hint(diags, "PR %.*s could be next", STR_FMT(roadmap->prs[schedule->next].id));
        return;
    }
    const RoadmapPr *pr = &roadmap->prs[index];
    if (!roadmap_is_closed(pr))
        return;
    diag_add(diags, DIAG_ROADMAP_NEXT_DONE, next->at, "the next PR is %.*s, which is %s",
             STR_FMT(pr->id), pr->status == ROADMAP_COMPLETE ? "complete" : "cancelled");
    if (schedule->next != ROADMAP_NONE)
        diag_hint(diags, "PR %.*s could be next", STR_FMT(roadmap->prs[schedule->next].id));
    diag_relate(diags, pr->row, "its row");
}

static void check_duplicates(const Roadmap *roadmap, Arena *arena, Diags *diags) {
    Map *rows = map_new(arena);
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        RoadmapPr *pr = &roadmap->prs[i];
        const RoadmapPr *first = map_find(rows, pr->id);
        if (!first) {
            map_put(rows, pr->id, pr);
            continue;
        }
        diag_add(diags, DIAG_ROADMAP_DUPLICATE, pr->id_at, "PR %.*s has two rows", STR_FMT(pr->id));
        diag_relate(diags, first->id_at, "the first one");
    }
}

static void check_dependencies(const Roadmap *roadmap, const Schedule *schedule, Diags *diags) {
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        for (size_t k = 0; k < pr->depends_count; k++) {
            const RoadmapDependency *dependency = &pr->depends[k];
            if (dependency->index == ROADMAP_NONE)
                diag_add(diags, DIAG_ROADMAP_DEPENDENCY, dependency->at,
                         "PR %.*s depends on PR %.*s, which is not in the table", STR_FMT(pr->id),
                         STR_FMT(dependency->name));
        }
    }
    if (schedule->cycle_count == 0)
        return;
    const RoadmapPr *first = &roadmap->prs[schedule->cycle[0]];
    const RoadmapPr *second = &roadmap->prs[schedule->cycle[1 % schedule->cycle_count]];
    if (first == second) {
        diag_add(diags, DIAG_ROADMAP_CYCLE, first->depends_text.at, "PR %.*s depends on itself",
                 STR_FMT(first->id));
        return;
    }
    diag_add(diags, DIAG_ROADMAP_CYCLE, first->depends_text.at,
             "PR %.*s depends on PR %.*s, which in the end depends on PR %.*s", STR_FMT(first->id),
             STR_FMT(second->id), STR_FMT(first->id));
    diag_relate(diags, second->depends_text.at, "and this one goes on");
}

void roadmap_lint(const Roadmap *roadmap, Arena *arena, Diags *diags) {
    if (roadmap->kind != ROADMAP_TRACKER)
        return;
    if (roadmap->pr_count == 0) {
        diag_add(diags, DIAG_ROADMAP_NO_DASHBOARD, span_of(roadmap->source, 0, 0),
                 "no table with a PR and a Status column");
        return;
    }
    const Schedule *schedule = schedule_new(roadmap, arena);
    check_counts(roadmap, arena, diags);
    check_percent(roadmap, arena, diags);
    check_bar(roadmap, arena, diags);
    check_next(roadmap, schedule, arena, diags);
    check_duplicates(roadmap, arena, diags);
    check_dependencies(roadmap, schedule, diags);
}
