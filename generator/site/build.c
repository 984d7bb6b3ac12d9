#include "base/ban.h"

#include "site/build.h"

#include "base/fs.h"
#include "base/limits.h"
#include "base/pool.h"
#include "site/cards.h"
#include "site/discover.h"
#include "site/elements.h"
#include "site/generated.h"
#include "site/home_page.h"
#include "site/image_size.h"
#include "site/links.h"
#include "site/nav.h"
#include "site/outputs.h"
#include "site/page.h"
#include "site/parts.h"
#include "site/past.h"
#include "site/redirects.h"
#include "site/stage.h"

static void read_or_recall(const Build *build, SiteFile *file, unsigned worker,
                           const PageTools *tools) {
    Recall *recall = build->site->recall;
    Page *page = file->part;
    page->file = file;
    if (recall && recall_facts(recall, worker, page, tools))
        return;
    page_read(page, file, tools);
    if (recall && !page->doc && tools->parts->is_sure)
        recall_keep_facts(recall, worker, page, tools);
}

/* Stage "read": every Markdown file becomes a page. */
static void read_page(void *context, size_t index, unsigned worker) {
    Build *build = context;
    SiteFile *file = build->page_files[index];
    Page *page = file->part;
    uint64_t start = stage_clock(build, 0);
    PageTools tools = stage_tools(build, worker);
    read_or_recall(build, file, worker, &tools);
    if (!build->site->recall || !recall_unknown(build->site->recall, page))
        links_collect(build->site, page, tools.arena, tools.tmp);
    page->cpu_ns = stage_clock(build, start);
    stage_leave(build, index, worker);
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

/* Stage "past". */
static void read_past(Build *build) {
    past_read(build->site, fs_root(build->job->fs));
}

/* Stage "redirects". */
static void read_redirects(Build *build) {
    redirects_read(build->site);
}

static void build_navigation(Build *build) {
    nav_build(build->site);
    home_page_add(build->site);
}

static void collect_elements(Build *build) {
    elements_collect(build->site);
    elements_add_page(build->site);
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
    {"trackers", stage_trackers}, /* needs: pages            gives: roadmaps */
    {"past", read_past},          /* needs: trackers         gives: their history, days of pages */
    {"diagrams", stage_diagrams}, /* needs: pages, trackers  gives: drawings */
    {"elements",
     collect_elements},            /* needs: drawings         gives: what is shown under which id */
    {"redirects", read_redirects}, /* needs: pages, anchors   gives: where old addresses lead */
    {"navigation",
     build_navigation},       /* needs: pages            gives: the sidebar, previous and next */
    {"render", stage_render}, /* needs: navigation       gives: finished HTML */
    {"back", stage_back},     /* needs: sections     gives: the index, the page for lost readers */
    {"cards", draw_cards},    /* needs: drawings, pages  gives: pictures for link previews */
    {"gather", gather},       /* needs: everything       gives: findings in one list */
};

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
        stage_rest(site);
        timing_begin(job->timings, stages[i].name);
        stages[i].run(&build);
        /* What follows is about all pages: the run that joins the slices makes it. */
        if (stages[i].run == stage_render && job->shard && job->shard->count)
            break;
    }
    stage_rest(site);
    timing_begin(job->timings, "outputs");
    if (job->shard && job->shard->count)
        shards_collect(build.shards, site);
    else
        outputs_collect(site);
    if (site->recall)
        recall_seal_words(site->recall);
    for (unsigned i = 0; i < site->worker_count; i++) {
        sidebar_free(build.sidebars[i]);
        arena_free(build.tmps[i]);
    }
    return site;
}
