#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#include <cmocka.h>

static void cut_walks_every_part(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t parts;
    } cases[] = {{"", 1}, {"a", 1}, {"a/b", 2}, {"/", 2}, {"a//b", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t parts = 0;
        for (Str rest = str_from(cases[i].text); rest.data; parts++)
            str_cut(&rest, '/');
        assert_int_equal(parts, cases[i].parts);
    }
}

static void lines_lose_their_ends(void **state) {
    (void)state;
    Str rest = STR("one\r\ntwo\nthree");
    assert_true(str_equal(str_cut_line(&rest), STR("one")));
    assert_true(str_equal(str_cut_line(&rest), STR("two")));
    assert_true(str_equal(str_cut_line(&rest), STR("three")));
    assert_null(rest.data);
}

static void find_gives_offsets(void **state) {
    (void)state;
    Str s = STR("ababc");
    assert_int_equal(str_find(s, STR("abc"), 0), 2);
    assert_int_equal(str_find(s, STR("ab"), 1), 2);
    assert_int_equal(str_find(s, STR("abcd"), 0), STR_NONE);
    assert_int_equal(str_find(s, STR(""), 5), 5);
    assert_int_equal(str_find_char(s, 'b', 2), 3);
    assert_int_equal(str_find_last(s, 'a'), 2);
    assert_int_equal(str_find_last(s, 'x'), STR_NONE);
}

static void slices_stay_inside(void **state) {
    (void)state;
    Str s = STR("abc");
    assert_true(str_equal(str_slice(s, 1, 99), STR("bc")));
    assert_int_equal(str_slice(s, 5, 9).size, 0);
    assert_int_equal(str_slice((Str){NULL, 0}, 0, 3).size, 0);
}

static void trimmed(void **state) {
    (void)state;
    assert_true(str_equal(str_trim(STR(" \t a b\r\n")), STR("a b")));
    assert_true(str_is_blank(STR(" \n")));
    assert_false(str_is_blank(STR(" x")));
}

static void a_prefix_comes_first(void **state) {
    (void)state;
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_int_equal(str_compare(STR("ab"), STR("ab")), 0);
}

static void the_nearest_name_is_found(void **state) {
    (void)state;
    static const Str names[] = {{"source", 6}, {"output", 6}, {"diagrams", 8}};
    static const struct {
        const char *wrong, *right;
    } cases[] = {
        {"sorce", "source"},
        {"ouptut", "output"},
        {"diagram", "diagrams"},
        {"xyz", ""},
        {"", ""},
        {"OUTPUT", "output"},
        {"ouputt", "output"},
        {"uotptu", "output"},
        {"uotptx", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str nearest = str_nearest(str_from(cases[i].wrong), names, 3);
        assert_true(str_equal(nearest, str_from(cases[i].right)));
    }
}

static void joined_texts_end_with_a_nul(void **state) {
    (void)state;
    Arena *arena = arena_new();
    assert_string_equal(str_join(arena, STR("a"), STR("bc")).data, "abc");
    assert_string_equal(str_join(arena, STR(""), STR("bc")).data, "bc");
    assert_int_equal(str_join(arena, (Str){NULL, 0}, (Str){NULL, 0}).size, 0);
    arena_free(arena);
}

static void format_copies_into_the_arena(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str made = str_format(arena, "%.*s-%d", STR_FMT(STR("page")), 7);
    assert_true(str_equal(made, STR("page-7")));
    assert_string_equal(made.data, "page-7");
    assert_true(str_equal(str_lower(arena, STR("ÄbC")), STR("Äbc")));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_walks_every_part),
        cmocka_unit_test(lines_lose_their_ends),
        cmocka_unit_test(find_gives_offsets),
        cmocka_unit_test(slices_stay_inside),
        cmocka_unit_test(trimmed),
        cmocka_unit_test(a_prefix_comes_first),
        cmocka_unit_test(the_nearest_name_is_found),
        cmocka_unit_test(joined_texts_end_with_a_nul),
        cmocka_unit_test(format_copies_into_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
