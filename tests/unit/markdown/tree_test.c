#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "markdown/md.h"
#include "markdown/splice.h"

#include <cmocka.h>

static MdDoc *parse(Arena *arena, const char *text) {
    return md_parse(source_new(arena, STR("a.md"), str_from(text)), arena, diags_new(arena));
}

static void plain_text_has_no_markup(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"a *b* `c` ~~d~~\n", "a b c d"},
        {"a\nb  \nc\\\nd\n", "a b c d"},
        {"![alt *x*](y) [l](z)\n", "alt x l"},
        {"a\n\nb\n\n- c\n- d\n", "a b c d"},
        {"a <b>c</b>[^1]\n\n[^1]: note\n", "a c note"},
        {"| a | b |\n|---|---|\n| c | d |\n", "a b c d"},
        {"&lt;x&gt; \\*\n", "<x> *"},
        {"", ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str text = md_plain_text(parse(arena, cases[i].text)->root, arena);
        assert_string_equal(str_cstr(arena, text), cases[i].expected);
    }
    arena_free(arena);
}

/* Replaces every image and gives the page. */
static void check_replaced(const char *text, const char *expected) {
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, text);
    for (size_t i = 0; i < doc->link_count; i++)
        if (doc->links[i]->kind == MD_IMAGE)
            md_replace(doc->links[i], STR("<figure></figure>"));
    Buf out = buf_new(arena);
    md_render(doc, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void markup_takes_a_whole_paragraph(void **state) {
    (void)state;
    check_replaced("![a](b)\n", "<figure></figure>\n");
    check_replaced("x ![a](b) y\n", "<p>x <figure></figure> y</p>\n");
    check_replaced("*![a](b)*\n", "<figure></figure>\n");
    check_replaced("![a](b)\n![c](d)\n", "<p><figure></figure>\n<figure></figure></p>\n");
    check_replaced("- ![a](b)\n", "<ul>\n<li>\n<figure></figure>\n</li>\n</ul>\n");
    check_replaced("# ![a](b)\n",
                   "<div class=\"heading\"><h1 id=\"section\"><figure></figure></h1><a "
                   "class=\"anchor\" href=\"#section\" aria-label=\"Link to this heading: "
                   "\">#</a></div>\n");
}

/* The same with what a paragraph may not hold. */
static void check_parted(const char *text, const char *expected) {
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, text);
    for (size_t i = doc->link_count; i > 0; i--) {
        MdNode *node = doc->links[i - 1];
        if (node->kind == MD_IMAGE)
            md_replace_block(node, str_format(arena, "<figure>%.*s</figure>", STR_FMT(node->url)),
                             arena);
    }
    Buf out = buf_new(arena);
    md_render(doc, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void a_block_parts_its_paragraph(void **state) {
    (void)state;
    check_parted("![a](b)\n", "<figure>b</figure>\n");
    check_parted("x ![a](b) y\n", "<p>x </p>\n<figure>b</figure>\n<p> y</p>\n");
    check_parted("![a](b) y\n", "<figure>b</figure>\n<p> y</p>\n");
    check_parted("![a](b)\n![a](c)\n", "<figure>b</figure>\n<figure>c</figure>\n");
    check_parted("x\n![a](b)\ny ![a](c) z\n",
                 "<p>x</p>\n<figure>b</figure>\n<p>y </p>\n<figure>c</figure>\n<p> z</p>\n");
    check_parted("u **v *w ![a](b) x* y** z\n",
                 "<p>u <strong>v <em>w </em></strong></p>\n<figure>b</figure>\n"
                 "<p><strong><em> x</em> y</strong> z</p>\n");
    check_parted("x [y ![a](b) ![a](c) z](https://d.example) u\n",
                 "<p>x <a href=\"https://d.example\">y   z</a></p>\n<figure>b</figure>\n"
                 "<figure>c</figure>\n<p> u</p>\n");
    /* An item without paragraphs holds blocks as it is. */
    check_parted("- x ![a](b) y\n- z\n",
                 "<ul>\n<li>x \n<figure>b</figure>\n y</li>\n<li>z</li>\n</ul>\n");
    check_parted(
        "| x |\n| - |\n| *y ![a](b)* z |\n",
        "<div class=\"table-wrap\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n"
        "<thead>\n<tr>\n<th scope=\"col\">x</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
        "<td><em>y </em><figure>b</figure> z</td>\n</tr>\n</tbody>\n</table>\n</div>\n");
    check_parted("# x ![a](b) ![a](c) y\n\nz\n",
                 "<div class=\"heading\"><h1 id=\"x---y\">x   y</h1><a class=\"anchor\" "
                 "href=\"#x---y\" aria-label=\"Link to this heading: x   y\">#</a></div>\n"
                 "<figure>b</figure>\n<figure>c</figure>\n<p>z</p>\n");
}

static void a_code_block_is_replaced(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, "a\n\n```mermaid\nx\n```\n\nb\n");
    md_replace(doc->code_blocks[0], STR("<svg></svg>"));
    Buf out = buf_new(arena);
    md_render(doc, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), "<p>a</p>\n<svg></svg>\n<p>b</p>\n");
    arena_free(arena);
}

static void children_render_alone(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, "# A *b* `c` <d>\n");
    Buf out = buf_new(arena);
    md_render_children(doc->headings[0].node, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), "A <em>b</em> <code>c</code> &lt;d&gt;");
    arena_free(arena);
}

static void flags_of_the_site_are_followed(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, "[a](b) [c](https://d) ![e](f)\n");
    doc->links[0]->is_broken = doc->links[2]->is_broken = true;
    doc->links[1]->is_external = true;
    Buf out = buf_new(arena);
    md_render(doc, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)),
                        "<p><span class=\"broken\">a</span> <a href=\"https://d\" "
                        "rel=\"noopener\">c</a> <span class=\"broken\">e</span></p>\n");
    arena_free(arena);
}

static void lists_hold_every_node(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc =
        parse(arena, "---\na: b\n---\n# H\n[a](b) ![c](d) www.e.f <i> <!-- no -->\n\n```\nx\n"
                     "```\n\n<!-- no -->\n\n<div>\n");
    assert_int_equal(doc->heading_count, 1);
    assert_string_equal(str_cstr(arena, doc->headings[0].text), "H");
    assert_int_equal(doc->link_count, 3);
    assert_int_equal(doc->code_block_count, 1);
    assert_int_equal(doc->html_count, 2);
    assert_string_equal(str_cstr(arena, span_text(doc->front_matter)), "a: b\n");
    arena_free(arena);
}

/* What cannot be read is shown, not lost. */
static void bad_bytes_are_shown_as_code(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, "# a\n\xFF<b>\n");
    Buf out = buf_new(arena);
    md_read_html(doc, MD_HTML_ALL, arena, diags_new(arena));
    md_render(doc, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)),
                        "<pre tabindex=\"0\"><code># a\n\xEF\xBF\xBD&lt;b&gt;\n</code></pre>\n");
    arena_free(arena);
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_has_no_markup),
        cmocka_unit_test(markup_takes_a_whole_paragraph),
        cmocka_unit_test(a_block_parts_its_paragraph),
        cmocka_unit_test(a_code_block_is_replaced),
        cmocka_unit_test(children_render_alone),
        cmocka_unit_test(flags_of_the_site_are_followed),
        cmocka_unit_test(lists_hold_every_node),
        cmocka_unit_test(bad_bytes_are_shown_as_code),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
