#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "site/region.h"

#include <cmocka.h>

/* The lines of region "a" in `text`, or what is wrong with it. */
static void check(const char *text, bool is_markdown, const char *expected) {
    Arena *arena = arena_new();
    const Source *source = source_new(arena, STR("a"), str_from(text));
    const MdDoc *doc = is_markdown ? md_parse(source, arena, diags_new(arena)) : NULL;
    Region region = region_find(source, doc, STR("a"), arena);
    Str found = !region.is_found ? STR("none")
                : region.is_open ? STR("open")
                                 : span_text(region.at);
    assert_string_equal(str_cstr(arena, found), expected);
    arena_free(arena);
}

static void marks_of_many_languages(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"#region a", "#endregion"},
        {"# region a", "# endregion"},
        {"// #region a", "// #endregion"},
        {"//region a", "//endregion a"},
        {"/* #region a */", "/* #endregion */"},
        {"-- #region a", "-- #endregion"},
        {"<!-- #region a -->", "<!-- #endregion -->"},
        {"#pragma region a", "#pragma endregion"},
        {"REM #region a", "REM #endregion"},
        {"; #region a", "; #endregion a"},
        {"\t{{/* #region a */}}", "\t{{/* #endregion */}}"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        Arena *arena = arena_new();
        Str text =
            str_format(arena, "before\n%s\nx\r\n\n y\n%s\nbehind\n", pairs[i][0], pairs[i][1]);
        check(str_cstr(arena, text), false, "x\r\n\n y\n");
        arena_free(arena);
    }
}

static void regions_within_and_across(void **state) {
    (void)state;
    check("#region a\n1\n#region b\n2\n#endregion\n3\n#endregion\n4\n", false,
          "1\n#region b\n2\n#endregion\n3\n");
    check("#region a\n1\n#region b\n2\n#endregion a\n3\n#endregion b\n", false,
          "1\n#region b\n2\n");
    check("#region b\n#region a\n1\n#endregion a\n#endregion b\n", false, "1\n");
    check("#region a\n#endregion", false, "");
}

static void what_is_no_region(void **state) {
    (void)state;
    check("", false, "none");
    check("region a\nx\nendregion\n", false, "none");
    check("#regional a\n#endregion\n", false, "none");
    check("#region ab\n#endregion\n", false, "none");
    check("#region a\nx\n", false, "open");
    check("#region a\nx\n#endregion b\n", false, "open");
    check("# region a\n\nx\n", true, "none");
}

static void sections_of_markdown(void **state) {
    (void)state;
    check("# T\n\n## A\n\nx\n\n### B\n\n## C\n", true, "## A\n\nx\n\n### B\n\n");
    check("# A\n\nx\n", true, "# A\n\nx\n");
    check("A\n-\n\nx\n\n# B\n", true, "A\n-\n\nx\n\n");
    check("> ## A\n\nx\n", true, "none");
    check("## A\n\n<!-- #region a -->\nx\n<!-- #endregion -->\n", true, "x\n");
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_of_many_languages),
        cmocka_unit_test(regions_within_and_across),
        cmocka_unit_test(what_is_no_region),
        cmocka_unit_test(sections_of_markdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
