#include "base/ban.h"

#include "roadmap/overview.h"
#include "site/stage.h"

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

void stage_trackers(Build *build) {
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
