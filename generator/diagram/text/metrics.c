#include "base/ban.h"

#include <assert.h>
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>
#include <threads.h>

#include "base/asset.h"
#include "base/utf8.h"
#include "diagram/text/text_form.h"

static once_flag fonts_once = ONCE_FLAG_INIT;

/* Immutable once loaded, hence safe to share between threads. */
static hb_font_t *fonts[TEXT_FACE_COUNT];

static const char *const font_assets[TEXT_FACE_COUNT] = {
    [TEXT_REGULAR] = "fonts/inter-400.otf",
    [TEXT_ITALIC] = "fonts/inter-400i.otf",
    [TEXT_BOLD] = "fonts/inter-600.otf",
    [TEXT_MONO] = "fonts/mono-400.otf",
};

static void load_fonts(void) {
    for (int face = 0; face < TEXT_FACE_COUNT; face++) {
        Str bytes = asset_get(font_assets[face]);
        hb_blob_t *blob =
            hb_blob_create(bytes.data, (unsigned)bytes.size, HB_MEMORY_MODE_READONLY, NULL, NULL);
        hb_face_t *hb_face = hb_face_create(blob, 0);
        assert(hb_face_get_glyph_count(hb_face) > 0);
        fonts[face] = hb_font_create(hb_face);
        hb_ot_font_set_funcs(fonts[face]);
        hb_face_make_immutable(hb_face);
        hb_font_make_immutable(fonts[face]);
        hb_face_destroy(hb_face);
        hb_blob_destroy(blob);
    }
}

void text_setup(void) {
    call_once(&fonts_once, load_fonts);
}

struct hb_face_t *text_font_face(TextFace face) {
    text_setup();
    return hb_font_get_face(fonts[face]);
}

/* Thousandths of an em to reserve for a character that another font will draw. Colour emoji fonts
 * are up to 1.37 em wide (measured on Noto and Segoe), so symbols get a quarter more than an em. */
static int64_t missing_width(uint32_t code_point) {
    int columns = utf8_columns(code_point);
    if (columns == 0)
        return 0;
    if ((code_point >= 0x2190 && code_point <= 0x2BFF) || code_point >= 0x1F000)
        return 1250;
    return columns == 2 ? 1000 : 600;
}

TextAdvance text_advances(Str text, size_t start, size_t end, TextStyle style,
                          TextAdvance *advances) {
    text_setup();
    hb_font_t *font = fonts[style.face];
    hb_buffer_t *buffer = hb_buffer_create();
    /* A glyph then belongs to exactly one character, also in emoji that are joined of several. */
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_CHARACTERS);
    hb_buffer_add_utf8(buffer, text.data, (int)text.size, (unsigned)start, (int)(end - start));
    /* All set by hand: guessing would read the locale. */
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_language(buffer, hb_language_from_string("en", -1));
    hb_shape(font, buffer, NULL, 0);

    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    int64_t size = (int64_t)style.size_px * 65536;
    int64_t units_per_em = (int64_t)hb_face_get_upem(hb_font_get_face(font));
    TextAdvance total = 0;
    for (unsigned i = 0; i < count; i++) {
        size_t at = infos[i].cluster;
        Str rest = str_slice(text, at, end);
        TextAdvance advance = infos[i].codepoint == 0 && rest.size
                                  ? missing_width(utf8_take(&rest)) * size / 1000
                                  : positions[i].x_advance * size / units_per_em;
        total += advance;
        if (advances)
            advances[at] += advance;
    }
    hb_buffer_destroy(buffer);
    return total;
}

bool text_has_glyphs(Str text, TextFace face) {
    text_setup();
    while (text.size) {
        uint32_t code_point = utf8_take(&text);
        hb_codepoint_t glyph;
        if (code_point >= 0x20 && !hb_font_get_nominal_glyph(fonts[face], code_point, &glyph))
            return false;
    }
    return true;
}
