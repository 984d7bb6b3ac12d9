/* flags.h: the command line as data.
 * In: argc and argv. Out: Flags, or a message for status 2. One table of options serves parsing and
 * --help. Prints nothing and decides nothing: commands do. */
#ifndef CLI_FLAGS_H
#define CLI_FLAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Which commands take an option; a row of the table joins several. */
typedef enum CommandBit {
    COMMAND_BUILD = 1 << 0,
    COMMAND_CHECK = 1 << 1,
    COMMAND_DIAGRAM = 1 << 2,
    COMMAND_ROADMAP = 1 << 3,
    COMMAND_EXPLAIN = 1 << 4,
    COMMAND_CLEAN = 1 << 5,
    COMMAND_PUBLISH = 1 << 6,
    COMMAND_INIT = 1 << 7,
    COMMAND_SERVE = 1 << 8,
    COMMAND_COMPLETIONS = 1 << 9,
    COMMAND_MERGE = 1 << 10,
    COMMAND_ALL = (1 << 11) - 1,
} CommandBit;

typedef struct Flags {
    const char *command; /* whose flags these are */
    /* every command */
    Str directory; /* -C; empty: where the user is */
    Str config;    /* -c; empty: docsgen.yml */
    Str color;     /* auto, always, never */
    bool is_quiet, is_verbose, wants_help, wants_version;
    /* some commands */
    Str format; /* text, json, github, sarif; svg, png ... for diagram; empty: the command's default
                 */
    Str output; /* -o */
    Str theme;
    Str shard; /* as written: "2/4" */
    Str only, fail_on;
    Str host, port;
    Str tracker, status;
    Str commit, note, by;
    Str branch, remote, message, cname;
    int64_t github_pr; /* 0: none */
    int64_t jobs;      /* 0: one per processor */
    int64_t max;       /* 0: no limit */
    bool is_strict, has_drafts, is_clean, shows_config, prints, prints_pdf, wants_json, is_ready,
        is_blocked, is_forced, is_dry_run, is_fix, has_github_pages, opens, shows_timings,
        lists_external;
    Str mistake; /* what is wrong with the command line, one line */
    /* what is no option */
    Str *operands;
    size_t operand_count;
} Flags;

/* Reads the words after the command's name. False when an option is unknown or lacks its value:
 * flags->mistake says it. */
bool flags_parse(int argc, char **argv, CommandBit command, Arena *arena, Flags *flags);

/* Appends the options that `command` takes, one line each, global ones last. */
void flags_help(CommandBit command, Buf *out);

/* An option as shells and the man page need it. */
typedef struct FlagInfo {
    char letter;          /* 0: none */
    const char *name;     /* without dashes */
    const char *argument; /* NULL: it takes none */
    const char *help;
    bool is_global; /* every command takes it */
} FlagInfo;

/* Gives the options that `command` takes, one at each call; begin with *index = 0. False after the
 * last. */
bool flags_next(CommandBit command, size_t *index, FlagInfo *info);

#endif
