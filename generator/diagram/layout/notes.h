/* notes.h: notes that stand beside a node or group.
 * In: a plan, before and after the phases; out: the room that anchors keep for their notes, then
 * the places of notes and of the lines that tie them. The phases see only the room. */
#ifndef DIAGRAM_LAYOUT_NOTES_H
#define DIAGRAM_LAYOUT_NOTES_H

#include "diagram/layout/plan.h"

/* Takes notes that have an anchor, and their lines, out of the layers; before areas are known. */
void notes_mark(Plan *plan);

/* The room that each anchor keeps; when sizes and areas are known. */
void notes_measure(Plan *plan);

/* Places the notes of `anchor`, whose box is final. */
void notes_place(Plan *plan, EdgeEnd anchor);

#endif
