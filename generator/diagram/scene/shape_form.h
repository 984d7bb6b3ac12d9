/* shape_form.h: what the outlines and the room in them have in common.
 * In: a box; out: how much of it slants, caps and waves take. For this folder only. */
#ifndef DIAGRAM_SCENE_SHAPE_FORM_H
#define DIAGRAM_SCENE_SHAPE_FORM_H

#include "base/geometry.h"

#define PX COORD_PER_PX

/* Corners: soft enough to look drawn, small enough that an edge near a corner still meets it. */
#define RADIUS_RECT  (6 * PX)
#define RADIUS_ROUND (14 * PX)
#define RADIUS_POINT (4 * PX) /* of slanted shapes */
#define RADIUS_NONE  0
#define RADIUS_FULL  INT32_MAX /* half of each edge: a rectangle becomes an ellipse */

#define SUBROUTINE_BAR (8 * PX)  /* from the sides to the inner lines */
#define SHEET_OFFSET   (4 * PX)  /* between the sheets of SHAPE_PROCESSES */
#define RING_GAP       (4 * PX)  /* between the rings of SHAPE_DOUBLE_CIRCLE */
#define SLOPE_HEIGHT   (10 * PX) /* that the top of SHAPE_SLOPED rises */
#define BRACE_WIDTH    (10 * PX)
#define WAVE_HEIGHT    (5 * PX) /* half of the wave below SHAPE_DOCUMENT, crest to trough */

Coord shape_least(Coord a, Coord b);
Coord shape_most(Coord a, Coord b);

/* The smallest integer whose square is at least `value`; 0 for a negative one. */
int64_t shape_root(int64_t value);

/* The point `part`/`whole` of the way. */
Point shape_between(Point from, Point to, int64_t part, int64_t whole);

/* How far slanted sides are drawn in: of leaning shapes and trapezoids, of the hexagon, of the
 * flag. A line ends at the bottom of the flag's dent: so that is no deeper than a head is long, or
 * the line would seem to run into the node. */
Coord shape_skew(Box box);
Coord shape_notch(Box box);
Coord shape_dent(Box box);

/* Half the height of a cylinder's cap: flat, and growing slowly with the width. */
Coord shape_cap(Box box);

/* Half the height of a document's wave. */
Coord shape_wave(Box box);

/* The distance of two sheets, of two rings, of a side and its bar. */
Coord shape_sheet(Box box);
Coord shape_ring(Box box);
Coord shape_bar(Box box);

/* The folded corner of a note, the cut one of a card. */
Coord shape_fold(Box box);
Coord shape_cut(Box box);

/* From the top to the line of SHAPE_DIVIDED; the rise of SHAPE_SLOPED; the caps of SHAPE_PIPE; the
 * round end of SHAPE_DELAY; the width of a brace. */
Coord shape_rail(Box box);
Coord shape_slope(Box box);
Coord shape_lying_cap(Box box);
Coord shape_round_end(Box box);
Coord shape_brace(Box box);

#endif
