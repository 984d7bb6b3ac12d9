#include "base/ban.h"

#include "markdown/table.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>
#include <stdbool.h>
#include <string.h>

/* Set when the extension is registered; its own header is not installed. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

/* What the extension opens blocks with: headers are its business. */
static cmark_open_block_func open_header;

/* The rest of a row; ends before the line end. Pages hold no NUL. */
typedef struct RowRest {
    const unsigned char *at, *end;
} RowRest;

static bool is_blank(unsigned char c) {
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* pipe = "|" { blank }. False when there is none. */
static bool take_pipe(RowRest *rest) {
    if (rest->at == rest->end || *rest->at != '|')
        return false;
    do
        rest->at++;
    while (rest->at < rest->end && is_blank(*rest->at));
    return true;
}

/* Where the cells of the line begin: behind the pipe at its front, if it has one. */
static RowRest row_begin(const cmark_parser *parser, const unsigned char *line, int size) {
    RowRest rest = {line + parser->first_nonspace, line + size};
    while (rest.end > rest.at && (rest.end[-1] == '\n' || rest.end[-1] == '\r'))
        rest.end--;
    take_pipe(&rest);
    return rest;
}

/* A line is a row as long as it has a cell, so unless it is blank or a lone pipe. */
static int row_matches(cmark_syntax_extension *table, cmark_parser *parser, unsigned char *line,
                       int size, cmark_node *container) {
    (void)table;
    if (container->type != CMARK_NODE_TABLE)
        return 0;
    RowRest rest = row_begin(parser, line, size);
    return rest.at < rest.end;
}

/* cell = { "\|" | any but "|" }, then a pipe or the end. The backslash before a pipe goes, blanks
 * around the cell do as well. */
static void take_cell(RowRest *rest, cmark_strbuf *content) {
    const unsigned char *from = rest->at;
    for (; rest->at < rest->end && *rest->at != '|'; rest->at++) {
        if (*rest->at != '\\' || rest->at + 1 == rest->end || rest->at[1] != '|')
            continue;
        cmark_strbuf_put(content, from, (bufsize_t)(rest->at - from));
        from = ++rest->at;
    }
    cmark_strbuf_put(content, from, (bufsize_t)(rest->at - from));
    cmark_strbuf_trim(content);
    take_pipe(rest);
}

static cmark_node *add_node(cmark_parser *parser, cmark_node *parent, cmark_node_type type,
                            cmark_syntax_extension *table) {
    cmark_node *node = cmark_parser_add_child(parser, parent, type, parent->start_column);
    node->extension = table;
    return node;
}

/* A row has as many cells as its table has columns: what is too much is lost, what is missing is
 * empty. */
static cmark_node *open_row(cmark_syntax_extension *table, int indented, cmark_parser *parser,
                            cmark_node *container, unsigned char *line, int size) {
    if (container->type != CMARK_NODE_TABLE)
        return open_header(table, indented, parser, container, line, size);
    if (indented || parser->blank)
        return NULL;
    cmark_node *row = add_node(parser, container, CMARK_NODE_TABLE_ROW, table);
    row->as.opaque = parser->mem->calloc(1, sizeof(bool)); /* whether it is a header */
    RowRest rest = row_begin(parser, line, size);
    for (int i = 0; i < cmark_gfm_extensions_get_table_columns(container); i++) {
        cmark_node *cell = add_node(parser, row, CMARK_NODE_TABLE_CELL, table);
        if (rest.at < rest.end)
            take_cell(&rest, &cell->content);
    }
    /* The line is used up to its end. */
    parser->offset = parser->column = size - 1;
    parser->partially_consumed_tab = false;
    return row;
}

void table_setup(cmark_syntax_extension *table) {
    if (table->try_opening_block == open_row)
        return;
    open_header = table->try_opening_block;
    cmark_syntax_extension_set_match_block_func(table, row_matches);
    cmark_syntax_extension_set_open_block_func(table, open_row);
}
