#!/usr/bin/env python3
"""Writes generator/base/unicode_tables.h from Python's unicodedata. Run by hand when Unicode changes; the result is committed."""
import sys, unicodedata as u

LAST = 0x1FFFF  # planes above hold ideographs only: handled by one range each

def ranges(belongs):
    """Merged ranges of code points; unassigned ones may belong to either side, which keeps the table short."""
    out, start, last = [], None, None
    for c in range(LAST + 1):
        ch = chr(c)
        if belongs(c, ch):
            if start is None: start = c
            last = c
        elif u.category(ch) != 'Cn' and start is not None:
            out.append((start, last)); start = None
    if start is not None: out.append((start, last))
    return out

def word(c, ch): return u.category(ch)[0] in 'LMN' or u.category(ch) == 'Pc'
def zero(c, ch): return u.category(ch) in ('Mn', 'Me', 'Cf') and c != 0xAD
def wide(c, ch): return u.east_asian_width(ch) in 'WF' and u.category(ch) != 'Cn'

def lower_rows():
    rows = []
    for c in range(0x80, LAST + 1):
        low = chr(c).lower()
        if len(low) != 1 or ord(low) == c: continue
        delta = ord(low) - c
        if rows and rows[-1][2] == delta and c - rows[-1][1] == (rows[-1][3] or c - rows[-1][1]) and c - rows[-1][1] <= 2:
            rows[-1][3] = c - rows[-1][1]; rows[-1][1] = c
        else:
            rows.append([c, c, delta, 0])
    return rows

def table(name, rows, comment):
    print(f"\n/* {comment} */\nstatic const UnicodeRange {name}[] = {{")
    line = "   "
    for a, b in rows:
        item = f" {{0x{a:X}, 0x{b:X}}},"
        if len(line + item) > 100: print(line); line = "   "
        line += item
    print(line + "\n};")

print(f"""/* unicode_tables.h: what utf8.c knows about Unicode {u.unidata_version}; for utf8.c alone.
 * Written by scripts/unicode_tables.py; unassigned code points are counted to the range around them.
 * Tables are sorted, so they are searched by halving. */
/* clang-format off */
#ifndef BASE_UNICODE_TABLES_H
#define BASE_UNICODE_TABLES_H

#include <stdint.h>

typedef struct UnicodeRange {{
    uint32_t first, last;
}} UnicodeRange;

typedef struct UnicodeLower {{
    uint32_t first, last;
    int32_t delta; /* added to get the lower-case letter */
    uint32_t step; /* 1: every code point of the range, 2: every second */
}} UnicodeLower;""")
table("unicode_word", ranges(word), "Categories L, M, N and Pc: what Ruby's \\p{Word} accepts, and so GitHub's anchors.")
table("unicode_zero_width", ranges(zero), "Combining and format characters: no column of their own.")
table("unicode_wide", ranges(wide), "East Asian width W and F: two columns.")
print("\n/* Upper-case letters. */\nstatic const UnicodeLower unicode_lower[] = {")
line = "   "
for a, b, d, s in lower_rows():
    item = f" {{0x{a:X}, 0x{b:X}, {d}, {s or 1}}},"
    if len(line + item) > 100: print(line); line = "   "
    line += item
print(line + "\n};\n\n#endif")
