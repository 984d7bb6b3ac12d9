/* layout.h: a graph placed on paper.
 * In: a Graph; out: a Scene with a place for every node, group, edge and label. Decides sizes and
 * places only; colours, fonts' files and SVG are others' business. Same graph, same places, on
 * every machine. */
#ifndef DIAGRAM_LAYOUT_LAYOUT_H
#define DIAGRAM_LAYOUT_LAYOUT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/geometry.h"
#include "diagram/model/graph.h"
#include "diagram/model/sequence.h"
#include "diagram/scene/scene.h"

typedef struct LayoutOptions {
    int font_size_px;   /* of node text; 0: 16 */
    Coord target_width; /* of the page; parts are packed to fit it. 0: 800 px */
} LayoutOptions;

/* Places a flowchart by layers along its direction. The scene lives in `arena` and points into
 * `graph`. text_setup must have been called. An empty graph gives a scene without parts. */
Scene *layout_flow(const Graph *graph, const LayoutOptions *options, Arena *arena);

/* Places a sequence diagram: participants side by side, steps below each other. As above. */
Scene *layout_sequence(const Sequence *sequence, const LayoutOptions *options, Arena *arena);

/* The scene as JSON for layout benchmarks, tests and `--format layout`: boxes, points and the boxes
 * of all texts in px. Edges are called e0, e1 ... in the order of the graph, the messages of a
 * sequence diagram m0, m1 ...; its parts stand in lists of their own. */
void layout_write_json(const Scene *scene, Buf *out);

#endif
