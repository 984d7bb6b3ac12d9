#include "base/ban.h"

#include "diagram/scene/scene.h"
#include "fuzz/fuzz.h"

#define NODES  40
#define GROUPS 10
#define EDGES  80

static bool overlap(Box a, Box b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static bool holds(Box outer, Box inner) {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

/* Mermaid refuses a group that is joined to what it holds itself, and so does syntax/. */
static EdgeEnd end_of(const Graph *graph, unsigned byte) {
    if (byte & 0x80 && graph->group_count)
        return (EdgeEnd){true, byte % (uint32_t)graph->group_count};
    return (EdgeEnd){false, byte % (uint32_t)graph->node_count};
}

static bool is_inside(const Graph *graph, EdgeEnd outer, EdgeEnd inner) {
    GroupId group = inner.is_group ? inner.index : graph->nodes[inner.index].parent;
    return outer.is_group && group != GRAPH_NONE && graph_group_contains(graph, outer.index, group);
}

static Label label_of(unsigned byte, Arena *arena) {
    static const char *const words[] = {"a", "HTTPS", "a longer text of words", "x\ny\nz"};
    return (Label){.text = byte & 4 ? str_copy(arena, str_from(words[byte & 3])) : STR("")};
}

static Graph *read_graph(const uint8_t *data, size_t size, Arena *arena) {
    static const Span nowhere = {0};
    Graph *graph = graph_new(arena);
    graph->direction = (GraphDirection)(fuzz_byte(&data, &size) % GRAPH_INHERIT);
    size_t group_count = fuzz_byte(&data, &size) % GROUPS;
    for (size_t i = 0; i < group_count; i++) {
        GroupId id = graph_add_group(graph, arena, str_format(arena, "g%zu", i), nowhere);
        unsigned parent = fuzz_byte(&data, &size), look = fuzz_byte(&data, &size);
        graph->groups[id].parent = i && parent & 1 ? parent / 2 % (uint32_t)i : GRAPH_NONE;
        graph->groups[id].direction = (GraphDirection)(look % (GRAPH_INHERIT + 1));
        graph->groups[id].label = label_of(look >> 4, arena);
    }
    size_t node_count = 1 + fuzz_byte(&data, &size) % NODES;
    for (size_t i = 0; i < node_count; i++) {
        NodeId id = graph_intern(graph, arena, str_format(arena, "n%zu", i), nowhere);
        unsigned place = fuzz_byte(&data, &size), look = fuzz_byte(&data, &size);
        Node *node = &graph->nodes[id];
        node->parent = group_count && place & 1 ? place / 2 % (uint32_t)group_count : GRAPH_NONE;
        node->shape = (NodeShape)(look % SHAPE_START);
        node->label = look & 0x40 ? label_of(4 | look >> 4, arena) : (Label){.text = node->id};
    }
    for (size_t i = 0; i < EDGES && size > 2; i++) {
        EdgeEnd from = end_of(graph, fuzz_byte(&data, &size));
        EdgeEnd to = end_of(graph, fuzz_byte(&data, &size));
        unsigned look = fuzz_byte(&data, &size);
        if (is_inside(graph, from, to) || is_inside(graph, to, from))
            continue;
        EdgeId id = graph_add_edge(graph, arena, from, to, nowhere);
        graph->edges[id].length = (uint8_t)(1 + (look >> 3) % 3);
        graph->edges[id].end = look & 1 ? HEAD_ARROW : HEAD_NONE;
        graph->edges[id].label = label_of(look >> 5, arena);
    }
    return graph;
}

/* Any graph: what is drawn lies on the canvas, and no two nodes on each other. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    text_setup();
    FuzzInput input = fuzz_begin(data, size, "graph");
    Graph *graph = read_graph(data, size, input.arena);
    FUZZ_HOLDS(graph_check(graph));
    const Diagram *diagram = diagram_from_graph(graph, input.arena);
    const Scene *scene = diagram->scene;
    Box canvas = {0, 0, scene->width, scene->height};
    for (size_t i = 0; i < scene->node_count; i++) {
        const SceneNode *node = &scene->nodes[i];
        FUZZ_HOLDS(holds(canvas, node->box) && holds(node->box, node->text.box));
        FUZZ_HOLDS(node->parent == GRAPH_NONE || holds(scene->groups[node->parent].box, node->box));
        for (size_t k = 0; k < i; k++)
            FUZZ_HOLDS(!overlap(node->box, scene->nodes[k].box));
    }
    Buf out = buf_new(input.arena);
    diagram_write_svg(diagram, &(DiagramSvgOptions){0}, &out);
    diagram_write_layout(diagram, &out);
    diagram_write_text(diagram, &out);
    return fuzz_end(&input);
}
