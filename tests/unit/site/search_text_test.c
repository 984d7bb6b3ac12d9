#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buf.h"
#include "site/search_text.h"

/* "anchor|heading|excerpt" for each section, then "word section:weight..." for each word. */
static Str describe(Arena *arena, const char *title, const char *html) {
    const SearchPage *page = search_read(str_from(title), str_from(html), arena);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < page->section_count; i++)
        buf_add_format(&out, "%.*s|%.*s|%.*s\n", STR_FMT(page->sections[i].anchor),
                       STR_FMT(page->sections[i].heading), STR_FMT(page->sections[i].excerpt));
    for (size_t i = 0; i < page->term_count; i++) {
        buf_add_format(&out, "%.*s", STR_FMT(page->terms[i]->word));
        for (size_t k = 0; k < page->terms[i]->hit_count; k++)
            buf_add_format(&out, " %u:%d", page->terms[i]->hits[k].section,
                           page->terms[i]->hits[k].weight);
        buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

static void sections_and_words(void **state) {
    (void)state;
    static const struct {
        const char *title, *html, *expected;
    } cases[] = {
        {"Net", "<h1>Net</h1><p>A VPC.</p>", "|Net|A VPC.\nnet 0:3\nvpc 0:0\n"},
        {"T",
         "<p>one</p><div class=\"heading\"><h2 id=\"b\">Two <em>x</em></h2>"
         "<a class=\"anchor\" href=\"#b\">#anchor</a></div><p>a two<br>to two</p>",
         "||one\nb|Two x|a two to two\none 0:0\ntwo 1:2\nto 1:0\n"},
        {"", "go Go GO", "||go Go GO\ngo 0:1\n"},
        {"", "<figure><svg><text>Grafana</text></svg></figure>a &amp; b_1 &lt;x&gt;",
         "||a & b_1 <x>\ngrafana 0:0\nb_1 0:0\n"},
        {"", "\xC3\x84rger \xD0\x96\xD0\xB8 \xE6\x97\xA5\xE6\x9C\xAC 7",
         "||\xC3\x84rger \xD0\x96\xD0\xB8 \xE6\x97\xA5\xE6\x9C\xAC 7\n\xC3\xA4rger 0:0\n"
         "\xD0\xB6\xD0\xB8 0:0\n\xE6\x97\xA5 0:0\n\xE6\x9C\xAC 0:0\n7 0:0\n"},
        {"", "<script>no</script><style>no</style>", "||\n"},
        {"", "open <b", "||open\nopen 0:0\n"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_cstr(arena, describe(arena, cases[i].title, cases[i].html)),
                            cases[i].expected);
    arena_free(arena);
}

static void excerpts_end_at_a_word(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    for (int i = 0; i < 60; i++)
        buf_add_text(&text, "\xC3\xA4\xC3\xA4\xC3\xA4 ");
    const SearchPage *page = search_read(STR(""), buf_str(&text), arena);
    Str excerpt = page->sections[0].excerpt;
    assert_true(excerpt.size <= 140 && excerpt.size > 100);
    assert_true(str_ends_with(excerpt, STR(" \xC3\xA4\xC3\xA4\xC3\xA4")));
    text.size = 0;
    buf_add_repeat(&text, 'x', 1000000);
    page = search_read(STR(""), buf_str(&text), arena);
    assert_int_equal(page->term_count, 0);
    assert_true(page->sections[0].excerpt.size <= 140);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_and_words),
        cmocka_unit_test(excerpts_end_at_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
