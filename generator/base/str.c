#include "base/ban.h"

#include "base/str.h"

#include <stdarg.h>

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_nocase(Str a, Str b) {
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

int str_compare(Str a, Str b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool str_ends_with(Str s, Str suffix) {
    return s.size >= suffix.size && str_equal(str_from_offset(s, s.size - suffix.size), suffix);
}

bool str_is_blank(Str s) {
    return str_trim(s).size == 0;
}

Str str_trim(Str s) {
    while (s.size && is_space(s.data[0]))
        s = str_from_offset(s, 1);
    while (s.size && is_space(s.data[s.size - 1]))
        s.size--;
    return s;
}

size_t str_find(Str s, Str needle, size_t from) {
    if (needle.size == 0)
        return from <= s.size ? from : STR_NONE;
    while (from < s.size && needle.size <= s.size - from) {
        const char *hit = memchr(s.data + from, needle.data[0], s.size - from - needle.size + 1);
        if (!hit)
            return STR_NONE;
        from = (size_t)(hit - s.data);
        if (memcmp(hit, needle.data, needle.size) == 0)
            return from;
        from++;
    }
    return STR_NONE;
}

size_t str_find_last(Str s, char c) {
    for (size_t i = s.size; i > 0; i--)
        if (s.data[i - 1] == c)
            return i - 1;
    return STR_NONE;
}

Str str_cut(Str *rest, char separator) {
    size_t at = str_find_char(*rest, separator, 0);
    Str part = *rest;
    if (at == STR_NONE) {
        *rest = (Str){NULL, 0};
        return part;
    }
    part.size = at;
    *rest = str_from_offset(*rest, at + 1);
    return part;
}

Str str_cut_line(Str *rest) {
    Str line = str_cut(rest, '\n');
    if (line.size && line.data[line.size - 1] == '\r')
        line.size--;
    return line;
}

Str str_copy(Arena *arena, Str s) {
    return (Str){str_cstr(arena, s), s.size};
}

char *str_cstr(Arena *arena, Str s) {
    char *text = arena_bytes(arena, s.size + 1);
    if (s.size)
        memcpy(text, s.data, s.size);
    text[s.size] = '\0';
    return text;
}

Str str_join(Arena *arena, Str first, Str second) {
    char *text = arena_bytes(arena, first.size + second.size + 1);
    if (first.size)
        memcpy(text, first.data, first.size);
    if (second.size)
        memcpy(text + first.size, second.data, second.size);
    text[first.size + second.size] = '\0';
    return (Str){text, first.size + second.size};
}

/* Most of what is formatted is shorter than this; only the rest is formatted twice. */
#define FORMAT_SIZE 256

Str str_format(Arena *arena, const char *format, ...) {
    char first[FORMAT_SIZE];
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int count = vsnprintf(first, sizeof first, format, list);
    va_end(list);
    size_t size = count < 0 ? 0 : (size_t)count;
    char *text = arena_bytes(arena, size + 1);
    if (size < sizeof first)
        memcpy(text, first, size + 1);
    else
        vsnprintf(text, size + 1, format, again);
    va_end(again);
    return (Str){text, size};
}

Str str_lower(Arena *arena, Str s) {
    char *text = str_cstr(arena, s);
    for (size_t i = 0; i < s.size; i++)
        text[i] = lower(text[i]);
    return (Str){text, s.size};
}

/* Names longer than this are compared by their beginnings: the table below must stay small. */
#define NEAREST_SIZE 64u

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Optimal string alignment: Damerau 1964 restricted to one edit per place; three rows of the usual
 * table. A distance above `most` may be given as any other above it: names differ in size by no
 * more than it, and from two rows that are above it no smaller one follows. */
static size_t edit_distance(Str a, Str b, size_t most) {
    size_t rows[3][NEAREST_SIZE + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    a = str_slice(a, 0, NEAREST_SIZE);
    b = str_slice(b, 0, NEAREST_SIZE);
    size_t least_above = 0;
    if ((a.size > b.size ? a.size - b.size : b.size - a.size) > most)
        return STR_NONE;
    for (size_t j = 0; j <= b.size; j++)
        before[j] = above[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t least_here = row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            char x = lower(a.data[i - 1]), y = lower(b.data[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b.data[j - 2]) && y == lower(a.data[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
            least_here = least(least_here, row[j]);
        }
        if (least(least_above, least_here) > most)
            return STR_NONE;
        least_above = least_here;
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b.size];
}

Str str_nearest(Str s, const Str *candidates, size_t count) {
    Str best = {NULL, 0};
    size_t best_distance = STR_NONE;
    for (size_t i = 0; i < count && best_distance > 0; i++) {
        size_t longer = s.size > candidates[i].size ? s.size : candidates[i].size;
        size_t most = longer < 3 ? 0 : least(longer, NEAREST_SIZE) / 3;
        size_t distance = edit_distance(s, candidates[i], least(most, best_distance - 1));
        if (distance < best_distance && distance <= most) {
            best = candidates[i];
            best_distance = distance;
        }
    }
    return best;
}
