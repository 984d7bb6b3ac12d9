/* Deep, huge and crafted sequence diagrams: an answer within two seconds, whatever the bytes. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "time_limit.h"
#include "unit/diagram/syntax/sequence_dump.h"

#include <cmocka.h>

/* The address sanitizer makes everything several times slower. */
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
#define LIMIT_SECONDS 10.0
#else
#define LIMIT_SECONDS 2.0
#endif

/* `before`, then `piece` `count` times with its first `@` replaced by the number, then `after`. */
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
    size_t mark = str_find_char(piece, '@', 0);
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

#define SD "sequenceDiagram\n"

static const HostileCase cases[] = {
    {SD, "A->>B: x\n", 19999, "", true},
    {SD, "A->>B: x\n", 100000, "", false},
    {SD, "P@->>A: x\n", 4999, "", true},
    {SD, "participant P@\n", 100000, "", false},
    {SD, "loop x\n", 100000, "", false},
    {SD, "loop x\n", 100, "", false},
    {SD, "box x\n", 100000, "", false},
    {SD, "box x\nend\n", 100000, "", true},
    {SD, "end\n", 100000, "", false},
    {SD, "A->>+A: x\n", 9000, "", true},
    {SD "alt x\n", "else y\n", 15000, "end\n", true},
    {SD "A->>B: ", "x", 1000000, "\n", true},
    {SD "A->>B: ", "<a ", 300000, "\n", true},
    {SD "A->>B: ", "&lt", 300000, "\n", true},
    {SD "A->>B: x", ";", 1000000, "", true},
    {SD "A", "-", 1000000, "B: x", false},
    {SD "A", "-a", 500000, "->>B: x\n", true},
    {SD "A", "(", 1000000, "->>B: x\n", true},
    {SD "participant ", "a ", 500000, "\n", true},
    {SD "participant ", "#", 500000, ":\n", false},
    {SD "participant A as ", "x ", 500000, "\n", true},
    {SD "participant A@{", "[", 100000, "}\n", false},
    {SD "participant A@{", "\n", 100000, "}\n", true},
    {SD, " ", 1000000, "", true},
    {SD, "\n", 1000000, "A->>B: x", true},
    {SD, "(", 1000000, "A->>B: x", true},
    {SD, "#x\n", 300000, "", true},
    {SD, "activate A@\n", 15000, "", true},
    {SD, "deactivate A\n", 100000, "", false},
    {SD, "link A: b @ c\n", 50000, "", true},
    {SD "links A: ", "{", 100000, "\n", true},
    {SD, "accDescr {\n", 100000, "", true},
    {SD, "title\n", 100000, "", true},
    {SD, "create participant P@\nA->>P: x\n", 3000, "", false},
    {SD, "\xFF\xFE\x01", 100000, "", false},
    {"", SD, 50000, "", false},
};

static void test_time(void **state) {
    (void)state;
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str text = build(&cases[i], arena);
        Diags *diags = diags_new(arena);
        bool ok;
        clock_t start = clock();
        const Sequence *sequence =
            syntax_parse_sequence(source_new(arena, STR("a.mmd"), text), arena, diags, &ok);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (ok != cases[i].ok || seconds >= time_limit(LIMIT_SECONDS))
            print_message("case %zu (%s): %s after %.2f s\n", i, cases[i].piece,
                          ok ? "accepted" : "refused", seconds);
        assert_true(sequence_check(sequence));
        assert_int_equal(ok, cases[i].ok);
        assert_true(ok || diags_count(diags) > 0);
        assert_true(seconds < time_limit(LIMIT_SECONDS));
        arena_reset(arena);
    }
    arena_free(arena);
}

static void test_limits(void **state) {
    (void)state;
    static const struct {
        HostileCase text;
        const char *expected;
    } limits[] = {
        {{SD, "participant P@\n", 5001, "", false},
         "5002:13+5 diagram/limit: more than 5000 participants\n"},
        {{SD, "A->>B: x\n", 20001, "", false},
         "20002:2+3 diagram/limit: more than 20000 messages and other steps\n"},
        {{SD, "loop x\n", 101, "", false},
         "102:1+4 diagram/limit: more than 100 frames within each other\n"},
        {{SD, "x", LIMIT_DIAGRAM_SIZE, "", false},
         "1:1+1 diagram/limit: more than 4194304 bytes\n"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        Diags *diags = diags_new(arena);
        Buf buf = buf_new(arena);
        bool ok;
        syntax_parse_sequence(source_new(arena, STR("a.mmd"), build(&limits[i].text, arena)), arena,
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
    Str text =
        STR("---\ntitle: x\n---\n%%{init: {\"sequence\": {}}}%%\nsequenceDiagram\n%% c\n"
            "box Aqua T\nparticipant A@{ \"type\": \"queue\" } as <br/>\nactor B\nend\n"
            "autonumber 1.5 2\nA->>+B: wrap: #quot;; B-->>-A: y # c\ncreate actor C\n"
            "A()->>()C: n\ndestroy C\nC-xA: d\nNote over A,B: t\nalt x\nrect rgb(1,2,3)\n"
            "A-|\\B: z\nend\nelse y\nactivate A\ndeactivate A\nend\nlinks A: {\"a\": \"b\"}\n"
            "link A: w @ u\naccDescr {\n x\n}\ntitle: t\nA\\\\--B: \xC3\xA9\n");
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
            const Sequence *sequence = syntax_parse_sequence(
                source_new(arena, STR("a.mmd"), buf_str(&buf)), arena, diags, &ok);
            dump_findings(&buf, diags, DIAG_NOTE);
            assert_true(sequence_check(sequence));
            arena_reset(arena);
        }
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
