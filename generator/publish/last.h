/* last.h: the last build, so that the next one need not be made.
 * In: what a build looked at, wrote and found. Out: the same findings and figures again, when a
 * later run with the same program, options and settings would look at the very same files and the
 * site still stands as it was written. Kept in the user's cache folder; anything that is damaged,
 * too new to be sure of or not understood means that the site is built. */
#ifndef PUBLISH_LAST_H
#define PUBLISH_LAST_H

#include "base/cache.h"
#include "base/fs_trace.h"
#include "publish/write.h"

/* Which build is meant: one that was asked for with other words is another one. */
typedef struct LastJob {
    Fs *project;  /* traced */
    Fs *parent;   /* the folder that holds the output */
    Str name;     /* of the output in it */
    Str output;   /* as the settings call it, for what is found in the project's own folders */
    Str options;  /* all that changes the outcome, spelled out: flags, environment */
    Str settings; /* text of the file; empty without one */
    Str settings_path;
    Spill *spill; /* that holds texts; NULL: none does */
    Arena *arena;
} LastJob;

/* What a build leaves behind besides files. */
typedef struct LastBuild {
    uint64_t pages, diagrams, trackers;
    Diags *findings; /* sorted */
    Arena *arena;    /* of all that last_recall gives */
} LastBuild;

/* Where `area` keeps what belongs to this project and its output. */
CacheKey last_key(const LastJob *job, const char *area);

/* What stands for the program: its own file counts, since two builds of one commit may differ. */
Hash last_program(void);

/* The last build when nothing has changed since, until last_forget; NULL: the site must be built.
 */
const LastBuild *last_recall(const LastJob *job);
void last_forget(const LastBuild *build);

/* Remembers a build that has been written: `folder` is the inode of what was put in place. */
void last_keep(const LastJob *job, const LastBuild *build, const Outputs *outputs, uint64_t folder);

/* Forgets it. */
void last_drop(const LastJob *job);

#endif
