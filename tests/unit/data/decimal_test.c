#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "data/decimal.h"

static Arena *arena;

static const char *show(Decimal value, int places) {
    Buf out = buf_new(arena);
    decimal_render(value, places, &out);
    return str_cstr(arena, buf_str(&out));
}

static Decimal number(const char *text) {
    Decimal value = {0};
    if (!decimal_parse(str_from(text), &value))
        fail_msg("no number: %s", text);
    return value;
}

/* What `text` reads as, written with at least `places` places; "no" when it is refused. */
static void check_parse(const char *text, int places, const char *expected) {
    Decimal value;
    const char *got = decimal_parse(str_from(text), &value) ? show(value, places) : "no";
    if (strcmp(got, expected) != 0)
        fail_msg("\"%s\": %s, not %s", text, got, expected);
}

static void test_parse(void **state) {
    (void)state;
    check_parse("0", 0, "0");
    check_parse("0", 2, "0.00");
    check_parse("-0.5", 0, "-0.5");
    check_parse("+7", 0, "7");
    check_parse("0.0416", 2, "0.0416");
    check_parse("0.10", 0, "0.1");
    check_parse("0.10", 2, "0.10");
    check_parse("1234567", 2, "1,234,567.00");
    check_parse("123", 0, "123");
    check_parse("1000", 0, "1,000");
    check_parse("2,880", 0, "2,880");
    check_parse("1,234,567.5", 0, "1,234,567.5");
    check_parse("-1,000", 2, "-1,000.00");
    check_parse("007", 0, "7");
    check_parse("9223372036854775807", 0, "9,223,372,036,854,775,807");
    check_parse("-9223372036854775807", 0, "-9,223,372,036,854,775,807");
    check_parse("9223372036854775808", 0, "no");
    check_parse("99999999999999999999999999999999999999999999999999", 0, "no");
    check_parse("1,5", 0, "no");
    check_parse("1,50", 0, "no");
    check_parse("1234,567", 0, "no");
    check_parse("12,34", 0, "no");
    check_parse(",5", 0, "no");
    check_parse("1.", 0, "no");
    check_parse(".5", 0, "no");
    check_parse("1.2.3", 0, "no");
    check_parse("1 000", 0, "no");
    check_parse("", 0, "no");
    check_parse("-", 0, "no");
    check_parse("1e3", 0, "no");
    check_parse("0.0000166667", 0, "0.0000166667");
    check_parse("21.2727272727272727", 0, "21.272727272727");
    check_parse("0.0000000000005", 0, "0.000000000001");
    check_parse("0.00000000000049", 0, "0");
    check_parse("1000000000.1234567891", 0, "1,000,000,000.123456789");
    check_parse("0.1234567890123456789012345678901234567890123456789", 0, "0.123456789012");
}

static void test_arithmetic(void **state) {
    (void)state;
    Decimal result;
    /* The classic that binary fractions get wrong. */
    assert_true(decimal_add(number("0.1"), number("0.2"), &result));
    assert_string_equal(show(result, 0), "0.3");
    assert_true(decimal_multiply(number("0.0416"), number("730"), &result));
    assert_string_equal(show(result, 2), "30.368");
    assert_string_equal(show(decimal_round(result, 2), 2), "30.37");
    assert_true(decimal_divide(number("3650"), 24, &result));
    assert_string_equal(show(result, 0), "152.083333333333");
    assert_true(decimal_add(number("9223372036854775807"), number("-0.5"), &result));
    assert_string_equal(show(result, 0), "9,223,372,036,854,775,807");
    assert_false(decimal_add(number("9223372036854775807"), number("1"), &result));
    assert_false(decimal_multiply(number("9223372036854775807"), number("2"), &result));
    assert_true(decimal_multiply(number("3037000499.5"), number("3037000499"), &result));
    assert_string_equal(show(result, 0), "9,223,372,032,444,749,251");
    assert_false(
        decimal_multiply(number("-9223372036854775807"), number("9223372036854775807"), &result));
    assert_true(decimal_multiply(number("0.000000000001"), number("0.000000000001"), &result));
    assert_string_equal(show(result, 0), "0");
}

static void test_rounding(void **state) {
    (void)state;
    static const struct {
        const char *value;
        int places;
        const char *expected;
    } rows[] = {
        {"2.345", 2, "2.35"},  {"-2.345", 2, "-2.35"},
        {"2.3449", 2, "2.34"}, {"0.5", 0, "1"},
        {"-0.5", 0, "-1"},     {"0.49", 0, "0"},
        {"1.999", 2, "2"},     {"1234.5678", 1, "1,234.6"},
        {"7", 2, "7"},         {"9223372036854775807", 2, "9,223,372,036,854,775,807"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(show(decimal_round(number(rows[i].value), rows[i].places), 0),
                            rows[i].expected);
}

static void test_compare_and_ratio(void **state) {
    (void)state;
    assert_int_equal(decimal_compare(number("1.50"), number("1.5")), 0);
    assert_true(decimal_compare(number("1.49"), number("1.5")) < 0);
    assert_true(decimal_compare(number("0"), number("-0.000000000001")) > 0);
    assert_true(decimal_compare(number("9223372036854775807"), number("0.000000000001")) > 0);
    assert_int_equal(decimal_ratio(number("2880"), number("4000"), 1000), 720);
    assert_int_equal(decimal_ratio(number("1"), number("3"), 1000), 333);
    assert_int_equal(decimal_ratio(number("-1"), number("3"), 100), -33);
    assert_int_equal(decimal_ratio(number("1"), number("0"), 100), 0);
    assert_int_equal(decimal_ratio(number("9223372036854775807"), number("0.000000000001"), 1000),
                     INT64_MAX);
    assert_int_equal(
        decimal_ratio(number("9223372036854775807"), number("9223372036854775807"), 1000), 1000);
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
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_compare_and_ratio),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
