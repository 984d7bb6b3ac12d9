/* Settings and data files that mean harm: deep, huge, crafted. Each must end soon, with a finding
 * or without, and never crash; the sanitizers watch. */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "config/config.h"
#include "data/csv.h"
#include "data/data.h"
#include "site/view/cards.h"
#include "site/view/cost.h"
#include "site/view/table.h"
#include "time_limit.h"

#define MIB ((size_t)1 << 20)

/* Processor time for one reading, many times what it takes; sanitizers slow it down. */
#define SECONDS 20

static Arena *arena;

/* Runs a text through everything that reads such files; the number of findings as a data file. */
static size_t read_all(Str text) {
    clock_t start = clock();
    Diags *diags = diags_new(arena);
    Buf out = buf_new(arena);
    Source *source = source_new(arena, STR("in"), text);
    DataFile file = data_read(source, arena, diags);
    size_t count = diags_count(diags);
    if (file.cards)
        view_cards(file.cards, STR(""), &out);
    if (file.cost)
        view_cost(file.cost, STR(""), STR(""), STR("d1-"), &out);
    config_read(source, NULL, NULL, arena, diags);
    view_table(csv_parse(source, arena, diags), STR(""), STR(""), &out);
    for (size_t i = 0; i < diags_count(diags) && i < 100; i++)
        span_place(diags_get(diags, i)->at);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < time_limit(SECONDS));
    return count;
}

/* `unit` over and over up to `size` bytes, behind `head`. */
static Str repeat(const char *head, const char *unit, size_t size) {
    Buf out = buf_new(arena);
    buf_add_text(&out, head);
    while (out.size < size)
        buf_add_text(&out, unit);
    return buf_str(&out);
}

static void test_deep(void **state) {
    (void)state;
    static const char *const units[] = {"[",  "{",     "{a: ", "[{",    "- ",    "? ",   "a: [",
                                        "\"", "'",     "!a ",  "&a ",   "- - ",  "|\n",  "\n- ",
                                        "#",  "[a, [", "{{",   "]",     "}",     ": ",   ",",
                                        "\t", "\r",    "%",    "---\n", "...\n", "- a: "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        read_all(repeat("", units[i], 100000));
        read_all(repeat("a: ", units[i], 100000));
        arena_reset(arena);
    }
    assert_int_equal(read_all(repeat("", "[", 1000)), 1);
}

/* Each line one level deeper, so that nothing stands on one line. */
static void test_deep_lines(void **state) {
    (void)state;
    Buf out = buf_new(arena);
    for (size_t depth = 0; depth < 2000; depth++) {
        buf_add_repeat(&out, ' ', depth);
        buf_add_text(&out, "a:\n");
    }
    assert_int_equal(read_all(buf_str(&out)), 1);
}

static void test_huge(void **state) {
    (void)state;
    assert_int_equal(read_all(repeat("", "a", 8 * MIB + 1)), 1);
    static const char *const units[] = {
        "a",       "a: b\n", "- a\n", "{a: b}, ",           "x y ",
        "\"a\", ", "\n",     "# c\n", "- {a: [1, 2, 3]}\n", "\xC3\xA9",
        "1",       ",",      "a,b\n"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        read_all(repeat("", units[i], i < 2 ? 8 * MIB - 16 : MIB));
        arena_reset(arena);
    }
}

/* Lists of typed things as long as a file may be. */
static void test_many(void **state) {
    (void)state;
    static const struct {
        const char *head, *unit;
    } rows[] = {
        {"kind: cards\nbudget: {M: 1}\ncards:\n", "- {name: a, fields: {M: 1}}\n"},
        {"kind: cards\ncards:\n", "- {nmae: a}\n"},
        {"kind: cards\ncards:\n- name: a\n  ports: [", "1,"},
        {"kind: cost\ncurrency: USD\nas_of: 2025-01-01\nitems:\n", "- {name: a, unit: h}\n"},
        {"kind: cost\ncurrency: USD\nas_of: 2025-01-01\nscenarios:\n", "- {name: a}\n"},
        {"nav:\n", "- a.md\n"},
        {"checks:\n", "  link/pge: off\n"},
        {"roadmap:\n", "- a/b\n"},
        {"{totalMonthlyCost: 1, projects: [{breakdown: {resources: [",
         "{costComponents: [{name: a, price: 1}]},"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_all(repeat(rows[i].head, rows[i].unit, MIB));
        arena_reset(arena);
    }
}

/* Entries that all differ, which is the slow case of whatever looks others up. */
static void test_many_different(void **state) {
    (void)state;
    static const struct {
        const char *head, *format;
    } rows[] = {
        {"", "key%d: 1\n"},
        {"kind: cards\nbudget: {M: 1}\ncards:\n",
         "- {name: a%d, group: g%d, fields: {M: 1, F%d: x}}\n"},
        {"kind: cost\ncurrency: USD\nas_of: 2025-01-01\nitems:\n",
         "- {name: a%d, unit: hour, group: g%d, price: {s%d: 1}}\n"},
        {"redirects:\n", "  a%d.md: b%d.md\n"},
        {"checks:\n", "  link/p%d: off\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Buf out = buf_new(arena);
        buf_add_text(&out, rows[i].head);
        for (int number = 0; number < 20000; number++) {
            Str line = str_from(rows[i].format);
            for (size_t k = 0; k < line.size; k++)
                if (line.data[k] == '%') {
                    buf_add_int(&out, number);
                    k++;
                } else {
                    buf_add_char(&out, line.data[k]);
                }
        }
        read_all(buf_str(&out));
        arena_reset(arena);
    }
}

/* The billion laughs: refused, not expanded. */
static void test_bomb(void **state) {
    (void)state;
    Buf out = buf_new(arena);
    buf_add_text(&out, "a0: &a0 [lol]\n");
    for (int i = 1; i < 40; i++) {
        buf_add_format(&out, "a%d: &a%d [", i, i);
        for (int k = 0; k < 9; k++)
            buf_add_format(&out, "*a%d, ", i - 1);
        buf_add_text(&out, "]\n");
    }
    assert_int_equal(read_all(buf_str(&out)), 20);
}

/* Every prefix, and every file with one byte changed: a small but tireless fuzzer. */
static void test_mutations(void **state) {
    (void)state;
    static const char *const seeds[] = {
        "kind: cards\ntitle: \"T\"\nbudget: {M: {limit: 4 GB, reserve: 1 MB}}\ncards:\n- name: A\n"
        "  ports: [1, 2]\n  fields: {M: 1 GB, 'x': \"y\\n\"}\n- {name: B, color: red}\n",
        "kind: cost\ncurrency: USD\nas_of: 2025-01-01\nscenarios:\n- name: A\n- {name: B, hours: "
        "5/day}\nbudget: $5\ntotal: {A: 1.00}\nitems:\n- {name: X, unit: hour, price: $0.0416, "
        "quantity: {A: 1, B: 2 h}}\n",
        "site: {title: T}\nnav:\n- a.md\n- S:\n  - b.md\nchecks: {nav/orphan: off}\n",
        "{\"totalMonthlyCost\": \"1\", \"projects\": [{\"breakdown\": {\"resources\": [{\"name\": "
        "\"r\", \"costComponents\": [{\"price\": \"1.5\", \"monthlyCost\": null}]}]}}]}",
        "a,\"b\"\"c\"\r\n1,\"x\ny\"\n",
    };
    static const char bytes[] = "\0\t\n \"'#&*!|>%@`[]{}:,-?\x7f\x80\xC3\xFF"
                                "09az$.";
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        size_t size = strlen(seeds[i]);
        for (size_t at = 0; at < size; at++) {
            read_all((Str){seeds[i], at});
            for (size_t k = 0; k < sizeof bytes; k += 1 + at % 7) {
                char *copy = str_cstr(arena, str_from(seeds[i]));
                copy[at] = bytes[k];
                read_all((Str){copy, size});
            }
            arena_reset(arena);
        }
    }
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deep),           cmocka_unit_test(test_deep_lines),
        cmocka_unit_test(test_huge),           cmocka_unit_test(test_many),
        cmocka_unit_test(test_many_different), cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_mutations),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
