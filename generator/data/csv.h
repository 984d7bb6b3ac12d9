/* csv.h: comma separated values (RFC 4180) as a table.
 * In: the text of a .csv file; out: cells with their places, as many in each row as the header has.
 * Separator is the comma only; what the cells mean is nobody's business here but that of numbers,
 * which are set to the right. */
#ifndef DATA_CSV_H
#define DATA_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

typedef struct CsvCell {
    Str text; /* quotes resolved; may hold line ends */
    Span at;  /* with its quotes */
} CsvCell;

typedef struct CsvTable {
    size_t column_count;
    size_t row_count; /* without the header */
    CsvCell *header;  /* column_count cells */
    CsvCell *cells;   /* row after row; a cell that was missing is empty */
    bool
        *is_numeric; /* per column: every cell is empty, a dash, or a number with or without unit */
} CsvTable;

/* Reads a table. Quotes left open and rows longer or shorter than the header are findings
 * (data/syntax) and repaired. Without any row: a finding and a table of no columns. */
CsvTable *csv_parse(const Source *source, Arena *arena, Diags *diags);

#endif
