#include "base/ban.h"

#include "diagram/scene/shape.h"

#include <assert.h>

#define PX COORD_PER_PX

/* Corners: soft enough to look drawn, small enough that an edge near a corner still meets it. */
#define RADIUS_RECT  (6 * PX)
#define RADIUS_ROUND (14 * PX)
#define RADIUS_POINT (4 * PX) /* of slanted shapes */
#define RADIUS_NONE  0
#define RADIUS_FULL  INT32_MAX /* half of each edge: a rectangle becomes an ellipse */

#define SUBROUTINE_BAR (8 * PX) /* from the sides to the inner lines */
#define SHEET_OFFSET   (4 * PX) /* between the sheets of SHAPE_PROCESSES */
#define RING_GAP       (4 * PX) /* between the rings of SHAPE_DOUBLE_CIRCLE */
#define WAVE_HEIGHT    (5 * PX) /* half of the wave below SHAPE_DOCUMENT, crest to trough */

#define VERY_WIDE (INT16_MAX * PX)

/* A curve is read as this many lines: on a quarter circle of 100 px the error is 0.03 px. */
#define FLAT_PIECES 32

typedef struct ShapeRow {
    int pad_x_px, pad_y_px;          /* around the text */
    int min_width_px, min_height_px; /* of the whole box */
    void (*draw)(Box box, ShapeOutline *outline);
} ShapeRow;

static Coord coord_min(Coord a, Coord b) {
    return a < b ? a : b;
}

static Coord coord_max(Coord a, Coord b) {
    return a > b ? a : b;
}

/* The smallest integer whose square is at least `value` (Newton from above). */
static int64_t root_up(int64_t value) {
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
    return root_up(dx * dx + dy * dy);
}

/* The point `part`/`whole` of the way. */
static Point point_between(Point from, Point to, int64_t part, int64_t whole) {
    if (whole == 0)
        return from;
    return (Point){(Coord)(from.x + ((int64_t)to.x - from.x) * part / whole),
                   (Coord)(from.y + ((int64_t)to.y - from.y) * part / whole)};
}

/* ---- How much room a shape's slants and curves take, as functions of its size ---- */

static Coord skew_of(Box box) {
    return coord_min(coord_min(box.height * 3 / 10, 22 * PX), box.width / 3);
}

static Coord notch_of(Box box) {
    return coord_min(coord_min(box.height * 3 / 10, 18 * PX), box.width / 3);
}

/* Half the height of a cylinder's cap: flat, and growing slowly with the width. */
static Coord cap_of(Box box) {
    return coord_min(coord_min(4 * PX + box.width / 32, 9 * PX), box.height / 5);
}

static Coord wave_of(Box box) {
    return coord_min(WAVE_HEIGHT, box.height / 6);
}

static Coord sheet_of(Box box) {
    return coord_min(coord_min(SHEET_OFFSET, box.width / 8), box.height / 8);
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
    Coord radius = coord_min(box.width, box.height) / 2;
    draw_rounded(box, radius, radius, outline);
}

static void draw_ellipse(Box box, ShapeOutline *outline) {
    draw_rounded(box, RADIUS_FULL, RADIUS_FULL, outline);
}

static void draw_double_circle(Box box, ShapeOutline *outline) {
    Coord gap = coord_min(RING_GAP, coord_min(box.width, box.height) / 4);
    draw_ellipse(box, outline);
    draw_ellipse((Box){box.x + gap, box.y + gap, box.width - 2 * gap, box.height - 2 * gap},
                 outline);
}

static void draw_subroutine(Box box, ShapeOutline *outline) {
    draw_rect(box, outline);
    Coord bar = coord_min(SUBROUTINE_BAR, box.width / 4);
    Coord bottom = box.y + box.height;
    const Coord xs[] = {box.x + bar, box.x + box.width - bar};
    for (size_t i = 0; i < 2; i++)
        path_line(path_add(outline, false), (Point){xs[i], box.y}, (Point){xs[i], bottom});
}

static void draw_cylinder(Box box, ShapeOutline *outline) {
    Coord cap = cap_of(box), middle = box.x + box.width / 2, right = box.x + box.width;
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
                             {box.x + notch_of(box), box.y + box.height / 2}};
    path_polygon(path_add(outline, true), corners, 5, RADIUS_POINT, RADIUS_POINT);
}

static void draw_diamond(Box box, ShapeOutline *outline) {
    Coord x = box.x + box.width / 2, y = box.y + box.height / 2;
    draw_polygon4((Point){x, box.y}, (Point){box.x + box.width, y}, (Point){x, box.y + box.height},
                  (Point){box.x, y}, outline);
}

static void draw_hexagon(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height;
    Coord y = box.y + box.height / 2, notch = notch_of(box);
    const Point corners[] = {{box.x + notch, box.y},  {right - notch, box.y},  {right, y},
                             {right - notch, bottom}, {box.x + notch, bottom}, {box.x, y}};
    path_polygon(path_add(outline, true), corners, 6, RADIUS_POINT, RADIUS_POINT);
}

/* Slanted shapes differ only in which ends of the top and bottom edge are drawn in. */
typedef struct Slant {
    bool top_left, top_right, bottom_right, bottom_left;
} Slant;

static void draw_slanted(Box box, Slant slant, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height, skew = skew_of(box);
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
    Coord right = box.x + box.width, wave = wave_of(box), swing = wave * 1000 / 289;
    Coord edge = box.y + box.height - wave, radius = coord_min(RADIUS_RECT, box.height / 4);
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
    Coord offset = sheet_of(box);
    Box sheet = {box.x + 2 * offset, box.y, box.width - 2 * offset, box.height - 2 * offset};
    for (int i = 0; i < 3; i++) {
        draw_rect(sheet, outline);
        sheet.x -= offset;
        sheet.y += offset;
    }
}

static const ShapeRow shape_rows[SHAPE_COUNT] = {
    [SHAPE_RECT] = {16, 11, 56, 40, draw_rect},
    [SHAPE_ROUND] = {18, 11, 56, 40, draw_round},
    [SHAPE_STADIUM] = {10, 10, 64, 40, draw_stadium},
    [SHAPE_SUBROUTINE] = {20, 11, 64, 40, draw_subroutine},
    [SHAPE_CYLINDER] = {16, 9, 64, 48, draw_cylinder},
    [SHAPE_CIRCLE] = {6, 6, 28, 28, draw_ellipse},
    [SHAPE_DOUBLE_CIRCLE] = {10, 10, 36, 36, draw_double_circle},
    [SHAPE_ELLIPSE] = {6, 6, 64, 40, draw_ellipse},
    [SHAPE_FLAG] = {14, 11, 64, 40, draw_flag},
    [SHAPE_DIAMOND] = {6, 4, 72, 48, draw_diamond},
    [SHAPE_HEXAGON] = {6, 11, 64, 40, draw_hexagon},
    [SHAPE_LEAN_RIGHT] = {8, 11, 64, 40, draw_lean_right},
    [SHAPE_LEAN_LEFT] = {8, 11, 64, 40, draw_lean_left},
    [SHAPE_TRAPEZOID] = {8, 11, 64, 40, draw_trapezoid},
    [SHAPE_INV_TRAPEZOID] = {8, 11, 64, 40, draw_inv_trapezoid},
    [SHAPE_DOCUMENT] = {16, 10, 56, 48, draw_document},
    [SHAPE_PROCESSES] = {16, 11, 64, 48, draw_processes},
    [SHAPE_TEXT] = {4, 4, 16, 16, draw_text},
};

void shape_outline(NodeShape shape, Box box, ShapeOutline *outline) {
    outline->count = 0;
    shape_rows[shape].draw(box, outline);
}

bool shape_is_rect(NodeShape shape, Box box, Coord *radius) {
    Coord half = coord_min(box.width, box.height) / 2;
    *radius = coord_min(half, shape == SHAPE_RECT    ? RADIUS_RECT
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
    if (ray->position < coord_min(begin, end) || ray->position > coord_max(begin, end))
        return;
    /* A line along the ray is met at its nearer end. */
    Point met = begin == end
                    ? to
                    : point_between(from, to, (int64_t)ray->position - begin, (int64_t)end - begin);
    Coord depth = depth_of(ray->box, ray->side, met);
    if (begin == end)
        depth = coord_min(depth, depth_of(ray->box, ray->side, from));
    ray->depth = coord_min(ray->depth, depth);
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
    Coord within = coord_max(low, coord_min(position, low + length));
    Ray ray = {box, side, is_vertical, within, is_vertical ? box.height : box.width};
    ShapeOutline outline;
    shape_outline(shape, box, &outline);
    for (size_t i = 0; i < outline.count; i++)
        for (size_t j = 0; outline.paths[i].is_closed && j < outline.paths[i].count; j++)
            ray_meet_segment(&ray, &outline.paths[i].segments[j]);
    return coord_max(ray.depth, 0);
}

/* ---- How large a box must be ---- */

/* Up to a whole even number of px. */
static Coord even_px(Coord value, Coord least_px) {
    Coord px = (value + PX - 1) / PX;
    return coord_max((px + 1) / 2 * 2, least_px) * PX;
}

/* The box of a curved or pointed shape around an inner rectangle `width` x `height`. */
static void size_around(NodeShape shape, Coord width, Coord height, Box *box) {
    int64_t wide = width, high = height;
    switch (shape) {
    case SHAPE_CIRCLE:
    case SHAPE_DOUBLE_CIRCLE:
        box->width = box->height = (Coord)root_up(wide * wide + high * high);
        break;
    case SHAPE_ELLIPSE: /* of the ellipses around a rectangle, the one with the least area */
        box->width = (Coord)root_up(2 * wide * wide);
        box->height = (Coord)root_up(2 * high * high);
        break;
    case SHAPE_DIAMOND:
        /* width/W + height/H = 1 with W = 9/5 H: flatter than Mermaid's square, so that one long
         * question does not tower over its neighbours. */
        box->width = width + height * 9 / 5;
        box->height = box->width * 5 / 9;
        break;
    case SHAPE_STADIUM: { /* the corners of the text stay within the round ends */
        int64_t radius = box->height / 2, half = height / 2;
        Coord end = (Coord)(radius - root_up(radius * radius - half * half)) + RADIUS_RECT;
        box->width = width + 2 * end;
        break;
    }
    case SHAPE_HEXAGON:
    case SHAPE_FLAG:
        /* The slants' share depends on the height alone, once the box is wide enough for them. */
        box->width = VERY_WIDE;
        box->width = width + notch_of(*box) * (shape == SHAPE_FLAG ? 1 : 2);
        break;
    case SHAPE_LEAN_RIGHT:
    case SHAPE_LEAN_LEFT:
    case SHAPE_TRAPEZOID:
    case SHAPE_INV_TRAPEZOID:
        box->width = VERY_WIDE;
        box->width = width + 2 * skew_of(*box);
        break;
    case SHAPE_CYLINDER: box->height += 3 * cap_of((Box){0, 0, width, VERY_WIDE}); break;
    case SHAPE_DOCUMENT: box->height += 2 * WAVE_HEIGHT; break;
    case SHAPE_PROCESSES:
        box->width += 2 * SHEET_OFFSET;
        box->height += 2 * SHEET_OFFSET;
        break;
    case SHAPE_RECT:
    case SHAPE_ROUND:
    case SHAPE_SUBROUTINE:
    case SHAPE_TEXT:
    case SHAPE_COUNT: break;
    }
}

void shape_size(NodeShape shape, Coord text_width, Coord text_height, Coord *width, Coord *height) {
    const ShapeRow *row = &shape_rows[shape];
    Coord inner_width = text_width + 2 * row->pad_x_px * PX;
    Coord inner_height = text_height + 2 * row->pad_y_px * PX;
    Box box = {0, 0, inner_width, even_px(inner_height, row->min_height_px)};
    size_around(shape, inner_width, inner_height, &box);
    *width = even_px(box.width, row->min_width_px);
    *height = even_px(box.height, row->min_height_px);
}

static Box box_within(Box box, Coord left, Coord top, Coord right, Coord bottom) {
    return (Box){box.x + left, box.y + top, box.width - left - right, box.height - top - bottom};
}

/* The middle `part` of 1000 of a box. */
static Box box_middle(Box box, int64_t part) {
    Coord x = (Coord)(box.width * (1000 - part) / 2000);
    Coord y = (Coord)(box.height * (1000 - part) / 2000);
    return box_within(box, x, y, x, y);
}

Box shape_text_box(NodeShape shape, Box box) {
    Coord round = RADIUS_RECT / 3; /* a corner of 6 px takes 1.8 px off the diagonal */
    Coord skew = skew_of(box), notch = notch_of(box), cap = cap_of(box);
    switch (shape) {
    case SHAPE_RECT: return box_within(box, round, round, round, round);
    case SHAPE_ROUND: return box_within(box, 2 * round, 2 * round, 2 * round, 2 * round);
    case SHAPE_STADIUM: {
        Coord radius = coord_min(box.width, box.height) / 2, in = radius * 3 / 10;
        return box_within(box, in, in, in, in);
    }
    case SHAPE_SUBROUTINE: {
        Coord bar = coord_min(SUBROUTINE_BAR, box.width / 4);
        return box_within(box, bar, round, bar, round);
    }
    case SHAPE_CYLINDER: return box_within(box, 0, 2 * cap, 0, cap);
    case SHAPE_CIRCLE:
    case SHAPE_ELLIPSE: return box_middle(box, 700); /* sqrt(1/2), a little less */
    case SHAPE_DOUBLE_CIRCLE: {
        Coord gap = coord_min(RING_GAP, coord_min(box.width, box.height) / 4);
        return box_middle(box_within(box, gap, gap, gap, gap), 700);
    }
    case SHAPE_DIAMOND: return box_middle(box, 490);
    case SHAPE_FLAG: return box_within(box, notch, round, round, round);
    case SHAPE_HEXAGON: return box_within(box, notch, round, notch, round);
    case SHAPE_LEAN_RIGHT:
    case SHAPE_LEAN_LEFT:
    case SHAPE_TRAPEZOID:
    case SHAPE_INV_TRAPEZOID: return box_within(box, skew, round, skew, round);
    case SHAPE_DOCUMENT: return box_within(box, round, round, round, 2 * wave_of(box));
    case SHAPE_PROCESSES: {
        Coord offset = 2 * sheet_of(box);
        return box_within(box, round, offset + round, offset + round, round);
    }
    case SHAPE_TEXT:
    case SHAPE_COUNT: break;
    }
    return box;
}
