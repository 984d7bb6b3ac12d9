/* log.h: what git prints, as versions, times and contents.
 * In: the output of `git log` and `git cat-file --batch`. Out: GitVersions. Any bytes are valid
 * input: what is not understood is passed over. Runs nothing; git.c does. */
#ifndef GIT_LOG_H
#define GIT_LOG_H

#include "base/map.h"
#include "git/git.h"

#define GIT_LOG_FORMAT   "--format=%x01%H%x02%ct%x02%s%x03"
#define GIT_TIMES_FORMAT "--format=%x01%ct"

/* A walk through the log, from the newest commit back. */
typedef struct GitLog {
    GitFile *files;
    size_t count;
    Str *now; /* one for each file: its path in the commit that is being read */
    Arena *arena;
} GitLog;

/* Adds the versions in `text` to the files, newest first; `walk->now` ends at the oldest paths. */
void git_log_parse(GitLog *walk, Str text);

/* Takes the next content off the front of `answers`; empty for a blob that git has not. */
Str git_blob_take(Str *answers);

/* Writes the newest time of each path that is a key of `wanted` into the int64_t it leads to, which
 * is 0 before. */
void git_times_parse(const Map *wanted, Str text);

#endif
