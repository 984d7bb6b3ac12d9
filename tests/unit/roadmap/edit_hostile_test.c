#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "markdown/md.h"
#include "roadmap/edit.h"
#include "time_limit.h"

#define ROWS 10000
/* Sanitizers, and a program that counts its lines, take longer. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
#define SECONDS_EACH 20
#else
#define SECONDS_EACH 2
#endif

static Roadmap *read_map(Str text, Arena *arena) {
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, STR("in.md"), text), arena, diags);
    return roadmap_read(doc, ROADMAP_TRACKER, arena, diags);
}

static const RoadmapVerb verbs[] = {ROADMAP_START, ROADMAP_DONE, ROADMAP_REOPEN, ROADMAP_BLOCK,
                                    ROADMAP_ADD};

static RoadmapEdited edit_with(const Roadmap *map, const Roadmap *plan, RoadmapVerb verb,
                               Arena *arena) {
    RoadmapEdit edit = {.verb = verb,
                        .pr = verb == ROADMAP_ADD ? ROADMAP_NONE : (uint32_t)map->pr_count / 2,
                        .by = verb == ROADMAP_BLOCK && map->pr_count > 1 ? 0 : ROADMAP_NONE,
                        .title = STR("PR 5.5: A | `b|c` \\| **d\nnew line"),
                        .commit = verb == ROADMAP_DONE ? STR("1234abc") : (Str){0},
                        .note = STR("x | y\r\n| 1 | Row | Complete |"),
                        .is_forced = true};
    return roadmap_edit(map, plan, &edit, arena);
}

/* Every verb gives a text that reads as intended, or is refused; in time. */
static void check(Str text) {
    Arena *arena = arena_new();
    Roadmap *map = read_map(text, arena);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (map->pr_count == 0 && verbs[i] != ROADMAP_ADD)
            continue;
        clock_t begin = clock();
        RoadmapEdited edited = edit_with(map, NULL, verbs[i], arena);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        assert_true(seconds < time_limit(SECONDS_EACH));
        if (edited.refusals.count > 0)
            continue;
        Roadmap *after = read_map(edited.tracker, arena);
        assert_int_equal(after->pr_count, map->pr_count + (verbs[i] == ROADMAP_ADD));
    }
    arena_free(arena);
}

static void check_text(const char *text) {
    check(str_from(text));
}

/* ---- what looks like a row, a heading or a box and is none ---- */

static void test_lookalikes(void **state) {
    (void)state;
    check_text("");
    check_text("# No table\n\n- [ ] item\n");
    check_text("| PR | Status |\n|--|--|\n| 1 | Complete |");
    check_text("| PR | Status |\n|--|--|\n| 1 |\n| 2 | | |\n| 3 | Done | too | many | cells |\n");
    check_text("| PR | Status |\n|--|--|\n|1|Not Started|\n|1|Complete|\n|1|Blocked|\n");
    check_text(
        "> | PR | Status | Notes |\n> |--|--|--|\n> | 1 | Not Started | a |\n> | 2 | - | b |");
    check_text("- list\n\n  | PR | Status |\n  |--|--|\n  | 1 | Not Started |\n  | 2 | ? |\n");
    check_text("```\n| PR | Status |\n|--|--|\n| 1 | Not Started |\n");
    check_text(
        "| PR | Title | Status |\r\n|-|-|-|\r\n| 1 | \\| | Not Started |\r\n| 2 | `|` | Done |");
    check_text("| PR | Status |\r|--|--|\r| 1 | Not Started |\r| 2 | Not Started |\r");
    check_text("| PR | Status |\n|--|--|\n| 1 | \xFF\xFE |\n| 2 | \xF0\x9F |\n");
    check_text("## PR 1: A - \xF0\x9F\x94\xB4 #\n\n[\xE2\x96\x88] 5% [###] 999999999% [   ] 0%\n\n"
               "| PR | Status |\n|--|--|\n| 1 | Not Started |\n");
    check_text("**Total Completion**: 999999999% (999999999/1 PRs, PR 1 next, PR 2 next)\n"
               "**Current PR**: PR 1 Complete - Ready for PR 1 - Ready for PR 1\n\n"
               "## Next PR to Implement\n\n**START HERE: PR 1** - **Branch**: ` (branch: `\n\n"
               "**Branch**: `\n\n"
               "| PR | Status | Completion | Notes |\n|--|--|--|--|\n| 1 | **** | % | \\ |\n");
}

/* ---- much of everything ---- */

static void check_rows(const char *row, const char *section) {
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "**Total Completion**: 0% (0/10000 PRs)\n\n[          ] 0%\n\n"
                        "| PR | Title | Status | Completion | Notes |\n|--|--|--|--|--|\n");
    for (int i = 1; i <= ROWS; i++)
        buf_add_format(&text, "| PR%d | Part %d | %s |\n", i, i, row);
    for (int i = 1; i <= ROWS; i++)
        buf_add_format(&text, "\n## PR%d: Part %d%s\n- [ ] item\n", i, i, section);
    check(buf_str(&text));
    arena_free(arena);
}

static void test_many_rows(void **state) {
    (void)state;
    check_rows("Not Started | 0% | Commit 1234abc", "");
    check_rows("Complete | 100% | All previous", " \xF0\x9F\x9F\xA2 COMPLETE");
}

static void check_repeat(const char *head, const char *part, size_t count) {
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, head);
    for (size_t i = 0; i < count; i++)
        buf_add_text(&text, part);
    check(buf_str(&text));
    arena_free(arena);
}

static void test_repeats(void **state) {
    (void)state;
    const char *table = "| PR | Status | Notes |\n|--|--|--|\n| 1 | Not Started | a |\n\n";
    check_repeat(table, "**Total Completion**: 0% (0/1 PRs, PR 1 next)\n", 20000);
    check_repeat(table, "[----------] 0%\n", 20000);
    check_repeat("| PR | Status | Notes |\n|--|--|--|\n| 1 | Not Started | ", "; Commit 1234abc",
                 4000);
    check_repeat("| PR | Status | Notes |\n|--|--|--|\n| 1 | Not Started | ", "\\|", 30000);
    check_repeat("## PR 1: x\n\n", "**Status**: Not Started | **Completion**: 0% | ", 1300);
    check_repeat("| PR | Status |\n|--|--|\n| 1 | Not Started |\n\n## PR 1: x\n\n", "- [ ] a\n",
                 100000);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lookalikes),
                                       cmocka_unit_test(test_many_rows),
                                       cmocka_unit_test(test_repeats)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
