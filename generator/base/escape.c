#include "base/ban.h"

#include "base/escape.h"

#include <stdint.h>

#include "base/utf8.h"

/* The replacement character U+FFFD in UTF-8. */
#define REPLACEMENT STR("\xEF\xBF\xBD")

/* Control characters other than tab, LF and CR are allowed neither in HTML nor in XML. */
static bool is_forbidden(unsigned char c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

static const char *html_entity(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return NULL;
    }
}

/* Takes one multi-byte character off the front; gives the replacement for a bad byte. */
static Str take_character(Str *rest) {
    Str before = *rest;
    uint32_t code_point = utf8_take(rest);
    Str taken = {before.data, before.size - rest->size};
    bool is_bad = code_point == 0xFFFD && !str_equal(taken, REPLACEMENT);
    return is_bad ? REPLACEMENT : taken;
}

void html_escape(Buf *buf, Str text) {
    while (text.size) {
        size_t plain = 0;
        while (plain < text.size && (unsigned char)text.data[plain] < 0x80 &&
               !html_entity(text.data[plain]) && !is_forbidden((unsigned char)text.data[plain]))
            plain++;
        buf_add(buf, str_slice(text, 0, plain));
        text = str_from_offset(text, plain);
        if (text.size == 0)
            return;
        unsigned char c = (unsigned char)text.data[0];
        if (c >= 0x80) {
            buf_add(buf, take_character(&text));
            continue;
        }
        if (html_entity((char)c))
            buf_add_text(buf, html_entity((char)c));
        else
            buf_add(buf, REPLACEMENT);
        text = str_from_offset(text, 1);
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

/* Stands for itself in a JSON string; nearly every byte does, so they are copied in runs. */
static bool is_json_plain(unsigned char c) {
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void json_string(Buf *buf, Str text) {
    buf_reserve(buf, text.size + 2);
    buf_add_char(buf, '"');
    while (text.size) {
        size_t plain = 0;
        while (plain < text.size && is_json_plain((unsigned char)text.data[plain]))
            plain++;
        buf_add(buf, str_slice(text, 0, plain));
        text = str_from_offset(text, plain);
        if (text.size == 0)
            break;
        if ((unsigned char)text.data[0] >= 0x80) {
            buf_add(buf, take_character(&text));
            continue;
        }
        json_add_byte(buf, (unsigned char)text.data[0]);
        text = str_from_offset(text, 1);
    }
    buf_add_char(buf, '"');
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 3986: unreserved, gen-delims and sub-delims; square brackets only make sense in hosts and are
 * encoded. */
static bool is_url_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("-._~:/?#@!$&'()*+,;=", c));
}

void url_escape(Buf *buf, Str url) {
    for (size_t i = 0; i < url.size; i++) {
        char c = url.data[i];
        bool is_escape =
            c == '%' && i + 2 < url.size && is_hex(url.data[i + 1]) && is_hex(url.data[i + 2]);
        if (c == '&')
            buf_add_text(buf, "&amp;");
        else if (is_url_byte(c) || is_escape)
            buf_add_char(buf, c);
        else
            buf_add_format(buf, "%%%02X", (unsigned)(unsigned char)c);
    }
}
