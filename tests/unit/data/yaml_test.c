#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buf.h"
#include "base/limits.h"
#include "data/yaml_plain.h"

static void print_scalar(Buf *out, const YamlNode *node) {
    buf_add_format(out, "%c:%.*s", node->is_quoted ? 'q' : "nbifs"[node->kind],
                   STR_FMT(node->text));
    if (node->kind == YAML_BOOL)
        buf_add_text(out, node->is_true ? "(true)" : "(false)");
    if (node->kind == YAML_INT)
        buf_add_format(out, "(%lld)", (long long)node->integer);
}

/* A tree in one line: `{key=value, ...}`, `[value, ...]`; a scalar is the first letter of its kind
 * ("q" for quoted text), its text, and behind "@" the bytes it stands on. */
static void print_tree(Buf *out, const YamlNode *node) {
    bool is_map = node->kind == YAML_MAP;
    if (!is_map && node->kind != YAML_LIST)
        print_scalar(out, node);
    else
        buf_add_char(out, is_map ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        buf_add_text(out, i ? ", " : "");
        if (is_map)
            buf_add_format(out, "%.*s=", STR_FMT(node->keys[i]->text));
        print_tree(out, node->values[i]);
    }
    if (is_map || node->kind == YAML_LIST)
        buf_add_char(out, is_map ? '}' : ']');
    buf_add_format(out, "@%u+%u", (unsigned)node->at.start, (unsigned)node->at.size);
}

static void check(const char *input, const char *expected) {
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Source *source = source_new(arena, STR("in.yml"), str_from(input));
    YamlNode *root =
        yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena, diags);
    Buf out = buf_new(arena);
    if (root)
        print_tree(&out, root);
    for (size_t i = 0; i < diags_count(diags); i++)
        buf_add_format(&out, "%.*s", STR_FMT(diags_get(diags, i)->message));
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void test_documents(void **state) {
    (void)state;
    check("", "n:@0+0");
    check("# nothing\n", "n:@0+0");
    check("---\n", "n:@4+0");
    check("--- x\n...\n", "s:x@4+1");
    check("%YAML 1.2\n---\na\n", "s:a@14+1");
    check("{\"a\": [1, true, null]}", "{a=[i:1(1)@7+1, b:true(true)@10+4, n:null@16+4]@6+15}@0+22");
    check("\xEF\xBB\xBF"
          "a: b",
          "{a=s:b@6+1}@3+4");
    check("a: 1\r\nb: 2\r\n", "{a=i:1(1)@3+1, b=i:2(2)@9+1}@0+10");
}

static void test_places(void **state) {
    (void)state;
    check("k: \xC3\xA9t\xC3\xA9  # c\nm: x\n", "{k=s:\xC3\xA9t\xC3\xA9@3+5, m=s:x@17+1}@0+18");
    check("t: |\n  x\n  y\n\nn: 1\n", "{t=q:x\ny\n@3+9, n=i:1(1)@17+1}@0+18");
    check("m:\n  a: 1\n  # c\n\nn:\nl:\n- x y\n",
          "{m={a=i:1(1)@8+1}@5+4, n=n:@19+0, l=[s:x y@25+3]@23+5}@0+28");
    check("a: \"q\"  # c\nb: 'it''s'\n", "{a=q:q@3+3, b=q:it's@15+7}@0+22");
    check("a: [x , y ]\n", "{a=[s:x@4+1, s:y@8+1]@3+8}@0+11");
    check("a: one\n  two\n", "{a=s:one two@3+9}@0+12");
    check("a: \xF0\x9F\x9F\xA2\nb: z\n", "{a=s:\xF0\x9F\x9F\xA2@3+4, b=s:z@11+1}@0+12");
    check("a: {}\nb: []\n", "{a={}@3+2, b=[]@9+2}@0+11");
}

/* More than 64 code points, so that the table of offsets is used. */
static void test_places_far_away(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf input = buf_new(arena);
    buf_add_text(&input, "a: \"");
    for (int i = 0; i < 1000; i++)
        buf_add_text(&input, "\xC3\xA9");
    buf_add_text(&input, "\"\nb: end\n");
    Source *source = source_new(arena, STR("in.yml"), buf_str(&input));
    YamlNode *root = yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena,
                                diags_new(arena));
    assert_non_null(root);
    assert_int_equal(yaml_find(root, "b")->at.start, 4 + 2000 + 2 + 3);
    assert_true(str_equal(span_text(yaml_find(root, "b")->at), STR("end")));
    arena_free(arena);
}

/* A part of a source: front matter between its fences. */
static void test_region(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Source *source = source_new(arena, STR("in.md"), STR("---\ntitle: T\nx: ]\n---\n# T\n"));
    YamlNode *root = yaml_parse(span_of(source, 4, 9), DIAG_PAGE_FRONT_MATTER, arena, diags);
    assert_non_null(root);
    assert_true(str_equal(span_text(yaml_find(root, "title")->at), STR("T")));
    assert_int_equal(yaml_find(root, "title")->at.start, 11);
    assert_null(yaml_parse(span_of(source, 4, 14), DIAG_PAGE_FRONT_MATTER, arena, diags));
    assert_int_equal(diags_count(diags), 1);
    assert_int_equal(diags_get(diags, 0)->rule, DIAG_PAGE_FRONT_MATTER);
    assert_int_equal(span_place(diags_get(diags, 0)->at).line, 3);
    arena_free(arena);
}

/* One scalar and its kind by the core schema. */
static void test_kinds(void **state) {
    (void)state;
    static const struct {
        const char *text;
        YamlKind kind;
        int64_t integer;
    } rows[] = {
        {"null", YAML_NULL, 0},
        {"~", YAML_NULL, 0},
        {"NULL", YAML_NULL, 0},
        {"nULL", YAML_STRING, 0},
        {"true", YAML_BOOL, 0},
        {"False", YAML_BOOL, 0},
        {"yes", YAML_STRING, 0},
        {"NO", YAML_STRING, 0},
        {"on", YAML_STRING, 0},
        {"off", YAML_STRING, 0},
        {"0", YAML_INT, 0},
        {"-17", YAML_INT, -17},
        {"+5", YAML_INT, 5},
        {"007", YAML_INT, 7},
        {"0o17", YAML_INT, 15},
        {"0x1fF", YAML_INT, 511},
        {"0x", YAML_STRING, 0},
        {"0o8", YAML_STRING, 0},
        {"0b1", YAML_STRING, 0},
        {"9223372036854775807", YAML_INT, INT64_MAX},
        {"9223372036854775808", YAML_FLOAT, 0},
        {"0x7fffffffffffffff", YAML_INT, INT64_MAX},
        {"0x8000000000000000", YAML_FLOAT, 0},
        {"1_000", YAML_STRING, 0},
        {"1,000", YAML_STRING, 0},
        {"1.5", YAML_FLOAT, 0},
        {"1.", YAML_FLOAT, 0},
        {".5", YAML_FLOAT, 0},
        {"1e3", YAML_FLOAT, 0},
        {"1.5e-3", YAML_FLOAT, 0},
        {"1e", YAML_STRING, 0},
        {"e3", YAML_STRING, 0},
        {"-.inf", YAML_FLOAT, 0},
        {".Inf", YAML_FLOAT, 0},
        {".nan", YAML_FLOAT, 0},
        {"1.2.3", YAML_STRING, 0},
        {"2026-11-21", YAML_STRING, 0},
        {"12:30:45", YAML_STRING, 0},
        {"-", YAML_LIST, 0},
        {"+", YAML_STRING, 0},
        {".", YAML_STRING, 0},
        {"'1'", YAML_STRING, 0},
        {"\"null\"", YAML_STRING, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena *arena = arena_new();
        Source *source = source_new(arena, STR("in.yml"), str_from(rows[i].text));
        YamlNode *root = yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena,
                                    diags_new(arena));
        assert_non_null(root);
        if (root->kind != rows[i].kind || root->integer != rows[i].integer)
            fail_msg("\"%s\" is %s, %lld", rows[i].text, yaml_kind_name(root->kind).data,
                     (long long)root->integer);
        arena_free(arena);
    }
}

static void test_bytes(void **state) {
    (void)state;
    check("a: \xFF", "the byte 0xFF is not UTF-8");
    check("a: b\x01", "a control character, U+0001, cannot be used here");
    check("a: b\x7F", "a control character, U+007F, cannot be used here");
    check("a: b\xC2\x80", "a control character cannot be used here");
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Source *source = source_new(arena, STR("in.yml"), STR("a: b\0c"));
    assert_null(yaml_parse(span_of(source, 0, 6), DIAG_DATA_SYNTAX, arena, diags));
    assert_int_equal(diags_get(diags, 0)->at.start, 4);
    arena_free(arena);
}

static void test_keys(void **state) {
    (void)state;
    static const char *const known[] = {"title", "cards", "budget", NULL};
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    Source *source = source_new(arena, STR("in.yml"), STR("titel: x\ncards: y\nzzz: 1\n"));
    YamlNode *root =
        yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena, diags);
    assert_false(yaml_check_keys(root, known, DIAG_DATA_SCHEMA, diags));
    assert_int_equal(diags_count(diags), 2);
    assert_string_equal(diags_get(diags, 0)->message.data, "unknown key \"titel\"");
    assert_string_equal(diags_get(diags, 0)->hint.data, "did you mean \"title\"?");
    assert_int_equal(diags_get(diags, 1)->hint.size, 0);
    assert_null(yaml_find(root, "budget"));
    assert_null(yaml_find(NULL, "budget"));
    assert_null(yaml_find(yaml_find(root, "cards"), "x"));
    arena_free(arena);
}

/* libyaml marks the end of this text one code point behind its last one; bytes and code points
 * differ here. */
static void test_a_mark_behind_the_end(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Diags *diags = diags_new(arena);
    const Source *source =
        source_new(arena, STR("x.yml"),
                   STR("---\ntitl: cost\n\u00a3curdription: Here.\n-kind: c\n-kind: "
                       "cost\n\u00a3curren"));
    assert_null(yaml_parse(span_of(source, 0, source->text.size), DIAG_DATA_SYNTAX, arena, diags));
    Span at = diags_get(diags, 0)->at;
    assert_true(at.start + at.size <= source->text.size);
    arena_free(arena);
}

/* Everything there is to know of a document, keys with their places and kinds included. */
static Str describe(const YamlNode *root, Arena *arena) {
    Buf out = buf_new(arena);
    print_tree(&out, root);
    for (size_t i = 0; i < root->count; i++) {
        buf_add_text(&out, "\n");
        print_tree(&out, root->keys[i]);
    }
    return buf_str(&out);
}

/* Plain lines are read without libyaml. A comment behind them makes libyaml read them, and means
 * nothing: the tree, its kinds and places must be the same. */
static void test_plain_lines_are_read_as_by_libyaml(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "title", "a",  "order", "x_1",  "true", "null", "No",         ": ",  ":",   ":  ", " ",
        "\n",    "\n", "\n",    "word", "12",   "0x1F", "1.5e3",      "-",   "- ",  "'",   "\"",
        "[",     "]",  "{",     "}",    ",",    "&",    "*",          "!",   "|",   ">",   "%",
        "@",     "`",  "?",     "~",    "_",    ".",    "2026-11-21", "---", "...", "\\",  "\t"};
    Arena *arena = arena_new();
    uint32_t random = 2463534242u;
    size_t plain = 0;
    for (int round = 0; round < 60000; round++) {
        Buf text = buf_new(arena);
        buf_add_text(&text, "---\n"); /* what stands before the region moves its places */
        bool is_likely = round % 2 == 0;
        for (int i = 0; i < round % 13; i++) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            size_t count = sizeof pieces / sizeof *pieces;
            /* Every second text is of good lines, with something else in one of eight. */
            if (is_likely)
                buf_add_format(&text, "%s%u: %s", pieces[random % 4], random >> 8 & 31,
                               pieces[random >> 13 & 7]);
            if (!is_likely || (random >> 16 & 7) == 0)
                buf_add_text(&text, pieces[(random >> 19) % count]);
            buf_add_text(&text, is_likely ? "\n" : "");
        }
        const Source *source = source_new(arena, STR("in.yml"), str_copy(arena, buf_str(&text)));
        const YamlNode *fast = yaml_read_plain(span_of(source, 4, source->text.size - 4), arena);
        plain += fast != NULL;
        buf_add_text(&text, text.data[text.size - 1] == '\n' ? "#\n" : "\n#\n");
        const Source *longer = source_new(arena, STR("in.yml"), buf_str(&text));
        Span region = span_of(longer, 4, text.size - 4);
        assert_null(yaml_read_plain(region, arena));
        Diags *diags = diags_new(arena);
        const YamlNode *slow = fast ? yaml_parse(region, DIAG_DATA_SYNTAX, arena, diags) : NULL;
        if (fast && (!slow || !str_equal(describe(fast, arena), describe(slow, arena))))
            fail_msg("%.*s\nis\n%.*s\nand by libyaml\n%.*s", STR_FMT(source->text),
                     STR_FMT(describe(fast, arena)),
                     STR_FMT(slow ? describe(slow, arena) : diags_get(diags, 0)->message));
        arena_reset(arena);
    }
    assert_true(plain > 5000);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_mark_behind_the_end),
        cmocka_unit_test(test_plain_lines_are_read_as_by_libyaml),
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_places_far_away),
        cmocka_unit_test(test_region),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
