/* stamp.h: by what a changed file is known without reading it.
 * In: a path. Out: what the system says of the file. Two equal stamps mean the same content, unless
 * the file was changed again within one tick of the file system's clock: stamp_is_fresh says when
 * that cannot be ruled out (git calls it racy). */
#ifndef BASE_STAMP_H
#define BASE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/archive.h"
#include "base/str.h"

typedef struct Stamp {
    uint64_t inode; /* 0: there is nothing */
    uint64_t size;
    uint64_t mode;
    uint64_t link;           /* the link's own inode and time, when it is one; else 0 */
    int64_t written, placed; /* nanoseconds since 1970: of the content, of name and owner */
} Stamp;

/* The stamp of what stands at `path`; links are followed. */
Stamp stamp_of(const char *path);

/* The stamp of an open file. */
Stamp stamp_of_open(int descriptor);

/* The stamp of a file, no link, of which the system has said this. */
struct stat;
Stamp stamp_of_status(const struct stat *status);

bool stamp_equal(const Stamp *left, const Stamp *right);

/* The same but for the time of the name, which a second name for the file changes. */
bool stamp_same_content(const Stamp *left, const Stamp *right);

/* Could the file have been changed since `now` without its stamp changing? */
bool stamp_is_fresh(const Stamp *stamp, int64_t now);

/* The time that stamps go by. */
int64_t stamp_now(void);

void archive_stamp(Archive *archive, Stamp *stamp);

#endif
