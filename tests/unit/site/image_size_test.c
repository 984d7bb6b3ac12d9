/* Sizes of pictures: the two numbers in the head of each format, and what is none. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "site/image_size.h"

#include <cmocka.h>

#define BYTES(text) ((Str){text, sizeof(text) - 1})

static void check(Str bytes, uint32_t width, uint32_t height) {
    ImageSize size = {0};
    bool is_known = image_size(bytes, &size);
    assert_int_equal(is_known, width > 0);
    if (is_known) {
        assert_int_equal(size.width, width);
        assert_int_equal(size.height, height);
    }
}

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

static void plain_heads(void **state) {
    (void)state;
    check(BYTES(PNG "\0\0\x02\x80\0\0\x01\xe0\x08\x06"), 640, 480);
    check(BYTES("GIF89a\x40\x01\xf0\x00\xf7"), 320, 240);
    check(BYTES("GIF87a\x01\x00\x02\x00\x80"), 1, 2);
    check(BYTES("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x41"), 640, 480);
    check(BYTES("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\x00"), 640, 480);
    check(BYTES("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\x10\0\0\0\x7f\x02\0\xdf\x01\0"), 640, 480);
}

#define FRAME "\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03"

static void photographs(void **state) {
    (void)state;
    check(BYTES("\xff\xd8" FRAME), 640, 480);
    /* Other segments stand before, the first bytes of a marker may be repeated, and tables have
     * markers among those of frames. */
    check(BYTES("\xff\xd8\xff\xe0\0\4JF\xff\xff\xff\xdb\0\3x\xff\xc4\0\3y" FRAME), 640, 480);
    check(BYTES("\xff\xd8\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03"), 640, 480);
    /* One that was taken with the camera on its side is shown turned. */
    check(BYTES("\xff\xd8\xff\xe1\0\x22"
                "Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0" FRAME),
          480, 640);
    check(BYTES("\xff\xd8\xff\xe1\0\x22"
                "Exif\0\0II*\0\x08\0\0\0\1\0\x12\x01\3\0\1\0\0\0\3\0\0\0\0\0\0\0" FRAME),
          640, 480);
    check(BYTES("\xff\xd8\xff\xe1\0\x22"
                "Exif\0\0II*\0\xff\xff\xff\xff\1\0\x12\x01\3\0\1\0\0\0\6\0\0\0\0\0\0\0" FRAME),
          640, 480);
}

static void drawings(void **state) {
    (void)state;
    check(BYTES("<svg width=\"32\" height='16px' viewBox=\"0 0 8 4\">"), 32, 16);
    check(BYTES("<?xml version=\"1.0\"?><!-- > -->\n<svg\nheight=\"16\"\nwidth=\"32\"/>"), 32, 16);
    /* Its width is then that of the column. */
    check(BYTES("<svg viewBox=\"0 0 8 4\">"), 0, 0);
    check(BYTES("<svg width=\"100%\" height=\"16\">"), 0, 0);
    check(BYTES("<svg stroke-width=\"2\" height=\"16\">"), 0, 0);
    check(BYTES("<svg width=\"32\" height=\""), 0, 0);
    check(BYTES("<html>"), 0, 0);
}

static void what_is_none(void **state) {
    (void)state;
    check(BYTES(""), 0, 0);
    check(BYTES("GIF8"), 0, 0);
    check(BYTES(PNG), 0, 0);
    check(BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIDAT\0\0\x02\x80\0\0\x01\xe0"), 0, 0);
    check(BYTES(PNG "\xff\xff\xff\xff\0\0\x01\xe0"), 0, 0);
    check(BYTES(PNG "\0\0\0\0\0\0\x01\xe0"), 0, 0);
    check(BYTES("RIFF\0\0\0\0WAVEVP8X\0\0\0\0\x10\0\0\0\x7f\x02\0\xdf\x01\0"), 0, 0);
    check(BYTES("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\x10\0\0\0\x7f\x02"), 0, 0);
    check(BYTES("\xff\xd8\xff\xe0\0\0\xff\xc0\0\x11\x08\x01\xe0\x02\x80\x03"), 0, 0);
    check(BYTES("\xff\xd8\xff\xda\0\2" FRAME), 0, 0);
    check(BYTES("\xff\xd8\xff\xe0\xff\xff"), 0, 0);
}

static void names(void **state) {
    (void)state;
    assert_true(image_has_size(STR("a/b.PNG")));
    assert_true(image_has_size(STR("b.jpeg")));
    assert_false(image_has_size(STR(".png")));
    assert_false(image_has_size(STR("b.pdf")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_heads),  cmocka_unit_test(photographs), cmocka_unit_test(drawings),
        cmocka_unit_test(what_is_none), cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
