#include "base/ban.h"

#include "site/shell/theme_icon.h"

#include "base/cache.h"
#include "base/escape.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "raster/palette.h"

/* The first letter or digit, as a capital where that is plain. */
static Str initial_of(Str title, Arena *arena) {
    Buf letter = buf_new(arena);
    while (title.size && letter.size == 0) {
        uint32_t c = utf8_take(&title);
        if (c >= 'a' && c <= 'z')
            c -= 'a' - 'A';
        if (utf8_is_word(c))
            utf8_add(&letter, c);
    }
    return letter.size ? buf_str(&letter) : STR("D");
}

/* A capital of Inter is 0.727 of its size high: so the letter stands in the middle of 32 px. */
#define LETTER "x=\"16\" y=\"23\" font-size=\"19\" font-weight=\"600\" text-anchor=\"middle\""

Str theme_icon_draw(Str title, ThemeAccent accent, Arena *arena) {
    Buf out = buf_new(arena);
    buf_add_text(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\" "
                       "width=\"32\" height=\"32\">\n<rect width=\"32\" height=\"32\" rx=\"8\" "
                       "fill=\"");
    color_write(&out, accent.back);
    buf_add_text(&out, "\"/>\n<text " LETTER " font-family=\"Inter, system-ui, sans-serif\" "
                       "fill=\"");
    color_write(&out, accent.front);
    buf_add_text(&out, "\">");
    html_escape(&out, initial_of(title, arena));
    buf_add_text(&out, "</text>\n</svg>\n");
    return buf_str(&out);
}

Str theme_icon_mark(Str title, Arena *arena) {
    Buf out = buf_new(arena);
    buf_add_text(&out, "<svg class=\"mark\" aria-hidden=\"true\" width=\"26\" height=\"26\" "
                       "viewBox=\"0 0 32 32\"><rect class=\"mark-back\" width=\"32\" "
                       "height=\"32\" rx=\"8\"/><text class=\"mark-letter\" " LETTER ">");
    html_escape(&out, initial_of(title, arena));
    buf_add_text(&out, "</text></svg>");
    return buf_str(&out);
}

/* To paint and to pack an icon takes longer than to build a small page, and it seldom changes. */
bool theme_icon_png(const RasterIcon *icon, Arena *arena, Str *png, Str *why) {
    CacheKey key = {"icons", str_format(arena, "%d %d %d %016llx %.*s", icon->size, icon->margin,
                                        icon->has_ground, (unsigned long long)map_hash(icon->svg),
                                        STR_FMT(raster_version(arena)))};
    if (cache_get(&key, LIMIT_PICTURE_SIZE, arena, png))
        return true;
    Buf out = buf_new(arena);
    if (!raster_icon(icon, &out, why))
        return false;
    *png = buf_str(&out);
    cache_put(&key, *png, arena);
    return true;
}
