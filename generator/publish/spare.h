/* spare.h: the folder of the site before the last, which becomes the next one.
 * In: what a build wrote and what it has no longer. Out: a folder with the whole new site for the
 * price of what differs: the two folders take turns as the output. The one whose turn it is not
 * lies in the user's cache folder, with a record of how both were left. When either is not as it
 * was, or they cannot be on one file system, there is no spare, and the site is put together anew.
 * Exchanges nothing itself: what readers see is write.c's. */
#ifndef PUBLISH_SPARE_H
#define PUBLISH_SPARE_H

#include "base/cache.h"
#include "base/fs.h"
#include "site/site.h"

typedef struct SpareJob {
    const CacheKey *key;
    Fs *parent;   /* the folder that holds the output */
    Str name;     /* of the output in it */
    Arena *arena; /* as long as the spare */
} SpareJob;

typedef struct Spare Spare;

/* What is known of the output, whose list of files reads `manifest`. Never NULL. */
Spare *spare_open(const SpareJob *job, Str manifest);

/* Is the output as the last build left it: the files of its list and no others? What is in them is
 * not said. */
bool spare_knows_output(const Spare *spare);

/* Where the spare lies now, for the system; empty when there is none. */
Str spare_place(const Spare *spare);

/* An output that is not as it was left has these folders. `since` is the time before they were
 * listed: one that may have been changed since makes that the site is no spare later. */
void spare_see(Spare *spare, const FsList *folders, int64_t since);

/* Moves the spare to `to`, below the parent. False when there is none, or it is not as it was. */
bool spare_take(Spare *spare, Str to);

/* What the new site has that the output has not, and the other way round. */
typedef struct SpareChange {
    const Outputs *outputs;
    Str manifest;           /* the new list */
    const bool *is_written; /* by output: written into `fresh`; others are as they stand */
    Str fresh;              /* below the parent; has the new list too; the files go from there */
    const Str *removed;
    size_t removed_count;
} SpareChange;

/* Makes the spare, which lies at `to`, the new site. False after a failure. */
bool spare_renew(const Spare *spare, const SpareChange *change, Str to, Str *why);

/* Looks at the folders of the new site at `from`, before it is put in its place. */
void spare_note(Spare *spare, const Outputs *outputs, Str from);

/* The site that was the output until now lies at `from`: it becomes the spare. False when it is
 * none; it stays where it is then. Writes the record either way. */
bool spare_keep(Spare *spare, const SpareChange *change, Str from);

/* Removes spare and record. */
void spare_drop(const CacheKey *key, Arena *arena);

#endif
