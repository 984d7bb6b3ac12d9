#include "base/ban.h"

#include "diagram/model/reach.h"

#include "base/utf8.h"

/* A way is told whole up to twelve places, a name up to sixty bytes. */
#define TOLD_PLACES 12
#define TOLD_BYTES  60

bool edge_leads_on(const Edge *edge) {
    return edge->line != EDGE_INVISIBLE && (edge->end != HEAD_NONE || edge->start == HEAD_NONE);
}

bool edge_leads_back(const Edge *edge) {
    return edge->line != EDGE_INVISIBLE && (edge->start != HEAD_NONE || edge->end == HEAD_NONE);
}

static Vertex entry_of(const Reach *reach, GroupId group) {
    return (Vertex)(reach->graph->node_count + group);
}

/* A hollow group is left from where it is entered. */
static Vertex exit_of(const Reach *reach, GroupId group) {
    return entry_of(reach, group) +
           (reach->is_hollow[group] ? 0 : (Vertex)reach->graph->group_count);
}

static bool is_node(const Reach *reach, Vertex vertex) {
    return vertex < reach->graph->node_count;
}

static GroupId group_of(const Reach *reach, Vertex vertex) {
    size_t group = vertex - reach->graph->node_count, count = reach->graph->group_count;
    return (GroupId)(group < count ? group : group - count);
}

/* Arcs are made in two turns over the graph: the first counts, the second puts them in their
 * places. `fill` is NULL in the first. */
typedef struct ArcMaker {
    Reach *reach;
    size_t *fill;
} ArcMaker;

static void add_arc(ArcMaker *maker, Vertex from, Vertex to, EdgeId edge) {
    if (maker->fill)
        maker->reach->arcs[maker->fill[from]++] = (Arc){to, edge};
    else
        maker->reach->starts[from + 1]++;
}

static void add_membership(ArcMaker *maker, GroupId parent, Vertex entry, Vertex exit) {
    if (parent == GRAPH_NONE)
        return;
    add_arc(maker, entry_of(maker->reach, parent), entry, GRAPH_NONE);
    add_arc(maker, exit, exit_of(maker->reach, parent), GRAPH_NONE);
}

static void add_edge(ArcMaker *maker, EdgeEnd from, EdgeEnd to, EdgeId edge) {
    const Reach *reach = maker->reach;
    Vertex start = from.is_group ? exit_of(reach, from.index) : from.index;
    Vertex end = to.is_group ? entry_of(reach, to.index) : to.index;
    add_arc(maker, start, end, edge);
}

static void add_arcs(ArcMaker *maker) {
    const Graph *graph = maker->reach->graph;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const Edge *edge = &graph->edges[i];
        if (edge_leads_on(edge))
            add_edge(maker, edge->from, edge->to, (EdgeId)i);
        if (edge_leads_back(edge))
            add_edge(maker, edge->to, edge->from, (EdgeId)i);
    }
    for (size_t i = 0; i < graph->node_count; i++)
        add_membership(maker, graph->nodes[i].parent, (Vertex)i, (Vertex)i);
    for (size_t i = 0; i < graph->group_count; i++)
        add_membership(maker, graph->groups[i].parent, entry_of(maker->reach, (GroupId)i),
                       exit_of(maker->reach, (GroupId)i));
}

static void find_hollow(Reach *reach, Arena *arena) {
    const Graph *graph = reach->graph;
    reach->is_hollow = ARENA_ARRAY(arena, bool, graph->group_count);
    for (size_t i = 0; i < graph->group_count; i++)
        reach->is_hollow[i] = true;
    for (size_t i = 0; i < graph->node_count; i++)
        if (graph->nodes[i].parent != GRAPH_NONE)
            reach->is_hollow[graph->nodes[i].parent] = false;
    for (size_t i = 0; i < graph->group_count; i++)
        if (graph->groups[i].parent != GRAPH_NONE)
            reach->is_hollow[graph->groups[i].parent] = false;
}

Reach *reach_new(const Graph *graph, Arena *arena) {
    Reach *reach = ARENA_NEW(arena, Reach);
    *reach = (Reach){.graph = graph, .vertex_count = graph->node_count + 2 * graph->group_count};
    find_hollow(reach, arena);
    reach->starts = ARENA_ARRAY(arena, size_t, reach->vertex_count + 1);
    ArcMaker maker = {reach, NULL};
    add_arcs(&maker);
    for (size_t i = 0; i < reach->vertex_count; i++)
        reach->starts[i + 1] += reach->starts[i];
    reach->arcs = ARENA_ARRAY(arena, Arc, reach->starts[reach->vertex_count]);
    maker.fill = ARENA_ARRAY(arena, size_t, reach->vertex_count);
    if (reach->vertex_count)
        memcpy(maker.fill, reach->starts, reach->vertex_count * sizeof *maker.fill);
    add_arcs(&maker);
    return reach;
}

static size_t mark(bool *set, Vertex vertex) {
    size_t is_new = !set[vertex];
    set[vertex] = true;
    return is_new;
}

size_t reach_mark(const Reach *reach, EdgeEnd end, bool *set, Arena *arena) {
    const Graph *graph = reach->graph;
    if (!end.is_group)
        return mark(set, end.index);
    /* A parent comes before its children, so one turn finds all groups inside. */
    bool *is_inside = ARENA_ARRAY(arena, bool, graph->group_count);
    size_t count = 0;
    for (size_t i = end.index; i < graph->group_count; i++) {
        GroupId parent = graph->groups[i].parent;
        is_inside[i] = i == end.index || (parent != GRAPH_NONE && is_inside[parent]);
        if (is_inside[i] && reach->is_hollow[i])
            count += mark(set, entry_of(reach, (GroupId)i));
    }
    for (size_t i = 0; i < graph->node_count; i++) {
        GroupId parent = graph->nodes[i].parent;
        if (parent != GRAPH_NONE && is_inside[parent])
            count += mark(set, (Vertex)i);
    }
    return count;
}

static void visit(Walk *walk, const bool *without, Vertex from, Arc arc) {
    if (walk->is_found[arc.to] || (without && without[arc.to]))
        return;
    walk->is_found[arc.to] = true;
    walk->previous[arc.to] = from;
    walk->by[arc.to] = arc.edge;
    walk->found[walk->count++] = arc.to;
}

/* Follows the arcs of one sort from `vertex`. */
static void follow(Walk *walk, const bool *without, Vertex vertex, bool along_edges) {
    const Reach *reach = walk->reach;
    for (size_t i = reach->starts[vertex]; i < reach->starts[vertex + 1]; i++)
        if ((reach->arcs[i].edge != GRAPH_NONE) == along_edges)
            visit(walk, without, vertex, reach->arcs[i]);
}

Walk *reach_walk(const Reach *reach, const bool *from, const bool *without, Arena *arena) {
    Walk *walk = ARENA_NEW(arena, Walk);
    *walk = (Walk){.reach = reach,
                   .found = ARENA_ARRAY(arena, Vertex, reach->vertex_count),
                   .is_found = ARENA_ARRAY(arena, bool, reach->vertex_count),
                   .previous = ARENA_ARRAY(arena, Vertex, reach->vertex_count),
                   .by = ARENA_ARRAY(arena, EdgeId, reach->vertex_count)};
    for (size_t i = 0; i < reach->vertex_count; i++)
        if (from[i])
            visit(walk, without, VERTEX_NONE, (Arc){(Vertex)i, GRAPH_NONE});
    /* The steps between a group and what lies in it cost nothing: all that is equally far is found
     * before the next edge is taken. */
    for (size_t level = 0; level < walk->count;) {
        for (size_t i = level; i < walk->count; i++)
            follow(walk, without, walk->found[i], false);
        size_t end = walk->count;
        for (; level < end; level++)
            follow(walk, without, walk->found[level], true);
    }
    return walk;
}

Vertex *walk_path(const Walk *walk, Vertex vertex, size_t *count, Arena *arena) {
    *count = 0;
    for (Vertex at = vertex; at != VERTEX_NONE; at = walk->previous[at])
        ++*count;
    Vertex *path = ARENA_ARRAY(arena, Vertex, *count);
    size_t place = *count;
    for (Vertex at = vertex; at != VERTEX_NONE; at = walk->previous[at])
        path[--place] = at;
    return path;
}

/* Cut between two characters. */
static void add_name(Buf *out, Str id) {
    Str head = utf8_head(id, TOLD_BYTES);
    buf_add(out, head);
    if (head.size < id.size)
        buf_add_text(out, "...");
}

/* Is `vertex` a place of its own, not merely the door of a group? */
static bool is_place(const Reach *reach, Vertex vertex) {
    return is_node(reach, vertex) || reach->is_hollow[group_of(reach, vertex)];
}

/* One place of a way, with the group through whose door it is reached or left, or GRAPH_NONE. */
typedef struct Step {
    Str id;
    GroupId entered, left;
} Step;

/* The doors on the way become notes of the places between them. */
static size_t find_steps(const Walk *walk, const Vertex *path, size_t count, Step *steps) {
    const Reach *reach = walk->reach;
    const Graph *graph = reach->graph;
    size_t step_count = 0;
    GroupId entered = GRAPH_NONE;
    for (size_t i = 0; i < count; i++) {
        if (is_place(reach, path[i])) {
            Str id = is_node(reach, path[i]) ? graph->nodes[path[i]].id
                                             : graph->groups[group_of(reach, path[i])].id;
            steps[step_count++] = (Step){id, entered, GRAPH_NONE};
            entered = GRAPH_NONE;
        } else if (walk->by[path[i]] != GRAPH_NONE) {
            entered = group_of(reach, path[i]);
        } else if (step_count && i + 1 < count && walk->by[path[i + 1]] != GRAPH_NONE) {
            steps[step_count - 1].left = group_of(reach, path[i]);
        }
    }
    return step_count;
}

static void add_group_note(Buf *out, const Graph *graph, GroupId group) {
    if (group == GRAPH_NONE)
        return;
    buf_add_text(out, " (in ");
    add_name(out, graph->groups[group].id);
    buf_add_char(out, ')');
}

void walk_describe(const Walk *walk, const Vertex *path, size_t count, Buf *out) {
    const Graph *graph = walk->reach->graph;
    Step *steps = ARENA_ARRAY(out->arena, Step, count);
    size_t step_count = find_steps(walk, path, count, steps);
    for (size_t i = 0; i < step_count; i++) {
        buf_add_text(out, i ? " -> " : "");
        if (step_count > TOLD_PLACES && i == TOLD_PLACES / 2) {
            buf_add_format(out, "... %zu more ... -> ", step_count - TOLD_PLACES);
            i = step_count - TOLD_PLACES / 2;
        }
        add_name(out, steps[i].id);
        add_group_note(out, graph, steps[i].entered);
        if (steps[i].left != steps[i].entered)
            add_group_note(out, graph, steps[i].left);
    }
}
