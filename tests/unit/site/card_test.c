/* Cards by what can be seen in them: their size, ink where the words belong and none in the
 * margins, and the same bytes from every build. */
#include "base/ban.h"

#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "diagram/text/text.h"
#include "markdown/md.h"
#include "raster/palette.h"
#include "site/build.h"
#include "site/card.h"
#include "site/outputs.h"

#include <cmocka.h>

static const char settings[] = "site: {title: 'Example site', url: 'https://example.org/x y/'}\n";

#define LONG                                                                                       \
    "An extraordinarily long title about the configuration of the workspaces, their dashboards "   \
    "and the people who are to be called at night, and about all of those who are not, and why"

static const struct {
    const char *path, *text;
} pages[] = {
    {"site-src/index.md", "---\ndescription: What it is\n---\n# Example site\n"},
    {"site-src/guide/index.md", "# Guide\n"},
    {"site-src/guide/long.md", "# " LONG "\n"},
    {"site-src/guide/wide.md",
     "# Wide\n\n```mermaid\nflowchart LR\na[One] --> b[Two] --> c[Three] --> d[Four]\n```\n"},
    {"site-src/guide/high.md",
     "# " LONG "\n\n![x](../../diagrams/high.mmd)\n\n```mermaid\nflowchart LR\nq --> r\n```\n"},
    {"site-src/guide/word.md", "# a.configuration.loader.AbstractConfigurationFactoryInitializer"
                               "ProviderRegistrationListenerFactory\n"},
    {"site-src/odd.md", "---\ntitle: '\xF0\x9F\x9A\x80 <b>&amp; \"x\" \xF0\x9F\x91\xA9\xE2\x80\x8D"
                        "\xF0\x9F\x92\xBB done'\n---\ntext\n"},
    {"site-src/emoji.md", "# \xF0\x9F\x9A\x80\n"},
    {"site-src/hebrew.md", "# \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D docsgen\n"},
    {"diagrams/high.mmd",
     "flowchart TB\na[One] --> b[Two] --> c[Three] --> d[Four] --> e[Five] --> "
     "f[Six] --> g[Seven] --> h[Eight]\n"},
};

typedef struct Fixture {
    Arena *arena;
    Site *site;
} Fixture;

static Fixture build(const char *yaml, unsigned workers) {
    static const char *const environment[] = {NULL};
    Arena *arena = arena_new();
    Fs *fs = fs_open_memory(arena);
    Str why;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_true(fs_write(fs, str_from(pages[i].path), str_from(pages[i].text), &why));
    Diags *diags = diags_new(arena);
    ConfigFlags flags = {0};
    const Source *file = source_new(arena, STR("docsgen.yml"), str_from(yaml));
    const Config *config = config_read(file, &flags, environment, arena, diags);
    assert_non_null(config);
    BuildJob job = {.config = config, .fs = fs, .worker_count = workers, .has_cards = true};
    Fixture fixture = {arena, site_build(&job, arena, &why)};
    assert_non_null(fixture.site);
    return fixture;
}

static void give_back(Fixture fixture) {
    site_free(fixture.site);
    arena_free(fixture.arena);
}

static Str card_of(const Fixture *fixture, const char *path) {
    const Output *output = outputs_find(&fixture->site->outputs, str_from(path));
    if (!output)
        fail_msg("there is no %s", path);
    return output->content;
}

static cairo_status_t take_bytes(void *closure, unsigned char *data, unsigned size) {
    Str *rest = closure;
    if (rest->size < size)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, rest->data, size);
    *rest = str_from_offset(*rest, size);
    return CAIRO_STATUS_SUCCESS;
}

typedef struct Area {
    int left, top, right, bottom;
} Area;

/* How many pixels of an area are as dark as headings. */
static int count_dark(cairo_surface_t *picture, Area area) {
    const unsigned char *data = cairo_image_surface_get_data(picture);
    int count = 0, stride = cairo_image_surface_get_stride(picture);
    for (int y = area.top; y < area.bottom; y++)
        for (int x = area.left; x < area.right; x++) {
            const unsigned char *pixel = data + (ptrdiff_t)y * stride + (ptrdiff_t)x * 4;
            count += pixel[0] < 110 && pixel[1] < 110 && pixel[2] < 110;
        }
    return count;
}

/* Where the words of a card may stand: beside a panel, above one, or alone. */
typedef enum Layout {
    ALONE,
    BESIDE,
    ABOVE
} Layout;

static void check(const Fixture *fixture, const char *path, Layout layout) {
    static const Area words[] = {{64, 120, 864, 600}, {64, 120, 564, 600}, {64, 100, 1136, 290}};
    static const Area gaps[] = {{870, 120, 1200, 600}, {568, 0, 608, 630}, {1140, 0, 1200, 290}};
    static const Area edges[] = {{0, 0, 60, 630}, {0, 0, 1200, 40}, {0, 606, 600, 630}};
    Str png = card_of(fixture, path);
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(take_bytes, &png);
    assert_int_equal(cairo_surface_status(picture), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_width(picture), CARD_WIDTH);
    assert_int_equal(cairo_image_surface_get_height(picture), CARD_HEIGHT);
    if (count_dark(picture, words[layout]) < 200)
        fail_msg("%s: no words", path);
    if (count_dark(picture, gaps[layout]))
        fail_msg("%s: words run out of their room", path);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        if (count_dark(picture, edges[i]))
            fail_msg("%s: words stand in margin %zu", path, i);
    cairo_surface_destroy(picture);
}

static void test_pictures(void **state) {
    (void)state;
    Fixture fixture = build(settings, 1);
    check(&fixture, "cards/index.png", ALONE);
    check(&fixture, "cards/guide/index.png", ALONE);
    check(&fixture, "cards/guide/long.png", ALONE);
    check(&fixture, "cards/guide/word.png", ALONE);
    check(&fixture, "cards/guide/wide.png", ABOVE);
    check(&fixture, "cards/guide/high.png", BESIDE);
    check(&fixture, "cards/odd.png", ALONE);
    check(&fixture, "cards/emoji.png", ALONE);
    give_back(fixture);
}

/* A card of words is 12 KB, one with a diagram 30. */
static void test_small(void **state) {
    (void)state;
    Fixture fixture = build(settings, 1);
    assert_in_range(card_of(&fixture, "cards/guide/index.png").size, 2000, 20000);
    assert_in_range(card_of(&fixture, "cards/guide/high.png").size, 4000, 40000);
    give_back(fixture);
}

static void test_same_bytes(void **state) {
    (void)state;
    Fixture one = build(settings, 1), four = build(settings, 4);
    size_t count = 0;
    for (size_t i = 0; i < one.site->outputs.count; i++) {
        const Output *output = &one.site->outputs.items[i];
        if (!str_starts_with(output->path, STR("cards/")))
            continue;
        count++;
        assert_true(str_equal(output->content, card_of(&four, str_cstr(one.arena, output->path))));
    }
    assert_int_equal(count, 9);
    give_back(one);
    give_back(four);
}

static void test_without_use(void **state) {
    (void)state;
    static const char *const rows[] = {"site: {title: x}\n",
                                       "site: {url: 'https://a.b/', cards: false}\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Fixture fixture = build(rows[i], 1);
        assert_null(outputs_find(&fixture.site->outputs, STR("cards/index.png")));
        Str html = card_of(&fixture, "index.html");
        assert_int_equal(str_find(html, STR("og:image"), 0), STR_NONE);
        bool has_address = str_find(html, STR("twitter:card\" content=\"summary\""), 0) != STR_NONE;
        assert_int_equal(has_address, i == 1);
        give_back(fixture);
    }
}

static void test_tags(void **state) {
    (void)state;
    static const char *const tags[] = {
        "<meta property=\"og:image\" content=\"https://example.org/x%20y/cards/guide/wide.png\">",
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:height\" content=\"630\">",
        "<meta property=\"og:image:alt\" content=\"Wide, Guide - Example site\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
    };
    Fixture fixture = build(settings, 1);
    Str html = card_of(&fixture, "guide/wide.html");
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_find(html, str_from(tags[i]), 0) == STR_NONE)
            fail_msg("not there: %s", tags[i]);
    /* Pages of docsgen itself are not handed on. */
    html = card_of(&fixture, "search.html");
    assert_int_equal(str_find(html, STR("og:image"), 0), STR_NONE);
    give_back(fixture);
}

static void check_svg(const Fixture *fixture, const char *url, const char *expected) {
    const Page *page = site_find_page(fixture->site, str_from(url));
    assert_non_null(page);
    Str svg = card_svg(fixture->site, page, page->card_diagram, fixture->arena);
    if (str_find(svg, str_from(expected), 0) == STR_NONE)
        fail_msg("%s: no \"%s\" in %.*s", url, expected, STR_FMT(svg));
}

static void test_words(void **state) {
    (void)state;
    Fixture fixture = build(settings, 1);
    check_svg(&fixture, "guide/index.html", ">Guide</text>");
    check_svg(&fixture, "guide/long.html", ">Example site</text>"); /* the site */
    check_svg(&fixture, "guide/long.html", ">Guide</text>");        /* the section */
    check_svg(&fixture, "guide/high.html", "…</text>");             /* too long for its room */
    check_svg(&fixture, "guide/high.html", ">Eight</text>");        /* the first diagram, a file */
    check_svg(&fixture, "odd.html", ">&lt;b&gt;&amp;amp; &quot;x&quot; done</text>");
    check_svg(&fixture, "emoji.html", ">Example site</text>"); /* the title is all pictograph */
    raster_prepare(STR("\xD7\xA9"));
    if (raster_has_letter(0x5E9))
        check_svg(&fixture, "hebrew.html", "direction=\"rtl\">\xD7\xA9");
    give_back(fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pictures),    cmocka_unit_test(test_small),
        cmocka_unit_test(test_same_bytes),  cmocka_unit_test(test_words),
        cmocka_unit_test(test_without_use), cmocka_unit_test(test_tags),
    };
    /* What earlier runs remember must not answer for this one. */
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    md_setup();
    text_setup();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
