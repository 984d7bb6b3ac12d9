#include "base/ban.h"

#include "base/fs_trace.h"
#include "base/pool.h"
#include "site/answers.h"
#include "site/card.h"
#include "site/cards.h"
#include "site/embed.h"
#include "site/generated.h"
#include "site/index_page.h"
#include "site/links.h"
#include "site/page_json.h"
#include "site/redirects.h"
#include "site/shell/hero.h"
#include "site/stage.h"
#include "site/stencil.h"
#include "site/twin.h"

/* Bytes of a page around its content; for more there is room as well. */
#define SHELL_USUAL ((size_t)16 << 10)

static const char not_found[] =
    "# Page not found\n\nThere is no page at this address. It may have moved: the menu lists every "
    "page, and the [index](search.md) every heading.\n";

/* A finished page. Of two with one path the first is written; outputs.c reports the other. */
static void keep_page(const Build *build, Page *page, Str html, unsigned worker) {
    const Site *site = build->site;
    page->is_rendered = true;
    if (!site->sink) {
        page->html = str_copy(stage_arena(build, worker), html);
    } else if (!page->is_second) {
        Stamp stamp = site->sink->put(site->sink->context, site, worker, page->url, html);
        if (page->memory)
            page->memory->written = (Proof){.stamp = stamp};
    }
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
    PageTools tools = stage_tools(build, worker);
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
    Arena *arena = stage_arena(build, worker), *tmp = build->tmps[worker];
    ShardPage kept = {.page = &taken, .found = diags_new(tmp)};
    if (!shards_recall(build->shards, index, &kept, arena, tmp))
        return false;
    page->json = taken.json;
    page->twin_text = taken.twin_text;
    page->wanted = taken.wanted;
    page->want_count = taken.want_count;
    page->want_capacity = taken.want_capacity;
    page->card_diagram = taken.card_diagram;
    search_index_add(site->search, worker, (SearchAdded){index, page, kept.search}, tmp);
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
    buf_reserve(&content, page->stencil ? page->stencil->text.size * 9 / 8 : 0);
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
    PageTools tools = stage_tools(build, worker);
    bool is_known = recall && recall_content(recall, worker, site, page, &tools, &made->json);
    if (!is_known)
        make_content(build, page, worker, made);
    made->found = diags_count(page->diags);
    if (is_known && recall_has_same_shell(recall, page)) {
        page->is_rendered = true;
        return;
    }
    ShellTools shell_tools = {site, build->theme, build->sidebars[worker]};
    ShellPage shell = shell_begin(&shell_tools, page, tmp);
    made->shell = shell_hash(&shell_tools, &shell);
    if (is_known && recall_stands(page, made->shell)) {
        page->is_rendered = true;
        return;
    }
    if (is_known && !recall_html(recall, page, tmp, &made->html)) {
        page->diags = diags_new(tmp);
        make_content(build, page, worker, made);
    }
    Buf html = buf_new(tmp);
    buf_reserve(&html, made->html.size + SHELL_USUAL);
    made->at = shell_end(&shell_tools, page, &shell, made->html, &html);
    made->whole = buf_str(&html);
    keep_page(build, page, made->whole, worker);
    if (recall)
        recall_keep_content(recall, worker, site, page, &tools, made);
}

/* What is kept of the page goes into the worker's arena; the rest is gone when the next one is
 * rendered. */
static void render_page(void *context, size_t index, unsigned worker) {
    Build *build = context;
    Site *site = build->site;
    Page *page = site->pages[index];
    Arena *arena = stage_arena(build, worker), *tmp = build->tmps[worker],
          *cold = site->colds[worker];
    uint64_t start = stage_clock(build, 0);
    if (is_elsewhere(build, index, worker)) {
        stage_leave(build, index, worker);
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
        search_index_add(site->search, worker, (SearchAdded){index, page, made.search}, tmp);
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
    page->cpu_ns += stage_clock(build, start);
    stage_leave(build, index, worker);
}

void stage_render(Build *build) {
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
    if (site->recall) {
        ShellTools tools = {site, build->theme, build->sidebars[0]};
        recall_world(site->recall, answers_prepare(site), shell_world(&tools, build->tmps[0]));
        arena_reset(build->tmps[0]);
    }
    site->search = search_index_new(site->worker_count, site->page_count);
    pool_run(build->job->worker_count, site->page_count, render_page, build);
    if (build->site->recall)
        recall_words(build->site->recall, site);
}

void stage_back(Build *build) {
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
