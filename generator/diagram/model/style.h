/* style.h: what an author's styles say about one part of a graph.
 * In: class names and rules as written; out: the value that holds. What a value means is the
 * reader's business: sizes are layout's, colours are svg's. */
#ifndef DIAGRAM_MODEL_STYLE_H
#define DIAGRAM_MODEL_STYLE_H

#include "diagram/model/graph.h"

/* A part whose style is asked for. */
typedef struct StyleOwner {
    const StrList *classes; /* in order */
    const StyleList *own;   /* from style or linkStyle: these come last */
    bool is_node;           /* a classDef called "default" comes first */
} StyleOwner;

/* The last value for `property` (lower case), trimmed; empty: none was given. */
Str style_find(const Graph *graph, StyleOwner owner, const char *property);

#endif
