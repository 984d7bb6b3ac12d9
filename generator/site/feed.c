#include "base/ban.h"

#include "site/feed.h"

#include "base/escape.h"
#include "git/git.h"

#define SHOWN_ENTRIES 50
#define DAY           ((int64_t)24 * 60 * 60) /* seconds */

typedef struct Entry {
    const SiteTracker *tracker;
    const RoadmapChange *change;
    const RoadmapPoint *point;
    size_t order; /* as found: keeps entries of one commit in place */
} Entry;

bool feed_is_made(const Site *site) {
    for (size_t i = 0; i < site->tracker_count && site->config->url.size; i++) {
        const RoadmapHistory *history = site->trackers[i].history;
        if (history && history->point_count > 0)
            return true;
    }
    return false;
}

static bool is_completion(const RoadmapChange *change) {
    return change->to == ROADMAP_COMPLETE && change->event != ROADMAP_EVENT_REMOVED &&
           (change->from != ROADMAP_COMPLETE || change->event == ROADMAP_EVENT_ADDED);
}

static int newest_first(const void *left, const void *right) {
    const Entry *a = left, *b = right;
    if (a->point->time != b->point->time)
        return a->point->time < b->point->time ? 1 : -1;
    return a->order < b->order ? -1 : 1;
}

static Entry *find_entries(const Site *site, Arena *arena, size_t *count) {
    size_t most = 0;
    for (size_t i = 0; i < site->tracker_count; i++)
        most += site->trackers[i].history ? site->trackers[i].history->change_count : 0;
    Entry *entries = ARENA_ARRAY(arena, Entry, most + 1);
    *count = 0;
    for (size_t i = 0; i < site->tracker_count; i++) {
        const RoadmapHistory *history = site->trackers[i].history;
        for (size_t k = 0; history && k < history->change_count; k++) {
            const RoadmapChange *change = &history->changes[k];
            if (is_completion(change))
                entries[(*count)++] =
                    (Entry){&site->trackers[i], change, &history->points[change->point], *count};
        }
    }
    qsort(entries, *count, sizeof *entries, newest_first);
    return entries;
}

/* date-time = day "T" time "Z" (RFC 3339). */
static void add_time(Buf *out, const char *name, int64_t time) {
    int64_t second = (time % DAY + DAY) % DAY;
    buf_add_format(out, "<%s>%.*sT%02d:%02d:%02dZ</%s>\n", name, STR_FMT(git_day(time, out->arena)),
                   (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60), name);
}

static void add_address(const Site *site, Str path, Buf *out) {
    html_escape(out, site->config->url);
    url_escape(out, path);
}

static Str roadmap_name(const SiteTracker *tracker) {
    Str title = tracker->roadmap->title.text;
    return title.size ? title : tracker->page->title;
}

/* The id names the PR and the commit: completed again later, it is another entry. */
static void add_entry(const Site *site, const Entry *entry, Buf *out) {
    const RoadmapChange *change = entry->change;
    buf_add_text(out, "<entry>\n<title>PR ");
    html_escape(out, change->id);
    buf_add_char(out, ' ');
    html_escape(out, change->title);
    buf_add_text(out, "</title>\n<id>");
    add_address(site, entry->tracker->page->url, out);
    buf_add_text(out, "#pr-");
    url_escape(out, change->id);
    buf_add_char(out, '-');
    html_escape(out, str_slice(entry->point->commit, 0, 12));
    buf_add_text(out, "</id>\n<link href=\"");
    add_address(site, entry->tracker->page->url, out);
    buf_add_text(out, "#pr-");
    url_escape(out, change->id);
    buf_add_text(out, "\"/>\n");
    add_time(out, "updated", entry->point->time);
    buf_add_text(out, "<summary>Complete in ");
    html_escape(out, roadmap_name(entry->tracker));
    buf_add_format(out, ": %u of %u PRs</summary>\n</entry>\n", entry->point->done,
                   entry->point->total);
}

/* The newest commit of a tracker: a feed that nobody touched keeps its date. */
static int64_t last_time(const Site *site) {
    int64_t last = 0;
    for (size_t i = 0; i < site->tracker_count; i++) {
        const RoadmapHistory *history = site->trackers[i].history;
        for (size_t k = 0; history && k < history->point_count; k++)
            last = history->points[k].time > last ? history->points[k].time : last;
    }
    return last;
}

bool feed_write(const Site *site, Buf *out) {
    if (!feed_is_made(site))
        return false;
    size_t count = 0;
    const Entry *entries = find_entries(site, out->arena, &count);
    buf_add_text(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>");
    html_escape(out, site->config->title.size ? site->config->title : STR("Roadmap"));
    buf_add_text(out, ": completed pull requests</title>\n<id>");
    add_address(site, STR("feed.xml"), out);
    buf_add_text(out, "</id>\n<link rel=\"self\" href=\"");
    add_address(site, STR("feed.xml"), out);
    buf_add_text(out, "\"/>\n<link href=\"");
    html_escape(out, site->config->url);
    buf_add_text(out, "\"/>\n<author><name>");
    html_escape(out, site->config->title.size ? site->config->title : STR("docsgen"));
    buf_add_text(out, "</name></author>\n");
    add_time(out, "updated", last_time(site));
    for (size_t i = 0; i < count && i < SHOWN_ENTRIES; i++)
        add_entry(site, &entries[i], out);
    buf_add_text(out, "</feed>\n");
    return true;
}
