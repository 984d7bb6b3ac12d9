/* parts.h: what the files of diagram/ itself share.
 * In: a compiled diagram; out: its legend and title in the scene, its words. For this folder only.
 */
#ifndef DIAGRAM_PARTS_H
#define DIAGRAM_PARTS_H

#include "base/arena.h"
#include "diagram/diagram.h"
#include "diagram/scene/scene.h"

/* Puts the rows of `docsgen: legend:` in lines below the drawing, which grows by them. */
void legend_place(const Graph *graph, Scene *scene, Arena *arena);

/* Puts the title above everything, which moves down for it. */
void heading_place(const Label *heading, Scene *scene, Arena *arena);

/* One sentence about what is drawn, for readers who get no more: "Flowchart with 12 nodes in 3
 * groups and 14 connections." */
Str describe_summary(const Graph *graph, Str kind, Arena *arena);

/* Tells which styles and theme settings have no effect, in one note for the whole diagram. */
void report_styles(const Graph *graph, Arena *arena, Diags *diags);

/* Fills the lines of the text equivalent: what lies in what, then what leads where. */
void describe_graph(Diagram *diagram, Arena *arena);

/* The same for a sequence diagram: who takes part, then every step, frames as lists within. */
void describe_sequence(Diagram *diagram, Arena *arena);

#endif
