#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/picture.h"

/* What an attribute may be: no handler, and no reference but to a part of the picture, or to pixels
 * that stand in it. */
static bool is_harmless(Str name, Str value) {
    Str own = STR("#p1-");
    static const char *const pixels[] = {"data:image/png;", "data:image/jpeg;", "data:image/gif;",
                                         "data:image/webp;"};
    for (size_t i = 0; i < sizeof pixels / sizeof *pixels; i++)
        if (str_equal(name, STR("href")) && str_starts_with(value, str_from(pixels[i])))
            return true;
    if (str_starts_with(name, STR("on")))
        return false;
    if (str_equal(name, STR("href")) && !str_starts_with(value, own))
        return false;
    for (size_t at = str_find(value, STR("url("), 0); at != STR_NONE;
         at = str_find(value, STR("url("), at + 1))
        if (!str_starts_with(str_from_offset(value, at + 4), own))
            return false;
    return true;
}

/* Looks at every attribute of the drawing, which is written as NAME="VALUE" behind one blank. */
static void check_attributes(Str svg) {
    bool is_tag = false;
    for (size_t i = 0; i < svg.size; i++) {
        char c = svg.data[i];
        is_tag = c == '<' || (is_tag && c != '>');
        if (!is_tag || c != '=')
            continue;
        size_t start = i;
        while (start > 0 && svg.data[start - 1] != ' ')
            start--;
        FUZZ_HOLDS(svg.data[i + 1] == '"');
        size_t end = str_find_char(svg, '"', i + 2);
        FUZZ_HOLDS(end != STR_NONE);
        FUZZ_HOLDS(is_harmless(str_slice(svg, start, i), str_slice(svg, i + 2, end)));
        i = end;
    }
}

/* An author's SVG file: what stands in the page runs nothing and loads nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "picture.svg");
    PictureView view = {STR("name"), STR("p1-")};
    Buf out = buf_new(input.arena);
    bool is_drawn = picture_inline(input.source, &view, &out, input.diags);
    Str svg = buf_str(&out);
    FUZZ_HOLDS(is_drawn == (svg.size > 0));
    static const Str never[] = {{"<script", 7},  {"<style", 6}, {"<foreign", 8}, {"<iframe", 7},
                                {"<animate", 8}, {"<set", 4},   {"<!", 2}};
    Str lower = str_lower(input.arena, svg);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        FUZZ_HOLDS(str_find(lower, never[i], 0) == STR_NONE);
    check_attributes(lower);
    return fuzz_end(&input);
}
