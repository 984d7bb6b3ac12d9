/* The whole site as one document: every reference in it leads somewhere, no id stands twice, and
 * headings form one outline. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "diagram/text/text.h"
#include "markdown/md.h"
#include "markdown/tag.h"
#include "site/build.h"
#include "site/outputs.h"
#include "site/print.h"

#include <cmocka.h>

static const char settings[] = "site: {title: 'A \"site\" & more', description: About}\n"
                               "nav:\n"
                               "  - index.md\n"
                               "  - Guide:\n"
                               "      - guide/one.md\n"
                               "      - Deep:\n"
                               "          - Deeper: [guide/two.md]\n"
                               "      - index.md\n"
                               "  - Empty: []\n"
                               "checks: {nav/duplicate: off}\n";

static const struct {
    const char *path, *text;
} pages[] = {
    {"site-src/index.md",
     "# Home\n\nSee [one](guide/one.md), [part](guide/one.md#a-part), "
     "[here](#below), [index](index.md), [web](https://a.b/?c=d&e=f), "
     "[file](files/x.pdf).\n\n## Below\n\n### Deep\n\nText[^1].\n\n[^1]: Note.\n"},
    {"site-src/guide/one.md",
     "# One\n\n## A part\n\n![](pic.png)\n\n[top](../index.md#below)[^1]\n\n"
     "- [ ] task\n\n```mermaid\nflowchart LR\na --> b\n```\n\n[^1]: Note.\n"},
    {"site-src/guide/two.md",
     "Without a title.\n\n## Second level\n\n```mermaid\nflowchart LR\na --> b\n```\n\n"
     "| a | b |\n| - | - |\n| 1 | 2 |\n\n`url(#x)` and `<h1 id=\"x\">`\n"},
    {"site-src/orphan.md", "# Orphan\n\n[two](guide/two.md#second-level)\n"},
    {"site-src/files/x.pdf", "x"},
    {"site-src/guide/pic.png", "x"},
};

typedef struct Fixture {
    Arena *arena;
    Site *site;
} Fixture;

static Fixture build(unsigned workers) {
    static const char *const environment[] = {NULL};
    Arena *arena = arena_new();
    Fs *fs = fs_open_memory(arena);
    Str why;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_true(fs_write(fs, str_from(pages[i].path), str_from(pages[i].text), &why));
    ConfigFlags flags = {0};
    const Source *file = source_new(arena, STR("docsgen.yml"), str_from(settings));
    const Config *config = config_read(file, &flags, environment, arena, diags_new(arena));
    assert_non_null(config);
    BuildJob job = {.config = config, .fs = fs, .worker_count = workers, .has_print = true};
    Fixture fixture = {arena, site_build(&job, arena, &why)};
    assert_non_null(fixture.site);
    return fixture;
}

static void give_back(Fixture fixture) {
    site_free(fixture.site);
    arena_free(fixture.arena);
}

static Str content_of(const Fixture *fixture, Str path) {
    const Output *output = outputs_find(&fixture->site->outputs, path);
    if (!output)
        fail_msg("there is no %.*s", STR_FMT(path));
    return output->content;
}

static void expect(Str html, const char *part) {
    if (str_find(html, str_from(part), 0) == STR_NONE)
        fail_msg("not there: %s\nin %.*s", part, STR_FMT(html));
}

/* Calls `visit` for every attribute of the document. */
static void walk(Str html, void (*visit)(const TagAttribute *attribute, void *context),
                 void *context) {
    for (Tag tag; tag_next(&html, STR(""), &tag);)
        for (size_t i = 0; tag.kind == TAG_OPEN && i < tag.attribute_count; i++)
            visit(&tag.attributes[i], context);
}

typedef struct Ids {
    Map *map;
    const Fixture *fixture;
    size_t reference_count;
} Ids;

static void note_id(const TagAttribute *attribute, void *context) {
    Ids *ids = context;
    if (!str_equal(attribute->name, STR("id")))
        return;
    if (map_put(ids->map, attribute->value, ids))
        fail_msg("the id \"%.*s\" stands twice", STR_FMT(attribute->value));
}

static void follow(const TagAttribute *attribute, void *context) {
    static const char *const lists[] = {"aria-labelledby", "aria-describedby", "popovertarget",
                                        "for"};
    Ids *ids = context;
    Str value = attribute->value;
    bool is_link =
        str_equal(attribute->name, STR("href")) || str_equal(attribute->name, STR("src"));
    bool is_list = false;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        is_list = is_list || str_equal(attribute->name, str_from(lists[i]));
    ids->reference_count += is_link || is_list;
    while (is_list && value.data) {
        Str id = str_cut(&value, ' ');
        if (!map_find(ids->map, id))
            fail_msg("%.*s: no id \"%.*s\"", STR_FMT(attribute->name), STR_FMT(id));
    }
    if (!is_link || str_starts_with(value, STR("https:")))
        return;
    if (str_starts_with(value, STR("#"))) {
        if (!map_find(ids->map, str_from_offset(value, 1)))
            fail_msg("no place %.*s", STR_FMT(value));
    } else if (!outputs_find(&ids->fixture->site->outputs, value)) {
        fail_msg("no file %.*s", STR_FMT(value));
    }
}

static void test_references(void **state) {
    (void)state;
    Fixture fixture = build(1);
    Str html = content_of(&fixture, PRINT_PATH);
    Ids ids = {map_new(fixture.arena), &fixture, 0};
    walk(html, note_id, &ids);
    walk(html, follow, &ids);
    assert_true(map_count(ids.map) >= 20 && ids.reference_count >= 30);
    give_back(fixture);
}

static void test_links(void **state) {
    (void)state;
    static const char *const parts[] = {
        "<a href=\"#p2\">one</a>",
        "<a href=\"#p2-a-part\">part</a>",
        "<a href=\"#p1-below\">here</a>",
        "<a href=\"#p1\">index</a>",
        "<a href=\"https://a.b/?c=d&amp;e=f\"",
        "<a href=\"files/x.pdf\">file</a>",
        "<a href=\"#p1-below\">top</a>",
        "<a href=\"#p3-second-level\">two</a>",
        "src=\"guide/pic.png\"",
        "<code>url(#x)</code> and <code>&lt;h1 id=&quot;x&quot;&gt;</code>", /* text stays text */
        "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes, One\">",
        "<meta name=\"robots\" content=\"noindex\">",
        "<title>A &quot;site&quot; &amp; more</title>",
    };
    Fixture fixture = build(1);
    Str html = content_of(&fixture, PRINT_PATH);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        expect(html, parts[i]);
    give_back(fixture);
}

static void test_outline(void **state) {
    (void)state;
    Fixture fixture = build(1);
    Str html = content_of(&fixture, PRINT_PATH);
    Buf levels = buf_new(fixture.arena);
    int last = 0;
    for (Tag tag; tag_next(&html, STR(""), &tag);) {
        bool is_heading = tag.kind == TAG_OPEN && tag.name.size == 2 && tag.name.data[0] == 'h' &&
                          tag.name.data[1] >= '1' && tag.name.data[1] <= '6';
        if (!is_heading)
            continue;
        int level = tag.name.data[1] - '0';
        assert_true(level <= last + 1); /* none is left out */
        last = level;
        buf_add_int(&levels, level);
    }
    /* Cover, contents; Home with two below; Guide, One with a part; Deep, Deeper, and on the
     * same level Two, since levels end; its second one; Orphan. */
    assert_string_equal(str_cstr(fixture.arena, buf_str(&levels)), "1223423434452");
    give_back(fixture);
}

static void test_order(void **state) {
    (void)state;
    static const char *const parts[] = {
        "<nav class=\"print-contents\"",
        "<a href=\"#p1\"><span class=\"print-number\">1</span> Home</a>",
        "<a href=\"#part-2\"><span class=\"print-number\">2</span> Guide</a>",
        "<a href=\"#p2\"><span class=\"print-number\">2.1</span> One</a>",
        "<a href=\"#part-2.2\"><span class=\"print-number\">2.2</span> Deep</a>",
        "<a href=\"#part-2.2.1\"><span class=\"print-number\">2.2.1</span> Deeper</a>",
        "<a href=\"#p3\"><span class=\"print-number\">2.2.1.1</span> ",
        "<a href=\"#p4\"><span class=\"print-number\">3</span> Orphan</a>",
        "<article class=\"prose print-page\" id=\"p1\">",
        "<span class=\"print-number\">1</span> Home",
        "<article class=\"prose print-page\" id=\"p2\">\n<h2 class=\"print-part\" id=\"part-2\">",
        "<span class=\"print-number\">2.1</span> One",
        "id=\"p3\">\n<h3 class=\"print-part\" id=\"part-2.2\">",
        "<h4 class=\"print-part\" id=\"part-2.2.1\">",
        "<h4 data-level=\"1\"><span class=\"print-number\">2.2.1.1</span> two</h4>",
        "<span class=\"print-number\">3</span> Orphan",
    };
    Fixture fixture = build(1);
    Str html = content_of(&fixture, PRINT_PATH);
    size_t at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t found = str_find(html, str_from(parts[i]), at);
        if (found == STR_NONE)
            fail_msg("not there, or too early: %s", parts[i]);
        at = found;
    }
    /* The page that is named twice stands once. */
    assert_int_equal(str_find(html, STR("id=\"p5\""), 0), STR_NONE);
    give_back(fixture);
}

static void test_elsewhere(void **state) {
    (void)state;
    Fixture fixture = build(1), four = build(4);
    expect(content_of(&fixture, PRINT_CSS),
           "@top-left { content: \"A \\000022site\\000022 & more\"");
    expect(content_of(&fixture, PRINT_CSS), "#p2 { page: p2; }");
    expect(content_of(&fixture, STR("guide/one.html")), "href=\"../print.html\"");
    assert_true(str_equal(content_of(&fixture, PRINT_PATH), content_of(&four, PRINT_PATH)));
    /* On paper there is nothing beside the document. */
    Buf paper = buf_new(fixture.arena);
    print_write(fixture.site, true, &paper);
    expect(buf_str(&paper), "<a>file</a>");
    give_back(fixture);
    give_back(four);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references), cmocka_unit_test(test_links),
        cmocka_unit_test(test_outline),    cmocka_unit_test(test_order),
        cmocka_unit_test(test_elsewhere),
    };
    md_setup();
    text_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
