#include "base/ban.h"

#include "base/json.h"

#include "base/escape.h"

void json_key(Buf *out, const char *key) {
    bool is_first = out->size == 0 || out->data[out->size - 1] == '{';
    buf_add_text(out, is_first ? "\"" : ",\"");
    buf_add_text(out, key);
    buf_add_text(out, "\":");
}

void json_text(Buf *out, const char *key, Str text) {
    json_key(out, key);
    json_string(out, text);
}

void json_int(Buf *out, const char *key, int64_t value) {
    json_key(out, key);
    buf_add_int(out, value);
}

void json_bool(Buf *out, const char *key, bool value) {
    json_key(out, key);
    buf_add_text(out, value ? "true" : "false");
}

void json_optional(Buf *out, const char *key, Str text) {
    json_key(out, key);
    if (text.size)
        json_string(out, text);
    else
        buf_add_text(out, "null");
}

void json_comma(Buf *out, size_t index) {
    if (index)
        buf_add_char(out, ',');
}

void json_place(Buf *out, const Place *place, Str file) {
    json_key(out, "at");
    if (place->line == 0) {
        buf_add_text(out, "null");
        return;
    }
    if (str_equal(place->path, file)) {
        buf_add_text(out, "{\"line\":");
    } else {
        buf_add_text(out, "{\"file\":");
        json_string(out, place->path);
        buf_add_text(out, ",\"line\":");
    }
    buf_add_int(out, place->line);
    buf_add_text(out, ",\"column\":");
    buf_add_int(out, place->column);
    buf_add_char(out, '}');
}

void json_at(Buf *out, Span at, Str file) {
    Place place = span_point(at);
    json_place(out, &place, file);
}
