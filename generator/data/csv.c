#include "base/ban.h"

#include "data/csv.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "data/money.h"

typedef struct Reader {
    const Source *source;
    Str text;
    size_t at; /* offset of the next byte */
    Arena *arena;
    Diags *diags;
} Reader;

/* The cells of one row, reused for the next. */
typedef struct Row {
    CsvCell *cells;
    size_t count, capacity;
} Row;

static bool at_end(const Reader *reader) {
    return reader->at >= reader->text.size;
}

/* "\n", "\r\n" and "\r" end a row. */
static bool at_row_end(const Reader *reader) {
    return at_end(reader) || reader->text.data[reader->at] == '\n' ||
           reader->text.data[reader->at] == '\r';
}

static void skip_row_end(Reader *reader) {
    if (!at_end(reader) && reader->text.data[reader->at] == '\r')
        reader->at++;
    if (!at_end(reader) && reader->text.data[reader->at] == '\n')
        reader->at++;
}

/* plain ::= any byte but "," and line ends. */
static CsvCell read_plain(Reader *reader) {
    size_t start = reader->at;
    while (!at_row_end(reader) && reader->text.data[reader->at] != ',')
        reader->at++;
    Str text = str_trim(str_slice(reader->text, start, reader->at));
    return (CsvCell){text, span_of_str(reader->source, text)};
}

/* quoted ::= '"' ( any byte but '"' | '""' )* '"'. */
static CsvCell read_quoted(Reader *reader) {
    Buf out = buf_new(reader->arena);
    size_t start = reader->at++;
    for (;;) {
        size_t quote = str_find_char(reader->text, '"', reader->at);
        size_t end = quote == STR_NONE ? reader->text.size : quote;
        buf_add(&out, str_slice(reader->text, reader->at, end));
        reader->at = end;
        if (quote == STR_NONE) {
            diag_add(reader->diags, DIAG_DATA_SYNTAX, span_of(reader->source, start, 1),
                     "this quote is never closed");
            break;
        }
        reader->at++;
        if (at_end(reader) || reader->text.data[reader->at] != '"')
            break;
        buf_add_char(&out, '"');
        reader->at++;
    }
    CsvCell cell = {buf_str(&out), span_of(reader->source, start, reader->at - start)};
    CsvCell rest = read_plain(reader);
    if (rest.text.size) {
        diag_add(reader->diags, DIAG_DATA_SYNTAX, rest.at, "text behind the closing quote");
        diag_hint(reader->diags, "write a quote inside of quotes twice: \"\"");
    }
    return cell;
}

/* row ::= cell ( "," cell )* line-end, cell ::= quoted | plain. */
static void read_row(Reader *reader, Row *row) {
    row->count = 0;
    for (;;) {
        size_t start = reader->at;
        while (start < reader->text.size && reader->text.data[start] == ' ')
            start++;
        bool is_quoted = start < reader->text.size && reader->text.data[start] == '"';
        if (is_quoted)
            reader->at = start;
        CsvCell cell = is_quoted ? read_quoted(reader) : read_plain(reader);
        ARENA_RESERVE(reader->arena, row->cells, row->count, row->capacity);
        row->cells[row->count++] = cell;
        if (at_row_end(reader))
            break;
        reader->at++; /* the comma */
    }
    skip_row_end(reader);
}

/* An empty line is no row. */
static bool next_row(Reader *reader, Row *row) {
    while (!at_end(reader) && at_row_end(reader))
        skip_row_end(reader);
    if (at_end(reader))
        return false;
    read_row(reader, row);
    return true;
}

static void check_length(Reader *reader, const Row *row, size_t column_count) {
    if (row->count == column_count)
        return;
    const CsvCell *cell = &row->cells[row->count > column_count ? column_count : row->count - 1];
    diag_add(reader->diags, DIAG_DATA_SYNTAX, cell->at,
             "this row has %zu cells, the header has %zu", row->count, column_count);
    if (row->count > column_count)
        diag_hint(reader->diags, "put a cell with a comma in quotes");
}

static bool is_number(Str text) {
    Quantity quantity;
    return quantity_parse(text, &quantity) && quantity.kind != UNIT_OTHER;
}

static bool is_absent(Str text) {
    return !text.size || str_equal(text, STR("-")) || str_equal(text, STR("\xE2\x80\x93"));
}

static void find_numeric_columns(CsvTable *table, Arena *arena) {
    table->is_numeric = ARENA_ARRAY(arena, bool, table->column_count + 1);
    for (size_t column = 0; column < table->column_count; column++) {
        bool has_number = false, has_text = false;
        for (size_t row = 0; row < table->row_count && !has_text; row++) {
            Str text = table->cells[row * table->column_count + column].text;
            has_number = has_number || is_number(text);
            has_text = !is_absent(text) && !is_number(text);
        }
        table->is_numeric[column] = has_number && !has_text;
    }
}

/* False when there is nothing to read. */
static bool read_header(Reader *reader, Row *row, CsvTable *table) {
    if (!next_row(reader, row)) {
        diag_add(reader->diags, DIAG_DATA_SCHEMA, span_of(reader->source, 0, 0),
                 "the table has no rows");
        return false;
    }
    table->column_count = row->count;
    if (row->count > LIMIT_TABLE_COLUMNS) {
        diag_add(reader->diags, DIAG_DATA_SCHEMA, row->cells[LIMIT_TABLE_COLUMNS].at,
                 "more than %zu columns", LIMIT_TABLE_COLUMNS);
        table->column_count = LIMIT_TABLE_COLUMNS;
    }
    table->header = ARENA_ARRAY(reader->arena, CsvCell, table->column_count);
    memcpy(table->header, row->cells, table->column_count * sizeof *row->cells);
    return true;
}

static void read_rows(Reader *reader, Row *row, CsvTable *table) {
    size_t capacity = 0; /* in rows */
    size_t row_size = table->column_count * sizeof *row->cells;
    while (next_row(reader, row)) {
        if (table->row_count == LIMIT_DATA_ITEMS) {
            diag_add(reader->diags, DIAG_DATA_SCHEMA, row->cells[0].at, "more than %zu rows",
                     LIMIT_DATA_ITEMS);
            return;
        }
        check_length(reader, row, table->column_count);
        if (table->row_count == capacity)
            table->cells =
                arena_grow(reader->arena, table->cells, row_size, table->row_count, &capacity);
        CsvCell *cells = table->cells + table->row_count++ * table->column_count;
        memset(cells, 0, row_size);
        size_t count = row->count < table->column_count ? row->count : table->column_count;
        memcpy(cells, row->cells, count * sizeof *cells);
    }
}

CsvTable *csv_parse(const Source *source, Arena *arena, Diags *diags) {
    CsvTable *table = ARENA_NEW(arena, CsvTable);
    Reader reader = {.source = source, .text = source->text, .arena = arena, .diags = diags};
    if (str_starts_with(source->text, STR("\xEF\xBB\xBF")))
        reader.at = 3;
    size_t bad = utf8_find_invalid(source->text);
    if (bad != STR_NONE) {
        diag_add(diags, DIAG_DATA_SYNTAX, span_of(source, bad, 1), "the byte 0x%02X is not UTF-8",
                 (unsigned)(unsigned char)source->text.data[bad]);
        diag_hint(diags, "save the file as UTF-8");
    }
    Row row = {0};
    if (read_header(&reader, &row, table))
        read_rows(&reader, &row, table);
    find_numeric_columns(table, arena);
    return table;
}
