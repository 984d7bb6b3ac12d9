/* buf.h: text that grows.
 * Bytes are appended inside an arena, so appending cannot fail and nothing is freed.
 * Knows nothing of escaping; see escape.h. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Buf {
    Arena *arena;
    char *data;
    size_t size;     /* bytes written */
    size_t capacity; /* bytes reserved */
} Buf;

Buf buf_new(Arena *arena);

/* What buf_reserve does when the room is used up. */
void buf_grow(Buf *buf, size_t more);

/* Room for `more` bytes, for those who know how many will come. */
static inline void buf_reserve(Buf *buf, size_t more) {
    if (more > buf->capacity - buf->size)
        buf_grow(buf, more);
}

static inline void buf_add(Buf *buf, Str s) {
    if (s.size == 0)
        return;
    buf_reserve(buf, s.size);
    memcpy(buf->data + buf->size, s.data, s.size);
    buf->size += s.size;
}

static inline void buf_add_char(Buf *buf, char c) {
    buf_reserve(buf, 1);
    buf->data[buf->size++] = c;
}

static inline void buf_add_text(Buf *buf, const char *text) {
    buf_add(buf, str_from(text));
}

void buf_add_repeat(Buf *buf, char c, size_t count);
void buf_add_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A decimal integer; many times faster than buf_add_format. */
void buf_add_int(Buf *buf, int64_t value);

/* `value` / `per_unit` as a decimal number rounded to `digits` places, without trailing zeros
 * ("12", "12.5", "-0.25"). Integer arithmetic only, so every machine writes the same. */
void buf_add_fixed(Buf *buf, int64_t value, int64_t per_unit, int digits);

/* What was written so far; valid until the next append. */
Str buf_str(const Buf *buf);

#endif
