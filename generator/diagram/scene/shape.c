#include "base/ban.h"

#include "diagram/scene/shape.h"

#include "diagram/scene/shape_form.h"

/* A curve is read as this many lines: on a quarter circle of 100 px the error is 0.03 px. */
#define FLAT_PIECES 32

Coord shape_least(Coord a, Coord b) {
    return a < b ? a : b;
}

Coord shape_most(Coord a, Coord b) {
    return a > b ? a : b;
}

/* Newton from above. */
int64_t shape_root(int64_t value) {
    if (value <= 0)
        return 0;
    int64_t root = value, next = (value + 1) / 2;
    while (next < root) {
        root = next;
        next = (root + value / root) / 2;
    }
    return root * root < value ? root + 1 : root;
}

/* The point `part`/`whole` of the way. */
Point shape_between(Point from, Point to, int64_t part, int64_t whole) {
    if (whole == 0)
        return from;
    return (Point){(Coord)(from.x + ((int64_t)to.x - from.x) * part / whole),
                   (Coord)(from.y + ((int64_t)to.y - from.y) * part / whole)};
}

/* ---- How much room a shape's slants and curves take, as functions of its size ---- */

Coord shape_skew(Box box) {
    return shape_least(shape_least(box.height * 3 / 10, 22 * PX), box.width / 3);
}

Coord shape_notch(Box box) {
    return shape_least(shape_least(box.height * 3 / 10, 18 * PX), box.width / 3);
}

Coord shape_dent(Box box) {
    return shape_least(shape_least(box.height / 5, 9 * PX), box.width / 3);
}

Coord shape_cap(Box box) {
    return shape_least(shape_least(4 * PX + box.width / 32, 9 * PX), box.height / 5);
}

Coord shape_wave(Box box) {
    return shape_least(WAVE_HEIGHT, box.height / 6);
}

Coord shape_sheet(Box box) {
    return shape_least(shape_least(SHEET_OFFSET, box.width / 8), box.height / 8);
}

Coord shape_ring(Box box) {
    return shape_least(RING_GAP, shape_least(box.width, box.height) / 4);
}

Coord shape_fold(Box box) {
    return shape_least(9 * PX, shape_least(box.width, box.height) / 3);
}

Coord shape_bar(Box box) {
    return shape_least(SUBROUTINE_BAR, box.width / 4);
}

Coord shape_rail(Box box) {
    return shape_least(SUBROUTINE_BAR, box.height / 4);
}

Coord shape_lying_cap(Box box) {
    return shape_cap((Box){0, 0, box.height, box.width});
}

Coord shape_cut(Box box) {
    return shape_fold(box) * 4 / 3;
}

Coord shape_slope(Box box) {
    return shape_least(SLOPE_HEIGHT, box.height / 3);
}

Coord shape_round_end(Box box) {
    return shape_least(box.width, box.height) / 2;
}

Coord shape_brace(Box box) {
    return shape_least(BRACE_WIDTH, shape_least(box.width, box.height) / 4);
}

/* ---- Where an edge meets the outline ---- */

/* A point of a cubic in Bernstein form, `part` of FLAT_PIECES along it. Exact in 64 bits:
 * coordinates stay below 2^31 and the weights below 2^16. */
static Point curve_point(const ShapeSegment *curve, int64_t part) {
    int64_t rest = FLAT_PIECES - part, whole = (int64_t)FLAT_PIECES * FLAT_PIECES * FLAT_PIECES;
    const int64_t weights[] = {rest * rest * rest, 3 * rest * rest * part, 3 * rest * part * part,
                               part * part * part};
    const Point points[] = {curve->from, curve->control1, curve->control2, curve->to};
    int64_t x = 0, y = 0;
    for (size_t i = 0; i < 4; i++) {
        x += points[i].x * weights[i];
        y += points[i].y * weights[i];
    }
    return (Point){(Coord)(x / whole), (Coord)(y / whole)};
}

/* How far inside the side the point lies. */
static Coord depth_of(Box box, Side side, Point point) {
    switch (side) {
    case SIDE_TOP: return point.y - box.y;
    case SIDE_RIGHT: return box.x + box.width - point.x;
    case SIDE_BOTTOM: return box.y + box.height - point.y;
    case SIDE_LEFT: return point.x - box.x;
    }
    return 0;
}

typedef struct Ray {
    Box box;
    Side side;
    bool is_vertical; /* it enters through the top or bottom */
    Coord position;
    Coord depth; /* of the nearest crossing so far */
} Ray;

static void ray_meet_line(Ray *ray, Point from, Point to) {
    Coord begin = ray->is_vertical ? from.x : from.y, end = ray->is_vertical ? to.x : to.y;
    if (ray->position < shape_least(begin, end) || ray->position > shape_most(begin, end))
        return;
    /* A line along the ray is met at its nearer end. */
    Point met = begin == end
                    ? to
                    : shape_between(from, to, (int64_t)ray->position - begin, (int64_t)end - begin);
    Coord depth = depth_of(ray->box, ray->side, met);
    if (begin == end)
        depth = shape_least(depth, depth_of(ray->box, ray->side, from));
    ray->depth = shape_least(ray->depth, depth);
}

/* A curve stays within its four points. */
static bool may_meet_curve(const Ray *ray, const ShapeSegment *curve) {
    const Point points[] = {curve->from, curve->control1, curve->control2, curve->to};
    bool has_below = false, has_above = false;
    for (size_t i = 0; i < 4; i++) {
        Coord at = ray->is_vertical ? points[i].x : points[i].y;
        has_below = has_below || at <= ray->position;
        has_above = has_above || at >= ray->position;
    }
    return has_below && has_above;
}

static void ray_meet_segment(Ray *ray, const ShapeSegment *segment) {
    if (!segment->is_curve) {
        ray_meet_line(ray, segment->from, segment->to);
        return;
    }
    if (!may_meet_curve(ray, segment))
        return;
    Point last = segment->from;
    for (int64_t part = 1; part <= FLAT_PIECES; part++) {
        Point next = curve_point(segment, part);
        ray_meet_line(ray, last, next);
        last = next;
    }
}

Coord shape_inset(NodeShape shape, Box box, Side side, Coord position) {
    if (shape_is_open(shape))
        return 0;
    bool is_vertical = side == SIDE_TOP || side == SIDE_BOTTOM;
    Coord low = is_vertical ? box.x : box.y, length = is_vertical ? box.width : box.height;
    Coord within = shape_most(low, shape_least(position, low + length));
    if (shape == SHAPE_RECT && position >= low + RADIUS_RECT &&
        position <= low + length - RADIUS_RECT)
        return 0; /* most ends are such */
    Ray ray = {box, side, is_vertical, within, is_vertical ? box.height : box.width};
    ShapeOutline outline;
    shape_outline(shape, box, &outline);
    for (size_t i = 0; i < outline.count; i++)
        for (size_t j = 0; outline.paths[i].is_closed && j < outline.paths[i].count; j++)
            ray_meet_segment(&ray, &outline.paths[i].segments[j]);
    return shape_most(ray.depth, 0);
}
