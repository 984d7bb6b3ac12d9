/* fs_trace.h: a project's files, and a list of all that was asked of them.
 * In: an Fs on disk. Out: another that gives the same, and what was looked at, also what was not
 * there, so that a later run can say whether it would see the same. Only reading is noted. */
#ifndef BASE_FS_TRACE_H
#define BASE_FS_TRACE_H

#include "base/fs.h"
#include "base/stamp.h"

/* One path that was asked for. */
typedef struct Sight {
    Str path;
    Stamp stamp;    /* before it was looked at */
    bool is_listed; /* a walk has named it, and nobody has looked: there is no stamp yet */
    bool is_fresh;  /* the stamp says nothing yet: the content has to be compared */
    bool has_hash;
    Hash hash; /* of the content that was read, or of the names in a folder */
} Sight;

typedef struct Sights {
    Sight *items;
    size_t count, capacity;
} Sights;

/* `inner` with its notes, which lie in `arena`. May be used by several threads. */
Fs *fs_open_trace(Fs *inner, Arena *arena);

/* What has been asked so far. `fs` must come from fs_open_trace. */
const Sights *fs_trace_sights(const Fs *fs);

/* The sight of a path; NULL when it was never asked for. Not while others read. */
const Sight *fs_trace_find(const Fs *fs, Str path);

/* Is the file, which a walk has seen, surely the one that `known` is the sight of? It then counts
 * as read, with the content that was read then. `fs` may be any. */
bool fs_trace_is_known(Fs *fs, Str path, const Sight *known);

/* What stands for all files that were read, and for what was there or not. */
Hash fs_trace_hash(const Fs *fs, Arena *arena);

/* Can a change be told from none? */
bool sight_is_sure(const Sight *sight);

/* Would whoever saw this see the same again? Names in a folder that begin with a dot, or with
 * `own`, the path of something docsgen makes, do not count. */
bool sight_holds(Fs *fs, const Sight *sight, Str own);

void archive_sight(Archive *archive, Sight *sight);

#endif
