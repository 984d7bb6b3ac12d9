/* pages.h: the finished site as the newest commit of a branch of a remote repository.
 * In: Outputs, a repository and where to. Out: a commit there that holds the site and nothing else,
 * its author and date those of the source's commit, so that the same site makes the same commit.
 * Leaves work tree, index and branches here alone; judges no site. */
#ifndef PUBLISH_PAGES_H
#define PUBLISH_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fs.h"
#include "git/branch.h"
#include "site/site.h"

typedef struct PagesJob {
    const Outputs *outputs;
    Fs *project; /* where Output.copy_of is read */
    Git *git;
    const GitHead *head; /* the commit that the site was built from */
    GitTarget target;
    Str message; /* empty: one that names the source's commit */
    Str cname;   /* the site's host name; empty: the one on the branch stays */
    bool is_dirty, is_dry_run, is_forced;
    Arena *arena;
} PagesJob;

typedef struct PagesResult {
    Str commit;                     /* its full hash */
    Str changes;                    /* { letter NUL path NUL }, the letter A, M or D */
    size_t added, changed, removed; /* files; all 0: the branch has this site already */
    size_t late;                    /* how often somebody else was faster */
    Str why;                        /* after a failure */
} PagesResult;

/* Publishes the site. False when the remote cannot be read or refuses; nothing is changed then. */
bool pages_publish(const PagesJob *job, PagesResult *result);

#endif
