/* Findings in the written HTML, word for word: the same whether pages are judged as they are made,
 * by several threads, or kept and judged together. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "check/checks.h"
#include "check/report.h"
#include "config/config.h"
#include "diagram/text/text.h"
#include "markdown/md.h"
#include "site/build.h"
#include "site/outputs.h"

#include <cmocka.h>

static const struct {
    const char *path, *text;
} files[] = {
    {"site-src/index.md", "# Home\n\n## Below\n"},
    {"site-src/guide/one.md", "# One\n\n## A part\n\n![](pic.png)\n"},
    {"site-src/guide/pic.png", "x"},
};

/* What takes the place of the pages that were made of these. */
static const struct {
    const char *path, *html;
} pages[] = {
    {"index.html",
     "<h1 id=\"home\">Home</h1>\n"
     "<a href=\"guide/one.html\">a page</a> <a href=\"style.css\">of the theme</a>\n"
     "<a href=\"guide/one.html#a-part\">believed, and there</a>\n"
     "<a href=\"guide/one.html#one\">believed, and not there</a>\n"
     "<a href=\"guide/one.html#made%20up\">there, and nobody knew</a>\n"
     "  <a href=\"guide/one.html#nowhere\">never there</a>\n"
     "<a href=\"#home\">own</a> <a href=\"#gone\">own, not there</a>\n"
     "<img src=\"guide/pic.png\"> <img src=\"guide/pac.png\"> <img src=\"guide/pac.png\">\n"
     "<a href=\"https://a.b/c\">a</a> <a href=\"//a.b\">b</a> <a href=\"mailto:a@b\">c</a>\n"
     "<a href=\"../out\">outside</a> <a href=\"data:,x\">d</a> <a href=\"tel:1\">e</a>\n"},
    {"guide/one.html",
     "<base href=\"no-link\">\n<p id=\"a-part\">\n<p id=\"a-part\"><p id=\"made up\">\n"
     "<a href=\"../index.html\">a page</a><a href=\"pic.png\">a picture</a>\n"
     "<p>&nothing;</p>\n</nothing>\n"},
};

static const char expected[] =
    "output/guide/one.html:3:8: error: the id \"a-part\" stands here a second time [page/markup]\n"
    "    3 | <p id=\"a-part\"><p id=\"made up\">\n"
    "      |        ^~~~~~\n"
    "output/guide/one.html:6:1: error: Unexpected end tag : nothing [page/markup]\n"
    "    6 | </nothing>\n"
    "      | ^~~~~~~~~~\n"
    "output/index.html:4:1: error: the written page refers to \"#one\", which is not in \"guide/one.html\" [link/anchor]\n"
    "    4 | guide/one.html#one\n"
    "      | ^~~~~~~~~~~~~~~~~~\n"
    "output/index.html:6:12: error: the written page refers to \"#nowhere\", which is not in \"guide/one.html\" [link/anchor]\n"
    "    6 |   <a href=\"guide/one.html#nowhere\">never there</a>\n"
    "      |            ^~~~~~~~~~~~~~~~~~~~~~\n"
    "output/index.html:7:34: error: the written page refers to \"#gone\", which is not in \"index.html\" [link/anchor]\n"
    "    7 | <a href=\"#home\">own</a> <a href=\"#gone\">own, not there</a>\n"
    "      |                                  ^~~~~\n"
    "output/index.html:8:37: error: the written page refers to \"guide/pac.png\", which was not written [link/page]\n"
    "    8 | <img src=\"guide/pic.png\"> <img src=\"guide/pac.png\"> <img src=\"guide/pac.png\">\n"
    "      |                                     ^~~~~~~~~~~~~\n"
    "output/index.html:10:10: error: the written page refers to \"../out\", which was not written [link/page]\n"
    "   10 | <a href=\"../out\">outside</a> <a href=\"data:,x\">d</a> <a href=\"tel:1\">e</a>\n"
    "      |          ^~~~~~\n";

typedef struct Fixture {
    Arena *arena;
    Site *site;
} Fixture;

static Stamp drop(void *context, const Site *site, unsigned worker, Str path, Str content) {
    (void)context, (void)site, (void)worker, (void)path, (void)content;
    return (Stamp){0};
}

static Fixture build_of(size_t file_count, bool has_sink) {
    static const char *const environment[] = {NULL};
    static const OutputSink sink = {.put = drop};
    Arena *arena = arena_new();
    Fs *fs = fs_open_memory(arena);
    Str why;
    assert_true(fs_write(fs, STR("site-src/pic.png"), STR("x"), &why));
    for (size_t i = 0; i < file_count; i++)
        assert_true(fs_write(fs, str_from(files[i].path), str_from(files[i].text), &why));
    ConfigFlags flags = {0};
    const Config *config = config_read(NULL, &flags, environment, arena, diags_new(arena));
    BuildJob job = {.config = config, .fs = fs, .worker_count = 2, .sink = has_sink ? &sink : NULL};
    Fixture fixture = {arena, site_build(&job, arena, &why)};
    assert_non_null(fixture.site);
    return fixture;
}

static Fixture build(bool has_sink) {
    return build_of(sizeof files / sizeof *files, has_sink);
}

/* Pages that are none of the table are docsgen's own. */
static Str html_of(Str path) {
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (str_equal(path, str_from(pages[i].path)))
            return str_from(pages[i].html);
    return STR("<p>\n");
}

static void check_findings(const Fixture *fixture, Diags *diags, const char *wanted) {
    ReportOptions options = {.least = DIAG_NOTE};
    Buf out = buf_new(fixture->arena);
    diags_sort(diags);
    report_render(diags, &options, &out);
    buf_add_char(&out, '\0');
    assert_string_equal(out.data, wanted);
}

static void pages_are_judged_when_they_are_made(void **state) {
    (void)state;
    Fixture fixture = build(true);
    Diags *diags = diags_new(fixture.arena);
    MarkupCheck *check = markup_new(2, fixture.arena);
    for (size_t i = fixture.site->page_count; i-- > 0;) { /* in any order, by any thread */
        Arena *arena = arena_new();
        Str url = fixture.site->pages[i]->url;
        markup_put(check, fixture.site, i % 2, url, str_copy(arena, html_of(url)));
        arena_free(arena);
    }
    markup_put(check, fixture.site, 0, STR("diagrams/a.svg"), STR("<svg id=\"a\" id=\"a\">"));
    markup_finish(check, fixture.site, diags);
    check_findings(&fixture, diags, expected);
    site_free(fixture.site);
    arena_free(fixture.arena);
}

static void pages_may_be_kept(void **state) {
    (void)state;
    Fixture fixture = build(false);
    Diags *diags = diags_new(fixture.arena);
    for (size_t i = 0; i < fixture.site->page_count; i++) {
        Output *outputs = fixture.site->outputs.items;
        const Output *page = outputs_find(&fixture.site->outputs, fixture.site->pages[i]->url);
        outputs[page - outputs].content = html_of(page->path);
    }
    check_markup(fixture.site, diags);
    check_findings(&fixture, diags, expected);
    site_free(fixture.site);
    arena_free(fixture.arena);
}

static void what_docsgen_writes_is_clean(void **state) {
    (void)state;
    Fixture fixture = build(false);
    Diags *diags = diags_new(fixture.arena);
    check_markup(fixture.site, diags);
    assert_int_equal(diags_count(diags), 0);
    site_free(fixture.site);
    arena_free(fixture.arena);
}

/* Nothing but a picture is there: docsgen's own pages have no first page to lead to. */
static void a_site_without_pages_is_one_finding(void **state) {
    (void)state;
    Fixture fixture = build_of(0, false);
    Diags *diags = diags_new(fixture.arena);
    check_markup(fixture.site, diags);
    check_findings(&fixture, diags,
                   "docsgen: error: there is no page to publish in \"site-src\" [link/page]\n"
                   "      = write \"site-src/index.md\", or let docsgen init make a first page\n");
    site_free(fixture.site);
    arena_free(fixture.arena);
}

int main(void) {
    md_setup();
    text_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_judged_when_they_are_made),
        cmocka_unit_test(pages_may_be_kept),
        cmocka_unit_test(what_docsgen_writes_is_clean),
        cmocka_unit_test(a_site_without_pages_is_one_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
