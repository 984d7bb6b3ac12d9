#define _GNU_SOURCE /* O_TMPFILE, MAP_ANONYMOUS */
#include "base/ban.h"

#include "base/spill.h"

#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Addresses cost nothing: room for sites far beyond any limit, where the system gives it. */
#define RESERVED ((size_t)1 << 40)

/* A block lies in the file as far from its start as in memory from `base`, so that neighbours
 * become one mapping: the system allows 65,530 of them. */
struct Spill {
    int file;
    char *base;
    size_t page;         /* of the system, in bytes */
    atomic_size_t taken; /* bytes of the room */
    size_t marked;       /* what lies before is settled, unless is_broken */
    atomic_bool is_broken;
};

static int open_file(const char *folder) {
    char path[PATH_MAX];
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    /* Not every file system has files without a name. */
    int size = snprintf(path, sizeof path, "%s/.docsgen-spill-XXXXXX", folder);
    file = size > 0 && (size_t)size < sizeof path ? mkstemp(path) : -1;
    if (file >= 0)
        unlink(path);
    return file;
}

Spill *spill_open(const char *folder) {
    Spill *spill = calloc(1, sizeof *spill);
    if (!spill)
        return NULL;
    spill->page = (size_t)sysconf(_SC_PAGESIZE);
    spill->file = open_file(folder);
    spill->base = spill->file < 0 ? MAP_FAILED
                                  : mmap(NULL, RESERVED, PROT_NONE,
                                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (spill->base != MAP_FAILED)
        return spill;
    if (spill->file >= 0)
        close(spill->file);
    free(spill);
    return NULL;
}

void spill_close(Spill *spill) {
    if (!spill)
        return;
    munmap(spill->base, RESERVED);
    close(spill->file);
    free(spill);
}

void *spill_take(Spill *spill, size_t *size) {
    size_t wanted = (*size + spill->page - 1) / spill->page * spill->page;
    if (wanted < *size || wanted > RESERVED / 2)
        return NULL;
    size_t at = atomic_fetch_add(&spill->taken, wanted);
    if (at > RESERVED - wanted || mprotect(spill->base + at, wanted, PROT_READ | PROT_WRITE) != 0) {
        atomic_store(&spill->is_broken, true);
        return NULL;
    }
    *size = wanted;
    return spill->base + at;
}

static bool write_block(const Spill *spill, const char *block, size_t size) {
    off_t at = block - spill->base;
    while (size > 0) {
        ssize_t done = pwrite(spill->file, block, size, at);
        if (done <= 0)
            return false;
        block += done;
        at += done;
        size -= (size_t)done;
    }
    return true;
}

/* Read only from now on: a write would be lost by spill_rest, so it had better crash. */
void spill_settle(Spill *spill, void *block, size_t size) {
    bool is_ours = (char *)block >= spill->base && (char *)block < spill->base + RESERVED;
    if (!is_ours) /* made elsewhere when there was no room */
        return;
    if (!atomic_load(&spill->is_broken) && write_block(spill, block, size) &&
        mmap(block, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, spill->file,
             (off_t)((char *)block - spill->base)) != MAP_FAILED)
        return;
    atomic_store(&spill->is_broken, true);
}

void spill_mark(Spill *spill) {
    if (spill)
        spill->marked = atomic_load(&spill->taken);
}

/* A block that did not get into the file must not go. */
void spill_rest(Spill *spill) {
    if (spill && spill->marked > 0 && !atomic_load(&spill->is_broken))
        madvise(spill->base, spill->marked, MADV_DONTNEED);
}
