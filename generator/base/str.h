/* str.h: a view of bytes that somebody else owns.
 * Takes and gives pointers with sizes; nothing here needs a closing NUL.
 * Knows bytes and ASCII only; code points are utf8.h's business. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"

typedef struct Str {
    const char *data; /* may be NULL when size is 0 */
    size_t size;      /* bytes */
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_FMT(s)   (int)(s).size, (s).size ? (s).data : ""
#define STR_NONE     ((size_t)-1) /* "not found" of the find functions */

/* What is asked for every few bytes of a page is inline; for a literal the compiler then counts and
 * compares itself. */

/* The bytes of a C string, without its NUL. NULL gives the empty Str. */
static inline Str str_from(const char *text) {
    return (Str){text, text ? strlen(text) : 0};
}

static inline bool str_equal(Str a, Str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Equal when ASCII letters are compared without case. */
bool str_equal_nocase(Str a, Str b);

/* Byte order: negative, 0 or positive as memcmp; a prefix comes first. */
int str_compare(Str a, Str b);

static inline bool str_starts_with(Str s, Str prefix) {
    return s.size >= prefix.size && str_equal((Str){s.data, prefix.size}, prefix);
}

bool str_ends_with(Str s, Str suffix);

/* True when there is nothing but spaces, tabs, CR and LF. */
bool str_is_blank(Str s);

/* The bytes from `start` up to `end`, both cut to the size of `s`. */
static inline Str str_slice(Str s, size_t start, size_t end) {
    if (end > s.size)
        end = s.size;
    if (start > end)
        start = end;
    return s.data ? (Str){s.data + start, end - start} : s;
}

/* The bytes from `start` on. */
static inline Str str_from_offset(Str s, size_t start) {
    return str_slice(s, start, s.size);
}

/* Without spaces, tabs, CR and LF at both ends. */
Str str_trim(Str s);

/* Offset of the first `needle` at or after `from`, or STR_NONE. */
size_t str_find(Str s, Str needle, size_t from);

/* Offset of the first or last `c`, or STR_NONE. */
static inline size_t str_find_char(Str s, char c, size_t from) {
    const char *hit = from < s.size ? memchr(s.data + from, c, s.size - from) : NULL;
    return hit ? (size_t)(hit - s.data) : STR_NONE;
}

size_t str_find_last(Str s, char c);

/* Takes the part before the next `separator` off the front of `rest` and gives it; without a
 * separator all of it. At the end `rest` becomes the empty Str with a NULL pointer, so `while
 * (rest.data)` walks every part. */
Str str_cut(Str *rest, char separator);

/* The next line of `rest` without its LF or CRLF, as str_cut does. */
Str str_cut_line(Str *rest);

/* A copy in `arena`, followed by a NUL that is not counted. */
Str str_copy(Arena *arena, Str s);

/* The same as a C string, for libraries; bytes after an inner NUL are lost to it. */
char *str_cstr(Arena *arena, Str s);

/* One behind the other in `arena`, followed by a NUL that is not counted. Where every page asks,
 * the printf below is too slow. */
Str str_join(Arena *arena, Str first, Str second);

/* printf into `arena`. */
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ASCII lower case in `arena`. */
Str str_lower(Arena *arena, Str s);

/* The candidate nearest to `s` by edit distance with transpositions (Damerau 1964, restricted
 * form), for "did you mean". The empty Str when none is near enough to be worth naming (distance
 * over a third of the longer one). */
Str str_nearest(Str s, const Str *candidates, size_t count);

#endif
