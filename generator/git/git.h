/* git.h: what the repository remembers of a file.
 * In: paths of the project; out: every version of them on the present line of history, or the time
 * of the last, read by the program git without touching the work tree. Knows nothing of what the
 * files mean. */
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

/* A repository that can be asked. */
typedef struct Git {
    GitState state;
    Str why;    /* why nothing is known; empty when the state is GIT_WHOLE */
    Str root;   /* of the project */
    Str prefix; /* of the project in its repository: "docs/", mostly empty */
    Str head;   /* hash of the present commit: all that is read depends on it alone */
    Arena *arena;
} Git;

typedef struct GitTag {
    Str name;     /* empty: there is none */
    int64_t time; /* when it was made, in seconds since 1970 */
} GitTag;

/* Asks about the project in the folder `root`. Never fails: `state` says what there is. */
Git *git_open(Str root, Arena *arena);

/* Reads the versions of `count` files, each with its own path set, by two runs of git however many
 * they are, or none when the present commit was asked before. Follows the first parent at merges:
 * what the main line said at that time. False, with git->why, when git fails. The state must be
 * GIT_WHOLE. */
bool git_read_versions(Git *git, GitFile *files, size_t count);

/* Finds when each of `count` files was last changed: times[i] in seconds since 1970, 0 for a file
 * that was never committed. One run of git. The state must be GIT_WHOLE. */
bool git_read_times(Git *git, const Str *paths, size_t count, int64_t *times);

/* The newest tag by date. */
GitTag git_newest_tag(Git *git);

/* "2026-02-05": the day of a time in seconds since 1970, in UTC. */
Str git_day(int64_t time, Arena *arena);

#endif
