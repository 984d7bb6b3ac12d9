/* rows.h: a table row cut into cells as cmark cuts it.
 * In: one line of the source; out: the cells as offsets in that line. cmark's own positions are off
 * in lists, after `\|` and for indented rows, and this needs none of them. */
#ifndef MARKDOWN_ROWS_H
#define MARKDOWN_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef struct MdRow {
    Str line;
    size_t at; /* where the next cell begins */
} MdRow;

/* A row at its first cell: container prefix and leading pipe are skipped. */
MdRow md_row_begin(Str line);

/* The next cell without blanks around it, a slice of the line; false at the end of the row. */
bool md_row_next(MdRow *row, Str *cell);

size_t md_row_count(Str line);

/* True when `raw`, as md_row_next gives it, is `text` with `|` written as `\|`. */
bool md_row_cell_is(Str raw, Str text);

/* True when `line` can be the row of dashes below a table's header. */
bool md_row_is_delimiter(Str line);

#endif
