/* html.h: what the two halves of rendering share: html.c writes blocks and walks the tree,
 * html_inline.c writes what stands in them.
 * In: a node that opens or ends; out: HTML at the end of a Buf. Not seen outside of markdown/. */
#ifndef MARKDOWN_HTML_H
#define MARKDOWN_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/escape.h"
#include "markdown/md.h"

/* The HTML is written for people who do not see it, too: boxes that scroll can be reached with the
 * keyboard, tasks and links back have names, header cells say what they head. No style attribute
 * and no script: pages are served under a policy that forbids both. */
typedef struct Writer {
    Buf *out;
    size_t tab_group; /* the last one, from 1 */
    MdHoles *holes;   /* NULL: links are written */
} Writer;

/* Writes what stands before the children of `node`, or behind them. */
typedef void (*WriteNode)(Writer *writer, const MdNode *node);

typedef struct HtmlRow {
    WriteNode open;  /* NULL: nothing */
    WriteNode close; /* NULL: nothing */
    bool is_whole;   /* `open` writes the children as well */
} HtmlRow;

/* What is written for every kind of inline; empty rows for blocks. */
extern const HtmlRow html_inline_rows[MD_KIND_COUNT];

static inline void add(Writer *writer, const char *text) {
    buf_add_text(writer->out, text);
}

static inline void add_int(Writer *writer, size_t value) {
    buf_add_int(writer->out, (int64_t)value);
}

/* ` name="value"` with the value escaped. */
static inline void add_attribute(Writer *writer, const char *name, Str value) {
    buf_add_char(writer->out, ' ');
    add(writer, name);
    add(writer, "=\"");
    html_escape(writer->out, value);
    buf_add_char(writer->out, '"');
}

/* Notes the place where a tag of `node` is missing; `writer` has holes. */
void html_add_hole(Writer *writer, const MdNode *node, bool is_end);

/* HTML that md_read_html has taken in pieces. */
void html_add_pieces(Writer *writer, const MdNode *node);

/* The id of reference `repeat`, from 1, to the footnote with this number. */
void html_add_reference_id(Writer *writer, uint32_t number, uint32_t repeat);

/* Finished HTML, which is a block or an inline. */
void html_open_markup(Writer *writer, const MdNode *node);

/* True in a tight list, where the text of an item stands without <p>. */
bool html_is_bare(const MdNode *paragraph);

/* True for a picture alone with a title, which it has as its caption. */
bool html_is_figure(const MdNode *paragraph);

#endif
