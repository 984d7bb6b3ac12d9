/* diagram.h: Mermaid text to a drawing in one call.
 * In: a source (a file or a fence). Out: Diagram: model, placed scene, words about it; then SVG,
 * text or JSON as often as wanted. Knows no page: links in it are the author's until site/ replaces
 * them. Every diagram kind is one row of the table in diagram.c. */
#ifndef DIAGRAM_DIAGRAM_H
#define DIAGRAM_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "diagram/model/graph.h"
#include "diagram/model/sequence.h"

struct Scene;

/* A link of a node or group. site/ writes the resolved URL, relative to the site root, into `*url`
 * before drawing. */
typedef struct DiagramLink {
    Str *url;
    Span at;
} DiagramLink;

/* One line of the text equivalent: groups, nodes and connections as a nested list. */
typedef struct DiagramLine {
    int depth; /* 0: a heading ("Groups"); 1 and more: list items */
    Str text;
} DiagramLine;

typedef struct Diagram {
    bool is_drawn;      /* false: unsupported or rejected; the source is shown instead */
    Str kind;           /* "flowchart"; the first word where it is unknown */
    Graph *graph;       /* the model of layered kinds; NULL for others */
    Sequence *sequence; /* the model of a sequence diagram; NULL for others */
    struct Scene *scene;
    Str title;   /* front matter's or accTitle; may be empty */
    Str caption; /* docsgen.caption; may be empty */
    int width_px, height_px;
    int body_width_px, body_height_px; /* without the title above */
    DiagramLink *links;
    size_t link_count;
    DiagramLine *lines; /* the text equivalent */
    size_t line_count;
} Diagram;

typedef struct DiagramSvgOptions {
    Str id_prefix;       /* makes ids unique on a page: "d3-" */
    Str link_prefix;     /* put before links without a scheme: "../" */
    Str name;            /* accessible name; empty: the diagram's title */
    bool is_standalone;  /* a file of its own: XML head and namespaces */
    bool has_fonts;      /* takes its fonts along, cut to its text, for files that are handed on */
    bool has_no_heading; /* without the title above: a page says it already */
    bool is_dark;        /* stand-alone only: dark palette instead of light */
} DiagramSvgOptions;

/* Reads and places the diagram in `source`. Never NULL; what is wrong is in `diags`. Pure: many at
 * once, each with its arena. */
Diagram *diagram_compile(const Source *source, Arena *arena, Diags *diags);

/* Places a graph that was made by program: the dependencies of a tracker. */
Diagram *diagram_from_graph(Graph *graph, Arena *arena);

/* Append the drawing in one form. Nothing is appended for a diagram that is not drawn. */
void diagram_write_svg(const Diagram *diagram, const DiagramSvgOptions *options, Buf *out);
void diagram_write_text(const Diagram *diagram, Buf *out);   /* `diagram --format text` */
void diagram_write_json(const Diagram *diagram, Buf *out);   /* `--format json`: the model */
void diagram_write_layout(const Diagram *diagram, Buf *out); /* `--format layout`: places */

/* The part of the site's style sheet that colours inline diagrams, light and dark. */
void diagram_write_css(Buf *out);

/* A style sheet without variables and media queries, for librsvg. */
void diagram_write_flat_css(bool is_dark, Buf *out);

#endif
