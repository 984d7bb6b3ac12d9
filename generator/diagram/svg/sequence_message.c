/* Messages as SVG: a line, what stands at its ends, its text and number. */
#include "base/ban.h"

#include "diagram/svg/sequence_write.h"

#define ARROW_LENGTH (9 * PX)
#define ARROW_HALF   (PX * 42 / 10)
#define POINT_LENGTH (8 * PX)
#define CROSS_ARM    (5 * PX)
#define CROSS_GAP    (5 * PX) /* between a lost message and whom it does not reach */
#define DOT_RADIUS   (4 * PX)
#define TURN_RADIUS  (7 * PX)
#define MESSAGE_DASH "5 4"

/* ---- Messages ---- */

/* One end of a message's line. Every line ends flat; it comes from the left or the right. */
typedef struct Tip {
    Point at;
    Coord sign; /* 1: the line comes from the left */
} Tip;

static Point back(Tip tip, Coord length, Coord down) {
    return (Point){tip.at.x - tip.sign * length, tip.at.y + down};
}

static void write_arrow(Writer *writer, Tip tip, const ThemePaint *paint, Coord top, Coord bottom) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', tip.at);
    svg_point(buf, 'L', back(tip, ARROW_LENGTH, -top));
    svg_point(buf, 'L', back(tip, top && bottom ? ARROW_LENGTH * 4 / 5 : ARROW_LENGTH, 0));
    if (bottom)
        svg_point(buf, 'L', back(tip, ARROW_LENGTH, bottom));
    buf_add_text(buf, "Z\"/>");
}

/* The open forms: an angle, or one barb of it. */
static void write_barbs(Writer *writer, Tip tip, const ThemePaint *paint, bool has_top,
                        bool has_bottom) {
    writer_begin_line(writer, paint, LINE_WIDTH, NULL);
    if (has_top)
        writer_straight(writer, back(tip, POINT_LENGTH, -CROSS_ARM), tip.at);
    if (has_bottom)
        writer_straight(writer, back(tip, POINT_LENGTH, CROSS_ARM), tip.at);
    writer_end_line(writer);
}

static void write_cross(Writer *writer, Tip tip, const ThemePaint *paint) {
    Coord near = CROSS_GAP, far = near + 2 * CROSS_ARM;
    writer_begin_line(writer, paint, 2 * PX, NULL);
    writer_straight(writer, back(tip, near, -CROSS_ARM), back(tip, far, CROSS_ARM));
    writer_straight(writer, back(tip, near, CROSS_ARM), back(tip, far, -CROSS_ARM));
    writer_end_line(writer);
}

/* What stands at the receiver, and at the sender. */
static void write_heads(Writer *writer, const SceneMessage *message, Tip end, Tip start,
                        const ThemePaint *paint) {
    switch (message->head) {
    case SEQUENCE_HEAD_NONE: break;
    case SEQUENCE_HEAD_BOTH:
        write_arrow(writer, start, paint, ARROW_HALF, ARROW_HALF);
        write_arrow(writer, end, paint, ARROW_HALF, ARROW_HALF);
        break;
    case SEQUENCE_HEAD_ARROW: write_arrow(writer, end, paint, ARROW_HALF, ARROW_HALF); break;
    case SEQUENCE_HEAD_CROSS: write_cross(writer, end, paint); break;
    case SEQUENCE_HEAD_POINT: write_barbs(writer, end, paint, true, true); break;
    case SEQUENCE_HEAD_HALF_TOP: write_arrow(writer, end, paint, ARROW_HALF, 0); break;
    case SEQUENCE_HEAD_HALF_BOTTOM: write_arrow(writer, end, paint, 0, ARROW_HALF); break;
    case SEQUENCE_HEAD_STICK_TOP: write_barbs(writer, end, paint, true, false); break;
    case SEQUENCE_HEAD_STICK_BOTTOM: write_barbs(writer, end, paint, false, true); break;
    case SEQUENCE_HEAD_HALF_TOP_REVERSE: write_arrow(writer, start, paint, ARROW_HALF, 0); break;
    case SEQUENCE_HEAD_HALF_BOTTOM_REVERSE: write_arrow(writer, start, paint, 0, ARROW_HALF); break;
    case SEQUENCE_HEAD_STICK_TOP_REVERSE: write_barbs(writer, start, paint, true, false); break;
    case SEQUENCE_HEAD_STICK_BOTTOM_REVERSE: write_barbs(writer, start, paint, false, true); break;
    case SEQUENCE_HEAD_COUNT: break;
    }
}

/* How far the line stays away from a filled head, so that it does not show through its tip. */
static Coord head_gap(const SceneMessage *message, bool is_end) {
    bool has_arrow =
        message->head == SEQUENCE_HEAD_BOTH || (is_end && message->head == SEQUENCE_HEAD_ARROW);
    bool has_cross = is_end && message->head == SEQUENCE_HEAD_CROSS;
    return has_arrow ? ARROW_LENGTH * 3 / 4 : has_cross ? CROSS_GAP + CROSS_ARM : 0;
}

static void write_message_line(Writer *writer, const SceneMessage *message, Tip end, Tip start,
                               const ThemePaint *paint) {
    Buf *buf = writer->buf;
    Point from = back(start, head_gap(message, false), 0);
    Point to = back(end, head_gap(message, true), 0);
    writer_begin_line(writer, paint, LINE_WIDTH, message->is_dotted ? MESSAGE_DASH : NULL);
    svg_point(buf, 'M', from);
    if (message->turn) {
        Coord far = message->turn, near = far - TURN_RADIUS;
        svg_point(buf, 'L', (Point){near, from.y});
        svg_point(buf, 'Q', (Point){far, from.y});
        svg_point(buf, ' ', (Point){far, from.y + TURN_RADIUS});
        svg_point(buf, 'L', (Point){far, to.y - TURN_RADIUS});
        svg_point(buf, 'Q', (Point){far, to.y});
        svg_point(buf, ' ', (Point){near, to.y});
    }
    svg_point(buf, 'L', to);
    writer_end_line(writer);
}

static void write_dot(Writer *writer, Point at, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    buf_add_text(buf, "<circle");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    svg_number(buf, "cx", at.x);
    svg_number(buf, "cy", at.y);
    svg_number(buf, "r", DOT_RADIUS);
    buf_add_text(buf, "/>");
}

static void write_badge(Writer *writer, const SceneMessage *message, const ThemePaint *paint) {
    Buf *buf = writer->buf;
    if (!message->badge.width)
        return;
    buf_add_text(buf, "<rect");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    svg_box(buf, message->badge, message->badge.height / 2);
    buf_add_text(buf, "/>");
    /* The number has the colour of the page: what an edge's label stands on. */
    const SceneText *number = &message->number;
    buf_add_text(buf, "<text");
    svg_classes(buf, paint, "f");
    svg_colour(buf, "fill", paint->fill);
    buf_add_text(buf, " text-anchor=\"middle\" font-weight=\"600\"");
    svg_number(buf, "font-size", COORD_OF_PX(number->block.size_px));
    svg_number(buf, "x", number->box.x + number->box.width / 2);
    svg_number(buf, "y", number->box.y + number->block.ascent);
    buf_add_char(buf, '>');
    svg_text(buf, number->block.lines[0].runs[0].text);
    buf_add_text(buf, "</text>");
}

void writer_message(Writer *writer, const SceneMessage *message) {
    Buf *buf = writer->buf;
    ThemePaint paint = writer_paint(writer, THEME_EDGE, "");
    Coord sign = message->turn || message->end.x < message->start.x ? -1 : 1;
    Tip end = {message->end, sign};
    Tip start = {message->start, message->turn ? -1 : -sign};
    /* Heads stand beside what lies on the lifeline: a number, a dot. */
    Coord before = message->badge.width  ? message->badge.width / 2
                   : message->has_origin ? DOT_RADIUS
                                         : 0;
    start.at = back(start, before, 0);
    if (message->has_dot)
        end.at = back(end, DOT_RADIUS, 0);
    svg_open_part(buf, "edge", &paint);
    svg_attribute(buf, "data-from", message->from);
    svg_attribute(buf, "data-to", message->to);
    svg_edge_ends(buf, writer->scene, writer->options, message->from, message->to);
    buf_add_char(buf, '>');
    write_message_line(writer, message, end, start, &paint);
    write_heads(writer, message, end, start, &paint);
    if (message->has_dot)
        write_dot(writer, message->end, &paint);
    if (message->has_origin)
        write_dot(writer, message->start, &paint);
    if (message->is_backed)
        writer_backing(writer, message->text.box, &paint);
    svg_lines(buf, &message->text, &paint, writer->scene->font_size_px);
    write_badge(writer, message, &paint);
    writer_close(writer);
}
