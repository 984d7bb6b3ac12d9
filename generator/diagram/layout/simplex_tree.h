/* simplex_tree.h: what simplex.c, simplex_start.c and simplex_pivot.c share: values, and the
 * spanning tree of tight arcs that fixes them.
 * In: the arcs of a Simplex; out: values. Parts that no arc joins hang on the first variable by an
 * arc that is none, so there is always one tree; which of its nodes is the root says nothing. */
#ifndef DIAGRAM_LAYOUT_SIMPLEX_TREE_H
#define DIAGRAM_LAYOUT_SIMPLEX_TREE_H

#include "diagram/layout/simplex.h"

#define SIMPLEX_NONE UINT32_MAX

/* An arc as one of its ends sees it. */
typedef struct ArcEnd {
    uint32_t arc, far; /* far: the variable at the other end */
    int32_t length;
} ArcEnd;

/* A variable in the tree. */
typedef struct TreeNode {
    uint32_t up, up_arc;            /* its parent; of the root both are SIMPLEX_NONE */
    uint32_t child, next, previous; /* its first child; its siblings */
    uint32_t size;                  /* variables of its subtree */
} TreeNode;

typedef struct Solver {
    const SimplexArc *arcs;
    uint32_t arc_count, count;
    int32_t *value;
    ArcEnd *ends; /* of each variable: arcs from it, then arcs to it */
    uint32_t *first, *first_to;
    TreeNode *nodes;
    uint32_t root;
    uint32_t *tree; /* the tree arcs, in no order, */
    uint32_t tree_count;
    uint32_t *slot;      /* arc -> its index among them */
    uint32_t *part;      /* variable -> which part it hangs together with, */
    uint32_t part_count; /* counted from 0 */
    uint32_t *list;      /* scratch, as long as there are variables; after the start: all of them,
                            parents before children */
} Solver;

/* Sorts the arcs by their ends. */
void simplex_index(Solver *solver, Arena *arena);

/* Finds values that meet all bounds, from those in `value` if `has_start`, and a tree of arcs that
 * they meet exactly. */
void simplex_start(Solver *solver, bool has_start, Arena *arena);

/* Exchanges arcs of the tree until no values cost less, or very much has been tried. */
void simplex_improve(Solver *solver, Arena *arena);

/* Hangs `v` below `up`; sizes are left to the caller. */
static inline void simplex_hang(TreeNode *nodes, uint32_t v, uint32_t up, uint32_t arc) {
    uint32_t next = nodes[up].child;
    nodes[v].up = up;
    nodes[v].up_arc = arc;
    nodes[v].previous = SIMPLEX_NONE;
    nodes[v].next = next;
    nodes[up].child = v;
    if (next != SIMPLEX_NONE)
        nodes[next].previous = v;
}

#endif
