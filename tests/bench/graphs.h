/* graphs.h: diagrams made for benchmarks.
 * In: a kind, a size and a seed; out: a graph and its text in the language of each engine. The same
 * three give the same graph on every machine. */
#ifndef TESTS_BENCH_GRAPHS_H
#define TESTS_BENCH_GRAPHS_H

#include "base/ban.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

#define BENCH_NONE UINT32_MAX

typedef enum BenchKind {
    BENCH_ARCHITECTURE, /* nested groups, few edges, most of them to neighbours */
    BENCH_DAG,          /* no groups; an edge from up to 14 nodes back, at times a second one */
    BENCH_KIND_COUNT,
} BenchKind;

typedef struct BenchNode {
    uint32_t group; /* or BENCH_NONE */
    Str label;
} BenchNode;

typedef struct BenchEdge {
    uint32_t from, to;
    Str label; /* empty: none */
} BenchEdge;

typedef struct BenchGroup {
    uint32_t parent; /* or BENCH_NONE; parents come before children */
    Str label;
} BenchGroup;

typedef struct BenchGraph {
    BenchNode *nodes;
    size_t node_count, node_capacity;
    BenchEdge *edges;
    size_t edge_count, edge_capacity;
    BenchGroup *groups;
    size_t group_count, group_capacity;
} BenchGraph;

/* "arch", "dag" */
const char *bench_kind_name(BenchKind kind);

BenchGraph *bench_graph_new(BenchKind kind, size_t size, uint32_t seed, Arena *arena);

/* The text of the graph: a flowchart, a digraph for Graphviz, and nodes, groups and edges as JSON
 * for the engines that are called from JavaScript. */
void bench_write_mermaid(const BenchGraph *graph, Buf *out);
void bench_write_dot(const BenchGraph *graph, Buf *out);
void bench_write_json(const BenchGraph *graph, Buf *out);

#endif
