/* A diagram in words, for readers who cannot see it and for machines: first what lies in what, then
 * every connection. The legend tells what kinds of lines mean. */
#include "base/ban.h"

#include "base/buf.h"
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
        return str_format(describer->arena, "note \"%.*s\"", STR_FMT(name));
    return name.size ? name : node->id;
}

static Str group_name(const Describer *describer, GroupId id) {
    const Group *group = &describer->graph->groups[id];
    if (group->is_region)
        return STR("at the same time");
    Str name = one_line(&group->label, &describer->scene->groups[id].title.block, describer->arena);
    return name.size ? name : group->id;
}

static Str end_name(const Describer *describer, EdgeEnd end) {
    return end.is_group ? group_name(describer, end.index) : node_name(describer, end.index);
}

/* What lies in each group, as chains, so that a walk over all groups takes linear time. Index 0
 * stands for the whole drawing, group g for g + 1. */
typedef struct Members {
    uint32_t *first_node, *next_node;   /* by group, by node */
    uint32_t *first_group, *next_group; /* by group, by group */
} Members;

static Members find_members(const Graph *graph, Arena *arena) {
    size_t nodes = graph->node_count, groups = graph->group_count;
    Members members = {
        ARENA_ARRAY(arena, uint32_t, groups + 1), ARENA_ARRAY(arena, uint32_t, nodes),
        ARENA_ARRAY(arena, uint32_t, groups + 1), ARENA_ARRAY(arena, uint32_t, groups)};
    memset(members.first_node, 0xFF, (groups + 1) * sizeof(uint32_t));
    memset(members.first_group, 0xFF, (groups + 1) * sizeof(uint32_t));
    for (size_t i = nodes; i-- > 0;) { /* backwards: each chain then begins with its first member */
        uint32_t *first = &members.first_node[graph->nodes[i].parent + 1];
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

/* What stands in the compartments, cell by cell. */
static void add_rows(Describer *describer, const Node *node, int depth) {
    for (size_t i = 0; i < node->row_count; i++) {
        Buf buf = buf_new(describer->arena);
        for (size_t k = 0; k < (node->is_table ? NODE_CELLS : 1); k++) {
            Label cell = {.text = node->rows[i].cells[k]};
            if (cell.text.size && k)
                buf_add_char(&buf, ' ');
            buf_add(&buf, one_line(&cell, NULL, describer->arena));
        }
        add_line(describer, depth, buf_str(&buf));
    }
}

static void add_nodes(Describer *describer, const Members *members, GroupId parent, int depth) {
    for (NodeId id = members->first_node[parent + 1]; id != GRAPH_NONE;
         id = members->next_node[id]) {
        add_line(describer, depth, node_name(describer, id));
        add_rows(describer, &describer->graph->nodes[id], depth + 1);
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
    if (edge->line == EDGE_INVISIBLE)
        return;
    Str from = end_name(describer, edge->from), to = end_name(describer, edge->to);
    bool is_forward = edge->end == HEAD_ARROW, is_backward = edge->start == HEAD_ARROW;
    const char *word = is_forward && is_backward ? "to and from"
                       : is_forward              ? "to"
                       : is_backward             ? "from"
                                                 : "with";
    Str label =
        one_line(&edge->label, &describer->scene->edges[index].label.block, describer->arena);
    Str meaning = edge_meaning(graph, edge);
    add_line(describer, 1,
             str_format(describer->arena, "%.*s %s %.*s%s%.*s%s%.*s%s", STR_FMT(from), word,
                        STR_FMT(to), label.size ? ": " : "", STR_FMT(label),
                        meaning.size ? " (" : "", STR_FMT(meaning), meaning.size ? ")" : ""));
}

/* Marks without a name of their own are no nodes to a reader. */
static bool is_counted(const Node *node) {
    return node->shape != SHAPE_START && node->shape != SHAPE_STOP && node->shape != SHAPE_BAR &&
           node->shape != SHAPE_CHOICE && node->shape != SHAPE_NOTE;
}

static void add_count(Buf *buf, size_t count, const char *word, const char *words) {
    buf_add_format(buf, "%zu %s", count, count == 1 ? word : words);
}

Str describe_summary(const Graph *graph, Str kind, Arena *arena) {
    static const char *const words[][4] = {
        [GRAPH_FLOWCHART] = {"node", "nodes", "connection", "connections"},
        [GRAPH_STATE] = {"state", "states", "transition", "transitions"},
        [GRAPH_CLASS] = {"class", "classes", "relation", "relations"},
        [GRAPH_ER] = {"entity", "entities", "relation", "relations"},
    };
    const char *const *word = words[graph->kind];
    size_t nodes = 0, edges = 0;
    for (size_t i = 0; i < graph->node_count; i++)
        nodes += is_counted(&graph->nodes[i]);
    for (size_t i = 0; i < graph->edge_count; i++)
        edges += graph->edges[i].line != EDGE_INVISIBLE;
    Buf buf = buf_new(arena);
    buf_add(&buf, kind);
    buf_add_text(&buf, " with ");
    add_count(&buf, nodes, word[0], word[1]);
    if (graph->group_count) {
        buf_add_text(&buf, " in ");
        add_count(&buf, graph->group_count, "group", "groups");
    }
    buf_add_text(&buf, " and ");
    add_count(&buf, edges, word[2], word[3]);
    buf_add_char(&buf, '.');
    return buf_str(&buf);
}

void describe_graph(Diagram *diagram, Arena *arena) {
    Describer describer = {
        .graph = diagram->graph, .scene = diagram->scene, .diagram = diagram, .arena = arena};
    if (diagram->graph->node_count + diagram->graph->group_count > 0) {
        Members members = find_members(diagram->graph, arena);
        add_line(&describer, 0,
                 diagram->graph->group_count ? STR("Groups and nodes") : STR("Nodes"));
        add_nodes(&describer, &members, GRAPH_NONE, 1);
        add_groups(&describer, &members);
    }
    size_t count = diagram->line_count;
    add_line(&describer, 0, STR("Connections"));
    for (size_t i = 0; i < diagram->graph->edge_count; i++)
        add_edge(&describer, i);
    if (diagram->line_count == count + 1)
        diagram->line_count = count;
}
