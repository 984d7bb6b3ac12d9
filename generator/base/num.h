/* num.h: numbers from text.
 * The whole text must be the number; no locale, no silent overflow.
 * Money and quantities with units are data/money.h's business. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A decimal integer with optional sign. False (and `value` untouched) when `s` is anything else or
 * does not fit. */
bool num_parse(Str s, int64_t *value);

/* An integer from `low` to `high`, else false. */
bool num_parse_range(Str s, int64_t low, int64_t high, int64_t *value);

#endif
