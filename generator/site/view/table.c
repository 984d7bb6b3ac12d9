#include "base/ban.h"

#include "site/view/table.h"

#include "base/escape.h"

static void add_cell(Buf *out, const char *tag, bool is_numeric, Str text) {
    buf_add_char(out, '<');
    buf_add_text(out, tag);
    buf_add_text(out, tag[1] == 'h' ? " scope=\"col\"" : "");
    buf_add_text(out, is_numeric ? " class=\"num\">" : ">");
    html_escape(out, text);
    buf_add_text(out, "</");
    buf_add_text(out, tag);
    buf_add_char(out, '>');
}

static void add_row(Buf *out, const CsvTable *table, const char *tag, const CsvCell *cells) {
    buf_add_text(out, "<tr>");
    for (size_t i = 0; i < table->column_count; i++)
        add_cell(out, tag, table->is_numeric[i], cells[i].text);
    buf_add_text(out, "</tr>\n");
}

void view_table(const CsvTable *table, Str caption, Str name, Buf *out) {
    if (!table->column_count)
        return;
    /* A wide table scrolls inside of its frame, so the frame must be reachable by keyboard. */
    buf_add_text(out, "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" aria-label=\"");
    html_escape(out, name.size ? name : STR("Table"));
    buf_add_text(out, "\">\n<table>\n");
    if (caption.size) {
        buf_add_text(out, "<caption>");
        html_escape(out, caption);
        buf_add_text(out, "</caption>\n");
    }
    buf_add_text(out, "<thead>\n");
    add_row(out, table, "th", table->header);
    buf_add_text(out, "</thead>\n<tbody>\n");
    for (size_t i = 0; i < table->row_count; i++)
        add_row(out, table, "td", table->cells + i * table->column_count);
    buf_add_text(out, "</tbody>\n</table>\n</div>\n");
}
