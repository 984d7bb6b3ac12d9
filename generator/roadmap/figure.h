/* figure.h: percentages, fractions and bars as people type them.
 * In: a line; out: numbers in thousandths, cells counted in code points (emoji are one cell each).
 * Judges nothing. */
#ifndef ROADMAP_FIGURE_H
#define ROADMAP_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/str.h"
#include "roadmap/roadmap.h"

/* The first number followed by "%". `text` is a slice of the source of `source`. */
RoadmapNumber figure_percent(const Source *source, Str text);

/* The first "10/12" or "2 of 8"; false when there is none. */
bool figure_fraction(const Source *source, Str text, RoadmapNumber *done, RoadmapNumber *total);

/* The whole text as a number with an optional "%". */
RoadmapNumber figure_number(const Source *source, Str text);

/* The first bar of a line: "[####----] 50%". */
RoadmapBar figure_bar(const Source *source, Str line);

/* The first bar of a text, with or without a percentage; its percentage is left unset. */
RoadmapBar figure_cells(const Source *source, Str text);

/* The cells of `bar` with this many filled, in its own signs; a bar with one kind of cells only
 * gets the partner of its sign. */
Str figure_fill(const RoadmapBar *bar, uint32_t filled, Arena *arena);

#endif
