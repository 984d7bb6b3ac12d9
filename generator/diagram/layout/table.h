/* table.h: nodes with compartments: a name, and rows of text below it.
 * In: a node with rows or a stereotype; out: its size, then the places of all its texts and of the
 * lines between them. Knows nothing of what lies around the node. */
#ifndef DIAGRAM_LAYOUT_TABLE_H
#define DIAGRAM_LAYOUT_TABLE_H

#include "diagram/layout/plan.h"

/* Has the node more than a name? */
bool table_is_needed(const Graph *graph, const Node *node);

/* Measures the node's texts and sizes its box. */
TablePlan *table_measure(Plan *plan, const Node *node, NodePlan *to);

/* Puts the texts and lines into the placed box of `to`. */
void table_emit(const Plan *plan, const Node *node, const NodePlan *from, SceneNode *to);

#endif
