#include "bench/graphs.h"

#include "base/escape.h"

/* A linear congruential generator (Knuth's MMIX constants): the high half is good enough here. */
typedef struct Random {
    uint64_t state;
} Random;

static uint32_t random_below(Random *random, size_t bound) {
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random->state >> 33) % bound);
}

static bool random_percent(Random *random, uint32_t percent) {
    return random_below(random, 100) < percent;
}

static const char *const nouns[] = {"api",   "ledger", "cart",   "queue",  "cache",
                                    "index", "router", "worker", "store",  "mailer",
                                    "proxy", "agent",  "report", "search", "billing"};
static const char *const words[] = {"edge",   "core",    "public",   "batch",
                                    "shared", "partner", "internal", "regional"};
static const char *const protocols[] = {"HTTPS :443", "gRPC :50051", "SQL :5432", "events", "read"};
#define PICK(random, list) (list)[random_below((random), sizeof(list) / sizeof *(list))]

static uint32_t add_node(BenchGraph *graph, Random *random, uint32_t group, Arena *arena) {
    ARENA_RESERVE(arena, graph->nodes, graph->node_count, graph->node_capacity);
    const char *word = PICK(random, words), *noun = PICK(random, nouns);
    graph->nodes[graph->node_count] =
        (BenchNode){group, str_format(arena, "%s %s %zu", word, noun, graph->node_count)};
    return (uint32_t)graph->node_count++;
}

static void add_edge(BenchGraph *graph, Random *random, uint32_t from, uint32_t to, Arena *arena) {
    if (from == to)
        return;
    ARENA_RESERVE(arena, graph->edges, graph->edge_count, graph->edge_capacity);
    Str label = random_percent(random, 20) ? str_from(PICK(random, protocols)) : STR("");
    graph->edges[graph->edge_count++] = (BenchEdge){from, to, label};
}

static uint32_t add_group(BenchGraph *graph, Random *random, uint32_t parent, Arena *arena) {
    ARENA_RESERVE(arena, graph->groups, graph->group_count, graph->group_capacity);
    graph->groups[graph->group_count] = (BenchGroup){
        parent, str_format(arena, "%s zone %zu", PICK(random, words), graph->group_count)};
    return (uint32_t)graph->group_count++;
}

/* Zones of four to eight nodes, three zones to a region, three regions to a site. A zone is a short
 * tree; one or two edges lead on to the next zone, now and then one further or back. */
static void make_architecture(BenchGraph *graph, size_t size, Random *random, Arena *arena) {
    uint32_t site = BENCH_NONE, region = BENCH_NONE, before = 0;
    for (size_t zone = 0; graph->node_count < size; zone++) {
        if (zone % 9 == 0)
            site = size > 60 ? add_group(graph, random, BENCH_NONE, arena) : BENCH_NONE;
        if (zone % 3 == 0)
            region = add_group(graph, random, site, arena);
        uint32_t group = add_group(graph, random, region, arena);
        uint32_t first = (uint32_t)graph->node_count, last = first;
        size_t end = first + 4 + random_below(random, 5);
        while (graph->node_count < end && graph->node_count < size) {
            last = add_node(graph, random, group, arena);
            if (last > first)
                add_edge(graph, random, first + random_below(random, last - first), last, arena);
        }
        size_t count = last - first + 1, links = first ? 1 + random_below(random, 2) : 0;
        for (size_t i = 0; i < links; i++)
            add_edge(graph, random, before + random_below(random, first - before),
                     first + random_below(random, count), arena);
        if (first > 20 && random_percent(random, 30))
            add_edge(graph, random, first - 1 - random_below(random, 20), last, arena);
        if (first && random_percent(random, 6))
            add_edge(graph, random, last, before, arena);
        before = first;
    }
}

static void make_dag(BenchGraph *graph, size_t size, Random *random, Arena *arena) {
    for (uint32_t i = 0; i < size; i++) {
        add_node(graph, random, BENCH_NONE, arena);
        if (i > 0)
            add_edge(graph, random, i - 1 - random_below(random, i < 14 ? i : 14), i, arena);
        if (i > 1 && random_percent(random, 35))
            add_edge(graph, random, i - 1 - random_below(random, i < 30 ? i : 30), i, arena);
    }
}

static const struct {
    const char *name;
    void (*make)(BenchGraph *graph, size_t size, Random *random, Arena *arena);
} kinds[BENCH_KIND_COUNT] = {
    [BENCH_ARCHITECTURE] = {"arch", make_architecture},
    [BENCH_DAG] = {"dag", make_dag},
};

const char *bench_kind_name(BenchKind kind) {
    return kinds[kind].name;
}

BenchGraph *bench_graph_new(BenchKind kind, size_t size, uint32_t seed, Arena *arena) {
    BenchGraph *graph = ARENA_NEW(arena, BenchGraph);
    Random random = {seed};
    random_below(&random, 1); /* small seeds differ only after a step */
    kinds[kind].make(graph, size, &random, arena);
    return graph;
}

/* What lies in `parent`. Groups are few, so that looking through all of them is no matter. */
static void write_inside(const BenchGraph *graph, uint32_t parent, bool is_dot, Buf *out) {
    for (size_t i = 0; i < graph->node_count; i++) {
        const BenchNode *node = &graph->nodes[i];
        if (node->group != parent)
            continue;
        if (is_dot)
            buf_add_format(out, "n%zu [label=\"%.*s\"];\n", i, STR_FMT(node->label));
        else
            buf_add_format(out, "n%zu[\"%.*s\"]\n", i, STR_FMT(node->label));
    }
    for (uint32_t i = 0; i < graph->group_count; i++) {
        const BenchGroup *group = &graph->groups[i];
        if (group->parent != parent)
            continue;
        if (is_dot)
            buf_add_format(out, "subgraph cluster_g%u { label=\"%.*s\";\n", i,
                           STR_FMT(group->label));
        else
            buf_add_format(out, "subgraph g%u[\"%.*s\"]\n", i, STR_FMT(group->label));
        write_inside(graph, i, is_dot, out);
        buf_add_text(out, is_dot ? "}\n" : "end\n");
    }
}

void bench_write_mermaid(const BenchGraph *graph, Buf *out) {
    buf_add_text(out, "flowchart TB\n");
    write_inside(graph, BENCH_NONE, false, out);
    for (size_t i = 0; i < graph->edge_count; i++) {
        const BenchEdge *edge = &graph->edges[i];
        if (edge->label.size)
            buf_add_format(out, "n%u -->|\"%.*s\"| n%u\n", edge->from, STR_FMT(edge->label),
                           edge->to);
        else
            buf_add_format(out, "n%u --> n%u\n", edge->from, edge->to);
    }
}

void bench_write_dot(const BenchGraph *graph, Buf *out) {
    buf_add_text(out, "digraph g {\nnode [shape=box];\n");
    write_inside(graph, BENCH_NONE, true, out);
    for (size_t i = 0; i < graph->edge_count; i++)
        buf_add_format(out, "n%u -> n%u [label=\"%.*s\"];\n", graph->edges[i].from,
                       graph->edges[i].to, STR_FMT(graph->edges[i].label));
    buf_add_text(out, "}\n");
}

static void write_group_json(uint32_t group, Str label, Buf *out) {
    if (group == BENCH_NONE)
        buf_add_text(out, "{\"group\":null,\"label\":");
    else
        buf_add_format(out, "{\"group\":%u,\"label\":", group);
    json_string(out, label);
    buf_add_text(out, "}");
}

void bench_write_json(const BenchGraph *graph, Buf *out) {
    buf_add_text(out, "{\"nodes\":[");
    for (size_t i = 0; i < graph->node_count; i++) {
        buf_add_text(out, i ? ",\n" : "\n");
        write_group_json(graph->nodes[i].group, graph->nodes[i].label, out);
    }
    buf_add_text(out, "],\n\"groups\":[");
    for (size_t i = 0; i < graph->group_count; i++) {
        buf_add_text(out, i ? ",\n" : "\n");
        write_group_json(graph->groups[i].parent, graph->groups[i].label, out);
    }
    buf_add_text(out, "],\n\"edges\":[");
    for (size_t i = 0; i < graph->edge_count; i++) {
        const BenchEdge *edge = &graph->edges[i];
        buf_add_format(out, "%s{\"from\":%u,\"to\":%u,\"label\":", i ? ",\n" : "\n", edge->from,
                       edge->to);
        json_string(out, edge->label);
        buf_add_text(out, "}");
    }
    buf_add_text(out, "]}\n");
}
