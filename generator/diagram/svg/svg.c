#include "base/ban.h"

#include "diagram/svg/svg.h"

#include "diagram/scene/legend_key.h"
#include "diagram/scene/sequence.h"
#include "diagram/scene/shape.h"
#include "diagram/svg/svg_form.h"
#include "diagram/svg/theme.h"

#define FONT_FAMILY "Inter,'Helvetica Neue','Segoe UI',Arial,sans-serif"

#define GROUP_RADIUS   COORD_OF_PX(8)
#define LABEL_RADIUS   COORD_OF_PX(4)
#define LABEL_MARGIN_X COORD_OF_PX(4) /* of an edge label's background around its text */
#define LABEL_MARGIN_Y COORD_OF_PX(1)
#define REGION_DASH    "6 4" /* around states that are entered at the same time */
#define SWATCH_RADIUS  COORD_OF_PX(3)

#define RULE_WIDTH        "0.75"
#define HEAD_BAND_OPACITY "0.1"

typedef struct Writer {
    Buf *buf;
    const Scene *scene;
    const SvgOptions *options;
} Writer;

void svg_attribute(Buf *buf, const char *name, Str value) {
    buf_add_char(buf, ' ');
    buf_add_text(buf, name);
    buf_add_text(buf, "=\"");
    svg_text(buf, value);
    buf_add_char(buf, '"');
}

void svg_box(Buf *buf, Box box, Coord radius) {
    svg_number(buf, "x", box.x);
    svg_number(buf, "y", box.y);
    svg_number(buf, "width", box.width);
    svg_number(buf, "height", box.height);
    if (radius > 0)
        svg_number(buf, "rx", radius);
}

void svg_circle(Buf *buf, Point centre, Coord radius, const ThemePaint *paint) {
    buf_add_text(buf, "<circle");
    svg_classes(buf, paint, "fs");
    svg_colour(buf, "fill", paint->fill);
    svg_colour(buf, "stroke", paint->stroke);
    svg_number(buf, "stroke-width", paint->stroke_width);
    svg_number(buf, "cx", centre.x);
    svg_number(buf, "cy", centre.y);
    svg_number(buf, "r", radius);
    buf_add_text(buf, "/>");
}

void svg_open_part(Buf *buf, const char *part, const ThemePaint *paint) {
    buf_add_text(buf, "<g class=\"dg-");
    buf_add_text(buf, part);
    if (!str_equal(paint->tone, str_from(part))) {
        buf_add_text(buf, " dg-");
        buf_add(buf, paint->tone);
    }
    buf_add_char(buf, '"');
    if (paint->opacity < 100) {
        buf_add_text(buf, " opacity=\"");
        buf_add_fixed(buf, paint->opacity, 100, 2);
        buf_add_char(buf, '"');
    }
}

typedef enum LinkKind {
    LINK_NONE, /* empty, or a scheme that could do more than show something */
    LINK_RELATIVE,
    LINK_ABSOLUTE,
} LinkKind;

/* link = relative path, or a URL with a harmless scheme. Checked here once more, although links are
 * findings of their own: this is the last place before a reader's click. */
static LinkKind link_kind(Str link) {
    static const char *const schemes[] = {"http:", "https:", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (str_equal_nocase(str_slice(link, 0, strlen(schemes[i])), str_from(schemes[i])))
            return LINK_ABSOLUTE;
    for (size_t i = 0; i < link.size && !strchr("/?#", link.data[i]); i++)
        if (link.data[i] == ':')
            return LINK_NONE;
    /* Browsers drop control characters from URLs, and could find a scheme behind them. */
    for (size_t i = 0; i < link.size; i++)
        if ((unsigned char)link.data[i] <= 0x20)
            return LINK_NONE;
    return link.size ? LINK_RELATIVE : LINK_NONE;
}

bool svg_open_link(Buf *buf, Str prefix, Str link) {
    LinkKind kind = link_kind(link);
    if (kind == LINK_NONE)
        return false;
    buf_add_text(buf, "<a href=\"");
    if (kind == LINK_RELATIVE)
        svg_text(buf, prefix);
    svg_text(buf, link);
    buf_add_text(buf, "\">");
    return true;
}

static void write_tooltip(Buf *buf, Str tooltip) {
    if (str_is_blank(tooltip))
        return;
    buf_add_text(buf, "<title>");
    svg_text(buf, tooltip);
    buf_add_text(buf, "</title>");
}

/* ---- Groups ---- */

static void write_group(Writer *writer, const SceneGroup *group) {
    Buf *buf = writer->buf;
    ThemePaint paint =
        theme_resolve(THEME_GROUP, group->depth, &group->look, writer->options->is_dark);
    svg_open_part(buf, "group", &paint);
    svg_attribute(buf, "data-id", group->id);
    svg_end(buf, writer->scene, writer->options, group->id);
    buf_add_char(buf, '>');
    bool is_link = svg_open_link(buf, writer->options->link_prefix, group->link);
    if (group->is_dashed && paint.dash.size == 0)
        paint.dash = STR(REGION_DASH);
    buf_add_text(buf, "<rect");
    svg_classes(buf, &paint, "fs");
    svg_colour(buf, "fill", paint.fill);
    if (paint.is_tinted)
        buf_add_text(buf, " fill-opacity=\"" SVG_TINT_OPACITY "\"");
    svg_colour(buf, "stroke", paint.stroke);
    svg_stroke(buf, &paint);
    svg_box(buf, group->box, GROUP_RADIUS);
    buf_add_text(buf, "/>");
    svg_lines(buf, &group->title, &paint, writer->scene->font_size_px);
    buf_add_text(buf, is_link ? "</a></g>\n" : "</g>\n");
}

/* ---- Nodes ---- */

static void write_path(Buf *buf, const ShapePath *path) {
    svg_point(buf, 'M', path->segments[0].from);
    for (size_t i = 0; i < path->count; i++) {
        const ShapeSegment *segment = &path->segments[i];
        if (!segment->is_curve) {
            svg_point(buf, 'L', segment->to);
            continue;
        }
        svg_point(buf, 'C', segment->control1);
        svg_point(buf, ' ', segment->control2);
        svg_point(buf, ' ', segment->to);
    }
    if (path->is_closed)
        buf_add_char(buf, 'Z');
}

/* Is this path of the shape full of the line's colour? */
static bool is_solid(NodeShape shape, size_t path) {
    return shape == SHAPE_START || shape == SHAPE_BAR || (shape == SHAPE_STOP && path == 1);
}

void svg_outline(Buf *buf, NodeShape shape, Box box, const ThemePaint *paint) {
    ShapeOutline outline;
    shape_outline(shape, box, &outline);
    for (size_t i = 0; i < outline.count; i++) {
        bool is_filled = outline.paths[i].is_closed;
        Coord radius;
        bool is_rect = shape_is_rect(shape, box, &radius);
        buf_add_text(buf, is_rect ? "<rect" : "<path");
        bool is_full = is_solid(shape, i);
        svg_classes(buf, paint, is_full ? "hs" : is_filled ? "fs" : "s");
        if (is_filled)
            svg_colour(buf, "fill", is_full ? paint->stroke : paint->fill);
        else
            buf_add_text(buf, " fill=\"none\"");
        svg_colour(buf, "stroke", paint->stroke);
        svg_stroke(buf, paint);
        if (is_rect) {
            svg_box(buf, box, radius);
        } else {
            buf_add_text(buf, " d=\"");
            write_path(buf, &outline.paths[i]);
            buf_add_char(buf, '"');
        }
        buf_add_text(buf, "/>");
    }
}

/* The first compartment of several has a tint of the line's colour: what it holds is the name. */
static void write_head_band(Buf *buf, const SceneNode *node, const ThemePaint *paint) {
    Box box = node->box;
    Coord radius, bottom = box.y + box.height;
    if (!shape_is_rect(node->shape, box, &radius))
        return;
    for (size_t i = 0; i < node->rule_count; i++)
        if (node->rules[i].width == box.width && node->rules[i].y < bottom)
            bottom = node->rules[i].y;
    if (bottom == box.y + box.height)
        return;
    Coord right = box.x + box.width;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "h");
    svg_colour(buf, "fill", paint->stroke);
    buf_add_text(buf, " fill-opacity=\"" HEAD_BAND_OPACITY "\" d=\"");
    svg_point(buf, 'M', (Point){box.x, bottom});
    svg_point(buf, 'L', (Point){box.x, box.y + radius});
    svg_point(buf, 'Q', (Point){box.x, box.y});
    svg_point(buf, ' ', (Point){box.x + radius, box.y});
    svg_point(buf, 'L', (Point){right - radius, box.y});
    svg_point(buf, 'Q', (Point){right, box.y});
    svg_point(buf, ' ', (Point){right, box.y + radius});
    svg_point(buf, 'L', (Point){right, bottom});
    buf_add_text(buf, "Z\"/>");
}

/* The lines between compartments, thinner than the outline. */
static void write_rules(Buf *buf, const SceneNode *node, const ThemePaint *paint) {
    if (node->rule_count == 0)
        return;
    buf_add_text(buf, "<path");
    svg_classes(buf, paint, "s");
    buf_add_text(buf, " fill=\"none\"");
    svg_colour(buf, "stroke", paint->stroke);
    buf_add_text(buf, " stroke-width=\"" RULE_WIDTH "\" d=\"");
    for (size_t i = 0; i < node->rule_count; i++) {
        Box line = node->rules[i];
        svg_point(buf, 'M', (Point){line.x, line.y});
        svg_point(buf, 'L', (Point){line.x + line.width, line.y + line.height});
    }
    buf_add_text(buf, "\"/>");
}

static void write_node(Writer *writer, const SceneNode *node) {
    Buf *buf = writer->buf;
    bool is_dark = writer->options->is_dark;
    ThemePaint paint = theme_resolve(THEME_NODE, 0, &node->look, is_dark);
    if (shape_is_open(node->shape) || paint.fill.alpha < 128)
        svg_text_on_ground(writer->scene, node->box, is_dark, &paint);
    svg_open_part(buf, "node", &paint);
    svg_attribute(buf, "data-id", node->id);
    svg_end(buf, writer->scene, writer->options, node->id);
    buf_add_char(buf, '>');
    write_tooltip(buf, node->tooltip);
    bool is_link = svg_open_link(buf, writer->options->link_prefix, node->link);
    if (node->shape != SHAPE_TEXT)
        svg_outline(buf, node->shape, node->box, &paint);
    write_head_band(buf, node, &paint);
    write_rules(buf, node, &paint);
    svg_lines(buf, &node->text, &paint, writer->scene->font_size_px);
    for (size_t i = 0; i < node->text_count; i++)
        svg_lines(buf, &node->texts[i], &paint, writer->scene->font_size_px);
    buf_add_text(buf, is_link ? "</a></g>\n" : "</g>\n");
}

/* ---- Edges ---- */

static void write_edge(Writer *writer, const SceneEdge *edge) {
    if (edge->line == EDGE_INVISIBLE)
        return;
    Buf *buf = writer->buf;
    ThemePaint paint = theme_resolve(THEME_EDGE, 0, &edge->look, writer->options->is_dark);
    svg_open_part(buf, "edge", &paint);
    svg_attribute(buf, "data-from", edge->from);
    svg_attribute(buf, "data-to", edge->to);
    svg_edge_ends(buf, writer->scene, writer->options, edge->from, edge->to);
    buf_add_char(buf, '>');
    svg_route(buf, edge, &paint);
    for (size_t i = 0; i < 2; i++)
        svg_lines(buf, &edge->ends[i], &paint, writer->scene->font_size_px);
    buf_add_text(buf, "</g>\n");
}

/* Labels come after all lines, so that no line runs through one. */
static void write_label(Writer *writer, const SceneEdge *edge) {
    if (edge->label.block.line_count == 0 || edge->line == EDGE_INVISIBLE)
        return;
    Buf *buf = writer->buf;
    bool is_dark = writer->options->is_dark;
    ThemePaint paint = theme_resolve(THEME_EDGE, 0, &edge->look, is_dark);
    Box box = edge->label.box;
    Box ground = {box.x - LABEL_MARGIN_X, box.y - LABEL_MARGIN_Y, box.width + 2 * LABEL_MARGIN_X,
                  box.height + 2 * LABEL_MARGIN_Y};
    svg_ground(buf, writer->scene, ground, LABEL_RADIUS, is_dark);
    svg_text_on_ground(writer->scene, ground, is_dark, &paint);
    svg_open_part(buf, "edge", &paint);
    svg_edge_ends(buf, writer->scene, writer->options, edge->from, edge->to);
    buf_add_char(buf, '>');
    svg_lines(buf, &edge->label, &paint, writer->scene->font_size_px);
    buf_add_text(buf, "</g>\n");
}

/* ---- Legend ---- */

static void write_legend_row(Writer *writer, SceneLegendRow *row) {
    Buf *buf = writer->buf;
    const Scene *scene = writer->scene;
    bool is_dark = writer->options->is_dark;
    SceneLook look = {.names = {&row->key, 1, 1}};
    if (scene->node_count) { /* every node knows the author's classes */
        look.classes = scene->nodes[0].look.classes;
        look.class_count = scene->nodes[0].look.class_count;
    }
    Box sample = row->sample;
    Coord middle = sample.y + sample.height / 2;
    Point points[] = {{sample.x, middle}, {sample.x + sample.width, middle}};
    LegendLine line;
    SceneLook plain = {0};
    ThemePaint label = theme_resolve(THEME_EDGE, 0, &plain, is_dark);
    if (legend_key_read(row->key, scene->kind, &line)) {
        SceneEdge edge = {.points = points,
                          .point_count = 2,
                          .line = line.line,
                          .start = line.start,
                          .end = line.end};
        svg_open_part(buf, "edge", &label);
        buf_add_char(buf, '>');
        svg_route(buf, &edge, &label);
    } else {
        ThemePaint paint = theme_resolve(THEME_NODE, 0, &look, is_dark);
        svg_open_part(buf, "node", &paint);
        buf_add_text(buf, "><rect");
        svg_classes(buf, &paint, "fs");
        svg_colour(buf, "fill", paint.fill);
        svg_colour(buf, "stroke", paint.stroke);
        svg_stroke(buf, &paint);
        svg_box(buf, sample, SWATCH_RADIUS);
        buf_add_text(buf, "/>");
    }
    buf_add_text(buf, "</g>");
    svg_open_part(buf, "edge", &label);
    buf_add_char(buf, '>');
    svg_lines(buf, &row->text, &label, scene->font_size_px);
    buf_add_text(buf, "</g>\n");
}

/* ---- The document ---- */

static bool has_links(const Scene *scene) {
    for (size_t i = 0; i < scene->node_count; i++)
        if (link_kind(scene->nodes[i].link) != LINK_NONE)
            return true;
    for (size_t i = 0; i < scene->group_count; i++)
        if (link_kind(scene->groups[i].link) != LINK_NONE)
            return true;
    for (size_t i = 0; scene->sequence && i < scene->sequence->head_count; i++)
        if (link_kind(scene->sequence->heads[i].link) != LINK_NONE)
            return true;
    return false;
}

static Str name_of(const Writer *writer) {
    if (!str_is_blank(writer->options->name))
        return writer->options->name;
    return str_is_blank(writer->scene->title) ? writer->scene->role_word : writer->scene->title;
}

static void write_id(Buf *buf, Str prefix, const char *what) {
    svg_text(buf, prefix);
    buf_add_text(buf, what);
}

/* The attributes that name the drawing for assistive technology. */
static void write_role(Writer *writer) {
    Buf *buf = writer->buf;
    Str prefix = writer->options->id_prefix;
    /* Within an image assistive technology finds no links, hence a group where there are some. */
    buf_add_text(buf, has_links(writer->scene) ? " role=\"group\"" : " role=\"img\"");
    if (prefix.size == 0) {
        svg_attribute(buf, "aria-label", name_of(writer));
        return;
    }
    buf_add_text(buf, " id=\"");
    write_id(buf, prefix, "svg");
    buf_add_char(buf, '"');
    buf_add_text(buf, " aria-labelledby=\"");
    write_id(buf, prefix, "title");
    if (!str_is_blank(writer->scene->description)) {
        buf_add_text(buf, "\" aria-describedby=\"");
        write_id(buf, prefix, "desc");
    }
    buf_add_char(buf, '"');
}

static void write_name(Writer *writer, const char *tag, Str text) {
    Buf *buf = writer->buf;
    Str prefix = writer->options->id_prefix;
    if (str_is_blank(text))
        return;
    buf_add_char(buf, '<');
    buf_add_text(buf, tag);
    if (prefix.size) {
        buf_add_text(buf, " id=\"");
        write_id(buf, prefix, tag);
        buf_add_char(buf, '"');
    }
    buf_add_char(buf, '>');
    svg_text(buf, text);
    buf_add_text(buf, "</");
    buf_add_text(buf, tag);
    buf_add_text(buf, ">\n");
}

/* Rounded up to whole px: a part of one is drawn half transparent at the edge, or not at all. */
static Coord whole(Coord length) {
    return (length + COORD_PER_PX - 1) / COORD_PER_PX * COORD_PER_PX;
}

/* What is shown of the scene. A page that says the title itself leaves out the strip above. */
static Box view_of(const Writer *writer) {
    const Scene *scene = writer->scene;
    Box all = {0, 0, scene->width, scene->height};
    Box view = writer->options->has_no_heading ? scene->body : all;
    return (Box){view.x, view.y, whole(view.width), whole(view.height)};
}

static void write_heading(Writer *writer) {
    const Scene *scene = writer->scene;
    if (scene->heading.block.line_count == 0)
        return;
    SceneLook plain = {0};
    ThemePaint paint = theme_resolve(THEME_EDGE, 0, &plain, writer->options->is_dark);
    svg_open_part(writer->buf, "edge", &paint);
    buf_add_char(writer->buf, '>');
    svg_lines(writer->buf, &scene->heading, &paint, scene->font_size_px);
    buf_add_text(writer->buf, "</g>\n");
}

static void write_canvas(Writer *writer) {
    buf_add_text(writer->buf, "<rect class=\"dg-canvas\"");
    svg_colour(writer->buf, "fill", theme_canvas(writer->options->is_dark));
    svg_box(writer->buf, (Box){0, 0, whole(writer->scene->width), whole(writer->scene->height)}, 0);
    buf_add_text(writer->buf, "/>\n");
}

void svg_write(const Scene *scene, const SvgOptions *options, Buf *buf) {
    Writer writer = {buf, scene, options};
    size_t start = buf->size;
    if (options->is_standalone)
        buf_add_text(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buf_add_text(buf, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dg\"");
    write_role(&writer);
    Box view = view_of(&writer);
    svg_number(buf, "width", view.width);
    svg_number(buf, "height", view.height);
    buf_add_text(buf, " viewBox=\"");
    buf_add_fixed(buf, view.x, COORD_PER_PX, 2);
    svg_point(buf, ' ', (Point){view.y, view.width});
    buf_add_char(buf, ' ');
    buf_add_fixed(buf, view.height, COORD_PER_PX, 2);
    buf_add_text(buf, "\" font-family=\"" FONT_FAMILY "\"");
    svg_number(buf, "font-size", COORD_OF_PX(scene->font_size_px));
    /* Elsewhere a browser may move each letter to a whole pixel, and text out of its middle. */
    buf_add_text(buf, " text-rendering=\"geometricPrecision\">\n");
    write_name(&writer, "title", name_of(&writer));
    write_name(&writer, "desc", scene->description);
    if (options->is_standalone)
        write_canvas(&writer);
    if (!options->has_no_heading)
        write_heading(&writer);
    for (size_t i = 0; i < scene->group_count; i++)
        write_group(&writer, &scene->groups[i]);
    for (size_t i = 0; i < scene->edge_count; i++)
        write_edge(&writer, &scene->edges[i]);
    for (size_t i = 0; i < scene->edge_count; i++)
        write_label(&writer, &scene->edges[i]);
    for (size_t i = 0; i < scene->node_count; i++)
        write_node(&writer, &scene->nodes[i]);
    for (size_t i = 0; i < scene->legend_count; i++)
        write_legend_row(&writer, &scene->legend[i]);
    if (scene->sequence)
        svg_sequence(buf, scene, options);
    if (options->has_fonts)
        svg_fonts(buf, start);
    buf_add_text(buf, "</svg>\n");
}
