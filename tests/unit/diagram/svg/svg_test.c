#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "base/num.h"
#include "diagram/model/graph_json.h"
#include "diagram/scene/shape.h"
#include "diagram/svg/svg.h"
#include "diagram/syntax/label.h"
#include "raster/png.h"

#include <cmocka.h>

/* Scenes as text, so that cases are files and depend on no layout. Lines of fields parted by '|',
 * places in px; "\n" in a label breaks it, and its inline HTML counts:
 *   size|WIDTH|HEIGHT      title|TEXT      description|TEXT      class|NAME|STYLE
 *   node|ID|SHAPE|CENTRE X|CENTRE Y|LABEL|CLASS|STYLE|LINK|TOOLTIP
 *   group|ID|X|Y|WIDTH|HEIGHT|TITLE|DEPTH|CLASS|STYLE|LINK
 *   edge|FROM|TO|LINE|START|END|x,y x,y ...|LABEL|CLASS|STYLE
 *   legend|KEY|TEXT|X|Y
 *   options|standalone|dark|PREFIX|LINK PREFIX|NAME
 * Classes come before what uses them, nodes before edges; edges end on their nodes. */
#define FIELDS_MAX 12
#define PARTS_MAX  64

typedef struct Case {
    Arena *arena;
    Scene scene;
    SvgOptions options;
    StyleClass classes[PARTS_MAX];
    size_t class_count;
} Case;

static Coord px(Str text) {
    int64_t value = 0;
    if (!num_parse(str_trim(text), &value))
        fail_msg("no number: \"%.*s\"", STR_FMT(text));
    return (Coord)(value * COORD_PER_PX);
}

static Str unescape(Case *test, Str text) {
    Buf buf = buf_new(test->arena);
    for (size_t i = 0; i < text.size; i++) {
        bool is_break = text.data[i] == '\\' && i + 1 < text.size && text.data[i + 1] == 'n';
        buf_add_char(&buf, is_break ? '\n' : text.data[i]);
        i += is_break;
    }
    return buf_str(&buf);
}

static StyleList read_style(Case *test, Str text) {
    StyleList style = {ARENA_ARRAY(test->arena, StyleRule, 8), 0, 8};
    while (text.data && text.size && style.count < 8) {
        Str value = str_cut(&text, ';'), property = str_cut(&value, ':');
        style.rules[style.count++] = (StyleRule){str_trim(property), str_trim(value)};
    }
    return style;
}

static SceneLook read_look(Case *test, Str name, Str style) {
    SceneLook look = {.classes = test->classes, .class_count = test->class_count};
    if (name.size) {
        look.names = (StrList){ARENA_NEW(test->arena, Str), 1, 1};
        look.names.items[0] = name;
    }
    look.style = read_style(test, style);
    return look;
}

static SceneText read_text(Case *test, Str text, int size_px, TextFace face) {
    LabelText label = {.text = unescape(test, text)};
    if (str_find(text, STR("</"), 0) != STR_NONE)
        label = label_read(label.text, test->arena);
    TextStyle style = {.face = face, .size_px = size_px, .is_markdown = true, .marks = label.marks};
    SceneText result = {.block = text_layout(label.text, style, test->arena)};
    result.box.width = result.block.width;
    result.box.height = result.block.height;
    return result;
}

static void read_node(Case *test, const Str *field) {
    SceneNode *node = &test->scene.nodes[test->scene.node_count++];
    int shape = 0;
    while (shape < SHAPE_COUNT && !str_equal(graph_shape_name((NodeShape)shape), field[2]))
        shape++;
    if (shape == SHAPE_COUNT)
        fail_msg("no shape \"%.*s\"", STR_FMT(field[2]));
    *node = (SceneNode){.id = field[1],
                        .shape = (NodeShape)shape,
                        .text = read_text(test, field[5], 14, TEXT_REGULAR),
                        .look = read_look(test, field[6], field[7]),
                        .link = field[8],
                        .tooltip = field[9],
                        .parent = GRAPH_NONE};
    shape_size(node->shape, node->text.box.width, node->text.box.height, &node->box.width,
               &node->box.height);
    node->box.x = px(field[3]) - node->box.width / 2;
    node->box.y = px(field[4]) - node->box.height / 2;
    Box room = shape_text_box(node->shape, node->box);
    node->text.box.x = room.x + (room.width - node->text.box.width) / 2;
    node->text.box.y = room.y + (room.height - node->text.box.height) / 2;
}

static void read_group(Case *test, const Str *field) {
    SceneGroup *group = &test->scene.groups[test->scene.group_count++];
    *group = (SceneGroup){.id = field[1],
                          .box = {px(field[2]), px(field[3]), px(field[4]), px(field[5])},
                          .title = read_text(test, field[6], 12, TEXT_BOLD),
                          .depth = px(field[7]) / COORD_PER_PX,
                          .look = read_look(test, field[8], field[9]),
                          .link = field[10],
                          .parent = GRAPH_NONE};
    for (size_t i = 0; i + 1 < test->scene.group_count; i++) {
        Box outer = test->scene.groups[i].box, box = group->box;
        if (box.x > outer.x && box.x < outer.x + outer.width && box.y > outer.y &&
            box.y < outer.y + outer.height)
            group->parent = (uint32_t)i;
    }
    group->title.anchor = SCENE_START;
    group->title.box.x = group->box.x + COORD_OF_PX(12);
    group->title.box.y = group->box.y + COORD_OF_PX(8);
}

static int read_name(Str name, Str (*name_of)(int value), int count) {
    for (int i = 0; i < count; i++)
        if (str_equal(name, name_of(i)))
            return i;
    fail_msg("no name \"%.*s\"", STR_FMT(name));
    return 0;
}

static Str line_name(int line) {
    return graph_line_name((EdgeLine)line);
}

static Str head_name(int head) {
    return graph_head_name((EdgeHead)head);
}

/* Moves the end of an edge onto the outline of the node called `id`. */
static void reach_node(const Case *test, Str id, Point *end, Point before) {
    for (size_t i = 0; i < test->scene.node_count; i++) {
        const SceneNode *node = &test->scene.nodes[i];
        if (!str_equal(node->id, id))
            continue;
        bool is_level = end->y == before.y;
        bool is_far = is_level ? before.x > end->x : before.y > end->y;
        Side side = is_level ? (is_far ? SIDE_RIGHT : SIDE_LEFT) : is_far ? SIDE_BOTTOM : SIDE_TOP;
        Coord inset = shape_inset(node->shape, node->box, side, is_level ? end->y : end->x);
        Coord low = is_level ? node->box.x : node->box.y;
        Coord length = is_level ? node->box.width : node->box.height;
        *(is_level ? &end->x : &end->y) = is_far ? low + length - inset : low + inset;
    }
}

static void read_edge(Case *test, const Str *field) {
    SceneEdge *edge = &test->scene.edges[test->scene.edge_count++];
    *edge = (SceneEdge){.from = field[1],
                        .to = field[2],
                        .line = (EdgeLine)read_name(field[3], line_name, 4),
                        .start = (EdgeHead)read_name(field[4], head_name, 4),
                        .end = (EdgeHead)read_name(field[5], head_name, 4),
                        .points = ARENA_ARRAY(test->arena, Point, 16),
                        .label = read_text(test, field[7], 11, TEXT_REGULAR),
                        .look = read_look(test, field[8], field[9])};
    for (Str rest = field[6]; rest.data && edge->point_count < 16;) {
        Str y = str_cut(&rest, ' '), x = str_cut(&y, ',');
        edge->points[edge->point_count++] = (Point){px(x), px(y)};
    }
    size_t last = edge->point_count - 1;
    reach_node(test, edge->from, &edge->points[0], edge->points[1]);
    reach_node(test, edge->to, &edge->points[last], edge->points[last - 1]);
    Point a = edge->points[last / 2], b = edge->points[(last + 1) / 2];
    edge->label.box.x = (a.x + b.x - edge->label.box.width) / 2;
    edge->label.box.y = (a.y + b.y - edge->label.box.height) / 2;
}

static void read_legend(Case *test, const Str *field) {
    SceneLegendRow *row = &test->scene.legend[test->scene.legend_count++];
    *row =
        (SceneLegendRow){.key = field[1],
                         .text = read_text(test, field[2], 12, TEXT_REGULAR),
                         .sample = {px(field[3]), px(field[4]), COORD_OF_PX(24), COORD_OF_PX(12)}};
    row->text.anchor = SCENE_START;
    row->text.box.x = row->sample.x + COORD_OF_PX(32);
    row->text.box.y = row->sample.y - COORD_OF_PX(2);
}

static void read_size(Case *test, const Str *field) {
    test->scene.width = px(field[1]);
    test->scene.height = px(field[2]);
}

static void read_title(Case *test, const Str *field) {
    test->scene.title = field[1];
}

static void read_description(Case *test, const Str *field) {
    test->scene.description = field[1];
}

static void read_class(Case *test, const Str *field) {
    test->classes[test->class_count++] =
        (StyleClass){.name = field[1], .style = read_style(test, field[2])};
}

static void read_options(Case *test, const Str *field) {
    test->options = (SvgOptions){.is_standalone = field[1].size > 0,
                                 .is_dark = field[2].size > 0,
                                 .id_prefix = field[3],
                                 .link_prefix = field[4],
                                 .name = field[5]};
}

static const struct {
    const char *word;
    void (*read)(Case *test, const Str *field);
} words[] = {
    {"node", read_node},       {"group", read_group},
    {"edge", read_edge},       {"class", read_class},
    {"size", read_size},       {"title", read_title},
    {"legend", read_legend},   {"description", read_description},
    {"options", read_options},
};

static void read_case(Case *test, Str text, Arena *arena) {
    *test = (Case){.arena = arena};
    test->scene = (Scene){.font_size_px = 14,
                          .role_word = STR("Flowchart"),
                          .nodes = ARENA_ARRAY(arena, SceneNode, PARTS_MAX),
                          .edges = ARENA_ARRAY(arena, SceneEdge, PARTS_MAX),
                          .groups = ARENA_ARRAY(arena, SceneGroup, PARTS_MAX),
                          .legend = ARENA_ARRAY(arena, SceneLegendRow, PARTS_MAX)};
    while (text.data) {
        Str line = str_cut_line(&text), field[FIELDS_MAX] = {{0}};
        if (line.size == 0)
            continue;
        for (size_t i = 0; i < FIELDS_MAX && line.data; i++)
            field[i] = str_cut(&line, '|');
        size_t row = 0;
        while (row < sizeof words / sizeof words[0] &&
               !str_equal(field[0], str_from(words[row].word)))
            row++;
        if (row == sizeof words / sizeof words[0])
            fail_msg("no word \"%.*s\"", STR_FMT(field[0]));
        words[row].read(test, field);
    }
}

/* What librsvg or a strict content security policy does not take (docs of the SVG profile). */
static void check_profile(Str name, Str svg) {
    static const char *const banned[] = {"<style",
                                         " style=",
                                         "var(",
                                         "<script",
                                         "javascript:",
                                         "foreignObject",
                                         "dominant-baseline",
                                         "textLength",
                                         "transform-origin",
                                         "@media",
                                         "vector-effect",
                                         "<marker",
                                         " on",
                                         "NaN",
                                         "url("};
    for (size_t i = 0; i < sizeof banned / sizeof banned[0]; i++)
        if (str_find(svg, str_from(banned[i]), 0) != STR_NONE)
            fail_msg("%.*s holds \"%s\"", STR_FMT(name), banned[i]);
}

/* The drawing is drawn, and all of its ink lies on the canvas. */
static void check_ink(Str name, Str svg, Arena *arena) {
    RasterExtent ink;
    Str why = STR("");
    if (!raster_extent(svg, &ink, arena, &why))
        fail_msg("%.*s: %.*s", STR_FMT(name), STR_FMT(why));
    if (ink.left < 0 || ink.top < 0 || ink.right > ink.width || ink.bottom > ink.height)
        fail_msg("%.*s: ink from %.1f,%.1f to %.1f,%.1f leaves %.0f x %.0f", STR_FMT(name),
                 ink.left, ink.top, ink.right, ink.bottom, ink.width, ink.height);
}

/* Every folder of tests/golden/svg holds in.scene and out.svg. GOLDEN=1 writes out.svg anew. */
static void test_golden(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR("tests/golden/svg"));
    FsList list = {.arena = arena};
    Str why = STR("");
    size_t case_count = 0, out_count = 0;
    assert_true(fs_walk(fs, (FsWalk){0}, &list, &why));
    for (size_t i = 0; i < list.count; i++) {
        Str path = list.entries[i].path, folder = fs_folder_of(path);
        out_count += str_equal(fs_name_of(path), STR("out.svg"));
        if (!str_equal(fs_name_of(path), STR("in.scene")))
            continue;
        case_count++;
        FsText text, expected;
        Case *test = ARENA_NEW(arena, Case);
        assert_true(fs_read(fs, path, 1 << 20, arena, &text));
        read_case(test, text.content, arena);
        Buf svg = buf_new(arena);
        svg_write(&test->scene, &test->options, &svg);
        check_profile(folder, buf_str(&svg));
        check_ink(folder, buf_str(&svg), arena);
        Str out_path = str_format(arena, "%.*s/out.svg", STR_FMT(folder));
        if (getenv("GOLDEN"))
            assert_true(fs_write(fs, out_path, buf_str(&svg), &why));
        if (!fs_read(fs, out_path, 1 << 20, arena, &expected))
            fail_msg("%.*s: %.*s", STR_FMT(out_path), STR_FMT(expected.why));
        if (!str_equal(buf_str(&svg), expected.content))
            fail_msg("%.*s differs; got:\n%.*s", STR_FMT(out_path), STR_FMT(buf_str(&svg)));
    }
    assert_true(case_count >= 6);
    if (!getenv("GOLDEN"))
        assert_int_equal(out_count, case_count);
    arena_free(arena);
}

/* A drawing that takes its fonts along names those that its text is set in, and no others. */
static void test_fonts(void **state) {
    (void)state;
    static const char *const italic =
                                 "'Inter';font-style:italic;src:url(data:font/otf;base64,T1RUTw",
                             *const bold =
                                 "'Inter';font-weight:600;src:url(data:font/otf;base64,T1RUTw",
                             *const plain = "'Inter';src:url(data:font/otf;base64,T1RUTw",
                             *const mono = "'JetBrains Mono';src:url(data:font/otf;base64,AAEAAA";
    const struct {
        const char *scene, *fonts[4];
    } rows[] = {
        {"size|100|100", {NULL}},
        {"size|300|90\nnode|a|rect|90|45|one|", {plain}},
        {"size|300|90\nnode|a|rect|90|45|<b>one</b>|", {bold}},
        {"size|300|90\nnode|a|rect|90|45|one <i>two</i>|", {plain, italic}},
        {"size|300|90\nnode|a|rect|90|45|one <b>two</b> <code>three</code>|", {plain, bold, mono}},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Case *test = ARENA_NEW(arena, Case);
        read_case(test, str_from(rows[i].scene), arena);
        test->options.has_fonts = true;
        Buf svg = buf_new(arena);
        svg_write(&test->scene, &test->options, &svg);
        size_t count = 0, expected = 0;
        for (size_t at = 0; (at = str_find(buf_str(&svg), STR("@font-face"), at)) != STR_NONE; at++)
            count++;
        for (; expected < 4 && rows[i].fonts[expected]; expected++)
            if (str_find(buf_str(&svg), str_from(rows[i].fonts[expected]), 0) == STR_NONE)
                fail_msg("%s: no %s in\n%.*s", rows[i].scene, rows[i].fonts[expected],
                         STR_FMT(buf_str(&svg)));
        assert_int_equal(count, expected);
        check_ink(str_from(rows[i].scene), buf_str(&svg), arena);
    }
    arena_free(arena);
}

static void test_text_is_escaped(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        const char *expected;
    } rows[] = {
        {"a & b", 5, "a &amp; b"},
        {"<script>\"x\"", 11, "&lt;script&gt;&quot;x&quot;"},
        {"]]>", 3, "]]&gt;"},
        {"it's", 4, "it's"},
        {"Größe → ✓", 15, "Größe → ✓"},
        {"a\0b\1\x1f\x7f", 6,
         "a\xEF\xBF\xBD"
         "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xff\xc0\xaf", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xEF\xBF\xBE", 3, "\xEF\xBF\xBD"}, /* U+FFFE is not allowed in XML */
        {"\xED\xA0\x80", 3, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"}, /* nor half a surrogate */
        {"", 0, ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Buf buf = buf_new(arena);
        svg_text(&buf, (Str){rows[i].text, rows[i].size});
        if (!str_equal(buf_str(&buf), str_from(rows[i].expected)))
            fail_msg("row %zu: \"%.*s\"", i, STR_FMT(buf_str(&buf)));
    }
    arena_free(arena);
}

static void test_links(void **state) {
    (void)state;
    static const struct {
        const char *link, *expected; /* NULL: no link is written */
    } rows[] = {
        {"page.html", "../page.html"},
        {"a/b.html#x:y", "../a/b.html#x:y"},
        {"https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2"},
        {"MAILTO:a@example.org", "MAILTO:a@example.org"},
        {"javascript:alert(1)", NULL},
        {"JavaScript:alert(1)", NULL},
        {"java\tscript:alert(1)", NULL},
        {"\x01javascript:alert(1)", NULL},
        {" javascript:alert(1)", NULL},
        {"data:text/html,x", NULL},
        {"x\ny", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena *arena = arena_new();
        SceneNode node = {.id = STR("a"), .link = str_from(rows[i].link)};
        Scene scene = {.font_size_px = 14, .nodes = &node, .node_count = 1};
        Buf buf = buf_new(arena);
        svg_write(&scene, &(SvgOptions){.link_prefix = STR("../")}, &buf);
        Str wanted = rows[i].expected ? str_format(arena, "<a href=\"%s\">", rows[i].expected)
                                      : STR("role=\"img\"");
        if (str_find(buf_str(&buf), wanted, 0) == STR_NONE)
            fail_msg("row %zu: %.*s", i, STR_FMT(buf_str(&buf)));
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_fonts),
        cmocka_unit_test(test_text_is_escaped),
        cmocka_unit_test(test_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
