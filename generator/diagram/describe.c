/* A diagram in words, for readers who cannot see it and for machines: first what lies in what, then
 * every connection. The legend tells what kinds of lines mean. */
#include "base/ban.h"

#include "base/buf.h"
#include "diagram/describe_form.h"
#include "diagram/parts.h"
#include "diagram/text/text.h"

typedef struct Describer {
    const Graph *graph;
    const Scene *scene;
    Diagram *diagram;
    size_t capacity;
    Arena *arena;
} Describer;

static void add_line(Describer *describer, int depth, Str text) {
    Diagram *diagram = describer->diagram;
    ARENA_RESERVE(describer->arena, diagram->lines, diagram->line_count, describer->capacity);
    diagram->lines[diagram->line_count++] = (DiagramLine){depth, text};
}

/* A label on one line. The marks of Markdown are gone from the measured text; any other label is
 * taken as written, because there long words are whole. */
static Str one_line(const Label *label, const TextBlock *block, Arena *arena) {
    Buf buf = buf_new(arena);
    for (Str rest = label->text; !label->is_markdown && rest.data;) {
        buf_add(&buf, str_trim(str_cut_line(&rest)));
        buf_add_char(&buf, ' ');
    }
    if (!label->is_markdown)
        return str_trim(buf_str(&buf));
    for (size_t i = 0; i < block->line_count; i++) {
        for (size_t j = 0; j < block->lines[i].run_count; j++)
            buf_add(&buf, block->lines[i].runs[j].text);
        buf_add_char(&buf, ' ');
    }
    return str_trim(buf_str(&buf));
}

static Str node_name(const Describer *describer, NodeId id) {
    const Node *node = &describer->graph->nodes[id];
    if (node->shape == SHAPE_START)
        return STR("the start");
    if (node->shape == SHAPE_STOP)
        return STR("the end");
    Str name = one_line(&node->label, &describer->scene->nodes[id].text.block, describer->arena);
    if (node->shape == SHAPE_NOTE)
        return str_format(describer->arena, "note: %.*s", STR_FMT(name));
    return name.size ? name : node->id;
}

/* The name with what sets the node apart: "split (fork)". */
static Str node_line(const Describer *describer, NodeId id) {
    Str name = node_name(describer, id);
    Str mark = describe_mark(describer->graph, id, describer->arena);
    return mark.size ? str_format(describer->arena, "%.*s (%.*s)", STR_FMT(name), STR_FMT(mark))
                     : name;
}

static Str group_name(const Describer *describer, GroupId id) {
    const Group *group = &describer->graph->groups[id];
    if (group->is_region)
        return STR("at the same time");
    Str name = one_line(&group->label, &describer->scene->groups[id].title.block, describer->arena);
    return name.size ? name : group->id;
}

/* The name as one end of a connection. There are many starts, so it tells of which group. */
static Str end_name(const Describer *describer, EdgeEnd end) {
    if (end.is_group)
        return group_name(describer, end.index);
    const Node *node = &describer->graph->nodes[end.index];
    Str name = node_name(describer, end.index);
    GroupId group = node->parent;
    while (group != GRAPH_NONE && describer->graph->groups[group].is_region)
        group = describer->graph->groups[group].parent;
    if (group == GRAPH_NONE || (node->shape != SHAPE_START && node->shape != SHAPE_STOP))
        return name;
    Str of = group_name(describer, group);
    return str_format(describer->arena, "%.*s of %.*s", STR_FMT(name), STR_FMT(of));
}

/* What lies in each group, as chains, so that a walk over all groups takes linear time. Index 0
 * stands for the whole drawing, group g for g + 1. */
typedef struct Members {
    uint32_t *first_node, *next_node;   /* by group, by node */
    uint32_t *first_group, *next_group; /* by group, by group */
    uint32_t *node_note, *group_note;   /* notes beside, by node, by group */
} Members;

static Members find_members(const Graph *graph, Arena *arena) {
    size_t nodes = graph->node_count, groups = graph->group_count;
    Members members = {
        ARENA_ARRAY(arena, uint32_t, groups + 1), ARENA_ARRAY(arena, uint32_t, nodes),
        ARENA_ARRAY(arena, uint32_t, groups + 1), ARENA_ARRAY(arena, uint32_t, groups),
        ARENA_ARRAY(arena, uint32_t, nodes),      ARENA_ARRAY(arena, uint32_t, groups)};
    memset(members.node_note, 0xFF, nodes * sizeof(uint32_t));
    memset(members.group_note, 0xFF, groups * sizeof(uint32_t));
    memset(members.first_node, 0xFF, (groups + 1) * sizeof(uint32_t));
    memset(members.first_group, 0xFF, (groups + 1) * sizeof(uint32_t));
    for (size_t i = nodes; i-- > 0;) { /* backwards: each chain then begins with its first member */
        const Node *node = &graph->nodes[i];
        uint32_t *first = &members.first_node[node->parent + 1];
        if (node->beside != BESIDE_NONE)
            first = node->anchor.is_group ? &members.group_note[node->anchor.index]
                                          : &members.node_note[node->anchor.index];
        members.next_node[i] = *first;
        *first = (uint32_t)i;
    }
    for (size_t i = groups; i-- > 0;) {
        uint32_t *first = &members.first_group[graph->groups[i].parent + 1];
        members.next_group[i] = *first;
        *first = (uint32_t)i;
    }
    return members;
}

static int group_depth(const Graph *graph, GroupId id) {
    int depth = 1;
    for (GroupId at = graph->groups[id].parent; at != GRAPH_NONE; at = graph->groups[at].parent)
        depth++;
    return depth;
}

/* What stands in the compartments. */
static void add_rows(Describer *describer, const Node *node, int depth) {
    for (size_t i = 0; i < node->row_count; i++) {
        NodeRow row = node->rows[i];
        for (size_t k = 0; k < NODE_CELLS; k++)
            row.cells[k] = one_line(&(Label){.text = row.cells[k]}, NULL, describer->arena);
        add_line(describer, depth,
                 describe_member(describer->graph->kind, node, &row, describer->arena));
    }
}

/* Notes belong to what they stand beside. */
static void add_notes(Describer *describer, const Members *members, NodeId first, int depth) {
    for (NodeId id = first; id != GRAPH_NONE; id = members->next_node[id])
        add_line(describer, depth, node_name(describer, id));
}

static void add_nodes(Describer *describer, const Members *members, GroupId parent, int depth) {
    for (NodeId id = members->first_node[parent + 1]; id != GRAPH_NONE;
         id = members->next_node[id]) {
        add_line(describer, depth, node_line(describer, id));
        add_rows(describer, &describer->graph->nodes[id], depth + 1);
        add_notes(describer, members, members->node_note[id], depth + 1);
    }
}

/* A walk through the tree of groups without recursion: down to the first child, else on to the next
 * sibling of the nearest ancestor that has one. */
static void add_groups(Describer *describer, const Members *members) {
    const Graph *graph = describer->graph;
    GroupId id = members->first_group[0];
    while (id != GRAPH_NONE) {
        int depth = group_depth(graph, id);
        add_line(describer, depth, group_name(describer, id));
        add_notes(describer, members, members->group_note[id], depth + 1);
        add_nodes(describer, members, id, depth + 1);
        GroupId next = members->first_group[id + 1];
        for (GroupId at = id; next == GRAPH_NONE && at != GRAPH_NONE; at = graph->groups[at].parent)
            next = members->next_group[at];
        id = next;
    }
}

static Str legend_meaning(const Graph *graph, Str key) {
    for (size_t i = 0; i < graph->legend_count; i++)
        if (str_equal(graph->legend[i].key, key))
            return graph->legend[i].text;
    return STR("");
}

/* The meaning that the legend gives to this kind of line, or the empty Str. A line with two arrows
 * means what one with a single arrow does, unless it has a row of its own. */
static Str edge_meaning(const Graph *graph, const Edge *edge) {
    static const char *const keys[][3] = {
        [EDGE_SOLID] = {"---", "-->", "<-->"},
        [EDGE_DOTTED] = {"-.-", "-.->", "<-.->"},
        [EDGE_THICK] = {"===", "==>", "<==>"},
        [EDGE_INVISIBLE] = {"", "", ""},
    };
    size_t arrows = (size_t)(edge->start == HEAD_ARROW) + (size_t)(edge->end == HEAD_ARROW);
    Str meaning = legend_meaning(graph, str_from(keys[edge->line][arrows]));
    if (meaning.size == 0 && arrows == 2)
        meaning = legend_meaning(graph, str_from(keys[edge->line][1]));
    return meaning;
}

/* "Grafana to Mimir: queries (read)" */
static void add_edge(Describer *describer, size_t index) {
    const Graph *graph = describer->graph;
    const Edge *edge = &graph->edges[index];
    Str from = end_name(describer, edge->from), to = end_name(describer, edge->to);
    Str relation = describe_relation(graph->kind, edge, from, to, describer->arena);
    Str label =
        one_line(&edge->label, &describer->scene->edges[index].label.block, describer->arena);
    Str meaning = edge_meaning(graph, edge);
    add_line(describer, 1,
             str_format(describer->arena, "%.*s%s%.*s%s%.*s%s", STR_FMT(relation),
                        label.size ? ": " : "", STR_FMT(label), meaning.size ? " (" : "",
                        STR_FMT(meaning), meaning.size ? ")" : ""));
}

/* Which edges a reader hears of: not those that only tie a note, nor those that are not seen. */
static bool *find_told(const Graph *graph, Arena *arena) {
    bool *is_told = ARENA_ARRAY(arena, bool, graph->edge_count);
    for (size_t i = 0; i < graph->edge_count; i++)
        is_told[i] = graph->edges[i].line != EDGE_INVISIBLE;
    for (size_t i = 0; i < graph->node_count; i++)
        if (graph->nodes[i].beside != BESIDE_NONE)
            is_told[graph->nodes[i].tether] = false;
    return is_told;
}

/* What the parts of each kind are called: one, many, their connections likewise. */
static const struct {
    const char *node, *nodes, *edge, *edges; /* in a sentence */
    const char *title, *groups_title, *edges_title;
} terms[] = {
    [GRAPH_FLOWCHART] = {"node", "nodes", "connection", "connections", "Nodes", "Groups and nodes",
                         "Connections"},
    [GRAPH_STATE] = {"state", "states", "transition", "transitions", "States", "States",
                     "Transitions"},
    [GRAPH_CLASS] = {"class", "classes", "relation", "relations", "Classes",
                     "Namespaces and classes", "Relations"},
    [GRAPH_ER] = {"entity", "entities", "relation", "relations", "Entities", "Groups and entities",
                  "Relations"},
};

/* Marks without a name of their own are no nodes to a reader. */
static bool is_counted(const Node *node) {
    return node->shape != SHAPE_START && node->shape != SHAPE_STOP && node->shape != SHAPE_BAR &&
           node->shape != SHAPE_CHOICE && node->shape != SHAPE_NOTE;
}

static void add_count(Buf *buf, size_t count, const char *word, const char *words) {
    buf_add_format(buf, "%zu %s", count, count == 1 ? word : words);
}

Str describe_summary(const Graph *graph, Str kind, Arena *arena) {
    size_t nodes = 0, edges = 0;
    const bool *is_told = find_told(graph, arena);
    for (size_t i = 0; i < graph->node_count; i++)
        nodes += is_counted(&graph->nodes[i]);
    for (size_t i = 0; i < graph->edge_count; i++)
        edges += is_told[i];
    Buf buf = buf_new(arena);
    buf_add(&buf, kind);
    buf_add_text(&buf, " with ");
    add_count(&buf, nodes, terms[graph->kind].node, terms[graph->kind].nodes);
    if (graph->group_count) {
        buf_add_text(&buf, " in ");
        add_count(&buf, graph->group_count, "group", "groups");
    }
    buf_add_text(&buf, " and ");
    add_count(&buf, edges, terms[graph->kind].edge, terms[graph->kind].edges);
    buf_add_char(&buf, '.');
    return buf_str(&buf);
}

void describe_graph(Diagram *diagram, Arena *arena) {
    Describer describer = {
        .graph = diagram->graph, .scene = diagram->scene, .diagram = diagram, .arena = arena};
    const Graph *graph = diagram->graph;
    if (graph->node_count + graph->group_count > 0) {
        Members members = find_members(graph, arena);
        add_line(&describer, 0,
                 str_from(graph->group_count ? terms[graph->kind].groups_title
                                             : terms[graph->kind].title));
        add_nodes(&describer, &members, GRAPH_NONE, 1);
        add_groups(&describer, &members);
    }
    size_t count = diagram->line_count;
    const bool *is_told = find_told(graph, arena);
    add_line(&describer, 0, str_from(terms[graph->kind].edges_title));
    for (size_t i = 0; i < graph->edge_count; i++)
        if (is_told[i])
            add_edge(&describer, i);
    if (diagram->line_count == count + 1)
        diagram->line_count = count;
}
