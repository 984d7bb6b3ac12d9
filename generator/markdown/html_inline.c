#include "base/ban.h"

#include "markdown/html.h"
#include "markdown/pass.h"

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

/* A link that leads nowhere is text, marked so that its author sees it. */
static bool is_broken(const MdNode *node) {
    return node->is_broken || !is_safe_url(node->url);
}

/* --- HTML of the author ------------------------------------------------------------------- */

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

void html_add_pieces(Writer *writer, const MdNode *node) {
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

static void html_open(Writer *writer, const MdNode *node) {
    if (node->pieces)
        html_add_pieces(writer, node);
    else if (!tree_is_comment(node))
        html_escape(writer->out, node->text);
}

/* --- footnotes ---------------------------------------------------------------------------- */

/* A colon cannot stand in a heading's id, so the two never meet. */
void html_add_reference_id(Writer *writer, uint32_t number, uint32_t repeat) {
    add(writer, "fnref:");
    add_int(writer, number);
    if (repeat > 1) {
        add(writer, "-");
        add_int(writer, repeat);
    }
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
        html_add_reference_id(writer, node->number, node->repeat);
        add(writer, "\">");
        add_int(writer, node->number);
        add(writer, "</sup>");
        return;
    }
    add(writer, "<sup class=\"footnote-ref\"><a href=\"#fn:");
    add_int(writer, node->number);
    add(writer, "\" id=\"");
    html_add_reference_id(writer, node->number, node->repeat);
    add(writer, "\" role=\"doc-noteref\" aria-label=\"Footnote ");
    add_int(writer, node->number);
    add(writer, "\">");
    add_int(writer, node->number);
    add(writer, "</a></sup>");
}

/* --- inlines ------------------------------------------------------------------------------ */

/* Put in by site/, which has escaped what it took from authors. */
void html_open_markup(Writer *writer, const MdNode *node) {
    buf_add(writer->out, node->text);
    if (node->kind == MD_MARKUP)
        add(writer, "\n");
}

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

/* --- links and pictures ------------------------------------------------------------------- */

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

void html_add_hole(Writer *writer, const MdNode *node, bool is_end) {
    MdHoles *holes = writer->holes;
    ARENA_RESERVE(holes->arena, holes->items, holes->count, holes->capacity);
    holes->items[holes->count++] = (MdHole){writer->out->size, node, is_end};
}

static void link_open(Writer *writer, const MdNode *node) {
    if (writer->holes)
        html_add_hole(writer, node, false);
    else
        md_render_link_open(node, writer->out);
}

static void link_close(Writer *writer, const MdNode *node) {
    if (writer->holes)
        html_add_hole(writer, node, true);
    else
        md_render_link_close(node, writer->out);
}

bool html_is_bare(const MdNode *paragraph) {
    const MdNode *item = paragraph->parent;
    return item && item->kind == MD_ITEM && item->parent && item->parent->is_tight;
}

bool html_is_figure(const MdNode *paragraph) {
    const MdNode *image = paragraph->first;
    return paragraph->kind == MD_PARAGRAPH && image && image->kind == MD_IMAGE && !image->next &&
           image->title.size && !is_broken(image) && !html_is_bare(paragraph);
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
    if (node->title.size && !html_is_figure(node->parent))
        add_attribute(writer, "title", node->title);
    add_size(writer, node);
    add(writer, " loading=\"lazy\">");
}

const HtmlRow html_inline_rows[MD_KIND_COUNT] = {
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
    [MD_INLINE_MARKUP] = {html_open_markup, NULL, true},
};
