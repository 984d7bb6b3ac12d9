/* What the grammar gets to see, and that every byte of it knows where it stood. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/syntax/preprocess.h"

#include <cmocka.h>

static void test_text(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"graph TD\r\nA\rB", "graph TD\nA\nB\n"},
        {"  \n graph TD\n", "graph TD\n\n"},
        {"graph TD\n\n  %% c\nA\n%%\n%%x", "graph TD\nA\n%%\n\n"},
        {"graph TD\nA %% no comment\n", "graph TD\nA %% no comment\n\n"},
        {"---\na: b\n---\ngraph TD", "graph TD\n"},
        {"  ---\n  a: b\n  ---  \n\n graph TD", "graph TD\n"},
        {"---\na: b\n --- \ngraph TD", "---\na: b\n --- \ngraph TD\n"},
        {"a%%{init: {\"x\": {}}}%%b%%{wrap}%%c", "abc\n"},
        {"a%%{init: x y}%%z", "ay}%%z\n"},
        {"a %%{ 1x", "a \n"},
        {"<a b=\"c\" d=\"e\"> f=\"g\" <h i=\"j\"", "<a b='c' d='e'> f=\"g\" <h i=\"j\"\n"},
        {"#quot;#35;# ;#;", "\xEF\xAC\x82\xC2\xB0quot\xC2\xB6\xC3\x9F\xEF\xAC\x82\xC2\xB0\xC2\xB0"
                            "35\xC2\xB6\xC3\x9F# ;#;\n"},
        {"style A fill:#fff;\nclassDef b x:#123,y:#456;\nstyle A #fff;",
         "style A fill:#fff\nclassDef b x:#123,y:#456\nstyle A \xEF\xAC\x82\xC2\xB0"
         "fff\xC2\xB6\xC3\x9F\n"},
        {"A{x}  \n\n  B}  ", "A{x}\n  B}\n"},
        {"", "\n"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Source *source = source_new(arena, STR("a.mmd"), str_from(cases[i].text));
        CleanText clean = preprocess_run(source, arena);
        assert_string_equal(str_cstr(arena, clean.text), cases[i].expected);
        for (size_t k = 1; k <= clean.text.size; k++)
            assert_true(clean.origin[k - 1] <= clean.origin[k]);
        assert_int_equal(clean.origin[clean.text.size], source->text.size);
    }
    arena_free(arena);
}

/* Kinds other than the flowchart keep what stands behind a brace. */
static void test_plain(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Source *source = source_new(arena, STR("a.mmd"), STR("A->>B: {x}  \r\n\r\nB}  "));
    CleanText clean = preprocess_run_plain(source, arena);
    assert_string_equal(str_cstr(arena, clean.text), "A->>B: {x}  \n\nB}  \n");
    arena_free(arena);
}

/* The first `needle` of the clean text stands in the source at line:column. */
static void test_places(void **state) {
    (void)state;
    static const struct {
        const char *text, *needle;
        unsigned line, column, size;
    } cases[] = {
        {"graph TD\r\nA\r\n\r\nB[x]\r\n", "x", 4, 3, 1},
        {"---\nt: u\n---\n%%{init: {}}%%\n%% c\ngraph TD\n A", "A", 7, 2, 1},
        {"graph TD\nA[\"#quot; b\"]", " b", 2, 10, 2},
        {"graph TD\nA[\"x#quot;\"]", PREPROCESS_ENTITY "quot" PREPROCESS_ENTITY_END, 2, 5, 6},
        {"graph TD%%{wrap}%% x", "x", 1, 20, 1},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Source *source = source_new(arena, STR("a.mmd"), str_from(cases[i].text));
        CleanText clean = preprocess_run(source, arena);
        Str needle = str_from(cases[i].needle);
        size_t at = str_find(clean.text, needle, 0);
        assert_true(at != STR_NONE);
        Place place = span_place(preprocess_span(&clean, at, needle.size));
        assert_int_equal(place.line, cases[i].line);
        assert_int_equal(place.column, cases[i].column);
        assert_int_equal(place.mark_size, cases[i].size);
    }
    arena_free(arena);
}

static void test_cut_parts(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Source *source = source_new(arena, STR("a.mmd"),
                                STR("---\na: b\nc: d\n---\n%%{init: {'x': 1}}%%\n%%{wrap}%%\n"
                                    "%%{ initialize : { y } }%%graph TD"));
    CleanText clean = preprocess_run(source, arena);
    assert_string_equal(str_cstr(arena, span_text(clean.front_matter)), "a: b\nc: d");
    assert_int_equal(clean.directive_count, 2);
    assert_string_equal(str_cstr(arena, span_text(clean.directives[0])), "{'x': 1}");
    assert_string_equal(str_cstr(arena, str_trim(span_text(clean.directives[1]))), "{ y }");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_cut_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
