/* rules.h: what an author says about a flowchart, proved on its graph.
 * In: a graph with the rows of `docsgen: rules:`. Out: a finding for each that does not hold, with
 * the way that breaks it. Changes nothing. */
#ifndef DIAGRAM_MODEL_RULES_H
#define DIAGRAM_MODEL_RULES_H

#include "base/arena.h"
#include "base/diag.h"
#include "diagram/model/graph.h"

/* Reads and proves every rule of `graph`: model/rule for one that cannot be read or does not hold,
 * model/unknown for a name that the diagram does not have. `arena` is for the working. */
void rules_check(const Graph *graph, Arena *arena, Diags *diags);

#endif
