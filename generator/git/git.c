#include "base/ban.h"

#include "git/git.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/map.h"
#include "base/num.h"
#include "git/run.h"

#define GIT_WORDS     64   /* of one command */
#define VERSION_LIMIT 1000 /* of one file; older ones are left out */

/* The walk through the log. */
typedef struct Reading {
    Git *git;
    GitFile *files;
    size_t count;
    Str *now; /* one for each file: its path in the commit that is being read */
} Reading;

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

static void add_version(Reading *reading, size_t file, const GitVersion *version) {
    GitFile *owner = &reading->files[file];
    GitVersion *newer = owner->version_count ? &owner->versions[owner->version_count - 1] : NULL;
    /* Walking back in time: the same content means that the older commit made it. */
    if (newer && str_equal(newer->blob, version->blob)) {
        Str path = newer->path;
        *newer = *version;
        newer->path = path;
        return;
    }
    if (owner->version_count == VERSION_LIMIT)
        return;
    ARENA_RESERVE(reading->git->arena, owner->versions, owner->version_count,
                  owner->version_capacity);
    owner->versions[owner->version_count++] = *version;
}

/* change = ":" mode SP mode SP blob SP blob SP letter NUL path [ NUL path ], where the second path
 * is the new one of a renamed file (git-diff, raw output format). */
static void read_change(Reading *reading, Str change, Str *rest, GitVersion *version) {
    for (int i = 0; i < 3; i++)
        str_cut(&change, ' ');
    version->blob = str_cut(&change, ' ');
    char letter = change.size ? change.data[0] : 'M';
    Str before = str_cut(rest, '\0');
    Str path = letter == 'R' || letter == 'C' ? str_cut(rest, '\0') : before;
    version->path = path;
    for (size_t i = 0; i < reading->count; i++) {
        if (!str_equal(reading->now[i], path) || letter == 'D')
            continue;
        add_version(reading, i, version);
        reading->now[i] = before;
    }
}

/* log = { head NUL { change } }, head = 1 hash 2 time 2 subject 3, newest commit first. */
static void read_log(Reading *reading, Str log) {
    GitVersion version = {0};
    while (log.size) {
        Str part = str_cut(&log, '\0');
        if (part.size && part.data[0] == '\n')
            part = str_from_offset(part, 1);
        if (part.size && part.data[0] == '\1') {
            part = str_slice(part, 1, part.size - 1);
            version = (GitVersion){.commit = str_cut(&part, '\2')};
            num_parse(str_cut(&part, '\2'), &version.time);
            version.subject = part;
        } else if (part.size && part.data[0] == ':') {
            read_change(reading, part, &log, &version);
        }
    }
}

/* Which commits changed a file of one of these names: by name and not by path, so that a move from
 * folder to folder is seen as one. */
static bool find_versions(Reading *reading) {
    const char *words[GIT_WORDS] = {GIT_START,
                                    reading->git->root.data,
                                    "log",
                                    "-z",
                                    "--raw",
                                    "--no-abbrev",
                                    "-M",
                                    "--first-parent",
                                    "-m",
                                    "--no-ext-diff",
                                    "--no-show-signature",
                                    "--format=%x01%H%x02%ct%x02%s%x03",
                                    "HEAD",
                                    "--"};
    size_t count = 0;
    while (words[count])
        count++;
    Map *names = map_new(reading->git->arena);
    for (size_t i = 0; i < reading->count; i++) {
        Str name = fs_name_of(reading->files[i].path);
        if (map_find(names, name) || count + 1 == GIT_WORDS)
            continue;
        map_put(names, name, reading);
        Str pattern = str_format(reading->git->arena, ":(top,glob)**/%.*s", STR_FMT(name));
        words[count++] = str_cstr(reading->git->arena, pattern);
    }
    Str log;
    if (!git_recall(reading->git, words, STR(""), &log))
        return false;
    read_log(reading, log);
    return true;
}

/* answer = hash SP type SP size LF content LF, or hash " missing" LF. */
static Str take_blob(Str *answers) {
    Str head = str_cut_line(answers);
    str_cut(&head, ' ');
    str_cut(&head, ' ');
    int64_t size = 0;
    if (!num_parse(head, &size) || size < 0 || (size_t)size >= answers->size)
        return (Str){NULL, 0};
    Str content = str_slice(*answers, 0, (size_t)size);
    *answers = str_from_offset(*answers, (size_t)size + 1);
    return content;
}

/* Reads all contents by one `git cat-file --batch`, which answers in the order of the questions. */
static bool read_contents(Reading *reading) {
    const char *const words[] = {GIT_START, reading->git->root.data, "cat-file", "--batch", NULL};
    Buf input = buf_new(reading->git->arena);
    for (size_t i = 0; i < reading->count; i++) {
        for (size_t k = 0; k < reading->files[i].version_count; k++) {
            buf_add(&input, reading->files[i].versions[k].blob);
            buf_add_char(&input, '\n');
        }
    }
    Str answers;
    if (input.size == 0)
        return true;
    if (!git_recall(reading->git, words, buf_str(&input), &answers))
        return false;
    for (size_t i = 0; i < reading->count; i++) {
        for (size_t k = 0; k < reading->files[i].version_count; k++)
            reading->files[i].versions[k].content = take_blob(&answers);
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
    Reading reading = {git, files, count, ARENA_ARRAY(git->arena, Str, count + 1)};
    for (size_t i = 0; i < count; i++)
        reading.now[i] = fs_join(git->prefix, files[i].path, git->arena);
    if (!find_versions(&reading) || !read_contents(&reading))
        return false;
    for (size_t i = 0; i < count; i++)
        reverse(&files[i]);
    return true;
}

/* log = { time NUL [ LF ] { path NUL } }, newest commit first; a time begins with the byte 1. */
bool git_read_times(Git *git, const Str *paths, size_t count, int64_t *times) {
    const char *const words[] = {GIT_START,
                                 git->root.data,
                                 "log",
                                 "-z",
                                 "--name-only",
                                 "--no-renames",
                                 "--no-show-signature",
                                 "--format=%x01%ct",
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
    int64_t time = 0;
    while (log.size) {
        Str part = str_cut(&log, '\0');
        if (part.size && part.data[0] == '\n')
            part = str_from_offset(part, 1);
        if (part.size && part.data[0] == '\1') {
            num_parse(str_from_offset(part, 1), &time);
            continue;
        }
        int64_t *found = map_find(wanted, part);
        if (found && *found == 0)
            *found = time;
    }
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
