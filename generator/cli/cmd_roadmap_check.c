#include "base/ban.h"

#include "base/diff.h"
#include "base/limits.h"
#include "check/ignore.h"
#include "cli/trackers.h"
#include "roadmap/overview.h"
#include "roadmap/repair.h"

/* A list of roadmaps and where it is. */
typedef struct OverviewFile {
    Fs *fs;
    Str path, fs_path; /* as messages name it, and in `fs` */
    const Source *source;
} OverviewFile;

/* One run of `roadmap check`. */
typedef struct CheckRun {
    const Flags *flags;
    Arena *arena;
    Project project;
    ReportOptions options;
    Trackers trackers;
    OverviewFile *overviews;
    size_t overview_count, overview_capacity;
    bool is_wanted[DIAG_RULE_COUNT]; /* rules that --fix repairs */
    size_t repaired;
    Buf diff;
} CheckRun;

/* ---- finding documents ---- */

static ExitStatus add_overview(CheckRun *run, Fs *fs, Str path, Str fs_path) {
    FsText text;
    if (!fs_read(fs, fs_path, LIMIT_PAGE_SIZE, run->arena, &text)) {
        complain(
            str_format(run->arena, "cannot read \"%.*s\": %.*s", STR_FMT(path), STR_FMT(text.why)));
        return EXIT_MACHINE;
    }
    ARENA_RESERVE(run->arena, run->overviews, run->overview_count, run->overview_capacity);
    run->overviews[run->overview_count++] =
        (OverviewFile){fs, path, fs_path, source_new(run->arena, path, text.content)};
    return EXIT_CLEAN;
}

static ExitStatus add_tracker(CheckRun *run, Fs *fs, Str path, Str fs_path) {
    Trackers *trackers = &run->trackers;
    Tracker tracker = {.path = path, .fs = fs, .fs_path = fs_path};
    if (!tracker_read(&tracker, run->arena))
        return EXIT_MACHINE;
    ARENA_RESERVE(run->arena, trackers->items, trackers->count, trackers->capacity);
    trackers->items[trackers->count++] = tracker;
    return EXIT_CLEAN;
}

/* Where a walk found something: `named` is the folder as the user wrote it. */
typedef struct Walk {
    Fs *fs;
    Str folder, named;
    bool with_trackers;
} Walk;

/* A tracker brings the plan beside it; a plan without one is judged alone. */
static bool is_judged(Fs *fs, Str path, Arena *arena) {
    Str beside = fs_join(fs_folder_of(path), STR("PROGRESS_TRACKER.md"), arena);
    return str_equal(fs_name_of(path), STR("PROGRESS_TRACKER.md")) ||
           (str_equal(fs_name_of(path), STR("PR_BREAKDOWN.md")) && fs_kind(fs, beside) != FS_FILE);
}

/* Every tracker and every list of them below a folder, hidden folders included. */
static ExitStatus walk_folder(CheckRun *run, const Walk *walk) {
    FsList list = {.arena = run->arena};
    Str why;
    if (!fs_walk(walk->fs, (FsWalk){.folder = walk->folder, .with_hidden = true}, &list, &why)) {
        complain(why);
        return EXIT_MACHINE;
    }
    ExitStatus status = EXIT_CLEAN;
    for (size_t i = 0; i < list.count && status == EXIT_CLEAN; i++) {
        Str path = list.entries[i].path;
        Str named = walk->named.size > 0 ? fs_join(walk->named, path, run->arena) : path;
        if (str_equal(fs_name_of(path), STR("ROADMAP.md")))
            status = add_overview(run, walk->fs, named, path);
        else if (walk->with_trackers && is_judged(walk->fs, path, run->arena))
            status = add_tracker(run, walk->fs, named, path);
    }
    return status;
}

/* An operand is a folder to be searched, or one document. */
static ExitStatus read_operand_path(CheckRun *run, Str path) {
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    Str folder = fs_folder_of(path);
    if (folder.size == 0)
        folder = path.data[0] == '/' ? STR("/") : STR(".");
    Fs *around = fs_open_disk(run->arena, folder);
    Str name = fs_name_of(path);
    if (fs_kind(around, name) == FS_FOLDER || str_equal(path, STR(".")))
        return walk_folder(
            run,
            &(Walk){.fs = fs_open_disk(run->arena, path), .named = path, .with_trackers = true});
    return str_equal(name, STR("ROADMAP.md")) ? add_overview(run, around, path, name)
                                              : add_tracker(run, around, path, name);
}

static ExitStatus read_documents(CheckRun *run) {
    const Flags *flags = run->flags;
    const Config *config = run->project.config;
    ExitStatus status = EXIT_CLEAN;
    for (size_t i = 1; i < flags->operand_count && status == EXIT_CLEAN; i++)
        status = read_operand_path(run, flags->operands[i]);
    if (flags->operand_count > 1 || status != EXIT_CLEAN)
        return status;
    status = trackers_read(&run->trackers, &run->project);
    for (size_t i = 0; flags->tracker.size == 0 && i < config->roadmap_count; i++) {
        if (status == EXIT_CLEAN)
            status = walk_folder(run, &(Walk){.fs = run->project.fs, .folder = config->roadmap[i]});
    }
    return status;
}

/* ---- repairing ---- */

/* Writes new texts, all or none, or shows them. Somebody may have changed a file meanwhile: then
 * nothing is written. */
static bool put(CheckRun *run, const OverviewFile *files, const Str *texts, size_t count) {
    FsSwap swaps[FS_SWAPS_MAX];
    size_t changed = 0, last = 0;
    Str why;
    for (size_t i = 0; i < count; i++) {
        const Source *source = files[i].source;
        if (str_equal(source->text, texts[i]))
            continue;
        if (run->flags->is_dry_run)
            diff_add_unified(files[i].path, source->text, texts[i], run->arena, &run->diff);
        swaps[changed++] = (FsSwap){files[i].fs_path, source->text, texts[i]};
        last = i;
    }
    if (run->flags->is_dry_run || fs_replace(files[last].fs, swaps, changed, &why))
        return true;
    complain(str_format(run->arena, "cannot write \"%.*s\"%s: %.*s", STR_FMT(files[0].path),
                        changed > 1 ? " and its plan" : "", STR_FMT(why)));
    return false;
}

static bool fix_tracker(CheckRun *run, const Tracker *tracker) {
    if (tracker->roadmap->kind != ROADMAP_TRACKER)
        return true;
    const Source *source = tracker->roadmap->source;
    const Source *plan = tracker->plan ? tracker->plan->source : NULL;
    Repair repair = roadmap_repair(source, plan, run->is_wanted, run->arena);
    run->repaired += repair.count;
    OverviewFile files[] = {{tracker->fs, source->path, tracker->fs_path, source},
                            {tracker->fs, plan ? plan->path : (Str){0}, tracker->plan_path, plan}};
    Str texts[] = {repair.tracker, repair.plan};
    return put(run, files, texts, plan ? 2 : 1);
}

/* The trackers as overview.h takes them. */
static const Roadmap *const *all_roadmaps(const CheckRun *run) {
    const Roadmap **roadmaps = ARENA_ARRAY(run->arena, const Roadmap *, run->trackers.count + 1);
    for (size_t i = 0; i < run->trackers.count; i++)
        roadmaps[i] = run->trackers.items[i].roadmap;
    return roadmaps;
}

/* Edits by other runs wait meanwhile; the tracker is read again under the lock. */
static bool fix_locked(CheckRun *run, Tracker *tracker) {
    int lock;
    Str why;
    if (run->flags->is_dry_run)
        return fix_tracker(run, tracker);
    if (!fs_lock(tracker->fs, tracker->fs_path, &lock, &why)) {
        complain(why);
        return false;
    }
    bool is_done = tracker_read(tracker, run->arena) && fix_tracker(run, tracker) &&
                   tracker_read(tracker, run->arena);
    fs_unlock(tracker->fs, lock);
    return is_done;
}

static bool fix_overview(CheckRun *run, OverviewFile *file) {
    Repair repair = overview_repair(file->source, all_roadmaps(run), run->trackers.count,
                                    run->is_wanted, run->arena);
    run->repaired += repair.count;
    if (!put(run, file, &repair.tracker, 1))
        return false;
    if (!run->flags->is_dry_run)
        file->source = source_new(run->arena, file->path, repair.tracker);
    return true;
}

static bool fix_all(CheckRun *run) {
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++)
        run->is_wanted[rule] = run->project.config->severities[rule] != DIAG_OFF &&
                               diag_rule_is_in(run->flags->only, (DiagRule)rule);
    for (size_t i = 0; i < run->trackers.count; i++) {
        if (!fix_locked(run, &run->trackers.items[i]))
            return false;
    }
    for (size_t i = 0; i < run->overview_count; i++) {
        if (!fix_overview(run, &run->overviews[i]))
            return false;
    }
    return true;
}

/* ---- the command ---- */

/* What comments in the documents ignore. Whether one of them is one too many is for `docsgen check`
 * to say, which looks for more than this command does. */
static void ignore_some(const CheckRun *run, Diags *diags) {
    size_t most = 2 * run->trackers.count + run->overview_count, count = 0;
    MdIgnores *ignores = ARENA_ARRAY(run->arena, MdIgnores, most + 1);
    const Source **sources = ARENA_ARRAY(run->arena, const Source *, most + 1);
    for (size_t i = 0; i < run->trackers.count; i++) {
        const Tracker *tracker = &run->trackers.items[i];
        sources[count++] = tracker->roadmap->source;
        if (tracker->plan)
            sources[count++] = tracker->plan->source;
    }
    for (size_t i = 0; i < run->overview_count; i++)
        sources[count++] = run->overviews[i].source;
    for (size_t i = 0; i < count; i++)
        ignores[i] =
            md_ignores(md_parse(sources[i], run->arena, diags_new(run->arena)), run->arena);
    ignore_findings(ignores, count, false, diags);
}

static Diags *judge(const CheckRun *run) {
    Diags *diags = diags_new(run->arena);
    const Roadmap *const *roadmaps = all_roadmaps(run);
    for (size_t i = 0; i < run->trackers.count; i++)
        diags_merge(diags, run->trackers.items[i].findings);
    for (size_t i = 0; i < run->overview_count; i++) {
        MdDoc *doc = md_parse(run->overviews[i].source, run->arena, diags);
        Overview *overview = overview_read(doc, run->arena, diags);
        overview_join(overview, roadmaps, run->trackers.count, run->arena);
        overview_lint(overview, roadmaps, run->trackers.count, run->arena, diags);
    }
    ignore_some(run, diags);
    diags_sort(diags);
    return diags;
}

static void print_summary(const CheckRun *run, const ReportCounts *counts) {
    Arena *arena = run->arena;
    if (run->flags->is_quiet)
        return;
    fprintf(stderr, "checked %.*s: %.*s, %.*s, %.*s",
            STR_FMT(count_of(run->trackers.count, "tracker", arena)),
            STR_FMT(count_of(counts->errors, "error", arena)),
            STR_FMT(count_of(counts->warnings, "warning", arena)),
            STR_FMT(count_of(counts->notes, "note", arena)));
    if (run->flags->is_fix)
        fprintf(stderr, "; %.*s %s", STR_FMT(count_of(run->repaired, "repair", arena)),
                run->flags->is_dry_run ? "shown" : "made");
    fputc('\n', stderr);
}

ExitStatus roadmap_check_run(const Flags *flags, Arena *arena) {
    CheckRun run = {.flags = flags,
                    .arena = arena,
                    .trackers = {.flags = flags, .arena = arena},
                    .diff = buf_new(arena)};
    bool fails_on_warnings = str_equal(flags->fail_on, STR("warning"));
    if (flags->fail_on.size > 0 && !fails_on_warnings && !str_equal(flags->fail_on, STR("error")))
        return usage_error("roadmap",
                           str_format(arena, "--fail-on wants error or warning, not \"%.*s\"",
                                      STR_FMT(flags->fail_on)));
    if (flags->is_dry_run && !flags->is_fix)
        return usage_error("roadmap",
                           STR("--dry-run belongs to \"roadmap check --fix\" and to edits"));
    ExitStatus status = project_open(flags, arena, &run.project);
    if (status != EXIT_CLEAN)
        return status;
    if (!project_report_options(&run.project, &run.options))
        return EXIT_USAGE;
    run.trackers.severities = run.project.config->severities;
    status = read_documents(&run);
    if (status != EXIT_CLEAN)
        return status;
    if (flags->is_fix && !fix_all(&run))
        return EXIT_MACHINE;
    /* A dry run gives the diff alone, so that it can be piped into git apply. */
    ReportCounts counts = {0};
    Diags *diags = judge(&run);
    if (flags->is_dry_run) {
        Buf nothing = buf_new(arena);
        counts = report_render(diags, &run.options, &nothing);
        if (!write_result((Str){0}, buf_str(&run.diff), arena))
            return EXIT_MACHINE;
    } else {
        counts = project_report(diags, &run.options, arena);
    }
    print_summary(&run, &counts);
    bool fails = counts.errors > 0 || (fails_on_warnings && counts.warnings > 0);
    return fails ? EXIT_FINDINGS : EXIT_CLEAN;
}
