/* ends.h: what stands at the ends of lines: heads larger than an arrow, and multiplicities.
 * In: a graph with sizes; out: room around nodes before they are placed, then a place for every
 * text beside its end. Knows nothing of the phases. */
#ifndef DIAGRAM_LAYOUT_ENDS_H
#define DIAGRAM_LAYOUT_ENDS_H

#include "diagram/layout/plan.h"

/* Measures the texts, and sets pad and pitch of the nodes they stand at. */
void ends_measure(Plan *plan);

/* Finds a place for each text, when routes are absolute. */
void ends_place(Plan *plan);

/* What a head takes of its line, and to either side of it. */
void ends_head_size(EdgeHead head, Coord *length, Coord *half);

#endif
