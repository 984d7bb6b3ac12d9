#include "base/ban.h"

#include "diagram/svg/theme.h"

#include "base/num.h"

#define HEX(value)                                                                                 \
    { (value) >> 16 & 255, (value) >> 8 & 255, (value)&255, 255 }

/* The least contrast of a text colour that an author gave without a background: below this it
 * cannot be read in one of the two themes and is left out. */
#define CONTRAST_LEAST 300

/* The same for lines, which are no text: #333 on a dark page is gone, orange on white is not. */
#define CONTRAST_LEAST_LINE 150

#define STROKE_WIDTH       (COORD_PER_PX * 3 / 2)
#define STROKE_WIDTH_GROUP COORD_PER_PX
#define STROKE_WIDTH_MOST  COORD_OF_PX(12)

typedef struct Tone {
    const char *name;
    struct {
        Color fill, stroke, text;
    } light, dark;
} Tone;

enum {
    TONE_NODE,
    TONE_GROUP,
    TONE_LEVEL_2,
    TONE_LEVEL_3,
    TONE_EDGE,
    TONE_FIRST_CLASS,
};

/* One hue per class: a pale fill, a line of middle strength, a dark text (and the reverse for
 * dark). Lines of all classes have about the same lightness, so that no box shouts. An edge's fill
 * is what its label stands on: the page. */
static const Tone tones[] = {
    {"node",
     {HEX(0xFFFFFF), HEX(0x64748B), HEX(0x172033)},
     {HEX(0x1C2430), HEX(0x8593A8), HEX(0xE6EBF3)}},
    {"group",
     {HEX(0xF6F8FB), HEX(0xCFD7E3), HEX(0x475569)},
     {HEX(0x171E29), HEX(0x364252), HEX(0xA9B6C8)}},
    {"level2",
     {HEX(0xEDF1F7), HEX(0xC3CDDB), HEX(0x435166)},
     {HEX(0x1D2633), HEX(0x414E61), HEX(0xAFBBCC)}},
    {"level3",
     {HEX(0xE3E9F2), HEX(0xB5C1D2), HEX(0x3D4B60)},
     {HEX(0x242F3E), HEX(0x4D5C71), HEX(0xB7C2D2)}},
    {"edge",
     {HEX(0xFFFFFF), HEX(0x66758B), HEX(0x3A475C)},
     {HEX(0x131821), HEX(0x8292A8), HEX(0xBFCAD9)}},
    {"blue",
     {HEX(0xE9F1FE), HEX(0x3B78DC), HEX(0x143B7C)},
     {HEX(0x14274A), HEX(0x5E93EC), HEX(0xD2E3FF)}},
    {"amber",
     {HEX(0xFDF3DB), HEX(0xAD770A), HEX(0x6A4205)},
     {HEX(0x36280C), HEX(0xCF9A35), HEX(0xFAE6B6)}},
    {"purple",
     {HEX(0xF2ECFE), HEX(0x8059D4), HEX(0x45247F)},
     {HEX(0x2A2049), HEX(0x9D82E8), HEX(0xE5DBFD)}},
    {"green",
     {HEX(0xE5F6EB), HEX(0x2B8A52), HEX(0x11502C)},
     {HEX(0x10301E), HEX(0x4CB379), HEX(0xCDF2DB)}},
    {"red",
     {HEX(0xFDEBEB), HEX(0xD34D4D), HEX(0x7E1F1F)},
     {HEX(0x401C1F), HEX(0xE26C6C), HEX(0xFCDADA)}},
    {"slate",
     {HEX(0xEDF1F5), HEX(0x6B7A90), HEX(0x28354A)},
     {HEX(0x252F3D), HEX(0x8998AE), HEX(0xDDE5EF)}},
    {"teal",
     {HEX(0xE0F5F3), HEX(0x17857F), HEX(0x0B4B48)},
     {HEX(0x0D3231), HEX(0x3DAEA6), HEX(0xC8F1ED)}},
    {"pink",
     {HEX(0xFDECF4), HEX(0xCC5191), HEX(0x7A1B4D)},
     {HEX(0x3E1A2F), HEX(0xDB70A8), HEX(0xFBD9E9)}},
};
#define TONE_COUNT (sizeof tones / sizeof tones[0])

/* What a class of CSS colours, and which colour of a tone it takes. */
static const struct {
    const char *class_name, *property, *colour;
} slots[] = {
    {"dg-f", "fill", "fill"},
    {"dg-s", "stroke", "stroke"},
    {"dg-h", "fill", "stroke"}, /* heads of edges are filled with the line's colour */
    {"dg-t", "fill", "text"},
};

#define VEIL_ALPHA 153 /* three fifths */

/* What holds for every drawing on a page. */
static const char page_rules[] = "svg.dg{max-width:100%;height:auto}\n"
                                 ".dg a:hover .dg-s,.dg a:focus-visible .dg-s{stroke-width:2.5px}\n"
                                 ".dg a:hover .dg-t{text-decoration:underline}\n";

static Color tone_colour(const Tone *tone, const char *colour, bool is_dark) {
    if (*colour == 'f')
        return is_dark ? tone->dark.fill : tone->light.fill;
    if (*colour == 's')
        return is_dark ? tone->dark.stroke : tone->light.stroke;
    return is_dark ? tone->dark.text : tone->light.text;
}

static const Tone *tone_of_class(Str name) {
    for (size_t i = TONE_FIRST_CLASS; i < TONE_COUNT; i++)
        if (str_equal(name, str_from(tones[i].name)))
            return &tones[i];
    return NULL;
}

Color theme_canvas(bool is_dark) {
    return tone_colour(&tones[TONE_EDGE], "fill", is_dark);
}

Color theme_veil(bool is_dark) {
    Color color = theme_canvas(is_dark);
    color.alpha = is_dark ? VEIL_ALPHA : 0;
    return color;
}

/* ---- What a part looks like ---- */

/* What the author asked for so far; a Color counts when its flag is set. */
typedef struct Wish {
    const Tone *tone;
    Color fill, stroke, text;
    bool has_fill, has_stroke, has_text;
    Coord stroke_width; /* -1: not asked for */
    int opacity;        /* in percent */
    Str dash;
} Wish;

/* width = digits ["." digits] ["px"] */
static bool parse_width(Str text, Coord *width) {
    text = str_trim(text);
    if (str_ends_with(text, STR("px")))
        text.size -= 2;
    size_t dot = str_find_char(text, '.', 0);
    int64_t whole = 0, tenths = 0;
    Str digits = dot == STR_NONE ? text : str_slice(text, 0, dot);
    if (digits.size && !num_parse_range(digits, 0, 1000, &whole))
        return false;
    if (text.size == 0)
        return false; /* "px" alone, which would else take the line away */
    if (dot != STR_NONE && !num_parse_range(str_slice(text, dot + 1, dot + 2), 0, 9, &tenths))
        return false;
    int64_t result = whole * COORD_PER_PX + tenths * COORD_PER_PX / 10;
    *width = result < STROKE_WIDTH_MOST ? (Coord)result : STROKE_WIDTH_MOST;
    return true;
}

/* dash = digits, dots, commas and spaces */
static bool is_dash(Str text) {
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("0123456789., ", text.data[i]) || text.data[i] == '\0')
            return false;
    return !str_is_blank(text) && text.size < 40;
}

/* opacity = "0." digit [digit] | "." digit [digit] | digits "%" ; what is none leaves it as it was.
 */
static void parse_opacity(Str text, int *percent) {
    int64_t value = 0;
    bool is_percent = str_ends_with(text, STR("%"));
    if (is_percent)
        text.size--;
    if (str_starts_with(text, STR("0.")))
        text = str_from_offset(text, 1);
    bool is_fraction = text.size > 1 && text.data[0] == '.';
    Str digits = is_fraction ? str_slice(text, 1, 3) : text;
    if (!num_parse_range(digits, 0, 100, &value) || (!is_percent && !is_fraction && value > 1))
        return;
    if (is_fraction)
        *percent = (int)(digits.size == 1 ? value * 10 : value);
    else
        *percent = (int)(is_percent ? value : value * 100);
}

static void wish_apply(Wish *wish, StyleList style) {
    for (size_t i = 0; i < style.count; i++) {
        Str property = str_trim(style.rules[i].property), value = str_trim(style.rules[i].value);
        bool is_none = str_equal_nocase(value, STR("none"));
        if (str_equal_nocase(property, STR("fill"))) {
            if (is_none)
                wish->fill = (Color){0, 0, 0, 0};
            wish->has_fill |= is_none || color_parse(value, &wish->fill);
        } else if (str_equal_nocase(property, STR("stroke"))) {
            if (is_none)
                wish->stroke_width = 0;
            else
                wish->has_stroke |= color_parse(value, &wish->stroke);
        } else if (str_equal_nocase(property, STR("color"))) {
            wish->has_text |= color_parse(value, &wish->text);
        } else if (str_equal_nocase(property, STR("stroke-width"))) {
            parse_width(value, &wish->stroke_width);
        } else if (str_equal_nocase(property, STR("opacity"))) {
            parse_opacity(value, &wish->opacity);
        } else if (str_equal_nocase(property, STR("stroke-dasharray")) && is_dash(value)) {
            wish->dash = value;
        }
    }
}

/* A classDef by the author comes before the palette: who defines `blue` means that blue. */
static void wish_apply_class(Wish *wish, const SceneLook *look, Str name) {
    bool is_found = false;
    for (size_t i = 0; i < look->class_count; i++)
        if (str_equal(look->classes[i].name, name)) {
            wish_apply(wish, look->classes[i].style);
            is_found = true;
        }
    const Tone *tone = tone_of_class(name);
    if (is_found || !tone)
        return;
    wish->tone = tone; /* and not the colours of classes before it */
    wish->has_fill = wish->has_stroke = wish->has_text = false;
}

Color theme_readable_on(Color fill) {
    Color ink = tones[TONE_NODE].light.text, white = {255, 255, 255, 255};
    return color_contrast(ink, fill) >= color_contrast(white, fill) ? ink : white;
}

/* A colour without a background of its own must be seen on the palette's, in both themes. */
static bool is_seen(const Tone *tone, Color color, int least) {
    return color_contrast(color, tone->light.fill) >= least &&
           color_contrast(color, tone->dark.fill) >= least;
}

static const Tone *tone_of_part(ThemePart part, int depth) {
    if (part == THEME_EDGE)
        return &tones[TONE_EDGE];
    if (part == THEME_NODE)
        return &tones[TONE_NODE];
    return &tones[TONE_GROUP + (depth < 0 ? 0 : depth > 2 ? 2 : depth)];
}

ThemePaint theme_resolve(ThemePart part, int depth, const SceneLook *look, bool is_dark) {
    Wish wish = {.stroke_width = -1, .opacity = 100};
    if (part == THEME_NODE)
        wish_apply_class(&wish, look, STR("default"));
    for (size_t i = 0; i < look->names.count; i++)
        wish_apply_class(&wish, look, look->names.items[i]);
    wish_apply(&wish, look->style);

    const Tone *tone = wish.tone ? wish.tone : tone_of_part(part, depth);
    ThemePaint paint = {.tone = str_from(tone->name),
                        .fill = tone_colour(tone, "fill", is_dark),
                        .stroke = tone_colour(tone, "stroke", is_dark),
                        .text = tone_colour(tone, "text", is_dark),
                        .is_tinted = part == THEME_GROUP && wish.tone && !wish.has_fill,
                        .stroke_width = wish.stroke_width >= 0 ? wish.stroke_width
                                        : part == THEME_GROUP  ? STROKE_WIDTH_GROUP
                                                               : STROKE_WIDTH,
                        .opacity = wish.opacity,
                        .dash = wish.dash};
    bool is_opaque = false;
    if (wish.has_fill && part != THEME_EDGE) {
        paint.fill = wish.fill;
        paint.is_own_fill = true;
        is_opaque = wish.fill.alpha >= 128;
    }
    if (wish.has_stroke &&
        (is_opaque || part == THEME_GROUP || is_seen(tone, wish.stroke, CONTRAST_LEAST_LINE))) {
        paint.stroke = wish.stroke;
        paint.is_own_stroke = true;
    }
    if (wish.has_text ? is_opaque || is_seen(tone, wish.text, CONTRAST_LEAST) : is_opaque) {
        paint.text = wish.has_text ? wish.text : theme_readable_on(wish.fill);
        paint.is_own_text = true;
    }
    return paint;
}

/* ---- The palette as CSS ---- */

static void write_property(Buf *buf, const Tone *tone, const char *colour) {
    buf_add_format(buf, "--dg-%s-%s", tone->name, colour);
}

/* Whoever points at a part or has the focus in it sees its edges: the others pale. */
static void write_end_rules(Buf *buf) {
    buf_add_text(buf, ".dg:has([data-n]:is(:hover,:focus-within)) [data-e]{opacity:.15}\n");
    for (size_t i = 0; i < THEME_END_LIMIT; i++)
        buf_add_format(buf,
                       "%s.dg:has([data-n=\"%zu\"]:is(:hover,:focus-within)) [data-e~=\"%zu\"]",
                       i ? ",\n" : "", i, i);
    buf_add_text(buf, "{opacity:1}\n");
}

void theme_write_css(Buf *buf) {
    static const char *const colours[] = {"fill", "stroke", "text"};
    buf_add_text(buf, ":root{\n");
    for (size_t i = 0; i < TONE_COUNT; i++) {
        for (size_t j = 0; j < 3; j++) {
            write_property(buf, &tones[i], colours[j]);
            buf_add_text(buf, ":light-dark(");
            color_write(buf, tone_colour(&tones[i], colours[j], false));
            buf_add_char(buf, ',');
            color_write(buf, tone_colour(&tones[i], colours[j], true));
            buf_add_text(buf, ");");
        }
        buf_add_char(buf, '\n');
    }
    buf_add_text(buf, "}\n");
    buf_add_text(buf, page_rules);
    write_end_rules(buf);
    buf_add_text(buf, ".dg-veil{fill:light-dark(");
    color_write(buf, theme_veil(false));
    buf_add_char(buf, ',');
    color_write(buf, theme_veil(true));
    buf_add_text(buf, ")}\n");
    for (size_t i = 0; i < TONE_COUNT; i++)
        for (size_t j = 0; j < sizeof slots / sizeof slots[0]; j++) {
            buf_add_format(buf, ".dg-%s .%s{%s:var(", tones[i].name, slots[j].class_name,
                           slots[j].property);
            write_property(buf, &tones[i], slots[j].colour);
            buf_add_text(buf, ")}\n");
        }
}

void theme_write_flat(Buf *buf, bool is_dark) {
    buf_add_text(buf, ".dg-canvas{fill:");
    color_write(buf, theme_canvas(is_dark));
    buf_add_text(buf, "}\n.dg-veil{fill:");
    color_write(buf, theme_veil(is_dark));
    buf_add_text(buf, "}\n");
    for (size_t i = 0; i < TONE_COUNT; i++)
        for (size_t j = 0; j < sizeof slots / sizeof slots[0]; j++) {
            buf_add_format(buf, ".dg-%s .%s{%s:", tones[i].name, slots[j].class_name,
                           slots[j].property);
            color_write(buf, tone_colour(&tones[i], slots[j].colour, is_dark));
            buf_add_text(buf, "}\n");
        }
}
