/* graph.h: a flowchart as data: nodes, edges, groups, styles, as the author meant them.
 * In: what syntax/ read. Out: what layout/ places. No drawing, no places on paper.
 * Other layered kinds (state, class, ER) use the same model with shapes of their own. */
#ifndef DIAGRAM_MODEL_GRAPH_H
#define DIAGRAM_MODEL_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/source.h"
#include "base/str.h"

typedef uint32_t NodeId;  /* index into Graph.nodes; stable for the graph's life */
typedef uint32_t EdgeId;  /* index into Graph.edges, in the order of writing */
typedef uint32_t GroupId; /* index into Graph.groups */
#define GRAPH_NONE ((uint32_t)UINT32_MAX)

typedef enum GraphDirection {
    GRAPH_TB,
    GRAPH_BT,
    GRAPH_LR,
    GRAPH_RL,
    GRAPH_INHERIT, /* groups only: no direction of its own */
} GraphDirection;

/* What the graph is a model of. */
typedef enum GraphKind {
    GRAPH_FLOWCHART,
    GRAPH_STATE,
    GRAPH_CLASS,
    GRAPH_ER,
} GraphKind;

typedef enum NodeShape {
    SHAPE_RECT,          /* [x] and bare ids */
    SHAPE_ROUND,         /* (x) */
    SHAPE_STADIUM,       /* ([x]) */
    SHAPE_SUBROUTINE,    /* [[x]] */
    SHAPE_CYLINDER,      /* [(x)] */
    SHAPE_CIRCLE,        /* ((x)) */
    SHAPE_DOUBLE_CIRCLE, /* (((x))) */
    SHAPE_ELLIPSE,       /* (-x-) */
    SHAPE_FLAG,          /* >x] */
    SHAPE_DIAMOND,       /* {x} */
    SHAPE_HEXAGON,       /* {{x}} */
    SHAPE_LEAN_RIGHT,    /* [/x/] */
    SHAPE_LEAN_LEFT,     /* [\x\] */
    SHAPE_TRAPEZOID,     /* [/x\] */
    SHAPE_INV_TRAPEZOID, /* [\x/] */
    SHAPE_DOCUMENT,      /* @{ shape: doc } */
    SHAPE_PROCESSES,     /* @{ shape: processes }: stacked rectangles */
    SHAPE_DOCUMENTS,     /* @{ shape: docs }: stacked documents */
    SHAPE_CARD,          /* @{ shape: card }: a corner cut off */
    SHAPE_DELAY,         /* @{ shape: delay }: round on the right */
    SHAPE_LINED,         /* @{ shape: lin-rect }: a line down the left */
    SHAPE_DIVIDED,       /* @{ shape: div-rect }: a line along the top */
    SHAPE_WINDOW,        /* @{ shape: win-pane }: both lines */
    SHAPE_SLOPED,        /* @{ shape: sl-rect }: the top rises to the right */
    SHAPE_PIPE,          /* @{ shape: h-cyl }: a cylinder that lies */
    SHAPE_BRACE_LEFT,    /* @{ shape: comment } */
    SHAPE_BRACE_RIGHT,   /* @{ shape: brace-r } */
    SHAPE_BRACES,        /* @{ shape: braces } */
    SHAPE_TRIANGLE,      /* @{ shape: tri } */
    SHAPE_INV_TRIANGLE,  /* @{ shape: flip-tri } */
    SHAPE_PENTAGON,      /* @{ shape: notch-pent }: both upper corners cut off */
    SHAPE_BOW,           /* @{ shape: bow-rect }: sides that bend to the left */
    SHAPE_TEXT,          /* @{ shape: text }: no outline */
    SHAPE_START,         /* state diagram: a full dot */
    SHAPE_STOP,          /* a full dot in a ring */
    SHAPE_BAR,           /* fork and join */
    SHAPE_CHOICE,        /* a small diamond without text */
    SHAPE_NOTE,          /* a sheet with a folded corner */
    SHAPE_COUNT,
} NodeShape;

/* Text as Mermaid keeps it: entities as characters, <br/> and raw newlines as '\n'. */
typedef struct Label {
    Str text;
    Str marks;        /* TextMark flags per byte of text, from inline HTML; empty: none */
    bool is_markdown; /* "`...`": **bold** and *italic* count */
    Span at;          /* as written, for findings; source NULL when the text is the id */
} Label;

/* One `fill:#fff` of a classDef, style or linkStyle. */
typedef struct StyleRule {
    Str property, value;
} StyleRule;

typedef struct StyleList {
    StyleRule *rules;
    size_t count, capacity;
} StyleList;

typedef struct StyleClass {
    Str name;
    StyleList style;
    Span at;
} StyleClass;

typedef struct StrList {
    Str *items;
    size_t count, capacity;
} StrList;

/* Where an edge ends: a node, or a group as a whole. */
typedef struct EdgeEnd {
    bool is_group;
    uint32_t index; /* NodeId or GroupId */
} EdgeEnd;

/* The side of its anchor on which a note stands. In a drawing that flows sideways left is above and
 * right is below, as somebody sees it who goes along. */
typedef enum NodeSide {
    BESIDE_NONE, /* anywhere */
    BESIDE_LEFT,
    BESIDE_RIGHT,
} NodeSide;

#define NODE_CELLS 4 /* type, name, keys and comment of an attribute */

/* One row below a node's name: a member of a class, an attribute of an entity. */
typedef struct NodeRow {
    Str cells[NODE_CELLS]; /* only the first unless the node is a table */
    uint8_t section;       /* rows of one section stand together; a line parts sections */
    bool is_italic, is_underlined;
} NodeRow;

typedef struct Node {
    Str id;         /* as written by the author */
    Label label;    /* the id when no text was given */
    Str stereotype; /* a line above the label; may be empty */
    NodeRow *rows;  /* compartments below the label */
    size_t row_count, row_capacity;
    bool is_table;  /* rows have columns */
    Str shape_name; /* as written in @{ shape: }, else empty */
    NodeShape shape;
    bool has_shape;  /* an outline was written; a bare id has none and is drawn as a rectangle */
    GroupId parent;  /* innermost group or GRAPH_NONE */
    StrList classes; /* from :::x and class, in order */
    StyleList style; /* from style */
    Str link;        /* from click; empty: none */
    Str tooltip;
    Span link_at;
    NodeSide beside; /* of a note that belongs to `anchor` */
    EdgeEnd anchor;
    EdgeId tether; /* the edge between the two */
    Span at;       /* first mention */
} Node;

typedef enum EdgeLine {
    EDGE_SOLID,
    EDGE_DOTTED,
    EDGE_THICK,
    EDGE_INVISIBLE
} EdgeLine;
typedef enum EdgeHead {
    HEAD_NONE,
    HEAD_ARROW,
    HEAD_CIRCLE,
    HEAD_CROSS,
    HEAD_TRIANGLE,       /* hollow: a class extends another */
    HEAD_DIAMOND,        /* hollow: aggregation */
    HEAD_DIAMOND_FILLED, /* composition */
    HEAD_LOLLIPOP,       /* a ring: an interface */
    HEAD_ONE,            /* entities: exactly one */
    HEAD_ZERO_ONE,
    HEAD_MANY, /* one or more: crow's foot */
    HEAD_ZERO_MANY,
} EdgeHead;

typedef struct Edge {
    Str id; /* from `e1@-->`; empty: none */
    EdgeEnd from, to;
    Label label;                  /* empty text: none */
    Label start_label, end_label; /* multiplicities beside the ends; empty text: none */
    EdgeLine line;
    EdgeHead start, end;
    uint8_t length; /* least number of ranks, 1 to 10 (`-->` is 1, `--->` is 2) */
    StrList classes;
    StyleList style; /* from linkStyle */
    Span at;         /* the link, without its ends */
} Edge;

typedef struct Group {
    Str id;
    Label label; /* title; may be empty */
    GroupId parent;
    GraphDirection direction;
    bool is_region; /* one of several that go on at the same time; its border is dashed */
    StrList classes;
    StyleList style;
    Str link;
    Span link_at;
    Span at; /* the id or title in the subgraph line */
} Group;

/* One row of `docsgen: legend:`; key is a class name or an edge ("-->"). */
typedef struct LegendRow {
    Str key, text;
} LegendRow;

/* One row of `docsgen: rules:`; kept for model/rules. */
typedef struct RuleRow {
    Str kind, text; /* "forbid", "internet -> grafana" */
    Span at;
} RuleRow;

typedef struct Graph {
    GraphKind kind;
    GraphDirection direction;
    Node *nodes;
    size_t node_count, node_capacity;
    Edge *edges;
    size_t edge_count, edge_capacity;
    Group *groups; /* in the order of their `subgraph` lines: a parent comes before its children */
    size_t group_count, group_capacity;
    StyleClass *classes;
    size_t class_count, class_capacity;
    StyleList default_edge_style; /* linkStyle default */
    Map *node_index;              /* id -> Node index + 1 as pointer */
    Str title;                    /* front matter `title`, else accTitle; may be empty */
    Label heading;                /* front matter `title` alone: drawn; may be empty */
    Str description;              /* accDescr; may be empty */
    Str caption;                  /* docsgen.caption */
    LegendRow *legend;
    size_t legend_count;
    Span legend_at; /* of the first row */
    RuleRow *rules;
    size_t rule_count;
    Str theme;            /* config.theme of front matter or init; empty: none */
    StrList unused_theme; /* names of theme variables that have no meaning here */
    Span theme_at;        /* where the theme or its variables are; source NULL: nowhere */
} Graph;

/* An empty graph, top to bottom. */
Graph *graph_new(Arena *arena);

/* The node called `id`, made on first mention. `id` must outlive `graph`. */
NodeId graph_intern(Graph *graph, Arena *arena, Str id, Span at);

/* The node called `id`, or GRAPH_NONE. */
NodeId graph_find(const Graph *graph, Str id);

/* The first group called `id`, or GRAPH_NONE. */
GroupId graph_find_group(const Graph *graph, Str id);

/* Adds an edge or group with defaults (solid line, no heads, length 1; no parent, inherited
 * direction). */
EdgeId graph_add_edge(Graph *graph, Arena *arena, EdgeEnd from, EdgeEnd to, Span at);
GroupId graph_add_group(Graph *graph, Arena *arena, Str id, Span at);

/* True when group `outer` is `inner` or one of its ancestors. */
bool graph_group_contains(const Graph *graph, GroupId outer, GroupId inner);

/* Is every index in range, every parent before its child, no group its own ancestor? For assert. */
bool graph_check(const Graph *graph);

#endif
