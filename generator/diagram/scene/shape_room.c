/* The room for text in each shape: how large a box must be, and where in it text may stand. */
#include "base/ban.h"

#include "diagram/scene/shape.h"
#include "diagram/scene/shape_form.h"

#define VERY_WIDE (INT16_MAX * PX)

typedef struct RoomRow {
    int pad_x_px, pad_y_px;          /* around the text */
    int min_width_px, min_height_px; /* of the whole box */
} RoomRow;

static const RoomRow room_rows[SHAPE_COUNT] = {
    [SHAPE_RECT] = {16, 11, 56, 40},
    [SHAPE_ROUND] = {18, 11, 56, 40},
    [SHAPE_STADIUM] = {10, 10, 64, 40},
    [SHAPE_SUBROUTINE] = {20, 11, 64, 40},
    [SHAPE_CYLINDER] = {16, 6, 64, 28},
    [SHAPE_CIRCLE] = {6, 6, 28, 28},
    [SHAPE_DOUBLE_CIRCLE] = {10, 10, 36, 36},
    [SHAPE_ELLIPSE] = {6, 6, 64, 40},
    [SHAPE_FLAG] = {14, 11, 64, 40},
    [SHAPE_DIAMOND] = {6, 4, 72, 48},
    [SHAPE_HEXAGON] = {6, 11, 64, 40},
    [SHAPE_LEAN_RIGHT] = {8, 11, 64, 40},
    [SHAPE_LEAN_LEFT] = {8, 11, 64, 40},
    [SHAPE_TRAPEZOID] = {8, 11, 64, 40},
    [SHAPE_INV_TRAPEZOID] = {8, 11, 64, 40},
    [SHAPE_DOCUMENT] = {16, 10, 56, 48},
    [SHAPE_PROCESSES] = {16, 11, 64, 48},
    [SHAPE_DOCUMENTS] = {16, 10, 64, 56},
    [SHAPE_CARD] = {16, 11, 56, 40},
    [SHAPE_DELAY] = {14, 11, 64, 40},
    [SHAPE_LINED] = {19, 11, 64, 40},
    [SHAPE_DIVIDED] = {16, 14, 56, 48},
    [SHAPE_WINDOW] = {19, 14, 64, 48},
    [SHAPE_SLOPED] = {16, 10, 56, 48},
    [SHAPE_PIPE] = {10, 11, 72, 40},
    [SHAPE_BRACE_LEFT] = {12, 8, 32, 32},
    [SHAPE_BRACE_RIGHT] = {12, 8, 32, 32},
    [SHAPE_BRACES] = {16, 8, 40, 32},
    [SHAPE_TRIANGLE] = {4, 6, 64, 48},
    [SHAPE_INV_TRIANGLE] = {4, 6, 64, 48},
    [SHAPE_PENTAGON] = {16, 11, 56, 40},
    [SHAPE_BOW] = {12, 11, 64, 40},
    [SHAPE_TEXT] = {4, 4, 16, 16},
    [SHAPE_START] = {0, 0, 16, 16},
    [SHAPE_STOP] = {0, 0, 20, 20},
    [SHAPE_BAR] = {4, 4, 70, 8},
    [SHAPE_CHOICE] = {2, 2, 28, 28},
    [SHAPE_NOTE] = {14, 11, 56, 32},
};

/* Up to a whole even number of px. */
static Coord even_px(Coord value, Coord least_px) {
    Coord px = (value + PX - 1) / PX;
    return shape_most((px + 1) / 2 * 2, least_px) * PX;
}

/* The box of a curved or pointed shape around an inner rectangle `width` x `height`. */
static void size_around(NodeShape shape, Coord width, Coord height, Box *box) {
    int64_t wide = width, high = height;
    switch (shape) {
    case SHAPE_START:
    case SHAPE_STOP:
    case SHAPE_CIRCLE:
    case SHAPE_DOUBLE_CIRCLE:
        box->width = box->height = (Coord)shape_root(wide * wide + high * high);
        break;
    case SHAPE_ELLIPSE: /* of the ellipses around a rectangle, the one with the least area */
        box->width = (Coord)shape_root(2 * wide * wide);
        box->height = (Coord)shape_root(2 * high * high);
        break;
    case SHAPE_CHOICE:
    case SHAPE_DIAMOND:
        /* width/W + height/H = 1 with W = 9/5 H: flatter than Mermaid's square, so that one long
         * question does not tower over its neighbours. */
        box->width = width + height * 9 / 5;
        box->height = box->width * 5 / 9;
        break;
    case SHAPE_BAR:
    case SHAPE_DELAY:
    case SHAPE_STADIUM: { /* the corners of the text stay within the round ends */
        int64_t radius = box->height / 2, half = height / 2 - room_rows[shape].pad_y_px * PX;
        Coord end = (Coord)(radius - shape_root(radius * radius - half * half)) + RADIUS_RECT;
        box->width = width + (shape == SHAPE_DELAY ? end : 2 * end);
        break;
    }
    case SHAPE_HEXAGON:
    case SHAPE_FLAG:
        /* The slants' share depends on the height alone, once the box is wide enough for them. */
        box->width = VERY_WIDE;
        box->width = width + (shape == SHAPE_FLAG ? shape_dent(*box) : 2 * shape_notch(*box));
        break;
    case SHAPE_LEAN_RIGHT:
    case SHAPE_LEAN_LEFT:
    case SHAPE_TRAPEZOID:
    case SHAPE_INV_TRAPEZOID:
        box->width = VERY_WIDE;
        box->width = width + 2 * shape_skew(*box);
        break;
    case SHAPE_CYLINDER: box->height += 3 * shape_cap((Box){0, 0, width, VERY_WIDE}); break;
    case SHAPE_PIPE: box->width += 3 * shape_lying_cap((Box){0, 0, VERY_WIDE, height}); break;
    case SHAPE_SLOPED: box->height += SLOPE_HEIGHT; break;
    case SHAPE_TRIANGLE:
    case SHAPE_INV_TRIANGLE: /* of the triangles around a rectangle, one with the least area */
        box->width = 2 * width;
        box->height *= 2;
        break;
    case SHAPE_BOW: box->width += 2 * shape_dent((Box){0, 0, VERY_WIDE, box->height}); break;
    case SHAPE_DOCUMENT: box->height += 2 * WAVE_HEIGHT; break;
    case SHAPE_DOCUMENTS:
    case SHAPE_PROCESSES:
        box->width += 2 * SHEET_OFFSET;
        box->height += 2 * SHEET_OFFSET + (shape == SHAPE_DOCUMENTS ? 2 * WAVE_HEIGHT : 0);
        break;
    case SHAPE_CARD:
    case SHAPE_PENTAGON:
    case SHAPE_LINED:
    case SHAPE_DIVIDED:
    case SHAPE_WINDOW:
    case SHAPE_BRACE_LEFT:
    case SHAPE_BRACE_RIGHT:
    case SHAPE_BRACES:
    case SHAPE_RECT:
    case SHAPE_ROUND:
    case SHAPE_SUBROUTINE:
    case SHAPE_TEXT:
    case SHAPE_NOTE:
    case SHAPE_COUNT: break;
    }
}

void shape_size(NodeShape shape, Coord text_width, Coord text_height, Coord *width, Coord *height) {
    const RoomRow *row = &room_rows[shape];
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
    Coord skew = shape_skew(box), notch = shape_notch(box), cap = shape_cap(box);
    switch (shape) {
    case SHAPE_RECT: return box_within(box, round, round, round, round);
    case SHAPE_ROUND: return box_within(box, 2 * round, 2 * round, 2 * round, 2 * round);
    case SHAPE_BAR:
    case SHAPE_STADIUM: {
        Coord radius = shape_least(box.width, box.height) / 2, in = radius * 3 / 10;
        return box_within(box, in, in, in, in);
    }
    case SHAPE_SUBROUTINE: {
        Coord bar = shape_bar(box);
        return box_within(box, bar, round, bar, round);
    }
    case SHAPE_DELAY: {
        Coord end = shape_round_end(box) * 3 / 10, in = box.height * 3 / 20;
        return box_within(box, round, in, end, in);
    }
    case SHAPE_LINED: return box_within(box, shape_bar(box), round, round, round);
    case SHAPE_DIVIDED: return box_within(box, round, shape_rail(box), round, round);
    case SHAPE_WINDOW: return box_within(box, shape_bar(box), shape_rail(box), round, round);
    case SHAPE_SLOPED: return box_within(box, round, shape_slope(box) + round, round, round);
    case SHAPE_PIPE: {
        Coord lying = shape_lying_cap(box);
        return box_within(box, lying, 0, 2 * lying, 0);
    }
    case SHAPE_TRIANGLE:
        return box_within(box, box.width / 4 + round, box.height / 2, box.width / 4 + round, round);
    case SHAPE_INV_TRIANGLE:
        return box_within(box, box.width / 4 + round, round, box.width / 4 + round, box.height / 2);
    case SHAPE_BOW: return box_within(box, shape_dent(box), round, shape_dent(box), round);
    case SHAPE_PENTAGON:
    case SHAPE_CARD: {
        Coord cut = shape_cut(box) / 2 + round;
        return box_within(box, cut, cut, cut, cut); /* even, so that the text stays in the middle */
    }
    case SHAPE_BRACE_LEFT: return box_within(box, shape_brace(box), 0, 0, 0);
    case SHAPE_BRACE_RIGHT: return box_within(box, 0, 0, shape_brace(box), 0);
    case SHAPE_BRACES: return box_within(box, shape_brace(box), 0, shape_brace(box), 0);
    case SHAPE_CYLINDER: return box_within(box, 0, 2 * cap, 0, cap);
    case SHAPE_START:
    case SHAPE_STOP:
    case SHAPE_CIRCLE:
    case SHAPE_ELLIPSE: return box_middle(box, 700); /* sqrt(1/2), a little less */
    case SHAPE_DOUBLE_CIRCLE: {
        Coord gap = shape_ring(box);
        return box_middle(box_within(box, gap, gap, gap, gap), 700);
    }
    case SHAPE_CHOICE:
    case SHAPE_DIAMOND: return box_middle(box, 490);
    case SHAPE_FLAG: return box_within(box, shape_dent(box), round, round, round);
    case SHAPE_HEXAGON: return box_within(box, notch, round, notch, round);
    case SHAPE_LEAN_RIGHT:
    case SHAPE_LEAN_LEFT:
    case SHAPE_TRAPEZOID:
    case SHAPE_INV_TRAPEZOID: return box_within(box, skew, round, skew, round);
    case SHAPE_DOCUMENT: return box_within(box, round, round, round, 2 * shape_wave(box));
    case SHAPE_DOCUMENTS: {
        Coord offset = 2 * shape_sheet(box), wave = 2 * shape_wave(box);
        return box_within(box, round, offset + round, offset + round, round + wave);
    }
    case SHAPE_PROCESSES: {
        Coord offset = 2 * shape_sheet(box);
        return box_within(box, round, offset + round, offset + round, round);
    }
    case SHAPE_NOTE: { /* half of the fold at two sides meets its slant */
        Coord fold = shape_fold(box) / 2 + round;
        return box_within(box, round, fold, fold, round);
    }
    case SHAPE_TEXT:
    case SHAPE_COUNT: break;
    }
    return box;
}
