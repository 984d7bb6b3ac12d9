/* p3_start.h: orders to begin with, and sweeps of barycentres over them.
 * In: an order; out: another order, with the items of the groups arranged by it. Used by
 * p3_order.c; counts no crossings. */
#ifndef DIAGRAM_LAYOUT_P3_START_H
#define DIAGRAM_LAYOUT_P3_START_H

#include "diagram/layout/crossings.h"

typedef struct Start Start;

/* The order as it is now is the one declared. */
Start *start_new(Order *order, Arena *arena);

/* Makes the order number `index` to begin with; the same each time. */
void start_make(Start *start, uint32_t index);

/* Every item goes to the mean place of what lies above it, rank by rank from the top; or below it,
 * from the bottom. Equals stay in order, or are reversed. */
void start_sweep(Start *start, bool downwards, bool reverse_ties);

#endif
