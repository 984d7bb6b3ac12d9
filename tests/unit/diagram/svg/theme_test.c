#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/svg/theme.h"

#include <cmocka.h>

static const char *const tone_names[] = {"node",  "group", "level2", "level3", "edge",
                                         "blue",  "amber", "purple", "green",  "red",
                                         "slate", "teal",  "pink"};
#define TONES       (sizeof tone_names / sizeof tone_names[0])
#define FIRST_CLASS 5

/* The colour that the flat style sheet gives to `.dg-TONE .dg-SLOT`. */
static Color css_colour(Str css, const char *tone, const char *slot, Arena *arena) {
    Str selector = str_format(arena, ".dg-%s .dg-%s{", tone, slot);
    size_t at = str_find(css, selector, 0);
    if (at == STR_NONE)
        fail_msg("no rule %.*s", STR_FMT(selector));
    size_t hash = str_find_char(css, '#', at);
    Color color = {0, 0, 0, 0};
    assert_true(color_parse(str_slice(css, hash, hash + 7), &color));
    return color;
}

static Color mix(Color over, Color under, int percent) {
    return (Color){(uint8_t)((over.red * percent + under.red * (100 - percent)) / 100),
                   (uint8_t)((over.green * percent + under.green * (100 - percent)) / 100),
                   (uint8_t)((over.blue * percent + under.blue * (100 - percent)) / 100), 255};
}

static void check_contrast(const char *what, const char *tone, Color a, Color b, int least) {
    int contrast = color_contrast(a, b);
    if (contrast < least)
        fail_msg("%s of %s: contrast %d, at least %d (1/100)", what, tone, contrast, least);
}

/* Text 4.5:1 (WCAG 1.4.3) and lines of nodes and edges 3:1 (1.4.11), on whatever they can stand
 * on. */
static void test_contrast(void **state) {
    (void)state;
    for (int is_dark = 0; is_dark < 2; is_dark++) {
        Arena *arena = arena_new();
        Buf buf = buf_new(arena);
        theme_write_flat(&buf, is_dark);
        Str css = buf_str(&buf);
        Color grounds[4] = {theme_canvas(is_dark)};
        for (size_t i = 1; i < 4; i++)
            grounds[i] = css_colour(css, tone_names[i], "f", arena);
        for (size_t i = 0; i < TONES; i++) {
            const char *tone = tone_names[i];
            Color fill = css_colour(css, tone, "f", arena),
                  text = css_colour(css, tone, "t", arena);
            Color stroke = css_colour(css, tone, "s", arena);
            check_contrast("text", tone, text, fill, 450);
            bool is_group = i >= 1 && i < 4;
            for (size_t j = 0; j < 4 && !is_group; j++)
                check_contrast("line", tone, stroke, grounds[j], 300);
            /* A group of this class shows 45 of 100 parts of its fill. */
            for (size_t j = 0; j < 4 && i >= FIRST_CLASS; j++)
                check_contrast("title", tone, text, mix(fill, grounds[j], 45), 450);
            /* A node without outline stands on the page or a group. */
            for (size_t j = 0; j < 4 && i == 0; j++)
                check_contrast("bare text", tone, text, grounds[j], 450);
        }
        assert_true(str_find(css, STR("var("), 0) == STR_NONE);
        arena_free(arena);
    }
}

/* The style sheet of pages names every property that it uses. */
static void test_page_css(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf buf = buf_new(arena);
    theme_write_css(&buf);
    Str css = buf_str(&buf);
    size_t count = 0;
    for (size_t at = 0; (at = str_find(css, STR("var("), at)) != STR_NONE; count++) {
        size_t end = str_find_char(css, ')', at);
        Str name = str_slice(css, at + 4, end);
        Str definition = str_format(arena, "%.*s:light-dark(#", STR_FMT(name));
        if (str_find(css, definition, 0) == STR_NONE)
            fail_msg("no definition of %.*s", STR_FMT(name));
        at = end;
    }
    assert_int_equal(count, 4 * TONES);
    arena_free(arena);
}

/* What authors write, and what comes of it: `fill stroke text width dash`, with a star behind a
 * colour that is the author's own. */
static void test_author_styles(void **state) {
    (void)state;
    static const struct {
        ThemePart part;
        const char *class_name, *style, *expected;
    } rows[] = {
        {THEME_NODE, "", "", "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "blue", "", "blue #e9f1fe #3b78dc #143b7c 1.5"},
        {THEME_NODE, "nothing", "", "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "own", "", "node #ff99ff* #333333* #172033* 4"},
        /* Only a fill: the text is chosen to be read on it. */
        {THEME_NODE, "", "fill:#1f2937", "node #1f2937* #64748b #ffffff* 1.5"},
        {THEME_NODE, "", "fill:yellow", "node #ffff00* #64748b #172033* 1.5"},
        {THEME_NODE, "", "fill:#fff;color:#ccc", "node #ffffff* #64748b #cccccc* 1.5"},
        /* Only a text colour: kept where it can be read in both themes. */
        {THEME_NODE, "", "color:#000", "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "", "color:#d22", "node #ffffff #64748b #dd2222* 1.5"},
        /* Without a fill the page's colours show through. */
        {THEME_NODE, "", "fill:none", "node #00000000* #64748b #172033 1.5"},
        {THEME_NODE, "", "fill:transparent;stroke:none", "node #00000000* #64748b #172033 0"},
        {THEME_NODE, "", "stroke:rgb(255 0 0);stroke-width:2.5px",
         "node #ffffff #ff0000* #172033 2.5"},
        {THEME_NODE, "", "stroke-width:99;stroke-dasharray:5 5",
         "node #ffffff #64748b #172033 12 5 5"},
        {THEME_NODE, "", "FILL: #abc", "node #aabbcc* #64748b #172033* 1.5"},
        /* What is no colour or number is ignored. */
        {THEME_NODE, "", "fill:url(javascript:x);stroke:var(--x);stroke-width:calc(1px)",
         "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "", "stroke-width:px;stroke-width:;stroke-width:2.px;stroke-width:thin",
         "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "", "stroke-dasharray:1\" onload=\"x", "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "", "fill:#12345;fill:rgb(1,2);fill:hsl(a,b,c)",
         "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "blue", "fill:#000", "blue #000000* #3b78dc #ffffff* 1.5"},
        /* A line must be seen in both themes, unless its author's fill lies behind it. */
        {THEME_NODE, "", "stroke:#333", "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "", "fill:#eee;stroke:#333", "node #eeeeee* #333333* #172033* 1.5"},
        {THEME_EDGE, "", "stroke:black", "edge #ffffff #66758b #3a475c 1.5"},
        {THEME_EDGE, "", "stroke:#fafafa", "edge #ffffff #66758b #3a475c 1.5"},
        {THEME_EDGE, "", "stroke:orange", "edge #ffffff #ffa500* #3a475c 1.5"},
        {THEME_NODE, "", "opacity:0.5", "node #ffffff #64748b #172033 1.5 (50%)"},
        {THEME_NODE, "", "opacity:.25", "node #ffffff #64748b #172033 1.5 (25%)"},
        {THEME_NODE, "", "opacity:70%", "node #ffffff #64748b #172033 1.5 (70%)"},
        {THEME_NODE, "", "opacity:0", "node #ffffff #64748b #172033 1.5 (0%)"},
        {THEME_NODE, "", "opacity:1.0", "node #ffffff #64748b #172033 1.5"},
        {THEME_NODE, "", "opacity:2;opacity:-1;opacity:x;opacity:.",
         "node #ffffff #64748b #172033 1.5"},
        {THEME_GROUP, "", "", "group #f6f8fb #cfd7e3 #475569 1"},
        {THEME_GROUP, "", "fill:#000", "group #000000* #cfd7e3 #ffffff* 1"},
        {THEME_EDGE, "", "stroke:#f00,fill:none", "edge #ffffff #66758b #3a475c 1.5"},
        {THEME_EDGE, "", "stroke:#f00;fill:none", "edge #ffffff #ff0000* #3a475c 1.5"},
        {THEME_EDGE, "", "color:#d22", "edge #ffffff #66758b #dd2222* 1.5"},
    };
    StyleRule own[] = {{STR("fill"), STR("#f9f")},
                       {STR("stroke"), STR("#333")},
                       {STR("stroke-width"), STR("4px")}};
    StyleClass classes[] = {{.name = STR("own"), .style = {own, 3, 3}}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena *arena = arena_new();
        Str name = str_from(rows[i].class_name);
        StyleRule rules[4];
        SceneLook look = {.classes = classes, .class_count = 1, .names = {&name, 1, 1}};
        look.style = (StyleList){rules, 0, 4};
        for (Str rest = str_from(rows[i].style); rest.size && rest.data;) {
            Str value = str_cut(&rest, ';'), property = str_cut(&value, ':');
            rules[look.style.count++] = (StyleRule){property, value};
        }
        ThemePaint paint = theme_resolve(rows[i].part, 0, &look, false);
        Buf buf = buf_new(arena);
        buf_add(&buf, paint.tone);
        buf_add_char(&buf, ' ');
        color_write(&buf, paint.fill);
        buf_add_text(&buf, paint.is_own_fill ? "* " : " ");
        color_write(&buf, paint.stroke);
        buf_add_text(&buf, paint.is_own_stroke ? "* " : " ");
        color_write(&buf, paint.text);
        buf_add_text(&buf, paint.is_own_text ? "* " : " ");
        buf_add_fixed(&buf, paint.stroke_width, COORD_PER_PX, 2);
        if (paint.dash.size)
            buf_add_char(&buf, ' ');
        buf_add(&buf, paint.dash);
        if (paint.opacity != 100)
            buf_add_format(&buf, " (%d%%)", paint.opacity);
        if (!str_equal(buf_str(&buf), str_from(rows[i].expected)))
            fail_msg("\"%s\": %.*s, expected %s", rows[i].style, STR_FMT(buf_str(&buf)),
                     rows[i].expected);
        arena_free(arena);
    }
}

/* The class that comes last wins, be it the author's or a built-in one. */
static void test_order_of_classes(void **state) {
    (void)state;
    StyleRule all[] = {{STR("fill"), STR("#fde68a")}, {STR("stroke"), STR("#b45309")}};
    StyleClass classes[] = {{.name = STR("default"), .style = {all, 2, 2}},
                            {.name = STR("warm"), .style = {all, 2, 2}}};
    Str names[] = {STR("warm"), STR("green")};
    SceneLook look = {.classes = classes, .class_count = 2, .names = {names, 0, 2}};
    assert_int_equal(theme_resolve(THEME_NODE, 0, &look, false).fill.red, 0xfd);
    look.names.count = 2;
    ThemePaint paint = theme_resolve(THEME_NODE, 0, &look, false);
    assert_false(paint.is_own_fill || paint.is_own_stroke || paint.is_own_text);
    names[0] = STR("green");
    names[1] = STR("warm");
    assert_true(theme_resolve(THEME_NODE, 0, &look, false).is_own_fill);
}

static void test_colours(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected; /* NULL: no colour */
    } rows[] = {
        {"#fff", "#ffffff"},
        {"#F80", "#ff8800"},
        {"#1f29", "#11ff2299"},
        {"#12345678", "#12345678"},
        {" rebeccapurple ", "#663399"},
        {"LightGray", "#d3d3d3"},
        {"transparent", "#00000000"},
        {"rgb(1, 2, 3)", "#010203"},
        {"rgba(255,0,0,0.5)", "#ff000080"},
        {"rgb(0 128 255 / 50%)", "#0080ff80"},
        {"rgb(100%, 0%, 50%)", "#ff0080"},
        {"rgb(300,-5,12.6)", "#ff000d"},
        {"hsl(0, 100%, 50%)", "#ff0000"},
        {"hsl(120, 100%, 25%)", "#008000"},
        {"hsl(210deg 50% 40%)", "#336699"},
        {"hsl(-150, 50%, 40%)", "#336699"},
        {"hsla(240,100%,50%,1)", "#0000ff"},
        {"", NULL},
        {"#", NULL},
        {"#12", NULL},
        {"#ggg", NULL},
        {"rgb(1,2)", NULL},
        {"rgb(1,2,3,4,5)", NULL},
        {"rgb(1,2,3", NULL},
        {"rgbx(1,2,3)", NULL},
        {"hsl(1,2,200%)", NULL},
        {"url(#x)", NULL},
        {"currentColor", NULL},
        {"expression(1)", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena *arena = arena_new();
        Color color = {1, 2, 3, 4};
        bool is_colour = color_parse(str_from(rows[i].text), &color);
        Buf buf = buf_new(arena);
        color_write(&buf, color);
        const char *expected = rows[i].expected ? rows[i].expected : "#01020304";
        if (is_colour != (rows[i].expected != NULL) ||
            !str_equal(buf_str(&buf), str_from(expected)))
            fail_msg("\"%s\": %.*s", rows[i].text, STR_FMT(buf_str(&buf)));
        arena_free(arena);
    }
    Color black = {0, 0, 0, 255}, white = {255, 255, 255, 255}, grey = {0x77, 0x77, 0x77, 255};
    assert_int_equal(color_contrast(black, white), 2100);
    assert_int_equal(color_contrast(white, white), 100);
    assert_int_equal(color_contrast(grey, white), 447); /* the known example just below 4.5 */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast),      cmocka_unit_test(test_page_css),
        cmocka_unit_test(test_author_styles), cmocka_unit_test(test_order_of_classes),
        cmocka_unit_test(test_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
