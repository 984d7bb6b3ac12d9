/* graph_json.h: a graph as the document that `docsgen diagram --format json` prints.
 * In: a const Graph. Out: one line of JSON. Absent values are null or []; styles are
 * left out. */
#ifndef DIAGRAM_MODEL_GRAPH_JSON_H
#define DIAGRAM_MODEL_GRAPH_JSON_H

#include "base/buf.h"
#include "diagram/model/graph.h"

/* The name of a shape, a direction, a line or a head in that document: "inv-trapezoid", "TB",
 * "dotted", "circle". The empty Str for GRAPH_INHERIT. */
Str graph_shape_name(NodeShape shape);
Str graph_direction_name(GraphDirection direction);
Str graph_line_name(EdgeLine line);
Str graph_head_name(EdgeHead head);

/* Appends the document with a line end. With the path of the graph's file as `file`, everything has
 * its place "at" as well; empty: without places. */
void graph_write_json(const Graph *graph, Str file, Buf *buf);

#endif
