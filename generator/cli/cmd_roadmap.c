#include "base/ban.h"

#include "base/escape.h"
#include "cli/trackers.h"
#include "roadmap/overview.h"

#define BAR_CELLS 20

/* ---- text ---- */

static void add_percent(Buf *out, const RoadmapShare *share) {
    buf_add_fixed(out, share->percent_milli, 1000, 1);
    buf_add_format(out, "%% (%u/%u)", share->done, share->total);
}

static void add_pr(const Tracker *tracker, uint32_t index, Buf *out) {
    const RoadmapPr *pr = &tracker->roadmap->prs[index];
    buf_add_format(out, "PR %.*s %.*s", STR_FMT(pr->id), STR_FMT(pr->title.text));
}

static void add_next(const Tracker *tracker, Buf *out) {
    if (tracker->schedule->next != ROADMAP_NONE) {
        add_pr(tracker, tracker->schedule->next, out);
        buf_add_text(out, ": ");
    }
    buf_add(out, tracker->schedule->next_reason);
    buf_add_char(out, '\n');
}

static bool is_waiting(const Tracker *tracker, uint32_t index) {
    const RoadmapPr *pr = &tracker->roadmap->prs[index];
    return !roadmap_is_closed(pr) &&
           (tracker->schedule->steps[index].open_dependencies > 0 || pr->status == ROADMAP_BLOCKED);
}

/* Findings that people are shown: notes and what the settings switched off are not. */
static size_t count_findings(const Trackers *trackers, const Tracker *tracker) {
    size_t count = 0;
    for (size_t i = 0; i < diags_count(tracker->findings); i++)
        count += trackers->severities[diags_get(tracker->findings, i)->rule] >= DIAG_WARNING;
    return count;
}

static void status_text(const Trackers *trackers, Buf *out) {
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        const Roadmap *roadmap = tracker->roadmap;
        const RoadmapShare *rows = &roadmap->computed.rows;
        uint32_t filled = rows->total > 0 ? rows->done * BAR_CELLS / rows->total : 0;
        buf_add_text(out, i > 0 ? "\n" : "");
        buf_add(out, roadmap->title.text.size > 0 ? roadmap->title.text : tracker->path);
        buf_add_text(out, "\n  [");
        buf_add_repeat(out, '#', filled);
        buf_add_repeat(out, '-', BAR_CELLS - filled);
        buf_add_text(out, "] ");
        add_percent(out, rows);
        buf_add_format(out, "\n  %.*s\n  next: ", STR_FMT(tracker->path));
        add_next(tracker, out);
        for (uint32_t k = 0; k < roadmap->pr_count; k++) {
            if (roadmap->prs[k].status == ROADMAP_IN_PROGRESS) {
                buf_add_text(out, "  in progress: ");
                add_pr(tracker, k, out);
                buf_add_char(out, '\n');
            }
        }
        size_t findings = count_findings(trackers, tracker);
        if (findings > 0)
            buf_add_format(out, "  %zu finding%s: docsgen check --only roadmap\n", findings,
                           findings == 1 ? "" : "s");
    }
}

/* Does the PR pass --status, --ready and --blocked? */
static bool is_listed(const Trackers *trackers, const Tracker *tracker, uint32_t index) {
    const Flags *flags = trackers->flags;
    const RoadmapPr *pr = &tracker->roadmap->prs[index];
    if (flags->status.size > 0 && !str_equal(roadmap_status_name(pr->status), flags->status))
        return false;
    if (flags->is_ready && !tracker->schedule->steps[index].is_ready)
        return false;
    return !flags->is_blocked || is_waiting(tracker, index);
}

/* "7      In progress    3/8   Title" */
static void add_list_line(const RoadmapPr *pr, Buf *out) {
    Str label = roadmap_status_label(pr->status);
    buf_add_format(out, "%-6.*s %-12.*s ", STR_FMT(pr->id), STR_FMT(label));
    if (pr->item_count > 0)
        buf_add_format(out, "%3zu/%-3zu ", pr->items_done, pr->item_count - pr->items_other);
    else
        buf_add_text(out, "        ");
    buf_add_format(out, "%.*s\n", STR_FMT(pr->title.text));
}

static void list_text(const Trackers *trackers, Buf *out) {
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        if (trackers->count > 1)
            buf_add_format(out, "%s%.*s\n", i > 0 ? "\n" : "", STR_FMT(tracker->path));
        for (uint32_t k = 0; k < tracker->roadmap->pr_count; k++) {
            if (is_listed(trackers, tracker, k))
                add_list_line(&tracker->roadmap->prs[k], out);
        }
    }
}

static void add_line(Buf *out, const char *name, Str value) {
    if (value.size > 0)
        buf_add_format(out, "  %-12s %.*s\n", name, STR_FMT(value));
}

static void add_dependencies(const Tracker *tracker, uint32_t index, Buf *out) {
    const RoadmapPr *pr = &tracker->roadmap->prs[index];
    for (size_t i = 0; i < pr->depends_count; i++) {
        uint32_t on = pr->depends[i].index;
        buf_add_format(out, "  %-12s ", i == 0 ? "depends on" : "");
        if (on == ROADMAP_NONE) {
            buf_add_format(out, "PR %.*s (unknown)\n", STR_FMT(pr->depends[i].name));
            continue;
        }
        Str label = roadmap_status_label(tracker->roadmap->prs[on].status);
        add_pr(tracker, on, out);
        buf_add_format(out, " (%.*s)\n", STR_FMT(label));
    }
}

/* One PR with everything that is known about it. */
static void add_details(const Tracker *tracker, uint32_t index, Arena *arena, Buf *out) {
    const RoadmapPr *pr = &tracker->roadmap->prs[index];
    Place place = span_place(pr->id_at);
    add_pr(tracker, index, out);
    buf_add_format(out, "\n  %-12s %.*s:%u\n", "where", STR_FMT(place.path), place.line);
    add_line(out, "status", roadmap_status_label(pr->status));
    add_line(out, "complexity", pr->complexity.text);
    add_line(out, "priority", pr->priority.text);
    add_line(out, "effort", pr->effort.text);
    add_line(out, "phase", pr->phase.text);
    add_line(out, "branch", pr->branch.text);
    for (size_t i = 0; i < pr->commit_count; i++)
        add_line(out, i == 0 ? "commit" : "", pr->commits[i].text);
    for (size_t i = 0; i < pr->github_count; i++)
        add_line(out, i == 0 ? "GitHub PR" : "",
                 str_format(arena, "#%.*s", STR_FMT(pr->github_prs[i].text)));
    add_dependencies(tracker, index, out);
    if (pr->item_count > 0)
        add_line(
            out, "checklist",
            str_format(arena, "%zu of %zu done", pr->items_done, pr->item_count - pr->items_other));
    for (size_t i = 0; i < pr->item_count; i++) {
        static const char marks[] = {' ', 'x', '-'};
        buf_add_format(out, "    [%c] %.*s\n", marks[pr->items[i].mark],
                       STR_FMT(span_text(pr->items[i].at)));
    }
    add_line(out, "notes", pr->notes.text);
}

/* ---- the verbs ---- */

static ExitStatus run_status(const Trackers *trackers, bool is_json, Buf *out) {
    if (!is_json) {
        status_text(trackers, out);
        return EXIT_CLEAN;
    }
    buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmap-status\",\"trackers\":[");
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        const RoadmapShare *rows = &tracker->roadmap->computed.rows;
        buf_add_text(out, i > 0 ? ",{\"path\":" : "{\"path\":");
        json_string(out, tracker->path);
        buf_add_text(out, ",\"title\":");
        json_string(out, tracker->roadmap->title.text);
        buf_add_text(out, ",\"percent\":");
        buf_add_fixed(out, rows->percent_milli, 1000, 1);
        buf_add_format(out, ",\"done\":%u,\"total\":%u,\"next\":", rows->done, rows->total);
        if (tracker->schedule->next != ROADMAP_NONE)
            json_string(out, tracker->roadmap->prs[tracker->schedule->next].id);
        else
            buf_add_text(out, "null");
        buf_add_format(out, ",\"findings\":%zu}", count_findings(trackers, tracker));
    }
    buf_add_text(out, "]}\n");
    return EXIT_CLEAN;
}

/* The list of all roadmaps when --tracker names one, else NULL. */
static const Overview *find_overview(const Trackers *trackers) {
    const Roadmap *roadmap = trackers->items[0].roadmap;
    if (trackers->count > 1 || roadmap->pr_count > 0)
        return NULL;
    const Overview *overview =
        overview_read(roadmap->doc, trackers->arena, diags_new(trackers->arena));
    return overview->item_count > 0 ? overview : NULL;
}

/* "Login                            33%  1/3 PRs" */
static void overview_text(const Overview *overview, Buf *out) {
    for (size_t i = 0; i < overview->item_count; i++) {
        const OverviewItem *item = &overview->items[i];
        buf_add_format(out, "%-32.*s %3.*s%%  %.*s\n", STR_FMT(item->title.text),
                       STR_FMT(span_text(item->completion.at)), STR_FMT(item->state.text));
    }
}

/* One document for one tracker; a list of them otherwise. */
static ExitStatus run_list(const Trackers *trackers, bool is_json, Buf *out) {
    const Overview *overview = find_overview(trackers);
    if (overview && is_json)
        overview_write_json(overview, NULL, out);
    else if (overview)
        overview_text(overview, out);
    if (overview)
        return EXIT_CLEAN;
    if (!is_json) {
        list_text(trackers, out);
        return EXIT_CLEAN;
    }
    if (trackers->count > 1)
        buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmaps\",\"roadmaps\":[");
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        bool *is_shown = ARENA_ARRAY(trackers->arena, bool, tracker->roadmap->pr_count + 1);
        for (uint32_t k = 0; k < tracker->roadmap->pr_count; k++)
            is_shown[k] = is_listed(trackers, tracker, k);
        RoadmapJsonOptions options = {.findings = tracker->findings, .is_listed = is_shown};
        buf_add_text(out, i > 0 ? "," : "");
        roadmap_write_json(tracker->roadmap, &options, out);
    }
    if (trackers->count > 1)
        buf_add_text(out, "]}\n");
    return EXIT_CLEAN;
}

static ExitStatus run_next(const Trackers *trackers, bool is_json, Buf *out) {
    if (is_json)
        buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmap-next\",\"next\":[");
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        if (!is_json) {
            add_next(tracker, out);
            continue;
        }
        buf_add_text(out, i > 0 ? ",{\"tracker\":" : "{\"tracker\":");
        json_string(out, tracker->path);
        buf_add_text(out, ",\"reason\":");
        json_string(out, tracker->schedule->next_reason);
        buf_add_text(out, ",\"pr\":");
        if (tracker->schedule->next != ROADMAP_NONE)
            roadmap_write_pr_json(tracker->roadmap, tracker->schedule->next, out);
        else
            buf_add_text(out, "null");
        buf_add_char(out, '}');
    }
    if (is_json)
        buf_add_text(out, "]}\n");
    return EXIT_CLEAN;
}

static ExitStatus run_show(const Trackers *trackers, bool is_json, Buf *out) {
    size_t shown = 0;
    if (is_json)
        buf_add_text(out, "{\"schema\":1,\"kind\":\"roadmap-pr\",\"prs\":[");
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        uint32_t index = roadmap_find(tracker->roadmap, trackers->wanted, trackers->arena);
        if (index == ROADMAP_NONE)
            continue;
        if (is_json) {
            buf_add_text(out, shown > 0 ? "," : "");
            roadmap_write_pr_json(tracker->roadmap, index, out);
        } else {
            buf_add_text(out, shown > 0 ? "\n" : "");
            add_details(tracker, index, trackers->arena, out);
        }
        shown++;
    }
    if (is_json)
        buf_add_text(out, "]}\n");
    return shown > 0 ? EXIT_CLEAN : trackers_unknown_pr(trackers, trackers->wanted);
}

typedef struct Verb {
    const char *name;
    size_t operand_count; /* behind the verb */
    ExitStatus (*run)(const Trackers *trackers, bool is_json, Buf *out);
} Verb;

static const Verb verbs[] = {
    {"status", 0, run_status}, {"list", 0, run_list},         {"show", 1, run_show},
    {"next", 0, run_next},     {"burnup", 0, roadmap_burnup}, {"graph", 0, roadmap_graph_print},
};

static const Verb *find_verb(const Flags *flags) {
    if (flags->operand_count == 0)
        return &verbs[0];
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_equal(flags->operands[0], str_from(verbs[i].name)))
            return &verbs[i];
    }
    return NULL;
}

static ExitStatus unknown_verb(Str name, Arena *arena) {
    static const Str names[] = {{"status", 6}, {"list", 4},  {"show", 4},   {"next", 4},
                                {"start", 5},  {"done", 4},  {"reopen", 6}, {"block", 5},
                                {"add", 3},    {"check", 5}, {"burnup", 6}, {"graph", 5}};
    Str nearest = str_nearest(name, names, sizeof names / sizeof *names);
    Str hint =
        nearest.size > 0
            ? str_format(arena, "did you mean \"%.*s\"?", STR_FMT(nearest))
            : STR("there are status, list, show, next, start, done, reopen, block, add, check, graph and burnup");
    return usage_error(
        "roadmap", str_format(arena, "no \"roadmap %.*s\"; %.*s", STR_FMT(name), STR_FMT(hint)));
}

/* Is --status a status as JSON has it, or not given? */
static bool check_status(const Flags *flags) {
    for (int i = 0; i < ROADMAP_STATUS_COUNT; i++) {
        if (str_equal(flags->status, roadmap_status_name((RoadmapStatus)i)))
            return true;
    }
    return flags->status.size == 0;
}

ExitStatus cmd_roadmap(const Flags *flags, Arena *arena) {
    Project project;
    if (flags->operand_count > 0 && roadmap_edit_is_verb(flags->operands[0]))
        return roadmap_edit_run(flags, arena);
    if (flags->operand_count > 0 && str_equal(flags->operands[0], STR("check")))
        return roadmap_check_run(flags, arena);
    const Verb *verb = find_verb(flags);
    if (!verb)
        return unknown_verb(flags->operands[0], arena);
    if (flags->operand_count > 0 && flags->operand_count != verb->operand_count + 1)
        return usage_error("roadmap",
                           verb->operand_count > 0
                               ? STR("\"roadmap show\" wants the id of one PR")
                               : str_format(arena, "\"roadmap %s\" takes no operand", verb->name));
    if (!check_status(flags))
        return usage_error("roadmap",
                           str_format(arena,
                                      "no status \"%.*s\"; there are not_started, in_progress, "
                                      "complete, blocked, cancelled and other",
                                      STR_FMT(flags->status)));
    ExitStatus status = project_open(flags, arena, &project);
    if (status != EXIT_CLEAN)
        return status;
    Trackers trackers = {.flags = flags,
                         .arena = arena,
                         .severities = project.config->severities,
                         .wanted = flags->operand_count > 1 ? flags->operands[1] : (Str){0}};
    status = trackers_read(&trackers, &project);
    if (status != EXIT_CLEAN)
        return status;
    Buf out = buf_new(arena);
    bool is_json = flags->wants_json || str_equal(flags->format, STR("json"));
    status = verb->run(&trackers, is_json, &out);
    if (status == EXIT_CLEAN && !write_result(flags->output, buf_str(&out), arena))
        return EXIT_MACHINE;
    return status;
}
