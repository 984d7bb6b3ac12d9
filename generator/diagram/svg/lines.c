#include "base/ban.h"

#include "base/utf8.h"
#include "diagram/svg/svg.h"
#include "diagram/svg/svg_form.h"

#define BAR_HEIGHT     COORD_PER_PX /* of a line under or through text */
#define UNDERLINE_DROP (COORD_PER_PX * 3 / 2)

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

/* How far the baseline of a run lies below that of its line. */
static Coord run_drop(const TextRun *run, int size_px) {
    if (run->marks & TEXT_MARK_SUP)
        return -COORD_OF_PX(size_px) * 3 / 10;
    return run->marks & TEXT_MARK_SUB ? COORD_OF_PX(size_px) * 2 / 10 : 0;
}

static void write_run_look(Buf *buf, const TextRun *run, int size_px) {
    buf_add_text(buf, face_attributes[run->face]);
    if (run->size_px != size_px)
        svg_number(buf, "font-size", COORD_OF_PX(run->size_px));
}

static bool is_plain(const TextRun *run, int size_px) {
    return run->face == TEXT_REGULAR && run->size_px == size_px;
}

/* A line that looks the same all along says so on its <text>, and this gives true. */
static bool write_line_look(Buf *buf, const TextLine *line, int default_size_px, int size_px) {
    const TextRun *first = &line->runs[0];
    bool is_even = run_drop(first, size_px) == 0;
    for (size_t i = 1; i < line->run_count; i++)
        is_even &= line->runs[i].face == first->face && line->runs[i].marks == first->marks;
    if (is_even)
        write_run_look(buf, first, default_size_px);
    else if (size_px != default_size_px)
        svg_number(buf, "font-size", COORD_OF_PX(size_px));
    /* Without it librsvg drops the spaces at the ends of a <tspan>; browsers keep them. */
    if (!is_even)
        buf_add_text(buf, " xml:space=\"preserve\"");
    return is_even;
}

/* In a mixed line every run but the plain ones gets a <tspan>; so does the one after a raised or
 * lowered run, because a shift holds until the next. */
static void write_runs(Buf *buf, const TextLine *line, bool is_even, int size_px) {
    Coord drop = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        const TextRun *run = &line->runs[i];
        Coord wanted = is_even ? 0 : run_drop(run, size_px);
        bool is_bare = is_even || (is_plain(run, size_px) && wanted == drop);
        if (!is_bare) {
            buf_add_text(buf, "<tspan");
            write_run_look(buf, run, size_px);
            if (wanted != drop)
                svg_number(buf, "dy", wanted - drop);
            buf_add_char(buf, '>');
            drop = wanted;
        }
        svg_text(buf, run->text);
        if (!is_bare)
            buf_add_text(buf, "</tspan>");
    }
}

/* Hebrew, Arabic, Syriac, Thaana, N'Ko and what lies between, with their presentation forms. */
static bool is_from_right(uint32_t c) {
    return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

/* A line runs as its first letter does (Unicode Bidirectional Algorithm, rules P2 and P3): else its
 * full stop would stand at the wrong end, and its parts in the wrong order. */
static bool runs_from_right(const TextLine *line) {
    for (size_t i = 0; i < line->run_count; i++)
        for (Str rest = line->runs[i].text; rest.size;) {
            uint32_t c = utf8_take(&rest);
            bool is_digit = c >= '0' && c <= '9';
            if (!is_digit && utf8_is_word(c))
                return is_from_right(c);
        }
    return false;
}

static void write_bar(Buf *buf, const ThemePaint *paint, Box bar) {
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "t");
    svg_colour(buf, "fill", paint->text);
    svg_box(buf, bar, 0);
    buf_add_text(buf, "/>");
}

/* The lines under and through text. Browsers and librsvg do not agree on how thick
 * text-decoration is, nor on whether it stops at a "g". */
static void write_bars(Buf *buf, const TextLine *line, const ThemePaint *paint, Point start) {
    bool is_rtl = runs_from_right(line);
    Coord passed = 0;
    for (size_t i = 0; i < line->run_count; passed += line->runs[i++].width) {
        const TextRun *run = &line->runs[i];
        Coord x = start.x + (is_rtl ? line->width - passed - run->width : passed);
        Coord middle = start.y - COORD_OF_PX(run->size_px) * 3 / 10;
        if (run->marks & TEXT_MARK_UNDERLINE)
            write_bar(buf, paint, (Box){x, start.y + UNDERLINE_DROP, run->width, BAR_HEIGHT});
        if (run->marks & TEXT_MARK_STRIKE)
            write_bar(buf, paint, (Box){x, middle, run->width, BAR_HEIGHT});
    }
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
        bool is_rtl = runs_from_right(&block->lines[i]);
        if (is_rtl)
            buf_add_text(buf, " direction=\"rtl\"");
        Coord from = is_rtl && !is_middle ? x + text->box.width : x;
        bool is_even = write_line_look(buf, &block->lines[i], default_size_px, block->size_px);
        svg_number(buf, "x", from);
        svg_number(buf, "y", y);
        buf_add_char(buf, '>');
        write_runs(buf, &block->lines[i], is_even, block->size_px);
        buf_add_text(buf, "</text>");
        Coord width = block->lines[i].width;
        Coord start = is_middle ? x - width / 2 : is_rtl ? from - width : x;
        write_bars(buf, &block->lines[i], paint, (Point){start, y});
    }
}
