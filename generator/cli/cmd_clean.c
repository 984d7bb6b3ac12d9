#include "base/ban.h"

#include "cli/project.h"
#include "publish/last.h"

ExitStatus cmd_clean(const Flags *flags, Arena *arena) {
    Project project;
    ExitStatus status = project_open(flags, arena, &project);
    if (status != EXIT_CLEAN)
        return status;
    WriteJob job = project_output(&project);
    WriteResult result;
    LastJob last = {.project = project.fs, .parent = job.parent, .name = job.name, .arena = arena};
    CacheKey spare = last_key(&last, "spare");
    job.spare = &spare;
    if (!write_remove(&job, &result)) {
        complain(result.why);
        return EXIT_MACHINE;
    }
    RecallJob pages = {.key = last_key(&last, "pages"), .words = last_key(&last, "words")};
    last_drop(&last);
    recall_drop(&pages, arena);
    if (!flags->is_quiet && result.removed)
        fprintf(stderr, "removed %.*s/ (%zu files)\n", STR_FMT(project.config->output),
                result.removed);
    return EXIT_CLEAN;
}
