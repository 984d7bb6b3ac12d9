#include "base/ban.h"

#include "diagram/scene/shape.h"

#include <assert.h>

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

static int64_t length_of(Point from, Point to) {
    int64_t dx = (int64_t)to.x - from.x, dy = (int64_t)to.y - from.y;
    return shape_root(dx * dx + dy * dy);
}

/* The point `part`/`whole` of the way. */
static Point point_between(Point from, Point to, int64_t part, int64_t whole) {
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

/* ---- Paths ---- */

static ShapePath *path_add(ShapeOutline *outline, bool is_closed) {
    assert(outline->count < SHAPE_PATHS_MAX);
    ShapePath *path = &outline->paths[outline->count++];
    path->count = 0;
    path->is_closed = is_closed;
    return path;
}

static void path_line(ShapePath *path, Point from, Point to) {
    assert(path->count < SHAPE_SEGMENTS_MAX);
    if (from.x == to.x && from.y == to.y)
        return;
    path->segments[path->count++] = (ShapeSegment){.from = from, .to = to};
}

static void path_curve(ShapePath *path, Point from, Point control1, Point control2, Point to) {
    assert(path->count < SHAPE_SEGMENTS_MAX);
    path->segments[path->count++] = (ShapeSegment){true, from, to, control1, control2};
}

/* A curve within the corner `at`, tangent to both edges. 0.5523 is the usual constant by which a
 * cubic becomes a quarter circle (Goldapp 1991). */
static void path_corner(ShapePath *path, Point from, Point at, Point to) {
    path_curve(path, from, point_between(from, at, 5523, 10000), point_between(to, at, 5523, 10000),
               to);
}

/* How much of the edge from `from` to `to` its rounded corners may take at each end. */
static int64_t edge_cut(Point from, Point to, Coord radius_x, Coord radius_y) {
    Coord radius = from.x == to.x ? radius_y : radius_x;
    int64_t half = length_of(from, to) / 2;
    return radius < half ? radius : half;
}

/* A closed polygon with rounded corners. Vertical edges are cut by radius_y, all others by
 * radius_x; with different radii a rectangle gets elliptic corners, which is all that a cylinder
 * and an ellipse are. */
static void path_polygon(ShapePath *path, const Point *corners, size_t count, Coord radius_x,
                         Coord radius_y) {
    Point first = {0, 0}, last = {0, 0};
    for (size_t i = 0; i < count; i++) {
        Point before = corners[(i + count - 1) % count], at = corners[i];
        Point after = corners[(i + 1) % count];
        Point begin = point_between(at, before, edge_cut(before, at, radius_x, radius_y),
                                    length_of(before, at));
        Point end =
            point_between(at, after, edge_cut(at, after, radius_x, radius_y), length_of(at, after));
        if (i == 0)
            first = begin;
        else
            path_line(path, last, begin);
        if (radius_x != 0)
            path_corner(path, begin, at, end);
        last = end;
    }
    path_line(path, last, first);
}

static void draw_rounded(Box box, Coord radius_x, Coord radius_y, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height;
    const Point corners[] = {{box.x, box.y}, {right, box.y}, {right, bottom}, {box.x, bottom}};
    path_polygon(path_add(outline, true), corners, 4, radius_x, radius_y);
}

/* ---- One function per outline ---- */

static void draw_rect(Box box, ShapeOutline *outline) {
    draw_rounded(box, RADIUS_RECT, RADIUS_RECT, outline);
}

static void draw_text(Box box, ShapeOutline *outline) {
    draw_rounded(box, RADIUS_NONE, RADIUS_NONE, outline);
}

static void draw_round(Box box, ShapeOutline *outline) {
    draw_rounded(box, RADIUS_ROUND, RADIUS_ROUND, outline);
}

static void draw_stadium(Box box, ShapeOutline *outline) {
    Coord radius = shape_least(box.width, box.height) / 2;
    draw_rounded(box, radius, radius, outline);
}

static void draw_ellipse(Box box, ShapeOutline *outline) {
    draw_rounded(box, RADIUS_FULL, RADIUS_FULL, outline);
}

static void draw_double_circle(Box box, ShapeOutline *outline) {
    Coord gap = shape_ring(box);
    draw_ellipse(box, outline);
    draw_ellipse((Box){box.x + gap, box.y + gap, box.width - 2 * gap, box.height - 2 * gap},
                 outline);
}

static void draw_subroutine(Box box, ShapeOutline *outline) {
    draw_rect(box, outline);
    Coord bar = shape_bar(box), bottom = box.y + box.height;
    const Coord xs[] = {box.x + bar, box.x + box.width - bar};
    for (size_t i = 0; i < 2; i++)
        path_line(path_add(outline, false), (Point){xs[i], box.y}, (Point){xs[i], bottom});
}

static void draw_cylinder(Box box, ShapeOutline *outline) {
    Coord cap = shape_cap(box), middle = box.x + box.width / 2, right = box.x + box.width;
    draw_rounded(box, RADIUS_FULL, cap, outline);
    /* The front rim: the lower half of the top cap's ellipse. */
    Coord side_y = box.y + cap, rim_y = box.y + 2 * cap;
    ShapePath *rim = path_add(outline, false);
    path_corner(rim, (Point){box.x, side_y}, (Point){box.x, rim_y}, (Point){middle, rim_y});
    path_corner(rim, (Point){middle, rim_y}, (Point){right, rim_y}, (Point){right, side_y});
}

static void draw_polygon4(Point a, Point b, Point c, Point d, ShapeOutline *outline) {
    const Point corners[] = {a, b, c, d};
    path_polygon(path_add(outline, true), corners, 4, RADIUS_POINT, RADIUS_POINT);
}

static void draw_flag(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height;
    const Point corners[] = {{box.x, box.y},
                             {right, box.y},
                             {right, bottom},
                             {box.x, bottom},
                             {box.x + shape_notch(box), box.y + box.height / 2}};
    path_polygon(path_add(outline, true), corners, 5, RADIUS_POINT, RADIUS_POINT);
}

static void draw_diamond(Box box, ShapeOutline *outline) {
    Coord x = box.x + box.width / 2, y = box.y + box.height / 2;
    draw_polygon4((Point){x, box.y}, (Point){box.x + box.width, y}, (Point){x, box.y + box.height},
                  (Point){box.x, y}, outline);
}

static void draw_hexagon(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height;
    Coord y = box.y + box.height / 2, notch = shape_notch(box);
    const Point corners[] = {{box.x + notch, box.y},  {right - notch, box.y},  {right, y},
                             {right - notch, bottom}, {box.x + notch, bottom}, {box.x, y}};
    path_polygon(path_add(outline, true), corners, 6, RADIUS_POINT, RADIUS_POINT);
}

/* Slanted shapes differ only in which ends of the top and bottom edge are drawn in. */
typedef struct Slant {
    bool top_left, top_right, bottom_right, bottom_left;
} Slant;

static void draw_slanted(Box box, Slant slant, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height, skew = shape_skew(box);
    draw_polygon4((Point){box.x + (slant.top_left ? skew : 0), box.y},
                  (Point){right - (slant.top_right ? skew : 0), box.y},
                  (Point){right - (slant.bottom_right ? skew : 0), bottom},
                  (Point){box.x + (slant.bottom_left ? skew : 0), bottom}, outline);
}

static void draw_lean_right(Box box, ShapeOutline *outline) {
    draw_slanted(box, (Slant){.top_left = true, .bottom_right = true}, outline);
}

static void draw_lean_left(Box box, ShapeOutline *outline) {
    draw_slanted(box, (Slant){.top_right = true, .bottom_left = true}, outline);
}

static void draw_trapezoid(Box box, ShapeOutline *outline) {
    draw_slanted(box, (Slant){.top_left = true, .top_right = true}, outline);
}

static void draw_inv_trapezoid(Box box, ShapeOutline *outline) {
    draw_slanted(box, (Slant){.bottom_left = true, .bottom_right = true}, outline);
}

/* A sheet whose lower edge is one wave. A cubic whose inner controls lie d above and below its ends
 * swings 0.2887 d to either side, hence d = wave / 0.2887. */
static void draw_document(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, wave = shape_wave(box), swing = wave * 1000 / 289;
    Coord edge = box.y + box.height - wave, radius = shape_least(RADIUS_RECT, box.height / 4);
    Point top_left = {box.x, box.y}, top_right = {right, box.y};
    Point begin = {box.x + radius, box.y}, end = {right - radius, box.y};
    Point left_end = {box.x, box.y + radius}, right_end = {right, box.y + radius};
    ShapePath *path = path_add(outline, true);
    path_line(path, begin, end);
    path_corner(path, end, top_right, right_end);
    path_line(path, right_end, (Point){right, edge});
    path_curve(path, (Point){right, edge}, (Point){right - box.width / 3, edge - swing},
               (Point){box.x + box.width / 3, edge + swing}, (Point){box.x, edge});
    path_line(path, (Point){box.x, edge}, left_end);
    path_corner(path, left_end, top_left, begin);
}

/* Three sheets, the last one in front and lowest to the left. */
static void draw_processes(Box box, ShapeOutline *outline) {
    Coord offset = shape_sheet(box);
    Box sheet = {box.x + 2 * offset, box.y, box.width - 2 * offset, box.height - 2 * offset};
    for (int i = 0; i < 3; i++) {
        draw_rect(sheet, outline);
        sheet.x -= offset;
        sheet.y += offset;
    }
}

/* The inner dot is filled by svg/. */
static void draw_stop(Box box, ShapeOutline *outline) {
    Coord gap = shape_most(shape_least(box.width, box.height) / 5, PX);
    draw_ellipse(box, outline);
    draw_ellipse((Box){box.x + gap, box.y + gap, box.width - 2 * gap, box.height - 2 * gap},
                 outline);
}

/* Its ends are round however it lies. */
static void draw_bar(Box box, ShapeOutline *outline) {
    Coord radius = shape_least(box.width, box.height) / 2;
    draw_rounded(box, radius, radius, outline);
}

/* A sheet whose upper right corner is folded over. */
static void draw_note(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height, fold = shape_fold(box);
    Point cut = {right - fold, box.y}, edge = {right, box.y + fold};
    const Point corners[] = {
        {box.x, box.y}, cut, edge, {right, bottom}, {box.x, bottom},
    };
    ShapePath *path = path_add(outline, true);
    for (size_t i = 0; i < 5; i++)
        path_line(path, corners[i], corners[(i + 1) % 5]);
    ShapePath *flap = path_add(outline, false);
    path_line(flap, cut, (Point){right - fold, box.y + fold});
    path_line(flap, (Point){right - fold, box.y + fold}, edge);
}

static void (*const shape_draws[SHAPE_COUNT])(Box box, ShapeOutline *outline) = {
    [SHAPE_RECT] = draw_rect,
    [SHAPE_ROUND] = draw_round,
    [SHAPE_STADIUM] = draw_stadium,
    [SHAPE_SUBROUTINE] = draw_subroutine,
    [SHAPE_CYLINDER] = draw_cylinder,
    [SHAPE_CIRCLE] = draw_ellipse,
    [SHAPE_DOUBLE_CIRCLE] = draw_double_circle,
    [SHAPE_ELLIPSE] = draw_ellipse,
    [SHAPE_FLAG] = draw_flag,
    [SHAPE_DIAMOND] = draw_diamond,
    [SHAPE_HEXAGON] = draw_hexagon,
    [SHAPE_LEAN_RIGHT] = draw_lean_right,
    [SHAPE_LEAN_LEFT] = draw_lean_left,
    [SHAPE_TRAPEZOID] = draw_trapezoid,
    [SHAPE_INV_TRAPEZOID] = draw_inv_trapezoid,
    [SHAPE_DOCUMENT] = draw_document,
    [SHAPE_PROCESSES] = draw_processes,
    [SHAPE_TEXT] = draw_text,
    [SHAPE_START] = draw_ellipse,
    [SHAPE_STOP] = draw_stop,
    [SHAPE_BAR] = draw_bar,
    [SHAPE_CHOICE] = draw_diamond,
    [SHAPE_NOTE] = draw_note,
};

void shape_outline(NodeShape shape, Box box, ShapeOutline *outline) {
    outline->count = 0;
    shape_draws[shape](box, outline);
}

bool shape_is_rect(NodeShape shape, Box box, Coord *radius) {
    Coord half = shape_least(box.width, box.height) / 2;
    *radius = shape_least(half, shape == SHAPE_RECT    ? RADIUS_RECT
                                : shape == SHAPE_ROUND ? RADIUS_ROUND
                                                       : RADIUS_FULL);
    return shape == SHAPE_RECT || shape == SHAPE_ROUND || shape == SHAPE_STADIUM;
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
                    : point_between(from, to, (int64_t)ray->position - begin, (int64_t)end - begin);
    Coord depth = depth_of(ray->box, ray->side, met);
    if (begin == end)
        depth = shape_least(depth, depth_of(ray->box, ray->side, from));
    ray->depth = shape_least(ray->depth, depth);
}

static void ray_meet_segment(Ray *ray, const ShapeSegment *segment) {
    if (!segment->is_curve) {
        ray_meet_line(ray, segment->from, segment->to);
        return;
    }
    Point last = segment->from;
    for (int64_t part = 1; part <= FLAT_PIECES; part++) {
        Point next = curve_point(segment, part);
        ray_meet_line(ray, last, next);
        last = next;
    }
}

Coord shape_inset(NodeShape shape, Box box, Side side, Coord position) {
    bool is_vertical = side == SIDE_TOP || side == SIDE_BOTTOM;
    Coord low = is_vertical ? box.x : box.y, length = is_vertical ? box.width : box.height;
    Coord within = shape_most(low, shape_least(position, low + length));
    Ray ray = {box, side, is_vertical, within, is_vertical ? box.height : box.width};
    ShapeOutline outline;
    shape_outline(shape, box, &outline);
    for (size_t i = 0; i < outline.count; i++)
        for (size_t j = 0; outline.paths[i].is_closed && j < outline.paths[i].count; j++)
            ray_meet_segment(&ray, &outline.paths[i].segments[j]);
    return shape_most(ray.depth, 0);
}
