#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "site/shell/template.h"

#include <cmocka.h>

/* Every case is filled with the same small page. */
static const TemplateValue *page_value(Arena *arena) {
    TemplateValue *root = template_map_new(arena);
    template_set_text(root, "title", STR("Tom & \"Jerry\" <x>"));
    template_set_text(root, "content", STR("<p>a &amp; b</p>"));
    template_set_text(root, "empty", STR(""));
    template_set_bool(root, "yes", true);
    template_set_bool(root, "no", false);
    template_set_text(template_set_map(root, "next"), "href", STR("b.html"));
    TemplateValue *words = template_set_list(root, "words");
    template_add_text(words, STR("one"));
    template_add_text(words, STR("<two>"));
    template_set_list(root, "none");
    TemplateValue *nav = template_set_list(root, "items");
    TemplateValue *first = template_add_map(nav);
    template_set_text(first, "name", STR("A"));
    TemplateValue *children = template_set_list(first, "items");
    template_set_text(template_add_map(children), "name", STR("A1"));
    TemplateValue *second = template_add_map(nav);
    template_set_text(second, "name", STR("B"));
    template_set_text(second, "title", STR("inner"));
    return root;
}

/* The findings as "line:column+size: message [hint]", one per line. */
static Str findings_text(Arena *arena, const Diags *diags) {
    Buf out = buf_new(arena);
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        assert_int_equal(diag->rule, DIAG_TEMPLATE_SYNTAX);
        Place place = span_place(diag->at);
        buf_add_format(&out, "%u:%u+%u: %.*s", place.line, place.column, place.mark_size,
                       STR_FMT(diag->message));
        if (diag->hint.size)
            buf_add_format(&out, " [%.*s]", STR_FMT(diag->hint));
        buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

static void check_str(const char *what, Str got, Str expected) {
    if (!str_equal(got, expected))
        fail_msg("%s\n--- expected\n%.*s\n--- got\n%.*s", what, STR_FMT(expected), STR_FMT(got));
}

static void check(const char *input, const char *expected, const char *findings) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const Source *source = source_new(arena, STR("page.html"), str_from(input));
    Template *template = template_parse(&source, 1, arena, diags);
    Buf out = buf_new(arena);
    assert_true(template_render(template, 0, page_value(arena), &out));
    check_str(input, buf_str(&out), str_from(expected));
    check_str(input, findings_text(arena, diags), str_from(findings));
    arena_free(arena);
}

typedef struct Case {
    const char *input, *expected;
} Case;

static void renders(void **state) {
    (void)state;
    static const Case cases[] = {
        {"", ""},
        {"plain { } }} text", "plain { } }} text"},
        {"<h1>{{title}}</h1>", "<h1>Tom &amp; &quot;Jerry&quot; &lt;x&gt;</h1>"},
        {"{{ title }}|{{{ content }}}", "Tom &amp; &quot;Jerry&quot; &lt;x&gt;|<p>a &amp; b</p>"},
        {"[{{content}}]", "[&lt;p&gt;a &amp;amp; b&lt;/p&gt;]"},
        {"[{{unknown}}{{unknown.deep}}{{title.deep}}{{yes}}{{words}}]", "[]"},
        {"{{next.href}}{{#next}} {{href}} {{.href}} {{.title}}{{/next}}", "b.html b.html b.html "},
        {"{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^yes}}Y{{/yes}}{{^no}}N{{/no}}", "yN"},
        {"{{#empty}}e{{/empty}}{{^empty}}E{{/empty}}{{#none}}n{{/none}}{{^none}}N{{/none}}", "EN"},
        {"{{#unknown}}u{{/unknown}}{{^unknown}}U{{/unknown}}", "U"},
        {"{{?words}}<{{#words}}{{.}}{{/words}}>{{/words}}{{?none}}n{{/none}}{{?no}}n{{/no}}",
         "<one&lt;two&gt;>"},
        {"{{?next}}[{{href}}]{{/next}}{{?title}}{{.title}}{{/title}}",
         "[]Tom &amp; &quot;Jerry&quot; &lt;x&gt;"},
        {"{{#words}}({{.}}){{/words}}", "(one)(&lt;two&gt;)"},
        {"{{#words}}{{{.}}}{{^no}};{{/no}}{{/words}}", "one;<two>;"},
        {"{{#next.href}}{{.}}{{/next.href}}", "b.html"},
        {"{{#items}}{{name}}{{#.items}}[{{name}}]{{/.items}},{{/items}}", "A[A1],B,"},
        {"{{#items}}{{.title}}|{{/items}}", "|inner|"},
        {"{{#items}}{{#.items}}{{name}}{{#.name}}{{.name}}{{/.name}}{{/.items}}{{/items}}", "A1A1"},
        {"a{{! gone }}b{{! with a\nsecond {{line}}c", "abc"},
        {"{{> row}}{{+row}}<{{name}}{{next.href}}>{{/row}}{{> row}}", "<b.html><b.html>"},
        {"{{> tree}}{{+tree}}({{#.items}}{{name}}{{> tree}}{{/.items}}){{/tree}}", "(A(A1())B())"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i].input, cases[i].expected, "");
}

static void tags_alone_take_their_line(void **state) {
    (void)state;
    static const Case cases[] = {
        {"<ul>\n  {{#words}}\n  <li>{{.}}\n  {{/words}}\n</ul>\n",
         "<ul>\n  <li>one\n  <li>&lt;two&gt;\n</ul>\n"},
        {"a\r\n{{#yes}}\r\nb\r\n{{/yes}}\r\nc", "a\r\nb\r\nc"},
        {"{{! first\n   second }}\n<p>", "<p>"},
        {"a\n\t{{> p}}\nb\n{{+p}}\nx\n{{/p}}", "a\nx\nb\n"},
        {"  {{title.x}}\n", "  \n"},
        {"{{#yes}} {{/yes}}\n", " \n"},
        {"a {{#yes}}\nb\n{{/yes}} c\n", "a \nb\n c\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i].input, cases[i].expected, "");
}

static void mistakes_are_named(void **state) {
    (void)state;
    static const struct {
        const char *input, *expected, *findings;
    } cases[] = {
        {"a {{title\nb}}", "a {{title\nb}}", "1:3+2: this tag is never closed\n"},
        {"{{{content}} {{yes}}", "{{{content}} ", "1:1+2: this tag is never closed\n"},
        {"x{{! open", "x{{! open", "1:2+2: this tag is never closed\n"},
        {"x{{", "x{{", "1:2+2: this tag is never closed\n"},
        {"<{{}}>", "<>",
         "1:2+4: \"\" is not a name [names are letters, digits, \"_\", \"-\" and dots between "
         "them]\n"},
        {"{{#a b}}", "",
         "1:1+8: \"a b\" is not a name [names are letters, digits, \"_\", \"-\" and dots between "
         "them]\n"},
        {"{{a..b}}{{b.}}", "",
         "1:1+8: \"a..b\" is not a name [names are letters, digits, \"_\", \"-\" and dots between "
         "them]\n"
         "1:9+6: \"b.\" is not a name [names are letters, digits, \"_\", \"-\" and dots between "
         "them]\n"},
        {"ab {{/yes}}", "ab ", "1:4+8: nothing is open that \"yes\" could close\n"},
        {"{{#yes}}\nb {{/yse}}c", "b c",
         "2:3+8: \"yse\" is closed, but \"yes\" is open [write {{/yes}} first]\n"},
        {"{{#yes}}b{{^no}}c", "bc",
         "1:10+7: \"no\" is never closed [write {{/no}} where it ends]\n"
         "1:1+8: \"yes\" is never closed [write {{/yes}} where it ends]\n"},
        {"{{+sidebar}}x{{/sidebar}}{{> sidbar}}.", ".",
         "1:30+6: no part is called \"sidbar\" [did you mean \"sidebar\"?]\n"},
        {"{{+p}}a{{/p}}{{+p}}b{{/p}}{{> p}}", "b", "1:17+1: there are two parts called \"p\"\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(cases[i].input, cases[i].expected, cases[i].findings);
}

static void unknown_names_are_reported(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const char *input = "{{title}} {{titel}}\n{{#next}}{{.href}}{{/next}}{{naxt.href}}{{.}}"
                        "{{+part}}{{/part}}{{> part}}{{! titel }}";
    const Source *source = source_new(arena, STR("page.html"), str_from(input));
    Template *template = template_parse(&source, 1, arena, diags);
    const Str known[] = {STR("title"), STR("next")};
    template_check_names(template, known, 2, diags);
    check_str(input, findings_text(arena, diags),
              STR("1:13+5: there is no value \"titel\" [did you mean \"title\"?]\n"
                  "2:13+4: there is no value \"href\"\n"
                  "2:30+4: there is no value \"naxt\" [did you mean \"next\"?]\n"));
    arena_free(arena);
}

/* Parts are shared among sources; the same name in the same source comes first, then the order. */
static void sources_share_parts(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const Source *sources[] = {
        source_new(arena, STR("a.html"), STR("A{{> foot}}{{> head}}{{+head}}own{{/head}}")),
        source_new(arena, STR("b.html"), STR("B{{> foot}}{{> head}}{{> hat}}")),
        source_new(arena, STR("parts.html"), STR("{{+head}}shared{{/head}}{{+foot}}.{{/foot}}")),
    };
    Template *template = template_parse(sources, 3, arena, diags);
    static const char *const expected[] = {"A.own", "B.own", ""};
    for (size_t i = 0; i < 3; i++) {
        Buf out = buf_new(arena);
        assert_true(template_render(template, i, page_value(arena), &out));
        check_str("source by number", buf_str(&out), str_from(expected[i]));
    }
    check_str("the part that none has", findings_text(arena, diags),
              STR("1:26+3: no part is called \"hat\"\n"));
    assert_string_equal(span_place(diags_get(diags, 0)->at).path.data, "b.html");
    arena_free(arena);
}

/* Renders `input` and gives whether it stayed within the limits. */
static bool fits(Str input, size_t *finding_count) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const Source *source = source_new(arena, STR("page.html"), input);
    Template *template = template_parse(&source, 1, arena, diags);
    Buf out = buf_new(arena);
    bool is_fitting = template_render(template, 0, page_value(arena), &out);
    *finding_count = diags_count(diags);
    arena_free(arena);
    return is_fitting;
}

static void hostile_templates_end(void **state) {
    (void)state;
    Arena *arena = arena_new();
    size_t findings;
    assert_false(fits(STR("{{+a}}{{> a}}{{/a}}{{> a}}"), &findings));
    assert_false(fits(STR("{{+a}}{{> a}}{{> a}}{{/a}}{{> a}}"), &findings));
    assert_int_equal(findings, 0);

    /* A doubling per part would write 2^90 lines. */
    Buf doubling = buf_new(arena);
    for (int i = 0; i < 90; i++)
        buf_add_format(&doubling, "{{+p%d}}{{> p%d}}{{> p%d}}{{/p%d}}", i, i + 1, i + 1, i);
    buf_add_text(&doubling, "{{+p90}}x{{/p90}}{{> p0}}");
    assert_false(fits(buf_str(&doubling), &findings));

    Buf deep = buf_new(arena);
    for (int i = 0; i < 100000; i++)
        buf_add_text(&deep, "{{#yes}}");
    assert_true(fits(buf_str(&deep), &findings) || findings > 0);
    assert_int_equal(findings, 1 + LIMIT_NESTING);

    Buf unclosed = buf_new(arena);
    buf_add_repeat(&unclosed, '{', 200000);
    assert_true(fits(buf_str(&unclosed), &findings));
    Buf comments = buf_new(arena);
    for (int i = 0; i < 100000; i++)
        buf_add_text(&comments, "{{!");
    assert_true(fits(buf_str(&comments), &findings));
    assert_int_equal(findings, 1);
    arena_free(arena);
}

/* Whatever is said otherwise has another hash, though it be spelt with the same letters. */
static void other_values_have_another_hash(void **state) {
    (void)state;
    Arena *arena = arena_new();
    TemplateValue *maps[7];
    for (size_t i = 0; i < 7; i++)
        maps[i] = template_map_new(arena);
    template_set_text(maps[1], "a", STR("bc"));
    template_set_text(maps[2], "ab", STR("c"));
    template_set_text(template_set_map(maps[3], "a"), "b", STR("c"));
    template_set_map(maps[4], "a");
    template_set_text(maps[4], "b", STR("c"));
    template_set_bool(maps[5], "a", true);
    template_set_bool(maps[6], "a", false);
    for (size_t i = 0; i < 7; i++)
        for (size_t k = 0; k < 7; k++)
            assert_int_equal(hash_equal(template_hash_value(maps[i], arena),
                                        template_hash_value(maps[k], arena)),
                             i == k);
    assert_true(hash_equal(template_hash_value(page_value(arena), arena),
                           template_hash_value(page_value(arena), arena)));
    arena_free(arena);
}

static void a_raw_text_says_where_it_stands(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *source = source_new(arena, STR("t"), STR("<b>{{{x}}}</b>{{x}}"));
    const Template *template = template_parse(&source, 1, arena, diags_new(arena));
    TemplateValue *root = template_map_new(arena);
    size_t place = STR_NONE;
    template_set_text(root, "x", STR("text"))->place = &place;
    Buf out = buf_new(arena);
    assert_true(template_render(template, 0, root, &out));
    assert_int_equal(place, 3);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renders),
        cmocka_unit_test(tags_alone_take_their_line),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(unknown_names_are_reported),
        cmocka_unit_test(sources_share_parts),
        cmocka_unit_test(hostile_templates_end),
        cmocka_unit_test(other_values_have_another_hash),
        cmocka_unit_test(a_raw_text_says_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
