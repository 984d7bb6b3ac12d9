/* tests/golden/graph: for each case in.mmd as the document of `diagram --format json`.
 * GOLDEN=write rewrites what is expected. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "diagram/model/graph_json.h"
#include "diagram/syntax/syntax.h"

#include <cmocka.h>

static void check_case(Fs *fs, Str in, Arena *arena) {
    FsText text = {0}, expected = {0};
    Str out = fs_join(fs_folder_of(in), STR("out.json"), arena);
    assert_true(fs_read(fs, in, LIMIT_DIAGRAM_SIZE, arena, &text));
    bool ok;
    const Graph *graph =
        syntax_parse_flow(source_new(arena, in, text.content), arena, diags_new(arena), &ok);
    assert_true(ok);
    Buf buf = buf_new(arena);
    graph_write_json(graph, STR(""), &buf);
    if (getenv("GOLDEN") && strcmp(getenv("GOLDEN"), "write") == 0) {
        Str why;
        assert_true(fs_write(fs, out, buf_str(&buf), &why));
    }
    assert_true(fs_read(fs, out, LIMIT_YAML_SIZE, arena, &expected));
    assert_string_equal(str_cstr(arena, buf_str(&buf)), str_cstr(arena, expected.content));
}

static void test_cases(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR("tests/golden/graph"));
    FsList list = {.arena = arena};
    Str why;
    assert_true(fs_walk(fs, (FsWalk){0}, &list, &why));
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        if (str_equal(fs_name_of(path), STR("in.mmd"))) {
            check_case(fs, path, arena);
            count++;
        }
    }
    /* Every file belongs to a case, and there are some. */
    assert_int_equal(list.count, count * 2);
    assert_true(count >= 4);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
