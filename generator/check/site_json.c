#include "base/ban.h"

#include "check/site_json.h"

#include "base/json.h"
#include "base/version.h"
#include "check/report.h"
#include "check/site_json_data.h"
#include "diagram/model/graph_json.h"

static Str page_url(const Page *page) {
    return page ? page->url : (Str){NULL, 0};
}

/* Pages were written down while they were rendered (site/page_json.c). */
static void add_pages(const Site *site, Buf *out) {
    json_key(out, "pages");
    buf_add_char(out, '[');
    for (size_t i = 0; i < site->page_count; i++) {
        site_rest(site, i);
        buf_add_text(out, i ? ",\n" : "\n");
        buf_add(out, site->pages[i]->json);
    }
    buf_add_char(out, ']');
}

static void add_navigation(const NavEntry *entry, Buf *out) {
    buf_add_char(out, '[');
    for (size_t i = 0; i < entry->entry_count; i++) {
        const NavEntry *child = &entry->entries[i];
        json_comma(out, i);
        buf_add_char(out, '{');
        json_text(out, "title", child->title);
        json_optional(out, "url", page_url(child->page));
        json_key(out, "entries");
        add_navigation(child, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

/* ---- diagrams ---- */

/* diagram -> page, for those that stand in a page: fences and dependencies of trackers. */
static Map *map_homes(const Site *site, Arena *arena) {
    Map *homes = map_new(arena);
    for (size_t i = 0; i < site->page_count; i++)
        for (size_t k = 0; k < site->pages[i]->fence_count; k++)
            map_put(homes, site->pages[i]->fences[k].url, site->pages[i]);
    for (size_t i = 0; i < site->tracker_count; i++)
        map_put(homes, site->trackers[i].graph.url, site->trackers[i].page);
    return homes;
}

static void add_model(const Diagram *diagram, Str file, Buf *out) {
    json_key(out, "model");
    if (diagram->is_drawn && diagram->graph)
        graph_write_json(diagram->graph, file, out);
    else if (diagram->is_drawn && diagram->sequence)
        sequence_write_json(diagram->sequence, file, out);
    else
        buf_add_text(out, "null");
}

static void add_diagram(const SiteDiagram *item, const Page *home, Buf *out) {
    const Diagram *diagram = item->diagram;
    Span at = item->source ? span_of(item->source, 0, 0) : (Span){0};
    Str file = item->source ? span_resolve(at).source->path : home ? home->path : (Str){NULL, 0};
    buf_add_char(out, '{');
    json_optional(out, "file", file);
    json_at(out, at, file);
    json_optional(out, "page", page_url(home));
    json_optional(out, "url", diagram->is_drawn ? item->url : (Str){NULL, 0});
    json_text(out, "type", diagram->kind);
    json_bool(out, "drawn", diagram->is_drawn);
    json_optional(out, "title", diagram->title);
    json_optional(out, "caption", diagram->caption);
    json_int(out, "width", diagram->width_px);
    json_int(out, "height", diagram->height_px);
    add_model(diagram, file, out);
    buf_add_char(out, '}');
}

static void add_diagrams(const Site *site, Buf *out) {
    const Map *homes = map_homes(site, site->arena);
    json_key(out, "diagrams");
    buf_add_char(out, '[');
    for (size_t i = 0; i < site->diagram_count; i++) {
        site_rest(site, i);
        buf_add_text(out, i ? ",\n" : "\n");
        add_diagram(site->diagrams[i], map_find(homes, site->diagrams[i]->url), out);
    }
    buf_add_char(out, ']');
}

/* ---- the document ---- */

static void add_trackers(const Site *site, Buf *out) {
    json_key(out, "trackers");
    buf_add_char(out, '[');
    for (size_t i = 0; i < site->tracker_count; i++) {
        const SiteTracker *tracker = &site->trackers[i];
        buf_add_text(out, i ? ",\n{" : "\n{");
        json_text(out, "page", tracker->page->url);
        json_optional(out, "plan_page", page_url(tracker->plan_page));
        json_key(out, "roadmap");
        roadmap_write_json(tracker->roadmap, NULL, out);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_head(const Site *site, Buf *out) {
    const Config *config = site->config;
    buf_add_text(out, "{\"schema\":1,\"kind\":\"site\",\"generator\":{\"name\":\"docsgen\"");
    json_text(out, "version", str_from(docsgen_version));
    json_optional(out, "commit", str_from(docsgen_commit));
    buf_add_char(out, '}');
    json_optional(out, "title", config->title);
    json_optional(out, "description", config->description);
    json_optional(out, "url", config->url);
    json_text(out, "language", config->language);
    json_optional(out, "repository", config->repository);
}

/* Pages are most of the document: room for them at once keeps a large one from being copied. */
static Buf new_document(const Site *site) {
    size_t size = 0;
    for (size_t i = 0; i < site->page_count; i++)
        size += site->pages[i]->json.size + 2;
    Buf out = buf_new(site->arena);
    buf_reserve(&out, size + size / 4);
    return out;
}

Str site_json(const Site *site) {
    Buf out = new_document(site);
    ReportOptions options = {
        .spill = site->spill, .severities = site->config->severities, .least = DIAG_NOTE};
    add_head(site, &out);
    add_pages(site, &out);
    json_key(&out, "navigation");
    add_navigation(&site->nav, &out);
    add_diagrams(site, &out);
    add_trackers(site, &out);
    site_json_add_costs(site, &out);
    site_json_add_cards(site, &out);
    json_key(&out, "findings");
    report_list_json(site->diags, &options, &out);
    buf_add_text(&out, "}\n");
    return buf_str(&out);
}
