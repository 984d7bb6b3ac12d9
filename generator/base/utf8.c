#include "base/ban.h"

#include "base/utf8.h"

#include "base/unicode_tables.h"

#define UTF8_BAD ((uint32_t)0xFFFD)

/* Bytes of the sequence that `lead` begins, by RFC 3629; 0 for a byte that begins none. */
static size_t sequence_size(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

/* The code point at the front of `s` and its size, or size 0 when it is not UTF-8. */
static size_t decode(Str s, uint32_t *code_point) {
    unsigned char lead = (unsigned char)s.data[0];
    size_t size = sequence_size(lead);
    if (size == 0 || size > s.size)
        return 0;
    uint32_t value = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if ((c & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (c & 0x3F);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code_point = value;
    return size;
}

uint32_t utf8_take(Str *rest) {
    uint32_t code_point = (unsigned char)rest->data[0];
    size_t size = 1;
    if (code_point >= 0x80) {
        code_point = UTF8_BAD;
        size = decode(*rest, &code_point);
    }
    *rest = str_from_offset(*rest, size ? size : 1);
    return code_point;
}

size_t utf8_find_invalid(Str s) {
    size_t at = 0;
    while (at < s.size) {
        /* Most text is ASCII: eight bytes at a time have no high bit. */
        uint64_t eight;
        for (; s.size - at >= sizeof eight; at += sizeof eight) {
            memcpy(&eight, s.data + at, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
        }
        if (at == s.size)
            break;
        uint32_t code_point;
        size_t size =
            (unsigned char)s.data[at] < 0x80 ? 1 : decode(str_from_offset(s, at), &code_point);
        if (size == 0)
            return at;
        at += size;
    }
    return STR_NONE;
}

size_t utf8_count(Str s) {
    size_t count = 0;
    while (s.size) {
        utf8_take(&s);
        count++;
    }
    return count;
}

Str utf8_head(Str s, size_t size) {
    if (s.size <= size)
        return s;
    while (size > 0 && ((unsigned char)s.data[size] & 0xC0) == 0x80)
        size--;
    return (Str){s.data, size};
}

void utf8_add(Buf *buf, uint32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = UTF8_BAD;
    if (c < 0x80) {
        buf_add_char(buf, (char)c);
        return;
    }
    if (c < 0x800) {
        buf_add_char(buf, (char)(0xC0 | c >> 6));
    } else if (c < 0x10000) {
        buf_add_char(buf, (char)(0xE0 | c >> 12));
        buf_add_char(buf, (char)(0x80 | (c >> 6 & 0x3F)));
    } else {
        buf_add_char(buf, (char)(0xF0 | c >> 18));
        buf_add_char(buf, (char)(0x80 | (c >> 12 & 0x3F)));
        buf_add_char(buf, (char)(0x80 | (c >> 6 & 0x3F)));
    }
    buf_add_char(buf, (char)(0x80 | (c & 0x3F)));
}

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool is_in(const UnicodeRange *ranges, size_t count, uint32_t code_point) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point < ranges[middle].first)
            high = middle;
        else if (code_point > ranges[middle].last)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

/* Planes 2 and 3 hold ideographs and nothing else. */
static bool is_ideograph(uint32_t code_point) {
    return code_point >= 0x20000 && code_point < 0x40000;
}

bool utf8_is_word(uint32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    return is_ideograph(c) || is_in(unicode_word, COUNT_OF(unicode_word), c);
}

uint32_t utf8_lower(uint32_t c) {
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    size_t low = 0, high = COUNT_OF(unicode_lower);
    while (low < high) {
        size_t middle = (low + high) / 2;
        const UnicodeLower *row = &unicode_lower[middle];
        if (c < row->first)
            high = middle;
        else if (c > row->last)
            low = middle + 1;
        else
            return (c - row->first) % row->step == 0 ? (uint32_t)((int32_t)c + row->delta) : c;
    }
    return c;
}

int utf8_columns(uint32_t c) {
    if (c < 0x300)
        return 1;
    if (is_in(unicode_zero_width, COUNT_OF(unicode_zero_width), c))
        return 0;
    return is_ideograph(c) || is_in(unicode_wide, COUNT_OF(unicode_wide), c) ? 2 : 1;
}
