/* Buf, numbers, escaping and UTF-8: one table each. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/escape.h"
#include "base/num.h"
#include "base/utf8.h"

#include <cmocka.h>

static void assert_text(const Buf *buf, const char *expected) {
    assert_int_equal(buf->size, strlen(expected));
    assert_memory_equal(buf->data ? buf->data : "", expected, buf->size);
}

static void fixed_numbers_are_short_and_rounded(void **state) {
    (void)state;
    static const struct {
        int64_t value, per_unit;
        int digits;
        const char *text;
    } cases[] = {
        {64, 64, 2, "1"},          {96, 64, 2, "1.5"}, {-16, 64, 2, "-0.25"},
        {1, 64, 2, "0.02"},        {0, 64, 2, "0"},    {-1, 6400, 2, "0"},
        {199, 100, 0, "2"},        {149, 100, 0, "1"}, {1005, 1000, 2, "1.01"},
        {10010, 1000, 3, "10.01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Buf buf = buf_new(arena);
        buf_add_fixed(&buf, cases[i].value, cases[i].per_unit, cases[i].digits);
        assert_text(&buf, cases[i].text);
        arena_free(arena);
    }
}

static void integers_reach_both_ends(void **state) {
    (void)state;
    static const int64_t values[] = {0, 7, -7, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        Arena *arena = arena_new();
        Buf buf = buf_new(arena);
        int64_t back = 1;
        buf_add_int(&buf, values[i]);
        assert_true(num_parse(buf_str(&buf), &back));
        assert_true(back == values[i]);
        arena_free(arena);
    }
}

static void what_is_no_number_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"",   "-",  "+",   "1.5",
                                        " 1", "1 ", "0x1", "9223372036854775808"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t value = 42;
        assert_false(num_parse(str_from(texts[i]), &value));
        assert_true(value == 42);
    }
}

static void each_target_has_its_escapes(void **state) {
    (void)state;
    static const struct {
        void (*escape)(Buf *, Str);
        const char *text, *expected;
    } cases[] = {
        {html_escape, "a<b>&\"'", "a&lt;b&gt;&amp;&quot;'"},
        {html_escape, "\x01\xff ok é", "\xEF\xBF\xBD\xEF\xBF\xBD ok é"},
        {json_string, "a\"\\\n\x01é", "\"a\\\"\\\\\\n\\u0001é\""},
        {url_escape, "a b/ü?x=1&y=%20#z", "a%20b/%C3%BC?x=1&amp;y=%20#z"},
        {url_escape, "\"><script>", "%22%3E%3Cscript%3E"},
        {url_escape, "100%", "100%25"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Buf buf = buf_new(arena);
        cases[i].escape(&buf, str_from(cases[i].text));
        assert_text(&buf, cases[i].expected);
        arena_free(arena);
    }
}

/* Eight bytes are looked at together, and still each is escaped as if it stood alone. */
static void a_text_is_escaped_as_its_parts(void **state) {
    (void)state;
    static void (*const escapes[])(Buf *, Str) = {html_escape, json_string};
    Arena *arena = arena_new();
    uint32_t random = 2463534242u;
    for (int round = 0; round < 20000; round++) {
        Buf text = buf_new(arena), whole = buf_new(arena), parts = buf_new(arena),
            part = buf_new(arena);
        bool is_json = round % 2 == 1;
        buf_add_text(&parts, is_json ? "\"" : "");
        for (int i = 0; i < round % 40; i++) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            /* Mostly letters, so that there are runs of them. */
            char any[] = {(char)(random >> 8 & 0x7F), '\0'},
                 letter[] = {(char)('a' + random % 26), '\0'};
            any[0] = any[0] ? any[0] : 1;
            const char *kinds[] = {letter, letter, letter, letter, letter,
                                   letter, any,    "é",    "\xFF"};
            Str one = str_from(kinds[random % 9]);
            buf_add(&text, one);
            part.size = 0;
            escapes[is_json](&part, one);
            buf_add(&parts, str_slice(buf_str(&part), is_json, part.size - is_json));
        }
        buf_add_text(&parts, is_json ? "\"" : "");
        /* In memory of its own, so that whoever reads behind it is caught. */
        escapes[is_json](&whole, (Str){str_cstr(arena, buf_str(&text)), text.size});
        assert_int_equal(whole.size, parts.size);
        assert_int_equal(
            memcmp(whole.data ? whole.data : "", parts.data ? parts.data : "", whole.size), 0);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void bad_bytes_are_found(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t at;
    } cases[] = {
        {"", STR_NONE},          {"aé€😀", STR_NONE}, {"a\x80", 1},
        {"\xC0\x80", 0},         /* overlong NUL */
        {"\xED\xA0\x80", 0},     /* a surrogate */
        {"\xF4\x90\x80\x80", 0}, /* above U+10FFFF */
        {"ab\xE2\x82", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(utf8_find_invalid(str_from(cases[i].text)) == cases[i].at);
}

static void code_points_go_there_and_back(void **state) {
    (void)state;
    static const uint32_t points[] = {0x24, 0xA2, 0x939, 0x20AC, 0x10348, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        Arena *arena = arena_new();
        Buf buf = buf_new(arena);
        utf8_add(&buf, points[i]);
        Str rest = buf_str(&buf);
        assert_int_equal(utf8_take(&rest), points[i]);
        assert_int_equal(rest.size, 0);
        arena_free(arena);
    }
}

static void unicode_is_known(void **state) {
    (void)state;
    assert_true(utf8_is_word(0xE9) && utf8_is_word(0x4E2D) && utf8_is_word(0x0301) &&
                utf8_is_word('_'));
    assert_false(utf8_is_word(0x1F600) || utf8_is_word(0x2014) || utf8_is_word('-'));
    assert_int_equal(utf8_lower(0xC9), 0xE9);
    assert_int_equal(utf8_lower(0x416), 0x436);
    assert_int_equal(utf8_lower(0x100), 0x101);
    assert_int_equal(utf8_lower(0x101), 0x101);
    assert_int_equal(utf8_columns('a'), 1);
    assert_int_equal(utf8_columns(0x4E2D), 2);
    assert_int_equal(utf8_columns(0x1F600), 2);
    assert_int_equal(utf8_columns(0x301), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_numbers_are_short_and_rounded),
        cmocka_unit_test(integers_reach_both_ends),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(each_target_has_its_escapes),
        cmocka_unit_test(a_text_is_escaped_as_its_parts),
        cmocka_unit_test(bad_bytes_are_found),
        cmocka_unit_test(code_points_go_there_and_back),
        cmocka_unit_test(unicode_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
