/* Cuts an area into the parts that hang together, and makes the model of each for the phases.
 * Sizes are turned here so that every part flows downwards; emit.c turns places back. */
#include "base/ban.h"

#include "diagram/layout/gates.h"
#include "diagram/layout/grid.h"
#include "diagram/layout/plan.h"

typedef struct Splitter {
    const Plan *plan;
    Arena *arena;
    uint32_t area;
    bool is_turned;                         /* flows left or right */
    uint32_t *root_of_node, *root_of_group; /* union-find over nodes, then groups */
    uint32_t *link;
    uint32_t *node_index, *group_index; /* graph -> LayNode (boxes too) or LayGroup of its part */
    Layered **part_of_root;
} Splitter;

static uint32_t group_vertex(const Splitter *splitter, GroupId group) {
    return (uint32_t)splitter->plan->graph->node_count + group;
}

static uint32_t find_root(Splitter *splitter, uint32_t v) {
    while (splitter->link[v] != v) {
        splitter->link[v] = splitter->link[splitter->link[v]];
        v = splitter->link[v];
    }
    return v;
}

static void unite(Splitter *splitter, uint32_t a, uint32_t b) {
    a = find_root(splitter, a);
    b = find_root(splitter, b);
    if (a != b)
        splitter->link[a > b ? a : b] = a > b ? b : a;
}

static uint32_t end_vertex(const Splitter *splitter, EdgeEnd end) {
    return end.is_group ? group_vertex(splitter, end.index) : end.index;
}

/* The edge's end as this area sees it: what lies in an area within this one is that area. */
static EdgeEnd end_in(const Splitter *splitter, size_t edge, bool is_to) {
    return gates_end(splitter->plan, edge, is_to, splitter->area);
}

/* Does the node take part in the layers of this area? Notes beside their anchors do not. */
static bool is_laid_out(const Plan *plan, uint32_t node, uint32_t area) {
    return plan->nodes[node].area == area && !plan->nodes[node].is_beside;
}

static bool is_self_loop(const Edge *edge) {
    return edge->from.is_group == edge->to.is_group && edge->from.index == edge->to.index;
}

static void unite_all(Splitter *splitter) {
    const Plan *plan = splitter->plan;
    const Graph *graph = plan->graph;
    uint32_t total = (uint32_t)(graph->node_count + graph->group_count);
    splitter->link = ARENA_ARRAY(splitter->arena, uint32_t, total);
    for (uint32_t v = 0; v < total; v++)
        splitter->link[v] = v;
    for (uint32_t i = 0; i < graph->node_count; i++)
        if (is_laid_out(plan, i, splitter->area) && graph->nodes[i].parent != splitter->area)
            unite(splitter, i, group_vertex(splitter, graph->nodes[i].parent));
    for (uint32_t g = 0; g < graph->group_count; g++)
        if (plan->groups[g].area == splitter->area && graph->groups[g].parent != splitter->area)
            unite(splitter, group_vertex(splitter, g),
                  group_vertex(splitter, graph->groups[g].parent));
    for (size_t i = 0; i < graph->edge_count; i++)
        if (plan->edges[i].area == splitter->area && !plan->edges[i].is_tether)
            unite(splitter, end_vertex(splitter, end_in(splitter, i, false)),
                  end_vertex(splitter, end_in(splitter, i, true)));
}

static LaySpacing spacing_of(const Splitter *splitter) {
    LaySpacing space = {.node = COORD_OF_PX(20),
                        .edge = COORD_OF_PX(10),
                        .slot = COORD_OF_PX(10),
                        .label = COORD_OF_PX(10),
                        .pad = PLAN_PAD,
                        .group = COORD_OF_PX(14)};
    (void)splitter;
    return space;
}

static Layered *new_part(const Splitter *splitter) {
    GraphDirection direction = plan_direction(splitter->plan, splitter->area);
    const Graph *graph = splitter->plan->graph;
    Layered *lay = ARENA_NEW(splitter->arena, Layered);
    lay->arena = splitter->arena;
    lay->graph = graph;
    lay->grids = splitter->plan->grids.grids;
    lay->title_side = splitter->is_turned     ? TITLE_AT_LEFT
                      : direction == GRAPH_BT ? TITLE_AT_BOTTOM
                                              : TITLE_AT_TOP;
    lay->space = spacing_of(splitter);
    lay->scale = 1;
    lay->is_hasty = splitter->plan->way.is_hasty;
    lay->is_spread = splitter->plan->way.is_spread;
    lay->page = splitter->plan->target_width;
    if (splitter->is_turned)
        lay->page = lay->page * 3 / 4; /* pages are wider than high */
    lay->is_loose = splitter->plan->way.is_loose;
    lay->is_tight = splitter->plan->way.is_tight;
    lay->is_alike = splitter->plan->way.is_alike;
    return lay;
}

static Layered *part_of(const Splitter *splitter, uint32_t vertex) {
    return splitter->part_of_root[splitter->link[vertex]];
}

/* All members of a grid but the first have no place of their own in the model. */
static bool is_hidden(const Splitter *splitter, uint32_t node) {
    const Grid *grid = grid_of(&splitter->plan->grids, node);
    return grid && grid->members[0] != node;
}

/* Is the edge in the model: in this area, no loop, not one of many that a trunk stands for? */
static bool is_shown(const Splitter *splitter, size_t index) {
    const Edge *edge = &splitter->plan->graph->edges[index];
    return splitter->plan->edges[index].area == splitter->area && !is_self_loop(edge) &&
           !splitter->plan->edges[index].is_tether &&
           (edge->from.is_group || !is_hidden(splitter, edge->from.index)) &&
           (edge->to.is_group || !is_hidden(splitter, edge->to.index));
}

/* Counts what each part will hold, so that its arrays can be made at once. */
static void count_members(Splitter *splitter) {
    const Plan *plan = splitter->plan;
    const Graph *graph = plan->graph;
    for (uint32_t i = 0; i < graph->node_count; i++)
        if (is_laid_out(plan, i, splitter->area) && !is_hidden(splitter, i))
            part_of(splitter, i)->node_count++;
    for (uint32_t g = 0; g < graph->group_count; g++) {
        if (plan->groups[g].area != splitter->area)
            continue;
        Layered *lay = part_of(splitter, group_vertex(splitter, g));
        if (plan->groups[g].is_area)
            lay->node_count++;
        else
            lay->group_count++;
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        if (!is_shown(splitter, i))
            continue;
        EdgeEnd from = end_in(splitter, i, false), to = end_in(splitter, i, true);
        Layered *lay = part_of(splitter, end_vertex(splitter, from));
        lay->edge_count++;
        lay->node_count += from.is_group && !plan->groups[from.index].is_area;
        lay->node_count += to.is_group && !plan->groups[to.index].is_area;
        if (plan->edges[i].text.line_count)
            lay->scale = 2;
    }
}

static void make_arrays(Layered *lay, Arena *arena) {
    lay->nodes = ARENA_ARRAY(arena, LayNode, lay->node_count);
    lay->groups = ARENA_ARRAY(arena, LayGroup, (size_t)lay->group_count + 1);
    lay->edges = ARENA_ARRAY(arena, LayEdge, lay->edge_count);
    lay->node_count = lay->edge_count = 0;
    lay->group_count = 1;
    lay->groups[LAY_ROOT] = (LayGroup){.ref = GRAPH_NONE, .parent = LAY_NONE};
}

static uint32_t group_of(const Splitter *splitter, GroupId parent) {
    return parent == splitter->area ? LAY_ROOT : splitter->group_index[parent];
}

static uint32_t add_node(const Splitter *splitter, Layered *lay, LayNode node) {
    if (splitter->is_turned) {
        Coord width = node.width, loop = node.loop_width;
        node.width = node.height;
        node.height = width;
        node.loop_width = node.loop_height;
        node.loop_height = loop;
    }
    lay->nodes[lay->node_count] = node;
    return lay->node_count++;
}

/* Blocks have their size as the flow runs; add_node turns what it is given. */
static LayNode grid_node(const Splitter *splitter, const Grid *grid) {
    return (LayNode){.kind = LAY_GRID,
                     .ref = (uint32_t)(grid - splitter->plan->grids.grids),
                     .group =
                         group_of(splitter, splitter->plan->graph->nodes[grid->members[0]].parent),
                     .shape = SHAPE_RECT,
                     .width = splitter->is_turned ? grid->height : grid->width,
                     .height = splitter->is_turned ? grid->width : grid->height};
}

static void add_graph_node(Splitter *splitter, uint32_t i) {
    const Grid *grid = grid_of(&splitter->plan->grids, i);
    if (grid) {
        splitter->node_index[i] =
            add_node(splitter, part_of(splitter, i), grid_node(splitter, grid));
        return;
    }
    const NodePlan *node = &splitter->plan->nodes[i];
    const Node *source = &splitter->plan->graph->nodes[i];
    LayNode made = {.ref = i,
                    .group = group_of(splitter, source->parent),
                    .shape = source->shape,
                    .pitch = node->pitch,
                    .head_pitch = node->head_pitch,
                    .notes = node->notes.room,
                    .pad = node->pad,
                    .width = node->box.width + (splitter->is_turned ? 2 * node->pad : 0),
                    .height = node->box.height + (splitter->is_turned ? 0 : 2 * node->pad)};
    made.notes.before += node->overhang;
    made.notes.after += node->overhang;
    /* Loops stand below each other at the right, or beside each other below. */
    Coord count = (Coord)node->loop_count;
    /* The line to a note at their side passes beside the last loop's label. */
    Coord each = node->loop_along + (node->notes.room.after ? COORD_OF_PX(22) : 0);
    Coord loops = count * each + 2 * node->pad;
    if (count && splitter->is_turned) {
        made.loop_height = node->loop_out;
        made.width = made.width > loops ? made.width : loops;
    } else if (count) {
        made.loop_width = node->loop_out;
        made.height = made.height > loops ? made.height : loops;
    }
    splitter->node_index[i] = add_node(splitter, part_of(splitter, i), made);
}

static void add_group(Splitter *splitter, uint32_t g) {
    const GroupPlan *group = &splitter->plan->groups[g];
    const Group *source = &splitter->plan->graph->groups[g];
    Layered *lay = part_of(splitter, group_vertex(splitter, g));
    uint32_t parent = group_of(splitter, source->parent);
    if (group->is_area) {
        splitter->group_index[g] = add_node(splitter, lay,
                                            (LayNode){.kind = LAY_BOX,
                                                      .ref = g,
                                                      .group = parent,
                                                      .shape = SHAPE_RECT,
                                                      .notes = group->notes.room,
                                                      .width = group->box.width,
                                                      .height = group->box.height});
        return;
    }
    splitter->group_index[g] = lay->group_count;
    lay->groups[lay->group_count++] = (LayGroup){.ref = g,
                                                 .parent = parent,
                                                 .depth = lay->groups[parent].depth + 1,
                                                 .title_width = group->title.width,
                                                 .title_height = group->title.height};
}

static uint32_t end_node(Splitter *splitter, Layered *lay, EdgeEnd end) {
    if (!end.is_group)
        return splitter->node_index[end.index];
    uint32_t index = splitter->group_index[end.index];
    if (splitter->plan->groups[end.index].is_area)
        return index;
    return add_node(
        splitter, lay,
        (LayNode){.kind = LAY_PORT, .ref = end.index, .group = index, .shape = SHAPE_RECT});
}

/* Does one end lie inside the other, a group? */
static bool is_inward(const Graph *graph, const Edge *edge) {
    GroupId from = edge->from.is_group ? edge->from.index : graph->nodes[edge->from.index].parent;
    GroupId to = edge->to.is_group ? edge->to.index : graph->nodes[edge->to.index].parent;
    return (edge->from.is_group && to != GRAPH_NONE &&
            graph_group_contains(graph, edge->from.index, to)) ||
           (edge->to.is_group && from != GRAPH_NONE &&
            graph_group_contains(graph, edge->to.index, from));
}

/* Where an edge meets an area that it comes into, at both sides that it may come to. */
static void set_gate(const Splitter *splitter, Layered *lay, LayEdge *edge, bool is_to) {
    static const Side upper[] = {[GRAPH_TB] = SIDE_TOP,
                                 [GRAPH_BT] = SIDE_BOTTOM,
                                 [GRAPH_LR] = SIDE_LEFT,
                                 [GRAPH_RL] = SIDE_RIGHT};
    static const Side lower[] = {[GRAPH_TB] = SIDE_BOTTOM,
                                 [GRAPH_BT] = SIDE_TOP,
                                 [GRAPH_LR] = SIDE_RIGHT,
                                 [GRAPH_RL] = SIDE_LEFT};
    const Plan *plan = splitter->plan;
    if (!plan->edges[edge->ref].gates[is_to])
        return;
    GraphDirection direction = plan_direction(plan, splitter->area);
    LayNode *node = &lay->nodes[is_to ? edge->to : edge->from];
    if (direction == GRAPH_INHERIT)
        direction = GRAPH_TB;
    const Edge *source = &plan->graph->edges[edge->ref];
    EdgeEnd goal = is_to ? source->to : source->from;
    node->has_gates = edge->has_gate[is_to] = true;
    edge->gate_goal[is_to] = 2 * goal.index + goal.is_group;
    edge->gate_above[is_to] = gates_at(plan, edge->ref, is_to, upper[direction]) - node->width / 2;
    edge->gate_below[is_to] = gates_at(plan, edge->ref, is_to, lower[direction]) - node->width / 2;
}

static void add_edge(Splitter *splitter, uint32_t i) {
    const EdgePlan *plan = &splitter->plan->edges[i];
    const Edge *source = &splitter->plan->graph->edges[i];
    EdgeEnd from = end_in(splitter, i, false), to = end_in(splitter, i, true);
    Layered *lay = part_of(splitter, end_vertex(splitter, from));
    LayEdge edge = {.ref = i, .weight = source->line == EDGE_DOTTED ? 1 : 2};
    edge.from = end_node(splitter, lay, from);
    edge.to = end_node(splitter, lay, to);
    set_gate(splitter, lay, &edge, false);
    set_gate(splitter, lay, &edge, true);
    edge.length = lay->scale * (source->length > 0 ? source->length : 1);
    edge.is_inward = is_inward(splitter->plan->graph, source);
    edge.label_width = splitter->is_turned ? plan->label.height : plan->label.width;
    edge.label_height = splitter->is_turned ? plan->label.width : plan->label.height;
    lay->edges[lay->edge_count++] = edge;
}

static void add_members(Splitter *splitter) {
    const Plan *plan = splitter->plan;
    const Graph *graph = plan->graph;
    for (uint32_t g = 0; g < graph->group_count; g++)
        if (plan->groups[g].area == splitter->area)
            add_group(splitter, g);
    for (uint32_t i = 0; i < graph->node_count; i++)
        if (is_laid_out(plan, i, splitter->area) && !is_hidden(splitter, i))
            add_graph_node(splitter, i);
    for (uint32_t i = 0; i < graph->edge_count; i++)
        if (is_shown(splitter, i))
            add_edge(splitter, i);
}

PartList part_split(const Plan *plan, uint32_t area, Arena *arena) {
    const Graph *graph = plan->graph;
    GraphDirection direction = plan_direction(plan, area);
    Splitter splitter = {.plan = plan, .arena = arena, .area = area};
    uint32_t total = (uint32_t)(graph->node_count + graph->group_count);
    splitter.is_turned = direction == GRAPH_LR || direction == GRAPH_RL;
    splitter.node_index = ARENA_ARRAY(arena, uint32_t, graph->node_count);
    splitter.group_index = ARENA_ARRAY(arena, uint32_t, graph->group_count);
    splitter.part_of_root = ARENA_ARRAY(arena, Layered *, total);
    unite_all(&splitter);
    PartList list = {.parts = ARENA_ARRAY(arena, Layered *, total)};
    for (uint32_t v = 0; v < total; v++) {
        uint32_t node_count = (uint32_t)graph->node_count;
        bool is_in =
            v < node_count ? is_laid_out(plan, v, area) : plan->groups[v - node_count].area == area;
        uint32_t root = splitter.link[v] = find_root(&splitter, v);
        if (!is_in || splitter.part_of_root[root])
            continue;
        splitter.part_of_root[root] = list.parts[list.count++] = new_part(&splitter);
    }
    count_members(&splitter);
    for (size_t i = 0; i < list.count; i++)
        make_arrays(list.parts[i], arena);
    add_members(&splitter);
    return list;
}
