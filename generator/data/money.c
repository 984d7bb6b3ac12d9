#include "base/ban.h"

#include "data/money.h"

#include <assert.h>

/* No sign is the beginning of another one, so their order means nothing. Signs that several
 * countries use stand for one of them alone; the others carry a letter of their country. */
static const Currency currencies[] = {
    {{"USD", 3}, {"$", 1}, 2},
    {{"EUR", 3}, {"\xE2\x82\xAC", 3}, 2},
    {{"GBP", 3}, {"\xC2\xA3", 2}, 2},
    {{"JPY", 3}, {"\xC2\xA5", 2}, 0},
    {{"INR", 3}, {"\xE2\x82\xB9", 3}, 2},
    {{"CHF", 3}, {"CHF ", 4}, 2},
    {{"AUD", 3}, {"A$", 2}, 2},
    {{"CAD", 3}, {"CA$", 3}, 2},
    {{"NZD", 3}, {"NZ$", 3}, 2},
    {{"SGD", 3}, {"S$", 2}, 2},
    {{"BRL", 3}, {"R$", 2}, 2},
    {{"CNY", 3}, {"CN\xC2\xA5", 4}, 2},
    {{"KRW", 3}, {"\xE2\x82\xA9", 3}, 0},
    {{"SEK", 3}, {"SEK ", 4}, 2},
    {{"NOK", 3}, {"NOK ", 4}, 2},
    {{"DKK", 3}, {"DKK ", 4}, 2},
    {{"PLN", 3}, {"PLN ", 4}, 2},
    {{"CZK", 3}, {"CZK ", 4}, 2},
    {{"ZAR", 3}, {"ZAR ", 4}, 2},
    {{"MXN", 3}, {"MX$", 3}, 2},
};

typedef struct Unit {
    Str name;
    UnitKind kind;
    int64_t factor;
} Unit;

#define MINUTE_MS ((int64_t)60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

/* Upper and lower case matter: "Mb" is a megabit and none of these. */
static const Unit units[] = {
    {{"%", 1}, UNIT_PERCENT, 1},
    {{"B", 1}, UNIT_BYTES, 1},
    {{"kB", 2}, UNIT_BYTES, 1000},
    {{"KB", 2}, UNIT_BYTES, 1000},
    {{"MB", 2}, UNIT_BYTES, 1000000},
    {{"GB", 2}, UNIT_BYTES, 1000000000},
    {{"TB", 2}, UNIT_BYTES, 1000000000000},
    {{"KiB", 3}, UNIT_BYTES, (int64_t)1 << 10},
    {{"MiB", 3}, UNIT_BYTES, (int64_t)1 << 20},
    {{"GiB", 3}, UNIT_BYTES, (int64_t)1 << 30},
    {{"TiB", 3}, UNIT_BYTES, (int64_t)1 << 40},
    {{"ms", 2}, UNIT_TIME, 1},
    {{"s", 1}, UNIT_TIME, 1000},
    {{"second", 6}, UNIT_TIME, 1000},
    {{"seconds", 7}, UNIT_TIME, 1000},
    {{"min", 3}, UNIT_TIME, MINUTE_MS},
    {{"minute", 6}, UNIT_TIME, MINUTE_MS},
    {{"minutes", 7}, UNIT_TIME, MINUTE_MS},
    {{"h", 1}, UNIT_TIME, HOUR_MS},
    {{"hour", 4}, UNIT_TIME, HOUR_MS},
    {{"hours", 5}, UNIT_TIME, HOUR_MS},
    {{"d", 1}, UNIT_TIME, DAY_MS},
    {{"day", 3}, UNIT_TIME, DAY_MS},
    {{"days", 4}, UNIT_TIME, DAY_MS},
    {{"w", 1}, UNIT_TIME, 7 * DAY_MS},
    {{"week", 4}, UNIT_TIME, 7 * DAY_MS},
    {{"weeks", 5}, UNIT_TIME, 7 * DAY_MS},
};

const Currency *currency_find(Str code) {
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        if (str_equal(code, currencies[i].code))
            return &currencies[i];
    return NULL;
}

/* The currency whose sign `s` begins with, or NULL. */
static const Currency *currency_at(Str s) {
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        if (str_starts_with(s, currencies[i].symbol))
            return &currencies[i];
    return NULL;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* unit ::= word (" " word)?, word ::= (letter | "/")+. More than that is prose: "3 h on Mondays".
 */
static bool is_unit_text(Str s) {
    size_t spaces = 0;
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] == ' ')
            spaces++;
        else if (!is_letter(s.data[i]) && s.data[i] != '/')
            return false;
    }
    return s.size > 0 && is_letter(s.data[0]) && spaces <= 1;
}

/* Sets kind, unit and factor from a unit's text. */
static bool parse_unit(Str text, Quantity *quantity) {
    quantity->unit = text;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal(text, units[i].name)) {
            quantity->kind = units[i].kind;
            quantity->factor = units[i].factor;
            return true;
        }
    quantity->kind = currency_find(text) ? UNIT_MONEY : UNIT_OTHER;
    quantity->factor = 1;
    return is_unit_text(text);
}

/* Takes more than a number may hold, "1.2.3" and "1,5" too: decimal_parse refuses those whole,
 * where a half-read number would leave a rest that looks like a unit. */
static size_t end_of_number(Str s) {
    size_t end = 0;
    while (end < s.size &&
           ((s.data[end] >= '0' && s.data[end] <= '9') || s.data[end] == '.' || s.data[end] == ','))
        end++;
    return end;
}

bool quantity_parse(Str text, Quantity *quantity) {
    Str rest = str_trim(text);
    Quantity result = {.kind = UNIT_NONE, .factor = 1};
    bool is_negative = str_starts_with(rest, STR("-"));
    if (is_negative || str_starts_with(rest, STR("+")))
        rest = str_from_offset(rest, 1);
    const Currency *currency = currency_at(rest);
    if (currency)
        rest = str_from_offset(rest, currency->symbol.size);
    size_t end = end_of_number(rest);
    if (!decimal_parse(str_slice(rest, 0, end), &result.value))
        return false;
    if (is_negative)
        result.value = decimal_negate(result.value);
    Str unit = str_trim(str_from_offset(rest, end));
    if (currency) {
        result.kind = UNIT_MONEY;
        result.unit = currency->code;
        /* "$30 USD" says the same twice; "$30 GB" is a slip. */
        if (unit.size && !str_equal(unit, currency->code))
            return false;
    } else if (unit.size && !parse_unit(unit, &result)) {
        return false;
    }
    *quantity = result;
    return true;
}

/* Bytes add to bytes whatever their units; of money and of words only the same can be added. */
bool quantity_is_alike(const Quantity *a, const Quantity *b) {
    if (a->kind != b->kind)
        return false;
    return (a->kind != UNIT_MONEY && a->kind != UNIT_OTHER) || str_equal(a->unit, b->unit);
}

/* By way of the base unit, in which every factor is a whole number: exact as long as the target's
 * unit divides it, and rounded to DECIMAL_PLACES where it does not (MB in GiB). */
bool quantity_convert(const Quantity *quantity, const Quantity *like, Decimal *value) {
    assert(quantity_is_alike(quantity, like));
    Decimal base;
    return decimal_multiply(quantity->value, decimal_of(quantity->factor), &base) &&
           decimal_divide(base, like->factor, value);
}

bool quantity_add(Quantity *sum, const Quantity *part) {
    Decimal value;
    return quantity_convert(part, sum, &value) && decimal_add(sum->value, value, &sum->value);
}

void money_render(Decimal amount, const Currency *currency, Buf *out) {
    if (amount.digits < 0)
        buf_add_char(out, '-');
    buf_add(out, currency->symbol);
    decimal_render(amount.digits < 0 ? decimal_negate(amount) : amount, currency->places, out);
}

void quantity_render(const Quantity *quantity, Buf *out) {
    if (quantity->kind == UNIT_MONEY) {
        money_render(quantity->value, currency_find(quantity->unit), out);
        return;
    }
    decimal_render(quantity->value, 0, out);
    if (quantity->unit.size) {
        buf_add_char(out, ' ');
        buf_add(out, quantity->unit);
    }
}
