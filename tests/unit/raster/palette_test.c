#include "base/ban.h"

#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "raster/palette.h"

#include <cmocka.h>

static cairo_status_t take_bytes(void *closure, unsigned char *data, unsigned size) {
    Str *rest = closure;
    if (rest->size < size)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, rest->data, size);
    *rest = str_from_offset(*rest, size);
    return CAIRO_STATUS_SUCCESS;
}

/* The furthest that a channel of a pixel is from what raster_png draws. */
static int worst_difference(Str small, Str exact) {
    cairo_surface_t *a = cairo_image_surface_create_from_png_stream(take_bytes, &small);
    cairo_surface_t *b = cairo_image_surface_create_from_png_stream(take_bytes, &exact);
    assert_int_equal(cairo_surface_status(a), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_surface_status(b), CAIRO_STATUS_SUCCESS);
    int width = cairo_image_surface_get_width(a), height = cairo_image_surface_get_height(a);
    assert_int_equal(width, cairo_image_surface_get_width(b));
    assert_int_equal(height, cairo_image_surface_get_height(b));
    int worst = 0;
    for (int y = 0; y < height; y++) {
        const unsigned char *left = cairo_image_surface_get_data(a);
        const unsigned char *right = cairo_image_surface_get_data(b);
        left += (ptrdiff_t)y * cairo_image_surface_get_stride(a);
        right += (ptrdiff_t)y * cairo_image_surface_get_stride(b);
        for (int i = 0; i < 4 * width; i++) {
            int difference = i % 4 == 3 ? 0 : abs(left[i] - right[i]);
            worst = difference > worst ? difference : worst;
        }
    }
    cairo_surface_destroy(a);
    cairo_surface_destroy(b);
    return worst;
}

static void check(const char *content, int tolerance) {
    Arena *arena = arena_new();
    Str svg = str_format(arena,
                         "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='200' "
                         "font-family='Inter'><rect width='300' height='200' fill='#fff'/>%s</svg>",
                         content);
    Buf small = buf_new(arena), exact = buf_new(arena);
    RasterJob job = {.svg = svg, .scale_percent = 100, .arena = arena};
    Str why;
    assert_true(raster_palette_png(&job, &small, &why));
    assert_true(raster_png(&job, &exact, &why));
    int worst = worst_difference(buf_str(&small), buf_str(&exact));
    if (worst > tolerance)
        fail_msg("a pixel is off by %d: %s", worst, content);
    arena_free(arena);
}

static void test_colors(void **state) {
    (void)state;
    check("", 0);
    /* Pale areas that are next to the same stay apart. */
    check("<rect width='99' height='99' fill='#f7f8fb'/><rect y='99' width='99' height='99' "
          "fill='#f4f0ff'/>",
          0);
    check("<circle cx='99' cy='99' r='50' fill='#3451d1'/>", 20);
    check("<text x='9' y='99' font-size='50'>Words</text>", 20);
    /* More colours than a palette holds, and more than are counted. */
    check("<defs><linearGradient id='a'><stop stop-color='#f00'/><stop offset='1' "
          "stop-color='#00f'/></linearGradient></defs><rect width='300' height='200' "
          "fill='url(#a)'/>",
          20);
    check("<defs><linearGradient id='a'><stop stop-color='#f00'/><stop offset='1' "
          "stop-color='#00f'/></linearGradient><linearGradient id='b' x2='0' y2='1'><stop "
          "stop-color='#0f0' stop-opacity='0'/><stop offset='1' stop-color='#0f0'/>"
          "</linearGradient></defs><rect width='300' height='200' fill='url(#a)'/>"
          "<rect width='300' height='200' fill='url(#b)'/>",
          60);
}

static void test_reason(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf png = buf_new(arena);
    RasterJob job = {.svg = STR("no drawing"), .scale_percent = 100, .arena = arena};
    Str why;
    assert_false(raster_palette_png(&job, &png, &why));
    assert_true(str_starts_with(why, STR("not an SVG drawing: ")));
    assert_int_equal(png.size, 0);
    arena_free(arena);
}

static void test_letters(void **state) {
    (void)state;
    assert_true(raster_has_letter('A'));
    assert_true(raster_has_letter(0xE9));
    assert_false(raster_has_letter(0x10FFFD));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_reason),
        cmocka_unit_test(test_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
