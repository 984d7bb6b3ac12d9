/* fs.h: the only way to files.
 * Two forms behind one set of functions: a folder on disk, and a folder in memory for tests.
 * Paths are relative to the root, with '/', without "." or ".."; links on disk that leave the root
 * are never followed. */
#ifndef BASE_FS_H
#define BASE_FS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/stamp.h"
#include "base/str.h"

typedef struct Fs Fs;

typedef enum FsKind {
    FS_ABSENT,
    FS_FILE,
    FS_FOLDER,
    FS_OUTSIDE, /* a symbolic link that leaves the root */
    FS_SPECIAL, /* device, FIFO, socket: never opened */
} FsKind;

typedef struct FsEntry {
    Str path; /* relative to the root */
    FsKind kind;
} FsEntry;

/* The folder `root` on disk. It need not exist. */
Fs *fs_open_disk(Arena *arena, Str root);

/* The same for a project: nothing that lies in a folder called .git, where checkouts keep
 * credentials, is there. */
Fs *fs_open_project(Arena *arena, Str root);

/* An empty folder in memory. */
Fs *fs_open_memory(Arena *arena);

/* The root as the user would write it; for messages. */
Str fs_root(const Fs *fs);

/* The root from "/" on, links followed, for other programs; empty when it is not there. */
Str fs_absolute_root(const Fs *fs, Arena *arena);

FsKind fs_kind(Fs *fs, Str path);

/* What fs_read gives: the content, or why there is none ("no such file", "larger than 4096 KiB").
 */
typedef struct FsText {
    Str content;
    Str why;
    Stamp stamp; /* from before it was read; none when no stamp is at hand */
} FsText;

/* The whole file in `arena`. False when it cannot be read or is larger than `size_limit`. */
bool fs_read(Fs *fs, Str path, size_t size_limit, Arena *arena, FsText *text);

/* Does the file read just so? A large one is not held in memory for it. */
bool fs_is_same(Fs *fs, Str path, Str content);

typedef struct FsList {
    Arena *arena;
    FsEntry *entries; /* in byte order of the path */
    size_t count, capacity;
} FsList;

/* Where a walk goes: below `folder` ("" is the root), but not below `skip` (may be empty). */
typedef struct FsWalk {
    Str folder, skip;
    bool with_hidden; /* names that begin with a dot as well */
    FsList *folders;  /* gets those that were walked, `folder` first; NULL: nobody asks */
} FsWalk;

/* Finds every file and link, folders left out; memory from list->arena. False with a reason. */
bool fs_walk(Fs *fs, FsWalk walk, FsList *list, Str *why);

/* Writes a file whole, making its folders: a temporary file beside it, then rename. A device, a
 * folder or a link out of the root is not replaced: false with a reason. */
bool fs_write(Fs *fs, Str path, Str content, Str *why);

/* What a file reads and what it shall read. */
typedef struct FsSwap {
    Str path, expected, content;
} FsSwap;

#define FS_SWAPS_MAX 2

/* Changes files that somebody else may change as well, all or none: writes temporary files beside
 * them to the disk (fsync), looks whether the old ones still read `expected`, renames in order.
 * Permissions stay, links stay links. False when one reads otherwise: nothing is changed then. A
 * run that is killed between two renames is finished by the next fs_lock of their folder. */
bool fs_replace(Fs *fs, const FsSwap *swaps, size_t count, Str *why);

/* Keeps other runs of docsgen from editing files in the folder of `path` until fs_unlock; waits up
 * to ten seconds for one that does. Links are followed: the folder is that of the file they lead
 * to. Take the lock before reading what is to be changed: it also finishes or forgets what a killed
 * run has left there. */
bool fs_lock(Fs *fs, Str path, int *lock, Str *why);
void fs_unlock(Fs *fs, int lock);

/* Called once when something has to be waited for. `process` has it, 0 when nobody knows. */
typedef void (*FsWait)(Str path, long process);

/* Keeps other runs of docsgen from making what is to stand at `path` until fs_release; waits up to
 * a minute for one that does, and calls `wait` after a second, which may be NULL. An empty folder
 * beside it stands for that while it lasts, and after a killed run until the next one. Where none
 * can be made there is no lock. */
bool fs_claim(Fs *fs, Str path, FsWait wait, int *lock, Str *why);
void fs_release(Fs *fs, Str path, int lock);

/* Makes a new file in a tree that nobody reads yet, and its folders. False when it exists. */
bool fs_create(Fs *fs, Str path, Str content, Str *why);

/* The same with the stamp of the new file, where there are any; asking for it by the path takes
 * longer. */
bool fs_create_stamped(Fs *fs, Str path, Str content, Stamp *stamp, Str *why);

/* Gives a file another name, in the place of the file that has it. Makes folders. */
bool fs_move(Fs *fs, Str from, Str to, Str *why);

/* Removes a file or a whole folder; something absent is fine. */
bool fs_remove(Fs *fs, Str path, Str *why);

/* Gives a file a second name without copying where the system can (hard link), else copies. Makes
 * folders. */
bool fs_link(Fs *fs, Str from, Str to, Str *why);

/* Puts folder `from` in the place of folder `to`; what was there is then found at `from`. Atomic
 * where the system can exchange (Linux), otherwise two renames. `to` need not exist. */
bool fs_exchange(Fs *fs, Str from, Str to, Str *why);

/* `path` with "." and ".." worked out, relative to folder `base` ("" is the root). False when it
 * leaves the root. */
bool fs_resolve(Str base, Str path, Arena *arena, Str *resolved);

/* Why no file may be called `path`, or the empty Str: control characters in names would become
 * lines of lists and requests to terminals, a URL is UTF-8, and what lies in .git is not ours. */
Str fs_find_fault(Str path);

/* The folder part of a path, without the slash ("" for a name alone), and the name part. */
Str fs_folder_of(Str path);
Str fs_name_of(Str path);

/* The innermost folder that holds both the file `from` and what lies at `path`, with a slash
 * behind: the beginning of `path`, empty for the root. */
Str fs_shared_folder(Str from, Str path);

/* "a/b/" + "c": joined by one slash; either may be empty. */
Str fs_join(Str folder, Str name, Arena *arena);

/* The relative URL path from the page `from` to the file `to`, both relative to the site root:
 * "../b/c.html". */
Str fs_relative(Str from, Str to, Arena *arena);

#endif
