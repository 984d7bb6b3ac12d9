#include "base/ban.h"

#include "base/buf.h"
#include "data/yaml.h"
#include "diagram/syntax/flow.h"
#include "diagram/syntax/label.h"
#include "diagram/syntax/shape.h"

/* The YAML of a `@{...}` put together from its tokens, and where each of its lines began in the
 * author's text. */
typedef struct MetaText {
    Buf yaml;
    uint32_t *starts;
    size_t line_count, capacity;
} MetaText;

static void begin_line(FlowParser *parser, MetaText *meta, size_t clean_offset) {
    ARENA_RESERVE(parser->arena, meta->starts, meta->line_count, meta->capacity);
    meta->starts[meta->line_count++] = parser->clean.origin[clean_offset];
}

/* Appends a token's text and notes where each new line began. */
static void add_piece(FlowParser *parser, MetaText *meta, Str piece, bool is_string) {
    const char *base = parser->clean.text.data;
    for (size_t i = 0; i < piece.size; i++) {
        if (piece.data[i] != '\n') {
            buf_add_char(&meta->yaml, piece.data[i]);
            continue;
        }
        /* Inside quotes a line end with what spaces follow is a break in the label. */
        if (is_string) {
            buf_add_text(&meta->yaml, "<br/>");
            while (i + 1 < piece.size && (piece.data[i + 1] == ' ' || piece.data[i + 1] == '\t' ||
                                          piece.data[i + 1] == '\n'))
                i++;
            continue;
        }
        buf_add_char(&meta->yaml, '\n');
        begin_line(parser, meta, (size_t)(piece.data + i + 1 - base));
    }
}

static Str scalar(const YamlNode *node) {
    bool is_scalar =
        node && node->kind != YAML_NULL && node->kind != YAML_MAP && node->kind != YAML_LIST;
    return is_scalar ? node->text : (Str){NULL, 0};
}

/* Shape names are lower case; numbers and lists are no names. */
static void apply_shape(FlowParser *parser, Node *node, const YamlNode *value) {
    if (!value || value->kind == YAML_NULL || (value->text.size == 0 && value->is_quoted))
        return;
    Str name = scalar(value);
    if (shape_find(name, &node->shape)) {
        node->shape_name = name;
        node->has_shape = true;
        return;
    }
    parser->ok = false;
    if (name.size == 0) {
        diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, value->at, "a shape is a name, not %.*s",
                 STR_FMT(yaml_kind_name(value->kind)));
        diag_hint(parser->diags, "write shape: rect");
        return;
    }
    diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, value->at, "no shape \"%.*s\"", STR_FMT(name));
    size_t count;
    const Str *names = shape_names(parser->arena, &count);
    diag_hint_nearest(parser->diags, str_lower(parser->arena, name), names, count);
}

/* Labels given this way are Markdown in Mermaid, quoted or not. Keys that only concern how Mermaid
 * draws (pos, form, w, h, constraint) are passed over. */
static void apply_meta(FlowParser *parser, Node *node, const YamlNode *meta) {
    apply_shape(parser, node, yaml_find(meta, "shape"));
    const YamlNode *label = yaml_find(meta, "label");
    Str text = scalar(label);
    if (text.size) {
        node->label = flow_make_label(parser, text, true, label->at);
    }
    static const char *const pictures[] = {"icon", "img"};
    for (size_t i = 0; i < 2; i++) {
        const YamlNode *picture = yaml_find(meta, pictures[i]);
        if (!scalar(picture).size)
            continue;
        if (!text.size && str_equal(node->label.text, node->id))
            node->label.text = (Str){NULL, 0};
        diag_add(parser->diags, DIAG_DIAGRAM_UNSUPPORTED, picture->at,
                 "%s shapes are drawn as a box: icons and images are not drawn", pictures[i]);
    }
}

/* shape-data := "@{" yaml "}" ; on one line a flow map without its braces, on several lines a block
 * map. */
bool flow_parse_shape_data(FlowParser *parser, Str id, Span at) {
    Token first = parser->token;
    MetaText meta = {buf_new(parser->arena), NULL, 0, 0};
    bool is_string = false, has_break = false;
    parser->opener = first;
    parser->opener.text = STR("@{");
    size_t end = first.end;
    begin_line(parser, &meta, first.start);
    buf_add_text(&meta.yaml, "{\n");
    begin_line(parser, &meta, first.end);
    for (flow_next(parser); parser->token.kind == TOKEN_SHAPE_DATA; flow_next(parser)) {
        Str piece = parser->token.text;
        bool is_quote = str_equal(piece, STR("\""));
        has_break |= !is_string && str_find_char(piece, '\n', 0) != STR_NONE;
        add_piece(parser, &meta, piece, is_string);
        if (is_quote)
            is_string = !is_string;
        end = parser->token.end;
    }
    if (parser->token.kind == TOKEN_STOP || parser->token.kind == TOKEN_BAD)
        return flow_fail(parser, FLOW_SHAPE_DATA);
    buf_add_text(&meta.yaml, "\n}");
    begin_line(parser, &meta, end);
    Str yaml = buf_str(&meta.yaml);
    const uint32_t *starts = meta.starts;
    if (has_break) {
        yaml = str_slice(yaml, 2, yaml.size - 1);
        starts++;
    }

    Source *source = source_excerpt(parser->arena, parser->clean.source, yaml, starts);
    const YamlNode *node = yaml_parse(span_of(source, 0, yaml.size), DIAG_DIAGRAM_SYNTAX,
                                      parser->arena, parser->diags);
    if (!node) {
        parser->ok = false;
        parser->error_count++;
        return true;
    }
    NodeId index = flow_add_node(parser, id, at);
    if (index != GRAPH_NONE)
        apply_meta(parser, &parser->graph->nodes[index], node);
    return true;
}
