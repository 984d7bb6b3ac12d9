#include "base/ban.h"

#include "site/elements.h"

/* Is there a tag at the front of `text`, as `<b>` or `</span>`? Its size, or 0. Nobody writes long
 * ones, and looking far behind every `<` would take quadratic time. */
static size_t tag_size(Str text) {
    if (text.size < 3 || text.data[0] != '<')
        return 0;
    char c = text.data[1] == '/' ? text.data[2] : (char)(text.data[1] | 0x20);
    size_t end = str_find_char(str_slice(text, 0, 80), '>', 0);
    return c >= 'a' && c <= 'z' && end != STR_NONE ? end + 1 : 0;
}

/* Appends a line without tags and the marks of Markdown. */
static void add_plain(Buf *name, Str line, bool is_markdown) {
    for (size_t i = 0; i < line.size; i++) {
        size_t tag = tag_size(str_from_offset(line, i));
        if (tag)
            i += tag - 1;
        else if (!is_markdown || !strchr("*`", line.data[i]))
            buf_add_char(name, line.data[i]);
    }
}

/* The first line that says something. One that ends with a comma goes on in the next. */
static Str first_line(const Label *label, Arena *arena) {
    Buf name = buf_new(arena);
    for (Str rest = label->text; rest.data;) {
        Str line = str_trim(str_cut_line(&rest));
        if (name.size && line.size)
            buf_add_char(&name, ' ');
        add_plain(&name, line, label->is_markdown);
        if (name.size && !str_ends_with(buf_str(&name), STR(",")))
            break;
    }
    return str_trim(buf_str(&name));
}

typedef struct Collector {
    Site *site;
    Map *index; /* id -> number of the element, plus one */
    const SiteDiagram *diagram;
} Collector;

static Element *intern(Collector *collector, Str id) {
    Site *site = collector->site;
    uintptr_t found = (uintptr_t)map_find(collector->index, id);
    if (found)
        return &site->elements[found - 1];
    ARENA_RESERVE(site->arena, site->elements, site->element_count, site->element_capacity);
    Element *element = &site->elements[site->element_count++];
    *element = (Element){.id = id};
    map_put(collector->index, id, (void *)(uintptr_t)site->element_count);
    return element;
}

static void add_use(Collector *collector, Str id, const Label *label, Span at, bool is_group) {
    Arena *arena = collector->site->arena;
    Element *element = intern(collector, id);
    ARENA_RESERVE(arena, element->uses, element->use_count, element->use_capacity);
    ElementUse *use = &element->uses[element->use_count++];
    *use =
        (ElementUse){.diagram = collector->diagram, .label = label, .at = at, .is_group = is_group};
    if (label->at.source) {
        use->name = first_line(label, arena);
        use->at = label->at;
        size_t found = str_find(span_text(label->at), use->name, 0);
        if (found != STR_NONE && use->name.size)
            use->at = span_of(label->at.source, label->at.start + found, use->name.size);
    }
}

static void add_graph(Collector *collector, const Graph *graph) {
    for (size_t i = 0; i < graph->node_count; i++)
        add_use(collector, graph->nodes[i].id, &graph->nodes[i].label, graph->nodes[i].at, false);
    for (size_t i = 0; i < graph->group_count; i++) {
        const Group *group = &graph->groups[i];
        /* A group with nothing but a title has an id that is written nowhere and means nothing. */
        if (str_find(span_text(group->at), group->id, 0) != STR_NONE)
            add_use(collector, group->id, &group->label, group->at, true);
    }
}

static bool is_in_folder(Str path, Str folder) {
    return folder.size == 0 || (str_starts_with(path, folder) && path.size > folder.size &&
                                path.data[folder.size] == '/');
}

static int element_compare(const void *left, const void *right) {
    const Element *a = left, *b = right;
    return str_compare(a->id, b->id);
}

void elements_collect(Site *site) {
    Collector collector = {.site = site, .index = map_new(site->arena)};
    for (size_t i = 0; i < site->file_count; i++) {
        const SiteFile *file = &site->files[i];
        site_rest(site, i);
        collector.diagram = file->kind == FILE_DIAGRAM ? file->part : NULL;
        if (collector.diagram && collector.diagram->diagram->is_drawn &&
            collector.diagram->diagram->graph && is_in_folder(file->path, site->config->diagrams))
            add_graph(&collector, collector.diagram->diagram->graph);
    }
    if (site->element_count)
        qsort(site->elements, site->element_count, sizeof *site->elements, element_compare);
}
