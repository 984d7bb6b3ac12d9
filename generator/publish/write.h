/* write.h: the finished site onto the disk, as a whole or not at all.
 * In: Outputs. Out: the output folder, exchanged for the old one in one step; what docsgen wrote
 * before and no longer needs is gone, what somebody else put there is kept. Makes no page and
 * judges nothing. */
#ifndef PUBLISH_WRITE_H
#define PUBLISH_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cache.h"
#include "base/fs.h"
#include "site/site.h"

typedef struct WriteJob {
    Fs *project;           /* where Output.copy_of is read */
    Fs *parent;            /* the folder that holds the output folder */
    Str name;              /* of the output folder in `parent` */
    bool is_clean;         /* take over nothing from what is there */
    unsigned worker_count; /* threads that write; 0 is 1 */
    Spill *spill;          /* that holds content; NULL: none does */
    const CacheKey *spare; /* under which the site before the last is kept, so that the next may
                              take its place (spare.h); NULL: it goes at once */
    FsWait wait;           /* told when another run writes the folder; may be NULL */
    Arena *arena;
} WriteJob;

typedef struct WriteResult {
    size_t written, kept, removed; /* files */
    uint64_t folder;               /* the inode of the one that was put in place, or stayed */
    Str why;                       /* after a failure, with the path */
} WriteResult;

/* A site that is being written. */
typedef struct Writer Writer;

/* Begins to write a site. `job` and `result` must stay until it is closed. NULL when the folder
 * holds somebody else's files or cannot be written to. */
Writer *write_open(const WriteJob *job, WriteResult *result);

/* The folder that is being written, below job->parent. */
Str write_folder(const Writer *writer);

/* Where the spare lies that may be taken; empty: there is none. */
Str write_spare(const Writer *writer);

/* Writes one file now, so that its content need not be kept; its path must stay. Gives its stamp,
 * or none when the old site has it just so. For several threads at once, each with a number below
 * worker_count. A failure shows in write_close. */
Stamp write_put(Writer *writer, unsigned worker, Str path, Str content);

/* Writes those of the outputs that were not put, unless the old site has them as they shall be, and
 * puts the new site in the place of the old one; what was claimed and not put it has as well. False
 * when the disk refused; the old site is then untouched. */
bool write_close(Writer *writer, const Outputs *outputs);

/* Drops what was written; the old site stays. */
void write_abandon(Writer *writer);

/* All of it in one call. */
bool write_site(const WriteJob *job, const Outputs *outputs, WriteResult *result);

/* Removes the output folder if docsgen wrote it. False with a reason. */
bool write_remove(const WriteJob *job, WriteResult *result);

#endif
