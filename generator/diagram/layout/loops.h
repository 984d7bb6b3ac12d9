/* loops.h: edges from a node to itself.
 * In: a plan with its texts measured; out: the room that a node keeps for its loops, then their
 * lines and labels. The phases see only the room. */
#ifndef DIAGRAM_LAYOUT_LOOPS_H
#define DIAGRAM_LAYOUT_LOOPS_H

#include "diagram/layout/plan.h"

/* The room for the loops of every node; when areas and the texts at ends are known. */
void loops_measure(Plan *plan);

/* Places the loops of a node, whose box is final. */
void loops_place(Plan *plan, NodeId node, bool is_turned);

#endif
