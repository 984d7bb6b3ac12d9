#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "roadmap/figure.h"

/* A bar as "FILLED/WIDTH PERCENT", or "none". */
static void check_bar(const char *line, const char *expected) {
    Arena *arena = arena_new();
    Source *source = source_new(arena, STR("in.md"), str_from(line));
    RoadmapBar bar = figure_bar(source, source->text);
    Buf got = buf_new(arena);
    if (bar.is_set) {
        buf_add_format(&got, "%u/%u ", bar.filled, bar.width);
        buf_add_fixed(&got, bar.percent.milli, 1000, 3);
    } else {
        buf_add_text(&got, "none");
    }
    assert_string_equal(str_cstr(arena, buf_str(&got)), expected);
    arena_free(arena);
}

static void test_bars(void **state) {
    (void)state;
    check_bar("[\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x91\xE2\x96\x91] 60% Complete",
              "3/5 60");
    check_bar("[\xE2\x96\xA0\xE2\x96\xA0\xE2\x96\xA1\xE2\x96\xA1] 50%", "2/4 50");
    check_bar("[####----] 50%", "4/8 50");
    check_bar("[####=___] 50%", "5/8 50");
    check_bar("[==>       ] 25%", "3/10 25");
    check_bar("[\xF0\x9F\x9F\xA9\xF0\x9F\x9F\xA9\xE2\xAC\x9C\xE2\xAC\x9C\xE2\xAC\x9C] 37.5%",
              "2/5 37.5");
    check_bar("[\xE2\x96\x88\xE2\x96\x88\xE2\x96\x8C\xE2\x96\x91] 62%", "2/4 62");
    check_bar("so far: [####] 100% done", "4/4 100");
    check_bar("[          ] 0%", "0/10 0");
    check_bar("[ ] 80% coverage", "none");
    check_bar("[x] 80% coverage", "none");
    check_bar("[####----]", "none");
    check_bar("[a link](x.md) [####] 1%", "4/4 1");
    check_bar("[####", "none");
    check_bar("", "none");
}

static void check_fraction(const char *text, const char *expected) {
    Arena *arena = arena_new();
    Source *source = source_new(arena, STR("in.md"), str_from(text));
    RoadmapNumber percent = figure_percent(source, source->text);
    RoadmapNumber done;
    RoadmapNumber total;
    Buf got = buf_new(arena);
    if (percent.is_set)
        buf_add_fixed(&got, percent.milli, 1000, 3);
    if (figure_fraction(source, source->text, &done, &total)) {
        buf_add_char(&got, ' ');
        buf_add_fixed(&got, done.milli, 1000, 3);
        buf_add_char(&got, '/');
        buf_add_fixed(&got, total.milli, 1000, 3);
    }
    assert_string_equal(str_cstr(arena, buf_str(&got)), expected);
    arena_free(arena);
}

static void test_totals(void **state) {
    (void)state;
    check_fraction("83% (10/12 PRs completed)", "83 10/12");
    check_fraction("37.5% (3/8 PRs completed)", "37.5 3/8");
    check_fraction("25% (2 of 8 PRs complete)", "25 2/8");
    check_fraction("45% (4.5/10 tasks)", "45 4.5/10");
    check_fraction("56% (4 complete + 1 in progress)", "56");
    check_fraction("36% Complete (4/11 PRs)", "36 4/11");
    check_fraction("done", "");
    check_fraction("99999999999999999999% (1/2)", " 1/2");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
