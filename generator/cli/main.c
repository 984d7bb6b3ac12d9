/* main.c: the process around a command. Everything that may happen only once per process happens
 * here. */
#include "base/ban.h"

#include "cli/commands.h"
#include "cli/project.h"
#include "diagram/text/text.h"
#include "markdown/md.h"

int main(int argc, char **argv) {
    Arena *arena = arena_new();
    md_setup();
    text_setup();
    ExitStatus status = commands_run(argc, argv, arena);
    arena_free(arena);
    /* A reader that has gone away, or a full disk, shows itself only when the last bytes leave. */
    if (fflush(stdout) != 0 && status == EXIT_CLEAN) {
        complain(STR("cannot write to standard output"));
        status = EXIT_MACHINE;
    }
    return (int)status;
}
