/* reach.h: which part of a flowchart leads to which.
 * In: a graph. Out: the same as vertices and arcs, and walks over them, in linear time.
 * An edge to a group reaches all that lies in it, an edge from a group leaves from all that lies in
 * it; edges without heads and with two lead both ways, invisible ones nowhere. Reports nothing. */
#ifndef DIAGRAM_MODEL_REACH_H
#define DIAGRAM_MODEL_REACH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "diagram/model/graph.h"

/* First the nodes, then an entry for each group, then an exit for each group. Arriving at an entry
 * is arriving at everything in the group; whatever lies in a group can leave by its exit. */
typedef uint32_t Vertex;
#define VERTEX_NONE ((Vertex)UINT32_MAX)

typedef struct Arc {
    Vertex to;
    EdgeId edge; /* GRAPH_NONE: no edge, only the step between a group and what lies in it */
} Arc;

typedef struct Reach {
    const Graph *graph;
    size_t vertex_count;
    size_t *starts; /* the arcs of vertex v are arcs[starts[v]] up to arcs[starts[v + 1]] */
    Arc *arcs;
    bool *is_hollow; /* by group: there is nothing in it, so that it stands for itself */
} Reach;

/* What a walk found. Vertices in the order of their distance, counted in edges. */
typedef struct Walk {
    const Reach *reach;
    Vertex *found;
    size_t count;
    bool *is_found;   /* by vertex */
    Vertex *previous; /* by vertex: where the walk came from, or VERTEX_NONE */
    EdgeId *by;       /* by vertex: the edge it came along, or GRAPH_NONE */
} Walk;

/* Does an edge lead from its first end to its second, and back? */
bool edge_leads_on(const Edge *edge);
bool edge_leads_back(const Edge *edge);

Reach *reach_new(const Graph *graph, Arena *arena);

/* Marks what `end` stands for in `set` (vertex_count places): a node itself, for a group all nodes
 * and hollow groups in it. Gives how many of them were not marked before. */
size_t reach_mark(const Reach *reach, EdgeEnd end, bool *set, Arena *arena);

/* Every vertex that can be reached from those in `from`, without entering those in `without` (NULL:
 * none). Breadth first (Moore 1959), so that the way to each has as few edges as possible. */
Walk *reach_walk(const Reach *reach, const bool *from, const bool *without, Arena *arena);

/* The way to `vertex`, first vertex first; `count` becomes their number. */
Vertex *walk_path(const Walk *walk, Vertex vertex, size_t *count, Arena *arena);

/* Appends a way as "internet -> alb -> grafana (in stack)"; the group is named where an edge ends
 * at it as a whole. The middle of a long way and of long ids is left out. */
void walk_describe(const Walk *walk, const Vertex *path, size_t count, Buf *out);

#endif
