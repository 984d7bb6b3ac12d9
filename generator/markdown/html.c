#include "base/ban.h"

#include "base/escape.h"
#include "markdown/code.h"
#include "markdown/md.h"
#include "markdown/pass.h"

/* The HTML is written for people who do not see it, too: boxes that scroll can be reached with the
 * keyboard, tasks and links back have names, header cells say what they head. No style attribute
 * and no script: pages are served under a policy that forbids both. */
typedef struct Writer {
    Buf *out;
    size_t tab_group; /* the last one, from 1 */
    MdHoles *holes;   /* NULL: links are written */
} Writer;

static void add(Writer *writer, const char *text) {
    buf_add_text(writer->out, text);
}

static void add_int(Writer *writer, size_t value) {
    buf_add_int(writer->out, (int64_t)value);
}

/* ` name="value"` with the value escaped. */
static void add_attribute(Writer *writer, const char *name, Str value) {
    buf_add_char(writer->out, ' ');
    add(writer, name);
    add(writer, "=\"");
    html_escape(writer->out, value);
    buf_add_char(writer->out, '"');
}

/* --- addresses ---------------------------------------------------------------------------- */

static bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme_char(char c) {
    return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* The scheme as a browser reads it: leading blanks and controls are dropped, and tabs and line ends
 * anywhere (WHATWG URL, "basic URL parser"). Gives its size, which may be more than `room`, or 0
 * for a relative address. */
static size_t read_scheme(Str url, char *scheme, size_t room) {
    size_t size = 0;
    for (size_t i = 0; i < url.size; i++) {
        char c = url.data[i];
        bool is_dropped =
            c == '\t' || c == '\n' || c == '\r' || (size == 0 && (unsigned char)c <= ' ');
        if (is_dropped)
            continue;
        if (c == ':')
            return size;
        if (!is_scheme_char(c) || (size == 0 && !is_alpha(c)))
            return 0;
        if (size < room)
            scheme[size] = c;
        size++;
    }
    return 0;
}

/* Only these schemes and relative addresses reach an attribute, whatever site/ has let pass. */
static bool is_safe_url(Str url) {
    static const Str schemes[] = {{"http", 4}, {"https", 5}, {"mailto", 6}, {"tel", 3}};
    char scheme[8];
    size_t size = read_scheme(url, scheme, sizeof scheme);
    for (size_t i = 0; size <= sizeof scheme && i < sizeof schemes / sizeof schemes[0]; i++)
        if (str_equal_nocase((Str){scheme, size}, schemes[i]))
            return true;
    return size == 0;
}

static void add_url(Writer *writer, const char *name, Str url) {
    buf_add_char(writer->out, ' ');
    add(writer, name);
    add(writer, "=\"");
    url_escape(writer->out, url);
    buf_add_char(writer->out, '"');
}

/* --- plain blocks ------------------------------------------------------------------------- */

/* In a tight list the text of an item stands without <p>. */
static bool is_bare(const MdNode *paragraph) {
    const MdNode *item = paragraph->parent;
    return item && item->kind == MD_ITEM && item->parent && item->parent->is_tight;
}

/* A link that leads nowhere is text, marked so that its author sees it. */
static bool is_broken(const MdNode *node) {
    return node->is_broken || !is_safe_url(node->url);
}

/* A picture alone with a title has it as its caption. */
static bool is_figure(const MdNode *paragraph) {
    const MdNode *image = paragraph->first;
    return paragraph->kind == MD_PARAGRAPH && image && image->kind == MD_IMAGE && !image->next &&
           image->title.size && !is_broken(image) && !is_bare(paragraph);
}

static void paragraph_open(Writer *writer, const MdNode *node) {
    if (is_figure(node))
        add(writer, "<figure class=\"picture\">\n");
    else if (!is_bare(node))
        add(writer, "<p>");
}

static void paragraph_close(Writer *writer, const MdNode *node) {
    if (is_figure(node)) {
        add(writer, "\n<figcaption>");
        html_escape(writer->out, node->first->title);
        add(writer, "</figcaption>\n</figure>\n");
    } else if (!is_bare(node)) {
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

/* Put in by site/, which has escaped what it took from authors. */
static void markup_open(Writer *writer, const MdNode *node) {
    buf_add(writer->out, node->text);
    if (node->kind == MD_MARKUP)
        add(writer, "\n");
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
    bool is_text_next = node->first && node->first->kind == MD_PARAGRAPH && is_bare(node->first);
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

static void add_hole(Writer *writer, const MdNode *node, bool is_end) {
    MdHoles *holes = writer->holes;
    ARENA_RESERVE(holes->arena, holes->items, holes->count, holes->capacity);
    holes->items[holes->count++] = (MdHole){writer->out->size, node, is_end};
}

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
            add_hole(writer, node, false);
        code_render(node, writer->out);
        if (has_holes)
            add_hole(writer, node, true);
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

/* Room for the picture before it comes, so that what stands below does not move. */
static void add_size(Writer *writer, const MdNode *node) {
    if (!node->number || !node->repeat)
        return;
    add(writer, " width=\"");
    add_int(writer, node->number);
    add(writer, "\" height=\"");
    add_int(writer, node->repeat);
    add(writer, "\"");
}

/* HTML that md_read_html has taken in pieces. */
static void add_pieces(Writer *writer, const MdNode *node) {
    for (size_t i = 0; i < node->piece_count; i++) {
        const MdPiece *piece = &node->pieces[i];
        buf_add(writer->out, piece->text);
        if (!piece->address || piece->address->is_broken || !is_safe_url(piece->address->url))
            continue;
        buf_add_char(writer->out, ' ');
        buf_add(writer->out, piece->name);
        add(writer, "=\"");
        url_escape(writer->out, piece->address->url);
        buf_add_char(writer->out, '"');
        add_size(writer, piece->address);
    }
}

/* Comments are no content: shown as text they would surprise. */
static void html_block_open(Writer *writer, const MdNode *node) {
    if (node->pieces) {
        add_pieces(writer, node);
    } else if (!tree_is_comment(node)) {
        add(writer, "<pre class=\"raw-html\" tabindex=\"0\">");
        html_escape(writer->out, str_trim(node->text));
        add(writer, "</pre>\n");
    }
}

static void html_open(Writer *writer, const MdNode *node) {
    if (node->pieces)
        add_pieces(writer, node);
    else if (!tree_is_comment(node))
        html_escape(writer->out, node->text);
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

/* A colon cannot stand in a heading's id, so the two never meet. */
static void add_reference_id(Writer *writer, uint32_t number, uint32_t repeat) {
    add(writer, "fnref:");
    add_int(writer, number);
    if (repeat > 1) {
        add(writer, "-");
        add_int(writer, repeat);
    }
}

static void add_back_links(Writer *writer, const MdNode *footnote) {
    for (uint32_t i = 1; i <= footnote->repeat; i++) {
        add(writer, " <a class=\"footnote-back\" href=\"#");
        add_reference_id(writer, footnote->number, i);
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

static bool is_in_link(const MdNode *node) {
    while (node && node->kind != MD_LINK)
        node = node->parent;
    return node != NULL;
}

/* Links do not nest: inside of one, the number is no link itself. */
static void footnote_ref_open(Writer *writer, const MdNode *node) {
    if (is_in_link(node)) {
        add(writer, "<sup class=\"footnote-ref\" id=\"");
        add_reference_id(writer, node->number, node->repeat);
        add(writer, "\">");
        add_int(writer, node->number);
        add(writer, "</sup>");
        return;
    }
    add(writer, "<sup class=\"footnote-ref\"><a href=\"#fn:");
    add_int(writer, node->number);
    add(writer, "\" id=\"");
    add_reference_id(writer, node->number, node->repeat);
    add(writer, "\" role=\"doc-noteref\" aria-label=\"Footnote ");
    add_int(writer, node->number);
    add(writer, "\">");
    add_int(writer, node->number);
    add(writer, "</a></sup>");
}

/* --- inlines ------------------------------------------------------------------------------ */

static void text_open(Writer *writer, const MdNode *node) {
    html_escape(writer->out, node->text);
}

static void soft_break_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "\n");
}

static void line_break_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<br>\n");
}

static void code_open(Writer *writer, const MdNode *node) {
    add(writer, "<code>");
    html_escape(writer->out, node->text);
    add(writer, "</code>");
}

static void emphasis_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<em>");
}

static void emphasis_close(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "</em>");
}

static void strong_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<strong>");
}

static void strong_close(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "</strong>");
}

static void strike_open(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "<del>");
}

static void strike_close(Writer *writer, const MdNode *node) {
    (void)node;
    add(writer, "</del>");
}

void md_render_link_open(const MdNode *link, Buf *out) {
    Writer writer = {.out = out};
    if (is_broken(link)) {
        add(&writer, "<span class=\"broken\">");
        return;
    }
    add(&writer, "<a");
    add_url(&writer, "href", link->url);
    if (link->title.size)
        add_attribute(&writer, "title", link->title);
    if (link->is_external)
        add(&writer, " rel=\"noopener\"");
    add(&writer, ">");
}

void md_render_link_close(const MdNode *link, Buf *out) {
    buf_add_text(out, is_broken(link) ? "</span>" : "</a>");
}

static void link_open(Writer *writer, const MdNode *node) {
    if (writer->holes)
        add_hole(writer, node, false);
    else
        md_render_link_open(node, writer->out);
}

static void link_close(Writer *writer, const MdNode *node) {
    if (writer->holes)
        add_hole(writer, node, true);
    else
        md_render_link_close(node, writer->out);
}

/* The children are the alternative text; without markup, since it becomes an attribute. */
static void image_open(Writer *writer, const MdNode *node) {
    Str alt = md_plain_text(node, writer->out->arena);
    if (is_broken(node)) {
        add(writer, "<span class=\"broken\">");
        html_escape(writer->out, alt);
        add(writer, "</span>");
        return;
    }
    add(writer, "<img");
    add_url(writer, "src", node->url);
    add_attribute(writer, "alt", alt);
    if (node->title.size && !is_figure(node->parent))
        add_attribute(writer, "title", node->title);
    add_size(writer, node);
    add(writer, " loading=\"lazy\">");
}

/* --- the table and the walk --------------------------------------------------------------- */

typedef void (*WriteNode)(Writer *writer, const MdNode *node);

typedef struct HtmlRow {
    WriteNode open;
    WriteNode close;
    bool is_whole; /* `open` writes the children as well */
} HtmlRow;

static const HtmlRow html_rows[MD_KIND_COUNT] = {
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
    [MD_MARKUP] = {markup_open, NULL, true},
    [MD_TEXT] = {text_open, NULL, true},
    [MD_SOFT_BREAK] = {soft_break_open, NULL, true},
    [MD_LINE_BREAK] = {line_break_open, NULL, true},
    [MD_CODE] = {code_open, NULL, true},
    [MD_HTML] = {html_open, NULL, true},
    [MD_EMPHASIS] = {emphasis_open, emphasis_close, false},
    [MD_STRONG] = {strong_open, strong_close, false},
    [MD_STRIKE] = {strike_open, strike_close, false},
    [MD_LINK] = {link_open, link_close, false},
    [MD_IMAGE] = {image_open, NULL, true},
    [MD_FOOTNOTE_REF] = {footnote_ref_open, NULL, true},
    [MD_INLINE_MARKUP] = {markup_open, NULL, true},
};

static void write_close(Writer *writer, const MdNode *node) {
    /* The last paragraph of a footnote takes the links back in. */
    const MdNode *parent = node->parent;
    if (node->kind == MD_PARAGRAPH && parent && parent->kind == MD_FOOTNOTE && !node->next)
        add_back_links(writer, parent);
    if (html_rows[node->kind].close)
        html_rows[node->kind].close(writer, node);
}

static void write_children(Writer *writer, const MdNode *top) {
    const MdNode *node = top->first;
    while (node) {
        const HtmlRow *row = &html_rows[node->kind];
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
