#include "base/ban.h"

#include "cli/trackers.h"

#include "base/limits.h"
#include "roadmap/id.h"

/* A file whose name speaks of a breakdown is a plan; everything else is a tracker. */
static bool is_plan_name(Str path) {
    return str_find(fs_name_of(path), STR("BREAKDOWN"), 0) != STR_NONE;
}

static bool read_text(const Tracker *tracker, Str fs_path, Arena *arena, Str *content) {
    FsText text;
    if (!fs_read(tracker->fs, fs_path, LIMIT_PAGE_SIZE, arena, &text)) {
        complain(str_format(arena, "cannot read the tracker \"%.*s\": %.*s", STR_FMT(tracker->path),
                            STR_FMT(text.why)));
        return false;
    }
    *content = text.content;
    return true;
}

static Roadmap *read_as(RoadmapKind kind, const Source *source, Diags *findings, Arena *arena) {
    return roadmap_read(md_parse(source, arena, findings), kind, arena, findings);
}

/* A plan under another name is known by what it holds: no dashboard, but the lists of a plan. */
static Roadmap *read_either(const Source *source, Diags *findings, Arena *arena) {
    if (is_plan_name(source->path))
        return read_as(ROADMAP_BREAKDOWN, source, findings, arena);
    Roadmap *tracker = read_as(ROADMAP_TRACKER, source, findings, arena);
    if (tracker->pr_count > 0)
        return tracker;
    Roadmap *plan = read_as(ROADMAP_BREAKDOWN, source, diags_new(arena), arena);
    return plan->pr_count > 0 && plan->remaining.heading.source ? plan : tracker;
}

/* The path beside the tracker, as messages name it. */
static Str beside(Str path, Str name, Arena *arena) {
    Str folder = fs_folder_of(path);
    if (folder.size == 0 && path.size > 0 && path.data[0] == '/')
        folder = STR("/");
    return fs_join(folder, name, arena);
}

bool tracker_read(Tracker *tracker, Arena *arena) {
    Str content;
    tracker->findings = diags_new(arena);
    tracker->plan = NULL;
    tracker->plan_path = (Str){0};
    if (!read_text(tracker, tracker->fs_path, arena, &content))
        return false;
    const Source *source = source_new(arena, tracker->path, content);
    tracker->roadmap = read_either(source, tracker->findings, arena);
    Str plan_path = beside(tracker->fs_path, STR("PR_BREAKDOWN.md"), arena);
    FsText text;
    if (tracker->roadmap->kind == ROADMAP_TRACKER && fs_kind(tracker->fs, plan_path) == FS_FILE &&
        fs_read(tracker->fs, plan_path, LIMIT_PAGE_SIZE, arena, &text)) {
        source =
            source_new(arena, beside(tracker->path, STR("PR_BREAKDOWN.md"), arena), text.content);
        tracker->plan_path = plan_path;
        tracker->plan = read_as(ROADMAP_BREAKDOWN, source, tracker->findings, arena);
        roadmap_join(tracker->roadmap, tracker->plan, arena);
    }
    roadmap_lint(tracker->roadmap, arena, tracker->findings);
    diags_sort(tracker->findings);
    tracker->schedule = schedule_new(tracker->roadmap, arena);
    return true;
}

static bool add_tracker(Trackers *trackers, Fs *fs, Str path, Str fs_path) {
    Tracker tracker = {.path = path, .fs = fs, .fs_path = fs_path};
    if (!tracker_read(&tracker, trackers->arena))
        return false;
    ARENA_RESERVE(trackers->arena, trackers->items, trackers->count, trackers->capacity);
    trackers->items[trackers->count++] = tracker;
    return true;
}

/* --tracker names a file in the project, or anywhere when it begins with a slash; a folder stands
 * for the tracker in it. */
static ExitStatus read_named(Trackers *trackers, const Project *project) {
    Arena *arena = trackers->arena;
    Str path = trackers->flags->tracker;
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    Fs *fs = project->fs;
    Str fs_path = path;
    if (path.data[0] == '/') {
        Str folder = fs_folder_of(path);
        fs = fs_open_disk(arena, folder.size > 0 ? folder : STR("/"));
        fs_path = fs_name_of(path);
    } else if (str_starts_with(path, STR("./"))) {
        path = fs_path = str_from_offset(path, 2);
    }
    if (fs_kind(fs, fs_path) == FS_FOLDER) {
        path = fs_join(path, STR("PROGRESS_TRACKER.md"), arena);
        fs_path = fs_join(fs_path, STR("PROGRESS_TRACKER.md"), arena);
    }
    return add_tracker(trackers, fs, path, fs_path) ? EXIT_CLEAN : EXIT_MACHINE;
}

/* Every PROGRESS_TRACKER.md below the folders of the setting `roadmap`. */
static ExitStatus read_all(Trackers *trackers, const Project *project) {
    const Config *config = project->config;
    for (size_t i = 0; i < config->roadmap_count; i++) {
        FsList list = {.arena = trackers->arena};
        Str why;
        if (!fs_walk(project->fs, (FsWalk){.folder = config->roadmap[i]}, &list, &why)) {
            complain(why);
            return EXIT_MACHINE;
        }
        for (size_t k = 0; k < list.count; k++) {
            Str path = list.entries[k].path;
            if (str_equal(fs_name_of(path), STR("PROGRESS_TRACKER.md")) &&
                !add_tracker(trackers, project->fs, path, path))
                return EXIT_MACHINE;
        }
    }
    if (trackers->count > 0)
        return EXIT_CLEAN;
    complain(STR("no PROGRESS_TRACKER.md in the folders of the setting \"roadmap\""));
    return EXIT_MACHINE;
}

ExitStatus trackers_read(Trackers *trackers, const Project *project) {
    return trackers->flags->tracker.size > 0 ? read_named(trackers, project)
                                             : read_all(trackers, project);
}

/* ---- names that are none ---- */

/* The digits an id begins with: "7" of "7a". */
static Str leading_number(Str id) {
    size_t size = 0;
    while (size < id.size && id.data[size] >= '0' && id.data[size] <= '9')
        size++;
    return str_slice(id, 0, size);
}

/* The PR that could be meant by an id that is none: one letter off, or the same number. */
static const RoadmapPr *nearest_id(const Roadmap *roadmap, Str name, Arena *arena) {
    Str *ids = ARENA_ARRAY(arena, Str, roadmap->pr_count + 1);
    PrId id;
    for (size_t i = 0; i < roadmap->pr_count; i++)
        ids[i] = roadmap->prs[i].id;
    if (pr_id_parse(str_trim(name), false, arena, &id))
        name = id.id;
    Str nearest = str_nearest(name, ids, roadmap->pr_count);
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        bool is_near = nearest.size > 0
                           ? str_equal(ids[i], nearest)
                           : leading_number(name).size > 0 &&
                                 str_equal(leading_number(ids[i]), leading_number(name));
        if (is_near)
            return &roadmap->prs[i];
    }
    return NULL;
}

/* The PR whose title is near the name, or holds it. */
static const RoadmapPr *nearest_title(const Roadmap *roadmap, Str name, Arena *arena) {
    Str *titles = ARENA_ARRAY(arena, Str, roadmap->pr_count + 1);
    name = str_lower(arena, str_trim(name));
    for (size_t i = 0; i < roadmap->pr_count; i++)
        titles[i] = str_lower(arena, roadmap->prs[i].title.text);
    Str nearest = str_nearest(name, titles, roadmap->pr_count);
    for (size_t i = 0; i < roadmap->pr_count; i++) {
        bool is_near = nearest.size > 0 ? str_equal(titles[i], nearest)
                                        : name.size > 2 && str_find(titles[i], name, 0) != STR_NONE;
        if (is_near)
            return &roadmap->prs[i];
    }
    return NULL;
}

ExitStatus trackers_unknown_pr(const Trackers *trackers, Str name) {
    Arena *arena = trackers->arena;
    const RoadmapPr *near = NULL;
    for (size_t i = 0; i < trackers->count && !near; i++)
        near = nearest_id(trackers->items[i].roadmap, name, arena);
    for (size_t i = 0; i < trackers->count && !near; i++)
        near = nearest_title(trackers->items[i].roadmap, name, arena);
    Str hint = near ? str_format(arena, "; did you mean PR %.*s, \"%.*s\"?", STR_FMT(near->id),
                                 STR_FMT(near->title.text))
                    : STR("; \"docsgen roadmap list\" shows them");
    return usage_error("roadmap",
                       str_format(arena, "no PR \"%.*s\"%.*s", STR_FMT(name), STR_FMT(hint)));
}
