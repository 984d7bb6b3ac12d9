/* shape.h: the outlines of nodes.
 * In: a shape and its box; out: the outline as lines and curves, where it lies at a side, and how
 * much room the text has in it. Layout sizes boxes and ends edges by it, svg/ draws the same paths.
 * Knows no colours and no fonts. */
#ifndef DIAGRAM_SCENE_SHAPE_H
#define DIAGRAM_SCENE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "diagram/model/graph.h"

typedef enum Side {
    SIDE_TOP,
    SIDE_RIGHT,
    SIDE_BOTTOM,
    SIDE_LEFT
} Side;

#define SHAPE_SEGMENTS_MAX 20
#define SHAPE_PATHS_MAX    3

/* A straight line, or a cubic Bezier curve. */
typedef struct ShapeSegment {
    bool is_curve;
    Point from, to;
    Point control1, control2; /* of a curve */
} ShapeSegment;

/* Connected segments: `to` of one is `from` of the next. */
typedef struct ShapePath {
    ShapeSegment segments[SHAPE_SEGMENTS_MAX];
    size_t count;
    bool is_closed; /* filled; an open path is a detail that is only stroked */
} ShapePath;

/* In the order of drawing. */
typedef struct ShapeOutline {
    ShapePath paths[SHAPE_PATHS_MAX];
    size_t count;
} ShapeOutline;

/* The paths of a shape that fills `box`. SHAPE_TEXT gives its box, which svg/ does not draw. */
void shape_outline(NodeShape shape, Box box, ShapeOutline *outline);

/* True for shapes without an area that could be filled: text alone, and text between braces. */
bool shape_is_open(NodeShape shape);

/* True when the whole outline is one rectangle with round corners, which has a shorter form. */
bool shape_is_rect(NodeShape shape, Box box, Coord *radius);

/* How far inside the box's side the outline lies, measured straight inwards at the absolute
 * coordinate `position` along that side (x for top and bottom, y for left and right; cut to the
 * side). 0 where the outline touches the side. */
Coord shape_inset(NodeShape shape, Box box, Side side, Coord position);

/* The least size of a box around a text of this size, in whole even px so that centres stay on the
 * pixel grid. */
void shape_size(NodeShape shape, Coord text_width, Coord text_height, Coord *width, Coord *height);

/* A part of `box` inside the outline. A text whose box came from shape_size (or is larger) lies
 * inside the outline when its centre is this part's centre, even where it is wider than this part
 * (a long line in a diamond). */
Box shape_text_box(NodeShape shape, Box box);

#endif
