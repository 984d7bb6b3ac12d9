#include "base/ban.h"

#include "cli/trackers.h"
#include "diagram/diagram.h"
#include "site/view/roadmap.h"

ExitStatus roadmap_graph_print(const Trackers *trackers, bool is_json, Buf *out) {
    Arena *arena = trackers->arena;
    if (trackers->count != 1) {
        Buf paths = buf_new(arena);
        for (size_t i = 0; i < trackers->count; i++)
            buf_add_format(&paths, "%s%.*s", i ? ", " : "", STR_FMT(trackers->items[i].path));
        return usage_error("roadmap", str_format(arena, "which of them? --tracker names one: %.*s",
                                                 STR_FMT(buf_str(&paths))));
    }
    Graph *graph = roadmap_graph(trackers->items[0].roadmap, arena);
    if (graph->node_count == 0) {
        complain(str_format(arena, "\"%.*s\" has no dependencies to draw",
                            STR_FMT(trackers->items[0].path)));
        return EXIT_FINDINGS;
    }
    const Diagram *diagram = diagram_from_graph(graph, arena);
    DiagramSvgOptions options = {.is_standalone = true, .has_fonts = true};
    if (is_json)
        diagram_write_json(diagram, out);
    else
        diagram_write_svg(diagram, &options, out);
    return EXIT_CLEAN;
}
