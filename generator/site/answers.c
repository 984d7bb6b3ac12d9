#include "base/ban.h"

#include "site/answers.h"

#include "base/fs.h"
#include "site/card.h"
#include "site/links.h"
#include "site/view/portfolio.h"
#include "site/view/roadmap.h"

static Hash place_of(const SiteFile *file) {
    return hash_add_number(hash_add(hash_of(file->path), file->url), file->kind);
}

static bool has_fragment(const SiteFile *file, Str fragment) {
    return fragment.size == 0 || file->kind != FILE_PAGE || !file->part ||
           page_has_anchor(file->part, fragment);
}

static bool is_draft(const SiteFile *file) {
    const Page *page = file->kind == FILE_PAGE ? file->part : NULL;
    return page && page->url.size == 0;
}

/* Of a page others ask whether it is there, and which places. */
static Hash add_page(Hash hash, const Page *page) {
    hash = hash_add_number(hash_add_number(hash, page->url.size > 0), page->tracker != NULL);
    for (size_t i = 0; i < page->heading_count; i++)
        hash = hash_add(hash, page->ids[i]);
    for (size_t i = 0; page->anchors && i < map_count(page->anchors); i++)
        hash = hash_add(hash, map_key(page->anchors, i));
    return hash;
}

/* Where a link leads to, and what is said when it leads nowhere: the nearest of all names, or of
 * the page's places. */
static Hash add_place(const Site *site, Hash hash, const Target *target, const SiteFile *file) {
    hash = hash_add_number(hash, target->kind);
    if (target->kind != TARGET_FILE)
        return hash;
    if (!file)
        return hash_add_hash(hash, site->names);
    hash = hash_add_hash(hash, place_of(file));
    bool is_there = has_fragment(file, target->fragment) && !is_draft(file);
    return is_there ? hash : add_page(hash, file->part);
}

static Hash diagram_state(Hash hash, const SiteDiagram *diagram) {
    hash = hash_add_number(hash_add(hash, diagram->url), diagram->diagram->is_drawn);
    for (size_t i = 0; i < diagram->diagram->link_count; i++)
        hash = hash_add(hash, *diagram->diagram->links[i].url);
    return diagram->source ? hash_add(hash, diagram->source->text) : hash;
}

static Hash data_state(const Site *site, Hash hash, const SiteFile *file, Arena *tmp) {
    const SiteData *data = file->part;
    hash = hash_add(hash, file->source->text);
    if (data->table || data->data.kind != DATA_CARDS)
        return hash;
    for (size_t i = 0; i < data->data.cards->card_count; i++) {
        Target target = link_target(site, file->path, data->data.cards->cards[i].link, tmp);
        const SiteFile *to = target.kind == TARGET_FILE ? link_file(site, &target, tmp) : NULL;
        hash = add_place(site, hash, &target, to);
    }
    return hash;
}

static Hash state_of(const Site *site, const SiteFile *file, Arena *tmp) {
    Hash hash = place_of(file);
    hash = hash_add_number(hash, (uint64_t)file->width << 32 | file->height);
    if (!file->part)
        return hash;
    switch (file->kind) {
    case FILE_PAGE: return hash;
    case FILE_DIAGRAM: return diagram_state(hash, file->part);
    case FILE_DATA:
    case FILE_TABLE: return data_state(site, hash, file, tmp);
    case FILE_ASSET: return hash_add(hash, ((const Source *)file->part)->text);
    }
    return hash;
}

/* A page shows one of three views of it; its own page has a place for them as well as any. */
static Hash tracker_state(const Site *site, const SiteTracker *tracker, Arena *tmp) {
    const Page *page = tracker->page;
    RoadmapView view = roadmap_view(site, tracker, page, STR("D-"), tmp);
    Buf out = buf_new(tmp);
    view_roadmap(&view, &out);
    view_roadmap_summary(&view, &out);
    view_portfolio(site, page, fs_folder_of(page->path), tmp, &out);
    Hash hash = hash_add(hash_of(buf_str(&out)), page->file->source->text);
    return tracker->plan_page ? hash_add(hash, tracker->plan_page->file->source->text) : hash;
}

Hash answers_prepare(Site *site) {
    Arena *tmp = arena_new();
    const Config *config = site->config;
    Hash all = hash_add_number(hash_of(config->url), site->has_cards && config->has_cards);
    site->names = site_hash_names(site);
    for (size_t i = 0; i < site->tracker_count; i++) {
        SiteTracker *tracker = &site->trackers[i];
        tracker->state = tracker_state(site, tracker, tmp);
        all = hash_add_hash(all, tracker->state);
        arena_reset(tmp);
    }
    for (size_t i = 0; i < map_count(site->file_index); i++) {
        SiteFile *file = map_value(site->file_index, i);
        file->state = state_of(site, file, tmp);
        all = hash_add_hash(all, file->state);
        if (file->kind == FILE_PAGE && file->part)
            all = add_page(all, file->part);
        arena_reset(tmp);
    }
    arena_free(tmp);
    return all;
}

/* A picture may be a tracker, or a folder that stands for all trackers in it. */
static Hash add_trackers(const Site *site, Hash hash, Str path) {
    for (size_t i = 0; i < site->tracker_count; i++) {
        const SiteTracker *tracker = &site->trackers[i];
        if (str_starts_with(tracker->page->path, path))
            hash = hash_add_hash(hash, tracker->state);
    }
    return hash;
}

static Hash add_link(const Site *site, const PageLink *link, Arena *tmp, Hash hash) {
    Target target = link_target_of(site, link, tmp);
    if (target.kind == TARGET_EXTERNAL)
        return hash;
    const SiteFile *file = target.kind == TARGET_FILE ? link_file(site, &target, tmp) : NULL;
    if (!file || is_draft(file) || !has_fragment(file, target.fragment))
        hash = add_place(site, hash, &target, file);
    else
        hash = hash_add_hash(hash, file->state);
    return link->kind == MD_IMAGE ? add_trackers(site, hash, target.path) : hash;
}

Hash answers_of(const Site *site, const Page *page, Arena *tmp) {
    Hash hash = hash_add_number((Hash){0}, site->has_cards && card_is_made(site, page));
    for (size_t i = 0; i < page->link_count; i++)
        hash = add_link(site, &page->links[i], tmp, hash);
    for (size_t i = 0; i < page->fence_count; i++)
        hash = diagram_state(hash, &page->fences[i]);
    return hash;
}
