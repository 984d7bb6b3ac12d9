#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "markdown/md.h"

#include <cmocka.h>

/* Everything whose place cmark gets wrong, or might. Text here has no escapes and no entities, so
 * that a slice of the source must equal it. */
static const char varied[] =
    "\xEF\xBB\xBF---\ntitle: Spans\n---\n"
    "# Heading *with* `code` ##\n\nSetext **over\ntwo** lines\n===\n\n"
    "Plain text, *em **both***, __strong__ and ``code ` span``.  \nBehind a break\\\nand another\n"
    "   over-indented line\n\tand a tab [link](a.md \"title\") ![image *alt*](<b c.svg>)\n\n"
    "> quote\n> > deeper\nlazy line\n>\n> - list in it\nlazy in the list\n\n"
    "1. one\n   text\n\n   - nested [full][ref] and [ref][] and [ref]\n2. - [x] task `a`\n   - [ ] *b*\n\n"
    "| head | *two* |\n|:--|--:|\n| `a` | [cell](c.md) |\n| short |\n|| empty first |\n\n"
    "text right above\nin two lines\n| a | b |\n|---|---|\n| c | d |\n\n"
    "- item\n  text above\n  | x | y |\n  |---|---|\n  | z **w** |v|\n  no pipe at all\n\n"
    "no | outer\n--- | ---\n  in | dented\n\n"
    "> | q | r |\n> |---|---|\n> | s | t |\n\n"
    "A note[^n] and bare www.example.org, https://example.org/a_(b), me@example.org.\n"
    "Raw <b>html</b> and <https://auto.example> ~~struck *em*~~ and ~one~.\n\n"
    "[^n]: The *note*\n    goes on\n\n    - and on\n\n"
    "[ref]: target.md\n  \"over two lines\"\n"
    "> [!TIP]\n> In an *alert*\n\nCRLF line\r\nand *more*\r\n\r\n| a | b |\r\n|---|---|\r\n| c | d |\r\n\r\n"
    "日本語 *テキスト* é\n";

static MdDoc *parse(Arena *arena, const char *text) {
    return md_parse(source_new(arena, STR("a.md"), str_from(text)), arena, diags_new(arena));
}

static void every_text_is_a_slice(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, varied);
    size_t count = 0;
    for (MdNode *node = doc->root; node; node = md_next(doc->root, node)) {
        if (node->kind != MD_TEXT)
            continue;
        count++;
        assert_string_equal(str_cstr(arena, span_text(node->at)), str_cstr(arena, node->text));
    }
    assert_int_equal(count, 98);
    arena_free(arena);
}

static bool is_within(Span inner, Span outer) {
    return inner.source == outer.source && inner.start >= outer.start &&
           inner.start + inner.size <= outer.start + outer.size;
}

static void children_stand_inside(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, varied);
    for (MdNode *node = doc->root->first; node; node = md_next(doc->root, node)) {
        assert_true(is_within(node->at, node->parent->at));
        if (node->kind == MD_LINK || node->kind == MD_IMAGE)
            assert_true(is_within(node->url_at, node->at));
        if (node->prev && node->kind != MD_FOOTNOTE)
            assert_true(node->at.start >= node->prev->at.start + node->prev->at.size);
    }
    arena_free(arena);
}

/* The slices of all nodes of a kind, one behind the other. */
static void check_slices(const char *text, MdKind kind, const char *expected) {
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, text);
    Buf out = buf_new(arena);
    for (MdNode *node = doc->root; node; node = md_next(doc->root, node)) {
        if (node->kind == kind) {
            buf_add(&out, span_text(node->at));
            buf_add_char(&out, '#');
        }
    }
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void nodes_have_their_slices(void **state) {
    (void)state;
    check_slices("a *b* **c _d_**\n", MD_EMPHASIS, "*b*#_d_#");
    check_slices("a ``b ` c`` `d\n  e`\n", MD_CODE, "``b ` c``#`d\n  e`#");
    check_slices("a\\*b &amp; c\n", MD_TEXT, "a\\*b &amp; c#");
    check_slices("| a \\| b | `x \\| y` |\n|---|---|\n| c \\| *d* | e |\n", MD_TABLE_CELL,
                 "a \\| b#`x \\| y`#c \\| *d*#e#");
    check_slices("| a | b |\n|---|---|\n| short\n", MD_TABLE_CELL, "a#b#short##");
    check_slices("x \\| y\n| a |\n|---|\n", MD_TEXT, "x \\| y#a#");
    check_slices("- a\n\n  b\n- c\n", MD_ITEM, "- a\n\n  b#- c#");
    check_slices("> a\nb\n\nc\n", MD_QUOTE, "> a\nb#");
    check_slices("```x\na\n b\n```\n\n    c\n\n~~~\n", MD_CODE_BLOCK, "a\n b#c##");
    check_slices("- ```\n  a\n    b\n  ```\n", MD_CODE_BLOCK, "a\n    b#");
    check_slices("# a #\nb\n---\n", MD_HEADING, "# a ##b#");
    check_slices("~~a *b*~~ ~c~\n", MD_STRIKE, "~~a *b*~~#~c~#");
    check_slices("a[^x] b[^x]\n\n[^x]: c\n", MD_FOOTNOTE_REF, "[^x]#[^x]#");
    check_slices("a\n| b |\n|---|\n| c |\n", MD_TABLE, "| b |\n|---|\n| c |#");
}

static void check_urls(const char *text, const char *expected) {
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, text);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < doc->link_count; i++) {
        buf_add(&out, span_text(doc->links[i]->url_at));
        buf_add_text(&out, "=");
        buf_add(&out, doc->links[i]->url);
        buf_add_char(&out, '#');
    }
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void destinations_stand_where_written(void **state) {
    (void)state;
    check_urls("[a](b.md) [c]( <d e> 't' ) [f](g_(h)\n\"t\")\n", "b.md=b.md#d e=d e#g_(h)=g_(h)#");
    check_urls("[a](b\\_c&amp;d) ![e](f%20g.png)\n", "b\\_c&amp;d=b_c&d#f%20g.png=f%20g.png#");
    check_urls("[a][b] [b][] [b] ![x *y*][b]\n\n[b]: c.md\n", "b=c.md#b=c.md#b=c.md#b=c.md#");
    check_urls("<http://a.b> <c@d.e> www.f.g\n",
               "http://a.b=http://a.b#c@d.e=mailto:c@d.e#www.f.g=http://www.f.g#");
    check_urls("[![a](b.svg)](c.md)\n", "c.md=c.md#b.svg=b.svg#");
    /* An address may hide in entities, but not in escapes. */
    check_urls("http&colon;//a.b\n", "http&colon;//a.b=http://a.b#");
    check_urls("ww&#119;.a.b\n", "ww&#119;.a.b=http://www.a.b#");
    check_urls("a&commat;b.c\n", "a&commat;b.c=mailto:a@b.c#");
    check_urls("http\\://a.b www\\.a.b http:\\//a.b\n", "");
    check_urls("me@a.b\n", "me@a.b=mailto:me@a.b#");
    check_urls("[a] (not a link)\n\n[a](x y)\n\n[a]: z.md\n", "a=z.md#a=z.md#");
    check_urls("| [a](b\\|c.md) |\n|---|\n", "b\\|c.md=b|c.md#");
    check_urls("[]()\n", "=#");
    check_urls("[a](<b\\>c> (t)) [d](e 'f\\'') [g](h \"i\\\"\")\n", "b\\>c=b>c#e=e#h=h#");
    check_urls("[a](<b\nc>) [d](e (f(g)) [h](i \"j) [k](<l<m>)\n\n[a]: z.md\n", "a=z.md#");
    check_urls("[a][b\\]c] [d][e[f] [g](h\n\n[b\\]c]: x.md\n[d]: y.md\n[g]: z.md\n",
               "b\\]c=x.md#d=y.md#g=z.md#");
    /* cmark takes 32 parentheses in each other, and so do we. */
    check_urls(
        "[a](((((((((((((((((((((((((((((((((()))))))))))))))))))))))))))))))))))))\n\n[a]: z\n",
        "a=z#");
}

static void tasks_know_their_character(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc = parse(arena, "1. [ ] a\n2. [x] b\n   * [X] c\n\n     [y] d\n");
    Buf out = buf_new(arena);
    for (MdNode *node = doc->root; node; node = md_next(doc->root, node))
        if (node->task != MD_TASK_NONE)
            buf_add_format(&out, "%u%.*s", node->task_at.start, STR_FMT(span_text(node->task_at)));
    assert_string_equal(str_cstr(arena, buf_str(&out)), "4 13x24X");
    arena_free(arena);
}

/* A place in the content of a fence is a place on the page, whatever stands before its lines. */
static void fences_are_sources_of_their_own(void **state) {
    (void)state;
    Arena *arena = arena_new();
    MdDoc *doc =
        parse(arena, "x\n\n> - ~~~ mermaid\n>   one\n>\n>     two\r\n>   three\n>   ~~~\n");
    assert_int_equal(doc->code_block_count, 1);
    const Source *code = md_code_source(doc->code_blocks[0], arena);
    assert_string_equal(str_cstr(arena, code->text), "one\n\n  two\nthree\n");
    static const struct {
        const char *word;
        uint32_t line, column;
    } cases[] = {{"one", 4, 5}, {"two", 6, 7}, {"three", 7, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = str_find(code->text, str_from(cases[i].word), 0);
        Place place = span_place(span_of(code, at, strlen(cases[i].word)));
        assert_int_equal(place.line, cases[i].line);
        assert_int_equal(place.column, cases[i].column);
    }
    arena_free(arena);
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_a_slice),
        cmocka_unit_test(children_stand_inside),
        cmocka_unit_test(nodes_have_their_slices),
        cmocka_unit_test(destinations_stand_where_written),
        cmocka_unit_test(tasks_know_their_character),
        cmocka_unit_test(fences_are_sources_of_their_own),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
