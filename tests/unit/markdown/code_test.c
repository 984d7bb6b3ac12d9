#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "markdown/md.h"

static Str render(Arena *arena, Str text) {
    MdDoc *doc = md_parse(source_new(arena, STR("a.md"), text), arena, diags_new(arena));
    Buf out = buf_new(arena);
    md_render(doc, &out);
    return buf_str(&out);
}

static void what_the_info_string_asks_for(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"```\na < b\n```\n", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n"},
        {"    a\n", "<pre tabindex=\"0\"><code>a\n</code></pre>\n"},
        {"```klingon\nqa\n```\n",
         "<pre tabindex=\"0\"><code class=\"language-klingon\">qa\n</code></pre>\n"},
        {"```c\nint x; // a<b\n```\n",
         "<pre tabindex=\"0\"><code class=\"language-c\"><span class=\"tok-t\">int</span> x; "
         "<span class=\"tok-c\">// a&lt;b</span>\n</code></pre>\n"},
        {"```py title=\"a <b>.py\"\n```\n",
         "<figure class=\"code\">\n<figcaption>a &lt;b&gt;.py</figcaption>\n"
         "<pre tabindex=\"0\"><code class=\"language-py\"></code></pre>\n</figure>\n"},
        {"```text {2}\na\nb\n```\n",
         "<pre tabindex=\"0\"><code class=\"language-text\"><span class=\"line\">a\n</span>"
         "<span class=\"line is-marked\">b\n</span></code></pre>\n"},
        {"```c linenums=\"9\" ins={1} del={2-3}\n/* a\nb */\n```\n",
         "<pre tabindex=\"0\"><code class=\"language-c\">"
         "<span class=\"line is-inserted\" data-line=\"9\"><span class=\"tok-c\">/* a</span>\n</span>"
         "<span class=\"line is-deleted\" data-line=\"10\"><span class=\"tok-c\">b */</span>\n</span>"
         "</code></pre>\n"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_cstr(arena, render(arena, str_from(cases[i].text))),
                            cases[i].expected);
    arena_free(arena);
}

/* Whatever stands there, the code itself is shown. */
static void odd_info_strings(void **state) {
    (void)state;
    static const char *const infos[] = {"c {",
                                        "c {0,-1,9999999999,2-1,x}",
                                        "c title=",
                                        "c title=\"open",
                                        "c linenums=x",
                                        "c =",
                                        "c {1,1,1,1}",
                                        "c , , ,",
                                        "{1}",
                                        "c mark={1-1000000}",
                                        "c linenums=\"-1\""};
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof infos / sizeof *infos; i++) {
        Str got = render(arena, str_format(arena, "``` %s\nsome_text\n```\n", infos[i]));
        if (str_find(got, STR("some_text"), 0) == STR_NONE)
            fail_msg("%s: %s", infos[i], str_cstr(arena, got));
    }
    arena_free(arena);
}

/* As many ranges as a line holds over a hundred thousand lines are one pass, not a thousand million
 * steps. */
static void many_ranges(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    buf_add_text(&text, "```text {1");
    for (int i = 0; i < 16000; i++)
        buf_add_text(&text, ",1-9");
    buf_add_text(&text, "}\n");
    for (int i = 0; i < 100000; i++)
        buf_add_text(&text, "x\n");
    buf_add_text(&text, "```\n");
    Str got = render(arena, buf_str(&text));
    if (str_find(got, STR("<span class=\"line is-marked\">x"), 0) == STR_NONE)
        fail_msg("%.300s", str_cstr(arena, got));
    arena_free(arena);
}

int main(void) {
    md_setup();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_info_string_asks_for),
        cmocka_unit_test(odd_info_strings),
        cmocka_unit_test(many_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
