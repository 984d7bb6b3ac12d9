/* parts.h: what the files of diagram/ itself share.
 * In: a compiled diagram; out: its legend in the scene, its words. For this folder only. */
#ifndef DIAGRAM_PARTS_H
#define DIAGRAM_PARTS_H

#include "base/arena.h"
#include "diagram/diagram.h"
#include "diagram/scene/scene.h"

/* Puts the rows of `docsgen: legend:` in lines below the drawing, which grows by them. */
void legend_place(const Graph *graph, Scene *scene, Arena *arena);

/* Fills the lines of the text equivalent: what lies in what, then what leads where. */
void describe_graph(Diagram *diagram, Arena *arena);

#endif
