/* Deep, huge and crafted flowcharts: an answer within two seconds, whatever the bytes. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "time_limit.h"
#include "unit/diagram/syntax/flow_dump.h"

#include <cmocka.h>

/* The address sanitizer makes everything several times slower. */
#ifdef __SANITIZE_ADDRESS__
#define LIMIT_SECONDS 10.0
#else
#define LIMIT_SECONDS 2.0
#endif

/* `before`, then `piece` `count` times with its first `#` replaced by the number, then `after`. */
typedef struct HostileCase {
    const char *before, *piece;
    size_t count;
    const char *after;
    bool ok;
} HostileCase;

static Str build(const HostileCase *one, Arena *arena) {
    Buf buf = buf_new(arena);
    buf_add_text(&buf, one->before);
    Str piece = str_from(one->piece);
    size_t mark = str_find_char(piece, '#', 0);
    for (size_t i = 0; i < one->count; i++) {
        buf_add(&buf, str_slice(piece, 0, mark));
        if (mark == STR_NONE)
            continue;
        buf_add_int(&buf, (int64_t)i);
        buf_add(&buf, str_from_offset(piece, mark + 1));
    }
    buf_add_text(&buf, one->after);
    return buf_str(&buf);
}

static const HostileCase cases[] = {
    {"graph TD\nA", "[", 100000, "", false},
    {"graph TD\nA", "(", 100000, "", false},
    {"graph TD\nA", "{", 100000, "", false},
    {"graph TD\n", "A[(\n", 50000, "", false},
    {"graph TD\nA[", "x", 1000000, "]", true},
    {"graph TD\nA[", " ", 1000000, "x]", true},
    {"graph TD\nA -- ", "x ", 500000, "--> B", true},
    {"graph TD\nA -- t", " ", 1000000, "--> B", true},
    {"graph TD\nA ", "-", 1000000, "> B", true},
    {"graph TD\n", "A --> B\n", 19999, "", true},
    {"graph TD\n", "A --> B\n", 50000, "", false},
    {"graph TD\n", "N#\n", 5000, "", true},
    {"graph TD\n", "N#\n", 50000, "", false},
    {"graph TD\n", "subgraph s#\n", 100000, "", false},
    {"graph TD\n", "subgraph s\nend\n", 50000, "", false},
    {"graph TD\n", "subgraph s#\nx --> s#\nend\n", 4000, "", true},
    {"graph TD\n", " ", 1000000, "", true},
    {"graph TD\n", "\n", 1000000, "A", true},
    {"graph TD\n", "direction ", 100000, "", false},
    {"graph TD\n", "A;direction\n", 50000, "", true},
    {"graph TD\n", "a@", 400000, "", false},
    {"graph TD\nA[", "\"`", 300000, "", false},
    {"graph TD\nA[\"", "&#x41;", 100000, "\"]", true},
    {"graph TD\nA[\"", "<a ", 300000, "\"]", true},
    {"", "%%{", 300000, "", false},
    {"graph TD\n", "%%{a:", 200000, "", true},
    {"", "%% a\n", 200000, "graph TD\nA", true},
    {"", "---\n", 300000, "", false},
    {"---\n", "[", 100000, "\n---\ngraph TD\n", false},
    {"graph TD\nA@{", "[", 100000, "}\n", false},
    {"graph TD\n", "A@{ shape: rect }\n", 10000, "", true},
    {"graph TD\nA\nclass ", "A,", 200000, "A x", true},
    {"graph TD\nA\n", "class B# x\n", 20000, "", true},
    {"graph TD\n", "classDef c# fill:red\n", 30000, "", true},
    {"graph TD\nstyle A ", "fill:red,", 100000, "x:y", true},
    {"graph TD\nA\n", "click A call x(\n", 30000, "", false},
    {"graph TD\n", "style a:b", 100000, ";", true},
    {"graph TD\n", "A[x(]\n", 50000, "", false},
    {"graph TD\n", "\xFF\xFE\x01", 100000, "", false},
};

static void test_limits(void **state) {
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str text = build(&cases[i], arena);
        Diags *diags = diags_new(arena);
        bool ok;
        clock_t start = clock();
        const Graph *graph =
            syntax_parse_flow(source_new(arena, STR("a.mmd"), text), arena, diags, &ok);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (ok != cases[i].ok || seconds >= time_limit(LIMIT_SECONDS))
            print_message("case %zu (%s): %s after %.2f s\n", i, cases[i].piece,
                          ok ? "accepted" : "refused", seconds);
        assert_true(graph_check(graph));
        assert_int_equal(ok, cases[i].ok);
        assert_true(ok || diags_count(diags) > 0);
        assert_true(seconds < time_limit(LIMIT_SECONDS));
        arena_reset(arena);
    }
    arena_free(arena);
}

static void test_limit_findings(void **state) {
    (void)state;
    static const struct {
        HostileCase text;
        const char *expected;
    } limits[] = {
        {{"graph TD\n", "N#\n", 5001, "", false}, "5002:1+5 diagram/limit: more than 5000 nodes\n"},
        {{"graph TD\n", "A-->B\n", 20001, "", false},
         "20002:2+3 diagram/limit: more than 20000 connections\n"},
        {{"graph TD\n", "subgraph s#\n", 101, "", false},
         "102:10+4 diagram/limit: more than 100 subgraphs within each other\n"},
        {{"graph TD\n", "x", LIMIT_DIAGRAM_SIZE, "", false},
         "1:1+1 diagram/limit: more than 4194304 bytes\n"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        Diags *diags = diags_new(arena);
        Buf buf = buf_new(arena);
        bool ok;
        syntax_parse_flow(source_new(arena, STR("a.mmd"), build(&limits[i].text, arena)), arena,
                          diags, &ok);
        dump_findings(&buf, diags, DIAG_ERROR);
        assert_false(ok);
        assert_string_equal(str_cstr(arena, buf_str(&buf)), limits[i].expected);
        arena_reset(arena);
    }
    arena_free(arena);
}

/* Every prefix of a text that uses everything, and the text with each byte left out or doubled. */
static void test_damaged(void **state) {
    (void)state;
    Str text = STR("---\ntitle: x\n---\n%%{init: {\"theme\": \"dark\"}}%%\ngraph TD\n%% c\n"
                   "A[\"#quot;\"] e1@-- t --> B@{ shape: doc, label: \"q\" } & C((x))\n"
                   "subgraph s [T]\ndirection LR\nD:::c ==>|y| E[/z/]\nend\nclassDef c fill:#fff;\n"
                   "style A fill:#000\nlinkStyle 0 stroke:#123\nclick A href \"u\" \"t\" _blank\n"
                   "accDescr {\n x\n}\nA -. \"`m`\" .-> s\n");
    Arena *arena = arena_new();
    for (size_t i = 0; i <= text.size; i++) {
        for (int how = 0; how < 3; how++) {
            Buf buf = buf_new(arena);
            bool ok;
            buf_add(&buf, str_slice(text, 0, i));
            if (how == 2)
                buf_add(&buf, str_slice(text, i, i + 1));
            if (how > 0)
                buf_add(&buf, str_from_offset(text, how == 1 ? i + 1 : i));
            Diags *diags = diags_new(arena);
            const Graph *graph = syntax_parse_flow(source_new(arena, STR("a.mmd"), buf_str(&buf)),
                                                   arena, diags, &ok);
            dump_findings(&buf, diags, DIAG_NOTE);
            assert_true(graph_check(graph));
            arena_reset(arena);
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_limit_findings),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
