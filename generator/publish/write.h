/* write.h: the finished site onto the disk, as a whole or not at all.
 * In: Outputs. Out: the output folder, exchanged for the old one in one step; what docsgen wrote
 * before and no longer needs is gone, what somebody else put there is kept. Makes no page and
 * judges nothing. */
#ifndef PUBLISH_WRITE_H
#define PUBLISH_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fs.h"
#include "site/site.h"

typedef struct WriteJob {
    const Outputs *outputs;
    Fs *project;   /* where Output.copy_of is read */
    Fs *parent;    /* the folder that holds the output folder */
    Str name;      /* of the output folder in `parent` */
    bool is_clean; /* take over nothing from what is there */
    Arena *arena;
} WriteJob;

typedef struct WriteResult {
    size_t written, kept, removed; /* files */
    Str why;                       /* after a failure, with the path */
} WriteResult;

/* Writes the site. False when the disk refuses or the folder holds somebody else's files; the old
 * site is then untouched. */
bool write_site(const WriteJob *job, WriteResult *result);

/* Removes the output folder if docsgen wrote it. False with a reason. */
bool write_remove(const WriteJob *job, WriteResult *result);

#endif
