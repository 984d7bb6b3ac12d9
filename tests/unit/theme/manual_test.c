/* The manual's page about the theme is its interface: every class and token of the style sheet,
 * every value, part and template stands there, and nothing stands there that does not exist. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/asset.h"
#include "base/fs.h"
#include "base/limits.h"
#include "config/config_theme.h"
#include "site/shell/shell.h"

#include <cmocka.h>

static Arena *arena;
static Str manual, sheet;

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static Str name_at(Str text, size_t at) {
    size_t end = at;
    while (end < text.size && is_name_char(text.data[end]))
        end++;
    return str_slice(text, at, end);
}

/* The sheet without comments and quoted addresses, in which dots begin no class. */
static Str bare_sheet(void) {
    Str css = asset_get("theme/style.css");
    Buf out = buf_new(arena);
    for (size_t i = 0; i < css.size; i++) {
        bool is_comment = str_starts_with(str_from_offset(css, i), STR("/*"));
        if (is_comment)
            i = str_find(css, STR("*/"), i) + 1;
        else if (css.data[i] == '"')
            i = str_find_char(css, '"', i + 1);
        else
            buf_add_char(&out, css.data[i]);
    }
    return buf_str(&out);
}

static bool is_in_manual(Str name) {
    return str_find(manual, str_format(arena, "`%.*s`", STR_FMT(name)), 0) != STR_NONE;
}

static void every_class_is_explained(void **state) {
    (void)state;
    size_t count = 0;
    for (size_t i = 1; i < sheet.size; i++) {
        Str name = name_at(sheet, i);
        bool is_class =
            sheet.data[i - 1] == '.' && name.size && (name.data[0] < '0' || name.data[0] > '9');
        count += is_class;
        if (is_class && !is_in_manual(name))
            fail_msg("theme.md does not list the class %.*s", STR_FMT(name));
    }
    assert_true(count > 200);
}

/* Names in the table of classes that no rule of the sheet has would promise nothing. */
static void every_class_of_the_manual_exists(void **state) {
    (void)state;
    size_t at = str_find(manual, STR("### Classes"), 0),
           end = str_find(manual, STR("## Files"), at);
    size_t count = 0;
    while ((at = str_find_char(manual, '`', at)) < end) {
        Str name = name_at(manual, at + 1);
        size_t found = STR_NONE;
        for (size_t from = 0;
             (found = str_find(sheet, str_format(arena, ".%.*s", STR_FMT(name)), from)) != STR_NONE;
             from = found + 1)
            if (name_at(sheet, found + 1).size == name.size)
                break;
        if (found == STR_NONE)
            fail_msg("theme.md lists the class %.*s, which no rule has", STR_FMT(name));
        at += name.size + 2;
        count++;
    }
    assert_true(count > 100);
}

static void every_token_is_explained(void **state) {
    (void)state;
    /* Of these the manual explains the first, or the rule by which they are named. */
    static const char *const families[] = {"--space-", "--icon", "--back", "--shade"};
    for (size_t i = 2; i < sheet.size; i++) {
        Str name = name_at(sheet, i);
        bool is_token = str_starts_with(name, STR("--")) && !is_name_char(sheet.data[i - 1]) &&
                        i + name.size < sheet.size && sheet.data[i + name.size] == ':';
        if (!is_token || is_in_manual(name))
            continue;
        bool is_family = str_ends_with(name, STR("-soft")) || str_ends_with(name, STR("-line"));
        for (size_t k = 0; k < sizeof families / sizeof *families; k++)
            is_family |= str_starts_with(name, str_from(families[k]));
        if (!is_family)
            fail_msg("theme.md does not list the token %.*s", STR_FMT(name));
    }
}

static void every_value_is_explained(void **state) {
    (void)state;
    for (size_t i = 0; shell_values[i]; i++)
        if (!is_in_manual(str_from(shell_values[i])))
            fail_msg("theme.md does not list the value %s", shell_values[i]);
}

static void every_color_is_explained_and_exists(void **state) {
    (void)state;
    Str css = asset_get("theme/style.css");
    for (size_t i = 0; config_theme_colors[i]; i++) {
        const char *name = config_theme_colors[i];
        if (!is_in_manual(str_from(name)))
            fail_msg("theme.md does not list the colour %s", name);
        if (str_find(css, str_format(arena, "  --%s: light-dark(#", name), 0) == STR_NONE)
            fail_msg("the style sheet has no colour %s", name);
    }
}

/* "{{+head}}" of parts.html. */
static void every_part_is_explained(void **state) {
    (void)state;
    Str parts = asset_get("theme/parts.html");
    size_t count = 0;
    for (size_t at = 0; (at = str_find(parts, STR("{{+"), at)) != STR_NONE; at++, count++)
        if (!is_in_manual(name_at(parts, at + 3)))
            fail_msg("theme.md does not list the part %.*s", STR_FMT(name_at(parts, at + 3)));
    assert_true(count > 4);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    FsText text;
    bool is_read = fs_read(fs_open_disk(arena, STR(".")), STR("site-src/docsgen/theme.md"),
                           LIMIT_PAGE_SIZE, arena, &text);
    assert_true(is_read);
    manual = text.content;
    sheet = bare_sheet();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_is_explained),
        cmocka_unit_test(every_class_of_the_manual_exists),
        cmocka_unit_test(every_token_is_explained),
        cmocka_unit_test(every_value_is_explained),
        cmocka_unit_test(every_color_is_explained_and_exists),
        cmocka_unit_test(every_part_is_explained),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
