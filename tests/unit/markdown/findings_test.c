#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "markdown/md.h"

#include <cmocka.h>

/* Every finding of `text`, a line each: place, underlined bytes, rule, message, way out. */
static Str find(Arena *arena, Str text) {
    Diags *diags = diags_new(arena);
    md_parse(source_new(arena, STR("a.md"), text), arena, diags);
    diags_sort(diags);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < diags_count(diags); i++) {
        const Diag *diag = diags_get(diags, i);
        Place place = span_place(diag->at);
        buf_add_format(&out, "%u:%u+%u %.*s: %.*s", place.line, place.column, place.mark_size,
                       STR_FMT(diag_rule_name(diag->rule)), STR_FMT(diag->message));
        if (diag->hint.size)
            buf_add_format(&out, " | %.*s", STR_FMT(diag->hint));
        if (diag->related.source)
            buf_add_format(&out, " | %.*s %u", STR_FMT(diag->related_as),
                           span_place(diag->related).line);
        buf_add_char(&out, '\n');
    }
    return buf_str(&out);
}

static void check(const char *text, const char *expected) {
    Arena *arena = arena_new();
    assert_string_equal(str_cstr(arena, find(arena, str_from(text))), expected);
    arena_free(arena);
}

static void references_without_definition(void **state) {
    (void)state;
    check("see [text][lable]\n\n[x][label]\n\n[label]: y.md\n",
          "1:12+5 link/reference: no definition of link reference \"lable\""
          " | did you mean \"label\"?\n");
    check("see [text][]\n",
          "1:6+4 link/reference: no definition of link reference \"text\""
          " | add a line \"[text]: address\", or write \\[ for a plain bracket\n");
    check("> | a |\n> |---|\n> | ![pic][p\\|q] |\n",
          "3:12+4 link/reference: no definition of link reference \"p|q\""
          " | add a line \"[p|q]: address\", or write \\[ for a plain bracket\n");
    check("[*a*][b c]\n", "1:7+3 link/reference: no definition of link reference \"b c\""
                          " | add a line \"[b c]: address\", or write \\[ for a plain bracket\n");
}

static void footnotes_without_definition(void **state) {
    (void)state;
    check("a[^nope] b[^note]\n\n[^note]: x\n",
          "1:4+4 link/reference: no definition of footnote \"nope\" | did you mean \"note\"?\n");
    check("- a[^1]\n", "1:6+1 link/reference: no definition of footnote \"1\""
                       " | add a line \"[^1]: text\", or write \\[ for a plain bracket\n");
}

static void definitions_nobody_uses(void **state) {
    (void)state;
    check("text\n\n[a]: x.md\n", "3:2+1 link/unused-reference: link reference \"a\" is never used"
                                 " | remove the definition, or refer to it\n");
    check("text\n\n[^a]: note\n\n    more [x]: y\n",
          "3:3+1 link/reference: footnote \"a\" is never used"
          " | remove the definition, or refer to it\n");
    check("> text\n>\n> [a]: x.md \"t\"\n> [b]:\n>   y.md\n\n[a]\n",
          "4:4+1 link/unused-reference: link reference \"b\" is never used"
          " | remove the definition, or refer to it\n");
}

static void definitions_made_twice(void **state) {
    (void)state;
    check("[a]\n\n[a]: x.md\n[A]: y.md\n",
          "4:2+1 link/reference: link reference \"A\" is defined twice"
          " | the first definition counts | first defined here 3\n");
    check("x[^a]\n\n[^a]: one\n\n[^a]: two\n",
          "5:3+1 link/reference: footnote \"a\" is defined twice"
          " | the first definition counts | first defined here 3\n");
}

static void what_is_no_reference(void **state) {
    (void)state;
    check("[a][b] [a][] [a] ![a][b]\n\n[a]: x\n[B]: y\n", "");
    check("`[a][b]` and \\[a][b] and array[1][2] and x[^] and [ ] [x]\n", "");
    check("a name is [A-Z][a-z0-9_] or [A-Z][a-z]\n", "");
    check("```\n[a][b] [^c]\n\n[d]: e\n```\n\n    [f]: g\n\n<div>\n[h]: i\n</div>\n", "");
    check("[//]: # (a comment)\n[comment]: <> (another)\n\ntext\n", "");
    check("- [ ] task\n- [x] [x](y.md)\n\n> [!NOTE]\n> x\n", "");
    check("x[^a]\n\n[^a]: note\n    more\n\n    [not]: a definition that is used [not]\n", "");
}

static void text_that_is_none(void **state) {
    (void)state;
    check("ok\nbad \xFF byte\n",
          "2:5+1 page/encoding: byte 0xFF is not UTF-8 | save the file as UTF-8\n");
    check("cut \xE2\x82\n",
          "1:5+1 page/encoding: byte 0xE2 is not UTF-8 | save the file as UTF-8\n");
    Arena *arena = arena_new();
    Str found = find(arena, STR("a\nb\0c\n"));
    assert_string_equal(str_cstr(arena, found), "2:2+1 page/encoding: byte 0x00 does not belong in "
                                                "text | save the file as UTF-8\n");
    arena_free(arena);
}

static void front_matter(void **state) {
    (void)state;
    check("---\ntitle: x\n---\ntext\n", "");
    check("---\n\ntext\n", "");
    check("---\ntitle: x\n\ntext\n", "1:1+3 page/front-matter: front matter has no end"
                                     " | close it with a line \"---\"\n");
}

/* `unit` again and again up to `size` bytes, a line end every `line` bytes. */
static Str repeat(Arena *arena, const char *unit, size_t size, size_t line) {
    Buf out = buf_new(arena);
    for (size_t since = 0; out.size < size;) {
        buf_add_text(&out, unit);
        since += strlen(unit);
        if (line && since >= line) {
            buf_add_char(&out, '\n');
            since = 0;
        }
    }
    return buf_str(&out);
}

static void limits_are_findings(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const struct {
        Str text;
        const char *expected;
    } cases[] = {
        {repeat(arena, "word ", LIMIT_PAGE_SIZE + 1, 80),
         "1:1+1 page/limit: page of 4194306 bytes is larger than the limit of 4194304"
         " | split it into several pages\n"},
        {repeat(arena, "x", LIMIT_LINE_SIZE + 1, 0),
         "1:1+1 page/limit: line of 65537 bytes is longer than the limit of 65536"
         " | break the line\n"},
        {repeat(arena, "|-", 402, 0),
         "1:1+402 page/limit: table of 201 columns, more than the limit of 200\n"},
        {repeat(arena, "> ", 202, 0),
         "1:1+202 page/limit: line nested 101 deep, more than the limit of 100\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_cstr(arena, find(arena, cases[i].text)), cases[i].expected);
    /* Just below, nothing is found. */
    assert_int_equal(find(arena, repeat(arena, "x", LIMIT_LINE_SIZE, 0)).size, 0);
    assert_int_equal(find(arena, repeat(arena, "|-", 400, 0)).size, 0);
    assert_int_equal(find(arena, repeat(arena, "> ", 200, 0)).size, 0);
    assert_int_equal(find(arena, repeat(arena, "- ", 1000, 0)).size, 0);
    arena_free(arena);
}

static void deep_nesting_is_cut(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf text = buf_new(arena);
    for (size_t i = 0; i < 120; i++) {
        buf_add_repeat(&text, ' ', 2 * i);
        buf_add_text(&text, "- x\n");
    }
    assert_string_equal(str_cstr(arena, find(arena, buf_str(&text))),
                        "101:201+1 page/limit: nested deeper than the limit of 100\n");
    arena_free(arena);
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_without_definition),
        cmocka_unit_test(footnotes_without_definition),
        cmocka_unit_test(definitions_nobody_uses),
        cmocka_unit_test(definitions_made_twice),
        cmocka_unit_test(what_is_no_reference),
        cmocka_unit_test(text_that_is_none),
        cmocka_unit_test(front_matter),
        cmocka_unit_test(limits_are_findings),
        cmocka_unit_test(deep_nesting_is_cut),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
