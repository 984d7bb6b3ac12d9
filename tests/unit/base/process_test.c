#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buf.h"
#include "base/process.h"

#define MIB ((size_t)1024 * 1024)

/* Runs a shell line; gives "status|output|errors", or why there is none. */
static Str shell(Arena *arena, const char *line, Str input, size_t limit) {
    const char *const words[] = {"sh", "-c", line, NULL};
    Process process = {.words = words, .input = input, .output_limit = limit};
    ProcessResult result;
    Str why;
    if (!process_run(&process, arena, &result, &why))
        return why;
    return str_format(arena, "%d|%.*s|%.*s", result.status, STR_FMT(result.output),
                      STR_FMT(result.errors));
}

static void what_a_program_says(void **state) {
    (void)state;
    static const struct {
        const char *line, *input, *expected;
    } cases[] = {
        {"echo out; echo err >&2; exit 3", "", "3|out\n|err\n"},
        {"cat", "to and fro", "0|to and fro|"},
        {"exec true", "never read", "0||"},
        {"kill -9 $$", "", "137||"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str got = shell(arena, cases[i].line, str_from(cases[i].input), MIB);
        assert_string_equal(str_cstr(arena, got), cases[i].expected);
    }
    arena_free(arena);
}

/* More than any pipe holds goes in and comes out at the same time. */
static void much_goes_through(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf much = buf_new(arena);
    buf_add_repeat(&much, 'x', 4 * MIB);
    Str got = shell(arena, "tee /dev/stderr", buf_str(&much), 8 * MIB);
    assert_true(got.size > 4 * MIB);
    got = shell(arena, "cat", buf_str(&much), MIB);
    assert_string_equal(str_cstr(arena, got), "sh wrote more than 1024 KiB");
    arena_free(arena);
}

static void a_program_that_is_not_there(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const char *const words[] = {"no-such-program", NULL};
    Process process = {.words = words, .output_limit = MIB};
    ProcessResult result;
    Str why;
    assert_false(process_run(&process, arena, &result, &why));
    assert_string_equal(str_cstr(arena, why), "no-such-program is not installed");
    arena_free(arena);
}

/* A program that takes too long is ended with those that it has started, here the one that holds
 * its output; one that ends but leaves such a helper behind is not waited for. */
static void programs_with_a_limit_of_time(void **state) {
    (void)state;
    static const struct {
        const char *line;
        int timeout_ms;
        const char *expected;
    } cases[] = {
        {"sleep 60 & wait", 300, "sh took longer than 0 s"},
        {"trap '' TERM; sleep 60", 1000, "sh took longer than 1 s"},
        {"echo a; exit 3", 600000, "3|a\n|"},
        {"sleep 60 & echo b; exit 4", 600000, "4|b\n|"},
        {"kill -9 $$", 600000, "137||"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const words[] = {"sh", "-c", cases[i].line, NULL};
        Process process = {.words = words, .output_limit = MIB, .timeout_ms = cases[i].timeout_ms};
        ProcessResult result;
        Str got;
        if (process_run(&process, arena, &result, &got))
            got = str_format(arena, "%d|%.*s|%.*s", result.status, STR_FMT(result.output),
                             STR_FMT(result.errors));
        assert_string_equal(str_cstr(arena, got), cases[i].expected);
    }
    arena_free(arena);
}

/* Whose messages are read is asked for them in one language; all else is as it was. */
static void a_program_that_is_understood(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const char *const words[] = {"sh", "-c", "echo $LC_ALL $LANG $OURS", NULL};
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    setenv("LANG", "fr_FR.UTF-8", 1);
    setenv("OURS", "stays", 1);
    static const char *const expected[] = {"de_DE.UTF-8 fr_FR.UTF-8 stays\n",
                                           "C fr_FR.UTF-8 stays\n"};
    for (int i = 0; i < 2; i++) {
        Process process = {.words = words, .output_limit = MIB, .is_in_english = i == 1};
        ProcessResult result;
        Str why;
        assert_true(process_run(&process, arena, &result, &why));
        assert_string_equal(str_cstr(arena, result.output), expected[i]);
    }
    arena_free(arena);
}

static void where_programs_are(void **state) {
    (void)state;
    Arena *arena = arena_new();
    assert_true(str_ends_with(process_find(STR("sh"), arena), STR("/sh")));
    assert_true(str_equal(process_find(STR("/bin/sh"), arena), STR("/bin/sh")));
    assert_int_equal(process_find(STR("/bin/none"), arena).size, 0);
    assert_int_equal(process_find(STR("no-such-program"), arena).size, 0);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_with_a_limit_of_time),
        cmocka_unit_test(where_programs_are),
        cmocka_unit_test(what_a_program_says),
        cmocka_unit_test(much_goes_through),
        cmocka_unit_test(a_program_that_is_not_there),
        cmocka_unit_test(a_program_that_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
