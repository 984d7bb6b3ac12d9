#include "base/ban.h"

#include "base/fs_form.h"
#include "base/map.h"

/* A file; removed ones keep their place in the map with `is_there` false. */
typedef struct MemoryFile {
    Str content;
    bool is_there;
} MemoryFile;

static MemoryFile *memory_find(Fs *fs, Str path) {
    MemoryFile *file = map_find(fs->state, path);
    return file && file->is_there ? file : NULL;
}

static bool is_below(Str path, Str folder) {
    return folder.size == 0 || (str_starts_with(path, folder) && path.size > folder.size &&
                                path.data[folder.size] == '/');
}

static FsKind memory_kind(Fs *fs, Str path, size_t *size) {
    *size = 0;
    MemoryFile *file = memory_find(fs, path);
    if (file) {
        *size = file->content.size;
        return FS_FILE;
    }
    const Map *files = fs->state;
    for (size_t i = 0; i < map_count(files); i++)
        if (((MemoryFile *)map_value(files, i))->is_there && is_below(map_key(files, i), path))
            return FS_FOLDER;
    return path.size == 0 ? FS_FOLDER : FS_ABSENT;
}

static bool memory_read(Fs *fs, Str path, size_t size_limit, Arena *arena, FsText *text) {
    size_t size;
    FsKind kind = memory_kind(fs, path, &size);
    if (!fs_may_read(kind, size, size_limit, arena, &text->why))
        return false;
    text->content = str_copy(arena, memory_find(fs, path)->content);
    return true;
}

static bool memory_walk(Fs *fs, FsWalk walk, FsList *list, Str *why) {
    (void)why;
    const Map *files = fs->state;
    for (size_t i = 0; i < map_count(files); i++) {
        Str path = map_key(files, i);
        const MemoryFile *file = map_value(files, i);
        bool is_hidden =
            str_starts_with(path, STR(".")) || str_find(path, STR("/."), 0) != STR_NONE;
        if (file->is_there && is_below(path, walk.folder) &&
            !(walk.skip.size && is_below(path, walk.skip)) && (walk.with_hidden || !is_hidden))
            fs_list_add(list, path, FS_FILE);
    }
    return true;
}

static bool memory_same(Fs *fs, Str path, Str content) {
    const MemoryFile *file = memory_find(fs, path);
    return file && str_equal(file->content, content);
}

static bool memory_create(Fs *fs, Str path, Str content, Stamp *stamp, Str *why) {
    *stamp = (Stamp){0};
    if (memory_find(fs, path)) {
        *why = STR("File exists");
        return false;
    }
    MemoryFile *file = ARENA_NEW(fs->arena, MemoryFile);
    *file = (MemoryFile){str_copy(fs->arena, content), true};
    map_put(fs->state, str_copy(fs->arena, path), file);
    return true;
}

static bool memory_remove(Fs *fs, Str path, Str *why) {
    (void)why;
    const Map *files = fs->state;
    for (size_t i = 0; i < map_count(files); i++)
        if (str_equal(map_key(files, i), path) || is_below(map_key(files, i), path))
            ((MemoryFile *)map_value(files, i))->is_there = false;
    return true;
}

static bool memory_link(Fs *fs, Str from, Str to, Str *why) {
    MemoryFile *file = memory_find(fs, from);
    if (!file) {
        *why = STR("No such file or directory");
        return false;
    }
    return fs_create(fs, to, file->content, why);
}

/* Moves a file or everything below a folder. */
static bool memory_rename(Fs *fs, Str from, Str to, Str *why) {
    Map *files = fs->state;
    if (!memory_remove(fs, to, why))
        return false;
    size_t count = map_count(files);
    for (size_t i = 0; i < count; i++) {
        Str path = map_key(files, i);
        MemoryFile *file = map_value(files, i);
        if (!file->is_there || !(str_equal(path, from) || is_below(path, from)))
            continue;
        Str moved = str_format(fs->arena, "%.*s%.*s", STR_FMT(to),
                               STR_FMT(str_from_offset(path, from.size)));
        if (!fs_create(fs, moved, file->content, why))
            return false;
        file->is_there = false;
    }
    return true;
}

static bool memory_exchange(Fs *fs, Str from, Str to, Str *why) {
    Str aside = STR(".docsgen-exchange");
    return memory_rename(fs, to, aside, why) && memory_rename(fs, from, to, why) &&
           memory_rename(fs, aside, from, why);
}

static bool memory_replace(Fs *fs, const FsSwap *swaps, size_t count, Str *why) {
    for (size_t i = 0; i < count; i++) {
        MemoryFile *file = memory_find(fs, swaps[i].path);
        if (file && str_equal(file->content, swaps[i].expected))
            continue;
        *why = STR("it was changed meanwhile; nothing is written, run the command again");
        return false;
    }
    for (size_t i = 0; i < count; i++)
        memory_find(fs, swaps[i].path)->content = str_copy(fs->arena, swaps[i].content);
    return true;
}

/* Nobody else can see this memory. */
static bool memory_lock(Fs *fs, Str path, int *lock, Str *why) {
    (void)fs, (void)path, (void)why;
    *lock = -1;
    return true;
}

static void memory_unlock(int lock) {
    (void)lock;
}

static bool memory_claim(Fs *fs, Str path, FsWait wait, int *lock, Str *why) {
    (void)wait; /* nobody else is here */
    return memory_lock(fs, path, lock, why);
}

static void memory_release(Fs *fs, Str path, int lock) {
    (void)fs, (void)path, (void)lock;
}

static const FsForm memory_form = {
    memory_kind,   memory_read,     memory_same,  memory_walk,    memory_create,
    memory_rename, memory_exchange, memory_link,  memory_remove,  memory_replace,
    memory_lock,   memory_unlock,   memory_claim, memory_release,
};

Fs *fs_open_memory(Arena *arena) {
    Fs *fs = ARENA_NEW(arena, Fs);
    *fs =
        (Fs){.form = &memory_form, .arena = arena, .root = STR("memory"), .state = map_new(arena)};
    return fs;
}
