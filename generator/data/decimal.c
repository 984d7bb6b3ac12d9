#include "base/ban.h"

#include "data/decimal.h"

/* Wide enough for every step below: two 63-bit numbers multiplied, or one times 10^18. */
__extension__ typedef __int128 Wide;

static Wide power_of_ten(int exponent) {
    Wide power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static Wide divide_rounded(Wide a, Wide divisor) {
    Wide half = divisor / 2;
    if (a < 0)
        return -((-a + half) / divisor);
    return (a + half) / divisor;
}

static bool fits(Wide digits) {
    return digits <= INT64_MAX && digits >= -INT64_MAX;
}

/* Brings any digits and scale into a Decimal. All superfluous places go in one step, for rounding
 * twice can round wrongly: 2.4449 would become 2.445, then 2.45. */
static bool settle(Wide digits, int scale, Decimal *result) {
    int drop = scale > DECIMAL_PLACES ? scale - DECIMAL_PLACES : 0;
    while (!fits(divide_rounded(digits, power_of_ten(drop))))
        if (++drop > scale)
            return false;
    digits = divide_rounded(digits, power_of_ten(drop));
    scale -= drop;
    while (scale > 0 && digits % 10 == 0) {
        digits /= 10;
        scale--;
    }
    *result = (Decimal){(int64_t)digits, scale};
    return true;
}

/* The digits of `a` at a scale that is not below its own. */
static Wide digits_at(Decimal a, int scale) {
    return a.digits * power_of_ten(scale - a.scale);
}

Decimal decimal_of(int64_t value) {
    return (Decimal){value, 0};
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t count_digits(Str s, size_t from) {
    size_t end = from;
    while (end < s.size && is_digit(s.data[end]))
        end++;
    return end - from;
}

/* The end of digit+ ( "," digit{3} )*, or 0 when that does not stand there. */
static size_t end_of_whole(Str s, size_t from) {
    size_t count = count_digits(s, from), end = from + count;
    if (count == 0)
        return 0;
    bool has_groups = end < s.size && s.data[end] == ',';
    if (has_groups && count > 3)
        return 0;
    while (end < s.size && s.data[end] == ',') {
        if (count_digits(s, end + 1) != 3)
            return 0;
        end += 4;
    }
    return end;
}

bool decimal_parse(Str s, Decimal *value) {
    size_t start = s.size && (s.data[0] == '-' || s.data[0] == '+');
    size_t whole_end = end_of_whole(s, start);
    if (!whole_end)
        return false;
    size_t end = whole_end;
    if (end < s.size && s.data[end] == '.') {
        end += 1 + count_digits(s, end + 1);
        if (end == whole_end + 1)
            return false;
    }
    if (end != s.size)
        return false;
    /* 10^30 is more than fits in the end and leaves Wide room for one more digit. */
    const Wide limit = power_of_ten(30);
    Wide digits = 0;
    int scale = 0;
    for (size_t i = start; i < end; i++) {
        if (!is_digit(s.data[i]))
            continue;
        if (i > whole_end && (scale > DECIMAL_PLACES || digits > limit))
            continue; /* beyond the place that decides the rounding */
        if (digits > limit)
            return false;
        digits = digits * 10 + (s.data[i] - '0');
        scale += i > whole_end;
    }
    return settle(s.data[0] == '-' ? -digits : digits, scale, value);
}

bool decimal_add(Decimal a, Decimal b, Decimal *result) {
    int scale = a.scale > b.scale ? a.scale : b.scale;
    return settle(digits_at(a, scale) + digits_at(b, scale), scale, result);
}

bool decimal_multiply(Decimal a, Decimal b, Decimal *result) {
    return settle((Wide)a.digits * b.digits, a.scale + b.scale, result);
}

bool decimal_divide(Decimal a, int64_t divisor, Decimal *result) {
    return settle(divide_rounded(digits_at(a, DECIMAL_PLACES), divisor), DECIMAL_PLACES, result);
}

Decimal decimal_negate(Decimal a) {
    a.digits = -a.digits;
    return a;
}

Decimal decimal_round(Decimal a, int places) {
    if (a.scale <= places)
        return a;
    Decimal result = a;
    settle(divide_rounded(a.digits, power_of_ten(a.scale - places)), places, &result);
    return result;
}

int decimal_compare(Decimal a, Decimal b) {
    int scale = a.scale > b.scale ? a.scale : b.scale;
    Wide left = digits_at(a, scale), right = digits_at(b, scale);
    return (left > right) - (left < right);
}

int64_t decimal_ratio(Decimal a, Decimal b, int64_t per) {
    if (b.digits == 0)
        return 0;
    int scale = a.scale > b.scale ? a.scale : b.scale;
    Wide numerator = digits_at(a, scale), denominator = digits_at(b, scale);
    while (numerator > power_of_ten(31) || numerator < -power_of_ten(31)) {
        numerator /= 10; /* room for `per`; the places lost are far below a `per`th */
        denominator /= 10;
    }
    if (denominator == 0)
        return numerator < 0 ? -INT64_MAX : INT64_MAX;
    numerator *= per;
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    Wide result = divide_rounded(numerator, denominator);
    if (!fits(result))
        return result < 0 ? -INT64_MAX : INT64_MAX;
    return (int64_t)result;
}

void decimal_render(Decimal a, int places, Buf *out) {
    if (a.digits < 0)
        buf_add_char(out, '-');
    Wide digits = a.digits < 0 ? -(Wide)a.digits : a.digits;
    int scale = a.scale;
    for (; scale < places; scale++)
        digits *= 10;
    /* Written from the last digit to the first: at most 19 digits, more zeros than DECIMAL_PLACES
     * are not asked for, and 12 separators. */
    char text[64];
    size_t at = sizeof text;
    for (int i = 0; i <= scale || digits > 0; i++) {
        int whole_place = i - scale;
        if (scale > 0 && whole_place == 0)
            text[--at] = '.';
        if (whole_place > 0 && whole_place % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + (int)(digits % 10));
        digits /= 10;
    }
    buf_add(out, (Str){text + at, sizeof text - at});
}
