#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "roadmap/status.h"

static void check(const char *text, const char *expected) {
    RoadmapStatus status;
    bool is_known = status_parse(str_from(text), NULL, &status);
    Str name = is_known ? roadmap_status_name(status) : STR("none");
    assert_int_equal(name.size, strlen(expected));
    assert_memory_equal(name.data, expected, name.size);
}

static void test_words(void **state) {
    (void)state;
    check("Complete", "complete");
    check("COMPLETED", "complete");
    check("MERGED #16", "complete");
    check("Created", "complete");
    check("Not Started", "not_started");
    check("Pending", "not_started");
    check("Planned (after PR 1 merges)", "not_started");
    check("In Progress", "in_progress");
    check("Partial", "in_progress");
    check("In Review", "in_progress");
    check("Blocked", "blocked");
    check("Skipped", "cancelled");
    check("Superseded", "cancelled");
    check("Deferred", "cancelled");
    check("Won't do", "cancelled");
    check("Incomplete", "other");
    check("Not Complete", "other");
    check("Completeness of tests", "none");
    check("Complete (blocked PR 7 for a week)", "complete");
    check("soon", "none");
    check("", "none");
}

static void test_signs(void **state) {
    (void)state;
    check("\xF0\x9F\x9F\xA2", "complete");
    check("\xE2\x9C\x85", "complete");
    check("\xF0\x9F\x94\xB4", "not_started");
    check("\xE2\x8F\xB3", "not_started");
    check("\xF0\x9F\x9F\xA1", "in_progress");
    check("\xF0\x9F\x94\xB5", "blocked");
    check("\xE2\x8F\xAD\xEF\xB8\x8F", "cancelled");
    /* The word decides against the sign. */
    check("\xF0\x9F\x9F\xA1 Superseded", "cancelled");
    check("\xF0\x9F\x94\x84 Not Started", "not_started");
}

/* The legend of a document overrides what a sign means elsewhere. */
static void test_legend(void **state) {
    (void)state;
    RoadmapLegend rows[] = {
        {.text = {.text = STR("\xF0\x9F\x9F\xA1 Blocked")}, .status = ROADMAP_BLOCKED}};
    Roadmap roadmap = {.legend = rows, .legend_count = 1};
    RoadmapStatus status;
    assert_true(status_parse(STR("\xF0\x9F\x9F\xA1"), &roadmap, &status));
    assert_int_equal(status, ROADMAP_BLOCKED);
    assert_true(status_parse(STR("\xF0\x9F\x9F\xA2"), &roadmap, &status));
    assert_int_equal(status, ROADMAP_COMPLETE);
}

static void check_split(const char *text, const char *title, const char *status) {
    Str head;
    Str tail;
    status_split(str_from(text), &head, &tail);
    assert_int_equal(head.size, strlen(title));
    assert_memory_equal(head.data, title, head.size);
    assert_int_equal(tail.size, strlen(status));
    assert_memory_equal(tail.data ? tail.data : "", status, tail.size);
}

static void test_split(void **state) {
    (void)state;
    check_split("Rules \xF0\x9F\x9F\xA2 COMPLETE", "Rules", "\xF0\x9F\x9F\xA2 COMPLETE");
    check_split("Rules \xE2\x9C\x85", "Rules", "\xE2\x9C\x85");
    check_split("Rules - SKIPPED", "Rules", "SKIPPED");
    check_split("Rules (Complete)", "Rules", "Complete");
    check_split("Rules", "Rules", "");
    check_split("Rules (Base Workspace)", "Rules (Base Workspace)", "");
    check_split("Dogfooding - Internal Validation", "Dogfooding - Internal Validation", "");
    check_split("\xE2\x9C\x85 COMPLETED: PR5 - Docs", "\xE2\x9C\x85 COMPLETED: PR5 - Docs", "");
    check_split("", "", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_legend),
        cmocka_unit_test(test_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
