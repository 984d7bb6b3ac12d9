#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diff.h"
#include "base/num.h"

#include <cmocka.h>

#define HEAD "--- a/f.md\n+++ b/f.md\n"

static void check(const char *before, const char *after, const char *expected) {
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    diff_add_unified(STR("f.md"), str_from(before), str_from(after), arena, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void test_shown(void **state) {
    (void)state;
    check("same\n", "same\n", "");
    check("a\nb\nc\n", "a\nB\nc\n", HEAD "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
    check("", "a\n", HEAD "@@ -0,0 +1 @@\n+a\n");
    check("a\n", "", HEAD "@@ -1 +0,0 @@\n-a\n");
    check("a", "a\n", HEAD "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
    check("a\r\n", "a\n", HEAD "@@ -1 +1 @@\n-a\r\n+a\n");
    check("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n",
          HEAD "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n");
    /* The example of Myers' paper: ABCABBA to CBABAC takes five edits. */
    check("A\nB\nC\nA\nB\nB\nA\n", "C\nB\nA\nB\nA\nC\n",
          HEAD "@@ -1,7 +1,6 @@\n-A\n-B\n C\n+B\n A\n B\n-B\n A\n+C\n");
}

/* A diff of an absolute path is one that git and patch take with -p1. */
static void test_path(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    diff_add_unified(STR("/srv/f.md"), STR("a\n"), STR("b\n"), arena, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)),
                        "--- a/srv/f.md\n+++ b/srv/f.md\n@@ -1 +1 @@\n-a\n+b\n");
    arena_free(arena);
}

/* Takes the number behind `mark` of a hunk's head: the line it begins at, from 0. */
static size_t hunk_start(Str head, char mark) {
    size_t at = str_find_char(head, mark, 0) + 1;
    size_t end = at;
    while (head.data[end] >= '0' && head.data[end] <= '9')
        end++;
    int64_t line = 0;
    assert_true(num_parse(str_slice(head, at, end), &line));
    bool is_empty = str_starts_with(str_from_offset(head, end), STR(",0"));
    return (size_t)line - (is_empty ? 0 : 1);
}

/* What patch(1) does: the lines of `before` with the diff's changes made. */
static Str apply(Str before, Str diff, Arena *arena) {
    Buf out = buf_new(arena);
    size_t line = 0;
    str_cut(&diff, '\n');
    str_cut(&diff, '\n');
    while (diff.size > 0) {
        Str change = str_cut(&diff, '\n');
        size_t until = change.data[0] == '@' ? hunk_start(change, '-') : line;
        for (; line < until; line++) {
            buf_add(&out, str_cut(&before, '\n'));
            buf_add_char(&out, '\n');
        }
        if (change.data[0] == ' ' || change.data[0] == '-') {
            assert_true(str_equal(str_cut(&before, '\n'), str_from_offset(change, 1)));
            line++;
        }
        if (change.data[0] == ' ' || change.data[0] == '+')
            buf_add_format(&out, "%.*s\n", STR_FMT(str_from_offset(change, 1)));
    }
    buf_add(&out, before);
    return buf_str(&out);
}

/* A fixed sequence (Knuth's constants), so that a failure can be repeated. */
static uint32_t draw(uint64_t *state, uint32_t below) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

static Str make_text(uint64_t *state, uint32_t lines, uint32_t letters, Arena *arena) {
    Buf out = buf_new(arena);
    for (uint32_t i = 0; i < lines; i++)
        buf_add_format(&out, "%c\n", 'a' + (int)draw(state, letters));
    return buf_str(&out);
}

static void test_applies(void **state) {
    (void)state;
    uint64_t numbers = 1;
    for (int i = 0; i < 500; i++) {
        Arena *arena = arena_new();
        uint32_t letters = 1 + draw(&numbers, 26);
        Str before = make_text(&numbers, draw(&numbers, 40), letters, arena);
        Str after = make_text(&numbers, draw(&numbers, 40), letters, arena);
        Buf diff = buf_new(arena);
        diff_add_unified(STR("f.md"), before, after, arena, &diff);
        assert_true(str_equal(apply(before, buf_str(&diff), arena), after));
        arena_free(arena);
    }
}

/* Beyond the limit everything between the common ends is exchanged; still right, and quick. */
static void test_large(void **state) {
    (void)state;
    uint64_t numbers = 2;
    Arena *arena = arena_new();
    Str before = make_text(&numbers, 20000, 26, arena);
    Str after = make_text(&numbers, 20000, 26, arena);
    Buf diff = buf_new(arena);
    diff_add_unified(STR("f.md"), before, after, arena, &diff);
    assert_true(str_equal(apply(before, buf_str(&diff), arena), after));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shown), cmocka_unit_test(test_path),
                                       cmocka_unit_test(test_applies),
                                       cmocka_unit_test(test_large)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
