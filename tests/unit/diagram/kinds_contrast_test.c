/* Every text of a drawing is readable on what is painted below it, in light and dark: 4.5 to 1. The
 * drawings are those of tests/golden, and boxes and rects in colours that authors like. The SVG is
 * read back and painted: rectangles as they are, paths as the box around them. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/color.h"
#include "base/fs.h"
#include "base/limits.h"
#include "diagram/diagram.h"

#include <cmocka.h>

#define LEAST      450
#define PAINTS_MAX 4000

typedef struct Paint {
    double left, top, right, bottom;
    Color color; /* alpha as painted */
} Paint;

/* The value of an attribute of the tag, or of the first one behind it; empty: none. */
static Str attribute(Str text, const char *name) {
    size_t at = str_find(text, str_from(name), 0);
    if (at == STR_NONE)
        return STR("");
    text = str_from_offset(text, at + strlen(name));
    return str_slice(text, 0, str_find_char(text, '"', 0));
}

static double number(Str text) {
    char copy[32] = "";
    memcpy(copy, text.data, text.size < sizeof copy ? text.size : sizeof copy - 1);
    return strtod(copy, NULL);
}

/* Widens the box by all coordinates of a path. */
static void take_path(Str path, Paint *paint) {
    char *copy = calloc(1, path.size + 1), *at = copy;
    memcpy(copy, path.data, path.size);
    *paint = (Paint){1e9, 1e9, -1e9, -1e9, paint->color};
    for (int axis = 0; *at;) {
        char *end;
        double value = strtod(at, &end);
        if (end == at) {
            at++;
            continue;
        }
        at = end;
        double *low = axis ? &paint->top : &paint->left;
        double *high = axis ? &paint->bottom : &paint->right;
        *low = value < *low ? value : *low;
        *high = value > *high ? value : *high;
        axis = !axis;
    }
    free(copy);
}

static Color over(Color below, Color above) {
    Color result = {.alpha = 255};
    uint32_t alpha = above.alpha;
    result.red = (uint8_t)((above.red * alpha + below.red * (255 - alpha)) / 255);
    result.green = (uint8_t)((above.green * alpha + below.green * (255 - alpha)) / 255);
    result.blue = (uint8_t)((above.blue * alpha + below.blue * (255 - alpha)) / 255);
    return result;
}

static bool take_paint(Str tag, Paint *paint) {
    if (!color_parse(attribute(tag, " fill=\""), &paint->color))
        return false;
    Str opacity = attribute(tag, " fill-opacity=\"");
    if (opacity.size)
        paint->color.alpha = (uint8_t)(paint->color.alpha * number(opacity));
    if (str_starts_with(tag, STR("<path"))) {
        take_path(attribute(tag, " d=\""), paint);
        return true;
    }
    paint->left = number(attribute(tag, " x=\""));
    paint->top = number(attribute(tag, " y=\""));
    paint->right = paint->left + number(attribute(tag, " width=\""));
    paint->bottom = paint->top + number(attribute(tag, " height=\""));
    return true;
}

static void check_text(Str tag, Str behind, const Paint *paints, size_t count, const char *what) {
    Color color, ground = {255, 255, 255, 255};
    double x = number(attribute(tag, " x=\"")), y = number(attribute(tag, " y=\"")) - 4;
    if (!attribute(tag, " x=\"").size) { /* several lines: the first one's place */
        x = number(attribute(behind, " x=\""));
        y = number(attribute(behind, " y=\"")) - 4;
    }
    if (!str_equal(attribute(tag, " text-anchor=\""), STR("middle")))
        x += 3;
    assert_true(color_parse(attribute(tag, " fill=\""), &color));
    for (size_t i = 0; i < count; i++)
        if (x >= paints[i].left && x <= paints[i].right && y >= paints[i].top &&
            y <= paints[i].bottom)
            ground = over(ground, paints[i].color);
    if (color_contrast(color, ground) < LEAST)
        fail_msg("%s: contrast %d of \"%.*s\"", what, color_contrast(color, ground),
                 STR_FMT(str_slice(behind, 0, 40)));
}

static void check_svg(Str svg, const char *what, Arena *arena) {
    Paint *paints = ARENA_ARRAY(arena, Paint, PAINTS_MAX);
    size_t count = 0, texts = 0;
    for (size_t at = 0; (at = str_find_char(svg, '<', at)) != STR_NONE; at++) {
        size_t end = str_find_char(svg, '>', at);
        Str tag = str_slice(svg, at, end);
        bool is_area = str_starts_with(tag, STR("<rect")) || str_starts_with(tag, STR("<path"));
        assert_true(count < PAINTS_MAX);
        if (is_area && take_paint(tag, &paints[count]))
            count++;
        if (str_starts_with(tag, STR("<text"))) {
            check_text(tag, str_from_offset(svg, end + 1), paints, count, what);
            texts++;
        }
    }
    assert_true(texts > 0);
}

static void check_source(Str text, const char *what) {
    for (int is_dark = 0; is_dark < 2; is_dark++) {
        Arena *arena = arena_new();
        const Diagram *diagram =
            diagram_compile(source_new(arena, STR("in.mmd"), text), arena, diags_new(arena));
        Buf svg = buf_new(arena);
        DiagramSvgOptions options = {.is_standalone = true, .is_dark = is_dark};
        assert_true(diagram->is_drawn);
        diagram_write_svg(diagram, &options, &svg);
        check_svg(buf_str(&svg), what, arena);
        arena_free(arena);
    }
}

static void test_golden(void **state) {
    (void)state;
    static const char *const kinds[] = {"sequence", "state", "class", "er"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        Arena *arena = arena_new();
        Fs *fs = fs_open_disk(arena, str_format(arena, "tests/golden/%s", kinds[k]));
        FsList list = {.arena = arena};
        Str why;
        assert_true(fs_walk(fs, (FsWalk){.folder = {NULL, 0}}, &list, &why));
        for (size_t i = 0; i < list.count; i++) {
            FsText text = {0};
            Str path = list.entries[i].path;
            if (!str_equal(fs_name_of(path), STR("in.mmd")))
                continue;
            assert_true(fs_read(fs, path, LIMIT_DIAGRAM_SIZE, arena, &text));
            check_source(text.content, str_cstr(arena, path));
        }
        arena_free(arena);
    }
}

/* Boxes and rects in the author's colours, on each other and across. */
static void test_colours(void **state) {
    (void)state;
    static const char *const colours[] = {
        "Aqua",    "red",     "rgb(0,0,0)", "#ffff00",     "rgb(33,66,99)",    "hsl(120, 60%, 50%)",
        "#808080", "Magenta", "white",      "transparent", "rgba(0,0,255,0.9)"};
    size_t count = sizeof colours / sizeof *colours;
    for (size_t i = 0; i < count * count; i++) {
        Arena *arena = arena_new();
        const char *outer = colours[i / count], *inner = colours[i % count];
        Str text = str_format(arena,
                              "sequenceDiagram\n  title T\n  box %s Title of it\n"
                              "  participant A\n  actor B\n  end\n  participant C\n"
                              "  autonumber\n  rect %s\n  A->>+C: over\n  rect %s\n"
                              "  C->>C: self\n  loop often\n  A->>B: within\n  end\n"
                              "  Note over A,C: note\n  end\n  end\n  C-->>-A: back\n",
                              outer, inner, outer);
        check_source(text, str_cstr(arena, str_format(arena, "%s and %s", outer, inner)));
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden),
                                       cmocka_unit_test(test_colours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
