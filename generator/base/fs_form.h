/* fs_form.h: what a form of Fs has to offer; for the files of fs.h, and sandbox.c, which
 * prepares the disk for them, store.c, spill.c and cache.c, which write to files of their own.
 * In: paths that fs.c has checked. Out: what fs.h promises.
 * A form does not resolve ".." and makes no messages about paths. */
#ifndef BASE_FS_FORM_H
#define BASE_FS_FORM_H

#include <sys/types.h>

#include "base/fs.h"

typedef struct FsForm {
    FsKind (*kind)(Fs *fs, Str path, size_t *size);
    bool (*read)(Fs *fs, Str path, size_t size_limit, Arena *arena, FsText *text);
    bool (*same)(Fs *fs, Str path, Str content);
    bool (*walk)(Fs *fs, FsWalk walk, FsList *list, Str *why);
    bool (*create)(Fs *fs, Str path, Str content, Stamp *stamp, Str *why);
    bool (*rename)(Fs *fs, Str from, Str to, Str *why);
    bool (*exchange)(Fs *fs, Str from, Str to, Str *why);
    bool (*link)(Fs *fs, Str from, Str to, Str *why);
    bool (*remove)(Fs *fs, Str path, Str *why);
    bool (*replace)(Fs *fs, const FsSwap *swaps, size_t count, Str *why);
    bool (*lock)(Fs *fs, Str path, int *lock, Str *why);
    void (*unlock)(int lock);
    bool (*claim)(Fs *fs, Str path, FsWait wait, int *lock, Str *why);
    void (*release)(Fs *fs, Str path, int lock);
} FsForm;

struct Fs {
    const FsForm *form;
    Arena *arena;
    Str root;
    bool is_project; /* what lies in .git is hidden */
    void *state;     /* the form's own */
};

/* The disk's way to change files that are there; in a file of its own. */
bool fs_disk_replace(Fs *fs, const FsSwap *swaps, size_t count, Str *why);
bool fs_disk_lock(Fs *fs, Str path, int *lock, Str *why);
void fs_disk_unlock(int lock);
bool fs_disk_claim(Fs *fs, Str path, FsWait wait, int *lock, Str *why);
void fs_disk_release(Fs *fs, Str path, int lock);

/* Writes all of the bytes at a place of an open file; false when the disk takes no more. */
bool fs_disk_write_at(int file, Str bytes, off_t at);

/* Makes a folder of the disk and those that are missing on the way to it; what is there above them
 * is left alone. False with errno. The path is the same afterwards. */
bool fs_disk_make_folder(char *path);

/* May what is there be read? If not, why. */
bool fs_may_read(FsKind kind, size_t size, size_t size_limit, Arena *arena, Str *why);

void fs_list_add(FsList *list, Str path, FsKind kind);

#endif
