#define _GNU_SOURCE /* flock, fchown, realpath of any length */
#include "base/ban.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs_form.h"

#define LOCK_TRIES   200
#define LOCK_WAIT_NS 50000000L /* with LOCK_TRIES ten seconds in all */

static bool fail(Str *why) {
    *why = str_from(strerror(errno));
    return false;
}

/* The real place of `path`: a link stays a link, what it leads to is edited. */
static bool real_place(const Fs *fs, Str path, char *real) {
    char text[PATH_MAX];
    int size = snprintf(text, sizeof text, "%.*s/%.*s", STR_FMT(fs->root), STR_FMT(path));
    if (size < 0 || (size_t)size >= sizeof text) {
        errno = ENAMETOOLONG;
        return false;
    }
    return realpath(text, real) != NULL;
}

static bool write_all(int descriptor, Str content) {
    while (content.size > 0) {
        ssize_t done = write(descriptor, content.data, content.size);
        if (done < 0)
            return false;
        content = str_from_offset(content, (size_t)done);
    }
    return true;
}

/* Writes the new content to the disk, not only to the kernel, with the permissions of the old. */
static bool write_beside(const char *beside, const struct stat *old, Str content) {
    unlink(beside); /* a killed run with the same number may have left it */
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return false;
    /* Only root may give files away; for others the owner is the same anyway. */
    bool is_ours = fchown(descriptor, old->st_uid, old->st_gid) == 0;
    bool is_written = fchmod(descriptor, old->st_mode & (is_ours ? 07777 : 0777)) == 0 &&
                      write_all(descriptor, content) && fsync(descriptor) == 0;
    int reason = errno;
    if (close(descriptor) != 0 && is_written) {
        is_written = false;
        reason = errno;
    }
    errno = reason;
    return is_written;
}

/* Does the file still read as it did? One byte more is asked for, so that growth shows. */
static bool is_unchanged(const char *path, Str expected) {
    Arena *arena = arena_new();
    char *data = arena_bytes(arena, expected.size + 1);
    size_t done = 0;
    ssize_t got = 0;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    while (descriptor >= 0 && done <= expected.size &&
           (got = read(descriptor, data + done, expected.size + 1 - done)) > 0)
        done += (size_t)got;
    bool is_same = descriptor >= 0 && got >= 0 && str_equal((Str){data, done}, expected);
    if (descriptor >= 0)
        close(descriptor);
    arena_free(arena);
    return is_same;
}

/* A rename is on the disk only when its folder is. */
static void sync_folder(const char *beside) {
    char folder[PATH_MAX];
    size_t size = (size_t)(strrchr(beside, '/') - beside);
    memcpy(folder, beside, size);
    folder[size] = '\0';
    int descriptor = open(size > 0 ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

bool fs_disk_replace(Fs *fs, Str path, const FsSwap *swap, Str *why) {
    char real[PATH_MAX], beside[PATH_MAX];
    struct stat old;
    if (!real_place(fs, path, real) || stat(real, &old) != 0)
        return fail(why);
    const char *name = strrchr(real, '/') + 1;
    /* The process is in the name, so that no two runs write the same file even where the file
     * system has no locks. */
    int size = snprintf(beside, sizeof beside, "%.*s.%s.docsgen-%ld", (int)(name - real), real,
                        name, (long)getpid());
    if (size < 0 || (size_t)size >= sizeof beside) {
        errno = ENAMETOOLONG;
        return fail(why);
    }
    if (!write_beside(beside, &old, swap->content)) {
        fail(why);
        unlink(beside);
        return false;
    }
    /* As late as can be: what happens between this look and the rename is kept out by fs_lock
     * among docsgen's own runs, and is a moment of microseconds for everybody else. */
    if (!is_unchanged(real, swap->expected)) {
        unlink(beside);
        *why = STR("it was changed meanwhile; nothing is written, run the command again");
        return false;
    }
    if (rename(beside, real) != 0) {
        fail(why);
        unlink(beside);
        return false;
    }
    sync_folder(beside);
    return true;
}

/* The folder is locked and not the file: that one is another after each edit, and a lock on the old
 * one would keep nobody out. */
bool fs_disk_lock(Fs *fs, Str path, int *lock, Str *why) {
    char real[PATH_MAX];
    *lock = -1;
    if (!real_place(fs, path, real))
        return fail(why);
    char *slash = strrchr(real, '/');
    slash[slash == real] = '\0';
    int descriptor = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(why);
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
            *lock = descriptor;
            return true;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            /* A file system without locks: the comparison before the rename is what remains. */
            close(descriptor);
            return true;
        }
        nanosleep(&(struct timespec){.tv_nsec = LOCK_WAIT_NS}, NULL);
    }
    close(descriptor);
    *why = STR("another docsgen is editing this folder");
    return false;
}

void fs_disk_unlock(int lock) {
    if (lock >= 0)
        close(lock);
}
