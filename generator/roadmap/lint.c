#include "base/ban.h"

#include "roadmap/lint.h"

#include "base/utf8.h"
#include "roadmap/id.h"

#define NAMES_SHOWN 8 /* a message that lists more is not read to its end */

int64_t lint_distance(int64_t a, int64_t b) {
    return a > b ? a - b : b - a;
}

Str lint_number(const Lint *lint, int64_t milli) {
    Buf buf = buf_new(lint->arena);
    buf_add_fixed(&buf, milli, 1000, 3);
    return buf_str(&buf);
}

/* A half (4.5) stands for a PR in progress and is accepted next to either whole number. */
static bool is_accepted(int64_t milli, const uint32_t *counts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int64_t off = lint_distance(milli, (int64_t)counts[i] * 1000);
        if (off == 0 || (milli % 1000 != 0 && off < 1000))
            return true;
    }
    return false;
}

bool lint_is_total(const Roadmap *map, int64_t milli) {
    const RoadmapComputed *computed = &map->computed;
    uint32_t cancelled = computed->by_status[ROADMAP_CANCELLED];
    uint32_t total[] = {computed->rows.total, computed->rows.total - cancelled,
                        computed->expanded.total, computed->expanded.total - cancelled};
    return is_accepted(milli, total, sizeof total / sizeof *total);
}

bool lint_is_done(const Roadmap *map, int64_t milli) {
    const RoadmapComputed *computed = &map->computed;
    uint32_t cancelled = computed->by_status[ROADMAP_CANCELLED];
    uint32_t done[] = {computed->rows.done, computed->rows.done + cancelled,
                       computed->expanded.done, computed->expanded.done + cancelled};
    return is_accepted(milli, done, sizeof done / sizeof *done);
}

void lint_push(const Lint *lint, LintList *list, uint32_t index) {
    ARENA_RESERVE(lint->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = index;
}

Str lint_names(const Lint *lint, const Roadmap *map, const LintList *list) {
    Buf buf = buf_new(lint->arena);
    buf_add_text(&buf, list->count == 1 ? "PR " : "PRs ");
    size_t shown = list->count > NAMES_SHOWN ? NAMES_SHOWN - 1 : list->count;
    for (size_t i = 0; i < shown; i++) {
        bool is_last = i + 1 == list->count;
        buf_add_text(&buf, i == 0 ? "" : is_last ? " and " : ", ");
        buf_add(&buf, map->prs[list->items[i]].id);
    }
    if (shown < list->count)
        buf_add_format(&buf, " and %zu more", list->count - shown);
    return buf_str(&buf);
}

bool lint_is_finished(const Roadmap *map) {
    for (size_t i = 0; i < map->pr_count; i++) {
        if (!roadmap_is_closed(&map->prs[i]))
            return false;
    }
    return map->pr_count > 0;
}

/* Letters and digits in lower case, everything else dropped; "&" counts as "and". */
static Str plain_title(const Lint *lint, Str title) {
    Buf buf = buf_new(lint->arena);
    for (size_t i = 0; i < title.size; i++) {
        char c = title.data[i];
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_word = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       (unsigned char)c >= 0x80;
        if (c == '&')
            buf_add_text(&buf, "and");
        else if (is_word)
            buf_add_char(&buf, is_upper ? (char)(c - 'A' + 'a') : c);
    }
    return buf_str(&buf);
}

bool lint_same_title(const Lint *lint, Str left, Str right) {
    return str_equal(plain_title(lint, left), plain_title(lint, right));
}

static int64_t columns_of(Str text) {
    int64_t columns = 0;
    while (text.size > 0)
        columns += utf8_columns(utf8_take(&text));
    return columns;
}

void lint_fix_cell(const Lint *lint, Span cell, Span at, Str text) {
    diag_fix(lint->diags, at, text);
    if (!cell.source)
        return;
    Str behind = str_from_offset(cell.source->text, cell.start + cell.size);
    int64_t padding = 0;
    while ((size_t)padding < behind.size && behind.data[padding] == ' ')
        padding++;
    int64_t growth = columns_of(text) - columns_of(span_text(at));
    /* One space is no padding; a cell without any may grow. */
    if (growth > 0 && padding > growth)
        diag_fix(lint->diags, span_of(cell.source, cell.start + cell.size, (size_t)growth),
                 STR(""));
    else if (growth < 0 && padding > 1)
        diag_fix(lint->diags, span_of(cell.source, cell.start + cell.size, 0),
                 str_slice(STR("                                "), 0, (size_t)-growth));
}

const RoadmapPr *lint_find(const Lint *lint, Str id) {
    return map_find(lint->ids, id);
}

static Map *index_ids(const Roadmap *map, Arena *arena) {
    Map *ids = map_new(arena);
    for (size_t i = 0; i < map->pr_count; i++) {
        if (!map_find(ids, map->prs[i].id))
            map_put(ids, map->prs[i].id, &map->prs[i]);
    }
    return ids;
}

/* ---- the table ---- */

typedef enum LintOn {
    ON_TRACKER = 1,
    ON_PLAN = 2,
    ON_PAIR = 4, /* a tracker that was joined with its plan */
} LintOn;

typedef struct LintRow {
    void (*run)(const Lint *lint);
    int on; /* of LintOn */
} LintRow;

static const LintRow rows[] = {
    {lint_totals, ON_TRACKER | ON_PLAN},
    {lint_next, ON_TRACKER},
    {lint_rows, ON_TRACKER},
    {lint_commits, ON_TRACKER},
    {lint_spelling, ON_TRACKER},
    {lint_sections, ON_TRACKER},
    {lint_dependencies, ON_TRACKER},
    {lint_duration, ON_PLAN},
    {lint_prose, ON_TRACKER},
    {lint_counts_in_prose, ON_TRACKER | ON_PLAN},
    {lint_places, ON_TRACKER},
    {lint_fences, ON_TRACKER | ON_PLAN},
    {lint_plan_set, ON_PAIR},
    {lint_plan_state, ON_PAIR},
    {lint_plan_fields, ON_PAIR},
};

static void run_rows(const Lint *lint, int on) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].on & on)
            rows[i].run(lint);
    }
}

/* The row of each PR of the plan: the one it was joined with, or a row for several PRs. */
static const uint32_t *find_rows(const Roadmap *tracker, const Roadmap *plan, Arena *arena) {
    uint32_t *row_of = ARENA_ARRAY(arena, uint32_t, plan->pr_count + 1);
    for (uint32_t i = 0; i < plan->pr_count; i++)
        row_of[i] = ROADMAP_NONE;
    for (uint32_t i = 0; i < tracker->pr_count; i++) {
        if (tracker->prs[i].plan != ROADMAP_NONE)
            row_of[tracker->prs[i].plan] = i;
    }
    bool is_too_large = tracker->pr_count * plan->pr_count > LINT_COMPARISON_LIMIT;
    for (uint32_t i = 0; !is_too_large && i < tracker->pr_count; i++) {
        for (uint32_t k = 0; tracker->prs[i].weight > 1 && k < plan->pr_count; k++) {
            if (row_of[k] == ROADMAP_NONE && pr_id_contains(tracker->prs[i].id, plan->prs[k].id))
                row_of[k] = i;
        }
    }
    return row_of;
}

void roadmap_lint(const Roadmap *roadmap, Arena *arena, Diags *diags) {
    Lint lint = {.map = roadmap,
                 .plan = roadmap->plan,
                 .schedule = schedule_new(roadmap, arena),
                 .ids = index_ids(roadmap, arena),
                 .arena = arena,
                 .diags = diags};
    if (roadmap->kind == ROADMAP_BREAKDOWN) {
        run_rows(&lint, ON_PLAN);
        return;
    }
    if (roadmap->pr_count == 0) {
        diag_add(diags, DIAG_ROADMAP_NO_DASHBOARD, span_of(roadmap->source, 0, 0),
                 "no table with a PR and a Status column");
        lint_fences(&lint);
        return;
    }
    run_rows(&lint, ON_TRACKER);
    if (!roadmap->plan)
        return;
    lint.row_of = find_rows(roadmap, roadmap->plan, arena);
    run_rows(&lint, ON_PAIR);
    Lint of_plan = lint;
    of_plan.map = roadmap->plan;
    of_plan.plan = NULL;
    of_plan.tracker = roadmap;
    of_plan.schedule = schedule_new(roadmap->plan, arena);
    of_plan.ids = index_ids(roadmap->plan, arena);
    run_rows(&of_plan, ON_PLAN);
}
