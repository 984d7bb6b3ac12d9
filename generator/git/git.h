/* git.h: what the repository remembers of a file.
 * In: paths of the project; out: every version of them on the present line of history, read by the
 * program git without touching the work tree. Knows nothing of what the files mean. */
#ifndef GIT_GIT_H
#define GIT_GIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* A file as one commit left it. */
typedef struct GitVersion {
    Str commit;   /* full hash */
    Str subject;  /* first line of the message */
    int64_t time; /* of the commit, in seconds since 1970 in UTC */
    Str path;     /* then; files move */
    Str blob;     /* hash of the content */
    Str content;
} GitVersion;

typedef struct GitFile {
    Str path;             /* relative to the project root */
    GitVersion *versions; /* oldest first; a commit that left the content alone gives none */
    size_t version_count, version_capacity;
} GitFile;

typedef enum GitState {
    GIT_ABSENT,  /* no git, no repository, or no commit: `why` says which */
    GIT_SHALLOW, /* the older history was not fetched, so nothing is said about it */
    GIT_WHOLE,
} GitState;

typedef struct GitHistory {
    GitState state;
    Str why;        /* why there is no history; empty when there is one */
    Str tag;        /* the newest tag by date; empty when there is none */
    int64_t tagged; /* when it was made, in seconds since 1970 */
    GitFile *files;
    size_t file_count;
} GitHistory;

/* Reads the versions of `count` files of the project in the folder `root`, each with its own path
 * set. Follows the first parent at merges: what the main line said at that time. Runs git four
 * times at most, however many files and versions there are. Everything lives in `arena`. */
GitHistory *git_history(Str root, GitFile *files, size_t count, Arena *arena);

/* "2026-02-05": the day of a time in seconds since 1970, in UTC. */
Str git_day(int64_t time, Arena *arena);

#endif
