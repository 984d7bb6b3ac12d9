#define _GNU_SOURCE /* flock, fchown, realpath of any length */
#include "base/ban.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/fs_form.h"

#define LOCK_TRIES   200
#define LOCK_WAIT_NS 50000000L /* with LOCK_TRIES ten seconds in all */
#define CLAIM_SILENT 20        /* a second */
#define CLAIM_TRIES  1200      /* a minute */

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

/* One file of an edit. */
typedef struct Place {
    char real[PATH_MAX], beside[PATH_MAX];
    struct stat old;
} Place;

/* The new text stands beside the old one as ".NAME.docsgen-PROCESS.INDEX". The process is in the
 * name, so that no two runs write the same file even where the file system has no locks; the index
 * tells the first file of an edit from the second. */
static bool find_place(const Fs *fs, Str path, size_t index, Place *place) {
    if (!real_place(fs, path, place->real) || stat(place->real, &place->old) != 0)
        return false;
    const char *name = strrchr(place->real, '/') + 1;
    int size = snprintf(place->beside, sizeof place->beside, "%.*s.%s.docsgen-%ld.%zu",
                        (int)(name - place->real), place->real, name, (long)getpid(), index);
    bool is_named = size > 0 && (size_t)size < sizeof place->beside;
    errno = ENAMETOOLONG;
    return is_named;
}

/* Writes every new text, then looks whether every old one is what it was: as late as can be, for
 * what happens between this look and the renames is kept out by fs_lock among docsgen's own runs,
 * and is a moment of microseconds for everybody else. */
static bool prepare(const Fs *fs, const FsSwap *swaps, size_t count, Place *places, Str *why) {
    for (size_t i = 0; i < count; i++)
        if (!find_place(fs, swaps[i].path, i, &places[i]) ||
            !write_beside(places[i].beside, &places[i].old, swaps[i].content))
            return fail(why);
    for (size_t i = 0; i < count; i++) {
        if (is_unchanged(places[i].real, swaps[i].expected))
            continue;
        *why = STR("it was changed meanwhile; nothing is written, run the command again");
        return false;
    }
    return true;
}

bool fs_disk_replace(Fs *fs, const FsSwap *swaps, size_t count, Str *why) {
    Place places[FS_SWAPS_MAX] = {0};
    size_t done = 0;
    bool is_done = prepare(fs, swaps, count, places, why);
    for (; is_done && done < count; done += is_done) {
        is_done = rename(places[done].beside, places[done].real) == 0;
        if (!is_done)
            fail(why);
    }
    for (size_t i = 0; i < count && is_done; i++)
        sync_folder(places[i].beside);
    if (is_done)
        return true;
    /* All or none: a file that was replaced already gets its old text back. */
    for (size_t i = 0; i < done; i++)
        if (write_beside(places[i].beside, &places[i].old, swaps[i].expected))
            rename(places[i].beside, places[i].real);
    for (size_t i = 0; i < count; i++)
        unlink(places[i].beside);
    return false;
}

/* A file that a killed run has left. */
typedef struct Leftover {
    const char *file; /* its own name */
    Str name;         /* of the file that it stands beside */
    Str run;          /* ".docsgen-PROCESS." */
    bool is_first;
} Leftover;

/* leftover = "." name ".docsgen-" digits "." digit. */
static bool parse_leftover(Str file, Leftover *left) {
    static const Str mark = {".docsgen-", 9};
    size_t at = STR_NONE;
    for (size_t i = str_find(file, mark, 1); i != STR_NONE; i = str_find(file, mark, i + 1))
        at = i;
    if (at == STR_NONE || file.data[0] != '.')
        return false;
    size_t end = at + mark.size;
    while (end < file.size && file.data[end] >= '0' && file.data[end] <= '9')
        end++;
    if (end == at + mark.size || end + 2 != file.size || file.data[end] != '.')
        return false;
    *left = (Leftover){file.data, str_slice(file, 1, at), str_slice(file, at, end + 1),
                       file.data[end + 1] == '0'};
    return true;
}

static bool has_first(const Leftover *all, size_t count, Str run) {
    for (size_t i = 0; i < count; i++)
        if (all[i].is_first && str_equal(all[i].run, run))
            return true;
    return false;
}

/* Finishes or forgets what a killed run has left in the folder, which is locked. Files are renamed
 * in order: a second one whose first is gone belongs to an edit that had begun to be seen. It is
 * brought to its end, unless somebody has written the file since. */
static void recover(const char *folder, int descriptor) {
    Arena *arena = arena_new();
    Leftover *all = NULL;
    size_t count = 0, capacity = 0;
    DIR *stream = opendir(folder);
    struct dirent *entry;
    while (stream && (entry = readdir(stream))) {
        Leftover left;
        if (!parse_leftover(str_from(str_cstr(arena, str_from(entry->d_name))), &left))
            continue;
        ARENA_RESERVE(arena, all, count, capacity);
        all[count++] = left;
    }
    if (stream)
        closedir(stream);
    for (size_t i = 0; i < count; i++) {
        const char *name = str_cstr(arena, all[i].name);
        struct stat old, new;
        bool is_older = fstatat(descriptor, name, &old, 0) == 0 &&
                        fstatat(descriptor, all[i].file, &new, AT_SYMLINK_NOFOLLOW) == 0 &&
                        (old.st_mtim.tv_sec < new.st_mtim.tv_sec ||
                         (old.st_mtim.tv_sec ==
                          new.st_mtim.tv_sec &&old.st_mtim.tv_nsec < new.st_mtim.tv_nsec));
        if (!all[i].is_first && is_older && !has_first(all, count, all[i].run))
            renameat(descriptor, all[i].file, descriptor, name);
        else
            unlinkat(descriptor, all[i].file, 0);
    }
    arena_free(arena);
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
            recover(real, descriptor);
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

/* The lock's folder, made when it is not there and locked, as it is found under its name then: one
 * that was locked and is gone keeps nobody out. -1 with errno, EWOULDBLOCK when another has it. */
static int try_claim(char *path) {
    struct stat own, there;
    if (!fs_disk_make_folder(path))
        return -1;
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool is_locked = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (is_locked && fstat(descriptor, &own) == 0 && lstat(path, &there) == 0 &&
        own.st_ino == there.st_ino && own.st_dev == there.st_dev)
        return descriptor;
    int error = is_locked || (descriptor < 0 && errno == ENOENT) ? EWOULDBLOCK : errno;
    if (descriptor >= 0)
        close(descriptor);
    errno = error;
    return -1;
}

static bool claim_path(const Fs *fs, Str path, char *text) {
    int size = snprintf(text, PATH_MAX, "%.*s/%.*s.docsgen-lock", STR_FMT(fs->root), STR_FMT(path));
    return size > 0 && size < PATH_MAX;
}

/* The process that has locked the folder, by Linux's list of all locks; 0 when it does not say.
 * lock = number ":" "FLOCK" "ADVISORY" "WRITE" process device ":" inode "0" "EOF" */
static long holder_of(const char *path) {
    struct stat folder;
    FILE *locks = lstat(path, &folder) == 0 ? fopen("/proc/locks", "re") : NULL;
    char line[200];
    long holder = 0;
    while (locks && holder == 0 && fgets(line, sizeof line, locks)) {
        long process;
        unsigned high, low;
        uint64_t inode;
        bool is_lock = sscanf(line, "%*d: FLOCK ADVISORY WRITE %ld %x:%x:%" SCNu64, &process, &high,
                              &low, &inode) == 4;
        if (is_lock && inode == folder.st_ino && makedev(high, low) == folder.st_dev)
            holder = process;
    }
    if (locks)
        fclose(locks);
    return holder;
}

bool fs_disk_claim(Fs *fs, Str path, FsWait wait, int *lock, Str *why) {
    char text[PATH_MAX];
    *lock = -1;
    for (int i = 0; claim_path(fs, path, text) && i < CLAIM_TRIES; i++) {
        *lock = try_claim(text);
        if (*lock >= 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return true;
        if (i == CLAIM_SILENT && wait)
            wait(path, holder_of(text));
        nanosleep(&(struct timespec){.tv_nsec = LOCK_WAIT_NS}, NULL);
    }
    *why = STR("another docsgen has been writing it for a minute; let it end, or choose another "
               "folder with -o");
    return false;
}

void fs_disk_release(Fs *fs, Str path, int lock) {
    char text[PATH_MAX];
    if (lock < 0)
        return;
    /* Gone before it is free: whoever waits for this folder sees that it is another one. */
    if (claim_path(fs, path, text))
        (void)rmdir(text);
    close(lock);
}
