#include "base/ban.h"

#include "diagram/model/graph.h"

#include "base/map.h"

Graph *graph_new(Arena *arena) {
    Graph *graph = ARENA_NEW(arena, Graph);
    graph->node_index = map_new(arena);
    return graph;
}

/* Map values must not be NULL, so the index is stored plus one. */
static void *value_of_index(uint32_t index) {
    return (void *)((uintptr_t)index + 1);
}

NodeId graph_intern(Graph *graph, Arena *arena, Str id, Span at) {
    NodeId found = graph_find(graph, id);
    if (found != GRAPH_NONE)
        return found;

    ARENA_RESERVE(arena, graph->nodes, graph->node_count, graph->node_capacity);
    NodeId index = (NodeId)graph->node_count++;
    graph->nodes[index] = (Node){
        .id = id,
        .label = {.text = id},
        .shape = SHAPE_RECT,
        .parent = GRAPH_NONE,
        .at = at,
    };
    map_put(graph->node_index, id, value_of_index(index));
    return index;
}

NodeId graph_find(const Graph *graph, Str id) {
    const void *value = map_find(graph->node_index, id);
    return value ? (NodeId)((uintptr_t)value - 1) : GRAPH_NONE;
}

GroupId graph_find_group(const Graph *graph, Str id) {
    for (size_t i = 0; i < graph->group_count; i++) {
        if (str_equal(graph->groups[i].id, id))
            return (GroupId)i;
    }
    return GRAPH_NONE;
}

EdgeId graph_add_edge(Graph *graph, Arena *arena, EdgeEnd from, EdgeEnd to, Span at) {
    ARENA_RESERVE(arena, graph->edges, graph->edge_count, graph->edge_capacity);
    EdgeId index = (EdgeId)graph->edge_count++;
    graph->edges[index] = (Edge){.from = from, .to = to, .length = 1, .at = at};
    return index;
}

GroupId graph_add_group(Graph *graph, Arena *arena, Str id, Span at) {
    ARENA_RESERVE(arena, graph->groups, graph->group_count, graph->group_capacity);
    GroupId index = (GroupId)graph->group_count++;
    graph->groups[index] =
        (Group){.id = id, .parent = GRAPH_NONE, .direction = GRAPH_INHERIT, .at = at};
    return index;
}

bool graph_group_contains(const Graph *graph, GroupId outer, GroupId inner) {
    while (inner != GRAPH_NONE && inner != outer)
        inner = graph->groups[inner].parent;
    return inner == outer && outer != GRAPH_NONE;
}

/* Ends name a node or a group by index. */
static bool end_is_valid(const Graph *graph, EdgeEnd end) {
    return end.index < (end.is_group ? graph->group_count : graph->node_count);
}

/* Layout indexes without looking, so everything that it relies on is tried here once. */
bool graph_check(const Graph *graph) {
    if (graph->direction == GRAPH_INHERIT || map_count(graph->node_index) != graph->node_count)
        return false;

    for (size_t i = 0; i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        bool has_parent = node->parent != GRAPH_NONE;
        if (node->id.size == 0 || graph_find(graph, node->id) != i || node->shape >= SHAPE_COUNT ||
            (has_parent && node->parent >= graph->group_count))
            return false;
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        if (!end_is_valid(graph, edge->from) || !end_is_valid(graph, edge->to) ||
            edge->length < 1 || edge->length > 10)
            return false;
    }
    /* A parent with a smaller index also means that nobody is his own ancestor. */
    for (size_t i = 0; i < graph->group_count; i++) {
        GroupId parent = graph->groups[i].parent;
        if (parent != GRAPH_NONE && parent >= i)
            return false;
    }
    return true;
}
