#include "base/ban.h"

#include "site/build.h"

#include "base/fs.h"
#include "base/fs_trace.h"
#include "base/limits.h"
#include "base/pool.h"
#include "roadmap/overview.h"
#include "site/answers.h"
#include "site/card.h"
#include "site/cards.h"
#include "site/discover.h"
#include "site/elements.h"
#include "site/embed.h"
#include "site/generated.h"
#include "site/home_page.h"
#include "site/image_size.h"
#include "site/index_page.h"
#include "site/links.h"
#include "site/nav.h"
#include "site/outputs.h"
#include "site/page.h"
#include "site/page_json.h"
#include "site/parts.h"
#include "site/past.h"
#include "site/redirects.h"
#include "site/shell/hero.h"
#include "site/shell/shell.h"
#include "site/stencil.h"
#include "site/twin.h"
#include "site/view/roadmap.h"

/* What every stage may use. */
static const char not_found[] =
    "# Page not found\n\nThere is no page at this address. It may have moved: the menu lists every "
    "page, and the [index](search.md) every heading.\n";

typedef struct Build {
    const BuildJob *job;
    Site *site;
    SiteFile **page_files; /* files to be read as pages */
    size_t page_file_count;
    Parts **parts; /* what each thread has read for includes and values */
    const Theme *theme;
    Sidebar **sidebars; /* one for each thread */
    ShardSet *shards;   /* NULL: every page is rendered here */
    Arena **tmps;       /* of the page that a thread has in hand */
} Build;

static Arena *worker_arena(const Build *build, unsigned worker) {
    return build->site->workers[worker];
}

static PageTools page_tools(const Build *build, unsigned worker) {
    return (PageTools){.parts = build->parts[worker],
                       .arena = worker_arena(build, worker),
                       .cold = build->site->colds[worker],
                       .tmp = build->tmps[worker]};
}

/* The clock of a page's job, begun with 0: what it took, when somebody asks. */
static uint64_t page_clock(const Build *build, uint64_t start) {
    return build->job->timings ? timing_thread_ns() - start : 0;
}

/* The page or diagram is done with for now. */
static void leave(const Build *build, size_t index, unsigned worker) {
    arena_settle(build->site->colds[worker], false);
    arena_reset(build->tmps[worker]);
    site_rest(build->site, index);
    progress_step(build->job->progress);
}

/* A page that takes something from other files is read anew in every build. */
static void read_or_recall(const Build *build, SiteFile *file, unsigned worker,
                           const PageTools *tools) {
    Recall *recall = build->site->recall;
    Page *page = file->part;
    page->file = file;
    if (recall && recall_facts(recall, worker, page, tools))
        return;
    size_t asked = tools->parts->use_count;
    page_read(page, file, tools);
    if (recall && !page->doc && tools->parts->use_count == asked)
        recall_keep_facts(recall, worker, page, tools);
}

/* Stage "read": every Markdown file becomes a page. */
static void read_page(void *context, size_t index, unsigned worker) {
    Build *build = context;
    SiteFile *file = build->page_files[index];
    Page *page = file->part;
    uint64_t start = page_clock(build, 0);
    PageTools tools = page_tools(build, worker);
    read_or_recall(build, file, worker, &tools);
    if (!build->site->recall || !recall_unknown(build->site->recall, page))
        links_collect(build->site, page, tools.arena, tools.tmp);
    page->cpu_ns = page_clock(build, start);
    leave(build, index, worker);
}

static void read_pages(Build *build) {
    Site *site = build->site;
    build->page_files = ARENA_ARRAY(site->arena, SiteFile *, site->file_count);
    for (size_t i = 0; i < site->file_count; i++) {
        SiteFile *file = &site->files[i];
        if (file->kind != FILE_PAGE || !file->source)
            continue;
        file->part = ARENA_NEW(site->arena, Page);
        build->page_files[build->page_file_count++] = file;
    }
    build->parts = ARENA_ARRAY(site->arena, Parts *, site->worker_count);
    for (unsigned i = 0; i < site->worker_count; i++)
        build->parts[i] = parts_new(site, build->job->fs, site->workers[i]);
    build->tmps = ARENA_ARRAY(site->arena, Arena *, site->worker_count);
    for (unsigned i = 0; i < site->worker_count; i++)
        build->tmps[i] = arena_new();
    if (site->recall)
        recall_files(site->recall, site);
    /* Each page is read and rendered. */
    progress_expect(build->job->progress, 2 * build->page_file_count);
    pool_run(build->job->worker_count, build->page_file_count, read_page, build);
}

/* Stage "publish": drafts stay out. A draft keeps its Page, so that links to it say the right
 * thing, but loses its URL. */
static void choose_pages(Build *build) {
    Site *site = build->site;
    site->pages = ARENA_ARRAY(site->arena, Page *, build->page_file_count + GENERATED_PAGES);
    site->page_index = map_new(site->arena);
    site->taken = taken_new(site->arena);
    for (size_t i = 0; i < build->page_file_count; i++) {
        Page *page = build->page_files[i]->part;
        if (page->is_draft && !build->job->has_drafts) {
            page->url = (Str){NULL, 0};
            continue;
        }
        site->pages[site->page_count++] = page;
        page->is_second = !taken_add(site->taken, page->url);
        map_put(site->page_index, page->url, page);
    }
}

/* Stage "targets": files outside of the known folders that a page names are looked up on disk. */
static void find_targets(Build *build) {
    Site *site = build->site;
    for (size_t i = 0; i < site->page_count; i++)
        for (size_t k = 0; k < site->pages[i]->unknown_count; k++)
            discover_file(site, build->job->fs, site->pages[i]->unknown[k]);
}

static SiteData *read_data(Site *site, const SiteFile *file) {
    SiteData *data = ARENA_NEW(site->arena, SiteData);
    if (file->kind == FILE_TABLE)
        data->table = csv_parse(file->source, site->arena, site->diags);
    else
        data->data = data_read(file->source, site->arena, site->diags);
    return data;
}

/* An SVG file that a page shows as a picture is read for it; what is too large stays an image. */
static void read_picture(Build *build, SiteFile *file, const Page *page, Span at) {
    FsText text;
    if (file->part || !str_ends_with(file->path, STR(".svg")))
        return;
    if (fs_read(build->job->fs, file->path, LIMIT_PICTURE_SIZE, build->site->arena, &text)) {
        file->part = source_new(build->site->arena, file->path, text.content);
        return;
    }
    diag_add(page->diags, DIAG_PAGE_PICTURE, at, "the drawing stays an image: %.*s",
             STR_FMT(text.why));
    diag_hint(page->diags, "make it simpler");
}

/* How large a picture is, so that the page can keep room for it. What cannot be read has no size;
 * that it cannot be read is said when it is copied. */
static void measure_picture(Build *build, SiteFile *file, Arena *tmp) {
    FsText text;
    ImageSize size;
    if (file->is_measured || !image_has_size(file->path))
        return;
    file->is_measured = true;
    if (fs_read(build->job->fs, file->path, LIMIT_MEASURED_SIZE, tmp, &text) &&
        image_size(text.content, &size)) {
        file->width = size.width;
        file->height = size.height;
    }
    arena_reset(tmp);
}

/* Stage "data": the data files and drawings that a page shows. Others may be anything and are not
 * judged. */
static void read_data_files(Build *build) {
    Site *site = build->site;
    Arena *tmp = arena_new();
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        site_rest(site, i);
        /* Of a page with a stencil it is known that it has links alone. */
        for (size_t k = 0; k < page->link_count && !page->stencil; k++) {
            const PageLink *link = &page->links[k];
            if (link->kind == MD_LINK)
                continue;
            Target target = link_target(site, link->from, link->url, site->arena);
            SiteFile *file = target.kind == TARGET_FILE ? site_find_file(site, target.path) : NULL;
            if (file && file->kind == FILE_ASSET)
                measure_picture(build, file, tmp);
            if (link->kind != MD_IMAGE)
                continue;
            bool is_data =
                file && (file->kind == FILE_DATA || file->kind == FILE_TABLE) && file->source;
            if (is_data && !file->part)
                file->part = read_data(site, file);
            if (file && file->kind == FILE_ASSET)
                read_picture(build, file, page, link->at);
        }
    }
    arena_free(tmp);
}

static bool is_in_roadmap(const Config *config, Str path) {
    for (size_t i = 0; i < config->roadmap_count; i++) {
        Str folder = config->roadmap[i];
        if (folder.size == 0 || (str_starts_with(path, folder) && path.size > folder.size &&
                                 path.data[folder.size] == '/'))
            return true;
    }
    return false;
}

static bool covers_any(const MdIgnores *ignores, const Diag *diag) {
    for (size_t i = 0; i < ignores->count; i++)
        if (md_ignore_covers(&ignores->items[i], diag))
            return true;
    return false;
}

static bool is_shown(const Diag *diag, void *context) {
    const SiteTracker *tracker = context;
    return !covers_any(&tracker->page->ignores, diag) &&
           !(tracker->plan_page && covers_any(&tracker->plan_page->ignores, diag));
}

/* The tracker and the plan are read as one; findings about both belong to the tracker's page. */
static void read_tracker(Site *site, Page *page) {
    SiteTracker *tracker = &site->trackers[site->tracker_count++];
    *tracker = (SiteTracker){.page = page, .findings = diags_new(site->arena)};
    page->tracker = tracker;
    tracker->roadmap = roadmap_read(page->doc, ROADMAP_TRACKER, site->arena, tracker->findings);
    Str plan_path = fs_join(fs_folder_of(page->path), STR("PR_BREAKDOWN.md"), site->arena);
    SiteFile *plan = site_find_file(site, plan_path);
    if (plan && plan->part) {
        tracker->plan_page = plan->part;
        roadmap_join(tracker->roadmap,
                     roadmap_read(tracker->plan_page->doc, ROADMAP_BREAKDOWN, site->arena,
                                  tracker->findings),
                     site->arena);
    }
    /* The short title is what the sidebar has room for. */
    if (page->nav_title.size == 0)
        page->nav_title = tracker->roadmap->title.text;
    roadmap_lint(tracker->roadmap, site->arena, tracker->findings);
    diags_sort(tracker->findings);
    diags_merge(page->diags, tracker->findings);
    /* The dashboard leaves out what the author ignores; the check has to see which of it is used.
     */
    diags_keep(tracker->findings, is_shown, tracker);
    tracker->graph.diags = diags_new(site->arena);
}

/* A list of all roadmaps is judged beside the trackers that it lists. */
static void read_overview(Site *site, Page *page) {
    const Roadmap **trackers = ARENA_ARRAY(site->arena, const Roadmap *, site->tracker_count + 1);
    for (size_t i = 0; i < site->tracker_count; i++)
        trackers[i] = site->trackers[i].roadmap;
    Overview *overview = overview_read(page->doc, site->arena, page->diags);
    overview_join(overview, trackers, site->tracker_count, site->arena);
    overview_lint(overview, trackers, site->tracker_count, site->arena, page->diags);
}

/* Stage "trackers". */
static void read_trackers(Build *build) {
    Site *site = build->site;
    site->trackers = ARENA_ARRAY(site->arena, SiteTracker, site->page_count);
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        bool is_tracker = str_equal(fs_name_of(page->path), STR("PROGRESS_TRACKER.md"));
        if (is_tracker && is_in_roadmap(site->config, page->path))
            read_tracker(site, page);
    }
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        if (str_equal(fs_name_of(page->path), STR("ROADMAP.md")) &&
            is_in_roadmap(site->config, page->path))
            read_overview(site, page);
    }
}

/* Stage "past". */
static void read_past(Build *build) {
    past_read(build->site, fs_root(build->job->fs));
}

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
    Str svg;
    if (site->recall && recall_drawing(site, diagram, build->tmps[worker], is_kept ? &svg : NULL)) {
        site->sink->keep(site->sink->context, worker, diagram->url);
        site->outputs.items[diagram->output].proof = &diagram->written;
    } else {
        svg = draw(diagram, build->tmps[worker]);
        if (diagram->output != OUTPUT_NONE)
            outputs_fill(site, diagram->output, worker, svg);
    }
    if (is_kept)
        diagram->svg = str_copy(site->colds[worker], svg);
    arena_settle(site->colds[worker], false);
    arena_reset(build->tmps[worker]);
    site_rest(site, index);
}

static void compile_diagram(void *context, size_t index, unsigned worker) {
    Build *build = context;
    Site *site = build->site;
    Arena *arena = site->colds[worker];
    SiteDiagram *diagram = site->diagrams[index];
    diagram->diags = diags_new(worker_arena(build, worker));
    if (!diagram->source) {
        const SiteTracker *tracker = tracker_of(site, diagram);
        diagram->url =
            str_format(arena, "%.*s.dependencies.svg",
                       STR_FMT(str_slice(tracker->page->url, 0, tracker->page->url.size - 5)));
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
    leave(build, index, worker);
}

/* Stage "redirects". */
static void read_redirects(Build *build) {
    redirects_read(build->site);
}

static void build_navigation(Build *build) {
    nav_build(build->site);
    home_page_add(build->site);
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

/* Stage "diagrams": files, fences and dependency graphs, all alike. */
static void compile_diagrams(Build *build) {
    collect_diagrams(build->site);
    progress_expect(build->job->progress, build->site->diagram_count);
    take_drawings(build);
    pool_run(build->job->worker_count, build->site->diagram_count, compile_diagram, build);
    for (size_t i = 0; i < build->site->diagram_count; i++) {
        SiteDiagram *diagram = build->site->diagrams[i];
        diagram->output =
            diagram->diagram->is_drawn ? outputs_claim(build->site, diagram->url) : OUTPUT_NONE;
    }
    pool_run(build->job->worker_count, build->site->diagram_count, draw_diagram, build);
    if (build->job->drawings)
        drawings_end(build->job->drawings);
}

static void collect_elements(Build *build) {
    elements_collect(build->site);
    elements_add_page(build->site);
}

/* A finished page. Of two with one path the first is written; outputs.c reports the other. */
static void keep_page(const Build *build, Page *page, Str html, unsigned worker) {
    const Site *site = build->site;
    page->is_rendered = true;
    if (!site->sink)
        page->html = str_copy(worker_arena(build, worker), html);
    else if (!page->is_second)
        site->sink->put(site->sink->context, site, worker, page->url, html);
}

static void keep_json(const Site *site, Page *page, Arena *arena, Arena *tmp) {
    if (site->has_model)
        page->json = page_json(page, page_json_parts(page, tmp), arena, tmp);
}

/* What was found while the page was rendered goes to what was found before; that lies in the arena
 * of whichever worker read the page. */
static void keep_findings(Page *page, const Diags *found, Arena *arena) {
    const Diags *rendering = page->diags;
    page->diags = diags_new(arena);
    diags_merge(page->diags, found);
    diags_merge(page->diags, rendering);
}

static void keep_wanted(Page *page, Arena *arena) {
    SiteFile *const *wanted = page->wanted;
    page->wanted = ARENA_ARRAY(arena, SiteFile *, page->want_count);
    for (size_t i = 0; i < page->want_count; i++)
        page->wanted[i] = wanted[i];
    page->want_capacity = page->want_count;
}

static void render_content(const Build *build, Page *page, unsigned worker, Buf *out) {
    const Site *site = build->site;
    PageTools tools = page_tools(build, worker);
    if (page->stencil) {
        if (site->has_cards && page->fence_count && card_is_made(site, page))
            page->card_diagram = card_find_diagram(site, page, tools.tmp);
        stencil_fill(site, page, tools.tmp, out);
        return;
    }
    bool is_kept = page->doc != NULL;
    if (!is_kept)
        page_read_again(page, &tools);
    if (site->has_cards && card_is_made(site, page))
        page->card_diagram = card_find_diagram(site, page, tools.tmp);
    twin_add_embeds(site, page, tools.tmp);
    twin_keep(page, tools.cold);
    embed_page(site, page, tools.tmp);
    links_resolve(site, page, tools.tmp);
    hero_take(page);
    md_render(page->doc, out);
    if (!is_kept)
        page->doc = NULL;
}

/* A page that another run has rendered. Other pages look at this one meanwhile, so that it is
 * touched only where something is new, and only when all of it is there. */
static bool take_page(Build *build, size_t index, unsigned worker) {
    Site *site = build->site;
    Page *page = site->pages[index], taken = *page;
    Arena *arena = worker_arena(build, worker), *tmp = build->tmps[worker];
    ShardPage kept = {.page = &taken, .found = diags_new(tmp)};
    if (!shards_recall(build->shards, index, &kept, arena, tmp))
        return false;
    page->json = taken.json;
    page->twin_text = taken.twin_text;
    page->wanted = taken.wanted;
    page->want_count = taken.want_count;
    page->want_capacity = taken.want_capacity;
    page->card_diagram = taken.card_diagram;
    search_index_add(site->search, worker, index, page, kept.search, tmp);
    keep_page(build, page, kept.html, worker);
    const Diags *before = page->diags;
    page->diags = kept.found;
    keep_findings(page, before, arena);
    return true;
}

/* Is there nothing to render: the page is another run's? */
static bool is_elsewhere(Build *build, size_t index, unsigned worker) {
    if (!build->shards)
        return false;
    return build->job->shard->count ? !shards_take(build->shards, index)
                                    : take_page(build, index, worker);
}

/* Renders the content of a page, and reads what there is to search for. */
static void make_content(const Build *build, Page *page, unsigned worker, RecallPage *made) {
    const Site *site = build->site;
    Arena *tmp = build->tmps[worker];
    Buf content = buf_new(tmp);
    render_content(build, page, worker, &content);
    if (site->has_print)
        page->content = str_copy(site->colds[worker], buf_str(&content));
    made->search = search_read(page->title, buf_str(&content), tmp);
    made->json = site->has_model ? page_json_parts(page, tmp) : STR("");
    redirects_add_notes(site, page, &content);
    made->html = buf_str(&content);
}

/* Makes a page, or as much of it as is not known from the build before. */
static void make_page(const Build *build, Page *page, unsigned worker, RecallPage *made) {
    const Site *site = build->site;
    Recall *recall = site->recall;
    Arena *tmp = build->tmps[worker];
    PageTools tools = page_tools(build, worker);
    bool is_known = recall && recall_content(recall, worker, site, page, &tools, &made->json);
    if (!is_known)
        make_content(build, page, worker, made);
    ShellTools shell_tools = {site, build->theme, build->sidebars[worker]};
    ShellPage shell = shell_begin(&shell_tools, page, tmp);
    made->shell = shell_hash(&shell_tools, &shell);
    if (is_known && diags_count(page->diags) == 0 && recall_stands(page, made->shell)) {
        page->is_rendered = true;
        site->sink->keep(site->sink->context, worker, page->url);
        return;
    }
    if (is_known && !recall_html(recall, page, tmp, &made->html))
        make_content(build, page, worker, made);
    Buf html = buf_new(tmp);
    shell_end(&shell_tools, page, &shell, made->html, &html);
    made->whole = buf_str(&html);
    keep_page(build, page, made->whole, worker);
    if (recall)
        recall_keep_content(recall, worker, site, page, made, tmp);
}

/* What is kept of the page goes into the worker's arena; the rest is gone when the next one is
 * rendered. */
static void render_page(void *context, size_t index, unsigned worker) {
    Build *build = context;
    Site *site = build->site;
    Page *page = site->pages[index];
    Arena *arena = worker_arena(build, worker), *tmp = build->tmps[worker],
          *cold = site->colds[worker];
    uint64_t start = page_clock(build, 0);
    if (is_elsewhere(build, index, worker)) {
        leave(build, index, worker);
        return;
    }
    const Diags *found = page->diags;
    /* Where links lead is known while the page is rendered; what is kept of them stays as it is. */
    PageLink *links = page->links;
    page->links = ARENA_ARRAY(tmp, PageLink, page->link_count + 1);
    for (size_t i = 0; i < page->link_count; i++)
        page->links[i] = links[i];
    page->diags = diags_new(tmp);
    RecallPage made = {0};
    make_page(build, page, worker, &made);
    if (made.search)
        search_index_add(site->search, worker, index, page, made.search, tmp);
    else
        recall_keep_words(build->site->recall, page, index);
    if (site->has_model)
        page->json = page_json(page, made.json, cold, tmp);
    if (build->shards)
        shards_keep(build->shards, index, &(ShardPage){page, made.search, page->diags, made.whole},
                    cold);
    keep_findings(page, found, arena);
    keep_wanted(page, arena);
    page->links = links;
    page->cpu_ns += page_clock(build, start);
    leave(build, index, worker);
}

/* Stage "render": embeds, links and the shell of every page. */
static void render_pages(Build *build) {
    Site *site = build->site;
    cards_prepare(site);
    build->theme = site->theme = theme_read(site, build->job->fs);
    build->sidebars = ARENA_ARRAY(site->arena, Sidebar *, site->worker_count);
    for (unsigned i = 0; i < site->worker_count; i++)
        build->sidebars[i] = sidebar_new(site, site->arena);
    if (build->job->shard) {
        build->job->shard->project = build->job->fs;
        build->shards =
            shards_open(build->job->shard, site, fs_trace_hash(build->job->fs, site->arena));
    }
    if (site->recall)
        recall_world(site->recall, answers_prepare(site));
    site->search = search_index_new(site->worker_count, site->page_count);
    pool_run(build->job->worker_count, site->page_count, render_page, build);
    if (build->site->recall)
        recall_words(build->site->recall, site);
}

/* Stage "back": what can only be made when every page is there: the index, and what is shown for an
 * address that leads nowhere. */
static void add_back_pages(Build *build) {
    Site *site = build->site;
    index_page_add(site);
    if (!generated_is_taken(site, "404"))
        generated_add(site, &(GeneratedPage){.name = "404",
                                             .title = "Page not found",
                                             .description = "There is no page at this address",
                                             .markdown = str_from(not_found)});
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        if (page->is_rendered)
            continue;
        links_resolve(site, page, site->arena);
        Buf content = buf_new(site->arena), html = buf_new(site->arena);
        md_render(page->doc, &content);
        ShellTools tools = {site, build->theme, build->sidebars[0]};
        shell_render(&tools, page, buf_str(&content), &html);
        keep_page(build, page, buf_str(&html), 0);
        keep_json(site, page, site->arena, site->arena);
    }
}

/* Stage "cards". */
static void draw_cards(Build *build) {
    cards_draw(build->site);
}

static void warn_of_raw_html(const Site *site, Page *page) {
    if (site->config->html != CONFIG_HTML_AS_TEXT || !page->html_at.source)
        return;
    diag_add(page->diags, DIAG_PAGE_RAW_HTML, page->html_at, "raw HTML is shown as text");
    diag_hint(page->diags,
              "use Markdown, or set \"markdown: {raw_html: safe}\" in docsgen.yml to show what "
              "can do no harm");
}

/* Stage "gather": what the threads found comes together in one order. */
static void gather(Build *build) {
    Site *site = build->site;
    for (size_t i = 0; i < build->page_file_count; i++) {
        Page *page = build->page_files[i]->part;
        if (page->url.size)
            warn_of_raw_html(site, page);
        diags_merge(site->diags, page->diags);
        for (size_t k = 0; k < page->want_count; k++)
            page->wanted[k]->is_wanted = true;
    }
    for (size_t i = 0; i < site->page_count; i++)
        if (site->pages[i]->is_generated)
            diags_merge(site->diags, site->pages[i]->diags);
    for (size_t i = 0; i < site->diagram_count; i++)
        diags_merge(site->diags, site->diagrams[i]->diags);
}

static Site *site_new(const BuildJob *job) {
    Arena *arena = arena_new();
    Site *site = ARENA_NEW(arena, Site);
    *site = (Site){.config = job->config,
                   .arena = arena,
                   .worker_count = job->worker_count,
                   .has_cards = job->has_cards,
                   .has_print = job->has_print,
                   .has_pdf = job->has_pdf,
                   .sink = job->sink,
                   .spill = job->spill,
                   .recall = job->recall,
                   .has_model = job->has_model};
    site->diags = diags_new(arena);
    site->workers = ARENA_ARRAY(arena, Arena *, job->worker_count);
    for (unsigned i = 0; i < job->worker_count; i++)
        site->workers[i] = arena_new();
    site->colds = ARENA_ARRAY(arena, Arena *, job->worker_count);
    for (unsigned i = 0; i < job->worker_count; i++)
        site->colds[i] = arena_new_cold(job->spill);
    return site;
}

void site_free(Site *site) {
    if (!site)
        return;
    for (unsigned i = 0; i < site->worker_count; i++) {
        arena_free(site->workers[i]);
        arena_free(site->colds[i]);
    }
    search_index_free(site->search);
    /* The site itself lives in its arena. */
    arena_free(site->arena);
}

typedef struct Stage {
    const char *name;
    void (*run)(Build *build);
} Stage;

static const Stage stages[] = {
    {"read", read_pages}, /* needs: files            gives: pages with front matter and anchors */
    {"publish", choose_pages}, /* needs: pages            gives: the pages of this build */
    {"targets",
     find_targets}, /* needs: links            gives: files outside of the known folders */
    {"data",
     read_data_files}, /* needs: links, targets   gives: card sets, costs, tables, drawings */
    {"trackers", read_trackers}, /* needs: pages            gives: roadmaps */
    {"past", read_past},         /* needs: trackers         gives: their history, days of pages */
    {"diagrams", compile_diagrams}, /* needs: pages, trackers  gives: drawings */
    {"elements",
     collect_elements},            /* needs: drawings         gives: what is shown under which id */
    {"redirects", read_redirects}, /* needs: pages, anchors   gives: where old addresses lead */
    {"navigation",
     build_navigation},       /* needs: pages            gives: the sidebar, previous and next */
    {"render", render_pages}, /* needs: navigation       gives: finished HTML */
    {"back", add_back_pages}, /* needs: sections     gives: the index, the page for lost readers */
    {"cards", draw_cards},    /* needs: drawings, pages  gives: pictures for link previews */
    {"gather", gather},       /* needs: everything       gives: findings in one list */
};

/* Between two stages nobody looks at anything. */
static void rest(const Site *site) {
    for (unsigned i = 0; i < site->worker_count; i++)
        arena_settle(site->colds[i], true);
    spill_mark(site->spill);
    spill_rest(site->spill);
}

Site *site_build(const BuildJob *job, Arena *arena, Str *why) {
    Site *site = site_new(job);
    Build build = {.job = job, .site = site};
    timing_begin(job->timings, "discover");
    if (!discover_files(site, job->fs, why)) {
        *why = str_copy(arena, *why);
        site_free(site);
        return NULL;
    }
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        rest(site);
        timing_begin(job->timings, stages[i].name);
        stages[i].run(&build);
        /* What follows is about all pages: the run that joins the slices makes it. */
        if (stages[i].run == render_pages && job->shard && job->shard->count)
            break;
    }
    rest(site);
    timing_begin(job->timings, "outputs");
    if (job->shard && job->shard->count)
        shards_collect(build.shards, site);
    else
        outputs_collect(site);
    for (unsigned i = 0; i < site->worker_count; i++) {
        sidebar_free(build.sidebars[i]);
        arena_free(build.tmps[i]);
    }
    return site;
}
