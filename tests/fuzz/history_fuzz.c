#include "base/ban.h"

#include "fuzz/fuzz.h"
#include "git/log.h"
#include "markdown/md.h"
#include "roadmap/history.h"

/* What git prints: a log, contents, times; then the history of the tracker that they tell. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    md_setup();
    FuzzInput input = fuzz_begin(data, size, "log");
    Arena *arena = input.arena;
    Str text = input.source->text, answers = text;
    GitFile file = {.path = STR("PROGRESS_TRACKER.md")};
    Str now = file.path;
    git_log_parse(&(GitLog){&file, 1, &now, arena}, text);
    RoadmapVersion *versions = ARENA_ARRAY(arena, RoadmapVersion, file.version_count + 1);
    for (size_t i = 0; i < file.version_count; i++) {
        const GitVersion *version = &file.versions[i];
        versions[i] = (RoadmapVersion){version->commit, version->subject, version->time,
                                       git_blob_take(&answers)};
        git_day(version->time, arena);
    }
    const RoadmapHistory *history = roadmap_history(file.path, versions, file.version_count, arena);
    Buf out = buf_new(arena);
    for (size_t i = 0; i < history->change_count; i++)
        roadmap_change_text(&history->changes[i], &out);
    int64_t time = 0;
    Map *wanted = map_new(arena);
    map_put(wanted, file.path, &time);
    git_times_parse(wanted, text);
    git_day(time, arena);
    return fuzz_end(&input);
}
