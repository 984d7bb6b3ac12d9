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

/* "anchor|heading|excerpt: word=weight ..." for each section. */
static Str describe(Arena *arena, const char *title, const char *html) {
    const SearchPage *page = search_read(str_from(title), str_from(html), arena);
    Str *words = ARENA_ARRAY(arena, Str, page->word_count + 1), rest = page->words;
    for (size_t i = 0; i < page->word_count; i++)
        words[i] = str_cut(&rest, '\n');
    Buf out = buf_new(arena);
    const uint8_t *at = page->hits;
    for (size_t i = 0; i < page->section_count; i++) {
        buf_add_format(&out, "%.*s|%.*s|%.*s:", STR_FMT(page->sections[i].anchor),
                       STR_FMT(page->sections[i].heading), STR_FMT(page->sections[i].excerpt));
        for (uint32_t k = 0; k < page->sections[i].hit_count; k++) {
            uint32_t hit = search_take_number(&at);
            buf_add_format(&out, " %.*s=%u", STR_FMT(words[hit / SEARCH_WEIGHTS]),
                           hit % SEARCH_WEIGHTS);
        }
        buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

static void sections_and_words(void **state) {
    (void)state;
    static const struct {
        const char *title, *html, *expected;
    } cases[] = {
        /* A title of one or two words weighs most. */
        {"Net", "<h1>Net</h1><p>A VPC.</p>", "|Net|A VPC.: net=5 vpc=0\n"},
        {"The net of it", "<p>x</p>", "||x: the=4 net=4 of=4 it=4\n"},
        /* So does a heading among headings; its section has the words of the title as well. */
        {"T1",
         "<p>one</p><div class=\"heading\"><h2 id=\"b\">Two <em>x</em></h2>"
         "<a class=\"anchor\" href=\"#b\">#anchor</a></div><p>a two<br>to two</p>"
         "<h3 id=\"c\">Two of it</h3>",
         "||one: t1=5 one=0\nb|Two x|a two to two: t1=1 two=3 to=0\n"
         "c|Two of it|: t1=1 two=2 of=2 it=2\n"},
        {"", "go Go GO", "||go Go GO: go=1\n"},
        /* Names in code are found by their parts. */
        {"", "loki_write FaroErrorBoundary __x_ A_B",
         "||loki_write FaroErrorBoundary __x_ A_B: loki_write=0 loki=0 write=0 faroerrorboundary=0 "
         "faro=0 error=0 boundary=0 __x_=0 a_b=0\n"},
        {"", "<figure><svg><text>Grafana</text></svg></figure>a &amp; b1 &lt;x&gt;",
         "||a & b1 <x>: grafana=0 b1=0\n"},
        {"", "\xC3\x84rger \xD0\x96\xD0\xB8 \xE6\x97\xA5\xE6\x9C\xAC 7",
         "||\xC3\x84rger \xD0\x96\xD0\xB8 \xE6\x97\xA5\xE6\x9C\xAC 7: \xC3\xA4rger=0 "
         "\xD0\xB6\xD0\xB8=0 \xE6\x97\xA5=0 \xE6\x9C\xAC=0 7=0\n"},
        {"", "<script>no</script><style>no</style>", "||:\n"},
        {"", "open <b", "||open: open=0\n"},
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
    assert_true(excerpt.size <= 120 && excerpt.size > 100);
    assert_true(str_ends_with(excerpt, STR(" \xC3\xA4\xC3\xA4\xC3\xA4")));
    text.size = 0;
    buf_add_repeat(&text, 'x', 1000000);
    page = search_read(STR(""), buf_str(&text), arena);
    assert_int_equal(page->word_count, 0);
    assert_true(page->sections[0].excerpt.size <= 120);
    /* Bytes that continue a letter which never began, as a table may hold them. */
    text.size = 0;
    buf_add_repeat(&text, '\x9D', 200);
    page = search_read(STR(""), buf_str(&text), arena);
    assert_int_equal(page->sections[0].excerpt.size, 120);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_and_words),
        cmocka_unit_test(excerpts_end_at_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
