#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "raster/pdf.h"

#include <cmocka.h>

#define DRAWING                                                                                    \
    "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200' viewBox='0 0 400 200'>"      \
    "<rect class='r' x='2' y='2' width='10' height='10' fill='#f00'/>"                             \
    "<text x='4' y='18' font-family='Inter' font-size='12'>Text</text></svg>"

static Str draw(const char *title, int64_t made_at, Arena *arena) {
    Buf pdf = buf_new(arena);
    PdfJob job = {
        .svg = STR(DRAWING), .title = str_from(title), .made_at = made_at, .arena = arena};
    Str why = {NULL, 0};
    if (!raster_pdf(&job, &pdf, &why))
        fail_msg("%.*s", STR_FMT(why));
    return buf_str(&pdf);
}

static void check_has(Str pdf, const char *part) {
    if (str_find(pdf, str_from(part), 0) == STR_NONE)
        fail_msg("the document has no \"%s\"", part);
}

static void test_page_and_fonts(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str pdf = draw("Network", 0, arena);
    assert_true(str_starts_with(pdf, STR("%PDF-1.")));
    check_has(pdf, "/MediaBox [ 0 0 300 150 ]"); /* three quarters of a px */
    check_has(pdf, "+Inter-Regular");            /* a subset is embedded */
    check_has(pdf, "/FontFile3");
    check_has(pdf, "/Title (Network)");
    check_has(pdf, "/ToUnicode"); /* glyphs can be turned back into text */
    arena_free(arena);
}

static void test_dates(void **state) {
    (void)state;
    static const struct {
        int64_t made_at;
        const char *date;
    } rows[] = {
        {0, "/CreationDate (19700101000000"},         {951782399, "/CreationDate (20000228235959"},
        {951827696, "/CreationDate (20000229123456"}, {1795737600, "/CreationDate (20261127000000"},
        {INT64_MAX, "/CreationDate (99991231235959"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        check_has(draw("", rows[i].made_at, arena), rows[i].date);
        arena_free(arena);
    }
    Arena *arena = arena_new();
    assert_true(str_find(draw("", -1, arena), STR("/CreationDate"), 0) == STR_NONE);
    arena_free(arena);
}

static void test_same_input_same_bytes(void **state) {
    (void)state;
    Arena *arena = arena_new();
    assert_true(str_equal(draw("A", 7, arena), draw("A", 7, arena)));
    assert_false(str_equal(draw("A", 7, arena), draw("A", 8, arena)));
    arena_free(arena);
}

/* Whatever a title holds, a document is made. */
static void test_titles(void **state) {
    (void)state;
    static const char *const titles[] = {"(a) \\ )",
                                         "Gr\xc3\xb6\xc3\x9f"
                                         "e",
                                         "bad \xff\xc3 bytes", "\x01"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        Arena *arena = arena_new();
        check_has(draw(titles[i], 0, arena), "/Title");
        arena_free(arena);
    }
}

static void test_reasons(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf pdf = buf_new(arena);
    PdfJob job = {.svg = STR("no markup"), .arena = arena};
    Str why;
    assert_false(raster_pdf(&job, &pdf, &why));
    assert_true(str_starts_with(why, STR("not an SVG drawing: ")));
    job.svg = STR("<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='20'/>");
    assert_false(raster_pdf(&job, &pdf, &why));
    assert_string_equal(str_cstr(arena, why), "74999 x 15 pixels are too many");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_and_fonts),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_same_input_same_bytes),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
