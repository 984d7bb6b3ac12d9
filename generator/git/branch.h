/* branch.h: a tree of files as the next commit of a branch elsewhere.
 * In: files in memory, a remote and the name of a branch; out: commits in the object store and,
 * pushed, on the remote. Never touches the work tree, the index or a branch of this repository.
 * Knows nothing of sites. */
#ifndef GIT_BRANCH_H
#define GIT_BRANCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "git/git.h"

/* What is checked out. */
typedef struct GitHead {
    Str commit;            /* full hash */
    Str branch;            /* empty when HEAD is detached */
    Str subject;           /* first line of the commit's message */
    Str author, committer; /* "Name <mail> seconds zone", as git writes them */
} GitHead;

typedef struct GitTarget {
    Str remote; /* a remote's name, an address or a folder */
    Str branch; /* "gh-pages" */
} GitTarget;

typedef struct GitEntry {
    Str path, content;
} GitEntry;

/* Where changes are looked for. */
typedef struct GitPlaces {
    const Str *paths; /* files or folders; "" is the whole project */
    size_t count;
    Str except; /* a folder that is left out; may be empty */
} GitPlaces;

typedef struct GitDirty {
    size_t count; /* files */
    Str first;    /* one of them */
} GitDirty;

typedef struct GitCommit {
    Str parent; /* full hash; empty for a first commit */
    Str author, committer, message;
    const GitEntry *entries; /* all that the commit's tree shall hold */
    size_t entry_count;
} GitCommit;

typedef enum GitPush {
    GIT_PUSH_DONE,
    GIT_PUSH_LATE,    /* somebody else was faster: start again from the new tip */
    GIT_PUSH_REFUSED, /* git->why says why */
} GitPush;

/* False, with git->why, when there is no commit. */
bool git_read_head(Git *git, GitHead *head);

/* Finds what in `places` differs from HEAD, files that git does not know included. False with
 * git->why. */
bool git_find_dirty(Git *git, const GitPlaces *places, GitDirty *dirty);

/* False, with git->why, when the remote is not known here or the branch cannot be called so. */
bool git_check_target(Git *git, GitTarget target);

/* Asks the remote for the branch's newest commit and fetches it. An empty `tip`: there is no such
 * branch. False with git->why. */
bool git_fetch_tip(Git *git, GitTarget target, Str *tip);

/* Does `commit` share a past with HEAD? */
bool git_is_related(Git *git, Str commit);

/* Reads a file of a commit; false when it has none. */
bool git_read_entry(Git *git, Str commit, Str path, Str *content);

/* Writes a commit that no branch points at. False with git->why. */
bool git_write_commit(Git *git, const GitCommit *commit, Str *hash);

/* What the commit changes: { letter NUL path NUL }, the letter A, M or D. False with git->why. */
bool git_read_changes(Git *git, Str commit, Str *changes);

/* Makes `commit`, written on top of `parent`, the branch's newest, never dropping another. */
GitPush git_push(Git *git, GitTarget target, Str commit, Str parent);

#endif
