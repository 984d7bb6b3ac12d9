/* Repairs: a tracker with contradictions, what it reads afterwards, and that doing it again changes
 * nothing. */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "markdown/md.h"
#include "roadmap/repair.h"

typedef struct Case {
    const char *name, *before, *after, *plan_before, *plan_after;
    size_t count; /* findings repaired */
} Case;

#define TABLE                                                                                      \
    "| PR | Title | Status |\n|----|-------|--------|\n| 1 | Store | Complete |\n"                 \
    "| 2 | Form | Complete |\n| 3 | Mail | Not Started |\n"

static const Case cases[] = {
    {"nothing to do", TABLE, TABLE, NULL, NULL, 0},
    {"the count brings percentage and bar to light",
     "**Total Completion**: 33% (1/3 PRs completed) so far\n\n```\n[███░░░░░░░] 33%\n```\n\n" TABLE,
     "**Total Completion**: 67% (2/3 PRs completed) so far\n\n```\n[██████░░░░] 67%\n```\n\n" TABLE,
     NULL, NULL, 4},
    {"line ends and a mark at the beginning stay",
     "\xEF\xBB\xBF**Completion**: 33% (1/3)\r\n\r\n" TABLE,
     "\xEF\xBB\xBF**Completion**: 67% (2/3)\r\n\r\n" TABLE, NULL, NULL, 2},
    {"the plan follows", TABLE, TABLE,
     "## PROGRESS TRACKER\n\n**Progress**: 33% Complete (1/3 PRs)\n\n## PR 1: Store\n\n## PR 2: "
     "Form\n\n## PR 3: Mail\n",
     "## PROGRESS TRACKER\n\n**Progress**: 67% Complete (2/3 PRs)\n\n## PR 1: Store\n\n## PR 2: "
     "Form\n\n## PR 3: Mail\n",
     1},
    {"finished PRs move in the plan's lists, whatever ends a line", TABLE, TABLE,
     "## PROGRESS TRACKER\r\n\r\n### Completed PRs\r\n- None yet\r\n\r\n### NEXT PR\r\n\r\n### Remaining "
     "PRs\r\n- [ ] PR 1: Store\r\n- [ ] PR 2: Form\r\n- [ ] PR 3: Mail\r\n\r\n## PR 1: Store\r\n\r\n## PR "
     "2: Form\r\n\r\n## PR 3: Mail\r\n",
     "## PROGRESS TRACKER\r\n\r\n### Completed PRs\r\n- [x] PR 1: Store\r\n- [x] PR 2: Form\r\n\r\n### NEXT "
     "PR\r\n\r\n### Remaining PRs\r\n- [ ] PR 3: Mail\r\n\r\n## PR 1: Store\r\n\r\n## PR 2: "
     "Form\r\n\r\n## PR 3: Mail\r\n",
     1},
    {"what only the author knows stays", TABLE "\n## PR 1: Store\n\n- [ ] Index\n",
     TABLE "\n## PR 1: Store\n\n- [ ] Index\n", NULL, NULL, 0},
};

static Repair repair(Str tracker, const char *plan, Arena *arena) {
    const Source *source = source_new(arena, STR("PROGRESS_TRACKER.md"), tracker);
    const Source *other = plan ? source_new(arena, STR("PR_BREAKDOWN.md"), str_from(plan)) : NULL;
    return roadmap_repair(source, other, NULL, arena);
}

static void run_case(void **state) {
    const Case *test = *state;
    Arena *arena = arena_new();
    Repair first = repair(str_from(test->before), test->plan_before, arena);
    assert_string_equal(str_cstr(arena, first.tracker), test->after);
    if (test->plan_after)
        assert_string_equal(str_cstr(arena, first.plan), test->plan_after);
    assert_int_equal(first.count, test->count);
    Repair again = repair(first.tracker, test->plan_after, arena);
    assert_int_equal(again.count, 0);
    assert_string_equal(str_cstr(arena, again.tracker), test->after);
    arena_free(arena);
}

static void only_wanted_rules(void **state) {
    (void)state;
    Arena *arena = arena_new();
    bool wanted[DIAG_RULE_COUNT] = {false};
    wanted[DIAG_ROADMAP_DONE_COUNT] = true;
    Str text = STR("**Completion**: 33% (1/3)\n\n" TABLE);
    Repair result = roadmap_repair(source_new(arena, STR("in"), text), NULL, wanted, arena);
    assert_string_equal(str_cstr(arena, result.tracker), "**Completion**: 33% (2/3)\n\n" TABLE);
    arena_free(arena);
}

int main(void) {
    md_setup();
    struct CMUnitTest tests[sizeof cases / sizeof *cases + 1];
    size_t count = 0;
    for (; count < sizeof cases / sizeof *cases; count++)
        tests[count] = (struct CMUnitTest){cases[count].name, run_case, NULL, NULL,
                                           (void *)(uintptr_t)&cases[count]};
    tests[count] = (struct CMUnitTest)cmocka_unit_test(only_wanted_rules);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
