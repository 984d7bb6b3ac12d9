/* tests/golden/sequence, state, class and er: for each case in.mmd as the drawing and as the text
 * equivalent.
 * GOLDEN=write rewrites what is expected. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/limits.h"
#include "diagram/diagram.h"

#include <cmocka.h>

static void check_file(Fs *fs, Str path, Str found, Arena *arena) {
    FsText expected = {0};
    if (getenv("GOLDEN") && strcmp(getenv("GOLDEN"), "write") == 0) {
        Str why;
        assert_true(fs_write(fs, path, found, &why));
    }
    assert_true(fs_read(fs, path, LIMIT_YAML_SIZE, arena, &expected));
    assert_string_equal(str_cstr(arena, found), str_cstr(arena, expected.content));
}

static void check_case(Fs *fs, Str in, Arena *arena) {
    FsText text = {0};
    Str folder = fs_folder_of(in);
    assert_true(fs_read(fs, in, LIMIT_DIAGRAM_SIZE, arena, &text));
    const Diagram *diagram =
        diagram_compile(source_new(arena, in, text.content), arena, diags_new(arena));
    assert_true(diagram->is_drawn);
    Buf svg = buf_new(arena), words = buf_new(arena);
    DiagramSvgOptions options = {.is_standalone = true};
    diagram_write_svg(diagram, &options, &svg);
    diagram_write_text(diagram, &words);
    check_file(fs, fs_join(folder, STR("out.svg"), arena), buf_str(&svg), arena);
    check_file(fs, fs_join(folder, STR("out.txt"), arena), buf_str(&words), arena);
}

static void check_folder(const char *folder) {
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, str_from(folder));
    FsList list = {.arena = arena};
    Str why;
    assert_true(fs_walk(fs, (FsWalk){.folder = {NULL, 0}}, &list, &why));
    size_t count = 0;
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path;
        if (str_equal(fs_name_of(path), STR("in.mmd"))) {
            check_case(fs, path, arena);
            count++;
        }
    }
    /* Every file belongs to a case, and there are some. */
    if (!getenv("GOLDEN"))
        assert_int_equal(list.count, count * 3);
    assert_true(count >= 3);
    arena_free(arena);
}

static void test_sequence(void **state) {
    (void)state;
    check_folder("tests/golden/sequence");
}

static void test_state(void **state) {
    (void)state;
    check_folder("tests/golden/state");
}

static void test_class(void **state) {
    (void)state;
    check_folder("tests/golden/class");
}

static void test_er(void **state) {
    (void)state;
    check_folder("tests/golden/er");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sequence),
                                       cmocka_unit_test(test_state), cmocka_unit_test(test_class),
                                       cmocka_unit_test(test_er)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
