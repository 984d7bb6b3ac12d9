/* geometry.h: places on a drawing.
 * All coordinates are integers in 1/64 px, so that every compiler and machine draws the same.
 * Origin top left, y grows downwards. Data only. */
#ifndef BASE_GEOMETRY_H
#define BASE_GEOMETRY_H

#include <stdint.h>

typedef int32_t Coord; /* 1/64 px */
#define COORD_PER_PX    64
#define COORD_OF_PX(px) ((Coord)((px)*COORD_PER_PX))

typedef struct Point {
    Coord x, y;
} Point;

typedef struct Box {
    Coord x, y; /* top left corner */
    Coord width, height;
} Box;

#endif
