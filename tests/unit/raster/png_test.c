#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"
#include "raster/png.h"

#include <cmocka.h>

#define SQUARE                                                                                     \
    "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20' viewBox='0 0 30 20'>"          \
    "<rect class='r' x='2' y='2' width='10' height='10' fill='#f00'/>"                             \
    "<text x='4' y='18' font-family='Inter' font-size='5'>Text</text></svg>"

static bool draw(Str svg, Str stylesheet, int scale, Buf *png, Str *why) {
    RasterJob job = {svg, stylesheet, scale * 100, png->arena};
    return raster_png(&job, png, why);
}

/* Width and height stand at fixed places of a PNG (RFC 2083, section 11.2). */
static unsigned png_number(Str png, size_t at) {
    const unsigned char *byte = (const unsigned char *)png.data + at;
    return (unsigned)byte[0] << 24 | (unsigned)byte[1] << 16 | (unsigned)byte[2] << 8 | byte[3];
}

static void test_png_has_the_size(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf png = buf_new(arena);
    Str why;
    assert_true(draw(STR(SQUARE), STR(""), 2, &png, &why));
    assert_memory_equal(png.data, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(png_number(buf_str(&png), 16), 60);
    assert_int_equal(png_number(buf_str(&png), 20), 40);
    arena_free(arena);
}

static void test_stylesheet_overrides_attributes(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf red = buf_new(arena), blue = buf_new(arena), again = buf_new(arena);
    Str why;
    assert_true(draw(STR(SQUARE), STR(""), 1, &red, &why));
    assert_true(draw(STR(SQUARE), STR(".r{fill:#00f}"), 1, &blue, &why));
    assert_true(draw(STR(SQUARE), STR(""), 1, &again, &why));
    assert_false(str_equal(buf_str(&red), buf_str(&blue)));
    assert_true(str_equal(buf_str(&red), buf_str(&again)));
    arena_free(arena);
}

static void test_extent(void **state) {
    (void)state;
    Arena *arena = arena_new();
    RasterExtent extent;
    Str why;
    Str svg = STR("<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'>"
                  "<rect x='-4' y='2' width='40' height='10'/></svg>");
    assert_true(raster_extent(svg, &extent, arena, &why));
    assert_true(extent.width == 30 && extent.height == 20);
    assert_true(extent.left == -4 && extent.right == 36 && extent.top == 2 && extent.bottom == 12);
    arena_free(arena);
}

static void test_reasons(void **state) {
    (void)state;
    static const struct {
        const char *svg;
        int scale;
        const char *expected; /* the reason begins with it */
    } rows[] = {
        {"no markup", 1, "not an SVG drawing: "},
        {"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'><g></svg>", 1,
         "not an SVG drawing: "},
        {"<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='20'/>", 1,
         "99999 x 20 pixels are too many"},
        {"<svg xmlns='http://www.w3.org/2000/svg' width='9000' height='9000'/>", 1,
         "9000 x 9000 pixels are too many"},
        {"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'/>", 1,
         "the drawing has no size"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Buf png = buf_new(arena);
        Str why = STR("");
        assert_false(draw(str_from(rows[i].svg), STR(""), rows[i].scale, &png, &why));
        if (!str_starts_with(why, str_from(rows[i].expected)))
            fail_msg("row %zu: \"%.*s\"", i, STR_FMT(why));
    }
    arena_free(arena);
}

static void test_fonts_are_ours(void **state) {
    (void)state;
    static const struct {
        const char *family;
        int weight;
        bool is_italic;
        const char *expected;
    } rows[] = {
        {"Inter", 400, false, "Inter Regular"},
        {"Inter", 400, true, "Inter Italic"},
        {"Inter", 600, false, "Inter Semi Bold"},
        {"JetBrains Mono", 400, false, "JetBrains Mono Regular"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Str font = raster_font(str_from(rows[i].family), rows[i].weight, rows[i].is_italic, arena);
        if (!str_equal(font, str_from(rows[i].expected)))
            fail_msg("\"%.*s\", expected \"%s\"", STR_FMT(font), rows[i].expected);
    }
    arena_free(arena);
}

typedef struct Pictures {
    Str first;
    bool is_equal[64];
} Pictures;

static void draw_one(void *context, size_t index, unsigned worker) {
    Pictures *pictures = context;
    (void)worker;
    Arena *arena = arena_new();
    Buf png = buf_new(arena);
    Str why;
    bool is_done = draw(STR(SQUARE), STR(""), 3, &png, &why);
    pictures->is_equal[index] = is_done && str_equal(buf_str(&png), pictures->first);
    arena_free(arena);
}

static void test_threads_draw_the_same(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf png = buf_new(arena);
    Str why;
    assert_true(draw(STR(SQUARE), STR(""), 3, &png, &why));
    Pictures pictures = {.first = buf_str(&png)};
    pool_run(4, 64, draw_one, &pictures);
    for (size_t i = 0; i < 64; i++)
        assert_true(pictures.is_equal[i]);
    arena_free(arena);
}

/* What our fonts lack comes from the machine's; all else stays ours. Last, as it holds from then
 * on.
 */
static void test_foreign_letters(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str why, svg = STR("<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'>"
                       "<text x='4' y='18' font-family='Inter' font-size='9'>模型 A</text></svg>");
    RasterExtent extent;
    assert_true(raster_extent(svg, &extent, arena, &why));
    assert_true(extent.right > extent.left);
    test_fonts_are_ours(state);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_png_has_the_size),
        cmocka_unit_test(test_stylesheet_overrides_attributes),
        cmocka_unit_test(test_extent),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_fonts_are_ours),
        cmocka_unit_test(test_threads_draw_the_same),
        cmocka_unit_test(test_foreign_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
