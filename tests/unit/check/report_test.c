/* Findings as every format prints them, word for word. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "check/report.h"

#include <cmocka.h>

static const char page[] = "# Net\n\nsee [the subnets](vpc.md#subnets) for the ranges\n\tx\tlink\n";

static Diags *make_findings(Arena *arena) {
    const Source *source = source_new(arena, STR("site-src/net.md"), str_from(page));
    Diags *diags = diags_new(arena);
    diag_add(diags, DIAG_LINK_ANCHOR, span_of(source, 31, 8), "no heading \"#subnets\" in vpc.md");
    diag_hint(diags, "did you mean #subnet-plan?");
    diag_add(diags, DIAG_PAGE_ALT, span_of(source, 59, 4), "tabs keep the caret in place");
    diag_relate(diags, span_of(source, 2, 3), "the heading");
    diag_fix(diags, span_of(source, 59, 4), STR("\"word\""));
    diag_fix(diags, span_of(source, 0, 0), STR("# "));
    diag_add(diags, DIAG_PAGE_DESCRIPTION, (Span){0}, "nowhere");
    diag_hint(diags, "a way out");
    diags_sort(diags);
    return diags;
}

static void check_format(ReportOptions options, const char *expected) {
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    report_render(make_findings(arena), &options, &out);
    buf_add_char(&out, '\0');
    assert_string_equal(out.data, expected);
    arena_free(arena);
}

static void text(void **state) {
    (void)state;
    check_format((ReportOptions){.least = DIAG_NOTE},
                 "docsgen: note: nowhere [page/description]\n"
                 "      = a way out\n"
                 "site-src/net.md:3:25: error: no heading \"#subnets\" in vpc.md [link/anchor]\n"
                 "    3 | see [the subnets](vpc.md#subnets) for the ranges\n"
                 "      |                         ^~~~~~~~ did you mean #subnet-plan?\n"
                 "site-src/net.md:4:4: warning: tabs keep the caret in place [page/alt]\n"
                 "    4 | \tx\tlink\n"
                 "      | \t \t^~~~\n"
                 "      = site-src/net.md:1:3: the heading\n");
}

static void filters(void **state) {
    (void)state;
    check_format((ReportOptions){.least = DIAG_ERROR, .only = STR("page")}, "");
    check_format((ReportOptions){.least = DIAG_NOTE, .only = STR("nav, page/description")},
                 "docsgen: note: nowhere [page/description]\n      = a way out\n");
    check_format((ReportOptions){.least = DIAG_NOTE, .max = 1},
                 "site-src/net.md:3:25: error: no heading \"#subnets\" in vpc.md [link/anchor]\n"
                 "    3 | see [the subnets](vpc.md#subnets) for the ranges\n"
                 "      |                         ^~~~~~~~ did you mean #subnet-plan?\n");
}

static void github(void **state) {
    (void)state;
    check_format(
        (ReportOptions){.format = REPORT_GITHUB, .least = DIAG_WARNING},
        "::error file=site-src/net.md,line=3,col=25,endColumn=33,title=link/anchor::"
        "no heading \"#subnets\" in vpc.md (did you mean #subnet-plan?)\n"
        "::warning file=site-src/net.md,line=4,col=4,endColumn=8,title=page/alt::tabs keep the caret in place "
        "[site-src/net.md:1: the heading]\n");
}

/* GitHub shows ten of a kind: the worst come first, and the last notice says what is left out. */
static void github_limit(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf out = buf_new(arena), expected = buf_new(arena);
    const Source *source = source_new(arena, STR("a.md"), STR("word\n"));
    Diags *diags = diags_new(arena);
    for (int i = 0; i < 12; i++) {
        diag_add(diags, DIAG_PAGE_DESCRIPTION, span_of(source, 0, 4), "note %02d", i);
        diag_add(diags, DIAG_PAGE_ALT, span_of(source, 0, 4), "warning %02d", i);
        if (i < 2)
            diag_add(diags, DIAG_LINK_PAGE, span_of(source, 0, 4), "error %02d", i);
    }
    diags_sort(diags);
    for (int i = 0; i < 2; i++)
        buf_add_format(&expected,
                       "::error file=a.md,line=1,col=1,endColumn=5,title=link/page::error %02d\n",
                       i);
    for (int i = 0; i < 10; i++)
        buf_add_format(
            &expected,
            "::warning file=a.md,line=1,col=1,endColumn=5,title=page/alt::warning %02d\n", i);
    for (int i = 0; i < 9; i++)
        buf_add_format(
            &expected,
            "::notice file=a.md,line=1,col=1,endColumn=5,title=page/description::note %02d\n", i);
    buf_add_text(
        &expected,
        "::notice title=docsgen::2 errors, 12 warnings, 12 notes; 5 of them are not shown here, "
        "\"docsgen check -v\" prints all\n");
    ReportOptions options = {.format = REPORT_GITHUB, .least = DIAG_NOTE};
    ReportCounts counts = report_render(diags, &options, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), str_cstr(arena, buf_str(&expected)));
    assert_int_equal(counts.shown, 21);
    arena_free(arena);
}

static void json(void **state) {
    (void)state;
    check_format(
        (ReportOptions){.format = REPORT_JSON, .least = DIAG_WARNING},
        "{\"schema\":1,\"kind\":\"findings\",\"errors\":1,\"warnings\":1,\"notes\":0,\"findings\":[\n"
        "{\"rule\":\"link/anchor\",\"severity\":\"error\",\"file\":\"site-src/net.md\",\"line\":3,\"column\":25,"
        "\"length\":8,\"message\":\"no heading \\\"#subnets\\\" in vpc.md\",\"hint\":\"did you mean #subnet-plan?\","
        "\"related\":null,\"fix\":null},\n"
        "{\"rule\":\"page/alt\",\"severity\":\"warning\",\"file\":\"site-src/net.md\",\"line\":4,\"column\":4,"
        "\"length\":4,\"message\":\"tabs keep the caret in place\",\"hint\":null,"
        "\"related\":{\"file\":\"site-src/net.md\",\"line\":1,\"column\":3,\"message\":\"the heading\"},"
        "\"fix\":[{\"file\":\"site-src/net.md\",\"line\":4,\"column\":4,\"length\":4,\"text\":\"\\\"word\\\"\"},"
        "{\"file\":\"site-src/net.md\",\"line\":1,\"column\":1,\"length\":0,\"text\":\"# \"}]}\n]}\n");
}

static void sarif_names_every_rule(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    ReportOptions options = {.format = REPORT_SARIF, .least = DIAG_WARNING, .tool_version = "1.0"};
    ReportCounts counts = report_render(make_findings(arena), &options, &out);
    assert_int_equal(counts.errors, 1);
    assert_int_equal(counts.warnings, 1);
    assert_true(str_find(buf_str(&out), STR("\"ruleId\":\"link/anchor\",\"level\":\"error\""), 0) !=
                STR_NONE);
    assert_true(str_find(buf_str(&out),
                         STR("\"region\":{\"startLine\":3,\"startColumn\":25,\"endColumn\":33}"),
                         0) != STR_NONE);
    assert_true(str_find(buf_str(&out), STR("{\"id\":\"roadmap/cycle\""), 0) != STR_NONE);
    arena_free(arena);
}

static void sarif_has_the_other_place_and_the_fix(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    ReportOptions options = {.format = REPORT_SARIF, .least = DIAG_WARNING, .tool_version = "1.0"};
    report_render(make_findings(arena), &options, &out);
    const char *const parts[] = {
        "\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"site-src/net.md\"},"
        "\"region\":{\"startLine\":1,\"startColumn\":3,\"endColumn\":6}},\"message\":{\"text\":\"the heading\"}}]",
        "\"fixes\":[{\"artifactChanges\":[{\"artifactLocation\":{\"uri\":\"site-src/net.md\"},\"replacements\":[{"
        "\"deletedRegion\":{\"startLine\":4,\"startColumn\":4,\"endColumn\":8},"
        "\"insertedContent\":{\"text\":\"\\\"word\\\"\"}}]},",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(str_find(buf_str(&out), str_from(parts[i]), 0) != STR_NONE);
    arena_free(arena);
}

/* "é" is two bytes and one column. */
static void sarif_counts_characters(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *source = source_new(arena, STR("a.md"), STR("\xC3\xA9\xC3\xA9 word"));
    Diags *diags = diags_new(arena);
    diag_add(diags, DIAG_LINK_PAGE, span_of(source, 2, 2), "x");
    Buf out = buf_new(arena);
    ReportOptions options = {.format = REPORT_SARIF, .least = DIAG_NOTE, .tool_version = "1.0"};
    report_render(diags, &options, &out);
    assert_true(str_find(buf_str(&out), STR("\"startColumn\":2,\"endColumn\":3}"), 0) != STR_NONE);
    arena_free(arena);
}

static void terminal_controls_are_shown_not_obeyed(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *source = source_new(arena, STR("a.md"), STR("evil \x1b[31m text"));
    Diags *diags = diags_new(arena);
    diag_add(diags, DIAG_LINK_PAGE, span_of(source, 0, 4), "x");
    Buf out = buf_new(arena);
    ReportOptions options = {.least = DIAG_NOTE};
    report_render(diags, &options, &out);
    assert_true(str_find_char(buf_str(&out), '\x1b', 0) == STR_NONE);
    arena_free(arena);
}

static void a_long_line_is_cut_around_its_place(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text_buf = buf_new(arena), out = buf_new(arena);
    buf_add_repeat(&text_buf, 'x', 60000);
    const Source *source = source_new(arena, STR("a.md"), buf_str(&text_buf));
    Diags *diags = diags_new(arena);
    diag_add(diags, DIAG_LINK_PAGE, span_of(source, 30000, 5), "far out");
    ReportOptions options = {.least = DIAG_NOTE};
    report_render(diags, &options, &out);
    assert_true(out.size < 800);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text),
        cmocka_unit_test(filters),
        cmocka_unit_test(github),
        cmocka_unit_test(github_limit),
        cmocka_unit_test(json),
        cmocka_unit_test(sarif_names_every_rule),
        cmocka_unit_test(sarif_has_the_other_place_and_the_fix),
        cmocka_unit_test(sarif_counts_characters),
        cmocka_unit_test(terminal_controls_are_shown_not_obeyed),
        cmocka_unit_test(a_long_line_is_cut_around_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
