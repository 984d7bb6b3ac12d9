#include "base/ban.h"

#include "diagram/svg/svg_form.h"

#define PX COORD_PER_PX

#define CORNER_RADIUS   (8 * PX)
#define CIRCLE_RADIUS   (4 * PX)
#define CROSS_ARM       (4 * PX)
#define CROSS_DISTANCE  (8 * PX)  /* of its centre from the outline */
#define TRIANGLE_LENGTH (13 * PX) /* of the hollow head of inheritance */
#define TRIANGLE_HALF   (7 * PX)
#define DIAMOND_LENGTH  (16 * PX)
#define DIAMOND_HALF    (5 * PX)
#define RING_RADIUS     (9 * PX / 2)
#define FOOT_LENGTH     (12 * PX) /* of a crow's foot */
#define FOOT_HALF       (6 * PX)
#define BAR_FIRST       (6 * PX) /* from the outline to the bar for one */
#define BAR_SECOND      (11 * PX)
#define BAR_GAP         (4 * PX)
#define THICK_WIDTH     (3 * PX)
#define DOTTED_DASH     "5 4"

/* A line seen from one of its ends: where it ends, where it comes from. */
typedef struct End {
    Point tip, before;
    Coord length; /* between the two */
} End;

static Coord length_of(Point a, Point b) {
    int64_t dx = (int64_t)a.x - b.x, dy = (int64_t)a.y - b.y, square = dx * dx + dy * dy;
    int64_t root = square, next = (square + 1) / 2;
    while (next < root) {
        root = next;
        next = (root + square / root) / 2;
    }
    return (Coord)root;
}

static End end_of(Point tip, Point before) {
    return (End){tip, before, length_of(tip, before)};
}

/* The point `back` from the tip along the line and `aside` to its left. */
static Point end_point(End end, Coord back, Coord aside) {
    if (end.length == 0)
        return end.tip;
    int64_t dx = (int64_t)end.before.x - end.tip.x, dy = (int64_t)end.before.y - end.tip.y;
    return (Point){(Coord)(end.tip.x + (dx * back - dy * aside) / end.length),
                   (Coord)(end.tip.y + (dy * back + dx * aside) / end.length)};
}

/* An arrow of 9 px on the usual line; thicker lines get larger ones. */
static Coord arrow_length(Coord stroke_width) {
    return 6 * PX + 2 * stroke_width;
}

/* How far the line stays away from the tip, so that it does not show through the head. */
static Coord head_gap(EdgeHead head, Coord stroke_width) {
    switch (head) {
    case HEAD_ARROW: return arrow_length(stroke_width) * 3 / 4;
    case HEAD_CIRCLE: return 2 * CIRCLE_RADIUS;
    case HEAD_TRIANGLE: return TRIANGLE_LENGTH;
    case HEAD_DIAMOND:
    case HEAD_DIAMOND_FILLED: return DIAMOND_LENGTH;
    case HEAD_LOLLIPOP: return 2 * RING_RADIUS;
    case HEAD_CROSS:
    case HEAD_ONE:
    case HEAD_ZERO_ONE:
    case HEAD_MANY:
    case HEAD_ZERO_MANY:
    case HEAD_NONE: break;
    }
    return 0;
}

static void write_arrow(Buf *buf, End end, const ThemePaint *paint) {
    Coord length = arrow_length(paint->stroke_width);
    Coord half = paint->stroke_width + 27 * PX / 10;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', end.tip);
    svg_point(buf, 'L', end_point(end, length, half));
    svg_point(buf, 'L', end_point(end, length * 4 / 5, 0)); /* a little drawn in at the back */
    svg_point(buf, 'L', end_point(end, length, -half));
    buf_add_text(buf, "Z\"/>");
}

static void write_circle(Buf *buf, End end, const ThemePaint *paint) {
    Point centre = end_point(end, CIRCLE_RADIUS, 0);
    buf_add_text(buf, "<circle");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    svg_number(buf, "cx", centre.x);
    svg_number(buf, "cy", centre.y);
    svg_number(buf, "r", CIRCLE_RADIUS);
    buf_add_text(buf, "/>");
}

static void write_cross(Buf *buf, End end, const ThemePaint *paint) {
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "s");
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width + PX / 2);
    buf_add_text(buf, " stroke-linecap=\"round\" d=\"");
    for (int i = 0; i < 2; i++) {
        Coord aside = i ? -CROSS_ARM : CROSS_ARM;
        svg_point(buf, 'M', end_point(end, CROSS_DISTANCE - CROSS_ARM, aside));
        svg_point(buf, 'L', end_point(end, CROSS_DISTANCE + CROSS_ARM, -aside));
    }
    buf_add_text(buf, "\"/>");
}

/* A triangle or diamond: hollow ones stand on the page's ground, as labels do. */
static void write_polygon(Buf *buf, EdgeHead head, End end, const ThemePaint *paint) {
    bool is_full = head == HEAD_DIAMOND_FILLED, is_triangle = head == HEAD_TRIANGLE;
    Coord length = is_triangle ? TRIANGLE_LENGTH : DIAMOND_LENGTH;
    Coord widest = is_triangle ? length : length / 2;
    Coord half = is_triangle ? TRIANGLE_HALF : DIAMOND_HALF;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, is_full ? "hs" : "fs");
    svg_colour(buf, "fill", is_full ? paint->stroke : paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    buf_add_text(buf, " stroke-linejoin=\"round\" d=\"");
    svg_point(buf, 'M', end.tip);
    svg_point(buf, 'L', end_point(end, widest, half));
    if (!is_triangle)
        svg_point(buf, 'L', end_point(end, length, 0));
    svg_point(buf, 'L', end_point(end, widest, -half));
    buf_add_text(buf, "Z\"/>");
}

/* A ring whose centre is `back` from the tip. */
static void write_ring(Buf *buf, End end, Coord back, const ThemePaint *paint) {
    svg_circle(buf, end_point(end, back, 0), RING_RADIUS, paint);
}

/* How many entities: a crow's foot for many, a bar for one, and a ring behind it for none. */
static void write_foot(Buf *buf, EdgeHead head, End end, const ThemePaint *paint) {
    bool is_many = head == HEAD_MANY || head == HEAD_ZERO_MANY;
    bool is_zero = head == HEAD_ZERO_ONE || head == HEAD_ZERO_MANY;
    Coord bars[2] = {BAR_FIRST, BAR_SECOND};
    size_t bar_count = 2 - (size_t)is_zero - (size_t)is_many + (size_t)(is_many && is_zero);
    if (is_many && !is_zero)
        bars[0] = FOOT_LENGTH + BAR_GAP;
    if (is_zero)
        write_ring(buf, end, (is_many ? FOOT_LENGTH : BAR_FIRST + BAR_GAP) + RING_RADIUS, paint);
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    buf_add_text(buf, " d=\"");
    for (size_t i = 0; i < bar_count && !(is_many && is_zero); i++) {
        svg_point(buf, 'M', end_point(end, bars[i], FOOT_HALF));
        svg_point(buf, 'L', end_point(end, bars[i], -FOOT_HALF));
    }
    for (int side = -1; is_many && side <= 1; side += 2) {
        svg_point(buf, 'M', end_point(end, FOOT_LENGTH, 0));
        svg_point(buf, 'L', end_point(end, 0, side * FOOT_HALF));
    }
    buf_add_text(buf, "\"/>");
}

static void write_head(Buf *buf, EdgeHead head, End end, const ThemePaint *paint) {
    switch (head) {
    case HEAD_ARROW: write_arrow(buf, end, paint); break;
    case HEAD_CIRCLE: write_circle(buf, end, paint); break;
    case HEAD_CROSS: write_cross(buf, end, paint); break;
    case HEAD_TRIANGLE:
    case HEAD_DIAMOND:
    case HEAD_DIAMOND_FILLED: write_polygon(buf, head, end, paint); break;
    case HEAD_LOLLIPOP: write_ring(buf, end, RING_RADIUS, paint); break;
    case HEAD_ONE:
    case HEAD_ZERO_ONE:
    case HEAD_MANY:
    case HEAD_ZERO_MANY: write_foot(buf, head, end, paint); break;
    case HEAD_NONE: break;
    }
}

static Coord least(Coord a, Coord b) {
    return a < b ? a : b;
}

/* One corner: the line stops `cut` before it, a curve leads around. Neighbouring corners share the
 * segment between them, hence each takes at most half of it; towards an end of the route a corner
 * may take all. */
static void write_corner(Buf *buf, Point before, Point at, Point after, const bool is_end[2]) {
    End in = end_of(at, before), out = end_of(at, after);
    int64_t turn = ((int64_t)at.x - before.x) * ((int64_t)after.y - at.y) -
                   ((int64_t)at.y - before.y) * ((int64_t)after.x - at.x);
    Coord cut = least(CORNER_RADIUS, least(is_end[0] ? in.length : in.length / 2,
                                           is_end[1] ? out.length : out.length / 2));
    if (turn == 0 || cut < PX / 4) {
        svg_point(buf, 'L', at);
        return;
    }
    svg_point(buf, 'L', end_point(in, cut, 0));
    svg_point(buf, 'Q', at);
    svg_point(buf, ' ', end_point(out, cut, 0));
}

/* The route without what the heads cover. Both ends are given, because they differ from the
 * scene's. */
static void write_line(Buf *buf, const SceneEdge *edge, Point first, Point last,
                       const ThemePaint *paint) {
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint->stroke);
    svg_stroke(buf, paint);
    buf_add_text(buf, " d=\"");
    svg_point(buf, 'M', first);
    size_t count = edge->point_count;
    for (size_t i = 1; i + 1 < count; i++) {
        const bool is_end[2] = {i == 1, i + 2 == count};
        write_corner(buf, is_end[0] ? first : edge->points[i - 1], edge->points[i],
                     is_end[1] ? last : edge->points[i + 1], is_end);
    }
    svg_point(buf, 'L', last);
    buf_add_text(buf, "\"/>");
}

void svg_route(Buf *buf, const SceneEdge *edge, const ThemePaint *paint) {
    size_t count = edge->point_count;
    if (edge->line == EDGE_INVISIBLE || count < 2)
        return;
    ThemePaint own = *paint;
    if (edge->line == EDGE_THICK && own.stroke_width < THICK_WIDTH)
        own.stroke_width = THICK_WIDTH;
    if (edge->line == EDGE_DOTTED && own.dash.size == 0)
        own.dash = STR(DOTTED_DASH);
    End start = end_of(edge->points[0], edge->points[1]);
    End end = end_of(edge->points[count - 1], edge->points[count - 2]);
    Coord start_gap = least(head_gap(edge->start, own.stroke_width), start.length);
    Coord end_gap = least(head_gap(edge->end, own.stroke_width), end.length);
    write_line(buf, edge, end_point(start, start_gap, 0), end_point(end, end_gap, 0), &own);
    write_head(buf, edge->start, start, &own);
    write_head(buf, edge->end, end, &own);
}
