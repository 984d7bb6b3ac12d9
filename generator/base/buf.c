#include "base/ban.h"

#include "base/buf.h"

#include <stdarg.h>

#define BUF_FIRST_SIZE ((size_t)256)
#define FORMAT_SIZE    ((size_t)64)

Buf buf_new(Arena *arena) {
    return (Buf){.arena = arena};
}

/* What is last in its arena grows in its place; otherwise the old memory stays there until the
 * reset. */
void buf_grow(Buf *buf, size_t more) {
    size_t capacity = buf->capacity ? buf->capacity * 2 : BUF_FIRST_SIZE;
    while (capacity - buf->size < more)
        capacity *= 2;
    if (!buf->data ||
        !arena_extend(buf->arena, buf->data + buf->capacity, capacity - buf->capacity)) {
        char *data = arena_bytes(buf->arena, capacity);
        if (buf->size)
            memcpy(data, buf->data, buf->size);
        buf->data = data;
    }
    buf->capacity = capacity;
}

void buf_add_repeat(Buf *buf, char c, size_t count) {
    if (count == 0)
        return;
    buf_reserve(buf, count);
    memset(buf->data + buf->size, c, count);
    buf->size += count;
}

void buf_add_format(Buf *buf, const char *format, ...) {
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    /* There is room for most that is formatted; only the rest is formatted twice. */
    buf_reserve(buf, FORMAT_SIZE);
    size_t room = buf->capacity - buf->size;
    int count = vsnprintf(buf->data + buf->size, room, format, list);
    va_end(list);
    size_t size = count < 0 ? 0 : (size_t)count;
    if (size >= room) {
        buf_reserve(buf, size + 1);
        vsnprintf(buf->data + buf->size, size + 1, format, again);
    }
    buf->size += size;
    va_end(again);
}

void buf_add_int(Buf *buf, int64_t value) {
    char digits[20];
    size_t count = 0;
    /* The magnitude of INT64_MIN does not fit in int64_t. */
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        buf_add_char(buf, '-');
    while (count)
        buf_add_char(buf, digits[--count]);
}

void buf_add_fixed(Buf *buf, int64_t value, int64_t per_unit, int digits) {
    int64_t scale = 1;
    for (int i = 0; i < digits; i++)
        scale *= 10;
    int64_t magnitude = value < 0 ? -value : value;
    int64_t scaled = magnitude / per_unit * scale +
                     (magnitude % per_unit * scale * 2 + per_unit) / (per_unit * 2);
    if (value < 0 && scaled > 0)
        buf_add_char(buf, '-');
    buf_add_int(buf, scaled / scale);
    int64_t fraction = scaled % scale;
    if (fraction == 0)
        return;
    buf_add_char(buf, '.');
    for (scale /= 10; fraction; scale /= 10) {
        buf_add_char(buf, (char)('0' + fraction / scale));
        fraction %= scale;
    }
}

Str buf_str(const Buf *buf) {
    return (Str){buf->data, buf->size};
}
