#include "base/ban.h"

#include "base/diff.h"
#include "base/escape.h"
#include "base/limits.h"
#include "cli/overviews.h"
#include "cli/trackers.h"
#include "cli/undo.h"
#include "roadmap/edit.h"

/* The words for each step; the first is its name. */
static const struct {
    const char *words[3];
    RoadmapVerb verb;
    const char *already; /* said when there is nothing to change */
} verbs[] = {
    {{"start", "begin"}, ROADMAP_START, "in progress"},
    {{"done", "complete", "close"}, ROADMAP_DONE, "complete"},
    {{"reopen"}, ROADMAP_REOPEN, "open"},
    {{"block"}, ROADMAP_BLOCK, "blocked"},
    {{"add"}, ROADMAP_ADD, "there"},
};
#define VERB_COUNT (sizeof verbs / sizeof *verbs)

/* Index in `verbs`, or VERB_COUNT. */
static size_t find_verb(Str word) {
    for (size_t i = 0; i < VERB_COUNT; i++) {
        for (size_t k = 0; k < 3 && verbs[i].words[k]; k++) {
            if (str_equal(word, str_from(verbs[i].words[k])))
                return i;
        }
    }
    return VERB_COUNT;
}

bool roadmap_edit_is_verb(Str verb) {
    return find_verb(verb) < VERB_COUNT;
}

/* One run of a verb. */
typedef struct EditRun {
    const Flags *flags;
    Arena *arena;
    size_t verb; /* index in `verbs` */
    Tracker *tracker;
    RoadmapEdit edit;
    RoadmapEdited edited;
    OverviewEdit overview;
    bool is_restored; /* from what was remembered */
} EditRun;

static const char *verb_name(const EditRun *run) {
    return verbs[run->verb].words[0];
}

/* ---- the command line ---- */

static bool is_hash(Str text) {
    if (text.size < 7 || text.size > 40)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if ((c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F'))
            return false;
    }
    return true;
}

/* What is wrong with the flags; the empty Str when nothing is. */
static Str find_mistake(const EditRun *run) {
    const Flags *flags = run->flags;
    RoadmapVerb verb = verbs[run->verb].verb;
    if (flags->operand_count != 2)
        return str_format(run->arena, "\"roadmap %s\" wants %s", verb_name(run),
                          verb == ROADMAP_ADD ? "the title of one PR" : "the id of one PR");
    if (str_is_blank(flags->operands[1]))
        return STR("the name of the PR is empty");
    if (flags->commit.size > 0 && !is_hash(flags->commit))
        return str_format(run->arena, "--commit wants a hash of 7 to 40 digits, not \"%.*s\"",
                          STR_FMT(flags->commit));
    if ((flags->commit.size > 0 || flags->github_pr > 0) && verb != ROADMAP_DONE)
        return str_format(run->arena, "--commit and --pr belong to \"roadmap done\"");
    if (flags->by.size > 0 && verb != ROADMAP_BLOCK)
        return STR("--by belongs to \"roadmap block\"");
    return (Str){0};
}

/* ---- which tracker ---- */

/* The one tracker that has the PR; with several the user has to say which. NULL after a complaint
 * about the command line. */
static Tracker *choose_tracker(const EditRun *run, const Trackers *trackers) {
    Buf paths = buf_new(run->arena);
    Tracker *chosen = NULL;
    size_t found = 0;
    for (size_t i = 0; i < trackers->count; i++) {
        Tracker *tracker = &trackers->items[i];
        bool has_it = verbs[run->verb].verb == ROADMAP_ADD ||
                      roadmap_find(tracker->roadmap, trackers->wanted, run->arena) != ROADMAP_NONE;
        if (!has_it)
            continue;
        chosen = tracker;
        found++;
        buf_add_format(&paths, "%s%.*s", found > 1 ? ", " : "", STR_FMT(tracker->path));
    }
    if (found == 1)
        return chosen;
    if (found == 0)
        trackers_unknown_pr(trackers, trackers->wanted);
    else
        usage_error("roadmap", str_format(run->arena,
                                          "%zu trackers could be meant; say which with "
                                          "--tracker: %.*s",
                                          found, STR_FMT(buf_str(&paths))));
    return NULL;
}

/* The edit in indices of the tracker as it is now. */
static ExitStatus resolve(EditRun *run, const Trackers *trackers) {
    const Flags *flags = run->flags;
    const Roadmap *map = run->tracker->roadmap;
    run->edit = (RoadmapEdit){.verb = verbs[run->verb].verb,
                              .pr = ROADMAP_NONE,
                              .title = flags->operands[1],
                              .commit = str_lower(run->arena, flags->commit),
                              .note = flags->note,
                              .by = ROADMAP_NONE,
                              .is_forced = flags->is_forced};
    if (flags->github_pr > 0)
        run->edit.github = str_format(run->arena, "%lld", (long long)flags->github_pr);
    if (run->edit.verb == ROADMAP_ADD)
        return EXIT_CLEAN;
    run->edit.pr = roadmap_find(map, flags->operands[1], run->arena);
    if (run->edit.pr == ROADMAP_NONE)
        return trackers_unknown_pr(trackers, flags->operands[1]);
    if (flags->by.size == 0)
        return EXIT_CLEAN;
    run->edit.by = roadmap_find(map, flags->by, run->arena);
    if (run->edit.by == ROADMAP_NONE)
        return trackers_unknown_pr(trackers, flags->by);
    if (run->edit.by == run->edit.pr)
        return usage_error("roadmap", STR("a PR cannot be blocked by itself"));
    return EXIT_CLEAN;
}

/* ---- what is said ---- */

static void print_remark(const char *level, const RoadmapRemark *remark) {
    Place place = span_place(remark->at);
    fprintf(stderr, "%.*s:%u:%u: %s: %.*s\n", STR_FMT(place.path), place.line, place.column, level,
            STR_FMT(remark->text));
}

static ExitStatus print_refusals(const EditRun *run) {
    const RoadmapRemarks *refusals = &run->edited.refusals;
    for (size_t i = 0; i < refusals->count; i++)
        print_remark("error", &refusals->items[i]);
    complain(run->edited.may_force
                 ? STR("nothing is changed; --force finishes the PR all the same and ticks "
                       "its items")
                 : STR("nothing is changed"));
    return EXIT_FINDINGS;
}

static void add_pr_name(const RoadmapPr *pr, Buf *out) {
    buf_add_format(out, "PR %.*s %.*s", STR_FMT(pr->id), STR_FMT(pr->title.text));
}

static bool is_changed(const EditRun *run) {
    bool is_plan_changed =
        run->tracker->plan && !str_equal(run->edited.plan, run->tracker->plan->source->text);
    bool is_overview_changed =
        run->overview.path.size > 0 && !str_equal(run->overview.text, run->overview.source->text);
    return is_plan_changed || is_overview_changed ||
           !str_equal(run->edited.tracker, run->tracker->roadmap->source->text);
}

static void add_text(const EditRun *run, Buf *out) {
    const Roadmap *after = run->edited.after;
    uint32_t index = roadmap_find(after, run->edited.id, run->arena);
    const RoadmapPr *pr = &after->prs[index];
    const RoadmapShare *rows = &after->computed.rows;
    add_pr_name(pr, out);
    if (!is_changed(run)) {
        buf_add_format(out, " is %s already; nothing to change\n", verbs[run->verb].already);
        return;
    }
    Str label = str_lower(run->arena, roadmap_status_label(pr->status));
    if (run->edit.verb == ROADMAP_ADD)
        label = STR("added");
    if (run->edit.verb == ROADMAP_REOPEN)
        label = run->is_restored ? STR("open again, as it was before") : STR("open again");
    buf_add_format(out, " is %.*s: %u of %u PRs complete, ", STR_FMT(label), rows->done,
                   rows->total);
    buf_add_fixed(out, rows->percent_milli, 1000, 1);
    buf_add_text(out, "%\n");
    for (size_t i = 0; i < run->edited.ready_count; i++) {
        buf_add_text(out, "ready now: ");
        add_pr_name(&after->prs[run->edited.ready[i]], out);
        buf_add_char(out, '\n');
    }
}

static void add_json(const EditRun *run, Buf *out) {
    const Roadmap *after = run->edited.after;
    const RoadmapEdited *edited = &run->edited;
    buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmap-edit\",\"tracker\":");
    json_string(out, run->tracker->path);
    buf_add_format(out,
                   ",\"changed\":%s,\"written\":%s,\"pr\":", is_changed(run) ? "true" : "false",
                   is_changed(run) && !run->flags->is_dry_run ? "true" : "false");
    roadmap_write_pr_json(after, roadmap_find(after, edited->id, run->arena), out);
    buf_add_text(out, ",\"ready\":[");
    for (size_t i = 0; i < edited->ready_count; i++) {
        buf_add_text(out, i > 0 ? "," : "");
        json_string(out, after->prs[edited->ready[i]].id);
    }
    buf_add_text(out, "],\"left\":[");
    for (size_t i = 0; i < edited->left.count; i++) {
        Place place = span_place(edited->left.items[i].at);
        buf_add_text(out, i > 0 ? ",{\"path\":" : "{\"path\":");
        json_string(out, place.path);
        buf_add_format(out, ",\"line\":%u,\"text\":", place.line);
        json_string(out, edited->left.items[i].text);
        buf_add_char(out, '}');
    }
    buf_add_text(out, "]}\n");
}

static void add_diffs(const EditRun *run, Buf *out) {
    const Source *tracker = run->tracker->roadmap->source;
    diff_add_unified(tracker->path, tracker->text, run->edited.tracker, run->arena, out);
    const Source *plan = run->tracker->plan ? run->tracker->plan->source : NULL;
    const OverviewEdit *overview = &run->overview;
    if (plan)
        diff_add_unified(plan->path, plan->text, run->edited.plan, run->arena, out);
    if (overview->path.size > 0)
        diff_add_unified(overview->path, overview->source->text, overview->text, run->arena, out);
}

/* The diff of a dry run alone goes to standard output, so that it can be piped into git apply. */
static ExitStatus print_result(const EditRun *run) {
    Buf out = buf_new(run->arena);
    Buf said = buf_new(run->arena);
    bool is_json = run->flags->wants_json || str_equal(run->flags->format, STR("json"));
    if (is_json)
        add_json(run, &out);
    else if (run->flags->is_dry_run)
        add_diffs(run, &out);
    if (!is_json)
        add_text(run, run->flags->is_dry_run ? &said : &out);
    for (size_t i = 0; i < run->edited.left.count && !run->flags->is_quiet; i++)
        print_remark("note", &run->edited.left.items[i]);
    if (!run->flags->is_quiet)
        fwrite(said.size > 0 ? said.data : "", 1, said.size, stderr);
    return write_result((Str){0}, buf_str(&out), run->arena) ? EXIT_CLEAN : EXIT_MACHINE;
}

/* ---- reading, working out, writing ---- */

/* A PR that was finished by docsgen and is reopened before anything else happened gets back the
 * very bytes it had; the rules alone cannot know which items had been ticked. */
static void restore(EditRun *run) {
    const Roadmap *map = run->tracker->roadmap;
    Str before;
    UndoKey key = {map->source->text, run->edited.id};
    if (run->edit.verb != ROADMAP_REOPEN || run->edit.note.size > 0)
        return;
    if (undo_find(&key, run->arena, &before)) {
        const Source *source = source_new(run->arena, map->source->path, before);
        Diags *unsaid = diags_new(run->arena);
        Roadmap *old =
            roadmap_read(md_parse(source, run->arena, unsaid), map->kind, run->arena, unsaid);
        uint32_t index = roadmap_find(old, run->edited.id, run->arena);
        if (index == ROADMAP_NONE || old->prs[index].status == map->prs[run->edit.pr].status)
            return;
        if (run->tracker->plan)
            roadmap_join(old, run->tracker->plan, run->arena);
        run->edited.tracker = before;
        run->edited.after = old;
        run->edited.left.count = 0;
        run->is_restored = true;
    }
    if (!run->tracker->plan)
        return;
    key.after = run->tracker->plan->source->text;
    if (undo_find(&key, run->arena, &before))
        run->edited.plan = before;
}

static void remember(const EditRun *run) {
    UndoKey key = {run->edited.tracker, run->edited.id};
    if (run->edit.verb == ROADMAP_REOPEN || run->edit.verb == ROADMAP_ADD)
        return;
    undo_keep(&key, run->tracker->roadmap->source->text, run->arena);
    if (!run->tracker->plan)
        return;
    key.after = run->edited.plan;
    undo_keep(&key, run->tracker->plan->source->text, run->arena);
}

/* Tracker and plan get their old texts back. */
static void take_back(const EditRun *run, FsSwap *swaps, size_t count) {
    Str why;
    for (size_t i = 0; i < count; i++)
        swaps[i] = (FsSwap){swaps[i].path, swaps[i].content, swaps[i].expected};
    fs_replace(run->tracker->fs, swaps, count, &why);
}

/* All files or none. The list of roadmaps stands in another folder, under no lock of ours, and
 * comes last. */
static bool write_files(EditRun *run) {
    const Tracker *tracker = run->tracker;
    const Source *source = tracker->roadmap->source;
    const Source *plan = tracker->plan ? tracker->plan->source : NULL;
    FsSwap swaps[FS_SWAPS_MAX];
    size_t count = 0;
    Str why;
    if (!str_equal(source->text, run->edited.tracker))
        swaps[count++] = (FsSwap){tracker->fs_path, source->text, run->edited.tracker};
    if (plan && !str_equal(plan->text, run->edited.plan))
        swaps[count++] = (FsSwap){tracker->plan_path, plan->text, run->edited.plan};
    if (fs_replace(tracker->fs, swaps, count, &why)) {
        if (overview_edit_write(&run->overview, run->arena))
            return true;
        take_back(run, swaps, count);
        return false;
    }
    complain(str_format(run->arena, "cannot write \"%.*s\"%s: %.*s", STR_FMT(source->path),
                        count > 1 ? " and its plan" : "", STR_FMT(why)));
    return false;
}

static ExitStatus edit_tracker(EditRun *run, const Trackers *trackers) {
    ExitStatus status = resolve(run, trackers);
    if (status != EXIT_CLEAN)
        return status;
    run->edited = roadmap_edit(run->tracker->roadmap, run->tracker->plan, &run->edit, run->arena);
    if (run->edited.refusals.count > 0)
        return print_refusals(run);
    restore(run);
    run->overview = (OverviewEdit){.tracker = run->tracker,
                                   .before = run->tracker->roadmap,
                                   .after = run->edited.after,
                                   .id = run->edited.id,
                                   .is_restoring = run->is_restored};
    overview_edit(&run->overview, run->arena);
    if (!run->flags->is_dry_run && is_changed(run)) {
        if (!write_files(run))
            return EXIT_MACHINE;
        remember(run);
    }
    return print_result(run);
}

ExitStatus roadmap_edit_run(const Flags *flags, Arena *arena) {
    Project project;
    EditRun run = {.flags = flags, .arena = arena, .verb = find_verb(flags->operands[0])};
    Str mistake = find_mistake(&run);
    if (mistake.size > 0)
        return usage_error("roadmap", mistake);
    ExitStatus status = project_open(flags, arena, &project);
    if (status != EXIT_CLEAN)
        return status;
    Trackers trackers = {.flags = flags, .arena = arena, .wanted = flags->operands[1]};
    status = trackers_read(&trackers, &project);
    if (status != EXIT_CLEAN)
        return status;
    run.tracker = choose_tracker(&run, &trackers);
    if (!run.tracker)
        return EXIT_USAGE;
    if (flags->is_dry_run)
        return edit_tracker(&run, &trackers);
    /* What was read to choose may be old by the time the folder is ours: it is read once more. */
    int lock;
    Str why;
    if (!fs_lock(run.tracker->fs, run.tracker->fs_path, &lock, &why)) {
        complain(str_format(arena, "cannot edit \"%.*s\": %.*s", STR_FMT(run.tracker->path),
                            STR_FMT(why)));
        return EXIT_MACHINE;
    }
    status = tracker_read(run.tracker, arena) ? edit_tracker(&run, &trackers) : EXIT_MACHINE;
    fs_unlock(run.tracker->fs, lock);
    return status;
}
