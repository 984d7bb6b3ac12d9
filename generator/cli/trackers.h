/* trackers.h: the trackers that a command speaks of.
 * In: flags and settings; out: every tracker read and joined with the plan beside it, or a status
 * after saying why not. Prints nothing but what went wrong. */
#ifndef CLI_TRACKERS_H
#define CLI_TRACKERS_H

#include "cli/project.h"
#include "roadmap/schedule.h"

/* A tracker joined with the plan beside it. */
typedef struct Tracker {
    Str path;      /* as messages name it */
    Fs *fs;        /* the project, or the tracker's own folder when it stands elsewhere */
    Str fs_path;   /* in `fs` */
    Str plan_path; /* in `fs`; empty without a plan */
    Roadmap *roadmap;
    Roadmap *plan; /* NULL: there is none */
    Schedule *schedule;
    Diags *findings;
} Tracker;

typedef struct Trackers {
    const Flags *flags;
    Arena *arena;
    const DiagSeverity *severities; /* by DiagRule */
    Tracker *items;
    size_t count, capacity;
    Str wanted; /* the id or title behind the verb */
} Trackers;

/* Reads the tracker that --tracker names, or all below the folders of the setting `roadmap`. */
ExitStatus trackers_read(Trackers *trackers, const Project *project);

/* Reads one again, and its plan; `path`, `fs` and `fs_path` are set. False after a complaint. */
bool tracker_read(Tracker *tracker, Arena *arena);

/* Says that there is no such PR, with the nearest id where one is near. */
ExitStatus trackers_unknown_pr(const Trackers *trackers, Str name);

/* `roadmap burnup`: how many PRs were planned and complete in each committed version. */
ExitStatus roadmap_burnup(const Trackers *trackers, bool is_json, Buf *out);

/* `roadmap graph`: the dependencies of one tracker as a stand-alone SVG, or the graph as JSON. */
ExitStatus roadmap_graph_print(const Trackers *trackers, bool is_json, Buf *out);

/* `roadmap check`: findings of the trackers alone, and their repair. */
ExitStatus roadmap_check_run(const Flags *flags, Arena *arena);

/* start, done, reopen, block, add; true when `verb` is one of them or a word for one. */
bool roadmap_edit_is_verb(Str verb);

/* Runs the verb in flags->operands[0]. */
ExitStatus roadmap_edit_run(const Flags *flags, Arena *arena);

#endif
