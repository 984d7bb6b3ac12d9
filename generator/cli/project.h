/* project.h: what every command on a project does first: find the folder, read the settings.
 * In: flags. Out: Project, or a status and a message on standard error.
 * Also the one way findings are printed. */
#ifndef CLI_PROJECT_H
#define CLI_PROJECT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/fs.h"
#include "check/checks.h"
#include "check/report.h"
#include "cli/commands.h"
#include "config/config.h"
#include "publish/write.h"
#include "site/build.h"

typedef struct Project {
    const Flags *flags;
    Arena *arena;
    Fs *fs;                 /* the project's root */
    const Source *settings; /* the file's text; NULL without one */
    const Config *config;   /* NULL when they could not be read */
    Diags *diags;           /* what is wrong with the settings; NULL when they were not found */
    Timings *timings;       /* NULL: nobody asks; set by the command */
    bool has_model;         /* docsgen.json will be wanted; set by the command */
    ShardJob *shard;        /* of build --shard and merge; else NULL; set by the command */
    Recall *recall;         /* pages of the last build; NULL: none; set by the command */
    Spill *spill;           /* where memory may go; NULL: nowhere; set by the command */
    const OutputSink *sink; /* takes finished pages; NULL: they are kept; set by the command */
    MarkupCheck *markup;    /* judges pages as they are made; NULL: they are kept; set likewise */
    bool has_cards; /* the site is handed on: with the pictures for link previews; likewise */
} Project;

/* Opens the project; EXIT_CLEAN, or the status to end with after saying why. */
ExitStatus project_open(const Flags *flags, Arena *arena, Project *project);

/* Threads to use. */
unsigned project_workers(const Project *project);

/* Where the site is written. */
WriteJob project_output(const Project *project);

/* Closes all files but the project, the cache, and the output folder when `writer` is not NULL, to
 * this run; what the kernel cannot do is not done. */
void project_confine(const Project *project, const WriteJob *job, const Writer *writer);

/* What to print: format and filters from the flags, severities from the settings. False after a
 * usage error. */
bool project_report_options(const Project *project, ReportOptions *options);

/* The built site, for site_free; NULL after saying why there is none. */
Site *project_build(const Project *project);

/* Runs every check, those of the finished HTML too, and prints what was found. */
ReportCounts project_check(const Project *project, const ReportOptions *options, Site *site);

/* Puts docsgen.json among the site's files; its findings must be complete. */
void project_add_model(Site *site);

/* Prints findings: machine formats to standard output, text to standard error. */
ReportCounts project_report(const Diags *diags, const ReportOptions *options, Arena *arena);

/* Prints those of a site, whose texts may have left memory. */
ReportCounts project_report_site(const Site *site, const ReportOptions *options, Arena *arena);

/* The date that a document says it was made: only where the environment fixes it
 * (SOURCE_DATE_EPOCH, reproducible-builds.org), lest two runs differ; else negative. */
int64_t source_date(void);

/* One line on standard error: "docsgen: MESSAGE". */
void complain(Str message);

/* "3 pages", "1 page". */
Str count_of(size_t count, const char *what, Arena *arena);

/* Does standard error want colours? */
bool has_color(const Flags *flags);

/* Reads an operand, "-" being standard input. False after a complaint. */
bool read_operand(Str path, size_t size_limit, Arena *arena, Str *content);

/* Writes bytes to `output`, or to standard output when it is empty. False after a complaint. */
bool write_result(Str output, Str content, Arena *arena);

#endif
