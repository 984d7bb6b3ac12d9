#include "base/ban.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/parser.h>

#include "base/limits.h"
#include "markdown/guard.h"
#include "markdown/pass.h"
#include "markdown/plain.h"
#include "markdown/references.h"
#include "markdown/rows.h"
#include "markdown/trace.h"

/* Set when the extension is registered; its own header is not installed. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

/* Every node is entered, and containers are left behind their children. Blocks set their place on
 * entering and begin the trace of their text; inlines are then steps of that trace. */
typedef struct Convert {
    const MdPass *pass;
    References references;
    Trace trace;
    MdNode *top;           /* the open node */
    size_t depth;          /* open nodes of kinds that nest */
    uint32_t block_end;    /* end of the last block's text in the source */
    uint32_t footnotes;    /* definitions so far */
    MdRow row;             /* the open table row */
    const uint8_t *aligns; /* of the open table: l, c, r or 0 per column */
    size_t column, columns;
    const MdNode *emptied; /* the last block that guard.c has emptied */
    bool is_depth_reported;
} Convert;

static Str chunk_str(cmark_chunk chunk) {
    return (Str){(const char *)chunk.data, (size_t)chunk.len};
}

static const MdKind block_kinds[] = {
    [CMARK_NODE_DOCUMENT & 0xF] = MD_DOCUMENT,
    [CMARK_NODE_BLOCK_QUOTE & 0xF] = MD_QUOTE,
    [CMARK_NODE_LIST & 0xF] = MD_LIST,
    [CMARK_NODE_ITEM & 0xF] = MD_ITEM,
    [CMARK_NODE_CODE_BLOCK & 0xF] = MD_CODE_BLOCK,
    [CMARK_NODE_HTML_BLOCK & 0xF] = MD_HTML_BLOCK,
    [CMARK_NODE_PARAGRAPH & 0xF] = MD_PARAGRAPH,
    [CMARK_NODE_HEADING & 0xF] = MD_HEADING,
    [CMARK_NODE_THEMATIC_BREAK & 0xF] = MD_RULE,
    [CMARK_NODE_FOOTNOTE_DEFINITION & 0xF] = MD_FOOTNOTE,
};

static const MdKind inline_kinds[] = {
    [CMARK_NODE_TEXT & 0xF] = MD_TEXT,
    [CMARK_NODE_SOFTBREAK & 0xF] = MD_SOFT_BREAK,
    [CMARK_NODE_LINEBREAK & 0xF] = MD_LINE_BREAK,
    [CMARK_NODE_CODE & 0xF] = MD_CODE,
    [CMARK_NODE_HTML_INLINE & 0xF] = MD_HTML,
    [CMARK_NODE_EMPH & 0xF] = MD_EMPHASIS,
    [CMARK_NODE_STRONG & 0xF] = MD_STRONG,
    [CMARK_NODE_LINK & 0xF] = MD_LINK,
    [CMARK_NODE_IMAGE & 0xF] = MD_IMAGE,
    [CMARK_NODE_FOOTNOTE_REFERENCE & 0xF] = MD_FOOTNOTE_REF,
};

static MdKind kind_of(const cmark_node *node) {
    const MdKind *hidden = plain_kind(node);
    if (hidden)
        return *hidden;
    if (node->type == CMARK_NODE_TABLE)
        return MD_TABLE;
    if (node->type == CMARK_NODE_TABLE_ROW)
        return MD_TABLE_ROW;
    if (node->type == CMARK_NODE_TABLE_CELL)
        return MD_TABLE_CELL;
    bool is_inline = (node->type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
    return is_inline ? inline_kinds[node->type & 0xF] : block_kinds[node->type & 0xF];
}

/* --- places of blocks --------------------------------------------------------------------- */

/* Index of the line where cmark saw the block begin. */
static size_t first_line(const cmark_node *node) {
    return node->start_line > 0 ? (size_t)node->start_line - 1 : 0;
}

static size_t last_line(const cmark_node *node) {
    size_t first = first_line(node);
    return node->end_line > 0 && (size_t)node->end_line > first ? (size_t)node->end_line - 1
                                                                : first;
}

static size_t line_start(const Convert *convert, size_t line) {
    const MdLines *lines = convert->pass->lines;
    return line < lines->count ? lines->starts[line] : lines->source->text.size;
}

static size_t line_end(const Convert *convert, size_t line) {
    const MdLines *lines = convert->pass->lines;
    return line < lines->count ? lines->ends[line] : lines->source->text.size;
}

static void set_place(Convert *convert, MdNode *node, size_t start, size_t end) {
    node->at = span_of(convert->pass->lines->source, start, end > start ? end - start : 0);
    convert->block_end = (uint32_t)(end > start ? end : start);
}

static size_t start_of(const Convert *convert, const cmark_node *node) {
    size_t line = first_line(node);
    size_t at =
        line_start(convert, line) + (node->start_column > 0 ? (size_t)node->start_column - 1 : 0);
    size_t end = line_end(convert, line);
    return at < end ? at : end;
}

static void take_lines(Convert *convert, size_t first, size_t last) {
    references_take(&convert->references, convert->pass->lines, first, last);
}

/* --- one function per kind that needs more than its children -------------------------------- */

/* Paragraphs and setext headings: whole lines, without what belongs to containers. */
static void enter_lines(Convert *convert, const cmark_node *from, MdNode *node) {
    Str text = {(const char *)from->content.ptr, (size_t)from->content.size};
    size_t first = first_line(from), last = last_line(from);
    /* The text before a table is cut off it and has no place; it begins where the table does. */
    if (from->start_line == 0 && from->next) {
        first = first_line(from->next);
        last = last_line(from->next);
    }
    if (!trace_begin_lines(&convert->trace, text, first, last)) {
        size_t start = line_start(convert, first);
        trace_begin_lost(
            &convert->trace, text,
            span_of(convert->pass->lines->source, start, line_end(convert, last) - start));
        take_lines(convert, first, last);
    }
    Span whole = trace_whole(&convert->trace);
    set_place(convert, node, whole.start, (size_t)whole.start + whole.size);
}

static void enter_paragraph(Convert *convert, const cmark_node *from, MdNode *node) {
    enter_lines(convert, from, node);
}

/* heading = "#" ... blanks text, or text above a line of = or -. */
static void enter_heading(Convert *convert, const cmark_node *from, MdNode *node) {
    node->number = (uint32_t)from->as.heading.level;
    if (from->as.heading.setext) {
        enter_lines(convert, from, node);
        take_lines(convert, first_line(from), last_line(from));
        return;
    }
    size_t start = start_of(convert, from), end = line_end(convert, first_line(from));
    Str source = convert->pass->lines->source->text;
    size_t at = start + node->number;
    while (at < end && (source.data[at] == ' ' || source.data[at] == '\t'))
        at++;
    Str text = {(const char *)from->content.ptr, (size_t)from->content.size};
    trace_begin_piece(&convert->trace, text, at < end ? at : end);
    take_lines(convert, first_line(from), first_line(from));
    set_place(convert, node, start, end);
}

/* Containers begin with a size of 0; convert_leave gives them the end of what they hold. */
static void enter_list(Convert *convert, const cmark_node *from, MdNode *node) {
    node->is_ordered = from->as.list.list_type == CMARK_ORDERED_LIST;
    node->is_tight = from->as.list.tight;
    node->number = node->is_ordered ? (uint32_t)from->as.list.start : 0;
    set_place(convert, node, start_of(convert, from), 0);
}

/* task = list-marker blanks "[" ( " " | "x" | "X" ) "]" */
static void enter_item(Convert *convert, const cmark_node *from, MdNode *node) {
    set_place(convert, node, start_of(convert, from), 0);
    if (!from->extension)
        return;
    size_t end = line_end(convert, first_line(from));
    Str line = str_slice(convert->pass->lines->source->text, node->at.start, end);
    size_t bracket = str_find_char(line, '[', 0);
    if (bracket == STR_NONE || bracket + 2 >= line.size)
        return;
    node->task = from->as.list.checked ? MD_TASK_DONE : MD_TASK_OPEN;
    node->task_at = span_of(node->at.source, node->at.start + bracket + 1, 1);
}

static size_t count_char(Str text, char c) {
    size_t count = 0;
    for (size_t at = str_find_char(text, c, 0); at != STR_NONE; at = str_find_char(text, c, at + 1))
        count++;
    return count;
}

/* code = fence info line-end { line } [ fence ], or lines indented by four. The place is the
 * content's: the line behind the fence on, as many lines as the literal has. */
static void enter_code_block(Convert *convert, const cmark_node *from, MdNode *node) {
    node->text = str_copy(convert->pass->arena, chunk_str(from->as.code.literal));
    node->title = str_copy(convert->pass->arena, chunk_str(from->as.code.info));
    node->is_fenced = from->as.code.fenced;
    size_t count = count_char(node->text, '\n');
    size_t first = first_line(from) + (node->is_fenced ? 1 : 0);
    size_t last = count ? first + count - 1 : first;
    /* The first line of the content is the end of its source line; a tab may have become blanks. */
    Str line = md_lines_get(convert->pass->lines, first);
    size_t size = str_find_char(node->text, '\n', 0);
    size_t cut = size != STR_NONE && size < line.size ? line.size - size : 0;
    size_t start = line_start(convert, first) + cut;
    set_place(convert, node, start, count ? line_end(convert, last) : start);
    if (node->is_fenced && last_line(from) > last)
        convert->block_end = (uint32_t)line_end(convert, last_line(from));
    take_lines(convert, first_line(from), last_line(from) > last ? last_line(from) : last);
}

/* The end that cmark gives may lie before the start; the lines of the literal are counted instead.
 */
static void enter_html_block(Convert *convert, const cmark_node *from, MdNode *node) {
    node->text = str_copy(convert->pass->arena, chunk_str(from->as.literal));
    size_t count = count_char(node->text, '\n');
    size_t last = first_line(from) + (count ? count - 1 : 0);
    set_place(convert, node, start_of(convert, from), line_end(convert, last));
    take_lines(convert, first_line(from), last);
}

static void enter_rule(Convert *convert, const cmark_node *from, MdNode *node) {
    set_place(convert, node, start_of(convert, from), line_end(convert, first_line(from)));
    take_lines(convert, first_line(from), first_line(from));
}

static void enter_quote(Convert *convert, const cmark_node *from, MdNode *node) {
    set_place(convert, node, start_of(convert, from), 0);
}

/* cmark has moved the definitions that are used to the end, in order of first use: that order is
 * the number. */
static void enter_footnote(Convert *convert, const cmark_node *from, MdNode *node) {
    set_place(convert, node, start_of(convert, from), 0);
    node->number = ++convert->footnotes;
    node->repeat = (uint32_t)from->footnote.def_count;
    references_add_footnote(&convert->references, convert->pass->lines, first_line(from));
}

/* --- tables ------------------------------------------------------------------------------- */

static bool is_header_line(const cmark_node *header, Str line) {
    MdRow row = md_row_begin(line);
    Str raw;
    for (const cmark_node *cell = header->first_child; cell; cell = cell->next) {
        Str text = {(const char *)cell->content.ptr, (size_t)cell->content.size};
        if (!md_row_next(&row, &raw) || !md_row_cell_is(raw, text))
            return false;
    }
    return !md_row_next(&row, &raw);
}

/* The line of a table's header: cmark gives the line where the paragraph before it began. The
 * header is the line that has its cells, above a row of dashes; both may occur in that paragraph
 * too, but not one above the other. */
static size_t header_line(const Convert *convert, const cmark_node *table) {
    const MdLines *lines = convert->pass->lines;
    size_t first = first_line(table), end = last_line(table);
    for (size_t line = first; line <= end && line + 1 < lines->count; line++)
        if (md_row_is_delimiter(md_lines_get(lines, line + 1)) &&
            is_header_line(table->first_child, md_lines_get(lines, line)))
            return line;
    return first;
}

static void enter_table(Convert *convert, const cmark_node *from, MdNode *node) {
    cmark_node *table = (cmark_node *)(uintptr_t)from;
    convert->aligns = cmark_gfm_extensions_get_table_alignments(table);
    convert->columns = cmark_gfm_extensions_get_table_columns(table);
    size_t line = header_line(convert, from);
    Str text = md_lines_get(convert->pass->lines, line);
    size_t start = line_start(convert, line) + md_lines_prefix(text, NULL);
    set_place(convert, node, start, line_end(convert, line + 1));
    take_lines(convert, line, line + 1);
}

/* Cells are cut again from the row's line: cmark's columns are off by one for each `\|`, by the
 * indentation in rows without a leading pipe, and in lists. */
static void enter_row(Convert *convert, const cmark_node *from, MdNode *node) {
    node->is_header =
        cmark_gfm_extensions_get_table_row_is_header((cmark_node *)(uintptr_t)from) != 0;
    size_t line = node->is_header ? header_line(convert, from->parent) : first_line(from);
    Str text = md_lines_get(convert->pass->lines, line);
    convert->row = md_row_begin(text);
    convert->column = 0;
    set_place(convert, node, line_start(convert, line) + md_lines_prefix(text, NULL),
              line_end(convert, line));
    take_lines(convert, line, line);
}

static MdAlign align_of(uint8_t letter) {
    return letter == 'l'   ? MD_ALIGN_LEFT
           : letter == 'c' ? MD_ALIGN_CENTER
           : letter == 'r' ? MD_ALIGN_RIGHT
                           : MD_ALIGN_NONE;
}

static void enter_cell(Convert *convert, const cmark_node *from, MdNode *node) {
    Str text = {(const char *)from->content.ptr, (size_t)from->content.size};
    if (convert->aligns && convert->column < convert->columns)
        node->align = align_of(convert->aligns[convert->column]);
    convert->column++;
    node->is_header = node->parent->is_header;
    Str raw = {NULL, 0};
    if (md_row_next(&convert->row, &raw)) {
        trace_begin_cell(&convert->trace, text, raw);
        node->at = trace_whole(&convert->trace);
        return;
    }
    /* A cell that the row leaves out stands, empty, at its end. */
    node->at = span_of(node->parent->at.source, node->parent->at.start + node->parent->at.size, 0);
    trace_begin_lost(&convert->trace, text, node->at);
}

/* --- inlines ------------------------------------------------------------------------------ */

/* Text without escapes is a slice of the source and need not be copied. */
static void keep_literal(const Convert *convert, MdNode *node) {
    Str source = span_text(node->at);
    bool is_slice =
        str_equal(source, node->text) || (node->parent && node->parent == convert->emptied);
    node->text = is_slice ? source : str_copy(convert->pass->arena, node->text);
}

static void enter_literal(Convert *convert, const cmark_node *from, MdNode *node) {
    node->text = chunk_str(from->as.literal);
    trace_enter(&convert->trace, node);
    keep_literal(convert, node);
}

/* What cmark would have made of a block that was hidden from it. */
static void add_plain_text(Convert *convert, const cmark_node *from, MdNode *parent) {
    Str text = plain_text(from);
    if (text.size == 0)
        return;
    MdNode *node = tree_append(convert->pass->arena, parent, MD_TEXT);
    node->text = text;
    trace_enter_plain(&convert->trace, node);
    keep_literal(convert, node);
}

static void enter_link(Convert *convert, const cmark_node *from, MdNode *node) {
    node->url = str_copy(convert->pass->arena, chunk_str(from->as.link.url));
    node->title = str_copy(convert->pass->arena, chunk_str(from->as.link.title));
    trace_enter(&convert->trace, node);
}

/* The literal of a reference is the number of its footnote. */
static void enter_reference(Convert *convert, const cmark_node *from, MdNode *node) {
    Str number = chunk_str(from->as.literal);
    for (size_t i = 0; i < number.size; i++)
        node->number = node->number * 10 + (uint32_t)(number.data[i] - '0');
    trace_enter(&convert->trace, node);
    node->repeat = (uint32_t)from->footnote.ref_ix;
}

static void enter_inline(Convert *convert, const cmark_node *from, MdNode *node) {
    (void)from;
    trace_enter(&convert->trace, node);
}

/* --- the walk ----------------------------------------------------------------------------- */

typedef struct ConvertRow {
    void (*enter)(Convert *convert, const cmark_node *from, MdNode *node);
    bool is_leaf; /* never has children; cmark tells no end */
    bool is_inline;
    bool is_nesting; /* may stand in itself, so its depth is bounded */
} ConvertRow;

static const ConvertRow convert_rows[MD_KIND_COUNT] = {
    [MD_PARAGRAPH] = {enter_paragraph, false, false, false},
    [MD_HEADING] = {enter_heading, false, false, false},
    [MD_QUOTE] = {enter_quote, false, false, true},
    [MD_LIST] = {enter_list, false, false, true},
    [MD_ITEM] = {enter_item, false, false, false},
    [MD_CODE_BLOCK] = {enter_code_block, true, false, false},
    [MD_HTML_BLOCK] = {enter_html_block, true, false, false},
    [MD_RULE] = {enter_rule, true, false, false},
    [MD_TABLE] = {enter_table, false, false, false},
    [MD_TABLE_ROW] = {enter_row, false, false, false},
    [MD_TABLE_CELL] = {enter_cell, false, false, false},
    [MD_FOOTNOTE] = {enter_footnote, false, false, false},
    [MD_TEXT] = {enter_literal, true, true, false},
    [MD_SOFT_BREAK] = {enter_inline, true, true, false},
    [MD_LINE_BREAK] = {enter_inline, true, true, false},
    [MD_CODE] = {enter_literal, true, true, false},
    [MD_HTML] = {enter_literal, true, true, false},
    [MD_EMPHASIS] = {enter_inline, false, true, true},
    [MD_STRONG] = {enter_inline, false, true, true},
    [MD_LINK] = {enter_link, false, true, true},
    [MD_IMAGE] = {enter_link, false, true, true},
    [MD_FOOTNOTE_REF] = {enter_reference, false, true, false},
};

static void report_depth(Convert *convert, const MdNode *node) {
    if (convert->is_depth_reported)
        return;
    convert->is_depth_reported = true;
    diag_add(convert->pass->diags, DIAG_PAGE_LIMIT, span_of(node->at.source, node->at.start, 0),
             "nested deeper than the limit of %zu", LIMIT_NESTING);
}

/* Makes the node for `from`. What is nested too deeply is left out of the tree, its children are
 * not: a node without parent stands for it until its end. */
static void convert_enter(Convert *convert, cmark_node *from) {
    MdKind kind = kind_of(from);
    if (kind == MD_DOCUMENT)
        return;
    const ConvertRow *row = &convert_rows[kind];
    bool is_too_deep = (row->is_nesting && convert->depth >= LIMIT_NESTING) ||
                       (kind == MD_ITEM && convert->top->kind != MD_LIST);
    MdNode *node = is_too_deep ? ARENA_NEW(convert->pass->tmp, MdNode)
                               : tree_append(convert->pass->arena, convert->top, kind);
    node->kind = kind;
    bool is_emptied = guard_is_marked(from);
    row->enter(convert, from, node);
    if (plain_kind(from))
        add_plain_text(convert, from, node);
    if (is_emptied) {
        /* What stood in the block is then its only text. */
        convert->emptied = node;
        trace_begin_lost(&convert->trace, span_text(node->at), node->at);
    }
    if (is_too_deep)
        report_depth(convert, node);
    if (row->is_leaf)
        return;
    from->user_data = node;
    if (row->is_nesting)
        convert->depth++;
    if (!is_too_deep)
        convert->top = node;
}

static void convert_leave(Convert *convert, cmark_node *from) {
    MdNode *node = from->user_data;
    if (!node || guard_is_marked(from))
        return;
    const ConvertRow *row = &convert_rows[node->kind];
    if (row->is_nesting)
        convert->depth--;
    if (node->kind == MD_QUOTE)
        extend_quote(node);
    if (node->parent)
        convert->top = node->parent;
    if (row->is_inline && node->kind != MD_FOOTNOTE_REF) {
        trace_leave(&convert->trace, node);
    } else if (!row->is_inline && node->at.size == 0 && node->kind != MD_TABLE_CELL) {
        /* A container ends where its last block does; an empty one with its line. */
        uint32_t end = convert->block_end > node->at.start
                           ? convert->block_end
                           : (uint32_t)line_end(convert, first_line(from));
        node->at.size = end > node->at.start ? end - node->at.start : 0;
        convert->block_end = end > convert->block_end ? end : convert->block_end;
    } else if (node->kind == MD_TABLE && convert->block_end > node->at.start) {
        node->at.size = convert->block_end - node->at.start;
    }
}

void convert_tree(const MdPass *pass, cmark_node *root) {
    Convert convert = {
        .pass = pass, .references = references_new(pass->tmp, pass->lines), .top = pass->doc->root};
    convert.trace = (Trace){.lines = pass->lines, .arena = pass->tmp, .uses = &convert.references};
    for (cmark_node *node = root; node;) {
        convert_enter(&convert, node);
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        convert_leave(&convert, node);
        while (node != root && !node->next) {
            node = node->parent;
            convert_leave(&convert, node);
        }
        node = node == root ? NULL : node->next;
    }
    references_check(&convert.references, pass->lines, pass->diags);
}
