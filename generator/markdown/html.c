#include "base/ban.h"

#include "markdown/html.h"

#include "markdown/code.h"
#include "markdown/pass.h"

/* --- plain blocks ------------------------------------------------------------------------- */

static void paragraph_open(Writer *writer, const MdNode *node) {
    if (html_is_figure(node))
        add(writer, "<figure class=\"picture\">\n");
    else if (!html_is_bare(node))
        add(writer, "<p>");
}

static void paragraph_close(Writer *writer, const MdNode *node) {
    if (html_is_figure(node)) {
        add(writer, "\n<figcaption>");
        html_escape(writer->out, node->first->title);
        add(writer, "</figcaption>\n</figure>\n");
    } else if (!html_is_bare(node)) {
        add(writer, "</p>\n");
    } else if (node->next) {
        add(writer, "\n");
    }
}

/* The anchor stands beside the heading, not in it: it would become part of the heading's name. */
static void heading_open(Writer *writer, const MdNode *node) {
    if (node->id.size)
        add(writer, "<div class=\"heading\">");
    add(writer, "<h");
    add_int(writer, node->number);
    if (node->id.size)
        add_attribute(writer, "id", node->id);
    add(writer, ">");
}

static void heading_close(Writer *writer, const MdNode *node) {
    add(writer, "</h");
    add_int(writer, node->number);
    add(writer, ">");
    if (node->id.size) {
        add(writer, "<a class=\"anchor\" href=\"#");
        url_escape(writer->out, node->id);
        add(writer, "\" aria-label=\"Link to this heading: ");
        html_escape(writer->out, md_plain_text(node, writer->out->arena));
        add(writer, "\">#</a></div>");
    }
    add(writer, "\n");
}

static void quote_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<blockquote>\n");
}

static void quote_close(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "</blockquote>\n");
}

static const struct {
    const char *word, *title;
} alert_names[] = {
    [MD_ALERT_NOTE] = {"note", "Note"},
    [MD_ALERT_TIP] = {"tip", "Tip"},
    [MD_ALERT_IMPORTANT] = {"important", "Important"},
    [MD_ALERT_WARNING] = {"warning", "Warning"},
    [MD_ALERT_CAUTION] = {"caution", "Caution"},
};

static void alert_open(Writer *writer, const MdNode *node) {
    add(writer, "<div class=\"alert alert-");
    add(writer, alert_names[node->alert].word);
    add(writer, "\" role=\"note\">\n<p class=\"alert-title\">");
    add(writer, alert_names[node->alert].title);
    add(writer, "</p>\n");
}

static void div_close(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "</div>\n");
}

static void rule_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<hr>\n");
}

/* --- lists -------------------------------------------------------------------------------- */

/* Such a list has no bullets, so the style sheet must know it. */
static bool has_tasks(const MdNode *list) {
    for (const MdNode *item = list->first; item; item = item->next)
        if (item->task != MD_TASK_NONE)
            return true;
    return false;
}

static void list_open(Writer *writer, const MdNode *node) {
    add(writer, node->is_ordered ? "<ol" : "<ul");
    if (node->is_ordered && node->number != 1) {
        add(writer, " start=\"");
        add_int(writer, node->number);
        add(writer, "\"");
    }
    if (has_tasks(node))
        add(writer, " class=\"task-list\"");
    add(writer, ">\n");
}

static void list_close(Writer *writer, const MdNode *node) {
    add(writer, node->is_ordered ? "</ol>\n" : "</ul>\n");
}

/* In a loose list the box stands before the first <p>, where style sheets can still reach both. */
static void item_open(Writer *writer, const MdNode *node) {
    bool is_text_next =
        node->first && node->first->kind == MD_PARAGRAPH && html_is_bare(node->first);
    if (node->task == MD_TASK_NONE) {
        add(writer, "<li>");
    } else {
        bool is_done = node->task == MD_TASK_DONE;
        add(writer, "<li class=\"task\"><input type=\"checkbox\" aria-label=\"");
        add(writer, is_done ? "Done\" disabled checked>" : "Not done\" disabled>");
        add(writer, is_text_next ? " " : "");
    }
    if (node->first && !is_text_next)
        add(writer, "\n");
}

static void item_close(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "</li>\n");
}

/* --- code and HTML ------------------------------------------------------------------------ */

static bool is_tab(const MdNode *node) {
    return node && node->kind == MD_CODE_BLOCK && code_tab(node).size;
}

/* "npm, pnpm": what the blocks from `node` on are called. */
static void add_tab_names(Writer *writer, const MdNode *node) {
    for (const MdNode *tab = node; is_tab(tab); tab = tab->next) {
        add(writer, tab == node ? "" : ", ");
        html_escape(writer->out, code_tab(tab));
    }
}

/* Blocks that follow each other and are named as tabs become a choice. The buttons are radio
 * buttons, each before what it shows, so that no script is needed, arrows move between them, and
 * without a style sheet everything is there in order. */
static void code_block_open(Writer *writer, const MdNode *node) {
    if (!is_tab(node)) {
        bool has_holes = writer->holes && node->number;
        if (has_holes)
            html_add_hole(writer, node, false);
        code_render(node, writer->out);
        if (has_holes)
            html_add_hole(writer, node, true);
        return;
    }
    bool is_first = !is_tab(node->prev);
    if (is_first) {
        writer->tab_group++;
        add(writer, "<div class=\"tabs\" role=\"group\" aria-label=\"One of: ");
        add_tab_names(writer, node);
        add(writer, "\">\n");
    }
    add(writer, "<label class=\"tab\"><input type=\"radio\" name=\"tabs-");
    add_int(writer, writer->tab_group);
    add(writer, is_first ? "\" checked>" : "\">");
    html_escape(writer->out, code_tab(node));
    add(writer, "</label>\n<div class=\"tab-panel\">\n");
    code_render(node, writer->out);
    add(writer, "</div>\n");
    if (!is_tab(node->next))
        add(writer, "</div>\n");
}

/* Comments are no content: shown as text they would surprise. */
static void html_block_open(Writer *writer, const MdNode *node) {
    if (node->pieces) {
        html_add_pieces(writer, node);
    } else if (!tree_is_comment(node)) {
        add(writer, "<pre class=\"raw-html\" tabindex=\"0\">");
        html_escape(writer->out, str_trim(node->text));
        add(writer, "</pre>\n");
    }
}

/* --- tables ------------------------------------------------------------------------------- */

/* A wide table scrolls in a box of its own. The box is a group, not a region: a page of twenty
 * tables must not get twenty landmarks. */
static void table_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<div class=\"table-wrap\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n"
                "<table>\n");
}

static void table_close(Writer *writer, const MdNode *node) {
    if (node->last && !node->last->is_header)
        add(writer, "</tbody>\n");
    add(writer, "</table>\n</div>\n");
}

static void row_open(Writer *writer, const MdNode *node) {
    if (node->is_header)
        add(writer, "<thead>\n");
    else if (node->prev && node->prev->is_header)
        add(writer, "<tbody>\n");
    add(writer, "<tr>\n");
}

static void row_close(Writer *writer, const MdNode *node) {
    add(writer, "</tr>\n");
    if (node->is_header)
        add(writer, "</thead>\n");
}

/* An empty header cell heads nothing. */
static bool is_heading_cell(const MdNode *cell) {
    return cell->is_header && cell->first;
}

static void cell_open(Writer *writer, const MdNode *node) {
    static const char *const classes[] = {
        [MD_ALIGN_NONE] = "",
        [MD_ALIGN_LEFT] = " class=\"align-left\"",
        [MD_ALIGN_CENTER] = " class=\"align-center\"",
        [MD_ALIGN_RIGHT] = " class=\"align-right\"",
    };
    add(writer, is_heading_cell(node) ? "<th scope=\"col\"" : "<td");
    add(writer, classes[node->align]);
    add(writer, ">");
}

static void cell_close(Writer *writer, const MdNode *node) {
    add(writer, is_heading_cell(node) ? "</th>\n" : "</td>\n");
}

/* --- footnotes ---------------------------------------------------------------------------- */

static void add_back_links(Writer *writer, const MdNode *footnote) {
    for (uint32_t i = 1; i <= footnote->repeat; i++) {
        add(writer, " <a class=\"footnote-back\" href=\"#");
        html_add_reference_id(writer, footnote->number, i);
        add(writer, "\" role=\"doc-backlink\" aria-label=\"Back to reference ");
        add_int(writer, footnote->number);
        if (footnote->repeat > 1) {
            add(writer, "-");
            add_int(writer, i);
        }
        add(writer, "\">↩</a>");
    }
}

static void footnote_open(Writer *writer, const MdNode *node) {
    if (!node->prev || node->prev->kind != MD_FOOTNOTE)
        add(writer, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n"
                    "<ol>\n");
    add(writer, "<li id=\"fn:");
    add_int(writer, node->number);
    add(writer, "\">\n");
}

/* The links back follow the text; where it ends with something else they get a line. */
static void footnote_close(Writer *writer, const MdNode *node) {
    if (!node->last || node->last->kind != MD_PARAGRAPH) {
        add(writer, "<p>");
        add_back_links(writer, node);
        add(writer, "</p>\n");
    }
    add(writer, "</li>\n");
    if (!node->next)
        add(writer, "</ol>\n</section>\n");
}

/* --- the table and the walk --------------------------------------------------------------- */

static const HtmlRow block_rows[MD_KIND_COUNT] = {
    [MD_PARAGRAPH] = {paragraph_open, paragraph_close, false},
    [MD_HEADING] = {heading_open, heading_close, false},
    [MD_QUOTE] = {quote_open, quote_close, false},
    [MD_ALERT] = {alert_open, div_close, false},
    [MD_LIST] = {list_open, list_close, false},
    [MD_ITEM] = {item_open, item_close, false},
    [MD_CODE_BLOCK] = {code_block_open, NULL, true},
    [MD_HTML_BLOCK] = {html_block_open, NULL, true},
    [MD_RULE] = {rule_open, NULL, true},
    [MD_TABLE] = {table_open, table_close, false},
    [MD_TABLE_ROW] = {row_open, row_close, false},
    [MD_TABLE_CELL] = {cell_open, cell_close, false},
    [MD_FOOTNOTE] = {footnote_open, footnote_close, false},
    [MD_MARKUP] = {html_open_markup, NULL, true},
};

/* Blocks come before inlines in MdKind. */
static const HtmlRow *row_of(MdKind kind) {
    return kind < MD_TEXT ? &block_rows[kind] : &html_inline_rows[kind];
}

static void write_close(Writer *writer, const MdNode *node) {
    /* The last paragraph of a footnote takes the links back in. */
    const MdNode *parent = node->parent;
    if (node->kind == MD_PARAGRAPH && parent && parent->kind == MD_FOOTNOTE && !node->next)
        add_back_links(writer, parent);
    const HtmlRow *row = row_of(node->kind);
    if (row->close)
        row->close(writer, node);
}

static void write_children(Writer *writer, const MdNode *top) {
    const MdNode *node = top->first;
    while (node) {
        const HtmlRow *row = row_of(node->kind);
        if (row->open)
            row->open(writer, node);
        if (node->first && !row->is_whole) {
            node = node->first;
            continue;
        }
        write_close(writer, node);
        while (!node->next) {
            node = node->parent;
            if (node == top)
                return;
            write_close(writer, node);
        }
        node = node->next;
    }
}

void md_render_children(const MdNode *top, Buf *out) {
    write_children(&(Writer){.out = out}, top);
}

void md_render(const MdDoc *doc, Buf *out) {
    md_render_children(doc->root, out);
}

void md_render_with_holes(const MdDoc *doc, MdHoles *holes, Buf *out) {
    write_children(&(Writer){.out = out, .holes = holes}, doc->root);
}
