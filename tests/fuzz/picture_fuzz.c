#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "site/picture.h"

/* Is there an attribute whose name begins with "on", in a tag of `svg`? */
static bool has_handler(Str svg) {
    bool is_tag = false, is_value = false;
    for (size_t i = 0; i < svg.size; i++) {
        char c = svg.data[i];
        is_value = is_tag && (c == '"') != is_value;
        is_tag = c == '<' || (is_tag && (c != '>' || is_value));
        if (is_tag && !is_value && str_starts_with(str_from_offset(svg, i), STR(" on")))
            return true;
    }
    return false;
}

/* Does every `name` begin a reference within the picture? */
static bool stays_inside(Str svg, Str name) {
    for (size_t at = str_find(svg, name, 0); at != STR_NONE; at = str_find(svg, name, at + 1))
        if (!str_starts_with(str_from_offset(svg, at + name.size), STR("#p1-")))
            return false;
    return true;
}

/* An author's SVG file: what stands in the page runs nothing and loads nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = fuzz_begin(data, size, "picture.svg");
    PictureView view = {STR("name"), STR("p1-")};
    Buf out = buf_new(input.arena);
    bool is_drawn = picture_inline(input.source, &view, &out, input.diags);
    Str svg = buf_str(&out);
    FUZZ_HOLDS(is_drawn == (svg.size > 0));
    static const Str never[] = {{"<script", 7}, {"<style", 6},   {"<foreign", 8}, {"<image", 6},
                                {"<iframe", 7}, {"<animate", 8}, {"<set", 4},     {"<!", 2}};
    Str lower = str_lower(input.arena, svg);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        FUZZ_HOLDS(str_find(lower, never[i], 0) == STR_NONE);
    FUZZ_HOLDS(!has_handler(lower));
    FUZZ_HOLDS(stays_inside(svg, STR(" href=\"")));
    FUZZ_HOLDS(stays_inside(svg, STR("=\"url(")));
    return fuzz_end(&input);
}
