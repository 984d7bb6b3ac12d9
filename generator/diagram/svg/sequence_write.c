/* Lines, boxes and groups of sequence diagrams as SVG. */
#include "base/ban.h"

#include "diagram/svg/sequence_write.h"

#define AREA_RADIUS (3 * PX)

ThemePaint writer_paint(const Writer *writer, ThemePart part, const char *name) {
    Str class_name = str_from(name);
    SceneLook look = {.names = {&class_name, *name ? 1 : 0, 1}};
    return theme_resolve(part, 0, &look, writer->options->is_dark);
}

void writer_open(Writer *writer, const char *part, const ThemePaint *paint) {
    svg_open_part(writer->buf, part, paint);
    buf_add_char(writer->buf, '>');
}

void writer_close(Writer *writer) {
    buf_add_text(writer->buf, "</g>\n");
}

void writer_box(Writer *writer, Box box, Coord radius, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    svg_box(buf, box, radius);
    buf_add_text(buf, "/>");
}

void writer_begin_line(Writer *writer, const ThemePaint *paint, Coord width, const char *dash) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", width);
    if (dash)
        buf_add_format(buf, " stroke-dasharray=\"%s\"", dash);
    buf_add_text(buf, " d=\"");
}

void writer_end_line(Writer *writer) {
    buf_add_text(writer->buf, "\"/>");
}

void writer_straight(Writer *writer, Point from, Point to) {
    svg_point(writer->buf, 'M', from);
    svg_point(writer->buf, 'L', to);
}

void writer_area(Writer *writer, Box box, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "f");
    svg_colour(buf, "fill", paint->fill);
    svg_box(buf, box, AREA_RADIUS);
    buf_add_text(buf, "/>");
}

void writer_backing(Writer *writer, Box box, const ThemePaint *paint) {
    writer_area(writer, (Box){box.x - 2 * PX, box.y, box.width + 4 * PX, box.height}, paint);
}
