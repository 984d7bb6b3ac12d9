/* table.h: a CSV file as a table on a page.
 * In: a CsvTable; out: HTML like that of a Markdown table. Knows no file. */
#ifndef SITE_VIEW_TABLE_H
#define SITE_VIEW_TABLE_H

#include "base/buf.h"
#include "base/str.h"
#include "data/csv.h"

/* Appends the table; nothing when it has no columns. `caption` may be empty; `name` is for those
 * who hear the page and may be empty as well. */
void view_table(const CsvTable *table, Str caption, Str name, Buf *out);

#endif
