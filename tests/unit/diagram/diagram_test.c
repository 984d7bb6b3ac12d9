#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/diagram.h"
#include "diagram/scene/scene.h"

#include <cmocka.h>

/* Findings as `line:column message [rule] (hint)`, one per line. */
static Str findings_text(const Diags *diags, Arena *arena) {
    Buf buf = buf_new(arena);
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        Place place = span_place(diag->at);
        Str rule = diag_rule_name(diag->rule);
        if (i)
            buf_add_char(&buf, '\n');
        buf_add_format(&buf, "%u:%u %.*s [%.*s] (%.*s)", place.line, place.column,
                       STR_FMT(diag->message), STR_FMT(rule), STR_FMT(diag->hint));
    }
    return buf_str(&buf);
}

static void check_equal(Str is, const char *expected) {
    if (!str_equal(is, str_from(expected)))
        fail_msg("got:\n%.*s\nexpected:\n%s", STR_FMT(is), expected);
}

static void test_kinds_that_are_not_drawn(void **state) {
    (void)state;
    static const struct {
        const char *text, *kind, *findings;
    } rows[] = {
        {"pie\n  \"A\" : 1\n", "pie chart",
         "1:1 docsgen does not draw \"pie\" yet [diagram/unsupported] "
         "(its source is shown instead)"},
        {"%% note\ngantt\n", "Gantt chart",
         "2:1 docsgen does not draw \"gantt\" yet [diagram/unsupported] "
         "(its source is shown instead)"},
        {"flowhcart LR\nA-->B\n", "flowhcart",
         "1:1 no kind of diagram is called \"flowhcart\" [diagram/syntax] "
         "(begin with a line such as \"flowchart LR\")"},
        {"", "",
         "1:1 the diagram is empty [diagram/syntax] (begin with a line such as \"flowchart LR\")"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena *arena = arena_new();
        Diags *diags = diags_new(arena);
        const Source *source = source_new(arena, STR("x.mmd"), str_from(rows[i].text));
        Diagram *diagram = diagram_compile(source, arena, diags);
        assert_false(diagram->is_drawn);
        check_equal(diagram->kind, rows[i].kind);
        check_equal(findings_text(diags, arena), rows[i].findings);
        Buf out = buf_new(arena);
        diagram_write_svg(diagram, &(DiagramSvgOptions){0}, &out);
        diagram_write_text(diagram, &out);
        diagram_write_json(diagram, &out);
        diagram_write_layout(diagram, &out);
        assert_int_equal(out.size, 0);
        arena_free(arena);
    }
}

static void test_refused_text_is_not_drawn(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Diagram *diagram = diagram_compile(
        source_new(arena, STR("x.mmd"), STR("flowchart LR\nA --> [\n")), arena, diags);
    assert_false(diagram->is_drawn);
    assert_true(diags_count(diags) > 0);
    arena_free(arena);
}

static const char example[] = "---\n"
                              "title: Two tiers\n"
                              "docsgen:\n"
                              "  caption: How it hangs together\n"
                              "  legend: {blue: Application, \"-->\": write, \"-.->\": read}\n"
                              "---\n"
                              "flowchart LR\n"
                              "  user([User]):::blue\n"
                              "  subgraph vpc[VPC]\n"
                              "    subgraph private[\"Private<br/>subnet\"]\n"
                              "      db[(\"`**Data**base`\")]\n"
                              "    end\n"
                              "    app[App]:::blue\n"
                              "  end\n"
                              "  user -->|HTTPS| app\n"
                              "  app -.-> db\n"
                              "  app <--> vpc\n"
                              "  app ~~~ user\n"
                              "  db --- user\n"
                              "  click app \"pages/app.md\" \"More\"\n"
                              "  click db href \"https://example.org/\"\n";

static Diagram *compile_example(Arena *arena) {
    Diags *diags = diags_new(arena);
    Diagram *diagram =
        diagram_compile(source_new(arena, STR("x.mmd"), str_from(example)), arena, diags);
    check_equal(findings_text(diags, arena), "");
    assert_true(diagram->is_drawn);
    return diagram;
}

static void test_words(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diagram *diagram = compile_example(arena);
    check_equal(diagram->title, "Two tiers");
    check_equal(diagram->caption, "How it hangs together");
    check_equal(diagram->kind, "flowchart");
    Buf out = buf_new(arena);
    diagram_write_text(diagram, &out);
    check_equal(buf_str(&out), "Two tiers\n"
                               "\n"
                               "Groups and nodes:\n"
                               "- User\n"
                               "- VPC\n"
                               "  - App\n"
                               "  - Private subnet\n"
                               "    - Database\n"
                               "\n"
                               "Connections:\n"
                               "- User to App: HTTPS (write)\n"
                               "- App to Database (read)\n"
                               "- App to and from VPC (write)\n"
                               "- Database with User\n");
    arena_free(arena);
}

/* Every drawing has a description; the author's own comes first. */
static void test_descriptions(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"flowchart LR\na", "Flowchart with 1 node and 0 connections."},
        {"flowchart LR\na --> b --> c\nb ~~~ d", "Flowchart with 4 nodes and 2 connections."},
        {"flowchart LR\nsubgraph g\na\nend\nsubgraph h\nb\nend\na --> b",
         "Flowchart with 2 nodes in 2 groups and 1 connection."},
        {"flowchart LR\naccDescr: How a request\na --> b", "How a request"},
        {"stateDiagram-v2\n[*] --> a\na --> b", "State diagram with 2 states and 2 transitions."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        const Diagram *diagram = diagram_compile(
            source_new(arena, STR("x.mmd"), str_from(rows[i].text)), arena, diags_new(arena));
        Buf svg = buf_new(arena);
        diagram_write_svg(diagram, &(DiagramSvgOptions){.id_prefix = STR("d1-")}, &svg);
        Str wanted = str_format(arena, "<desc id=\"d1-desc\">%s</desc>", rows[i].expected);
        if (str_find(buf_str(&svg), wanted, 0) == STR_NONE)
            fail_msg("no \"%.*s\" in %.*s", STR_FMT(wanted), STR_FMT(buf_str(&svg)));
        if (str_find(buf_str(&svg), STR(" aria-describedby=\"d1-desc\""), 0) == STR_NONE)
            fail_msg("nothing refers to the description");
        arena_free(arena);
    }
}

/* What has no effect is told once, and what has one is not. */
static void test_style_notes(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"flowchart LR\na\nstyle a fill:#fff,stroke:#000,stroke-width:2px,color:red,opacity:0.5",
         ""},
        {"flowchart LR\na\nstyle a font-size:12px,font-weight:bold,font-style:italic", ""},
        {"%%{init: {'theme': 'default'}}%%\nflowchart LR\na", ""},
        {"%%{init: {'theme': 'dark'}}%%\nflowchart LR\na", "1: not used: theme \"dark\""},
        {"%%{init: {'theme': 'base', 'themeVariables': {'primaryColor': '#fff', 'lineColor': "
         "'#f00'}}}%%\nflowchart LR\na",
         ""},
        {"---\nconfig:\n  theme: base\n  themeVariables:\n    fontFamily: X\n    edgeLabelBackground: "
         "red\n---\nflowchart LR\na",
         "5: not used: fontFamily, edgeLabelBackground"},
        {"flowchart LR\na --> b\nclassDef x rx:5,ry:5\nclass a x\nstyle b rx:2,text-align:left",
         "3: not used: rx, ry, text-align"},
        {"flowchart LR\na\nstyle a a:1,b:1,c:1,d:1,e:1,f:1,g:1,h:1,i:1,j:1",
         "2: not used: a, b, c, d, e, f, g, h and 2 more"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        Diags *diags = diags_new(arena);
        diagram_compile(source_new(arena, STR("x.mmd"), str_from(rows[i].text)), arena, diags);
        Str found = STR("");
        for (size_t k = 0; k < diags_count(diags); k++) {
            const Diag *diag = diags_get(diags, k);
            if (diag->rule != DIAG_DIAGRAM_STYLE)
                continue;
            assert_int_equal(found.size, 0);
            found =
                str_format(arena, "%u: %.*s", span_place(diag->at).line, STR_FMT(diag->message));
        }
        if (!str_equal(found, str_from(rows[i].expected)))
            fail_msg("row %zu: \"%.*s\", expected \"%s\"", i, STR_FMT(found), rows[i].expected);
        arena_free(arena);
    }
}

/* Fonts that an author asks for are measured, so that text stays in its box. */
static void test_fonts_of_authors(void **state) {
    (void)state;
    static const struct {
        const char *style;
        int size_px;
        TextFace face;
    } rows[] = {
        {"font-size:20px", 20, TEXT_REGULAR},
        {"font-size:12pt", 16, TEXT_REGULAR},
        {"font-size:1.5em", 21, TEXT_REGULAR},
        {"font-size:150%", 21, TEXT_REGULAR},
        {"font-size:18", 18, TEXT_REGULAR},
        {"font-size:1px", 9, TEXT_REGULAR},
        {"font-size:900px", 48, TEXT_REGULAR},
        {"font-size:large", 14, TEXT_REGULAR},
        {"font-size:-5px", 14, TEXT_REGULAR},
        {"font-weight:bold", 14, TEXT_BOLD},
        {"font-weight:700", 14, TEXT_BOLD},
        {"font-weight:400", 14, TEXT_REGULAR},
        {"font-style:italic", 14, TEXT_ITALIC},
        {"font-style:italic,font-weight:bold", 14, TEXT_BOLD},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        Str text =
            str_format(arena, "flowchart LR\na[Some text]:::x\nclassDef x %s", rows[i].style);
        const Diagram *diagram =
            diagram_compile(source_new(arena, STR("x.mmd"), text), arena, diags_new(arena));
        const TextBlock *block = &diagram->scene->nodes[0].text.block;
        if (block->size_px != rows[i].size_px || block->lines[0].runs[0].face != rows[i].face)
            fail_msg("%s: %d px, face %d", rows[i].style, block->size_px,
                     (int)block->lines[0].runs[0].face);
        arena_free(arena);
    }
}

/* ---- The title above a drawing ---- */

static Diagram *compile_titled(const char *body, Arena *arena) {
    Str text = str_format(arena, "---\ntitle: A title that is said once\n---\n%s", body);
    return diagram_compile(source_new(arena, STR("x.mmd"), text), arena, diags_new(arena));
}

static size_t count_of(Str text, Str part) {
    size_t count = 0;
    for (size_t at = 0; (at = str_find(text, part, at)) != STR_NONE; at += part.size)
        count++;
    return count;
}

/* All kinds draw it, above all else and on the canvas, and both forms of the SVG have the name. */
static void test_titles_are_drawn(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "flowchart LR\na --> b",
        "flowchart TB\nsubgraph g\na --> b\nend\nb -->|x| c",
        "stateDiagram-v2\n[*] --> a",
        "classDiagram\nA \"1\" --> \"*\" B",
        "erDiagram\nA ||--o{ B : has",
        "sequenceDiagram\nbox Two\nactor A\nend\nA->>B: x",
        "flowchart LR\naccTitle: Other\n",
        "sequenceDiagram\ntitle A title that is said once\nA->>B: x"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        Arena *arena = arena_new();
        Diagram *diagram = compile_titled(bodies[i], arena);
        const Scene *scene = diagram->scene;
        Box title = scene->heading.box;
        assert_true(title.x >= 0 && title.y >= 0 && title.x + title.width <= scene->width);
        assert_true(scene->body.y >= title.y + title.height);
        assert_true(scene->body.y + scene->body.height == scene->height);
        assert_true(diagram->body_height_px < diagram->height_px);
        for (size_t k = 0; k < scene->node_count; k++)
            assert_true(scene->nodes[k].box.y >= scene->body.y);
        Buf with = buf_new(arena), without = buf_new(arena);
        diagram_write_svg(diagram, &(DiagramSvgOptions){0}, &with);
        diagram_write_svg(diagram, &(DiagramSvgOptions){.has_no_heading = true}, &without);
        assert_int_equal(count_of(buf_str(&with), STR("said once</text>")), 1);
        assert_int_equal(count_of(buf_str(&without), STR("said once</text>")), 0);
        assert_int_equal(
            count_of(buf_str(&without), STR("<title>A title that is said once</title>")), 1);
        assert_int_equal(count_of(buf_str(&with), STR("viewBox=\"0 0 ")), 1);
        assert_int_equal(count_of(buf_str(&without), STR("viewBox=\"0 0 ")), 0);
        arena_free(arena);
    }
}

/* What is said of all connections comes before what one says itself; one from a group to itself
 * goes around its corner and stays on the canvas. */
static void test_lines_of_all_and_of_one(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str text =
        STR("flowchart LR\nsubgraph g\na --> b\nend\ng -->|again| g\n"
            "linkStyle default stroke:#ff0000\nlinkStyle 0 stroke-width:4px,stroke:#0000ff\n");
    Diags *diags = diags_new(arena);
    Diagram *diagram = diagram_compile(source_new(arena, STR("x.mmd"), text), arena, diags);
    assert_int_equal(diags_count(diags), 0);
    Buf svg = buf_new(arena);
    diagram_write_svg(diagram, &(DiagramSvgOptions){0}, &svg);
    assert_int_equal(count_of(buf_str(&svg), STR("stroke=\"#0000ff\" stroke-width=\"4\"")), 1);
    assert_int_equal(count_of(buf_str(&svg), STR("fill=\"none\" stroke=\"#ff0000\"")), 1);
    const Scene *scene = diagram->scene;
    const SceneEdge *loop = &scene->edges[1];
    Box group = scene->groups[0].box;
    assert_int_equal(loop->points[0].y, group.y);
    assert_int_equal(loop->points[loop->point_count - 1].x, group.x + group.width);
    for (size_t i = 0; i < loop->point_count; i++)
        assert_true(loop->points[i].y >= 0 && loop->points[i].x <= scene->width);
    assert_true(loop->label.box.y >= 0);
    arena_free(arena);
}

/* A drawing is as wide as it was without its title, until that would have to be broken early. */
static void test_titles_of_small_drawings(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Scene *scene = compile_titled("flowchart TB\na --> b", arena)->scene;
    assert_int_equal(scene->heading.block.line_count, 1);
    assert_true(scene->width > scene->body.width);
    Box node = scene->nodes[0].box, title = scene->heading.box;
    assert_true(abs(2 * node.x + node.width - 2 * title.x - title.width) <= 4);
    arena_free(arena);
}

/* A line runs as its first letter does; digits and signs before it decide nothing. */
static void test_lines_from_the_right(void **state) {
    (void)state;
    static const struct {
        const char *label;
        size_t count; /* lines that run from the right */
    } rows[] = {
        {"plain", 0},           {"\u05d0\u05d1?", 1},       {"2. \u0627\u0628!", 1},
        {"API \u05d0", 0},      {"\u05d0 API", 1},          {"\u05d0<br/>b<br/>\u05d2", 2},
        {"<b>\u05d0</b> b", 1}, {"\u6570\u636e \u05d0", 0}, {"?!", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        Str text = str_format(arena, "flowchart LR\na[\"%s\"]", rows[i].label);
        const Diagram *diagram =
            diagram_compile(source_new(arena, STR("x.mmd"), text), arena, diags_new(arena));
        Buf svg = buf_new(arena);
        diagram_write_svg(diagram, &(DiagramSvgOptions){0}, &svg);
        size_t found = count_of(buf_str(&svg), STR(" direction=\"rtl\""));
        if (found != rows[i].count)
            fail_msg("%s: %zu lines from the right", rows[i].label, found);
        arena_free(arena);
    }
}

static void test_links_can_be_replaced(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diagram *diagram = compile_example(arena);
    assert_int_equal(diagram->link_count, 2);
    for (size_t i = 0; i < diagram->link_count; i++)
        if (str_equal(*diagram->links[i].url, STR("pages/app.md"))) {
            assert_int_equal(span_place(diagram->links[i].at).line, 20);
            *diagram->links[i].url = STR("pages/app.html");
        }
    Buf out = buf_new(arena);
    diagram_write_svg(diagram, &(DiagramSvgOptions){.link_prefix = STR("../")}, &out);
    Str svg = buf_str(&out);
    assert_true(str_find(svg, STR("<a href=\"../pages/app.html\">"), 0) != STR_NONE);
    assert_true(str_find(svg, STR("<a href=\"https://example.org/\">"), 0) != STR_NONE);
    assert_true(str_find(svg, STR("<title>More</title>"), 0) != STR_NONE);
    assert_true(str_find(svg, STR("role=\"group\""), 0) != STR_NONE);
    arena_free(arena);
}

/* Long labels, legends and lists of classes take time and room in proportion. The test runner's
 * limit catches a hang. */
static void test_hostile_sizes(void **state) {
    (void)state;
    static const struct {
        const char *before, *part, *after;
        size_t count;
    } rows[] = {
        {"flowchart LR\na[\"", "word ", "\"]-->b\n", 12000},
        {"flowchart LR\na[\"", "x", "\"]-->b\n", 60000},
        {"flowchart LR\na[\"`", "**a* _b ", "`\"]-->b\n", 6000},
        {"flowchart LR\na-->|\"", "label & <b> ", "\"|b\n", 5000},
        {"flowchart LR\n", "style a fill:#f00,stroke:#0f0\n", "", 3000},
        {"---\ndocsgen:\n  legend:\n", "    ? key\n", "---\nflowchart LR\na-->b\n", 1000},
        {"flowchart LR\n", "subgraph s\nn\nend\n", "", 300},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Arena *arena = arena_new();
        Buf text = buf_new(arena), out = buf_new(arena);
        buf_add_text(&text, rows[i].before);
        for (size_t j = 0; j < rows[i].count; j++)
            buf_add_text(&text, rows[i].part);
        buf_add_text(&text, rows[i].after);
        Diags *diags = diags_new(arena);
        Diagram *diagram =
            diagram_compile(source_new(arena, STR("x.mmd"), buf_str(&text)), arena, diags);
        diagram_write_svg(diagram, &(DiagramSvgOptions){0}, &out);
        assert_int_equal(diagram->is_drawn, out.size > 0);
        assert_true(diagram->is_drawn || diags_count(diags) > 0);
        assert_true(out.size < text.size * 20 + 20000);
        arena_free(arena);
    }
}

static void test_same_text_same_bytes(void **state) {
    (void)state;
    Str first = STR("");
    Arena *arenas[2] = {arena_new(), arena_new()};
    for (int i = 0; i < 2; i++) {
        Buf out = buf_new(arenas[i]);
        diagram_write_svg(compile_example(arenas[i]), &(DiagramSvgOptions){0}, &out);
        if (i == 0)
            first = buf_str(&out);
        else
            assert_true(str_equal(first, buf_str(&out)));
    }
    arena_free(arenas[0]);
    arena_free(arenas[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_that_are_not_drawn),
        cmocka_unit_test(test_refused_text_is_not_drawn),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_style_notes),
        cmocka_unit_test(test_fonts_of_authors),
        cmocka_unit_test(test_titles_are_drawn),
        cmocka_unit_test(test_lines_of_all_and_of_one),
        cmocka_unit_test(test_titles_of_small_drawings),
        cmocka_unit_test(test_lines_from_the_right),
        cmocka_unit_test(test_links_can_be_replaced),
        cmocka_unit_test(test_hostile_sizes),
        cmocka_unit_test(test_same_text_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
