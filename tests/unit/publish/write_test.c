/* The output folder is replaced as a whole, and only what docsgen wrote is ever removed. On files
 * in memory. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "publish/write.h"

#include <cmocka.h>

typedef struct Fixture {
    Arena *arena;
    Fs *fs;
    WriteResult result;
} Fixture;

static bool publish(Fixture *fixture, Output *items, size_t count, bool is_clean) {
    Outputs outputs = {.items = items, .count = count};
    WriteJob job = {.project = fixture->fs,
                    .parent = fixture->fs,
                    .name = STR("output"),
                    .is_clean = is_clean,
                    .arena = fixture->arena};
    return write_site(&job, &outputs, &fixture->result);
}

static void put(Fixture *fixture, const char *path, const char *content) {
    Str why;
    assert_true(fs_create(fixture->fs, str_from(path), str_from(content), &why));
}

static void check_file(Fixture *fixture, const char *path, const char *content) {
    FsText text;
    assert_true(fs_read(fixture->fs, str_from(path), 1000, fixture->arena, &text));
    assert_true(str_equal(text.content, str_from(content)));
}

static bool is_there(Fixture *fixture, const char *path) {
    return fs_kind(fixture->fs, str_from(path)) != FS_ABSENT;
}

#define OUTPUT(name, bytes)                                                                        \
    { .path = STR(name), .content = STR(bytes) }

static void first_and_second_build(void **state) {
    Fixture *fixture = *state;
    Output first[] = {OUTPUT("a.html", "A"),
                      OUTPUT("b/c.html", "C"),
                      {.path = STR("x.png"), .copy_of = STR("img/x.png")}};
    put(fixture, "img/x.png", "PNG");
    assert_true(publish(fixture, first, 3, false));
    assert_int_equal(fixture->result.written, 3);
    check_file(fixture, "output/b/c.html", "C");
    check_file(fixture, "output/x.png", "PNG");

    assert_true(publish(fixture, first, 3, false));
    assert_int_equal(fixture->result.written, 0);
    assert_int_equal(fixture->result.kept, 3);

    Output second[] = {OUTPUT("a.html", "A2"), {.path = STR("x.png"), .copy_of = STR("img/x.png")}};
    put(fixture, "output/CNAME", "example.org");
    put(fixture, "output/.git/HEAD", "ref");
    assert_true(publish(fixture, second, 2, false));
    assert_int_equal(fixture->result.written, 1);
    assert_int_equal(fixture->result.kept, 1);
    assert_int_equal(fixture->result.removed, 1);
    check_file(fixture, "output/a.html", "A2");
    check_file(fixture, "output/CNAME", "example.org");
    check_file(fixture, "output/.git/HEAD", "ref");
    assert_false(is_there(fixture, "output/b/c.html"));
    assert_false(is_there(fixture, "output.docsgen-new"));

    assert_true(publish(fixture, second, 2, true));
    assert_int_equal(fixture->result.written, 2);
    assert_false(is_there(fixture, "output/CNAME"));
}

static void somebody_elses_folder_is_refused(void **state) {
    Fixture *fixture = *state;
    Output items[] = {OUTPUT("a.html", "A")};
    put(fixture, "output/thesis.txt", "three years of work");
    assert_false(publish(fixture, items, 1, false));
    assert_true(
        str_equal(fixture->result.why,
                  STR("cannot write \"output\": the folder holds files that docsgen did not "
                      "write; empty it or choose another with -o")));
    assert_false(publish(fixture, items, 1, true));
    check_file(fixture, "output/thesis.txt", "three years of work");
}

static void a_failure_leaves_the_old_site(void **state) {
    Fixture *fixture = *state;
    Output good[] = {OUTPUT("a.html", "A")};
    Output bad[] = {OUTPUT("a.html", "new"),
                    {.path = STR("x.png"), .copy_of = STR("img/gone.png")}};
    assert_true(publish(fixture, good, 1, false));
    assert_false(publish(fixture, bad, 2, false));
    assert_true(str_equal(fixture->result.why, STR("cannot read \"img/gone.png\": no such file")));
    check_file(fixture, "output/a.html", "A");
    assert_false(is_there(fixture, "output.docsgen-new"));
}

static void what_a_killed_build_left_is_cleared(void **state) {
    Fixture *fixture = *state;
    Output items[] = {OUTPUT("a.html", "A")};
    put(fixture, "output.docsgen-new/half", "writ");
    assert_true(publish(fixture, items, 1, false));
    assert_false(is_there(fixture, "output/half"));
    assert_false(is_there(fixture, "output.docsgen-new"));
}

static void clean_removes_only_our_folder(void **state) {
    Fixture *fixture = *state;
    Output items[] = {OUTPUT("a.html", "A")};
    WriteJob job = {.project = fixture->fs,
                    .parent = fixture->fs,
                    .name = STR("output"),
                    .arena = fixture->arena};
    assert_true(write_remove(&job, &fixture->result));
    assert_true(publish(fixture, items, 1, false));
    assert_true(write_remove(&job, &fixture->result));
    assert_false(is_there(fixture, "output"));
    put(fixture, "output/thesis.txt", "x");
    assert_false(write_remove(&job, &fixture->result));
}

static int set_up(void **state) {
    Arena *arena = arena_new();
    Fixture *fixture = ARENA_NEW(arena, Fixture);
    *fixture = (Fixture){.arena = arena, .fs = fs_open_memory(arena)};
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    arena_free(((Fixture *)*state)->arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(first_and_second_build, set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_elses_folder_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_leaves_the_old_site, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_killed_build_left_is_cleared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(clean_removes_only_our_folder, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
