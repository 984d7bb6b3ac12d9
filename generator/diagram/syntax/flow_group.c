#include "base/ban.h"

#include "base/buf.h"
#include "base/limits.h"
#include "diagram/syntax/flow.h"
#include "diagram/syntax/letters.h"

/* All that may stand in a title without quotes: keywords count as words there. */
static bool is_title_token(TokenKind kind) {
    switch ((int)kind) {
    case TOKEN_NUM:
    case TOKEN_NODE_STRING:
    case TOKEN_SPACE:
    case TOKEN_MINUS:
    case TOKEN_AMP:
    case TOKEN_LETTER:
    case TOKEN_COLON:
    case TOKEN_STAR:
    case TOKEN_HASH:
    case TOKEN_STYLE:
    case TOKEN_LINK_STYLE:
    case TOKEN_CLASS_DEF:
    case TOKEN_CLASS:
    case TOKEN_CLICK:
    case TOKEN_GRAPH:
    case TOKEN_DIR:
    case TOKEN_SUBGRAPH:
    case TOKEN_END:
    case TOKEN_DOWN:
    case TOKEN_UP:
    case TOKEN_LINK_START: return true;
    default: return false;
    }
}

/* What stands behind `subgraph`. */
typedef struct Title {
    Str text; /* spaces at the ends kept */
    bool is_markdown;
    Span at;
} Title;

/* title := ( string | markdown | piece ) piece* ; piece := any word, keywords as well. */
static bool read_title(FlowParser *parser, Title *title) {
    Token first = parser->token;
    bool is_string = first.kind == TOKEN_STR || first.kind == TOKEN_MARKDOWN;
    if (!is_string && !is_title_token(first.kind))
        return flow_fail(parser, FLOW_GROUP_TITLE);
    Buf buf = buf_new(parser->arena);
    size_t end = first.end;
    buf_add(&buf, first.text);
    for (flow_next(parser); is_title_token(parser->token.kind); flow_next(parser)) {
        buf_add(&buf, parser->token.text);
        if (parser->token.kind != TOKEN_SPACE)
            end = parser->token.end;
    }
    title->text = buf_str(&buf);
    title->is_markdown = first.kind == TOKEN_MARKDOWN;
    title->at = preprocess_span(&parser->clean, first.start, end - first.start);
    return true;
}

static bool has_space(Str text) {
    for (size_t i = 0; i < text.size; i++)
        if (letters_space_size(text, i))
            return true;
    return false;
}

static bool is_separator(TokenKind kind) {
    return kind == TOKEN_NEWLINE || kind == TOKEN_SEMI || kind == TOKEN_EOF;
}

/* A group that is open: everything mentioned from now on is written down with it, because what it
 * holds is only known at its `end`. */
static bool push_group(FlowParser *parser, GroupId group, bool is_numbered) {
    if (parser->graph->group_count > LIMIT_DIAGRAM_NODES)
        return flow_limit(parser, parser->graph->groups[group].at, "subgraphs",
                          LIMIT_DIAGRAM_NODES);
    if (parser->depth >= LIMIT_NESTING)
        return flow_limit(parser, parser->graph->groups[group].at, "subgraphs within each other",
                          LIMIT_NESTING);
    ARENA_RESERVE(parser->arena, parser->groups, parser->depth, parser->group_capacity);
    parser->groups[parser->depth++] = (FlowGroup){.group = group, .is_numbered = is_numbered};
    return true;
}

/* What stands between "subgraph" and its separator: space title ( "[" label "]" )? */
static bool parse_head(FlowParser *parser, Title *title, Label *label, bool *has_label) {
    Token word = parser->token;
    flow_next(parser);
    if (is_separator(parser->token.kind)) {
        parser->token.start = word.start;
        return flow_fail(parser, FLOW_GROUP_TITLE);
    }
    if (!flow_expect(parser, TOKEN_SPACE, FLOW_GROUP_TITLE) || !read_title(parser, title))
        return false;
    *has_label = parser->token.kind == TOKEN_SQUARE_OPEN;
    if (*has_label) {
        parser->opener = parser->token;
        flow_next(parser);
        if (!flow_read_label(parser, FLOW_LABEL, label) ||
            !flow_expect(parser, TOKEN_SQUARE_CLOSE, FLOW_LABEL))
            return false;
    } else {
        *label = flow_make_label(parser, title->text, title->is_markdown, title->at);
    }
    if (!is_separator(parser->token.kind))
        return flow_fail(parser, FLOW_GROUP_TITLE);
    flow_next(parser);
    return true;
}

/* subgraph := "subgraph" head separator ... "end" ; without brackets the title is the id as well,
 * unless it holds a space. The group is opened even after an error, so that its `end` finds it. */
bool flow_open_group(FlowParser *parser) {
    Title title = {.at = flow_span(parser, parser->token)};
    Label label = {.text = {NULL, 0}};
    bool has_label = false;
    bool is_read = parse_head(parser, &title, &label, &has_label);
    Graph *graph = parser->graph;
    GroupId group = graph_add_group(graph, parser->arena, letters_trim(title.text), title.at);
    graph->groups[group].label = label;
    return push_group(parser, group, !has_label && has_space(title.text)) && is_read;
}

void flow_mention(FlowParser *parser, Str id) {
    if (parser->depth > 0)
        flow_str_push(parser->arena, &parser->groups[parser->depth - 1].members, id);
}

/* The innermost group ends. It claims all that was mentioned in it and that no group which ended
 * before has claimed. */
void flow_close_group(FlowParser *parser) {
    FlowGroup *open = &parser->groups[--parser->depth];
    Group *group = &parser->graph->groups[open->group];
    void *value = (void *)((uintptr_t)open->group + 1);
    if (open->is_numbered)
        group->id = str_format(parser->arena, "subGraph%zu", parser->closed_count);
    parser->closed_count++;
    for (size_t i = 0; i < open->members.count; i++)
        if (!map_find(parser->claims, open->members.items[i]))
            map_put(parser->claims, open->members.items[i], value);
    map_put(parser->closed, group->id, value);
    flow_mention(parser, group->id);
}

/* The group that holds `id`. Example: in
 *     subgraph a; x --> y; end; subgraph b; y --> z; end
 * `a` ends first and claims x and y, so that `b` gets z alone. */
static GroupId claim_of(const FlowParser *parser, Str id) {
    uintptr_t claim = (uintptr_t)map_find(parser->claims, id);
    return claim ? (GroupId)(claim - 1) : GRAPH_NONE;
}

static size_t group_depth(const Graph *graph, GroupId group) {
    size_t depth = 0;
    for (; graph->groups[group].parent != GRAPH_NONE; group = graph->groups[group].parent)
        depth++;
    return depth;
}

/* A group belongs to the group that claimed its id, which need not be the one around it. Where that
 * would make a circle, which Mermaid cannot draw, the group stays outside; and so it does where it
 * would nest too deep. */
static void set_group_parents(FlowParser *parser) {
    Graph *graph = parser->graph;
    size_t *heights = ARENA_ARRAY(parser->arena, size_t, graph->group_count);
    for (size_t i = 0; i < graph->group_count; i++) {
        GroupId parent = claim_of(parser, graph->groups[i].id);
        if (parent == GRAPH_NONE || graph_group_contains(graph, (GroupId)i, parent))
            continue;
        if (group_depth(graph, parent) + heights[i] + 1 >= LIMIT_NESTING) {
            flow_limit(parser, graph->groups[i].at, "subgraphs within each other", LIMIT_NESTING);
            return;
        }
        graph->groups[i].parent = parent;
        size_t height = heights[i] + 1;
        for (; parent != GRAPH_NONE; parent = graph->groups[parent].parent, height++)
            if (heights[parent] < height)
                heights[parent] = height;
    }
}

/* Puts parents before children, otherwise in the order of writing, and gives where each went. */
static GroupId *sort_groups(FlowParser *parser) {
    Graph *graph = parser->graph;
    size_t count = graph->group_count;
    GroupId *moved = ARENA_ARRAY(parser->arena, GroupId, count);
    bool is_sorted = true;
    for (size_t i = 0; i < count; i++) {
        GroupId parent = graph->groups[i].parent;
        is_sorted &= parent == GRAPH_NONE || parent < i;
        moved[i] = (GroupId)i;
    }
    if (is_sorted)
        return moved;

    Group *sorted = ARENA_ARRAY(parser->arena, Group, count);
    size_t next = 0;
    for (size_t depth = 0; next < count; depth++) {
        for (size_t i = 0; i < count; i++) {
            if (group_depth(graph, (GroupId)i) != depth)
                continue;
            moved[i] = (GroupId)next;
            sorted[next++] = graph->groups[i];
        }
    }
    for (size_t i = 0; i < count; i++)
        if (sorted[i].parent != GRAPH_NONE)
            sorted[i].parent = moved[sorted[i].parent];
    graph->groups = sorted;
    return moved;
}

/* A node that has the id of a group is the group: what was said of it moves there. */
static void merge_into_group(FlowParser *parser, const Node *node, Group *group) {
    for (size_t i = 0; i < node->classes.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < group->classes.count; k++)
            is_known |= str_equal(group->classes.items[k], node->classes.items[i]);
        if (!is_known)
            flow_str_push(parser->arena, &group->classes, node->classes.items[i]);
    }
    if (node->style.count)
        group->style = node->style;
    if (node->link.size) {
        group->link = node->link;
        group->link_at = node->link_at;
    }
}

static void move_end(EdgeEnd *end, const EdgeEnd *moved) {
    *end = moved[end->index];
}

/* Only at the end is it known which ids are groups, and who holds whom. */
void flow_resolve(FlowParser *parser) {
    Graph *graph = parser->graph;
    set_group_parents(parser);
    const GroupId *group_moved = sort_groups(parser);
    Map *groups = map_new(parser->arena);
    for (size_t i = graph->group_count; i-- > 0;)
        map_put(groups, graph->groups[i].id, (void *)((uintptr_t)i + 1));

    EdgeEnd *moved = ARENA_ARRAY(parser->arena, EdgeEnd, graph->node_count);
    Map *index = map_new(parser->arena);
    size_t kept = 0;
    for (size_t i = 0; i < graph->node_count; i++) {
        Node node = graph->nodes[i];
        uintptr_t group = (uintptr_t)map_find(groups, node.id);
        if (group) {
            moved[i] = (EdgeEnd){true, (uint32_t)(group - 1)};
            merge_into_group(parser, &node, &graph->groups[group - 1]);
            continue;
        }
        GroupId parent = claim_of(parser, node.id);
        node.parent = parent == GRAPH_NONE ? GRAPH_NONE : group_moved[parent];
        moved[i] = (EdgeEnd){false, (uint32_t)kept};
        parser->mentioned[kept] = parser->mentioned[i];
        graph->nodes[kept++] = node;
        map_put(index, node.id, (void *)(uintptr_t)kept);
    }
    for (size_t i = 0; i < parser->styled_count; i++) {
        EdgeEnd end = moved[parser->styled[i].node];
        parser->styled[i].node = end.is_group ? GRAPH_NONE : end.index;
    }
    graph->node_count = kept;
    graph->node_index = index;
    for (size_t i = 0; i < graph->edge_count; i++) {
        move_end(&graph->edges[i].from, moved);
        move_end(&graph->edges[i].to, moved);
    }
}

static void mark_end(EdgeEnd end, bool *nodes, bool *groups) {
    (end.is_group ? groups : nodes)[end.index] = true;
}

/* Drawn, a node without a connection stands beside the rest; often its id was misspelt in the link.
 * Where nothing is connected the diagram is a map, and no node is told. */
static void warn_disconnected(FlowParser *parser) {
    const Graph *graph = parser->graph;
    if (!graph->edge_count)
        return;
    bool *nodes = ARENA_ARRAY(parser->arena, bool, graph->node_count);
    bool *groups = ARENA_ARRAY(parser->arena, bool, graph->group_count);
    for (size_t i = 0; i < graph->edge_count; i++) {
        mark_end(graph->edges[i].from, nodes, groups);
        mark_end(graph->edges[i].to, nodes, groups);
    }
    /* Whoever is in a group that has a connection is connected by it. */
    for (size_t i = 0; i < graph->group_count; i++)
        if (graph->groups[i].parent != GRAPH_NONE)
            groups[i] |= groups[graph->groups[i].parent];
    for (size_t i = 0; i < graph->node_count; i++) {
        const Node *node = &graph->nodes[i];
        if (!nodes[i] && (node->parent == GRAPH_NONE || !groups[node->parent]))
            diag_add(parser->diags, DIAG_DIAGRAM_DISCONNECTED, node->at,
                     "node \"%.*s\" has no connection", STR_FMT(node->id));
    }
}

static void warn_empty_groups(FlowParser *parser) {
    const Graph *graph = parser->graph;
    bool *is_used = ARENA_ARRAY(parser->arena, bool, graph->group_count);
    for (size_t i = 0; i < graph->node_count; i++)
        if (graph->nodes[i].parent != GRAPH_NONE)
            is_used[graph->nodes[i].parent] = true;
    for (size_t i = 0; i < graph->group_count; i++)
        if (graph->groups[i].parent != GRAPH_NONE)
            is_used[graph->groups[i].parent] = true;
    for (size_t i = 0; i < graph->group_count; i++)
        if (!is_used[i])
            diag_add(parser->diags, DIAG_DIAGRAM_EMPTY_GROUP, graph->groups[i].at,
                     "subgraph \"%.*s\" holds no node", STR_FMT(graph->groups[i].id));
}

/* What is allowed and still looks like a mistake; asked only of diagrams without errors. */
void flow_check(FlowParser *parser) {
    for (size_t i = 0; i < parser->styled_count; i++) {
        NodeId node = parser->styled[i].node;
        if (node == GRAPH_NONE || parser->mentioned[node])
            continue;
        Str id = parser->graph->nodes[node].id;
        diag_add(parser->diags, DIAG_DIAGRAM_UNKNOWN_NODE, parser->styled[i].at,
                 "only this style speaks of node \"%.*s\", so a new one is drawn", STR_FMT(id));
    }
    warn_disconnected(parser);
    warn_empty_groups(parser);
}
