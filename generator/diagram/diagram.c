#include "base/ban.h"

#include "diagram/diagram.h"

#include "diagram/layout/layout.h"
#include "diagram/model/graph_json.h"
#include "diagram/model/rules.h"
#include "diagram/parts.h"
#include "diagram/scene/scene.h"
#include "diagram/scene/sequence.h"
#include "diagram/svg/svg.h"
#include "diagram/svg/theme.h"
#include "diagram/syntax/syntax.h"
#include "diagram/text/text.h"

/* Labels read like captions beside a page's 16 px text; parts that hang together with nothing are
 * packed to the width of the column inside its frame. */
#define FONT_SIZE_PX 14
#define PAGE_WIDTH   COORD_OF_PX(680)

/* The kinds that are drawn: how their text is read, and how the model is placed. A new layered kind
 * is one more row. */
static const struct {
    DiagramKind kind;
    Graph *(*parse)(const Source *source, Arena *arena, Diags *diags, bool *ok);
    Scene *(*place)(const Graph *graph, const LayoutOptions *options, Arena *arena);
} kinds[] = {
    {DIAGRAM_FLOWCHART, syntax_parse_flow, layout_flow},
    {DIAGRAM_STATE, syntax_parse_state, layout_flow},
    {DIAGRAM_CLASS, syntax_parse_class, layout_flow},
    {DIAGRAM_ER, syntax_parse_er, layout_flow},
};
#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

static void add_link(Diagram *diagram, Str *url, Span at) {
    if (url->size)
        diagram->links[diagram->link_count++] = (DiagramLink){url, at};
}

/* The links that are drawn are the scene's; it has nodes and groups in the graph's order. */
static void collect_links(Diagram *diagram, Arena *arena) {
    const Graph *graph = diagram->graph;
    Scene *scene = diagram->scene;
    diagram->links = ARENA_ARRAY(arena, DiagramLink, scene->node_count + scene->group_count);
    for (size_t i = 0; i < scene->node_count; i++)
        add_link(diagram, &scene->nodes[i].link, graph->nodes[i].link_at);
    for (size_t i = 0; i < scene->group_count; i++)
        add_link(diagram, &scene->groups[i].link, graph->groups[i].link_at);
}

/* `linkStyle default` comes before what an edge has of its own. */
static void apply_default_style(const Graph *graph, Scene *scene, Arena *arena) {
    StyleList base = graph->default_edge_style;
    for (size_t i = 0; base.count && i < scene->edge_count; i++) {
        StyleList *style = &scene->edges[i].look.style, own = *style;
        StyleRule *rules = ARENA_ARRAY(arena, StyleRule, base.count + own.count);
        memcpy(rules, base.rules, base.count * sizeof *rules);
        if (own.count)
            memcpy(rules + base.count, own.rules, own.count * sizeof *rules);
        *style = (StyleList){rules, base.count + own.count, base.count + own.count};
    }
}

static int whole_px(Coord length) {
    return (length + COORD_PER_PX - 1) / COORD_PER_PX;
}

static void set_scene(Diagram *diagram, Scene *scene) {
    diagram->scene = scene;
    diagram->width_px = whole_px(scene->width);
    diagram->height_px = whole_px(scene->height);
    diagram->body_width_px = whole_px(scene->body.width);
    diagram->body_height_px = whole_px(scene->body.height);
    diagram->is_drawn = true;
}

static void draw(Diagram *diagram, Scene *scene, Arena *arena) {
    const Graph *graph = diagram->graph;
    apply_default_style(graph, scene, arena);
    if (str_is_blank(scene->description))
        scene->description = describe_summary(graph, scene->role_word, arena);
    legend_place(graph, scene, arena);
    heading_place(&graph->heading, scene, arena);
    set_scene(diagram, scene);
    collect_links(diagram, arena);
    describe_graph(diagram, arena);
    diagram->title = graph->title;
    diagram->caption = graph->caption;
}

static const LayoutOptions layout_options = {.font_size_px = FONT_SIZE_PX,
                                             .target_width = PAGE_WIDTH};

/* The links of a sequence diagram are those of the heads that are drawn first. */
static void collect_head_links(Diagram *diagram, Arena *arena) {
    const Sequence *sequence = diagram->sequence;
    SceneSequence *scene = diagram->scene->sequence;
    diagram->links = ARENA_ARRAY(arena, DiagramLink, scene->head_count);
    for (size_t i = 0; i < scene->head_count; i++) {
        ParticipantId id = sequence_find(sequence, scene->heads[i].id);
        if (scene->heads[i].link.size)
            add_link(diagram, &scene->heads[i].link, sequence->participants[id].links[0].at);
    }
}

/* The one kind whose model is no graph. */
static void compile_sequence(Diagram *diagram, const Source *source, Arena *arena, Diags *diags) {
    bool ok = true;
    Sequence *sequence = syntax_parse_sequence(source, arena, diags, &ok);
    diagram->sequence = sequence;
    diagram->title = sequence->title;
    diagram->caption = sequence->caption;
    if (!ok)
        return;
    Scene *scene = layout_sequence(sequence, &layout_options, arena);
    heading_place(&sequence->heading, scene, arena);
    set_scene(diagram, scene);
    collect_head_links(diagram, arena);
    describe_sequence(diagram, arena);
}

/* What cannot be drawn is named, never passed over. */
static void report_kind(const Source *source, DiagramKind kind, Diags *diags) {
    Span word = kind_word(source);
    if (word.size == 0) {
        diag_add(diags, DIAG_DIAGRAM_SYNTAX, word, "the diagram is empty");
        diag_hint(diags, "begin with a line such as \"flowchart LR\"");
    } else if (kind == DIAGRAM_UNKNOWN) {
        diag_add(diags, DIAG_DIAGRAM_SYNTAX, word, "no kind of diagram is called \"%.*s\"",
                 STR_FMT(span_text(word)));
        diag_hint(diags, "begin with a line such as \"flowchart LR\"");
    } else {
        diag_add(diags, DIAG_DIAGRAM_UNSUPPORTED, word, "docsgen does not draw \"%.*s\" yet",
                 STR_FMT(span_text(word)));
        diag_hint(diags, "its source is shown instead");
    }
}

Diagram *diagram_compile(const Source *source, Arena *arena, Diags *diags) {
    Diagram *diagram = ARENA_NEW(arena, Diagram);
    DiagramKind kind = kind_find(source);
    bool is_known = kind != DIAGRAM_UNKNOWN && kind != DIAGRAM_OTHER;
    diagram->kind = is_known ? kind_name(kind) : span_text(kind_word(source));
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (kinds[i].kind != kind)
            continue;
        bool ok = true;
        diagram->graph = kinds[i].parse(source, arena, diags, &ok);
        if (!ok)
            return diagram;
        rules_check(diagram->graph, arena, diags);
        report_styles(diagram->graph, arena, diags);
        draw(diagram, kinds[i].place(diagram->graph, &layout_options, arena), arena);
        return diagram;
    }
    if (kind == DIAGRAM_SEQUENCE)
        compile_sequence(diagram, source, arena, diags);
    else
        report_kind(source, kind, diags);
    return diagram;
}

Diagram *diagram_from_graph(Graph *graph, Arena *arena) {
    Diagram *diagram = ARENA_NEW(arena, Diagram);
    diagram->kind = kind_name(DIAGRAM_FLOWCHART);
    diagram->graph = graph;
    draw(diagram, layout_flow(graph, &layout_options, arena), arena);
    return diagram;
}

void diagram_write_svg(const Diagram *diagram, const DiagramSvgOptions *options, Buf *out) {
    if (!diagram->is_drawn)
        return;
    SvgOptions svg = {.id_prefix = options->id_prefix,
                      .link_prefix = options->link_prefix,
                      .name = options->name,
                      .is_standalone = options->is_standalone,
                      .has_fonts = options->has_fonts,
                      .has_no_heading = options->has_no_heading,
                      .is_dark = options->is_dark};
    svg_write(diagram->scene, &svg, out);
}

void diagram_write_text(const Diagram *diagram, Buf *out) {
    if (!diagram->is_drawn)
        return;
    if (diagram->title.size) {
        buf_add(out, diagram->title);
        buf_add_text(out, "\n\n");
    }
    for (size_t i = 0; i < diagram->line_count; i++) {
        const DiagramLine *line = &diagram->lines[i];
        if (line->depth == 0 && i > 0)
            buf_add_char(out, '\n');
        if (line->depth > 0) {
            buf_add_repeat(out, ' ', 2 * (size_t)(line->depth - 1));
            buf_add_text(out, "- ");
        }
        buf_add(out, line->text);
        buf_add_text(out, line->depth == 0 ? ":\n" : "\n");
    }
}

void diagram_write_json(const Diagram *diagram, Buf *out) {
    if (diagram->is_drawn && diagram->sequence)
        sequence_write_json(diagram->sequence, STR(""), out);
    else if (diagram->is_drawn)
        graph_write_json(diagram->graph, STR(""), out);
}

void diagram_write_layout(const Diagram *diagram, Buf *out) {
    if (diagram->is_drawn)
        layout_write_json(diagram->scene, out);
}

void diagram_write_css(Buf *out) {
    theme_write_css(out);
}

void diagram_write_flat_css(bool is_dark, Buf *out) {
    theme_write_flat(out, is_dark);
}
