/* scene.h: a finished drawing as data: shapes with places, lines with corners, text with baselines.
 * In: what layout/ decided. Out: what svg/ writes. Every diagram kind ends here; nothing here is
 * Mermaid's. No colours: a part carries its class names and the author's styles, svg/theme.c
 * resolves them. */
#ifndef DIAGRAM_SCENE_SCENE_H
#define DIAGRAM_SCENE_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "base/str.h"
#include "diagram/model/graph.h"
#include "diagram/text/text.h"

/* A text with its place. Lines stand below each other, each aligned within `box` by `anchor`. */
typedef struct SceneText {
    TextBlock block;
    Box box; /* exactly block.width x block.height */
    enum {
        SCENE_MIDDLE,
        SCENE_START
    } anchor;
} SceneText;

/* How a part looks: class names in order, then the author's own rules. */
typedef struct SceneLook {
    const StyleClass *classes; /* the graph's classDefs, for names that are not built in */
    size_t class_count;
    StrList names;
    StyleList style;
} SceneLook;

typedef struct SceneNode {
    Str id; /* the author's id */
    Box box;
    NodeShape shape;
    SceneText text;
    SceneText *texts; /* more of them, in compartments */
    size_t text_count;
    Box *rules; /* lines between compartments: no height, or no width */
    size_t rule_count;
    SceneLook look;
    Str link, tooltip; /* empty: none */
    uint32_t parent;   /* index into Scene.groups or GRAPH_NONE */
} SceneNode;

typedef struct SceneGroup {
    Str id;
    Box box;
    SceneText title; /* no lines: no title */
    SceneLook look;
    Str link;
    bool is_dashed;
    uint32_t parent; /* index into Scene.groups or GRAPH_NONE */
    int depth;       /* 0 for outermost; decides the tint */
} SceneGroup;

typedef struct SceneEdge {
    Str from, to; /* ids of the ends, for text and highlighting */
    bool from_is_group, to_is_group;
    Point *points; /* sharp corners, from outline to outline; svg/ rounds them */
    size_t point_count;
    EdgeLine line;
    EdgeHead start, end;
    SceneText label;   /* no lines: no label */
    SceneText ends[2]; /* beside the start and the end; without ground, as nothing else is there */
    SceneLook look;
} SceneEdge;

typedef struct SceneLegendRow {
    Str key; /* class name or edge ("-->", "-.->") */
    SceneText text;
    Box sample; /* where the sample of the colour or line goes */
} SceneLegendRow;

struct SceneSequence;

typedef struct Scene {
    Coord width, height;
    int font_size_px;   /* of node text */
    SceneText heading;  /* above everything; no lines: none */
    Box body;           /* all but the heading, with its margin */
    Str title;          /* accessible name; may be empty */
    Str description;    /* may be empty */
    GraphKind kind;     /* what the legend's lines are written in */
    Str role_word;      /* "Flowchart", for the text equivalent */
    SceneGroup *groups; /* parents before children */
    size_t group_count;
    SceneNode *nodes;
    size_t node_count;
    SceneEdge *edges;
    size_t edge_count;
    SceneLegendRow *legend;
    size_t legend_count;
    struct SceneSequence *sequence; /* of a sequence diagram, which has none of the above */
} Scene;

#endif
