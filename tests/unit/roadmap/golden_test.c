#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/fs.h"
#include "roadmap/roadmap.h"

#define DOCUMENT_SIZE ((size_t)1 << 20)

static bool read_text(Fs *fs, Str path, Arena *arena, Str *content) {
    FsText text;
    bool is_read = fs_read(fs, path, DOCUMENT_SIZE, arena, &text);
    *content = text.content;
    return is_read;
}

/* One line for each value two levels deep, so that a change shows as one line. */
static Str break_lines(Str json, Arena *arena) {
    Buf out = buf_new(arena);
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < json.size; i++) {
        char c = json.data[i];
        if (c == '"' && (i == 0 || json.data[i - 1] != '\\'))
            in_string = !in_string;
        if (!in_string && (c == '}' || c == ']'))
            depth--;
        if (!in_string && (c == '{' || c == '['))
            depth++;
        buf_add_char(&out, c);
        if (!in_string && c == ',' && depth <= 2)
            buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

static void check_case(Fs *fs, Str folder, Arena *arena) {
    Diags *diags = diags_new(arena);
    Str path = str_format(arena, "%.*s/in.md", STR_FMT(folder));
    Str plan_path = str_format(arena, "%.*s/plan.md", STR_FMT(folder));
    Str out_path = str_format(arena, "%.*s/out.json", STR_FMT(folder));
    Str text;
    Str plan_text;
    Str expected;
    Str why;
    assert_true(read_text(fs, path, arena, &text));
    MdDoc *doc = md_parse(source_new(arena, STR("in.md"), text), arena, diags);
    Roadmap *roadmap = roadmap_read(doc, ROADMAP_TRACKER, arena, diags);
    if (read_text(fs, plan_path, arena, &plan_text)) {
        MdDoc *plan = md_parse(source_new(arena, STR("plan.md"), plan_text), arena, diags);
        roadmap_join(roadmap, roadmap_read(plan, ROADMAP_BREAKDOWN, arena, diags), arena);
    }
    roadmap_lint(roadmap, arena, diags);
    diags_sort(diags);
    Buf json = buf_new(arena);
    roadmap_write_json(roadmap, &(RoadmapJsonOptions){.findings = diags}, &json);
    Str got = break_lines(buf_str(&json), arena);
    if (getenv("GOLDEN"))
        assert_true(fs_write(fs, out_path, got, &why));
    assert_true(read_text(fs, out_path, arena, &expected));
    if (!str_equal(got, expected))
        print_message("# %.*s differs:\n%.*s\n", STR_FMT(out_path), STR_FMT(got));
    assert_true(str_equal(got, expected));
}

static void test_trackers(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR("tests/golden/roadmap"));
    FsList list = {.arena = arena};
    Str why;
    size_t cases = 0;
    assert_true(fs_walk(fs, (FsWalk){0}, &list, &why));
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        if (!str_ends_with(path, STR("/in.md")))
            continue;
        check_case(fs, str_slice(path, 0, path.size - strlen("/in.md")), arena);
        cases++;
    }
    assert_true(cases >= 5);
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_trackers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
