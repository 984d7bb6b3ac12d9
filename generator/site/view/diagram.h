/* diagram.h: a diagram on a page.
 * In: a compiled diagram and the words around it. Out: an HTML figure with inline SVG, caption and
 * text equivalent. Knows nothing of where the diagram came from. */
#ifndef SITE_VIEW_DIAGRAM_H
#define SITE_VIEW_DIAGRAM_H

#include "base/buf.h"
#include "diagram/diagram.h"

typedef struct DiagramView {
    const Diagram *diagram;
    Str name;      /* accessible name; empty: the diagram's own title */
    Str caption;   /* empty: the diagram's own caption */
    Str id_prefix; /* unique on the page */
    Str section;   /* the heading it stands below, as text; empty: none */
    Str root;      /* from the page to the site root: "../" */
    Str svg_href;  /* the stand-alone file; empty: none */
} DiagramView;

void view_diagram(const DiagramView *view, Buf *out);

#endif
