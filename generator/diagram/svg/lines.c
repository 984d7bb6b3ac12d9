#include "base/ban.h"

#include "base/utf8.h"
#include "diagram/svg/svg.h"
#include "diagram/svg/svg_form.h"

/* Characters that XML allows nowhere, not even as a reference (XML 1.0, section 2.2). */
static bool is_forbidden(uint32_t code_point) {
    return (code_point < 0x20 && code_point != '\t' && code_point != '\n' && code_point != '\r') ||
           code_point == 0x7F || code_point == 0xFFFE || code_point == 0xFFFF;
}

void svg_text(Buf *buf, Str text) {
    while (text.size) {
        uint32_t code_point = utf8_take(&text);
        switch (code_point) {
        case '&': buf_add_text(buf, "&amp;"); break;
        case '<': buf_add_text(buf, "&lt;"); break;
        case '>': buf_add_text(buf, "&gt;"); break;
        case '"': buf_add_text(buf, "&quot;"); break;
        default: utf8_add(buf, is_forbidden(code_point) ? 0xFFFD : code_point);
        }
    }
}

void svg_number(Buf *buf, const char *name, Coord value) {
    buf_add_char(buf, ' ');
    buf_add_text(buf, name);
    buf_add_text(buf, "=\"");
    buf_add_fixed(buf, value, COORD_PER_PX, 2);
    buf_add_char(buf, '"');
}

void svg_colour(Buf *buf, const char *name, Color colour) {
    buf_add_char(buf, ' ');
    buf_add_text(buf, name);
    buf_add_text(buf, "=\"");
    if (colour.alpha == 0)
        buf_add_text(buf, "none");
    else
        color_write(buf, colour);
    buf_add_char(buf, '"');
}

void svg_point(Buf *buf, char command, Point point) {
    buf_add_char(buf, command);
    buf_add_fixed(buf, point.x, COORD_PER_PX, 2);
    buf_add_char(buf, ' ');
    buf_add_fixed(buf, point.y, COORD_PER_PX, 2);
}

void svg_classes(Buf *buf, const ThemePaint *paint, const char *classes) {
    size_t count = 0;
    for (const char *c = classes; *c; c++) {
        bool is_own = *c == 'f'   ? paint->is_own_fill
                      : *c == 't' ? paint->is_own_text
                                  : paint->is_own_stroke;
        if (is_own)
            continue;
        buf_add_text(buf, count++ ? " dg-" : " class=\"dg-");
        buf_add_char(buf, *c);
    }
    if (count)
        buf_add_char(buf, '"');
}

void svg_stroke(Buf *buf, const ThemePaint *paint) {
    svg_number(buf, "stroke-width", paint->stroke_width);
    if (paint->dash.size) {
        buf_add_text(buf, " stroke-dasharray=\"");
        svg_text(buf, paint->dash);
        buf_add_char(buf, '"');
    }
}

/* ---- Text ---- */

static const char *const face_attributes[TEXT_FACE_COUNT] = {
    [TEXT_REGULAR] = "",
    [TEXT_ITALIC] = " font-style=\"italic\"",
    [TEXT_BOLD] = " font-weight=\"600\"",
    [TEXT_MONO] = " font-family=\"'JetBrains Mono','DejaVu Sans Mono',monospace\"",
};

/* A line in one face names it on its <text>; in a mixed one every run but the regular ones gets a
 * <tspan>. */
static TextFace line_face(const TextLine *line) {
    TextFace face = line->run_count ? line->runs[0].face : TEXT_REGULAR;
    for (size_t i = 1; i < line->run_count; i++)
        if (line->runs[i].face != face)
            return TEXT_REGULAR;
    return face;
}

static void write_line(Buf *buf, const TextLine *line) {
    TextFace base = line_face(line);
    buf_add_text(buf, face_attributes[base]);
    buf_add_char(buf, '>');
    for (size_t i = 0; i < line->run_count; i++) {
        const TextRun *run = &line->runs[i];
        if (run->face != base) {
            buf_add_text(buf, "<tspan");
            buf_add_text(buf, face_attributes[run->face]);
            buf_add_char(buf, '>');
        }
        svg_text(buf, run->text);
        if (run->face != base)
            buf_add_text(buf, "</tspan>");
    }
    buf_add_text(buf, "</text>");
}

void svg_lines(Buf *buf, const SceneText *text, const ThemePaint *paint, int default_size_px) {
    const TextBlock *block = &text->block;
    bool is_middle = text->anchor == SCENE_MIDDLE;
    /* Rounded up, as boxes of odd width were placed rounded down. */
    Coord x = is_middle ? text->box.x + (text->box.width + 1) / 2 : text->box.x;
    Coord y = text->box.y + block->ascent;
    for (size_t i = 0; i < block->line_count; i++, y += block->line_height) {
        if (block->lines[i].run_count == 0)
            continue; /* an empty line takes room, and nothing else */
        buf_add_text(buf, "<text");
        svg_classes(buf, paint, "t");
        svg_colour(buf, "fill", paint->text);
        if (is_middle)
            buf_add_text(buf, " text-anchor=\"middle\"");
        if (block->size_px != default_size_px)
            svg_number(buf, "font-size", COORD_OF_PX(block->size_px));
        svg_number(buf, "x", x);
        svg_number(buf, "y", y);
        write_line(buf, &block->lines[i]);
    }
}
