#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/fs.h"
#include "site/view/roadmap.h"

#define DOCUMENT_SIZE ((size_t)1 << 20)

static Roadmap *read_tracker(Str text, Arena *arena) {
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, STR("in.md"), text), arena, diags);
    return roadmap_read(doc, ROADMAP_TRACKER, arena, diags);
}

static Str render(const Roadmap *roadmap, Arena *arena) {
    RoadmapView view = {.roadmap = roadmap,
                        .schedule = schedule_new(roadmap, arena),
                        .name = STR("Progress"),
                        .id_prefix = STR("d1-"),
                        .tracker_href = STR("tracker.html"),
                        .plan_href = STR("plan.html"),
                        .arena = arena};
    Buf out = buf_new(arena);
    view_roadmap_summary(&view, &out);
    buf_add_char(&out, '\n');
    view_roadmap(&view, &out);
    return buf_str(&out);
}

/* The golden trackers of tests/golden/roadmap as dashboards. */
static void test_dashboards(void **state) {
    (void)state;
    static const char *const cases[] = {"plain", "emoji", "groups", "contradictions", "fences"};
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR("tests/golden/roadmap"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        FsText text;
        FsText expected;
        Str why;
        Str path = str_format(arena, "%s/out.html", cases[i]);
        assert_true(
            fs_read(fs, str_format(arena, "%s/in.md", cases[i]), DOCUMENT_SIZE, arena, &text));
        Str got = render(read_tracker(text.content, arena), arena);
        if (getenv("GOLDEN"))
            assert_true(fs_write(fs, path, got, &why));
        assert_true(fs_read(fs, path, DOCUMENT_SIZE, arena, &expected));
        if (!str_equal(got, expected.content))
            print_message("# %s differs:\n%.*s\n", cases[i], STR_FMT(got));
        assert_true(str_equal(got, expected.content));
    }
    arena_free(arena);
}

/* Author text stays text, wherever it goes. */
static void test_escaping(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str text = STR("# <script>alert(1)</script> - Progress Tracker\n\n"
                   "| PR | Title | Status | Complexity | Branch | Dependencies |\n|-|-|-|-|-|-|\n"
                   "| 1&2 | `<b>\"x\"` | Done | <i> | a\"onload=x | Other <PR 4 |\n\n"
                   "## PR 1&2: <u>\n");
    Str got = render(read_tracker(text, arena), arena);
    static const char *const forbidden[] = {"<script", "<b>", "<i>", "<u>", "\"onload", "<PR"};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        assert_true(str_find(got, str_from(forbidden[i]), 0) == STR_NONE);
    assert_true(str_find(got, STR("&lt;b&gt;&quot;x&quot;"), 0) != STR_NONE);
    assert_true(str_find(got, STR("id=\"d1-pr-1&amp;2\""), 0) != STR_NONE);
    arena_free(arena);
}

static void test_nothing(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str got = render(read_tracker(STR("# Nothing here\n"), arena), arena);
    assert_true(str_find(got, STR("The tracker has no table of PRs."), 0) != STR_NONE);
    arena_free(arena);
}

/* The graph as "from>to" with classes, and the legend behind a bar. */
static void check_graph(const char *rows, const char *expected) {
    Arena *arena = arena_new();
    Str text =
        str_format(arena, "# G\n\n| PR | Title | Status | Dependencies |\n|-|-|-|-|\n%s", rows);
    Graph *graph = roadmap_graph(read_tracker(text, arena), arena);
    Buf got = buf_new(arena);
    for (size_t i = 0; i < graph->node_count; i++)
        buf_add_format(&got, "%.*s ", STR_FMT(graph->nodes[i].classes.items[0]));
    buf_add_char(&got, '|');
    for (size_t i = 0; i < graph->edge_count; i++)
        buf_add_format(&got, " %u>%u", graph->edges[i].from.index + 1,
                       graph->edges[i].to.index + 1);
    buf_add_text(&got, " |");
    for (size_t i = 0; i < graph->legend_count; i++)
        buf_add_format(&got, " %.*s", STR_FMT(graph->legend[i].text));
    assert_true(graph_check(graph));
    assert_string_equal(str_cstr(arena, buf_str(&got)), expected);
    arena_free(arena);
}

static void test_graph(void **state) {
    (void)state;
    check_graph("| 1 | a | Done | |\n| 2 | b | In Progress | 1 |\n| 3 | c | Pending | PR 1 |\n"
                "| 4 | d | Blocked | All |\n",
                "green amber blue red | 1>2 1>3 2>4 3>4 | Blocked Complete In progress Next");
    check_graph("| 1 | a | Done | |\n| 2 | b | Pending | |\n", "| |");
}

/* What the checks say stands on the dashboard, errors first, with a way to the line. */
static void test_findings(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *findings = diags_new(arena);
    DiagSeverity severities[DIAG_RULE_COUNT];
    for (int i = 0; i < DIAG_RULE_COUNT; i++)
        severities[i] = diag_rule_severity((DiagRule)i);
    const Source *source = source_new(arena, STR("a/T.md"), STR("one\ntwo\n"));
    diag_add(findings, DIAG_ROADMAP_BAR, span_of(source, 4, 3), "the bar <is> wrong");
    diag_add(findings, DIAG_ROADMAP_PERCENT, span_of(source, 0, 3), "the percentage is wrong");
    diag_hint(findings, "write 5");
    diag_add(findings, DIAG_LINK_PAGE, span_of(source, 0, 3), "not about the tracker");
    Roadmap *roadmap =
        read_tracker(STR("| PR | Title | Status |\n|-|-|-|\n| 1 | A | Done |\n"), arena);
    RoadmapView view = {.roadmap = roadmap,
                        .schedule = schedule_new(roadmap, arena),
                        .findings = findings,
                        .severities = severities,
                        .repository = STR("https://example.org/r"),
                        .arena = arena};
    Buf out = buf_new(arena);
    view_roadmap(&view, &out);
    Str got = buf_str(&out);
    size_t start = str_find(got, STR("<details class=\"roadmap-findings\""), 0);
    size_t end = str_find(got, STR("</details>"), start);
    assert_string_equal(
        str_cstr(arena, str_slice(got, start, end)),
        "<details class=\"roadmap-findings\" open><summary>2 findings, 1 an error</summary>\n<ul>\n"
        "<li><strong class=\"finding-error\">error</strong> the percentage is wrong "
        "<span class=\"num\"><a href=\"https://example.org/r/blob/HEAD/a/T.md#L1\">T.md:1</a></span>; write 5</li>\n"
        "<li><strong class=\"finding-warning\">warning</strong> the bar &lt;is&gt; wrong "
        "<span class=\"num\"><a href=\"https://example.org/r/blob/HEAD/a/T.md#L2\">T.md:2</a></span></li>\n"
        "</ul>\n");
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings), cmocka_unit_test(test_dashboards),
        cmocka_unit_test(test_escaping), cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_graph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
