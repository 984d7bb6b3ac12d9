#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "diagram/scene/shape.h"

#include <cmocka.h>

#define PX COORD_PER_PX

/* Half a px: what rounding of coordinates and curves may take. */
#define TOLERANCE (PX / 2)

static const Coord text_sizes[][2] = {{0, 0},
                                      {8 * PX, 20 * PX},
                                      {60 * PX, 20 * PX},
                                      {200 * PX, 20 * PX},
                                      {90 * PX, 60 * PX},
                                      {30 * PX, 120 * PX},
                                      {240 * PX, 80 * PX},
                                      {1 * PX, 1 * PX}};
#define TEXT_SIZES (sizeof text_sizes / sizeof text_sizes[0])

/* Is the point on or inside the outline, seen from all four sides? */
static bool is_inside(NodeShape shape, Box box, Coord x, Coord y) {
    return y >= box.y + shape_inset(shape, box, SIDE_TOP, x) - TOLERANCE &&
           y <= box.y + box.height - shape_inset(shape, box, SIDE_BOTTOM, x) + TOLERANCE &&
           x >= box.x + shape_inset(shape, box, SIDE_LEFT, y) - TOLERANCE &&
           x <= box.x + box.width - shape_inset(shape, box, SIDE_RIGHT, y) + TOLERANCE;
}

static void check_inside(NodeShape shape, Box box, Box part) {
    for (int i = 0; i < 4; i++) {
        Coord x = part.x + (i % 2 ? part.width : 0), y = part.y + (i / 2 ? part.height : 0);
        if (!is_inside(shape, box, x, y))
            fail_msg("shape %d, box %dx%d: corner %d of %d,%d %dx%d is outside", (int)shape,
                     box.width, box.height, i, part.x, part.y, part.width, part.height);
    }
}

static void test_text_lies_inside(void **state) {
    (void)state;
    for (int shape = 0; shape < SHAPE_COUNT; shape++)
        for (size_t i = 0; i < TEXT_SIZES; i++) {
            Coord width = text_sizes[i][0], height = text_sizes[i][1];
            Box box = {100 * PX, 50 * PX, 0, 0};
            shape_size((NodeShape)shape, width, height, &box.width, &box.height);
            assert_int_equal(box.width % (2 * PX), 0);
            assert_int_equal(box.height % (2 * PX), 0);
            Box part = shape_text_box((NodeShape)shape, box);
            check_inside((NodeShape)shape, box, part);
            Box text = {part.x + (part.width - width) / 2, part.y + (part.height - height) / 2,
                        width, height};
            check_inside((NodeShape)shape, box, text);
            box.width += 70 * PX; /* a layout may make boxes larger */
            box.height += 30 * PX;
            part = shape_text_box((NodeShape)shape, box);
            check_inside((NodeShape)shape, box, part);
            text = (Box){part.x + (part.width - width) / 2, part.y + (part.height - height) / 2,
                         width, height};
            check_inside((NodeShape)shape, box, text);
        }
}

static void test_paths_are_connected_and_in_the_box(void **state) {
    (void)state;
    static const Box boxes[] = {{0, 0, 120 * PX, 44 * PX},
                                {-30 * PX, 7 * PX, 16 * PX, 90 * PX},
                                {5, 5, 2 * PX, 2 * PX},
                                {0, 0, 4000 * PX, 3000 * PX}};
    for (int shape = 0; shape < SHAPE_COUNT; shape++)
        for (size_t b = 0; b < sizeof boxes / sizeof boxes[0]; b++) {
            ShapeOutline outline;
            shape_outline((NodeShape)shape, boxes[b], &outline);
            assert_true(outline.count > 0);
            for (size_t i = 0; i < outline.count; i++) {
                const ShapePath *path = &outline.paths[i];
                for (size_t j = 0; j < path->count; j++) {
                    Point at = path->segments[j].from;
                    assert_in_range(at.x - boxes[b].x + 2, 0, boxes[b].width + 4);
                    assert_in_range(at.y - boxes[b].y + 2, 0, boxes[b].height + 4);
                    if (j + 1 == path->count && !path->is_closed)
                        break;
                    Point next = path->segments[(j + 1) % path->count].from;
                    assert_int_equal(path->segments[j].to.x, next.x);
                    assert_int_equal(path->segments[j].to.y, next.y);
                }
            }
        }
}

static void test_insets(void **state) {
    (void)state;
    static const struct {
        NodeShape shape;
        Side side;
        Coord position_px;
        int expected; /* hundredths of a px, in a box of 100 x 40 px at 0,0 */
    } rows[] = {
        {SHAPE_RECT, SIDE_TOP, 50, 0},
        {SHAPE_RECT, SIDE_TOP, 0, 600},
        {SHAPE_RECT, SIDE_LEFT, 20, 0},
        {SHAPE_RECT, SIDE_RIGHT, 40, 600},
        {SHAPE_ELLIPSE, SIDE_TOP, 50, 0},
        {SHAPE_ELLIPSE, SIDE_TOP, 0, 2000},
        {SHAPE_ELLIPSE, SIDE_TOP, 20, 400},  /* 20 - 20 sqrt(1 - 0.36) */
        {SHAPE_ELLIPSE, SIDE_LEFT, 4, 2000}, /* 50 - 50 sqrt(1 - 0.64) */
        {SHAPE_STADIUM, SIDE_LEFT, 8, 400},  /* 20 - 20 sqrt(1 - 0.36) */
        {SHAPE_STADIUM, SIDE_BOTTOM, 50, 0},
        {SHAPE_DIAMOND, SIDE_TOP, 25, 1000},
        {SHAPE_DIAMOND, SIDE_RIGHT, 30, 2500},
        {SHAPE_LEAN_RIGHT, SIDE_LEFT, 20, 600}, /* half of the skew of 12 */
        {SHAPE_LEAN_RIGHT, SIDE_RIGHT, 20, 600},
        {SHAPE_HEXAGON, SIDE_LEFT, 10, 600},
        {SHAPE_FLAG, SIDE_LEFT, 10, 400}, /* half of the dent of 8 */
        {SHAPE_TEXT, SIDE_LEFT, 10, 0},
        {SHAPE_CARD, SIDE_LEFT, 6, 600}, /* half of the corner of 12 */
        {SHAPE_CARD, SIDE_RIGHT, 20, 0},
        {SHAPE_DELAY, SIDE_RIGHT, 8, 400}, /* as the stadium's end */
        {SHAPE_DELAY, SIDE_LEFT, 20, 0},
        {SHAPE_SLOPED, SIDE_TOP, 50, 500},
        {SHAPE_PIPE, SIDE_TOP, 50, 0},
        {SHAPE_TRIANGLE, SIDE_TOP, 25, 2000},
        {SHAPE_TRIANGLE, SIDE_LEFT, 20, 2500},
        {SHAPE_INV_TRIANGLE, SIDE_BOTTOM, 75, 2000},
        {SHAPE_INV_TRIANGLE, SIDE_TOP, 50, 0},
        {SHAPE_PENTAGON, SIDE_RIGHT, 6, 600},
        {SHAPE_BOW, SIDE_LEFT, 20, 0},
        {SHAPE_BOW, SIDE_RIGHT, 20, 800},    /* the dent */
        {SHAPE_BRACE_LEFT, SIDE_TOP, 50, 0}, /* no outline to meet but the box */
        {SHAPE_BRACES, SIDE_RIGHT, 20, 0},
        {SHAPE_PROCESSES, SIDE_TOP, 50, 0},
        {SHAPE_PROCESSES, SIDE_LEFT, 30, 0},
        {SHAPE_RECT, SIDE_TOP, 5000, 600}, /* beyond the side: its end */
    };
    const Box box = {0, 0, 100 * PX, 40 * PX};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Coord inset =
            shape_inset(rows[i].shape, box, rows[i].side, (Coord)(rows[i].position_px * PX));
        int hundredths = inset * 100 / PX, difference = hundredths - rows[i].expected;
        if (difference < -40 || difference > 40)
            fail_msg("row %zu: inset %d, expected %d (1/100 px)", i, hundredths, rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_lies_inside),
        cmocka_unit_test(test_paths_are_connected_and_in_the_box),
        cmocka_unit_test(test_insets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
