#include "base/ban.h"

#include "diagram/layout/label_style.h"

#include "base/num.h"

#define SIZE_LEAST 9
#define SIZE_MOST  48

/* size := digits ( "." digit+ )? ( "px" | "pt" | "em" | "rem" | "%" )? ; gives px, or 0 for what is
 * no size. A point is 4/3 px. */
static int parse_size(Str text, int base_px) {
    static const struct {
        const char *unit;
        int numerator, denominator; /* of a thousandth, in px */
        bool is_relative;
    } units[] = {
        {"px", 1, 1000, false}, {"pt", 4, 3000, false},     {"rem", 1, 1000, true},
        {"em", 1, 1000, true},  {"%", 1, 100 * 1000, true},
    };
    int64_t numerator = 1, denominator = 1000;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Str unit = str_from(units[i].unit);
        if (!str_ends_with(text, unit))
            continue;
        text.size -= unit.size;
        numerator = units[i].numerator * (int64_t)(units[i].is_relative ? base_px : 1);
        denominator = units[i].denominator;
        break;
    }
    size_t dot = str_find_char(text, '.', 0);
    Str whole = dot == STR_NONE ? text : str_slice(text, 0, dot);
    int64_t thousands = 0, tenths = 0;
    if (whole.size && !num_parse_range(str_trim(whole), 0, 1000, &thousands))
        return 0;
    if (dot != STR_NONE && !num_parse_range(str_slice(text, dot + 1, dot + 2), 0, 9, &tenths))
        return 0;
    return (int)(((thousands * 1000 + tenths * 100) * numerator + denominator / 2) / denominator);
}

/* weight := "bold" | "bolder" | 600 and more */
static bool is_bold(Str weight) {
    int64_t number = 0;
    return str_equal_nocase(weight, STR("bold")) || str_equal_nocase(weight, STR("bolder")) ||
           num_parse_range(weight, 600, 1000, &number);
}

TextStyle label_style(const Graph *graph, StyleOwner owner, TextStyle style) {
    if (graph->class_count == 0 && owner.own->count == 0)
        return style;
    Str size = style_find(graph, owner, "font-size");
    int px = size.size ? parse_size(size, style.size_px) : 0;
    if (px > 0)
        style.size_px = px < SIZE_LEAST ? SIZE_LEAST : px > SIZE_MOST ? SIZE_MOST : px;
    Str weight = style_find(graph, owner, "font-weight");
    Str slant = style_find(graph, owner, "font-style");
    if (str_equal_nocase(slant, STR("italic")) || str_equal_nocase(slant, STR("oblique")))
        style.face = TEXT_ITALIC;
    if (weight.size && (style.face != TEXT_ITALIC || is_bold(weight)))
        style.face = is_bold(weight) ? TEXT_BOLD : TEXT_REGULAR;
    return style;
}
