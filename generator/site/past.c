#include "base/ban.h"

#include "site/past.h"

#include "base/pool.h"

typedef struct Past {
    Site *site;
    const GitFile *files; /* of the trackers, in their order */
    GitTag tag;
} Past;

RoadmapHistory *past_history(const GitFile *file, Arena *arena) {
    RoadmapVersion *versions = ARENA_ARRAY(arena, RoadmapVersion, file->version_count + 1);
    for (size_t i = 0; i < file->version_count; i++) {
        const GitVersion *version = &file->versions[i];
        versions[i] =
            (RoadmapVersion){version->commit, version->subject, version->time, version->content};
    }
    return roadmap_history(file->path, versions, file->version_count, arena);
}

/* The versions of a tracker that git remembers become its history. */
static void tell_history(void *context, size_t index, unsigned worker) {
    Past *past = context;
    SiteTracker *tracker = &past->site->trackers[index];
    tracker->history = past_history(&past->files[index], past->site->workers[worker]);
    tracker->tag = past->tag.name;
    tracker->tagged = past->tag.time;
}

static void read_trackers(Site *site, Git *git) {
    GitFile *files = ARENA_ARRAY(site->arena, GitFile, site->tracker_count + 1);
    for (size_t i = 0; i < site->tracker_count; i++)
        files[i].path = site->trackers[i].page->path;
    if (!git_read_versions(git, files, site->tracker_count))
        return;
    Past past = {site, files, git_newest_tag(git)};
    pool_run(site->worker_count, site->tracker_count, tell_history, &past);
}

/* What an author wrote into the front matter counts more than git. */
static void read_days(Site *site, Git *git) {
    Str *paths = ARENA_ARRAY(site->arena, Str, site->page_count + 1);
    int64_t *times = ARENA_ARRAY(site->arena, int64_t, site->page_count + 1);
    for (size_t i = 0; i < site->page_count; i++)
        paths[i] = site->pages[i]->path;
    if (!git_read_times(git, paths, site->page_count, times))
        return;
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        if (page->updated.size == 0 && times[i] > 0)
            page->updated = git_day(times[i], site->arena);
    }
}

void past_read(Site *site, Str root) {
    Git *git = git_open(root, site->arena);
    if (git->state == GIT_WHOLE) {
        if (site->tracker_count > 0)
            read_trackers(site, git);
        read_days(site, git);
    }
    if (git->why.size == 0 || site->tracker_count == 0)
        return;
    diag_add(site->diags, DIAG_ROADMAP_HISTORY, (Span){0}, "no burn-up: %.*s", STR_FMT(git->why));
    if (git->state == GIT_SHALLOW)
        diag_hint(site->diags, "fetch all of the history: \"git fetch --unshallow\", or "
                               "\"fetch-depth: 0\" for actions/checkout");
}
