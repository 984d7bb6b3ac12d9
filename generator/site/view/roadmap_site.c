#include "base/ban.h"

#include "base/fs.h"
#include "site/site.h"
#include "site/view/roadmap.h"

RoadmapView roadmap_view(const Site *site, const SiteTracker *tracker, const Page *page,
                         Str id_prefix, Arena *arena) {
    RoadmapView view = {.roadmap = tracker->roadmap,
                        .schedule = schedule_new(tracker->roadmap, arena),
                        .graph = tracker->graph.diagram,
                        .history = tracker->history,
                        .tag = tracker->tag,
                        .tagged = tracker->tagged,
                        .findings = tracker->findings,
                        .severities = site->config->severities,
                        .repository = site->config->repository,
                        .id_prefix = id_prefix,
                        .root = site_root_from(page->url, arena),
                        .arena = arena};
    if (tracker->page != page)
        view.tracker_href = fs_relative(page->url, tracker->page->url, arena);
    if (tracker->plan_page && tracker->plan_page->url.size > 0)
        view.plan_href = fs_relative(page->url, tracker->plan_page->url, arena);
    if (tracker->graph.url.size > 0)
        view.graph_href = fs_relative(page->url, tracker->graph.url, arena);
    return view;
}
