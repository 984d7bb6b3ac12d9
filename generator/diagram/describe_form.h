/* describe_form.h: how members, marks and relations of each kind are put in words.
 * In: parts of a graph, names as readers know them; out: phrases. Knows nothing of the order in
 * which they are told: that is describe.c's. */
#ifndef DIAGRAM_DESCRIBE_FORM_H
#define DIAGRAM_DESCRIBE_FORM_H

#include "base/arena.h"
#include "diagram/model/graph.h"

/* A line of a compartment: "id: uuid, primary key", "public size(): int, static". The cells must be
 * single lines. */
Str describe_member(GraphKind kind, const Node *node, const NodeRow *row, Arena *arena);

/* What sets a node apart besides its name: "fork", "interface"; empty: nothing. */
Str describe_mark(const Graph *graph, NodeId id, Arena *arena);

/* "Derived extends Base", "Customer (exactly one) with Order (zero or more)". */
Str describe_relation(GraphKind kind, const Edge *edge, Str from, Str to, Arena *arena);

#endif
