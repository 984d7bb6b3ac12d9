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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_program_says),
        cmocka_unit_test(much_goes_through),
        cmocka_unit_test(a_program_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
