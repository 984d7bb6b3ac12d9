#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "roadmap/overview.h"
#include "roadmap/repair.h"
#include "roadmap/schedule.h"
#include "time_limit.h"

#define PRS 10000
/* Sanitizers, and a program that counts its lines, take longer. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
#define SECONDS_EACH 20
#else
#define SECONDS_EACH 2
#endif

/* Reads, schedules, checks and writes `text`; gives the number of PRs. Fails when it takes longer
 * than two seconds of processor time. */
static size_t run(Arena *arena, Str text, RoadmapKind kind) {
    clock_t begin = clock();
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, STR("in.md"), text), arena, diags);
    Roadmap *roadmap = roadmap_read(doc, kind, arena, diags);
    Roadmap *plan = roadmap_read(doc, ROADMAP_BREAKDOWN, arena, diags);
    roadmap_join(roadmap, plan, arena);
    roadmap_lint(roadmap, arena, diags);
    Schedule *schedule = schedule_new(roadmap, arena);
    size_t pairs;
    schedule_reduce(roadmap, schedule, arena, &pairs);
    Buf json = buf_new(arena);
    roadmap_write_json(roadmap, &(RoadmapJsonOptions){.findings = diags}, &json);
    Overview *overview = overview_read(doc, arena, diags);
    const Roadmap *trackers[] = {roadmap};
    overview_join(overview, trackers, 1, arena);
    overview_lint(overview, trackers, 1, arena, diags);
    overview_write_json(overview, diags, &json);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    print_message("# %zu PRs, %zu bytes: %.2f s\n", roadmap->pr_count, text.size, seconds);
    assert_true(seconds < time_limit(SECONDS_EACH));
    return roadmap->pr_count;
}

typedef enum Wait {
    WAIT_NOTHING,
    WAIT_BEFORE, /* each for the one before: a chain */
    WAIT_ALL,    /* "All previous" */
    WAIT_RANGE,  /* "PR1-PR900" */
    WAIT_CIRCLE, /* each for the next one, the last for the first */
} Wait;

/* PRS rows that wait for each other, and a section for each. */
static void check_rows(Wait wait) {
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "# Many\n\n| PR | Title | Status | Dependencies |\n|--|--|--|--|\n");
    for (int i = 1; i <= PRS; i++) {
        buf_add_format(&text, "| PR%d | Part %d | Pending | ", i, i);
        switch (wait) {
        case WAIT_NOTHING: break;
        case WAIT_BEFORE: buf_add_format(&text, "PR%d", i - 1); break;
        case WAIT_ALL: buf_add_text(&text, "All previous"); break;
        case WAIT_RANGE: buf_add_text(&text, "PR1-PR900"); break;
        case WAIT_CIRCLE: buf_add_format(&text, "PR%d", i % PRS + 1); break;
        }
        buf_add_text(&text, " |\n");
    }
    for (int i = 1; i <= PRS; i++)
        buf_add_format(&text, "\n## PR%d: Part %d\n- [x] item\n", i, i);
    assert_int_equal(run(arena, buf_str(&text), ROADMAP_TRACKER), PRS);
    arena_free(arena);
}

static void test_many_rows(void **state) {
    (void)state;
    check_rows(WAIT_NOTHING);
    check_rows(WAIT_BEFORE);
    check_rows(WAIT_ALL);
    check_rows(WAIT_RANGE);
    check_rows(WAIT_CIRCLE);
}

/* `count` times `part` after `head`; only survival and time count. */
static void check_repeat(const char *head, const char *part, size_t count) {
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, head);
    for (size_t i = 0; i < count; i++)
        buf_add_text(&text, part);
    buf_add_char(&text, '\n');
    run(arena, buf_str(&text), ROADMAP_TRACKER);
    run(arena, buf_str(&text), ROADMAP_BREAKDOWN);
    arena_free(arena);
}

static void test_odd_documents(void **state) {
    (void)state;
    static const char table[] = "| PR | Status | Notes |\n|--|--|--|\n| 1 | Done | ";
    check_repeat("", "", 0);
    check_repeat(table, "Depends on PR 1, ", 3000);
    check_repeat(table, "x", 60000);
    check_repeat(table, "[", 30000);
    check_repeat(table, "PR", 30000);
    check_repeat(table, "commit a1b2c3d, ", 3000);
    check_repeat(table, "PR #1, #2, ", 5000);
    check_repeat(table, "\xF0\x9F\x9F", 10000);
    check_repeat("## PR 1: a\n", "**Key**: v | ", 4000);
    check_repeat("## PR 1: a\n", "**", 30000);
    check_repeat("", "## PR 1: a\n", 20000);
    check_repeat("", "# PR 1: a\n## PR 2: b\n### PR 3: c\n- [ ] d\n", 5000);
    check_repeat("", "```\n## PR 1: a\n", 9999);
    check_repeat("", "- [x] ", 5000);
    check_repeat("", "> ", 5000);
    check_repeat("## Next PR to Implement\n", "START HERE: PR99\n", 10000);
    check_repeat("**Total Completion**: ", "9", 60000);
    check_repeat("**Total Completion**: 5% (", "1/0 ", 10000);
    check_repeat("[", "#", 60000);
    check_repeat("## PR 1-", "1-", 20000);
    check_repeat("## PR ", "1.", 20000);
    check_repeat("### Phase 1: x (", "PR1-PR999 ", 3000);
}

/* What each group of rules looks at, very often and beside a few rows. */
static void test_odd_claims(void **state) {
    (void)state;
    static const char rows[] = "| PR | Title | Status | Completion | Notes |\n|--|--|--|--|--|\n"
                               "| 1 | a | Complete | 50% | |\n| 2 | b | Pending | 5% | PR 1 |\n\n";
    static const char *const parts[] = {
        "All 9 PRs are merged.\n\n",
        "All ",
        "**Next Step**: PR 1\n\n",
        "**Status**: NOT STARTED\n\n",
        "PR 1 (CURRENT)\n\n",
        "{{",
        "{{NAME}} ",
        "/home/a/b ",
        "2024-01-01 ",
        "```a\n```b\n## PR 7: x\n",
        "## PR 7.1: x\n",
        "## PR 1: a\n**Status**: Pending\n\n",
        "**Total Completion**: 9% (9/9)\n\n",
        "[####----] 9%\n\n",
        "- 🔴 Planning: 9 items (9%)\n",
        "## Required Documents Location\n```\n.roadmap/planning/x/\n```\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        check_repeat(rows, parts[i], 4000);
    check_repeat("| Item | Status | Completion |\n|--|--|--|\n",
                 "| [a](b/PROGRESS_TRACKER.md) | 🟢 | 9% |\n", 8000);
}

/* Every row has something to repair. */
static void test_many_repairs(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "| PR | Title | Status | Completion |\n|--|--|--|--|\n");
    for (int i = 1; i <= PRS / 4; i++)
        buf_add_format(&text, "| PR%d | Part %d | %s | 50%% |\n", i, i,
                       i % 3 ? "Complete" : "✅ Done");
    clock_t begin = clock();
    Repair repair =
        roadmap_repair(source_new(arena, STR("in.md"), buf_str(&text)), NULL, NULL, arena);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    print_message("# %zu repairs: %.2f s\n", repair.count, seconds);
    assert_true(repair.count > 1000);
    assert_true(seconds < time_limit(SECONDS_EACH));
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_odd_documents),
        cmocka_unit_test(test_odd_claims),
        cmocka_unit_test(test_many_repairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
