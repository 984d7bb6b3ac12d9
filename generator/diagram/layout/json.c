/* A scene as JSON, for benchmarks and tests. */
#include "base/ban.h"

#include "base/escape.h"
#include "diagram/layout/layout.h"

static void add_px(Buf *out, const char *key, Coord value) {
    buf_add_format(out, "\"%s\": ", key);
    buf_add_fixed(out, value, COORD_PER_PX, 3);
}

static void add_text(Buf *out, const char *key, Str value) {
    buf_add_format(out, "\"%s\": ", key);
    json_string(out, value);
}

static void add_box(Buf *out, Box box) {
    add_px(out, "x", box.x);
    buf_add_text(out, ", ");
    add_px(out, "y", box.y);
    buf_add_text(out, ", ");
    add_px(out, "w", box.width);
    buf_add_text(out, ", ");
    add_px(out, "h", box.height);
}

static void add_label(Buf *out, const SceneText *text) {
    buf_add_text(out, ", \"label\": ");
    if (text->block.line_count == 0) {
        buf_add_text(out, "null");
        return;
    }
    buf_add_text(out, "{");
    add_box(out, text->box);
    buf_add_text(out, "}");
}

static void add_parent(Buf *out, const Scene *scene, uint32_t parent) {
    if (parent == GRAPH_NONE)
        buf_add_text(out, ", \"parent\": null");
    else {
        buf_add_text(out, ", ");
        add_text(out, "parent", scene->groups[parent].id);
    }
}

/* The names that benchmarks know; shapes of the same outline share one. */
static const char *const shape_words[SHAPE_COUNT] = {
    "rect",          "rounded",       "stadium",       "subroutine", "cylinder", "circle",
    "doublecircle",  "ellipse",       "flag",          "diamond",    "hexagon",  "parallelogram",
    "parallelogram", "parallelogram", "parallelogram", "rect",       "rect",     "rect",
};

static void add_nodes(Buf *out, const Scene *scene) {
    for (size_t i = 0; i < scene->node_count; i++) {
        const SceneNode *node = &scene->nodes[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_text(out, "id", node->id);
        buf_add_text(out, ", ");
        add_box(out, node->box);
        add_parent(out, scene, node->parent);
        buf_add_format(out, ", \"shape\": \"%s\"", shape_words[node->shape]);
        add_label(out, &node->text);
        buf_add_text(out, "}");
    }
}

static void add_groups(Buf *out, const Scene *scene) {
    for (size_t i = 0; i < scene->group_count; i++) {
        const SceneGroup *group = &scene->groups[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_text(out, "id", group->id);
        buf_add_text(out, ", ");
        add_box(out, group->box);
        add_parent(out, scene, group->parent);
        add_label(out, &group->title);
        buf_add_text(out, "}");
    }
}

static void add_edges(Buf *out, const Scene *scene) {
    for (size_t i = 0; i < scene->edge_count; i++) {
        const SceneEdge *edge = &scene->edges[i];
        buf_add_format(out, "%s{\"id\": \"e%zu\", ", i ? ",\n    " : "\n    ", i);
        add_text(out, "from", edge->from);
        buf_add_text(out, ", ");
        add_text(out, "to", edge->to);
        buf_add_text(out, ", \"points\": [");
        for (size_t k = 0; k < edge->point_count; k++) {
            buf_add_text(out, k ? ", [" : "[");
            buf_add_fixed(out, edge->points[k].x, COORD_PER_PX, 3);
            buf_add_text(out, ", ");
            buf_add_fixed(out, edge->points[k].y, COORD_PER_PX, 3);
            buf_add_text(out, "]");
        }
        buf_add_text(out, "]");
        add_label(out, &edge->label);
        buf_add_text(out, "}");
    }
}

void layout_write_json(const Scene *scene, Buf *out) {
    buf_add_text(out, "{");
    add_px(out, "width", scene->width);
    buf_add_text(out, ", ");
    add_px(out, "height", scene->height);
    buf_add_format(out, ", \"fontSize\": %d,\n  \"nodes\": [", scene->font_size_px);
    add_nodes(out, scene);
    buf_add_text(out, "],\n  \"groups\": [");
    add_groups(out, scene);
    buf_add_text(out, "],\n  \"edges\": [");
    add_edges(out, scene);
    buf_add_text(out, "]}\n");
}
