/* commands.h: one row per command.
 * In: the command line. Out: an exit status. Each command stands in a file of its own, cmd_NAME.c.
 * Only cli/ prints. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "base/arena.h"
#include "cli/flags.h"

typedef enum ExitStatus {
    EXIT_CLEAN = 0,
    EXIT_FINDINGS = 1, /* findings at or above the fail level */
    EXIT_USAGE = 2,
    EXIT_MACHINE = 3, /* settings, disk, network */
} ExitStatus;

typedef struct Command {
    const char *name;
    CommandBit bit;
    const char *operands; /* for the usage line; empty: it takes none */
    const char *summary;
    ExitStatus (*run)(const Flags *flags, Arena *arena);
} Command;

/* Finds the command, reads its flags and runs it. */
ExitStatus commands_run(int argc, char **argv, Arena *arena);

/* All commands, in the order of the overview. */
const Command *commands_all(size_t *count);

/* Every command's entry point. */
ExitStatus cmd_init(const Flags *flags, Arena *arena);
ExitStatus cmd_build(const Flags *flags, Arena *arena);
ExitStatus cmd_merge(const Flags *flags, Arena *arena);
ExitStatus cmd_serve(const Flags *flags, Arena *arena);
ExitStatus cmd_check(const Flags *flags, Arena *arena);
ExitStatus cmd_diagram(const Flags *flags, Arena *arena);
ExitStatus cmd_roadmap(const Flags *flags, Arena *arena);
ExitStatus cmd_publish(const Flags *flags, Arena *arena);
ExitStatus cmd_explain(const Flags *flags, Arena *arena);
ExitStatus cmd_completions(const Flags *flags, Arena *arena);
ExitStatus cmd_clean(const Flags *flags, Arena *arena);

/* Says on standard error what is wrong with the command line and how to get help. */
ExitStatus usage_error(const char *command, Str message);

#endif
