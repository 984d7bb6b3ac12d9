#include "base/ban.h"

#include "base/pool.h"
#include "site/links.h"
#include "site/outputs.h"
#include "site/stage.h"
#include "site/view/roadmap.h"

static void add_diagram(Site *site, SiteDiagram *diagram) {
    ARENA_RESERVE(site->arena, site->diagrams, site->diagram_count, site->diagram_capacity);
    site->diagrams[site->diagram_count++] = diagram;
}

static void collect_diagrams(Site *site) {
    for (size_t i = 0; i < map_count(site->file_index); i++) {
        SiteFile *file = map_value(site->file_index, i);
        if (file->kind != FILE_DIAGRAM || !file->source)
            continue;
        SiteDiagram *diagram = ARENA_NEW(site->arena, SiteDiagram);
        *diagram = (SiteDiagram){.source = file->source, .url = file->url};
        file->part = diagram;
        add_diagram(site, diagram);
    }
    for (size_t i = 0; i < site->page_count; i++)
        for (size_t k = 0; k < site->pages[i]->fence_count; k++)
            add_diagram(site, &site->pages[i]->fences[k]);
    for (size_t i = 0; i < site->tracker_count; i++)
        add_diagram(site, &site->trackers[i].graph);
}

static SiteTracker *tracker_of(Site *site, const SiteDiagram *diagram) {
    for (size_t i = 0; i < site->tracker_count; i++)
        if (&site->trackers[i].graph == diagram)
            return &site->trackers[i];
    return NULL;
}

static void compile_source(SiteDiagram *diagram, Arena *arena) {
    if (!diagram->kept) {
        diagram->diagram = diagram_compile(diagram->source, arena, diagram->diags);
        return;
    }
    drawing_compile(diagram->kept);
    diagram->diagram = diagram->kept->diagram;
    diags_merge(diagram->diags, diagram->kept->diags);
}

/* The diagram as a file of its own. */
static Str draw(SiteDiagram *diagram, Arena *arena) {
    DiagramSvgOptions options = {.is_standalone = true,
                                 .has_fonts = true,
                                 .link_prefix = site_root_from(diagram->url, arena)};
    if (diagram->kept)
        return drawing_svg(diagram->kept, &options, arena);
    Buf svg = buf_new(arena);
    diagram_write_svg(diagram->diagram, &options, &svg);
    return buf_str(&svg);
}

/* Only cards need a drawing again. */
static void draw_diagram(void *context, size_t index, unsigned worker) {
    const Build *build = context;
    const Site *site = build->site;
    SiteDiagram *diagram = site->diagrams[index];
    bool is_kept = site->has_cards && site->config->has_cards;
    if (diagram->output == OUTPUT_NONE && !is_kept)
        return;
    Arena *tmp = build->tmps[worker];
    Str svg;
    if (!site->recall || !recall_drawing(site, diagram, worker, tmp, is_kept ? &svg : NULL)) {
        svg = draw(diagram, tmp);
        if (diagram->output != OUTPUT_NONE)
            outputs_fill(site, diagram->output, worker, svg);
    }
    if (is_kept)
        diagram->svg = str_copy(site->colds[worker], svg);
    arena_settle(site->colds[worker], false);
    arena_reset(tmp);
    site_rest(site, index);
}

static void compile_diagram(void *context, size_t index, unsigned worker) {
    Build *build = context;
    Site *site = build->site;
    Arena *arena = site->colds[worker];
    SiteDiagram *diagram = site->diagrams[index];
    diagram->diags = diags_new(stage_arena(build, worker));
    if (!diagram->source) {
        const SiteTracker *tracker = tracker_of(site, diagram);
        diagram->url =
            str_format(arena, "%.*s.dependencies.svg", STR_FMT(page_stem(tracker->page)));
        Graph *graph = roadmap_graph(tracker->roadmap, arena);
        roadmap_graph_link(graph, tracker->roadmap, tracker->page->url, arena);
        diagram->diagram = diagram_from_graph(graph, arena);
    } else {
        compile_source(diagram, arena);
        for (size_t i = 0; i < diagram->diagram->link_count; i++) {
            DiagramLink *link = &diagram->diagram->links[i];
            LinkUse use = {site,  diagram->source->path, link->at, DIAG_DIAGRAM_LINK,
                           arena, diagram->diags};
            *link->url = link_resolve(&use, *link->url);
        }
    }
    stage_leave(build, index, worker);
}

/* Drawings may be there from the build before. */
static void take_drawings(const Build *build) {
    Drawings *drawings = build->job->drawings;
    if (!drawings)
        return;
    drawings_begin(drawings);
    for (size_t i = 0; i < build->site->diagram_count; i++) {
        SiteDiagram *diagram = build->site->diagrams[i];
        if (!diagram->source)
            continue;
        diagram->kept = drawings_take(drawings, diagram->source, diagram->url);
        diagram->source = diagram->kept->source;
    }
}

void stage_diagrams(Build *build) {
    collect_diagrams(build->site);
    progress_expect(build->job->progress, build->site->diagram_count);
    take_drawings(build);
    pool_run(build->job->worker_count, build->site->diagram_count, compile_diagram, build);
    for (size_t i = 0; i < build->site->diagram_count; i++) {
        SiteDiagram *diagram = build->site->diagrams[i];
        diagram->output =
            diagram->diagram->is_drawn ? outputs_claim(build->site, diagram->url) : OUTPUT_NONE;
    }
    stage_rest(build->site);
    pool_run(build->job->worker_count, build->site->diagram_count, draw_diagram, build);
    if (build->job->drawings)
        drawings_end(build->job->drawings);
}
