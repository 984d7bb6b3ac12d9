/* money.h: quantities with units, and amounts of money.
 * In: what authors write: "768 MB", "7d", "85 %", "$0.0416", "30 USD"; out: a number with its unit,
 * sums of like with like, and text. Decimal throughout (decimal.h); no exchange rates.
 *
 * Units of information follow SI and IEC: 1 GB is 1000 MB, 1 GiB is 1024 MiB. So 2,880 MB are
 * "about 2.9 GB", as people say, and a budget in GB errs to the safe side. */
#ifndef DATA_MONEY_H
#define DATA_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "data/decimal.h"

typedef enum UnitKind {
    UNIT_NONE, /* a bare number */
    UNIT_BYTES,
    UNIT_TIME,
    UNIT_PERCENT,
    UNIT_MONEY,
    UNIT_OTHER, /* a word that is only equal to itself: "requests", "req/s" */
} UnitKind;

typedef struct Quantity {
    Decimal value;
    UnitKind kind;
    Str unit;       /* "MB", "h", "%"; for money the currency's code; empty for UNIT_NONE */
    int64_t factor; /* how much of the kind's base (byte, millisecond) one unit is; else 1 */
} Quantity;

typedef struct Currency {
    Str code;   /* "USD" */
    Str symbol; /* "$"; "CHF " for one without a sign of its own */
    int places; /* digits of the smallest coin: 2, or 0 for yen */
} Currency;

/* The currency with this code, or NULL. */
const Currency *currency_find(Str code);

/* quantity ::= [-+]? sign? number (" "? unit)?, sign ::= "$" | "€" | ... and unit at most two words
 * of letters. "$" stands for USD, "¥" for JPY. False when `text` is anything else. */
bool quantity_parse(Str text, Quantity *quantity);

/* True when a sum of both means something. */
bool quantity_is_alike(const Quantity *a, const Quantity *b);

/* Adds `part` to `sum`, which keeps its unit. The two must be alike. False on overflow. */
bool quantity_add(Quantity *sum, const Quantity *part);

/* The value of `quantity` in the unit of `like`, which must be alike. False on overflow. */
bool quantity_convert(const Quantity *quantity, const Quantity *like, Decimal *value);

/* "2,880 MB", "$30.37", "85 %". Money has at least its currency's places. */
void quantity_render(const Quantity *quantity, Buf *out);

/* "$1,234.50", "-$0.0416", "CHF 12.00": at least the currency's places. */
void money_render(Decimal amount, const Currency *currency, Buf *out);

#endif
