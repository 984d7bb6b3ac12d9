#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "git/git.h"

static void days_of_the_calendar(void **state) {
    (void)state;
    static const struct {
        int64_t time;
        const char *day;
    } cases[] = {{0, "1970-01-01"},          {86399, "1970-01-01"},     {86400, "1970-01-02"},
                 {-1, "1969-12-31"},         {951782400, "2000-02-29"}, {951868800, "2000-03-01"},
                 {1772323199, "2026-02-28"}, {4107542400, "2100-03-01"}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_cstr(arena, git_day(cases[i].time, arena)), cases[i].day);
    arena_free(arena);
}

/* The root of the file system is no repository; nothing is read and the reason is git's own. */
static void no_repository(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Git *git = git_open(STR("/proc"), arena);
    assert_int_equal(git->state, GIT_ABSENT);
    assert_string_equal(str_cstr(arena, git->why), "the project is in no git repository");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_of_the_calendar),
        cmocka_unit_test(no_repository),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
