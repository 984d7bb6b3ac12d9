#include "base/ban.h"

#include "site/view/roadmap.h"

#define DRAWN_PRS 120 /* beyond it a drawing tells nothing that the table does not */

/* How each status looks; classes are those that the theme knows. */
static const struct {
    const char *class_name, *meaning;
} looks[ROADMAP_STATUS_COUNT] = {
    [ROADMAP_OTHER] = {"slate", "Other"},
    [ROADMAP_NOT_STARTED] = {"slate", "Not started"},
    [ROADMAP_IN_PROGRESS] = {"amber", "In progress"},
    [ROADMAP_COMPLETE] = {"green", "Complete"},
    [ROADMAP_BLOCKED] = {"red", "Blocked"},
    [ROADMAP_CANCELLED] = {"slate", "Cancelled"},
};

static void add_class(Node *node, const char *name, Arena *arena) {
    ARENA_RESERVE(arena, node->classes.items, node->classes.count, node->classes.capacity);
    node->classes.items[node->classes.count++] = str_from(name);
}

static void add_node(Graph *graph, const Roadmap *roadmap, uint32_t index, bool is_next,
                     Arena *arena) {
    const RoadmapPr *pr = &roadmap->prs[index];
    Str id = str_format(arena, "pr%u", index);
    /* Interning may move the nodes, so it comes before their address is taken. */
    NodeId made = graph_intern(graph, arena, id, pr->id_at);
    Node *node = &graph->nodes[made];
    node->label.text = pr->title.text.size > 0 ? str_format(arena, "PR %.*s\n%.*s", STR_FMT(pr->id),
                                                            STR_FMT(pr->title.text))
                                               : str_format(arena, "PR %.*s", STR_FMT(pr->id));
    node->label.at = pr->id_at;
    node->shape = SHAPE_ROUND;
    node->has_shape = true;
    add_class(node, is_next ? "blue" : looks[pr->status].class_name, arena);
}

/* One row of the legend for each look that occurs; the next PR has one of its own. */
static void add_legend(Graph *graph, const Roadmap *roadmap, uint32_t next, Arena *arena) {
    bool is_used[ROADMAP_STATUS_COUNT] = {false};
    for (uint32_t i = 0; i < roadmap->pr_count; i++) {
        if (i != next)
            is_used[roadmap->prs[i].status] = true;
    }
    graph->legend = ARENA_ARRAY(arena, LegendRow, ROADMAP_STATUS_COUNT + 1);
    for (int i = ROADMAP_STATUS_COUNT - 1; i >= 0; i--) {
        if (is_used[i])
            graph->legend[graph->legend_count++] =
                (LegendRow){str_from(looks[i].class_name), str_from(looks[i].meaning)};
    }
    if (next != ROADMAP_NONE)
        graph->legend[graph->legend_count++] = (LegendRow){STR("blue"), STR("Next")};
}

/* Whether this is a step of the longest chain of open PRs. */
static bool is_critical(const Schedule *schedule, const SchedulePair *pair) {
    for (size_t i = 0; i + 1 < schedule->critical_count; i++) {
        if (schedule->critical_path[i] == pair->from && schedule->critical_path[i + 1] == pair->to)
            return true;
    }
    return false;
}

Graph *roadmap_graph(const Roadmap *roadmap, Arena *arena) {
    Graph *graph = graph_new(arena);
    const Schedule *schedule = schedule_new(roadmap, arena);
    size_t pair_count = 0;
    graph->title = roadmap->title.text.size > 0
                       ? str_format(arena, "Dependencies: %.*s", STR_FMT(roadmap->title.text))
                       : STR("Dependencies of the pull requests");
    if (roadmap->pr_count > DRAWN_PRS)
        return graph;
    const SchedulePair *pairs = schedule_reduce(roadmap, schedule, arena, &pair_count);
    if (pair_count == 0)
        return graph;
    for (uint32_t i = 0; i < roadmap->pr_count; i++)
        add_node(graph, roadmap, i, i == schedule->next, arena);
    for (size_t i = 0; i < pair_count; i++) {
        EdgeEnd from = {.index = pairs[i].from};
        EdgeEnd to = {.index = pairs[i].to};
        EdgeId id =
            graph_add_edge(graph, arena, from, to, roadmap->prs[pairs[i].to].depends_text.at);
        graph->edges[id].end = HEAD_ARROW;
        if (is_critical(schedule, &pairs[i]))
            graph->edges[id].line = EDGE_THICK;
    }
    add_legend(graph, roadmap, schedule->next, arena);
    return graph;
}

void roadmap_graph_link(Graph *graph, const Roadmap *roadmap, Str page_url, Arena *arena) {
    for (size_t i = 0; i < graph->node_count && i < roadmap->pr_count; i++) {
        const RoadmapPr *pr = &roadmap->prs[i];
        if (pr->section_count > 0 && pr->sections[0].anchor.size > 0)
            graph->nodes[i].link =
                str_format(arena, "%.*s#%.*s", STR_FMT(page_url), STR_FMT(pr->sections[0].anchor));
    }
}
