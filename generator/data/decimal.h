/* decimal.h: decimal numbers without binary fractions.
 * In: text and numbers; out: sums, products and text that every machine computes alike.
 * Knows no units and no currency; money.h does. */
#ifndef DATA_DECIMAL_H
#define DATA_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Places behind the point that are kept. Cloud prices have up to ten. */
#define DECIMAL_PLACES 12

/* digits / 10^scale. Always in lowest form: no scale above 0 with a last digit 0. */
typedef struct Decimal {
    int64_t digits;
    int scale; /* 0 to DECIMAL_PLACES */
} Decimal;

Decimal decimal_of(int64_t value);

/* number ::= [-+]? digit+ ( "," digit{3} )* ( "." digit+ )?. A comma only separates thousands, so
 * "1,5" is refused. Places that do not fit are rounded away. False when `s` is anything else or too
 * large; `value` is untouched then. */
bool decimal_parse(Str s, Decimal *value);

/* The results are rounded to DECIMAL_PLACES where they must be, half away from zero. False when the
 * result is too large; `result` is untouched then. */
bool decimal_add(Decimal a, Decimal b, Decimal *result);
bool decimal_multiply(Decimal a, Decimal b, Decimal *result);

/* `divisor` above 0. */
bool decimal_divide(Decimal a, int64_t divisor, Decimal *result);

Decimal decimal_negate(Decimal a);

/* Rounded to so many places, half away from zero: 2.345 to 2 places is 2.35. */
Decimal decimal_round(Decimal a, int places);

/* Negative, 0 or positive. */
int decimal_compare(Decimal a, Decimal b);

/* a / b in `per`ths, rounded: 3 / 4 in 1000ths is 750. Held at the ends of the type; 0 when b is 0.
 */
int64_t decimal_ratio(Decimal a, Decimal b, int64_t per);

/* "1,234.50": thousands separated, at least `places` digits behind the point. */
void decimal_render(Decimal a, int places, Buf *out);

#endif
