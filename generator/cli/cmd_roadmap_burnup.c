#include "base/ban.h"

#include "base/escape.h"
#include "cli/trackers.h"
#include "site/past.h"

#define BAR_CELLS    20
#define HASH_LETTERS 7

/* What git remembers of all trackers. */
typedef struct Past {
    Git *git;
    GitFile *files; /* one per tracker */
} Past;

static Past read_past(const Trackers *trackers) {
    Arena *arena = trackers->arena;
    Past past = {.files = ARENA_ARRAY(arena, GitFile, trackers->count + 1)};
    for (size_t i = 0; i < trackers->count; i++)
        past.files[i].path = trackers->items[i].fs_path;
    /* All trackers lie in the project, or the only one in a folder of its own. */
    Str root = fs_root(trackers->items[0].fs);
    past.git = git_open(root, arena);
    if (past.git->state == GIT_WHOLE)
        git_read_versions(past.git, past.files, trackers->count);
    return past;
}

/* ---- text ---- */

/* "2026-02-06  1f8d92d  [##########----------]  6 of 12   declared 5 of 12   subject" */
static void add_point(const RoadmapPoint *point, Arena *arena, Buf *out) {
    uint32_t filled = point->total > 0 ? point->done * BAR_CELLS / point->total : 0;
    buf_add_format(out, "  %.*s  %.*s  [", STR_FMT(git_day(point->time, arena)),
                   STR_FMT(str_slice(point->commit, 0, HASH_LETTERS)));
    buf_add_repeat(out, '#', filled);
    buf_add_repeat(out, '-', BAR_CELLS - filled);
    buf_add_format(out, "] %3u of %u", point->done, point->total);
    bool is_other =
        point->said_done.is_set && (point->said_done.milli != (int64_t)point->done * 1000 ||
                                    point->said_total.milli != (int64_t)point->total * 1000);
    if (is_other) {
        buf_add_text(out, ", declared ");
        buf_add_fixed(out, point->said_done.milli, 1000, 3);
        buf_add_text(out, " of ");
        buf_add_fixed(out, point->said_total.milli, 1000, 3);
    }
    buf_add_char(out, '\n');
}

static void burnup_text(const Trackers *trackers, const Past *past, Buf *out) {
    for (size_t i = 0; i < trackers->count; i++) {
        const Tracker *tracker = &trackers->items[i];
        const RoadmapHistory *history = past_history(&past->files[i], trackers->arena);
        Str title = tracker->roadmap->title.text;
        buf_add_text(out, i > 0 ? "\n" : "");
        buf_add(out, title.size > 0 ? title : tracker->path);
        buf_add_char(out, '\n');
        if (history->point_count == 0)
            buf_add_text(out, "  no version of it is committed\n");
        for (size_t k = 0; k < history->point_count; k++)
            add_point(&history->points[k], trackers->arena, out);
    }
}

/* ---- JSON ---- */

static void put_number(Buf *out, const char *key, const RoadmapNumber *number) {
    buf_add_format(out, "\"%s\":", key);
    if (number->is_set)
        buf_add_fixed(out, number->milli, 1000, 3);
    else
        buf_add_text(out, "null");
}

static void put_point(const RoadmapPoint *point, Arena *arena, Buf *out) {
    buf_add_format(out, "{\"commit\":\"%.*s\",\"date\":\"%.*s\",\"time\":%lld,\"subject\":",
                   STR_FMT(point->commit), STR_FMT(git_day(point->time, arena)),
                   (long long)point->time);
    json_string(out, point->subject);
    buf_add_format(out, ",\"done\":%u,\"total\":%u,\"declared\":{", point->done, point->total);
    put_number(out, "done", &point->said_done);
    buf_add_char(out, ',');
    put_number(out, "total", &point->said_total);
    buf_add_text(out, "}}");
}

static void burnup_json(const Trackers *trackers, const Past *past, Buf *out) {
    static const char *const states[] = {
        [GIT_ABSENT] = "absent", [GIT_SHALLOW] = "shallow", [GIT_WHOLE] = "whole"};
    buf_add_format(out, "{\"schema\":1,\"kind\":\"roadmap-burnup\",\"history\":\"%s\",\"note\":",
                   states[past->git->state]);
    if (past->git->why.size > 0)
        json_string(out, past->git->why);
    else
        buf_add_text(out, "null");
    buf_add_text(out, ",\"trackers\":[");
    for (size_t i = 0; i < trackers->count; i++) {
        const RoadmapHistory *history = past_history(&past->files[i], trackers->arena);
        buf_add_text(out, i > 0 ? ",{\"path\":" : "{\"path\":");
        json_string(out, trackers->items[i].path);
        buf_add_text(out, ",\"title\":");
        json_string(out, trackers->items[i].roadmap->title.text);
        buf_add_text(out, ",\"points\":[");
        for (size_t k = 0; k < history->point_count; k++) {
            buf_add_text(out, k > 0 ? "," : "");
            put_point(&history->points[k], trackers->arena, out);
        }
        buf_add_text(out, "]}");
    }
    buf_add_text(out, "]}\n");
}

ExitStatus roadmap_burnup(const Trackers *trackers, bool is_json, Buf *out) {
    Past past = read_past(trackers);
    if (is_json)
        burnup_json(trackers, &past, out);
    else if (past.git->state == GIT_WHOLE)
        burnup_text(trackers, &past, out);
    /* Half a history would be a wrong one. */
    if (past.git->state != GIT_WHOLE && !trackers->flags->is_quiet)
        complain(str_format(trackers->arena, "no burn-up: %.*s", STR_FMT(past.git->why)));
    return EXIT_CLEAN;
}
