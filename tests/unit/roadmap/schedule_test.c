#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "roadmap/schedule.h"

/* Reads a tracker of PRs 1 to 9 whose Dependencies column is given, one cell for each. */
static Roadmap *read_tracker(Arena *arena, Diags *diags, const char *const *cells, size_t count) {
    Buf text = buf_new(arena);
    buf_add_text(&text, "# Test - Progress Tracker\n\n## PR Status Dashboard\n\n"
                        "| PR | Title | Status | Dependencies |\n|--|--|--|--|\n");
    for (size_t i = 0; i < count; i++)
        buf_add_format(&text, "| PR%zu | Part %zu | %s |\n", i + 1, i + 1, cells[i]);
    Source *source = source_new(arena, STR("PROGRESS_TRACKER.md"), buf_str(&text));
    return roadmap_read(md_parse(source, arena, diags), ROADMAP_TRACKER, arena, diags);
}

/* What the last of `count` cells depends on: indices of PRs, "?ID" for unknown ones, "(NAME)" for
 * those of another roadmap; "none" for none and "" when nothing is said. */
static void check_depends(const char *cell, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const char *cells[] = {"Complete | None", "Complete | None", "Complete | None",
                           "Complete | None",
                           str_cstr(arena, str_format(arena, "Pending | %s", cell))};
    Roadmap *roadmap = read_tracker(arena, diags, cells, 5);
    const RoadmapPr *pr = &roadmap->prs[4];
    Buf got = buf_new(arena);
    for (size_t i = 0; i < pr->depends_count; i++) {
        buf_add_text(&got, got.size ? " " : "");
        if (pr->depends[i].index == ROADMAP_NONE)
            buf_add_char(&got, '?');
        buf_add(&got, pr->depends[i].name);
    }
    for (size_t i = 0; i < pr->external_count; i++) {
        buf_add_text(&got, got.size ? " " : "");
        buf_add_format(&got, "(%.*s)", STR_FMT(pr->external[i].text));
    }
    if (pr->says_depends && got.size == 0)
        buf_add_text(&got, "none");
    assert_string_equal(str_cstr(arena, buf_str(&got)), expected);
    arena_free(arena);
}

static void test_depends(void **state) {
    (void)state;
    check_depends("None", "none");
    check_depends("None (foundation)", "none");
    check_depends("-", "none");
    check_depends("", "");
    check_depends("PR2", "2");
    check_depends("PR 2", "2");
    check_depends("PRs 1, 3 and 4", "1 3 4");
    check_depends("PR1, PR2 all merged", "1 2");
    check_depends("PR1 (for the schema)", "1");
    check_depends("PR3 complete", "3");
    check_depends("PR1-PR3", "1 2 3");
    check_depends("PR 2, 3 days of work", "2");
    check_depends("All previous PRs", "1 2 3 4");
    check_depends("All", "1 2 3 4");
    check_depends("PR 9", "?9");
    check_depends("PR 4 + Observability PR 4+", "4 (Observability PR 4+)");
    check_depends("1, 3", "1 3");
    check_depends("2 (schema)", "2");
    check_depends("3 weeks", "");
    check_depends("libraries only", "");
}

/* Statuses and dependencies of each PR, then what the schedule makes of them. */
static void check_schedule(const char *const *cells, size_t count, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Roadmap *roadmap = read_tracker(arena, diags, cells, count);
    Schedule *schedule = schedule_new(roadmap, arena);
    size_t pair_count;
    SchedulePair *pairs = schedule_reduce(roadmap, schedule, arena, &pair_count);
    Buf got = buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        const ScheduleStep *step = &schedule->steps[i];
        buf_add_format(&got, "%zu:%u%s%s ", i + 1, step->layer, step->is_ready ? "r" : "",
                       step->slack ? "s" : "");
    }
    buf_add_text(&got, "|");
    for (size_t i = 0; i < pair_count; i++)
        buf_add_format(&got, " %u>%u", pairs[i].from + 1, pairs[i].to + 1);
    buf_add_text(&got, " | ");
    if (schedule->next != ROADMAP_NONE)
        buf_add_format(&got, "%u: ", schedule->next + 1);
    buf_add(&got, schedule->next_reason);
    for (size_t i = 0; i < schedule->cycle_count; i++)
        buf_add_format(&got, "%s%u", i ? ">" : " | cycle ", schedule->cycle[i] + 1);
    for (size_t i = 0; i < schedule->critical_count; i++)
        buf_add_format(&got, "%s%u", i ? "," : " | chain ", schedule->critical_path[i] + 1);
    assert_string_equal(str_cstr(arena, buf_str(&got)), expected);
    arena_free(arena);
}

static void test_schedule(void **state) {
    (void)state;
    static const char *const line[] = {"Complete | None", "Pending | PR1", "Pending | All"};
    check_schedule(line, 3,
                   "1:0 2:1r 3:2 | 1>2 2>3 | 2: the first open PR that can begin: PR 1, on which "
                   "it depends, is finished | chain 2,3");
    static const char *const diamond[] = {"Pending | None", "Pending | PR1", "Pending | PR1",
                                          "Pending | PR3", "Pending | All previous"};
    check_schedule(diamond, 5,
                   "1:0r 2:1s 3:1 4:2 5:3 | 1>2 1>3 3>4 4>5 2>5 | 1: the first open PR that can "
                   "begin: it depends on no other PR | chain 1,3,4,5");
    static const char *const done[] = {"Complete | None", "Skipped | PR1"};
    check_schedule(done, 2, "1:0 2:1 | 1>2 | every PR is finished");
    static const char *const circle[] = {"Pending | PR3", "Pending | PR1", "Pending | PR2"};
    check_schedule(circle, 3,
                   "1:0 2:0 3:0 | 3>1 1>2 2>3 | every open PR waits for another one | cycle "
                   "1>3>2");
    static const char *const busy[] = {"In Progress | None", "Pending | PR1"};
    check_schedule(busy, 2,
                   "1:0r 2:1 | 1>2 | 1: it is in progress, and nothing else can begin before | "
                   "chain 1,2");
    static const char *const self[] = {"Pending | PR1", "Pending | None"};
    check_schedule(self, 2,
                   "1:0 2:0r | 1>1 | 2: the first open PR that can begin: it depends on no other "
                   "PR | cycle 1 | chain 2");
    static const char *const unknown[] = {"Complete | None", "Pending | PR 9, PR 1"};
    check_schedule(unknown, 2,
                   "1:0 2:1r | 1>2 | 2: the first open PR that can begin: PR 1, on which it "
                   "depends, is finished | chain 2");
    check_schedule(NULL, 0, "| | the roadmap has no PRs");
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depends),
        cmocka_unit_test(test_schedule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
