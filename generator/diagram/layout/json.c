/* A scene as JSON, for benchmarks and tests. */
#include "base/ban.h"

#include "base/escape.h"
#include "diagram/layout/layout.h"
#include "diagram/scene/sequence.h"

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

static void add_braced_box(Buf *out, Box box) {
    buf_add_text(out, "{");
    add_box(out, box);
    buf_add_text(out, "}");
}

/* The box of a text under `key`; null: there is none. */
static void add_text_box(Buf *out, const char *key, const SceneText *text) {
    buf_add_format(out, ", \"%s\": ", key);
    if (text->block.line_count)
        add_braced_box(out, text->box);
    else
        buf_add_text(out, "null");
}

static void add_label(Buf *out, const SceneText *text) {
    add_text_box(out, "label", text);
}

static void add_point(Buf *out, Point point) {
    buf_add_text(out, "[");
    buf_add_fixed(out, point.x, COORD_PER_PX, 3);
    buf_add_text(out, ", ");
    buf_add_fixed(out, point.y, COORD_PER_PX, 3);
    buf_add_text(out, "]");
}

/* `"points": [[x, y], ...]` */
static void add_points(Buf *out, const Point *points, size_t count) {
    buf_add_text(out, ", \"points\": [");
    for (size_t i = 0; i < count; i++) {
        buf_add_text(out, i ? ", " : "");
        add_point(out, points[i]);
    }
    buf_add_text(out, "]");
}

/* Mermaid takes a subgraph's id twice and draws both: the later one is told apart by its number. */
static void add_group_id(Buf *out, const Scene *scene, const char *key, uint32_t group) {
    Str id = scene->groups[group].id;
    size_t count = 1;
    for (uint32_t i = 0; i < group; i++)
        count += str_equal(scene->groups[i].id, id);
    if (count == 1) {
        add_text(out, key, id);
        return;
    }
    Arena *arena = arena_new();
    add_text(out, key, str_format(arena, "%.*s~%zu", STR_FMT(id), count));
    arena_free(arena);
}

static void add_parent(Buf *out, const Scene *scene, uint32_t parent) {
    if (parent == GRAPH_NONE)
        buf_add_text(out, ", \"parent\": null");
    else {
        buf_add_text(out, ", ");
        add_group_id(out, scene, "parent", parent);
    }
}

/* The names that benchmarks know; shapes of the same outline share one. All others are rectangles
 * to them. */
static const char *const shape_words[SHAPE_COUNT] = {
    "rect",    "rounded",       "stadium",       "subroutine",    "cylinder",
    "circle",  "doublecircle",  "ellipse",       "flag",          "diamond",
    "hexagon", "parallelogram", "parallelogram", "parallelogram", "parallelogram",
};

static void add_nodes(Buf *out, const Scene *scene) {
    for (size_t i = 0; i < scene->node_count; i++) {
        const SceneNode *node = &scene->nodes[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_text(out, "id", node->id);
        buf_add_text(out, ", ");
        add_box(out, node->box);
        add_parent(out, scene, node->parent);
        const char *word = shape_words[node->shape];
        buf_add_format(out, ", \"shape\": \"%s\"", word ? word : "rect");
        add_label(out, &node->text);
        if (node->text_count)
            buf_add_text(out, ", \"texts\": [");
        for (size_t k = 0; k < node->text_count; k++) {
            buf_add_text(out, k ? ", " : "");
            add_braced_box(out, node->texts[k].box);
        }
        buf_add_text(out, node->text_count ? "]}" : "}");
    }
}

static void add_groups(Buf *out, const Scene *scene) {
    for (size_t i = 0; i < scene->group_count; i++) {
        const SceneGroup *group = &scene->groups[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_group_id(out, scene, "id", (uint32_t)i);
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
        add_points(out, edge->points, edge->point_count);
        add_label(out, &edge->label);
        if (edge->ends[0].block.line_count || edge->ends[1].block.line_count) {
            add_text_box(out, "startLabel", &edge->ends[0]);
            add_text_box(out, "endLabel", &edge->ends[1]);
        }
        buf_add_text(out, "}");
    }
}

static void add_legend(Buf *out, const Scene *scene) {
    for (size_t i = 0; i < scene->legend_count; i++) {
        const SceneLegendRow *row = &scene->legend[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_text(out, "key", row->key);
        buf_add_text(out, ", ");
        add_box(out, row->sample);
        add_label(out, &row->text);
        buf_add_text(out, "}");
    }
}

/* ---- Sequence diagrams ---- */

static void add_heads(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->head_count; i++) {
        const SceneHead *head = &scene->heads[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_text(out, "id", head->id);
        buf_add_text(out, ", ");
        add_text(out, "kind", sequence_kind_name(head->kind));
        buf_add_format(out, ", \"first\": %s, ", head->is_first ? "true" : "false");
        add_box(out, head->box);
        add_label(out, &head->text);
        buf_add_text(out, "}");
    }
}

static void add_bands(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->band_count; i++) {
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_box(out, scene->bands[i].box);
        add_label(out, &scene->bands[i].title);
        buf_add_text(out, "}");
    }
}

static void add_lifelines(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->lifeline_count; i++) {
        const SceneLifeline *line = &scene->lifelines[i];
        buf_add_text(out, i ? ",\n    " : "\n    ");
        add_braced_box(out, (Box){line->x, line->top, 0, line->bottom - line->top});
    }
}

static void add_bars(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->bar_count; i++) {
        buf_add_text(out, i ? ",\n    " : "\n    ");
        add_braced_box(out, scene->bars[i]);
    }
}

static void add_crosses(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->cross_count; i++) {
        buf_add_text(out, i ? ", " : "");
        add_point(out, scene->crosses[i]);
    }
}

static void add_frames(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->frame_count; i++) {
        const SceneFrame *frame = &scene->frames[i];
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_text(out, "kind", sequence_frame_name(frame->kind));
        buf_add_text(out, ", ");
        add_box(out, frame->box);
        if (frame->parent == SEQUENCE_NONE)
            buf_add_text(out, ", \"parent\": null");
        else
            buf_add_format(out, ", \"parent\": %u", frame->parent);
        add_label(out, &frame->word);
        buf_add_text(out, ", \"sections\": [");
        for (size_t k = 0; k < frame->section_count; k++) {
            buf_add_text(out, k ? ", {" : "{");
            add_px(out, "y", frame->sections[k].y);
            add_label(out, &frame->sections[k].title);
            buf_add_text(out, "}");
        }
        buf_add_text(out, "]}");
    }
}

static void add_notes(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->note_count; i++) {
        buf_add_text(out, i ? ",\n    {" : "\n    {");
        add_box(out, scene->notes[i].box);
        add_label(out, &scene->notes[i].text);
        buf_add_text(out, "}");
    }
}

/* A message to its own sender has two corners at the right. */
static void add_messages(Buf *out, const SceneSequence *scene) {
    for (size_t i = 0; i < scene->message_count; i++) {
        const SceneMessage *message = &scene->messages[i];
        Point points[] = {message->start,
                          {message->turn, message->start.y},
                          {message->turn, message->end.y},
                          message->end};
        if (message->turn == 0)
            points[1] = message->end;
        buf_add_format(out, "%s{\"id\": \"m%zu\", ", i ? ",\n    " : "\n    ", i);
        add_text(out, "from", message->from);
        buf_add_text(out, ", ");
        add_text(out, "to", message->to);
        add_points(out, points, message->turn ? 4 : 2);
        add_label(out, &message->text);
        buf_add_text(out, ", \"number\": ");
        if (message->badge.width)
            add_braced_box(out, message->badge);
        else
            buf_add_text(out, "null");
        buf_add_text(out, "}");
    }
}

/* The lists of a sequence diagram; what stands behind comes first, as in the drawing. */
static void add_sequence(Buf *out, const SceneSequence *scene) {
    static const struct {
        const char *key;
        void (*add)(Buf *out, const SceneSequence *scene);
    } lists[] = {
        {"boxes", add_bands},       {"frames", add_frames},      {"lifelines", add_lifelines},
        {"activations", add_bars},  {"ends", add_crosses},       {"notes", add_notes},
        {"messages", add_messages}, {"participants", add_heads},
    };
    buf_add_text(out, "]");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        buf_add_format(out, "%s,\n  \"%s\": [", i ? "]" : "", lists[i].key);
        lists[i].add(out, scene);
    }
}

void layout_write_json(const Scene *scene, Buf *out) {
    buf_add_text(out, "{");
    add_px(out, "width", scene->width);
    buf_add_text(out, ", ");
    add_px(out, "height", scene->height);
    buf_add_format(out, ", \"fontSize\": %d", scene->font_size_px);
    if (scene->heading.block.line_count)
        add_text_box(out, "title", &scene->heading);
    buf_add_text(out, ",\n  \"nodes\": [");
    add_nodes(out, scene);
    buf_add_text(out, "],\n  \"groups\": [");
    add_groups(out, scene);
    buf_add_text(out, "],\n  \"edges\": [");
    add_edges(out, scene);
    if (scene->legend_count) {
        buf_add_text(out, "],\n  \"legend\": [");
        add_legend(out, scene);
    }
    if (scene->sequence)
        add_sequence(out, scene->sequence);
    buf_add_text(out, "]}\n");
}
