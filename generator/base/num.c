#include "base/ban.h"

#include "base/num.h"

bool num_parse(Str s, int64_t *value) {
    bool is_negative = s.size && s.data[0] == '-';
    if (s.size && (s.data[0] == '-' || s.data[0] == '+'))
        s = str_from_offset(s, 1);
    if (s.size == 0)
        return false;
    int64_t sum = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        int digit = s.data[i] - '0';
        /* Summing downwards for negative numbers reaches INT64_MIN without overflow. */
        if (__builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, is_negative ? -digit : digit, &sum))
            return false;
    }
    *value = sum;
    return true;
}

bool num_parse_range(Str s, int64_t low, int64_t high, int64_t *value) {
    int64_t number;
    if (!num_parse(s, &number) || number < low || number > high)
        return false;
    *value = number;
    return true;
}
