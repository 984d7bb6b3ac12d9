/* Every picture of this repository's own site: librsvg draws it, nothing is cut off, and every text
 * stands in the fonts that docsgen ships. The stand-alone files hold the same shapes as the inline
 * ones. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "diagram/text/text.h"
#include "markdown/md.h"
#include "raster/png.h"
#include "site/build.h"

#include <cmocka.h>

typedef struct Fixture {
    Arena *arena;
    Site *site;
} Fixture;

static bool is_picture(const Output *output) {
    return str_ends_with(output->path, STR(".svg")) && output->copy_of.size == 0 &&
           !str_equal(output->path, STR("favicon.svg"));
}

/* As it stands on a page: the stand-alone file has a canvas behind it, whose ink reaches every
 * edge. */
static void nothing_is_cut_off(void **state) {
    const Fixture *fixture = *state;
    for (size_t i = 0; i < fixture->site->diagram_count; i++) {
        const SiteDiagram *diagram = fixture->site->diagrams[i];
        RasterExtent extent;
        Str why = STR("");
        Buf svg = buf_new(fixture->arena);
        diagram_write_svg(diagram->diagram, &(DiagramSvgOptions){.id_prefix = STR("d")}, &svg);
        if (!raster_extent(buf_str(&svg), &extent, fixture->arena, &why))
            fail_msg("%.*s: %.*s", STR_FMT(diagram->url), STR_FMT(why));
        bool is_inside = extent.left >= 0 && extent.top >= 0 && extent.right <= extent.width &&
                         extent.bottom <= extent.height;
        if (!is_inside || extent.right - extent.left < 10)
            fail_msg("%.*s: ink from %.1f,%.1f to %.1f,%.1f on %.1f x %.1f", STR_FMT(diagram->url),
                     extent.left, extent.top, extent.right, extent.bottom, extent.width,
                     extent.height);
    }
    /* At least the ten diagrams that the site is meant to have. */
    assert_true(fixture->site->diagram_count >= 10);
}

/* The value of `name="..."` at or after `from`, before the tag ends. */
static Str attribute(Str svg, size_t from, Str name) {
    size_t end = str_find_char(svg, '>', from), at = str_find(svg, name, from);
    if (at == STR_NONE || at > end)
        return (Str){NULL, 0};
    size_t start = at + name.size;
    return str_slice(svg, start, str_find_char(svg, '"', start));
}

static void texts_stand_in_the_shipped_fonts(void **state) {
    const Fixture *fixture = *state;
    size_t count = 0;
    for (size_t i = 0; i < fixture->site->outputs.count; i++) {
        const Output *output = &fixture->site->outputs.items[i];
        Str svg = output->content;
        if (!is_picture(output))
            continue;
        for (size_t at = str_find(svg, STR("font-family=\""), 0); at != STR_NONE;
             at = str_find(svg, STR("font-family=\""), at + 1)) {
            Str family = attribute(svg, at, STR("font-family=\""));
            Str first = str_trim(str_slice(family, 0, str_find_char(family, ',', 0)));
            /* A name of several words stands in quotes. */
            if (str_starts_with(first, STR("'")))
                first = str_slice(first, 1, first.size - 1);
            Str drawn = raster_font(first, 400, false, fixture->arena);
            if (!str_starts_with(drawn, str_equal(first, STR("Inter")) ? STR("Inter")
                                                                       : STR("JetBrains Mono")))
                fail_msg("%.*s: \"%.*s\" is drawn in %.*s", STR_FMT(output->path), STR_FMT(family),
                         STR_FMT(drawn));
            count++;
        }
    }
    assert_true(count >= 10);
}

/* A character that is in none of the fonts would be drawn as an empty box. */
static void every_character_has_a_glyph(void **state) {
    const Fixture *fixture = *state;
    for (size_t i = 0; i < fixture->site->diagram_count; i++) {
        const SiteDiagram *diagram = fixture->site->diagrams[i];
        const Graph *graph = diagram->diagram->graph;
        for (size_t k = 0; graph && k < graph->node_count; k++)
            if (!text_has_glyphs(graph->nodes[k].label.text, TEXT_REGULAR))
                fail_msg("\"%.*s\" has characters without a glyph",
                         STR_FMT(graph->nodes[k].label.text));
    }
}

static int build(void **state) {
    md_setup();
    text_setup();
    Arena *arena = arena_new();
    Fixture *fixture = ARENA_NEW(arena, Fixture);
    Fs *fs = fs_open_disk(arena, STR("."));
    FsText text;
    Str why;
    if (!fs_read(fs, STR("docsgen.yml"), 1 << 20, arena, &text))
        return -1;
    Diags *diags = diags_new(arena);
    static const char *const environment[] = {NULL};
    ConfigFlags flags = {0};
    const Config *config = config_read(source_new(arena, STR("docsgen.yml"), text.content), &flags,
                                       environment, arena, diags);
    BuildJob job = {.config = config, .fs = fs, .worker_count = 2};
    *fixture = (Fixture){arena, config ? site_build(&job, arena, &why) : NULL};
    *state = fixture;
    return fixture->site ? 0 : -1;
}

static int give_back(void **state) {
    Fixture *fixture = *state;
    site_free(fixture->site);
    arena_free(fixture->arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_cut_off),
        cmocka_unit_test(texts_stand_in_the_shipped_fonts),
        cmocka_unit_test(every_character_has_a_glyph),
    };
    return cmocka_run_group_tests(tests, build, give_back);
}
