/* archive_diags.h: findings as bytes and back.
 * In: an archive, and where the texts are that findings are about. Out: findings. Kept apart from
 * archive.h, which knows no finding. */
#ifndef BASE_ARCHIVE_DIAGS_H
#define BASE_ARCHIVE_DIAGS_H

#include "base/archive.h"
#include "base/diag.h"

/* The texts that findings may be about. */
typedef struct ArchiveTexts {
    /* The text at a path, the same on every call; NULL when there is none. */
    const Source *(*find)(void *context, Str path);
    void *context;
    Arena *arena; /* of what is read */
} ArchiveTexts;

/* Writes the findings, or appends those that are read to `diags`. The archive is bad when a finding
 * is about a text that is not there or is another one, or about a place outside of it. */
void archive_diags(Archive *archive, const ArchiveTexts *texts, Diags *diags);

#endif
