/* Participants as SVG: boxes, persons and the figures of robustness diagrams. */
#include "base/ban.h"

#include "diagram/svg/sequence_write.h"

/* ---- Participants ---- */

/* A person: head, body, arms and legs in a figure of 38 px height. */
static void write_person(Writer *writer, Box box, const ThemePaint *paint) {
    Coord x = box.x + box.width / 2, y = box.y;
    writer_begin_line(writer, paint, LINE_WIDTH, NULL);
    writer_straight(writer, (Point){x, y + 13 * PX}, (Point){x, y + 25 * PX});
    writer_straight(writer, (Point){x - 11 * PX, y + 17 * PX}, (Point){x + 11 * PX, y + 17 * PX});
    writer_straight(writer, (Point){x, y + 25 * PX}, (Point){x - 9 * PX, y + 36 * PX});
    writer_straight(writer, (Point){x, y + 25 * PX}, (Point){x + 9 * PX, y + 36 * PX});
    writer_end_line(writer);
    svg_circle(writer->buf, (Point){x, y + 7 * PX}, 6 * PX, paint);
}

/* The circles of robustness diagrams: with a bar at the left, an arrow on top, a line below. */
static void write_robustness(Writer *writer, ParticipantKind kind, Box box,
                             const ThemePaint *paint) {
    Coord radius = 14 * PX, x = box.x + box.width / 2, y = box.y + 20 * PX;
    Coord left = x - radius, top = y - radius, bottom = y + radius + 2 * PX;
    if (kind == PARTICIPANT_BOUNDARY)
        x += 4 * PX;
    svg_circle(writer->buf, (Point){x, y}, radius, paint);
    writer_begin_line(writer, paint, LINE_WIDTH, NULL);
    if (kind == PARTICIPANT_BOUNDARY) {
        Coord bar = left - 5 * PX;
        writer_straight(writer, (Point){bar, y - 9 * PX}, (Point){bar, y + 9 * PX});
        writer_straight(writer, (Point){bar, y}, (Point){x - radius, y});
    } else if (kind == PARTICIPANT_CONTROL) {
        writer_straight(writer, (Point){x + 4 * PX, top - 5 * PX}, (Point){x - 2 * PX, top});
        writer_straight(writer, (Point){x - 2 * PX, top}, (Point){x + 4 * PX, top + 5 * PX});
    } else {
        writer_straight(writer, (Point){left, bottom}, (Point){left + 2 * radius, bottom});
    }
    writer_end_line(writer);
}

/* A cylinder that lies on its side. */
static void write_queue(Writer *writer, Box box, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    Coord cap = 6 * PX, right = box.x + box.width, bottom = box.y + box.height;
    Coord middle = box.y + box.height / 2;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', (Point){box.x + cap, box.y});
    svg_point(buf, 'L', (Point){right - cap, box.y});
    svg_point(buf, 'Q', (Point){right + cap, middle});
    svg_point(buf, ' ', (Point){right - cap, bottom});
    svg_point(buf, 'L', (Point){box.x + cap, bottom});
    svg_point(buf, 'Q', (Point){box.x - cap, middle});
    svg_point(buf, ' ', (Point){box.x + cap, box.y});
    svg_point(buf, 'M', (Point){right - cap, box.y});
    svg_point(buf, 'Q', (Point){right - 3 * cap, middle});
    svg_point(buf, ' ', (Point){right - cap, bottom});
    writer_end_line(writer);
}

static void write_outline(Writer *writer, const SceneHead *head, const ThemePaint *paint) {
    switch (head->kind) {
    case PARTICIPANT_BOX: svg_outline(writer->buf, SHAPE_RECT, head->box, paint); break;
    case PARTICIPANT_ACTOR: write_person(writer, head->figure, paint); break;
    case PARTICIPANT_BOUNDARY:
    case PARTICIPANT_CONTROL:
    case PARTICIPANT_ENTITY: write_robustness(writer, head->kind, head->figure, paint); break;
    case PARTICIPANT_DATABASE: svg_outline(writer->buf, SHAPE_CYLINDER, head->box, paint); break;
    case PARTICIPANT_COLLECTIONS:
        svg_outline(writer->buf, SHAPE_PROCESSES, head->box, paint);
        break;
    case PARTICIPANT_QUEUE: write_queue(writer, head->box, paint); break;
    case PARTICIPANT_KIND_COUNT: break;
    }
}

void writer_head(Writer *writer, const SceneHead *head) {
    Buf *buf = writer->buf;
    ThemePaint paint = writer_paint(writer, THEME_NODE, "");
    svg_open_part(buf, "node", &paint);
    svg_attribute(buf, "data-id", head->id);
    svg_end(buf, writer->scene, writer->options, head->id);
    buf_add_char(buf, '>');
    bool is_link = svg_open_link(buf, writer->options->link_prefix, head->link);
    write_outline(writer, head, &paint);
    /* A figure has its text below it, not in it, hence a group for each. */
    if (head->figure.width)
        writer_open(writer, "node", &paint);
    svg_lines(buf, &head->text, &paint, writer->scene->font_size_px);
    if (head->figure.width)
        buf_add_text(buf, "</g>");
    buf_add_text(buf, is_link ? "</a></g>\n" : "</g>\n");
}
