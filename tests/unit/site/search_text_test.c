#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buf.h"
#include "base/utf8.h"
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

/* Adds the word, as long as it is one that is looked for, unless it is there. */
static void list_word(Buf *list, Str word) {
    bool is_digit = word.size == 1 && word.data[0] >= '0' && word.data[0] <= '9';
    if (word.size > 40 || (word.size < 2 && !is_digit))
        return;
    for (Str rest = buf_str(list); rest.size;)
        if (str_equal(str_cut(&rest, '\n'), word))
            return;
    buf_add(list, word);
    buf_add_char(list, '\n');
}

/* Ends a word: itself, and its parts, each up to where the next one begins. */
static void end_word(Buf *list, Buf *word, const size_t *pieces, size_t count) {
    if (word->size <= 40) {
        list_word(list, buf_str(word));
        for (size_t i = 0; count && i <= count; i++) {
            Str piece =
                str_slice(buf_str(word), i ? pieces[i - 1] : 0, i < count ? pieces[i] : word->size);
            while (str_ends_with(piece, STR("_")))
                piece.size--;
            list_word(list, piece);
        }
    }
    word->size = 0;
}

/* The words of a text without tags, letter by letter. */
static Str words_slowly(Str text, Arena *arena) {
    Buf list = buf_new(arena), word = buf_new(arena);
    size_t pieces[8], count = 0;
    buf_reserve(&list, 1);
    for (char before = 0; text.size;) {
        char c = text.data[0];
        Str all = text;
        uint32_t point = utf8_take(&text);
        bool is_capital = c >= 'A' && c <= 'Z';
        if (!utf8_is_word(point)) {
            end_word(&list, &word, pieces, count);
            count = 0;
            size_t end = c == '&' ? str_find_char(str_slice(all, 0, 8), ';', 0) : STR_NONE;
            text = end == STR_NONE ? text : str_from_offset(all, end + 1);
        } else {
            bool is_piece = before == '_' ? c != '_' : is_capital && before >= 'a' && before <= 'z';
            if (word.size && is_piece && point < 0x80 && count < 8)
                pieces[count++] = word.size;
            utf8_add(&word, utf8_lower(point));
        }
        before = point < 0x80 ? c : '\0';
    }
    end_word(&list, &word, pieces, count);
    return buf_str(&list);
}

/* The text as an excerpt shows it, but whole. */
static Str shown_slowly(Str text, Arena *arena) {
    static const Str entities[] = {{"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}};
    Buf out = buf_new(arena);
    while (text.size) {
        char c = text.data[0];
        size_t size = 1;
        for (size_t i = 0; i < 4; i++) {
            if (!str_starts_with(text, entities[i]))
                continue;
            c = "&<>\""[i];
            size = entities[i].size;
        }
        bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_blank || (out.size && out.data[out.size - 1] != ' '))
            buf_add_char(&out, is_blank ? ' ' : c);
        text = str_from_offset(text, size);
    }
    return buf_str(&out);
}

/* Eight bytes are looked at where one would do: wherever a word, sign or letter of another script
 * stands, the result is that of going letter by letter. */
static void random_texts_have_the_words_that_are_seen_one_by_one(void **state) {
    (void)state;
    static const char *const pieces[] = {"word",
                                         "a",
                                         "7",
                                         "Upper",
                                         "HTTP",
                                         "camelCase",
                                         "_",
                                         "snake_case",
                                         "__",
                                         " ",
                                         "  ",
                                         ", ",
                                         ".\n",
                                         "\t",
                                         "&amp;",
                                         "&quot;",
                                         "&",
                                         ";",
                                         "eightabc",
                                         "eight8Eight8",
                                         "\xC3\xA4",
                                         "\xC3\x84",
                                         "\xE2\x80\x94",
                                         "\xFF",
                                         "@",
                                         "[",
                                         "`",
                                         "{",
                                         "/",
                                         ":",
                                         "x123456789012345678901234567890",
                                         "\x01",
                                         "\x7F"};
    Arena *arena = arena_new();
    uint32_t random = 2463534242u;
    for (int round = 0; round < 20000; round++) {
        Buf text = buf_new(arena);
        buf_add_text(&text, "");
        for (unsigned i = 0; i < 1u + (unsigned)round % 24; i++) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            buf_add_text(&text, pieces[random % (sizeof pieces / sizeof *pieces)]);
        }
        /* In memory of its own, so that whoever reads behind it is caught. */
        Str own = {str_cstr(arena, buf_str(&text)), text.size};
        const SearchPage *page = search_read(STR(""), own, arena);
        Str expected = words_slowly(own, arena);
        assert_int_equal(page->words.size, expected.size);
        assert_memory_equal(page->words.data, expected.data, expected.size);
        assert_true(str_starts_with(shown_slowly(own, arena), page->sections[0].excerpt) ||
                    str_starts_with(str_trim(shown_slowly(own, arena)), page->sections[0].excerpt));
        /* What comes from a file is hashed again. */
        SearchPage filed = *page;
        filed.list = NULL;
        const SearchWord *words = search_words(&filed, arena);
        for (size_t i = 0; i < page->word_count; i++)
            assert_memory_equal(&words[i], &page->list[i], sizeof *words);
        arena_reset(arena);
    }
    arena_free(arena);
}

/* Of a page without text there may be no byte in memory: clang's sanitizer counts what is added to
 * nowhere. */
static void nothing_has_no_words(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const SearchPage *page = search_read((Str){NULL, 0}, (Str){NULL, 0}, arena);
    assert_int_equal(page->word_count, 0);
    assert_int_equal(page->section_count, 1);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_and_words),
        cmocka_unit_test(excerpts_end_at_a_word),
        cmocka_unit_test(nothing_has_no_words),
        cmocka_unit_test(random_texts_have_the_words_that_are_seen_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
