/* The outline of each shape as lines and curves. */
#include "base/ban.h"

#include <assert.h>

#include "diagram/scene/shape.h"
#include "diagram/scene/shape_form.h"

static int64_t length_of(Point from, Point to) {
    int64_t dx = (int64_t)to.x - from.x, dy = (int64_t)to.y - from.y;
    return shape_root(dx * dx + dy * dy);
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
    path_curve(path, from, shape_between(from, at, 5523, 10000), shape_between(to, at, 5523, 10000),
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
        Point begin = shape_between(at, before, edge_cut(before, at, radius_x, radius_y),
                                    length_of(before, at));
        Point end =
            shape_between(at, after, edge_cut(at, after, radius_x, radius_y), length_of(at, after));
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
                             {box.x + shape_dent(box), box.y + box.height / 2}};
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

/* Sheets behind each other, the last one in front and lowest to the left. */
static void draw_documents(Box box, ShapeOutline *outline) {
    Coord offset = shape_sheet(box);
    Box sheet = {box.x + 2 * offset, box.y, box.width - 2 * offset, box.height - 2 * offset};
    for (int i = 0; i < 3; i++) {
        draw_document(sheet, outline);
        sheet.x -= offset;
        sheet.y += offset;
    }
}

static void draw_card(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height, cut = shape_cut(box);
    const Point corners[] = {{box.x + cut, box.y},
                             {right, box.y},
                             {right, bottom},
                             {box.x, bottom},
                             {box.x, box.y + cut}};
    path_polygon(path_add(outline, true), corners, 5, RADIUS_POINT, RADIUS_POINT);
}

static void draw_pentagon(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height, cut = shape_cut(box);
    const Point corners[] = {{box.x + cut, box.y}, {right - cut, box.y}, {right, box.y + cut},
                             {right, bottom},      {box.x, bottom},      {box.x, box.y + cut}};
    path_polygon(path_add(outline, true), corners, 6, RADIUS_POINT, RADIUS_POINT);
}

static void draw_triangle(Box box, ShapeOutline *outline) {
    const Point corners[] = {{box.x + box.width / 2, box.y},
                             {box.x + box.width, box.y + box.height},
                             {box.x, box.y + box.height}};
    path_polygon(path_add(outline, true), corners, 3, RADIUS_POINT, RADIUS_POINT);
}

static void draw_inv_triangle(Box box, ShapeOutline *outline) {
    const Point corners[] = {
        {box.x, box.y}, {box.x + box.width, box.y}, {box.x + box.width / 2, box.y + box.height}};
    path_polygon(path_add(outline, true), corners, 3, RADIUS_POINT, RADIUS_POINT);
}

/* Both sides bend to the left by the dent; a cubic's own bulge is 3/4 of that of its controls. */
static void draw_bow(Box box, ShapeOutline *outline) {
    Coord dent = shape_dent(box), bulge = dent * 4 / 3;
    Coord left = box.x + dent, right = box.x + box.width, bottom = box.y + box.height;
    Coord upper = box.y + box.height / 4, lower = bottom - box.height / 4;
    ShapePath *path = path_add(outline, true);
    path_line(path, (Point){left, box.y}, (Point){right, box.y});
    path_curve(path, (Point){right, box.y}, (Point){right - bulge, upper},
               (Point){right - bulge, lower}, (Point){right, bottom});
    path_line(path, (Point){right, bottom}, (Point){left, bottom});
    path_curve(path, (Point){left, bottom}, (Point){left - bulge, lower},
               (Point){left - bulge, upper}, (Point){left, box.y});
}

static void draw_delay(Box box, ShapeOutline *outline) {
    Coord end = shape_round_end(box), radius = shape_least(RADIUS_RECT, end);
    Coord right = box.x + box.width, bottom = box.y + box.height, middle = box.y + box.height / 2;
    ShapePath *path = path_add(outline, true);
    path_line(path, (Point){box.x + radius, box.y}, (Point){right - end, box.y});
    path_corner(path, (Point){right - end, box.y}, (Point){right, box.y}, (Point){right, middle});
    path_corner(path, (Point){right, middle}, (Point){right, bottom}, (Point){right - end, bottom});
    path_line(path, (Point){right - end, bottom}, (Point){box.x + radius, bottom});
    path_corner(path, (Point){box.x + radius, bottom}, (Point){box.x, bottom},
                (Point){box.x, bottom - radius});
    path_line(path, (Point){box.x, bottom - radius}, (Point){box.x, box.y + radius});
    path_corner(path, (Point){box.x, box.y + radius}, (Point){box.x, box.y},
                (Point){box.x + radius, box.y});
}

static void draw_post(Box box, ShapeOutline *outline) {
    Coord x = box.x + shape_bar(box);
    path_line(path_add(outline, false), (Point){x, box.y}, (Point){x, box.y + box.height});
}

static void draw_rail(Box box, ShapeOutline *outline) {
    Coord y = box.y + shape_rail(box);
    path_line(path_add(outline, false), (Point){box.x, y}, (Point){box.x + box.width, y});
}

static void draw_lined(Box box, ShapeOutline *outline) {
    draw_rect(box, outline);
    draw_post(box, outline);
}

static void draw_divided(Box box, ShapeOutline *outline) {
    draw_rect(box, outline);
    draw_rail(box, outline);
}

static void draw_window(Box box, ShapeOutline *outline) {
    draw_rect(box, outline);
    draw_post(box, outline);
    draw_rail(box, outline);
}

static void draw_sloped(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width, bottom = box.y + box.height;
    draw_polygon4((Point){box.x, box.y + shape_slope(box)}, (Point){right, box.y},
                  (Point){right, bottom}, (Point){box.x, bottom}, outline);
}

/* The open end is on the right, as with a cylinder it is on top. */
static void draw_pipe(Box box, ShapeOutline *outline) {
    Coord cap = shape_lying_cap(box), middle = box.y + box.height / 2;
    Coord end_x = box.x + box.width - cap, rim_x = end_x - cap, bottom = box.y + box.height;
    draw_rounded(box, cap, RADIUS_FULL, outline);
    ShapePath *rim = path_add(outline, false);
    path_corner(rim, (Point){end_x, box.y}, (Point){rim_x, box.y}, (Point){rim_x, middle});
    path_corner(rim, (Point){rim_x, middle}, (Point){rim_x, bottom}, (Point){end_x, bottom});
}

/* A curly brace from the point of its nose at `nose` to ends on the line x = `open`. */
static void draw_brace(Box box, Coord nose, Coord open, ShapeOutline *outline) {
    Coord stem = (nose + open) / 2, curl = shape_brace(box) / 2;
    Coord middle = box.y + box.height / 2, bottom = box.y + box.height;
    Point top_stem = {stem, box.y + curl}, above = {stem, middle - curl};
    Point below = {stem, middle + curl}, bottom_stem = {stem, bottom - curl};
    ShapePath *path = path_add(outline, false);
    path_corner(path, (Point){open, box.y}, (Point){stem, box.y}, top_stem);
    path_line(path, top_stem, above);
    path_corner(path, above, (Point){stem, middle}, (Point){nose, middle});
    path_corner(path, (Point){nose, middle}, (Point){stem, middle}, below);
    path_line(path, below, bottom_stem);
    path_corner(path, bottom_stem, (Point){stem, bottom}, (Point){open, bottom});
}

static void draw_brace_left(Box box, ShapeOutline *outline) {
    draw_brace(box, box.x, box.x + shape_brace(box), outline);
}

static void draw_brace_right(Box box, ShapeOutline *outline) {
    Coord right = box.x + box.width;
    draw_brace(box, right, right - shape_brace(box), outline);
}

static void draw_braces(Box box, ShapeOutline *outline) {
    draw_brace_left(box, outline);
    draw_brace_right(box, outline);
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
    [SHAPE_DOCUMENTS] = draw_documents,
    [SHAPE_CARD] = draw_card,
    [SHAPE_DELAY] = draw_delay,
    [SHAPE_LINED] = draw_lined,
    [SHAPE_DIVIDED] = draw_divided,
    [SHAPE_WINDOW] = draw_window,
    [SHAPE_SLOPED] = draw_sloped,
    [SHAPE_PIPE] = draw_pipe,
    [SHAPE_BRACE_LEFT] = draw_brace_left,
    [SHAPE_BRACE_RIGHT] = draw_brace_right,
    [SHAPE_BRACES] = draw_braces,
    [SHAPE_TRIANGLE] = draw_triangle,
    [SHAPE_INV_TRIANGLE] = draw_inv_triangle,
    [SHAPE_PENTAGON] = draw_pentagon,
    [SHAPE_BOW] = draw_bow,
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

bool shape_is_open(NodeShape shape) {
    return shape == SHAPE_TEXT || shape == SHAPE_BRACE_LEFT || shape == SHAPE_BRACE_RIGHT ||
           shape == SHAPE_BRACES;
}

bool shape_is_rect(NodeShape shape, Box box, Coord *radius) {
    Coord half = shape_least(box.width, box.height) / 2;
    *radius = shape_least(half, shape == SHAPE_RECT    ? RADIUS_RECT
                                : shape == SHAPE_ROUND ? RADIUS_ROUND
                                                       : RADIUS_FULL);
    return shape == SHAPE_RECT || shape == SHAPE_ROUND || shape == SHAPE_STADIUM;
}
