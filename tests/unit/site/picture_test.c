#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "site/picture.h"

#include <cmocka.h>

static Str draw(Arena *arena, Str text, Diags *diags) {
    Buf out = buf_new(arena);
    PictureView view = {STR("A <b>"), STR("p1-")};
    return picture_inline(source_new(arena, STR("a.svg"), text), &view, &out, diags)
               ? buf_str(&out)
               : (Str){NULL, 0};
}

#define ROOT                                                                                       \
    "<svg class=\"picture\" role=\"img\" aria-labelledby=\"p1-picture-title\">"                    \
    "<title id=\"p1-picture-title\">A &lt;b&gt;</title>"

/* What stands inside of <svg>, drawn; `finding` is its message, "" for none. */
static void check(const char *inside, const char *expected, const char *finding) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Str got =
        draw(arena, str_format(arena, "<?xml version=\"1.0\"?>\n<svg>%s</svg>\n", inside), diags);
    assert_string_equal(str_cstr(arena, got),
                        str_cstr(arena, str_format(arena, ROOT "%s\n</svg>", expected)));
    Str message = diags_count(diags) ? diags_get(diags, 0)->message : STR("");
    assert_string_equal(str_cstr(arena, message), finding);
    arena_free(arena);
}

static void check_removed(const char *inside, const char *expected, const char *what) {
    Arena *arena = arena_new();
    check(inside, expected,
          str_cstr(arena, str_format(arena,
                                     "what runs or loads something is left out of the drawing: "
                                     "\"%s\"",
                                     what)));
    arena_free(arena);
}

static void drawings_stay(void **state) {
    (void)state;
    check("<path d='M0 0h9' fill=\"#08f\"/>", "<path d=\"M0 0h9\" fill=\"#08f\"/>", "");
    check("<g id=\"a\"/><use xlink:href=\"#a\"/>", "<g id=\"p1-a\"/><use href=\"#p1-a\"/>", "");
    check("<rect style=\"fill: url(#g); stroke:red;x:y\"/>",
          "<rect fill=\"url(#p1-g)\" stroke=\"red\"/>", "");
    check("<text>a &amp; <![CDATA[<b>]]></text>", "<text>a &amp; &lt;b&gt;</text>", "");
    check("<title>own</title><g><title>part</title></g>", "<g><title>part</title></g>", "");
    check("<inkscape:x><rect/></inkscape:x><a href=\"x\"><g class=\"c\"/></a>", "<g><g/></g>",
          "what runs or loads something is left out of the drawing: \"x\"");
    check("<rect transform=\"rotate(9)\" fill=\"rgb(1 2 3)\"/>",
          "<rect transform=\"rotate(9)\" fill=\"rgb(1 2 3)\"/>", "");
    /* Two things; the first is cut between two letters. */
    check("<a href=\"xééééééééééééééééééééééééééééééééééééééé\"/><script/>", "<g/>",
          "2 things that run or load something are left out of the drawing, first "
          "\"xééééééééééééééééééééééééééééé\"");
}

/* A root without content is one with a title all the same. */
static void an_empty_drawing(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str got = draw(arena, STR("<svg/>"), diags_new(arena));
    assert_string_equal(str_cstr(arena, got), ROOT "\n</svg>");
    arena_free(arena);
}

static void what_runs_or_loads_is_left_out(void **state) {
    (void)state;
    check_removed("<script>alert(1)</script>", "", "script");
    check_removed("<g><script href=\"x\"/></g>", "<g></g>", "script");
    check_removed("<rect onload=\"x()\"/>", "<rect/>", "onload");
    check_removed("<rect ONCLICK='x()'/>", "<rect/>", "ONCLICK");
    check_removed("<a href=\"javascript:x()\"><rect/></a>", "<g><rect/></g>", "javascript:x()");
    check_removed("<foreignObject><p>x</p></foreignObject>", "", "foreignObject");
    check_removed("<use href=\"b.svg#x\"/>", "<use/>", "b.svg#x");
    check_removed("<image href=\"https://e.x/a.png\"/>", "<image/>", "https://e.x/a.png");
    check_removed("<image href=\"data:image/svg+xml;base64,AA\"/>", "<image/>",
                  "data:image/svg+xml;base64,AA");
    check_removed("<use href=\"data:image/svg+xml,x\"/>", "<use/>", "data:image/svg+xml,x");
    check_removed("<rect fill=\"url(https://e.x/#a)\"/>", "<rect/>", "url(https://e.x/#a)");
    check_removed("<rect style=\"fill:u\\72l(//e.x)\"/>", "<rect/>", "u\\72l(//e.x)");
    check_removed("<rect fill=\"url&#40;//e.x)\"/>", "<rect/>", "url&#40;//e.x)");
    check_removed("<rect fill='URL( \"//e.x\" )'/>", "<rect/>", "URL( \"//e.x\" )");
    check_removed("<a><set attributeName=\"href\" to=\"javascript:x\"/></a>", "<g></g>", "set");
    check("<title><img src='x'></img>t</title>", "", "");
    check("<g><title><rect/>t</title></g>", "<g><title>t</title></g>", "");
    check("<rect fill='\"><script>'/>", "<rect fill=\"&quot;&gt;&lt;script&gt;\"/>", "");
}

/* Classes as Illustrator, Inkscape and Figma write them; a sheet itself never comes to the page. */
static void style_sheets_become_attributes(void **state) {
    (void)state;
    check("<style>.a{fill:#08f;stroke:none}.b,rect{opacity:.5}</style><rect class=\"a\"/>"
          "<path class=\"x b a\"/><g/>",
          "<rect fill=\"#08f\" stroke=\"none\" opacity=\".5\"/>"
          "<path fill=\"#08f\" stroke=\"none\" opacity=\".5\"/><g/>",
          "");
    /* The later rule wins over the earlier, a class over a name, an id over both, style over all.
     */
    check("<style type='text/css'><![CDATA[/* x */ #i { fill: #111 } .a{fill:#222}.a{fill:#333}"
          "path{fill:#444}]]></style><path class=\"a\" fill=\"#000\"/><path fill=\"#000\"/>"
          "<path id=\"i\" class=\"a\"/><path id=\"i\" style=\"fill:#555\"/>",
          "<path fill=\"#333\"/><path fill=\"#444\"/><path id=\"p1-i\" fill=\"#111\"/>"
          "<path id=\"p1-i\" fill=\"#555\"/>",
          "");
    check("<style>g .a{fill:#111}g&gt;.a{}svg > g > .b{fill:#222}.b:hover{fill:#333}"
          "@media print{.b{fill:#444}}@font-face{src:url(x)}@import 'y';.c{stroke:#555!important}"
          "</style><path class=\"a\"/><g><g><path class=\"a\"/><path class=\"b\"/></g>"
          "<path class=\"b c\"/></g>",
          "<path/><g><g><path fill=\"#111\"/><path/></g><path fill=\"#222\" stroke=\"#555\"/></g>",
          "");
    check("<style>.a{fill:url(#g)}</style><path class=\"a\"/>", "<path fill=\"url(#p1-g)\"/>", "");
    check("<path fill=\"#fff\" style=\"fill: light-dark(#fff, var(--x, #000)); color: red\"/>",
          "<path fill=\"#fff\" color=\"red\"/>", "");
    check("<style>}{.a{fill:red}</style><path class=\"a\"/>", "<path/>", "");
    check_removed("<style>.a{fill:url(http://x/)}</style><path class=\"a\"/>", "<path/>",
                  "url(http://x/)");
    check_removed("<style>.a{fill:ur\\6c(x)}</style><path class=\"a\"/>", "<path/>", "ur\\6c(x)");
}

static void check_refused(Str text, const char *finding) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    assert_null(draw(arena, text, diags).data);
    assert_int_equal(diags_count(diags), 1);
    assert_string_equal(
        str_cstr(arena, diags_get(diags, 0)->message),
        str_cstr(arena, str_format(arena, "the drawing stays an image: %s", finding)));
    arena_free(arena);
}

static void what_cannot_be_trusted_stays_an_image(void **state) {
    (void)state;
    check_refused(STR("<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg>&b;</svg>"),
                  "it declares entities of its own");
    check_refused(STR("<svg>&b;</svg>"), "an entity is not one of XML's own");
    check_refused(STR("<html><svg/></html>"), "it does not begin with <svg>");
    check_refused(STR("<svg><g></svg>"), "an end tag fits no tag");
    check_refused(STR("<svg><g"), "a tag has no end");
    check_refused(STR("<svg"), "a tag has no end");
    check_refused(STR("<svg a=b/>"), "an attribute has no value in quotes");
    check_refused(STR("<svg><!-- x"), "a comment or instruction has no end");
    check_refused(STR("<svg>"), "it ends too early");
    check_refused(STR(""), "it ends too early");
    check_refused(STR("\x89PNG"), "it ends too early");
    check_refused(STR("<svg>< </svg>"), "a \"<\" begins no tag");
}

static void great_depth_is_refused(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "<svg>");
    while (text.size < (size_t)10 << 20)
        buf_add_text(&text, "<g>");
    check_refused(buf_str(&text), "it is nested more than 100 deep");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawings_stay),
        cmocka_unit_test(an_empty_drawing),
        cmocka_unit_test(what_runs_or_loads_is_left_out),
        cmocka_unit_test(style_sheets_become_attributes),
        cmocka_unit_test(what_cannot_be_trusted_stays_an_image),
        cmocka_unit_test(great_depth_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
