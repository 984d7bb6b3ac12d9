/* Styles and themes that docsgen does not use are named once per diagram, so that an author need
 * not wonder why nothing changes. */
#include "base/ban.h"

#include "base/buf.h"
#include "diagram/parts.h"

#define NAMES_MOST 8

/* What theme.c and label_style.c read. */
static const char *const known_properties[] = {
    "fill",      "stroke",      "color",      "stroke-width", "stroke-dasharray",
    "font-size", "font-weight", "font-style", "opacity",
};

/* The names that were found, each once. */
typedef struct Unused {
    Str names[NAMES_MOST];
    size_t count, more;
    Span at; /* of the first */
} Unused;

static void add_name(Unused *unused, Str name, Span at) {
    for (size_t i = 0; i < unused->count; i++)
        if (str_equal_nocase(unused->names[i], name))
            return;
    if (unused->count + unused->more == 0)
        unused->at = at;
    if (unused->count < NAMES_MOST)
        unused->names[unused->count++] = name;
    else
        unused->more++;
}

static bool is_known(Str property) {
    for (size_t i = 0; i < sizeof known_properties / sizeof *known_properties; i++)
        if (str_equal_nocase(property, str_from(known_properties[i])))
            return true;
    return false;
}

static void add_style(Unused *unused, const StyleList *style, Span at) {
    for (size_t i = 0; i < style->count; i++) {
        Str property = str_trim(style->rules[i].property);
        if (!is_known(property))
            add_name(unused, property, at);
    }
}

/* Mermaid's own default needs no word; the others are palettes of their own. */
static void add_theme(Unused *unused, const Graph *graph, Arena *arena) {
    bool is_palette = graph->theme.size && !str_equal(graph->theme, STR("default")) &&
                      !str_equal(graph->theme, STR("base"));
    if (is_palette)
        add_name(unused, str_format(arena, "theme \"%.*s\"", STR_FMT(graph->theme)),
                 graph->theme_at);
    for (size_t i = 0; i < graph->unused_theme.count; i++)
        add_name(unused, graph->unused_theme.items[i], graph->theme_at);
}

void report_styles(const Graph *graph, Arena *arena, Diags *diags) {
    Unused unused = {.count = 0};
    add_theme(&unused, graph, arena);
    for (size_t i = 0; i < graph->class_count; i++)
        add_style(&unused, &graph->classes[i].style, graph->classes[i].at);
    for (size_t i = 0; i < graph->node_count; i++)
        add_style(&unused, &graph->nodes[i].style, graph->nodes[i].at);
    for (size_t i = 0; i < graph->group_count; i++)
        add_style(&unused, &graph->groups[i].style, graph->groups[i].at);
    for (size_t i = 0; i < graph->edge_count; i++)
        add_style(&unused, &graph->edges[i].style, graph->edges[i].at);
    if (graph->edge_count)
        add_style(&unused, &graph->default_edge_style, graph->edges[0].at);
    if (unused.count == 0)
        return;
    Buf names = buf_new(arena);
    for (size_t i = 0; i < unused.count; i++) {
        buf_add_text(&names, i ? ", " : "");
        buf_add(&names, unused.names[i]);
    }
    if (unused.more)
        buf_add_format(&names, " and %zu more", unused.more);
    diag_add(diags, DIAG_DIAGRAM_STYLE, unused.at, "not used: %.*s", STR_FMT(buf_str(&names)));
    diag_hint(diags, "drawings take the site's colours and fonts; classes such as :::green follow "
                     "light and dark");
}
