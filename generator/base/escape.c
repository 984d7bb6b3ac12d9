#include "base/ban.h"

#include "base/escape.h"

#include <stdint.h>

#include "base/bytes.h"
#include "base/utf8.h"

/* The replacement character U+FFFD in UTF-8. */
#define REPLACEMENT STR("\xEF\xBF\xBD")

/* What needs no escape, as the sum of its targets. A table, because every byte of every page passes
 * here; bytes from 0x80 on are looked at as characters. */
enum {
    PLAIN_HTML = 1, /* all but & < > ", and controls, which neither HTML nor XML allows */
    PLAIN_JSON = 2, /* all but " \ and controls */
    PLAIN_URL = 4,  /* RFC 3986: unreserved, gen-delims and sub-delims; square brackets only make
                       sense in hosts, & is HTML's */
};

/* clang-format off */
static const unsigned char plain[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, /* 0x00 to 0x0F */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x10 to 0x1F */
    3, 7, 0, 7, 7, 3, 2, 7, 7, 7, 7, 7, 7, 7, 7, 7, /* 0x20 to 0x2F */
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 2, 7, 2, 7, /* 0x30 to 0x3F */
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, /* 0x40 to 0x4F */
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 3, 1, 3, 3, 7, /* 0x50 to 0x5F */
    3, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, /* 0x60 to 0x6F */
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 3, 3, 3, 7, 0, /* 0x70 to 0x7F */
};
/* clang-format on */

/* The first byte from `at` on that does not go into `target` as it is, or the end. */
static size_t skip_plain(Str text, size_t at, unsigned target) {
    while (at < text.size && plain[(unsigned char)text.data[at]] & target)
        at++;
    return at;
}

/* Marks those of eight bytes that do not go into `target` as they are, and line ends and tabs. */
static inline uint64_t find_marks(uint64_t bytes, unsigned target) {
    uint64_t low = bytes_low(bytes), marks = ~bytes_from(low, ' ') | bytes_from(low, 0x7F) | bytes;
    if (target == PLAIN_JSON)
        marks |= bytes_are(low, '"') | bytes_are(low, '\\');
    else /* < and > differ in one bit, and so do " and & */
        marks |= bytes_are(low | bytes_all(0x02), '>') | bytes_are(low | bytes_all(0x04), '&');
    return marks & BYTES_HIGH;
}

/* Appends what goes into `target` as it is, and gives where it ends. */
static inline size_t add_plain(Buf *buf, Str text, size_t at, unsigned target) {
    buf_reserve(buf, text.size - at + 8);
    char *to = buf->data + buf->size;
    size_t start = at;
    for (; at < text.size; at++, to++) {
        if (text.size - at >= 8) {
            uint64_t bytes = bytes_load(text.data + at), marks = find_marks(bytes, target);
            bytes_store(to, bytes);
            size_t count = marks ? bytes_before(marks) : 8;
            at += count;
            to += count;
            if (at == text.size)
                break;
        }
        if (!(plain[(unsigned char)text.data[at]] & target))
            break;
        *to = text.data[at];
    }
    buf->size += at - start;
    return at;
}

/* Takes one multi-byte character off the front; gives the replacement for a bad byte. */
static Str take_character(Str *rest) {
    Str before = *rest;
    uint32_t code_point = utf8_take(rest);
    Str taken = {before.data, before.size - rest->size};
    bool is_bad = code_point == 0xFFFD && !str_equal(taken, REPLACEMENT);
    return is_bad ? REPLACEMENT : taken;
}

static Str html_entity(char c) {
    switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    default: return REPLACEMENT;
    }
}

void html_escape(Buf *buf, Str text) {
    for (size_t at = 0; at < text.size;) {
        at = add_plain(buf, text, at, PLAIN_HTML);
        if (at == text.size)
            return;
        Str rest = str_from_offset(text, at);
        bool is_ascii = (unsigned char)rest.data[0] < 0x80;
        buf_add(buf, is_ascii ? html_entity(rest.data[0]) : take_character(&rest));
        at = is_ascii ? at + 1 : text.size - rest.size;
    }
}

static void json_add_byte(Buf *buf, unsigned char c) {
    switch (c) {
    case '"': buf_add_text(buf, "\\\""); return;
    case '\\': buf_add_text(buf, "\\\\"); return;
    case '\n': buf_add_text(buf, "\\n"); return;
    case '\r': buf_add_text(buf, "\\r"); return;
    case '\t': buf_add_text(buf, "\\t"); return;
    default: buf_add_format(buf, "\\u%04x", c);
    }
}

void json_string(Buf *buf, Str text) {
    buf_add_char(buf, '"');
    for (size_t at = 0; at < text.size;) {
        at = add_plain(buf, text, at, PLAIN_JSON);
        if (at == text.size)
            break;
        Str rest = str_from_offset(text, at);
        bool is_ascii = (unsigned char)rest.data[0] < 0x80;
        if (is_ascii)
            json_add_byte(buf, (unsigned char)rest.data[0]);
        else
            buf_add(buf, take_character(&rest));
        at = is_ascii ? at + 1 : text.size - rest.size;
    }
    buf_add_char(buf, '"');
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

void url_escape(Buf *buf, Str url) {
    for (size_t at = 0; at < url.size;) {
        size_t end = skip_plain(url, at, PLAIN_URL);
        buf_add(buf, str_slice(url, at, end));
        at = end;
        if (at == url.size)
            return;
        char c = url.data[at];
        bool is_escape =
            c == '%' && at + 2 < url.size && is_hex(url.data[at + 1]) && is_hex(url.data[at + 2]);
        if (c == '&')
            buf_add_text(buf, "&amp;");
        else if (is_escape)
            buf_add_char(buf, c);
        else
            buf_add_format(buf, "%%%02X", (unsigned)(unsigned char)c);
        at++;
    }
}
