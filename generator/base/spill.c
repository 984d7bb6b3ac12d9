#define _GNU_SOURCE /* O_TMPFILE, MAP_ANONYMOUS */
#include "base/ban.h"

#include "base/spill.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs_form.h"

/* Addresses cost nothing: room for sites far beyond any limit, where the system gives it. valgrind
 * and the thread sanitizer have not as many. */
#ifndef SPILL_ROOM
#define SPILL_ROOM 40
#endif
#define RESERVED ((size_t)1 << SPILL_ROOM)

/* Blocks are of whole huge pages, where the system has some: a block is filled once from its
 * beginning to its end, and coming by small pages one at a time takes longer than filling them.
 * `make cold` has the smallest ones, so that even a small site settles many. */
#ifndef SPILL_UNIT
#define SPILL_UNIT (2 << 20)
#endif
#define UNIT ((size_t)SPILL_UNIT)

/* Of so little nothing goes to the file. */
#ifndef SPILL_KEPT
#define SPILL_KEPT 16
#endif
#define KEPT_MOST ((size_t)SPILL_KEPT)

/* A block that nobody will write to. */
typedef struct Settled {
    char *block;
    size_t used, size;
} Settled;

/* A block lies in the file as far from its start as in memory from `base`, so that neighbours
 * become one mapping: the system allows 65,530 of them. */
struct Spill {
    int file;
    char *room, *base;   /* what is reserved, and the first unit in it */
    atomic_size_t taken; /* bytes of the room */
    size_t marked;       /* what lies before is settled, unless is_broken */
    atomic_bool is_broken;
    pthread_mutex_t lock; /* of what follows */
    Settled kept[KEPT_MOST];
    size_t kept_count;
    atomic_bool is_used; /* there was more, so none are kept */
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
    pthread_mutex_init(&spill->lock, NULL);
    spill->file = open_file(folder);
    spill->room = spill->file < 0 ? MAP_FAILED
                                  : mmap(NULL, RESERVED + UNIT, PROT_NONE,
                                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (spill->room != MAP_FAILED) {
        spill->base = spill->room + (UNIT - (uintptr_t)spill->room % UNIT) % UNIT;
        (void)madvise(spill->base, RESERVED, MADV_HUGEPAGE);
        return spill;
    }
    if (spill->file >= 0)
        close(spill->file);
    free(spill);
    return NULL;
}

void spill_close(Spill *spill) {
    if (!spill)
        return;
    munmap(spill->room, RESERVED + UNIT);
    close(spill->file);
    free(spill);
}

void *spill_take(Spill *spill, size_t *size) {
    size_t wanted = (*size + UNIT - 1) / UNIT * UNIT;
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
    return fs_disk_write_at(spill->file, (Str){block, size}, block - spill->base);
}

/* Read only from now on: a write would be lost by spill_rest, so it had better crash. */
static void settle(Spill *spill, Settled settled) {
    if (!atomic_load(&spill->is_broken) && write_block(spill, settled.block, settled.used) &&
        mmap(settled.block, settled.size, PROT_READ, MAP_PRIVATE | MAP_FIXED, spill->file,
             (off_t)(settled.block - spill->base)) != MAP_FAILED)
        return;
    atomic_store(&spill->is_broken, true);
}

/* Keeps the block in memory while there are few; the first that is too many takes all others with
 * it to the file. */
static bool keep(Spill *spill, Settled settled) {
    pthread_mutex_lock(&spill->lock);
    bool is_kept = spill->kept_count < KEPT_MOST && !atomic_load(&spill->is_used);
    if (is_kept)
        spill->kept[spill->kept_count++] = settled;
    else
        while (spill->kept_count > 0)
            settle(spill, spill->kept[--spill->kept_count]);
    atomic_store(&spill->is_used, !is_kept);
    pthread_mutex_unlock(&spill->lock);
    return is_kept;
}

void spill_settle(Spill *spill, void *block, size_t used, size_t size) {
    bool is_ours = (char *)block >= spill->base && (char *)block < spill->base + RESERVED;
    Settled settled = {block, used, size};
    if (!is_ours) /* made elsewhere when there was no room */
        return;
    if (atomic_load(&spill->is_used) || !keep(spill, settled))
        settle(spill, settled);
}

void spill_mark(Spill *spill) {
    if (spill)
        spill->marked = atomic_load(&spill->taken);
}

/* A block that did not get into the file must not go. */
void spill_rest(Spill *spill) {
    if (spill && spill->marked > 0 && atomic_load(&spill->is_used) &&
        !atomic_load(&spill->is_broken))
        madvise(spill->base, spill->marked, MADV_DONTNEED);
}

/* So many texts are in memory at a time. */
#define ROUNDS_IN_SIGHT 256

void spill_rest_in(Spill *spill, size_t round) {
    if (round % ROUNDS_IN_SIGHT == 0)
        spill_rest(spill);
}
