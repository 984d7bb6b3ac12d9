#include "base/ban.h"

#include "data/yaml_scalar.h"

#include "base/num.h"

typedef struct Word {
    const char *text;
    YamlKind kind;
    bool is_true;
} Word;

/* yes, no, on and off are text: that they are not is YAML 1.1's most famous trap ("NO" for Norway).
 */
static const Word words[] = {
    {"", YAML_NULL, false},      {"~", YAML_NULL, false},     {"null", YAML_NULL, false},
    {"Null", YAML_NULL, false},  {"NULL", YAML_NULL, false},  {"true", YAML_BOOL, true},
    {"True", YAML_BOOL, true},   {"TRUE", YAML_BOOL, true},   {"false", YAML_BOOL, false},
    {"False", YAML_BOOL, false}, {"FALSE", YAML_BOOL, false}, {".nan", YAML_FLOAT, false},
    {".NaN", YAML_FLOAT, false}, {".NAN", YAML_FLOAT, false}, {".inf", YAML_FLOAT, false},
    {".Inf", YAML_FLOAT, false}, {".INF", YAML_FLOAT, false},
};

static int digit_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

/* Decimal digits from `from` on. */
static size_t count_digits(Str s, size_t from) {
    size_t end = from;
    while (end < s.size && digit_value(s.data[end]) < 10)
        end++;
    return end - from;
}

/* based ::= "0o" [0-7]+ | "0x" [0-9a-fA-F]+. One too large for 64 bits is a float, as core says a
 * number may be. */
static bool type_based(YamlNode *node) {
    Str s = node->text;
    if (s.size < 3 || s.data[0] != '0' || (s.data[1] != 'o' && s.data[1] != 'x'))
        return false;
    int base = s.data[1] == 'o' ? 8 : 16;
    int64_t value = 0;
    bool fits = true;
    for (size_t i = 2; i < s.size; i++) {
        int digit = digit_value(s.data[i]);
        if (digit >= base)
            return false;
        fits = fits && value <= (INT64_MAX - digit) / base;
        if (fits)
            value = value * base + digit;
    }
    node->kind = fits ? YAML_INT : YAML_FLOAT;
    node->integer = fits ? value : 0;
    return true;
}

/* number ::= [-+]? ( "." digit+ | digit+ ( "." digit* )? ) ( [eE] [-+]? digit+ )?
 *          | [-+] ".inf"; an integer is one without "." and exponent. */
static bool type_number(YamlNode *node) {
    Str s = node->text;
    size_t at = s.size && (s.data[0] == '-' || s.data[0] == '+');
    Str unsigned_part = str_from_offset(s, at);
    if (at && unsigned_part.size == 4 && str_equal_nocase(unsigned_part, STR(".inf"))) {
        node->kind = YAML_FLOAT;
        return true;
    }
    size_t whole = count_digits(s, at), fraction = 0;
    at += whole;
    if (whole && at == s.size) {
        node->kind = num_parse(s, &node->integer) ? YAML_INT : YAML_FLOAT;
        return true;
    }
    if (at < s.size && s.data[at] == '.') {
        fraction = count_digits(s, at + 1);
        at += 1 + fraction;
    }
    if (!whole && !fraction)
        return false;
    if (at < s.size && (s.data[at] == 'e' || s.data[at] == 'E')) {
        at++;
        at += at < s.size && (s.data[at] == '-' || s.data[at] == '+');
        size_t exponent = count_digits(s, at);
        if (!exponent)
            return false;
        at += exponent;
    }
    if (at != s.size)
        return false;
    node->kind = YAML_FLOAT;
    return true;
}

/* The longest of them. */
#define WORD_MAX 5u

void yaml_scalar_type(YamlNode *node) {
    for (size_t i = 0; node->text.size <= WORD_MAX && i < sizeof words / sizeof *words; i++)
        if (str_equal(node->text, str_from(words[i].text))) {
            node->kind = words[i].kind;
            node->is_true = words[i].is_true;
            return;
        }
    if (!type_based(node) && !type_number(node))
        node->kind = YAML_STRING;
}
