#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "roadmap/id.h"

/* What an id reads as: "ID*WEIGHT+SIZE", or "none". */
static void check(const char *text, bool needs_prefix, const char *expected) {
    Arena *arena = arena_new();
    PrId id;
    char got[128] = "none";
    if (pr_id_parse(str_from(text), needs_prefix, arena, &id))
        snprintf(got, sizeof got, "%.*s*%u+%zu", STR_FMT(id.id), id.weight, id.size);
    assert_string_equal(got, expected);
    arena_free(arena);
}

static void test_cells(void **state) {
    (void)state;
    check("7", false, "7*1+1");
    check("PR7", false, "7*1+3");
    check("PR 7", false, "7*1+4");
    check("PR-2.5", false, "2.5*1+6");
    check("PR #1", false, "1*1+5");
    check("#12", false, "12*1+3");
    check("pr7a", false, "7a*1+4");
    check("T2.5", false, "2.5*1+4");
    check("Task 3", false, "3*1+6");
    check("Sub-PR 5.1", false, "5.1*1+10");
    check("PR19.5", false, "19.5*1+6");
    check("", false, "none");
    check("PR", false, "none");
    check("PR7and", false, "none");
    check("Title", false, "none");
    check("3rd", false, "none");
}

static void test_groups(void **state) {
    (void)state;
    check("PR3+PR4", false, "3+4*2+7");
    check("PR-3/3.5", false, "3/3.5*2+8");
    check("PR4-6", false, "4-6*3+5");
    check("PR 3 & PR 4", false, "3&4*2+11");
    check("PR1-PR3", false, "1-3*3+7");
    check("1+2+3", false, "1+2+3*3+5");
    check("6-4", false, "6-4*2+3");
    check("1-99999999", false, "1-99999999*2+10");
}

static void test_headings(void **state) {
    (void)state;
    check("7", true, "none");
    check("PR 11 - Alerts", true, "11*1+5");
    check("PR 4 - 6 screens", true, "4*1+4");
    check("PR 4 + 2 more", true, "4*1+4");
    check("PRs 5, 6", true, "5*1+5");
    check("Planning", true, "none");
}

static void check_contains(const char *group, const char *id, bool expected) {
    assert_int_equal(pr_id_contains(str_from(group), str_from(id)), expected);
}

static void test_contains(void **state) {
    (void)state;
    check_contains("3+4", "4", true);
    check_contains("3/3.5", "3.5", true);
    check_contains("4-6", "5", true);
    check_contains("4-6", "6", true);
    check_contains("4-6", "7", false);
    check_contains("14", "4", false);
    check_contains("", "4", false);
}

static void test_expand(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str parts[8];
    assert_int_equal(pr_id_expand(STR("4-7"), arena, parts, 8), 4);
    assert_true(str_equal(parts[0], STR("4")) && str_equal(parts[2], STR("6")) &&
                str_equal(parts[3], STR("7")));
    assert_int_equal(pr_id_expand(STR("1-900"), arena, parts, 8), 8);
    assert_int_equal(pr_id_expand(STR("3+3.5"), arena, parts, 8), 2);
    arena_free(arena);
}

static void check_signs(const char *text, const char *expected) {
    Str got = pr_skip_signs(str_from(text));
    assert_int_equal(got.size, strlen(expected));
    assert_memory_equal(got.data, expected, got.size);
}

static void test_signs(void **state) {
    (void)state;
    check_signs("\xE2\x9E\xA1\xEF\xB8\x8F START HERE", "START HERE");
    check_signs("**PR 1**", "PR 1**");
    check_signs("\xF0\x9F\x9F\xA2 PR2", "PR2");
    check_signs("\xC3\x9C"
                "ber",
                "\xC3\x9C"
                "ber");
    check_signs("\xE2\x9C\x85", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),    cmocka_unit_test(test_groups),
        cmocka_unit_test(test_headings), cmocka_unit_test(test_contains),
        cmocka_unit_test(test_expand),   cmocka_unit_test(test_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
