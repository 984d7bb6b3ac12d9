#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text_mark.h"
#include "diagram/syntax/label.h"

#include <cmocka.h>

/* One letter per mark, '.' for none, '*' for several. */
static char letter_of(uint8_t marks) {
    static const char letters[] = "bicsuxl^";
    if (marks == 0)
        return '.';
    for (int i = 0; i < 8; i++)
        if (marks == 1 << i)
            return letters[i];
    return '*';
}

static void test_marks(void **state) {
    (void)state;
    static const struct {
        const char *raw, *text, *marks; /* marks "": the label has none at all */
    } rows[] = {
        {"plain", "plain", ""},
        {"<b>x</b>", "x", "b"},
        {"a <b>bold</b> z", "a bold z", "..bbbb.."},
        {"a<strong> b </strong>c", "a b c", ".bbb."},
        {"<i>a</i><em>b</em>", "ab", "ii"},
        {"<code>f()</code> <tt>g</tt> <kbd>h</kbd>", "f() g h", "ccc.c.c"},
        {"<small>a</small><u>b</u><s>c</s><del>d</del>", "abcd", "suxx"},
        {"x<sup>2</sup>y<sub>i</sub>", "x2yi", ".^.l"},
        {"<b>a<i>b</i>c</b>d", "abcd", "b*b."},
        {"<b><b>a</b>b</b>c", "abc", "bb."},
        {"<B>a</B>", "a", "b"},
        {"</b>a<b>b", "ab", ".b"},
        {"<b>a<br/>b</b>", "a\nb", "bbb"},
        {"<h3>Title</h3>text", "Title\ntext", "bbbbbb...."},
        {"<font color='red'>y</font>", "y", ""},
        {"<a href='x'>y</a> <span>z</span>", "y z", ""},
        {"  <b> a </b>  ", "a", "b"},
        {"\"<b>a</b>\"", "a", "b"},
        {"<b>&amp;é</b>!", "&é!", "bbb."},
        {"<b></b>a", "a", ""},
        {"List<String> <b>x</b>", "List<String> x", ".............b"},
        {"<b", "<b", ""},
        {"<b>", "", ""},
        {"&eacute;&copy;&sup2;&nbsp;x&nosuch;", "é©²\xC2\xA0x&nosuch;", ""},
        {"&#65;&#8364;&#x41;&#55296;&#1114112;", "A€&#x41;&#55296;&#1114112;", ""},
        {"a&#10;b", "a\nb", ""},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        LabelText label = label_read(str_from(rows[i].raw), arena);
        Buf marks = buf_new(arena);
        for (size_t k = 0; k < label.marks.size; k++)
            buf_add_char(&marks, letter_of((uint8_t)label.marks.data[k]));
        if (!str_equal(label.text, str_from(rows[i].text)) ||
            !str_equal(buf_str(&marks), str_from(rows[i].marks)))
            fail_msg("\"%s\": \"%.*s\" with \"%.*s\", expected \"%s\" with \"%s\"", rows[i].raw,
                     STR_FMT(label.text), STR_FMT(buf_str(&marks)), rows[i].text, rows[i].marks);
    }
    arena_free(arena);
}

/* Deep and crossed tags: a mark for every byte, in linear time. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const parts[] = {"<b>",  "</b>",   "<b>a",     "<i>a<b>b</i>c</b>",
                                        "<b a", "<h1>x ", "<sup> x ", "&amp;<u>"};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Buf raw = buf_new(arena);
        while (raw.size < 100000)
            buf_add_text(&raw, parts[i]);
        LabelText label = label_read(buf_str(&raw), arena);
        assert_true(label.marks.size == 0 || label.marks.size == label.text.size);
        arena_reset(arena);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_marks),
                                       cmocka_unit_test(test_hostile)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
