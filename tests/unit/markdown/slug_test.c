#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "markdown/md.h"

#include <cmocka.h>

static void slugs_are_githubs(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"Simple", "simple"},
        {"Two Words", "two-words"},
        {"5. Ring (slot + per-scope) / Debug", "5-ring-slot--per-scope--debug"},
        {"What's new?", "whats-new"},
        {"a_b-c d", "a_b-c-d"},
        {"--flag", "--flag"},
        {"C++ & C#", "c--c"},
        {"  blanks  at  ends  ", "--blanks--at--ends--"},
        {"Ärger ÉTÉ", "ärger-été"},
        {"ПРИВЕТ Мир", "привет-мир"},
        {"日本語 テスト", "日本語-テスト"},
        {"🚀 Launch 🚀", "-launch-"},
        {"naïve cafe\xCC\x81", "naïve-cafe\xCC\x81"},
        {"“quoted” – dash…", "quoted--dash"},
        {"v1.2.3", "v123"},
        {"tab\tand\nline", "tabandline"},
        {"½ ² ٣", "½-²-٣"},
        {"", ""},
        {"!?.,", ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str slug = md_slug(str_from(cases[i].text), arena);
        assert_string_equal(str_cstr(arena, slug), cases[i].expected);
    }
    arena_free(arena);
}

/* The ids of all headings of `text`, each followed by a blank. */
static void check_ids(const char *text, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, STR("a.md"), str_from(text)), arena, diags);
    Buf ids = buf_new(arena);
    for (size_t i = 0; i < doc->heading_count; i++) {
        buf_add(&ids, doc->headings[i].node->id);
        buf_add_char(&ids, ' ');
    }
    assert_string_equal(str_cstr(arena, buf_str(&ids)), expected);
    arena_free(arena);
}

static void ids_are_unique(void **state) {
    (void)state;
    check_ids("# A\n# A\n# A\n", "a a-1 a-2 ");
    check_ids("# A\n# A-1\n# A\n", "a a-1 a-2 ");
    check_ids("# A\n# A\n# A-1\n# A\n", "a a-1 a-1-1 a-2 ");
    check_ids("# !\n# ?\n", "section section-1 ");
    check_ids("# a\n> # a\n- # a\n", "a a-1 a-2 ");
}

static void ids_come_from_what_is_read(void **state) {
    (void)state;
    check_ids("# `code_x` and *em* **b**\n", "code_x-and-em-b ");
    check_ids("# [link](x.md) a\n", "link-a ");
    check_ids("# ![logo](x.png) Title\n", "-title ");
    check_ids("# a &amp; b \\* c\n", "a--b--c ");
    check_ids("# ~~gone~~ www.example.org\n", "gone-wwwexampleorg ");
    check_ids("# note[^1]\n\n[^1]: x\n", "note ");
    check_ids("# <b>bold</b>\n", "bold ");
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slugs_are_githubs),
        cmocka_unit_test(ids_are_unique),
        cmocka_unit_test(ids_come_from_what_is_read),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
