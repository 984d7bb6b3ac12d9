/* fold.h: a long drawing cut into rows, like the lines of a text.
 * In: a finished part, much longer along its flow than the page is wide; out: places of points and
 * boxes in rows below each other. Coordinates are those of layered.h: x across the flow, y along
 * it. */
#ifndef DIAGRAM_LAYOUT_FOLD_H
#define DIAGRAM_LAYOUT_FOLD_H

#include "diagram/layout/layered.h"

typedef struct Fold Fold;

/* The corners of a line. */
typedef struct Line {
    Point *points;
    size_t count;
} Line;

/* Adds a corner, for which there is room; three in a row become two. */
void line_add(Line *line, Point p);

/* Cuts the part where that makes it easier to read on a page `target` wide; else leaves
 * lay->fold NULL. */
void fold_run(Layered *lay, Coord target);

/* The size of the part in rows, or as it was. */
Point fold_size(const Layered *lay);

/* A box within one row, or a line through any number of them. Without folds they stay. */
Box fold_box(const Layered *lay, Box box);
Line fold_line(const Layered *lay, Line line, Arena *arena);

/* The line of an edge from its first end to its last, before it is folded; emit.c. */
Line emit_trace(const Layered *lay, const LayEdge *edge, Arena *arena);

#endif
