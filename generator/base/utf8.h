/* utf8.h: bytes and code points.
 * Decodes, encodes, validates UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing above
 * U+10FFFF). Leaves widths on paper to diagram/text and case to whoever needs more than ASCII. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* Takes one code point off the front of `rest` (which must not be empty). A bad byte is taken alone
 * and gives U+FFFD. */
uint32_t utf8_take(Str *rest);

/* Offset of the first byte that is not UTF-8, or STR_NONE. */
size_t utf8_find_invalid(Str s);

/* Code points in `s`; bad bytes count one each. */
size_t utf8_count(Str s);

/* The start of `s`, at most `size` bytes, without the first bytes of a character that is cut. */
Str utf8_head(Str s, size_t size);

void utf8_add(Buf *buf, uint32_t code_point);

/* Letter or digit of any script by a compact range table (Unicode 15: categories L, M, N and
 * connector punctuation Pc), as GitHub's slugs need it. */
bool utf8_is_word(uint32_t code_point);

/* Simple lower case of one code point (Latin, Greek, Cyrillic, Armenian, Georgian); others
 * unchanged. */
uint32_t utf8_lower(uint32_t code_point);

/* Columns that a terminal gives the code point: 0 for combining marks and joiners, 2 for wide East
 * Asian and emoji, else 1. */
int utf8_columns(uint32_t code_point);

#endif
