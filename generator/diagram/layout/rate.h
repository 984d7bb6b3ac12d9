/* rate.h: how well a finished drawing can be read, as one number.
 * In: a plan with absolute places; out: points, more is better. Only drawings of one graph are to
 * be compared. Looks at nothing but places, so any two ways to draw can be set against each other.
 */
#ifndef DIAGRAM_LAYOUT_RATE_H
#define DIAGRAM_LAYOUT_RATE_H

#include <stdint.h>

#include "diagram/layout/plan.h"

#define RATE_MOST 81000

/* Points in thousandths, at most RATE_MOST. `against_least` is the count of edges that cannot but
 * lead back, as cycles have them: those of the drawing with the fewest. */
int64_t rate_plan(const Plan *plan, uint32_t against_least);

/* Places where edges cross. */
int64_t rate_crossings(const Plan *plan);

/* Edges that lead against the direction of what holds both ends. */
uint32_t rate_against(const Plan *plan);

#endif
