#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "data/money.h"

static const char *const kind_names[] = {"none", "bytes", "time", "percent", "money", "other"};

/* "kind: text", or "no". */
static void check_parse(const char *text, const char *expected) {
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    Quantity quantity;
    if (quantity_parse(str_from(text), &quantity)) {
        buf_add_format(&out, "%s: ", kind_names[quantity.kind]);
        quantity_render(&quantity, &out);
    } else {
        buf_add_text(&out, "no");
    }
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void test_parse(void **state) {
    (void)state;
    check_parse("768 MB", "bytes: 768 MB");
    check_parse("768MB", "bytes: 768 MB");
    check_parse(" 2,880 MB ", "bytes: 2,880 MB");
    check_parse("2.7 GB", "bytes: 2.7 GB");
    check_parse("4 GiB", "bytes: 4 GiB");
    check_parse("4 gb", "other: 4 gb");
    check_parse("7d", "time: 7 d");
    check_parse("15 min", "time: 15 min");
    check_parse("30 days", "time: 30 days");
    check_parse("85 %", "percent: 85 %");
    check_parse("10.6%", "percent: 10.6 %");
    check_parse("9009", "none: 9,009");
    check_parse("$30", "money: $30.00");
    check_parse("$0.0416", "money: $0.0416");
    check_parse("-$18", "money: -$18.00");
    check_parse("$1,234.5", "money: $1,234.50");
    check_parse("30 USD", "money: $30.00");
    check_parse("$30 USD", "money: $30.00");
    check_parse("\xE2\x82\xAC"
                "12",
                "money: \xE2\x82\xAC"
                "12.00");
    check_parse("\xC2\xA5"
                "1200",
                "money: \xC2\xA5"
                "1,200");
    check_parse("CHF 12.5", "money: CHF 12.50");
    check_parse("A$5", "money: A$5.00");
    check_parse("4.7 req/s", "other: 4.7 req/s");
    check_parse("256 CPU units", "other: 256 CPU units");
    check_parse("$30 GB", "no");
    check_parse("$-5", "no");
    check_parse("$", "no");
    check_parse("MB", "no");
    check_parse("", "no");
    check_parse("1,5 GB", "no");
    check_parse("10.0.0.0/16", "no");
    check_parse("2025-10-01", "no");
    check_parse("UID 10001", "no");
    check_parse("4317 (OTLP gRPC)", "no");
    check_parse("3 h on Mondays", "no");
    check_parse("99999999999999999999 MB", "no");
}

/* The sum of a list separated by "+"; "mixed" or "too large". */
static void check_sum(const char *text, const char *expected) {
    Arena *arena = arena_new();
    Buf out = buf_new(arena);
    Quantity sum = {0}, part;
    Str rest = str_from(text);
    assert_true(quantity_parse(str_cut(&rest, '+'), &sum));
    while (rest.data) {
        assert_true(quantity_parse(str_cut(&rest, '+'), &part));
        if (!quantity_is_alike(&sum, &part)) {
            buf_add_text(&out, "mixed");
            break;
        }
        if (!quantity_add(&sum, &part)) {
            buf_add_text(&out, "too large");
            break;
        }
    }
    if (!out.size)
        quantity_render(&sum, &out);
    assert_string_equal(str_cstr(arena, buf_str(&out)), expected);
    arena_free(arena);
}

static void test_sums(void **state) {
    (void)state;
    check_sum("384 MB + 768 MB + 384 MB + 384 MB + 384 MB + 384 MB", "2,688 MB");
    check_sum("2688 MB + 64 MB + 128 MB", "2,880 MB");
    check_sum("2.7 GB + 384 MB", "3.084 GB");
    check_sum("384 MB + 2.7 GB", "3,084 MB");
    check_sum("1 GiB + 1 MB", "1.000931322575 GiB");
    check_sum("1 MB + 1 GiB", "1,074.741824 MB");
    check_sum("1 h + 30 min", "1.5 h");
    check_sum("7d + 1 week", "14 d");
    check_sum("$30 + 1.6 USD", "$31.60");
    check_sum("$30 + \xE2\x82\xAC"
              "5",
              "mixed");
    check_sum("4 MB + 4", "mixed");
    check_sum("4 MB + 4 h", "mixed");
    check_sum("5 requests + 6 requests", "11 requests");
    check_sum("5 requests + 6 users", "mixed");
    check_sum("9000000 TB + 1 MB", "9,000,000.000001 TB");
    check_sum("9300000 TB + 1 MB", "9,300,000.000001 TB");
    check_sum("1 MB + 9300000 TB", "too large");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
