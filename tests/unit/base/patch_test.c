#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/patch.h"

#include <cmocka.h>

static Span place(const Source *source, const char *part) {
    size_t at = str_find(source->text, str_from(part), 0);
    assert_int_not_equal(at, STR_NONE);
    return span_of(source, at, strlen(part));
}

typedef void (*Change)(Patch *patch, const Source *source);

static void check(const char *before, Change change, const char *after) {
    Arena *arena = arena_new();
    Source *source = source_new(arena, STR("a.md"), str_from(before));
    Patch patch = patch_new(source, arena);
    Str text;
    change(&patch, source);
    assert_true(patch_apply(&patch, &text));
    assert_string_equal(str_cstr(arena, text), after);
    arena_free(arena);
}

static void check_refused(const char *before, Change change, const char *problem) {
    Arena *arena = arena_new();
    Source *source = source_new(arena, STR("a.md"), str_from(before));
    Patch patch = patch_new(source, arena);
    Str text;
    change(&patch, source);
    assert_false(patch_apply(&patch, &text));
    assert_string_equal(str_cstr(arena, patch.problem), problem);
    arena_free(arena);
}

/* ---- what stands there is replaced, the rest stays ---- */

static void change_two(Patch *patch, const Source *source) {
    patch_replace(patch, place(source, "three"), STR("three"), STR("drei"));
    patch_replace(patch, place(source, "one"), STR("one"), STR("eins"));
    patch_replace(patch, place(source, "two"), STR("two"), STR("two"));
}

static void insert_around(Patch *patch, const Source *source) {
    Span one = place(source, "one");
    patch_insert(patch, one.start, STR("a"));
    patch_replace(patch, one, STR("one"), STR("1"));
    patch_insert(patch, one.start, STR("b"));
    patch_insert(patch, one.start + one.size, STR("c"));
}

static void line_below(Patch *patch, const Source *source) {
    patch_insert_line_below(patch, place(source, "one"), STR("new"));
}

static void line_above(Patch *patch, const Source *source) {
    patch_insert_line_above(patch, place(source, "one"), STR("new"));
}

static void remove_line(Patch *patch, const Source *source) {
    patch_remove_lines(patch, place(source, "one"));
}

static void test_applied(void **state) {
    (void)state;
    check("one two three\n", change_two, "eins two drei\n");
    check("\xEF\xBB\xBFone two\r\nthree", change_two,
          "\xEF\xBB\xBF"
          "eins two\r\ndrei");
    check("one", insert_around, "ab1c");
    check("one\ntwo\n", line_below, "one\nnew\ntwo\n");
    check("one\r\ntwo\r\n", line_below, "one\r\nnew\r\ntwo\r\n");
    check("two\r\none", line_below, "two\r\none\r\nnew");
    check("one", line_below, "one\nnew");
    check("two\none\n", line_above, "two\nnew\none\n");
    check("zero\r\na one b\r\ntwo", remove_line, "zero\r\ntwo");
    check("zero\none", remove_line, "zero\n");
}

/* ---- a wrong place or two changes of one place refuse everything ---- */

static void expect_other(Patch *patch, const Source *source) {
    patch_replace(patch, place(source, "one"), STR("1"), STR("eins"));
}

static void change_outside(Patch *patch, const Source *source) {
    patch_replace(patch, (Span){source, 2, 100}, STR("far"), STR("away"));
}

static void overlap(Patch *patch, const Source *source) {
    patch_replace(patch, place(source, "one two"), STR("one two"), STR("12"));
    patch_replace(patch, place(source, "two"), STR("two"), STR("2"));
}

static void repeat(Patch *patch, const Source *source) {
    patch_replace(patch, place(source, "two"), STR("two"), STR("2"));
    patch_replace(patch, place(source, "two"), STR("two"), STR("2"));
}

static void test_refused(void **state) {
    (void)state;
    check_refused("one two", expect_other, "\"1\" was to be changed, but it is not there");
    check_refused("one two", change_outside, "\"far\" was to be changed, but it is not there");
    check_refused("one two", overlap, "two changes want the same place");
    check("one two", repeat, "one 2");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_applied),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
