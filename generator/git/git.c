#include "base/ban.h"

#include "git/git.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/num.h"
#include "git/log.h"
#include "git/run.h"

#define GIT_WORDS 64 /* of one command */

/* Finds out where the project stands in its repository, and whether all of the past is there. */
Git *git_open(Str root, Arena *arena) {
    Git *git = ARENA_NEW(arena, Git);
    *git = (Git){.root = root.size ? str_from(str_cstr(arena, root)) : STR("."), .arena = arena};
    const char *const words[] = {
        GIT_START,       git->root.data, "rev-parse", "--is-shallow-repository",
        "--show-prefix", "--verify",     "HEAD",      NULL};
    Str output;
    if (!git_run(git, words, STR(""), &output))
        return git;
    Str shallow = str_cut_line(&output);
    git->prefix = str_cut_line(&output);
    git->head = str_cut_line(&output);
    git->state = str_equal(shallow, STR("true")) ? GIT_SHALLOW : GIT_WHOLE;
    if (git->state == GIT_SHALLOW)
        git->why = STR("the clone is shallow");
    return git;
}

GitTag git_newest_tag(Git *git) {
    const char *const words[] = {GIT_START,      git->root.data,
                                 "for-each-ref", "--sort=-creatordate",
                                 "--count=1",    "--format=%(creatordate:unix) %(refname:short)",
                                 "refs/tags",    NULL};
    Str output;
    GitTag tag = {0};
    if (!git_run(git, words, STR(""), &output))
        return tag;
    Str line = str_cut_line(&output);
    Str time = str_cut(&line, ' ');
    if (num_parse(time, &tag.time))
        tag.name = line;
    return tag;
}

/* Which commits changed a file of one of these names: by name and not by path, so that a move from
 * folder to folder is seen as one. */
static bool find_versions(Git *git, GitLog *walk) {
    const char *words[GIT_WORDS] = {GIT_START,
                                    git->root.data,
                                    "log",
                                    "-z",
                                    "--raw",
                                    "--no-abbrev",
                                    "-M",
                                    "--first-parent",
                                    "-m",
                                    "--no-ext-diff",
                                    "--no-show-signature",
                                    GIT_LOG_FORMAT,
                                    "HEAD",
                                    "--"};
    size_t count = 0;
    while (words[count])
        count++;
    Map *names = map_new(git->arena);
    for (size_t i = 0; i < walk->count; i++) {
        Str name = fs_name_of(walk->files[i].path);
        if (map_find(names, name) || count + 1 == GIT_WORDS)
            continue;
        map_put(names, name, walk);
        Str pattern = str_format(git->arena, ":(top,glob)**/%.*s", STR_FMT(name));
        words[count++] = str_cstr(git->arena, pattern);
    }
    Str log;
    if (!git_recall(git, words, STR(""), &log))
        return false;
    git_log_parse(walk, log);
    return true;
}

/* Reads all contents by one `git cat-file --batch`, which answers in the order of the questions. */
static bool read_contents(Git *git, GitLog *walk) {
    const char *const words[] = {GIT_START, git->root.data, "cat-file", "--batch", NULL};
    Buf input = buf_new(git->arena);
    for (size_t i = 0; i < walk->count; i++) {
        for (size_t k = 0; k < walk->files[i].version_count; k++) {
            buf_add(&input, walk->files[i].versions[k].blob);
            buf_add_char(&input, '\n');
        }
    }
    Str answers;
    if (input.size == 0)
        return true;
    if (!git_recall(git, words, buf_str(&input), &answers))
        return false;
    for (size_t i = 0; i < walk->count; i++) {
        for (size_t k = 0; k < walk->files[i].version_count; k++)
            walk->files[i].versions[k].content = git_blob_take(&answers);
    }
    return true;
}

static void reverse(GitFile *file) {
    for (size_t i = 0, k = file->version_count; i + 1 < k--; i++) {
        GitVersion version = file->versions[i];
        file->versions[i] = file->versions[k];
        file->versions[k] = version;
    }
}

bool git_read_versions(Git *git, GitFile *files, size_t count) {
    GitLog walk = {files, count, ARENA_ARRAY(git->arena, Str, count + 1), git->arena};
    for (size_t i = 0; i < count; i++)
        walk.now[i] = fs_join(git->prefix, files[i].path, git->arena);
    if (!find_versions(git, &walk) || !read_contents(git, &walk))
        return false;
    for (size_t i = 0; i < count; i++)
        reverse(&files[i]);
    return true;
}

bool git_read_times(Git *git, const Str *paths, size_t count, int64_t *times) {
    const char *const words[] = {GIT_START,
                                 git->root.data,
                                 "log",
                                 "-z",
                                 "--name-only",
                                 "--no-renames",
                                 "--no-show-signature",
                                 GIT_TIMES_FORMAT,
                                 "HEAD",
                                 "--",
                                 ".",
                                 NULL};
    Map *wanted = map_new(git->arena);
    for (size_t i = 0; i < count; i++) {
        times[i] = 0;
        map_put(wanted, fs_join(git->prefix, paths[i], git->arena), &times[i]);
    }
    Str log;
    if (!git_recall(git, words, STR(""), &log))
        return false;
    git_times_parse(wanted, log);
    return true;
}

Str git_day(int64_t time, Arena *arena) {
    /* Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days. */
    int64_t days = (time >= 0 ? time : time - 86399) / 86400 + 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    int64_t day = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    return str_format(arena, "%04lld-%02lld-%02lld", (long long)(year + era * 400 + (month <= 2)),
                      (long long)month, (long long)day);
}
