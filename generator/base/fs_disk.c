#define _GNU_SOURCE /* renameat2, realpath of any length */
#include "base/ban.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fs_form.h"

#define COMPARED ((size_t)64 << 10) /* bytes at a time */

/* Paths for system calls are built here: the root, a slash, the path. PATH_MAX is what the kernel
 * accepts. */
typedef struct DiskPath {
    char text[PATH_MAX];
} DiskPath;

static bool fail(Str *why) {
    *why = str_from(strerror(errno));
    return false;
}

static bool disk_path(const Fs *fs, Str path, DiskPath *out) {
    size_t slash = path.size > 0, size = fs->root.size + slash + path.size;
    bool has_nul = path.size && memchr(path.data, 0, path.size);
    if (fs->root.size >= sizeof out->text || path.size >= sizeof out->text ||
        size >= sizeof out->text || has_nul) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(out->text, fs->root.data, fs->root.size);
    if (slash) {
        out->text[fs->root.size] = '/';
        memcpy(out->text + fs->root.size + 1, path.data, path.size);
    }
    out->text[size] = '\0';
    return true;
}

static bool is_in_git(Str path) {
    for (Str rest = path; rest.data;)
        if (str_equal_nocase(str_cut(&rest, '/'), STR(".git")))
            return true;
    return false;
}

/* Does the real place of `text`, links followed, lie in the root? */
static bool stays_inside(const Fs *fs, const char *text) {
    char real_root[PATH_MAX], real[PATH_MAX];
    if (!realpath(fs->root.data, real_root) || !realpath(text, real))
        return false;
    size_t size = strcmp(real_root, "/") == 0 ? 0 : strlen(real_root);
    bool is_inside = strncmp(real, real_root, size) == 0 && (real[size] == '/' || !real[size]);
    return is_inside && !(fs->is_project && is_in_git(str_from(real + size)));
}

/* Opens what is there if no link is on the way to it: then it lies in the root, and one call to the
 * system says so where realpath takes thirty. -1 when there is one, or the kernel does not know the
 * call. */
static int open_straight(const char *text, int flags) {
    struct open_how how = {.flags = (unsigned)flags | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
    return (int)syscall(SYS_openat2, AT_FDCWD, text, &how, sizeof how);
}

/* Is there a regular file, and no link on the way to it? */
static bool is_plain_file(const char *text, struct stat *status) {
    int descriptor = open_straight(text, O_PATH);
    if (descriptor < 0)
        return false;
    bool is_plain = fstat(descriptor, status) == 0 && S_ISREG(status->st_mode);
    close(descriptor);
    return is_plain;
}

static FsKind disk_kind(Fs *fs, Str path, size_t *size) {
    DiskPath at;
    struct stat status;
    *size = 0;
    if (fs->is_project && is_in_git(path))
        return FS_ABSENT;
    if (disk_path(fs, path, &at) && is_plain_file(at.text, &status)) {
        *size = (size_t)status.st_size;
        return FS_FILE;
    }
    if (!disk_path(fs, path, &at) || stat(at.text, &status) != 0) {
        struct stat link;
        return disk_path(fs, path, &at) && lstat(at.text, &link) == 0 && S_ISLNK(link.st_mode) &&
                       !stays_inside(fs, at.text)
                   ? FS_OUTSIDE
                   : FS_ABSENT;
    }
    if (!stays_inside(fs, at.text))
        return FS_OUTSIDE;
    if (S_ISDIR(status.st_mode))
        return FS_FOLDER;
    if (!S_ISREG(status.st_mode))
        return FS_SPECIAL;
    *size = (size_t)status.st_size;
    return FS_FILE;
}

/* Takes what an open file has, at most `size` bytes. */
static bool take_content(int descriptor, size_t size, Arena *arena, FsText *text) {
    char *data = arena_bytes(arena, size + 1);
    size_t done = 0;
    ssize_t got = 0;
    while (done < size && (got = read(descriptor, data + done, size - done)) > 0)
        done += (size_t)got;
    data[done] = '\0';
    text->content = (Str){data, done};
    return got >= 0 ? true : fail(&text->why);
}

/* A plain file is looked at and opened: a thousand times for a site of as many pages, so the look
 * comes first, by a call that opens nothing. Anything else takes the long way. */
static bool disk_read(Fs *fs, Str path, size_t size_limit, Arena *arena, FsText *text) {
    DiskPath at;
    struct stat status;
    if (!disk_path(fs, path, &at))
        return fail(&text->why);
    bool is_plain = !(fs->is_project && is_in_git(path)) && lstat(at.text, &status) == 0 &&
                    S_ISREG(status.st_mode);
    int descriptor = is_plain ? open_straight(at.text, O_RDONLY | O_NONBLOCK) : -1;
    size_t size = descriptor < 0 ? 0 : (size_t)status.st_size;
    FsKind kind = descriptor < 0 ? disk_kind(fs, path, &size) : FS_FILE;
    if (is_plain && kind == FS_FILE)
        text->stamp = stamp_of_status(&status);
    bool is_read = fs_may_read(kind, size, size_limit, arena, &text->why);
    if (is_read && descriptor < 0) {
        descriptor = open(at.text, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        is_read = descriptor >= 0 ? true : fail(&text->why);
    }
    is_read = is_read && take_content(descriptor, size, arena, text);
    if (descriptor >= 0)
        close(descriptor);
    return is_read;
}

/* Does what is left to read there read so? One byte more is asked for than there should be. */
static bool is_content(int descriptor, Str content) {
    char block[COMPARED + 1];
    for (;;) {
        size_t size = content.size < COMPARED ? content.size : COMPARED;
        ssize_t got = read(descriptor, block, size + (size == content.size));
        if (got < 0 || (size_t)got > content.size)
            return false;
        if (got == 0)
            return content.size == 0;
        if (memcmp(block, content.data, (size_t)got) != 0)
            return false;
        content = str_from_offset(content, (size_t)got);
    }
}

static bool disk_same(Fs *fs, Str path, Str content) {
    DiskPath at;
    struct stat status;
    bool is_plain =
        disk_path(fs, path, &at) && lstat(at.text, &status) == 0 && S_ISREG(status.st_mode);
    if (is_plain && (size_t)status.st_size != content.size)
        return false;
    int descriptor = is_plain ? open_straight(at.text, O_RDONLY | O_NONBLOCK) : -1;
    bool is_same = descriptor >= 0 && is_content(descriptor, content);
    if (descriptor >= 0) {
        close(descriptor);
        return is_same;
    }
    Arena *arena = arena_new();
    FsText text;
    is_same = disk_read(fs, path, content.size, arena, &text) && str_equal(text.content, content);
    arena_free(arena);
    return is_same;
}

/* What an entry of a folder is; a folder that is a link is none that is walked, for its files are
 * found where they really are, and links cannot go round. The folder says of most what they are:
 * `is_inside` when that may be believed, because no link is on the way to it. */
static FsKind entry_kind(Fs *fs, const struct dirent *entry, Str path, bool is_inside) {
    DiskPath at;
    struct stat status;
    size_t size;
    if (fs->is_project && is_in_git(str_from(entry->d_name)))
        return FS_ABSENT;
    if (is_inside && entry->d_type == DT_DIR)
        return FS_FOLDER;
    if (is_inside && entry->d_type == DT_REG)
        return FS_FILE;
    bool is_link =
        disk_path(fs, path, &at) && lstat(at.text, &status) == 0 && S_ISLNK(status.st_mode);
    FsKind kind = disk_kind(fs, path, &size);
    return kind == FS_FOLDER && is_link ? FS_ABSENT : kind;
}

/* Adds what stands in one folder; subfolders are put behind `folders` for the caller's loop. */
static bool disk_list(Fs *fs, Str folder, const FsWalk *walk, FsList *list, FsList *folders) {
    DiskPath at;
    int descriptor =
        disk_path(fs, folder, &at) ? open_straight(at.text, O_RDONLY | O_DIRECTORY) : -1;
    bool is_inside = descriptor >= 0 && !(fs->is_project && is_in_git(folder));
    DIR *stream = descriptor >= 0 ? fdopendir(descriptor) : opendir(at.text);
    if (!stream)
        return false;
    struct dirent *entry;
    while ((entry = readdir(stream))) {
        bool is_dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (is_dots || (entry->d_name[0] == '.' && !walk->with_hidden))
            continue;
        Str path = fs_join(folder, str_from(entry->d_name), list->arena);
        if (folder.size == 0)
            path = str_copy(list->arena, path);
        if (walk->skip.size && str_equal(path, walk->skip))
            continue;
        FsKind kind = entry_kind(fs, entry, path, is_inside);
        if (kind == FS_FOLDER)
            fs_list_add(folders, path, kind);
        else if (kind != FS_ABSENT)
            fs_list_add(list, path, kind);
    }
    closedir(stream);
    return true;
}

static bool disk_walk(Fs *fs, FsWalk walk, FsList *list, Str *why) {
    FsList own = {.arena = list->arena}, *folders = walk.folders ? walk.folders : &own;
    fs_list_add(folders, walk.folder, FS_FOLDER);
    for (size_t i = 0; i < folders->count; i++)
        if (!disk_list(fs, folders->entries[i].path, &walk, list, folders))
            return fail(why);
    return true;
}

bool fs_disk_write_at(int file, Str bytes, off_t at) {
    while (bytes.size) {
        ssize_t count = pwrite(file, bytes.data, bytes.size, at);
        if (count <= 0)
            return false;
        bytes = str_from_offset(bytes, (size_t)count);
        at += count;
    }
    return true;
}

/* The folder above `path`: "a/b" of "a/b/c". False with errno. */
static bool make_parent(char *path) {
    char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return true;
    *slash = '\0';
    bool is_made = fs_disk_make_folder(path);
    *slash = '/';
    return is_made;
}

bool fs_disk_make_folder(char *path) {
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return true;
    return errno == ENOENT && make_parent(path) && (mkdir(path, 0777) == 0 || errno == EEXIST);
}

static int open_new(DiskPath *at) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    int descriptor = open(at->text, flags, 0666);
    if (descriptor < 0 && errno == ENOENT && make_parent(at->text))
        descriptor = open(at->text, flags, 0666);
    return descriptor;
}

static bool disk_create(Fs *fs, Str path, Str content, Stamp *stamp, Str *why) {
    DiskPath at;
    if (!disk_path(fs, path, &at))
        return fail(why);
    int descriptor = open_new(&at);
    if (descriptor < 0)
        return fail(why);
    bool is_written = true;
    while (content.size && is_written) {
        ssize_t done = write(descriptor, content.data, content.size);
        is_written = done >= 0;
        content = str_from_offset(content, done > 0 ? (size_t)done : 0);
    }
    if (!is_written)
        fail(why);
    *stamp = stamp_of_open(descriptor);
    /* A full disk may show only now. */
    if (close(descriptor) != 0 && is_written)
        is_written = fail(why);
    if (!is_written)
        unlink(at.text);
    return is_written;
}

static bool disk_rename(Fs *fs, Str from, Str to, Str *why) {
    DiskPath a, b;
    if (!disk_path(fs, from, &a) || !disk_path(fs, to, &b) || !make_parent(b.text) ||
        rename(a.text, b.text) != 0)
        return fail(why);
    return true;
}

static bool disk_exchange(Fs *fs, Str from, Str to, Str *why) {
    DiskPath a, b, aside;
    if (!disk_path(fs, from, &a) || !disk_path(fs, to, &b))
        return fail(why);
    if (renameat2(AT_FDCWD, a.text, AT_FDCWD, b.text, RENAME_EXCHANGE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return fail(why);
    /* The file system cannot exchange: for the moment between two renames `to` is absent. */
    Str name = str_format(fs->arena, "%.*s.old", STR_FMT(from));
    if (!disk_path(fs, name, &aside) || rename(b.text, aside.text) != 0 ||
        rename(a.text, b.text) != 0 || rename(aside.text, a.text) != 0)
        return fail(why);
    return true;
}

static bool disk_link(Fs *fs, Str from, Str to, Str *why) {
    DiskPath a, b;
    if (!disk_path(fs, from, &a) || !disk_path(fs, to, &b))
        return fail(why);
    /* Mostly the folder is there already. */
    if (link(a.text, b.text) == 0)
        return true;
    if (!make_parent(b.text))
        return fail(why);
    if (link(a.text, b.text) == 0)
        return true;
    FsText text;
    Arena *arena = arena_new();
    bool is_read = disk_read(fs, from, SIZE_MAX - 1, arena, &text);
    if (!is_read)
        *why = text.why;
    bool is_copied = is_read && fs_create(fs, to, text.content, why);
    arena_free(arena);
    return is_copied;
}

/* Removes the files below a folder, then the folders from the deepest up. */
static bool remove_folder(Fs *fs, Str path) {
    Arena *arena = arena_new();
    FsList folders = {.arena = arena};
    fs_list_add(&folders, path, FS_FOLDER);
    bool is_removed = true;
    for (size_t i = 0; i < folders.count && is_removed; i++) {
        DiskPath at;
        DIR *stream = disk_path(fs, folders.entries[i].path, &at) ? opendir(at.text) : NULL;
        is_removed = stream != NULL;
        struct dirent *entry;
        while (is_removed && (entry = readdir(stream))) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            Str child = fs_join(folders.entries[i].path, str_from(entry->d_name), arena);
            is_removed = disk_path(fs, child, &at);
            if (is_removed && unlink(at.text) != 0) {
                is_removed = errno == EISDIR || errno == EPERM;
                fs_list_add(&folders, str_copy(arena, child), FS_FOLDER);
            }
        }
        if (stream)
            closedir(stream);
    }
    for (size_t i = folders.count; i > 0 && is_removed; i--) {
        DiskPath at;
        is_removed = disk_path(fs, folders.entries[i - 1].path, &at) && rmdir(at.text) == 0;
    }
    int reason = errno;
    arena_free(arena);
    errno = reason;
    return is_removed;
}

static bool disk_remove(Fs *fs, Str path, Str *why) {
    DiskPath at;
    struct stat status;
    if (!disk_path(fs, path, &at))
        return fail(why);
    if (lstat(at.text, &status) != 0)
        return errno == ENOENT || errno == ENOTDIR ? true : fail(why);
    bool is_removed = S_ISDIR(status.st_mode) ? remove_folder(fs, path) : unlink(at.text) == 0;
    return is_removed ? true : fail(why);
}

static const FsForm disk_form = {
    disk_kind,    disk_read,      disk_same,     disk_walk,       disk_create,
    disk_rename,  disk_exchange,  disk_link,     disk_remove,     fs_disk_replace,
    fs_disk_lock, fs_disk_unlock, fs_disk_claim, fs_disk_release,
};

Fs *fs_open_disk(Arena *arena, Str root) {
    Fs *fs = ARENA_NEW(arena, Fs);
    *fs = (Fs){
        .form = &disk_form, .arena = arena, .root = str_copy(arena, root.size ? root : STR("."))};
    return fs;
}

Fs *fs_open_project(Arena *arena, Str root) {
    Fs *fs = fs_open_disk(arena, root);
    fs->is_project = true;
    return fs;
}

Str fs_absolute_root(const Fs *fs, Arena *arena) {
    char *path = realpath(str_cstr(arena, fs->root), NULL);
    Str absolute = path ? str_copy(arena, str_from(path)) : STR("");
    free(path);
    return absolute;
}
