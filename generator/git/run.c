#include "base/ban.h"

#include "git/run.h"

#include "base/buf.h"
#include "base/cache.h"
#include "base/map.h"

#define RECALL_LIMIT ((size_t)16 * 1024 * 1024) /* bytes of a remembered answer */

#define OUTPUT_LIMIT ((size_t)256 * 1024 * 1024) /* bytes of one answer */

/* git's own words for the usual reasons depend on its version. */
static Str plain_reason(Str line) {
    if (str_starts_with(line, STR("fatal: ")))
        line = str_from_offset(line, 7);
    if (str_starts_with(line, STR("not a git repository")))
        return STR("the project is in no git repository");
    if (str_equal(line, STR("Needed a single revision")))
        return STR("nothing is committed yet");
    return line.size ? line : STR("git failed");
}

bool git_ask(Git *git, const char *const words[], Str input, ProcessResult *result) {
    Process process = {
        .words = words, .input = input, .output_limit = OUTPUT_LIMIT, .is_in_english = true};
    return process_run(&process, git->arena, result, &git->why);
}

bool git_run(Git *git, const char *const words[], Str input, Str *output) {
    ProcessResult result;
    if (!git_ask(git, words, input, &result))
        return false;
    *output = result.output;
    if (result.status == 0)
        return true;
    Str errors = result.errors;
    git->why = plain_reason(str_cut_line(&errors));
    return false;
}

bool git_recall(Git *git, const char *const words[], Str input, Str *output) {
    Buf name = buf_new(git->arena);
    buf_add(&name, git->head);
    for (size_t i = 0; words[i]; i++)
        buf_add_format(&name, " %s", words[i]);
    buf_add_format(&name, " %016llx %zu", (unsigned long long)map_hash(input), input.size);
    CacheKey key = {"git", buf_str(&name)};
    if (cache_get(&key, RECALL_LIMIT, git->arena, output))
        return true;
    if (!git_run(git, words, input, output))
        return false;
    if (output->size <= RECALL_LIMIT)
        cache_put(&key, *output, git->arena);
    return true;
}
