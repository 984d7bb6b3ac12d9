/* The page shell against the language it is written in: it compiles, asks for no value that
 * site/shell/shell.c does not give, and holds together with the fewest values and with all. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/asset.h"
#include "site/shell/shell.h"

#include <cmocka.h>

static Template *page_template(Arena *arena, Diags *diags) {
    static const char *const names[] = {"page", "home", "404", "parts"};
    const Source **sources = ARENA_ARRAY(arena, const Source *, 4);
    for (size_t i = 0; i < 4; i++) {
        Str path = str_format(arena, "theme/%s.html", names[i]);
        sources[i] = source_new(arena, path, asset_get(path.data));
    }
    return template_parse(sources, 4, arena, diags);
}

static void templates_ask_for_nothing_unknown(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Str names[128];
    size_t count = 0;
    for (; shell_values[count]; count++)
        names[count] = str_from(shell_values[count]);
    template_check_names(page_template(arena, diags), names, count, diags);
    for (size_t i = 0; i < diags_count(diags); i++)
        print_error("%.*s\n", STR_FMT(diags_get(diags, i)->message));
    assert_int_equal(diags_count(diags), 0);
    arena_free(arena);
}

static Str render(Arena *arena, const TemplateValue *root) {
    Diags *diags = diags_new(arena);
    Buf out = buf_new(arena);
    assert_true(template_render(page_template(arena, diags), 0, root, &out));
    return buf_str(&out);
}

static void check_has(Str page, const char *part, bool is_expected) {
    if ((str_find(page, str_from(part), 0) != STR_NONE) != is_expected)
        fail_msg("%s: %s\n%.*s", is_expected ? "missing" : "unexpected", part, STR_FMT(page));
}

static void shell_does_with_little(void **state) {
    (void)state;
    Arena *arena = arena_new();
    TemplateValue *root = template_map_new(arena);
    template_set_text(root, "title", STR("A & B"));
    template_set_text(root, "content", STR("<p>text</p>"));
    Str page = render(arena, root);
    assert_true(str_starts_with(page, STR("<!doctype html>\n<html lang=\"\">")));
    check_has(page, "<h1>A &amp; B</h1>\n<p>text</p>\n</article>", true);
    check_has(page, "<div class=\"pager\"></div>", true); /* :empty, so that the sheet hides it */
    check_has(page, "<div class=\"meta\"></div>", true);
    check_has(page, "<body>\n", true);
    check_has(page, "breadcrumbs", false);
    check_has(page, "On this page", false);
    check_has(page, "description", false);
    check_has(page, "{{", false);
    arena_free(arena);
}

/* The style sheet fetches nothing but its own fonts, so that the strict policy holds. */
static void sheet_fetches_only_its_fonts(void **state) {
    (void)state;
    Str css = asset_get("theme/style.css");
    size_t count = 0;
    for (size_t at = str_find(css, STR("url("), 0); at != STR_NONE;
         at = str_find(css, STR("url("), at + 4), count++) {
        Str address = str_from_offset(css, at + 4);
        if (!str_starts_with(address, STR("\"data:image/svg+xml,")) &&
            !str_starts_with(address, STR("\"fonts/")))
            fail_msg("%.*s", STR_FMT(str_slice(address, 0, 60)));
    }
    assert_true(count > 4);
    assert_int_equal(str_find(css, STR("@import"), 0), STR_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_ask_for_nothing_unknown),
        cmocka_unit_test(shell_does_with_little),
        cmocka_unit_test(sheet_fetches_only_its_fonts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
