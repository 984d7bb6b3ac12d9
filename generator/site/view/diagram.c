#include "base/ban.h"

#include "site/view/diagram.h"

#include "base/escape.h"

/* The lines as nested lists: a deeper line opens a list inside the item before it. */
static void add_lines(const Diagram *diagram, Buf *out) {
    int depth = 0;
    for (size_t i = 0; i < diagram->line_count; i++) {
        const DiagramLine *line = &diagram->lines[i];
        /* Close what is deeper, and the item on the same level. */
        while (depth > line->depth) {
            buf_add_text(out, "</li></ul>");
            depth--;
        }
        if (line->depth == 0) {
            buf_add_text(out, "<p>");
            html_escape(out, line->text);
            buf_add_text(out, "</p>\n");
            continue;
        }
        if (depth == line->depth)
            buf_add_text(out, "</li>\n");
        while (depth < line->depth) {
            buf_add_text(out, "<ul>\n");
            if (++depth < line->depth)
                buf_add_text(out, "<li>");
        }
        buf_add_text(out, "<li>");
        html_escape(out, line->text);
    }
    for (; depth > 0; depth--)
        buf_add_text(out, "</li></ul>\n");
}

/* ` name="d3-what"` */
static void add_id(const DiagramView *view, const char *name, const char *what, Buf *out) {
    buf_add_format(out, " %s=\"", name);
    html_escape(out, view->id_prefix);
    buf_add_format(out, "%s\"", what);
}

/* text = title [ mark ... ], in any case */
static bool says_title(Str text, Str title) {
    return str_equal_nocase(str_slice(text, 0, title.size), title) &&
           (text.size == title.size || strchr(".:;,!?", text.data[title.size]));
}

/* Where the heading above or the caption below says the same, the drawing does without its title:
 * twice within a few lines is once too often. */
static bool repeats_title(const DiagramView *view, Str caption) {
    Str title = str_trim(view->diagram->title);
    return says_title(str_trim(view->section), title) || says_title(str_trim(caption), title);
}

/* The drawing once more in a window of its own, which the browser opens without a script. <use>
 * shows what stands on the page already, so the page does not carry it twice. */
static void add_large(const DiagramView *view, bool has_no_heading, Buf *out) {
    const Diagram *diagram = view->diagram;
    int width = has_no_heading ? diagram->body_width_px : diagram->width_px;
    int height = has_no_heading ? diagram->body_height_px : diagram->height_px;
    buf_add_text(out, "<div class=\"diagram-large\" role=\"dialog\" popover");
    add_id(view, "id", "large", out);
    add_id(view, "aria-labelledby", "title", out);
    buf_add_text(out, "><button type=\"button\" autofocus");
    add_id(view, "popovertarget", "large", out);
    buf_add_format(
        out, ">Close</button><svg role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"",
        width, height, width, height);
    add_id(view, "aria-labelledby", "title", out);
    buf_add_text(out, "><use href=\"#");
    html_escape(out, view->id_prefix);
    buf_add_text(out, "svg\"/>\n</svg></div>\n");
}

void view_diagram(const DiagramView *view, Buf *out) {
    const Diagram *diagram = view->diagram;
    Str caption = view->caption.size ? view->caption : diagram->caption;
    DiagramSvgOptions options = {.id_prefix = view->id_prefix,
                                 .link_prefix = view->root,
                                 .name = view->name,
                                 .has_no_heading = repeats_title(view, caption)};
    /* A wide picture scrolls inside of its frame, so the frame must be reachable by keyboard. */
    buf_add_text(out, "<figure class=\"diagram\">\n<div class=\"diagram-view\" role=\"group\" "
                      "aria-label=\"Diagram\" tabindex=\"0\">");
    diagram_write_svg(diagram, &options, out);
    buf_add_text(out, "</div>\n");
    /* HTML wants a caption first or last; the style sheet shows it above the text all the same. */
    if (diagram->line_count) {
        buf_add_text(out, "<details class=\"diagram-text\"><summary>Diagram as text</summary>\n");
        add_lines(diagram, out);
        buf_add_text(out, "</details>\n");
    }
    add_large(view, options.has_no_heading, out);
    buf_add_text(out, "<figcaption>");
    if (caption.size) {
        html_escape(out, caption);
        buf_add_char(out, ' ');
    }
    buf_add_text(out, "<span class=\"diagram-views\"><button type=\"button\"");
    add_id(view, "popovertarget", "large", out);
    buf_add_text(out, ">Larger view</button>");
    if (view->svg_href.size) {
        buf_add_text(out, " <a class=\"diagram-file\" href=\"");
        url_escape(out, view->svg_href);
        buf_add_text(out, "\">SVG</a>");
    }
    buf_add_text(out, "</span></figcaption>\n");
    buf_add_text(out, "</figure>\n");
}
