#include "base/ban.h"

#include "base/stamp.h"

#include <sys/stat.h>
#include <time.h>

#define SECOND ((int64_t)1000000000)

/* File systems of Linux take their time from the timer's tick, every 1 to 10 ms. One that keeps no
 * fractions of a second at all counts in steps of up to two (FAT). */
#define TICK        (20 * SECOND / 1000)
#define COARSE_TICK (2 * SECOND)

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

int64_t stamp_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return nanoseconds(now);
}

static Stamp read_stamp(const struct stat *at, uint64_t link) {
    return (Stamp){.inode = (uint64_t)at->st_ino,
                   .size = (uint64_t)at->st_size,
                   .mode = (uint64_t)at->st_mode,
                   .link = link,
                   .written = nanoseconds(at->st_mtim),
                   .placed = nanoseconds(at->st_ctim)};
}

Stamp stamp_of(const char *path) {
    struct stat at;
    if (lstat(path, &at) != 0)
        return (Stamp){0};
    uint64_t link = 0;
    if (S_ISLNK(at.st_mode)) {
        link = (uint64_t)at.st_ino ^ (uint64_t)nanoseconds(at.st_ctim);
        if (stat(path, &at) != 0)
            return (Stamp){.link = link};
    }
    return read_stamp(&at, link);
}

Stamp stamp_of_open(int descriptor) {
    struct stat at;
    return fstat(descriptor, &at) == 0 ? read_stamp(&at, 0) : (Stamp){0};
}

Stamp stamp_of_status(const struct stat *status) {
    return read_stamp(status, 0);
}

bool stamp_same_content(const Stamp *left, const Stamp *right) {
    return left->inode == right->inode && left->size == right->size && left->mode == right->mode &&
           left->link == right->link && left->written == right->written;
}

bool stamp_equal(const Stamp *left, const Stamp *right) {
    return stamp_same_content(left, right) && left->placed == right->placed;
}

bool stamp_is_fresh(const Stamp *stamp, int64_t now) {
    int64_t last = stamp->written > stamp->placed ? stamp->written : stamp->placed;
    bool is_coarse = stamp->written % SECOND == 0 && stamp->placed % SECOND == 0;
    return stamp->inode != 0 && last > now - (is_coarse ? COARSE_TICK : TICK);
}

void archive_stamp(Archive *archive, Stamp *stamp) {
    archive_number(archive, &stamp->inode);
    archive_number(archive, &stamp->size);
    archive_number(archive, &stamp->mode);
    archive_number(archive, &stamp->link);
    archive_signed(archive, &stamp->written);
    archive_signed(archive, &stamp->placed);
}
