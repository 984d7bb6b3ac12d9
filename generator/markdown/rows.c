#include "base/ban.h"

#include "markdown/rows.h"

#include "markdown/lines.h"

static bool is_cell_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_spaces(MdRow *row) {
    while (row->at < row->line.size && is_cell_space(row->line.data[row->at]))
        row->at++;
}

MdRow md_row_begin(Str line) {
    MdRow row = {line, md_lines_prefix(line, NULL)};
    if (row.at < line.size && line.data[row.at] == '|')
        row.at++;
    skip_spaces(&row);
    return row;
}

/* cell = { "\|" | any but "|" }; row = [ "|" ] cell { "|" cell } [ "|" ]. A backslash keeps any
 * pipe behind it, even a second one in a row. */
bool md_row_next(MdRow *row, Str *cell) {
    size_t start = row->at, end = start;
    while (end < row->line.size &&
           (row->line.data[end] != '|' || (end > start && row->line.data[end - 1] == '\\')))
        end++;
    if (end >= row->line.size && end == start)
        return false;
    *cell = str_slice(row->line, start, end);
    while (cell->size && is_cell_space(cell->data[cell->size - 1]))
        cell->size--;
    row->at = end < row->line.size ? end + 1 : end;
    skip_spaces(row);
    return true;
}

/* Cells as cmark counts them: an empty one behind the last pipe is none. */
size_t md_row_count(Str line) {
    MdRow row = md_row_begin(line);
    size_t count = 0;
    for (Str cell; md_row_next(&row, &cell);)
        count++;
    return count;
}

bool md_row_cell_is(Str raw, Str text) {
    size_t written = 0;
    for (size_t read = 0; read < raw.size; read++) {
        if (raw.data[read] == '\\' && read + 1 < raw.size && raw.data[read + 1] == '|')
            read++;
        if (written >= text.size || text.data[written++] != raw.data[read])
            return false;
    }
    return written == text.size;
}

/* Read from its end, since nearly every line ends with what no such row has. */
bool md_row_is_delimiter(Str line) {
    size_t start = line.size;
    while (start > 0) {
        char c = line.data[start - 1];
        if (c != '|' && c != ':' && c != '-' && !is_cell_space(c))
            break;
        start--;
    }
    if (start == line.size)
        return false;
    size_t prefix = md_lines_prefix(line, NULL);
    return start <= prefix && str_find_char(line, '-', prefix) != STR_NONE;
}
