#include "base/ban.h"

#include "base/fs.h"

#include <assert.h>

#include "base/buf.h"
#include "base/fs_form.h"
#include "base/utf8.h"

Str fs_root(const Fs *fs) {
    return fs->root;
}

FsKind fs_kind(Fs *fs, Str path) {
    size_t size;
    return fs->form->kind(fs, path, &size);
}

bool fs_read(Fs *fs, Str path, size_t size_limit, Arena *arena, FsText *text) {
    text->stamp = (Stamp){0};
    return fs->form->read(fs, path, size_limit, arena, text);
}

bool fs_is_same(Fs *fs, Str path, Str content) {
    return fs->form->same(fs, path, content);
}

bool fs_may_read(FsKind kind, size_t size, size_t size_limit, Arena *arena, Str *why) {
    static const char *const reasons[] = {
        [FS_ABSENT] = "no such file",
        [FS_FOLDER] = "it is a folder",
        [FS_OUTSIDE] = "the link leaves the project",
        [FS_SPECIAL] = "it is not a regular file",
    };
    if (kind == FS_FILE && size <= size_limit)
        return true;
    *why = kind == FS_FILE ? str_format(arena, "larger than %zu KiB", size_limit >> 10)
                           : str_from(reasons[kind]);
    return false;
}

void fs_list_add(FsList *list, Str path, FsKind kind) {
    ARENA_RESERVE(list->arena, list->entries, list->count, list->capacity);
    list->entries[list->count++] = (FsEntry){path, kind};
}

static int entry_compare(const void *left, const void *right) {
    const FsEntry *a = left, *b = right;
    return str_compare(a->path, b->path);
}

bool fs_walk(Fs *fs, FsWalk walk, FsList *list, Str *why) {
    if (!fs->form->walk(fs, walk, list, why))
        return false;
    if (list->count)
        qsort(list->entries, list->count, sizeof *list->entries, entry_compare);
    return true;
}

bool fs_create(Fs *fs, Str path, Str content, Str *why) {
    Stamp ignored;
    return fs->form->create(fs, path, content, &ignored, why);
}

bool fs_create_stamped(Fs *fs, Str path, Str content, Stamp *stamp, Str *why) {
    return fs->form->create(fs, path, content, stamp, why);
}

/* What stands at `path` may go when a file takes its place. Root could rename one over /dev/null.
 */
static bool may_replace(Fs *fs, Str path, Str *why) {
    static const char *const reasons[] = {
        [FS_FOLDER] = "it is a folder",
        [FS_OUTSIDE] = "it is a link to another place",
        [FS_SPECIAL] = "it is not a regular file",
    };
    FsKind kind = fs_kind(fs, path);
    if (kind == FS_ABSENT || kind == FS_FILE)
        return true;
    *why = str_from(reasons[kind]);
    return false;
}

bool fs_write(Fs *fs, Str path, Str content, Str *why) {
    if (!may_replace(fs, path, why))
        return false;
    Str beside =
        fs_join(fs_folder_of(path),
                str_format(fs->arena, ".%.*s.docsgen", STR_FMT(fs_name_of(path))), fs->arena);
    if (!fs->form->remove(fs, beside, why) || !fs_create(fs, beside, content, why))
        return false;
    if (fs->form->rename(fs, beside, path, why))
        return true;
    Str ignored;
    fs->form->remove(fs, beside, &ignored);
    return false;
}

bool fs_replace(Fs *fs, const FsSwap *swaps, size_t count, Str *why) {
    assert(count <= FS_SWAPS_MAX);
    return fs->form->replace(fs, swaps, count, why);
}

bool fs_lock(Fs *fs, Str path, int *lock, Str *why) {
    return fs->form->lock(fs, path, lock, why);
}

void fs_unlock(Fs *fs, int lock) {
    fs->form->unlock(lock);
}

bool fs_claim(Fs *fs, Str path, FsWait wait, int *lock, Str *why) {
    return fs->form->claim(fs, path, wait, lock, why);
}

void fs_release(Fs *fs, Str path, int lock) {
    fs->form->release(fs, path, lock);
}

bool fs_move(Fs *fs, Str from, Str to, Str *why) {
    return fs->form->rename(fs, from, to, why);
}

bool fs_remove(Fs *fs, Str path, Str *why) {
    return fs->form->remove(fs, path, why);
}

bool fs_link(Fs *fs, Str from, Str to, Str *why) {
    return fs->form->link(fs, from, to, why);
}

bool fs_exchange(Fs *fs, Str from, Str to, Str *why) {
    if (fs_kind(fs, to) == FS_ABSENT)
        return fs->form->rename(fs, from, to, why);
    return fs->form->exchange(fs, from, to, why);
}

bool fs_resolve(Str base, Str path, Arena *arena, Str *resolved) {
    Buf buf = buf_new(arena);
    if (!str_starts_with(path, STR("/")))
        buf_add(&buf, base);
    for (Str rest = path; rest.data;) {
        Str part = str_cut(&rest, '/');
        if (part.size == 0 || str_equal(part, STR(".")))
            continue;
        if (!str_equal(part, STR(".."))) {
            if (buf.size)
                buf_add_char(&buf, '/');
            buf_add(&buf, part);
            continue;
        }
        if (buf.size == 0)
            return false;
        buf.size = fs_folder_of(buf_str(&buf)).size;
    }
    *resolved = buf_str(&buf);
    return true;
}

Str fs_find_fault(Str path) {
    if (utf8_find_invalid(path) != STR_NONE)
        return STR("its name is not UTF-8");
    for (size_t i = 0; i < path.size; i++)
        if ((unsigned char)path.data[i] < ' ' || path.data[i] == 0x7F)
            return STR("its name has control characters");
    for (Str rest = path; rest.data;)
        if (str_equal_nocase(str_cut(&rest, '/'), STR(".git")))
            return STR("it lies in .git");
    return (Str){NULL, 0};
}

Str fs_folder_of(Str path) {
    size_t slash = str_find_last(path, '/');
    return str_slice(path, 0, slash == STR_NONE ? 0 : slash);
}

Str fs_name_of(Str path) {
    size_t slash = str_find_last(path, '/');
    return str_from_offset(path, slash == STR_NONE ? 0 : slash + 1);
}

Str fs_shared_folder(Str from, Str path) {
    Str folder = fs_folder_of(from);
    while (folder.size && !(str_starts_with(path, folder) && path.size > folder.size &&
                            path.data[folder.size] == '/'))
        folder = fs_folder_of(folder);
    return str_slice(path, 0, folder.size ? folder.size + 1 : 0);
}

Str fs_join(Str folder, Str name, Arena *arena) {
    if (folder.size == 0)
        return name;
    if (name.size == 0)
        return folder;
    bool has_slash = folder.data[folder.size - 1] == '/';
    size_t start = folder.size + !has_slash, size = start + name.size;
    char *path = arena_bytes(arena, size + 1);
    memcpy(path, folder.data, folder.size);
    path[start - 1] = '/';
    memcpy(path + start, name.data, name.size);
    path[size] = '\0';
    return (Str){path, size};
}

Str fs_relative(Str from, Str to, Arena *arena) {
    Str folder = fs_folder_of(from);
    /* The common folders are dropped; every folder left over on the side of `from` is one step up.
     */
    size_t common = 0;
    for (size_t i = 0; i <= folder.size && i <= to.size; i++) {
        bool ends_from = i == folder.size || folder.data[i] == '/';
        bool ends_to = i < to.size && to.data[i] == '/';
        if (ends_from && ends_to && i > 0)
            common = i + 1;
        if (i == folder.size || i == to.size || folder.data[i] != to.data[i])
            break;
    }
    Buf buf = buf_new(arena);
    Str left = str_from_offset(folder, common);
    for (Str rest = left; rest.data && left.size;) {
        str_cut(&rest, '/');
        buf_add_text(&buf, "../");
    }
    buf_add(&buf, str_from_offset(to, common));
    return buf.size ? buf_str(&buf) : STR("./");
}
