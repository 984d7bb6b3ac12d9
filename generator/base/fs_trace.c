#include "base/ban.h"

#include "base/fs_trace.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sys/stat.h>

#include "base/fs_form.h"
#include "base/map.h"
#include "base/proof.h"

typedef struct Trace {
    Fs *inner;
    Arena *arena;
    pthread_mutex_t lock;
    Map *index; /* path -> index of its sight, plus one */
    Sights sights;
} Trace;

/* The sight of a path, made at the first mention. */
static Sight *list_sight(Trace *trace, Str path) {
    uintptr_t found = (uintptr_t)map_find(trace->index, path);
    if (found)
        return &trace->sights.items[found - 1];
    Sights *sights = &trace->sights;
    ARENA_RESERVE(trace->arena, sights->items, sights->count, sights->capacity);
    Sight *sight = &sights->items[sights->count++];
    *sight = (Sight){.path = str_copy(trace->arena, path), .is_listed = true};
    map_put(trace->index, sight->path, (void *)(uintptr_t)sights->count);
    return sight;
}

/* Takes the stamp at the first look; `since` is the time before that look. */
static void stamp_sight(const Trace *trace, Sight *sight, int64_t since) {
    if (!sight->is_listed)
        return;
    sight->is_listed = false;
    sight->stamp = proof_stamp(trace->inner, sight->path);
    sight->is_fresh = stamp_is_fresh(&sight->stamp, since);
}

static Sight *sight_of(Trace *trace, Str path, int64_t since) {
    Sight *sight = list_sight(trace, path);
    stamp_sight(trace, sight, since);
    return sight;
}

static void look(Trace *trace, Str path) {
    pthread_mutex_lock(&trace->lock);
    sight_of(trace, path, stamp_now());
    pthread_mutex_unlock(&trace->lock);
}

/* The first look was that of whoever read the file. Where nothing comes of that, a stamp is taken
 * when it is too late: what was read says more than it. */
static void stamp_read(const Trace *trace, Sight *sight, const Stamp *stamp, int64_t since) {
    if (!sight->is_listed)
        return;
    bool is_there = stamp->inode != 0;
    sight->is_listed = false;
    sight->stamp = is_there ? *stamp : proof_stamp(trace->inner, sight->path);
    sight->is_fresh = is_there ? stamp_is_fresh(stamp, since) : sight->stamp.inode != 0;
}

static FsKind trace_kind(Fs *fs, Str path, size_t *size) {
    Trace *trace = fs->state;
    look(trace, path);
    return trace->inner->form->kind(trace->inner, path, size);
}

/* The content is hashed as it was read: a file that is merely touched stays the same. */
static bool trace_read(Fs *fs, Str path, size_t size_limit, Arena *arena, FsText *text) {
    Trace *trace = fs->state;
    int64_t since = stamp_now();
    bool is_read = trace->inner->form->read(trace->inner, path, size_limit, arena, text);
    pthread_mutex_lock(&trace->lock);
    Sight *sight = list_sight(trace, path);
    stamp_read(trace, sight, &text->stamp, since);
    if (is_read && !sight->has_hash) {
        sight->hash = hash_of(text->content);
        sight->has_hash = true;
    }
    pthread_mutex_unlock(&trace->lock);
    return is_read;
}

/* Names are added up, so that their order does not matter. */
static void add_name(Hash *hash, Str name, bool is_folder) {
    Hash one = hash_add_number(hash_of(name), is_folder);
    hash->low += one.low;
    hash->high += one.high;
}

/* `own` begins the paths of what docsgen makes; empty: of nothing. */
static void note_names(Trace *trace, const FsList *list, bool are_folders, Str own) {
    for (size_t i = 0; i < list->count; i++) {
        Str path = list->entries[i].path;
        if (path.size == 0 || (own.size && str_starts_with(path, own)))
            continue;
        uintptr_t found = (uintptr_t)map_find(trace->index, fs_folder_of(path));
        if (found)
            add_name(&trace->sights.items[found - 1].hash, fs_name_of(path), are_folders);
    }
}

/* A folder that was walked before keeps its first sight. */
static bool trace_walk(Fs *fs, FsWalk walk, FsList *list, Str *why) {
    Trace *trace = fs->state;
    int64_t since = stamp_now();
    size_t before = list->count;
    FsList own = {.arena = list->arena}, *folders = walk.folders ? walk.folders : &own;
    walk.folders = folders;
    bool is_walked = trace->inner->form->walk(trace->inner, walk, list, why);
    pthread_mutex_lock(&trace->lock);
    FsList news = {.arena = list->arena};
    bool is_known = false;
    for (size_t i = 0; i < folders->count; i++) {
        Sight *sight = sight_of(trace, folders->entries[i].path, since);
        is_known = is_known || sight->has_hash;
        sight->has_hash = true;
        if (i > 0)
            fs_list_add(&news, folders->entries[i].path, FS_FOLDER);
    }
    if (!is_known) {
        FsList added = {.entries = list->entries + before, .count = list->count - before};
        note_names(trace, &added, false, walk.skip);
        note_names(trace, &news, true, walk.skip);
    }
    if (!is_walked)
        sight_of(trace, walk.folder, since)->is_fresh = true;
    for (size_t i = before; i < list->count; i++)
        list_sight(trace, list->entries[i].path);
    pthread_mutex_unlock(&trace->lock);
    return is_walked;
}

static const FsForm trace_form = {.kind = trace_kind, .read = trace_read, .walk = trace_walk};

Fs *fs_open_trace(Fs *inner, Arena *arena) {
    Trace *trace = ARENA_NEW(arena, Trace);
    *trace = (Trace){.inner = inner, .arena = arena, .index = map_new(arena)};
    pthread_mutex_init(&trace->lock, NULL);
    Fs *fs = ARENA_NEW(arena, Fs);
    *fs = *inner;
    fs->form = &trace_form;
    fs->state = trace;
    return fs;
}

const Sights *fs_trace_sights(const Fs *fs) {
    Trace *trace = fs->state;
    for (size_t i = 0; i < trace->sights.count; i++)
        stamp_sight(trace, &trace->sights.items[i], stamp_now());
    return &trace->sights;
}

static Sight *find(const Fs *fs, Str path) {
    const Trace *trace = fs->state;
    uintptr_t found = fs->form == &trace_form ? (uintptr_t)map_find(trace->index, path) : 0;
    if (!found)
        return NULL;
    Sight *sight = &trace->sights.items[found - 1];
    stamp_sight(trace, sight, stamp_now());
    return sight;
}

const Sight *fs_trace_find(const Fs *fs, Str path) {
    return find(fs, path);
}

bool fs_trace_is_known(Fs *fs, Str path, const Sight *known) {
    Sight *sight = find(fs, path);
    bool is_same = sight && known->has_hash && !known->is_fresh && known->stamp.inode &&
                   stamp_equal(&sight->stamp, &known->stamp) && S_ISREG((mode_t)sight->stamp.mode);
    if (!is_same)
        return false;
    sight->hash = known->hash;
    return sight->has_hash = true;
}

static int sight_compare(const void *left, const void *right) {
    const Sight *a = left, *b = right;
    return str_compare(a->path, b->path);
}

/* Times and inodes are of one machine, the order of one run. Of a folder only that it is one
 * counts: what was taken from it is seen itself. */
Hash fs_trace_hash(const Fs *fs, Arena *arena) {
    const Sights *sights = fs_trace_sights(fs);
    Sight *sorted = ARENA_ARRAY(arena, Sight, sights->count + 1);
    for (size_t i = 0; i < sights->count; i++)
        sorted[i] = sights->items[i];
    if (sights->count)
        qsort(sorted, sights->count, sizeof *sorted, sight_compare);
    Hash hash = hash_add_number((Hash){0}, sights->count);
    for (size_t i = 0; i < sights->count; i++) {
        mode_t mode = (mode_t)sorted[i].stamp.mode;
        hash = hash_add_number(hash_add(hash, sorted[i].path), mode & S_IFMT);
        if (!S_ISDIR(mode) && sorted[i].has_hash)
            hash = hash_add_hash(hash, sorted[i].hash);
    }
    return hash;
}

/* The names in a folder as note_names adds them up. False when it cannot be read. */
static bool hash_names(const Fs *fs, Str folder, Str own, Hash *hash) {
    char text[PATH_MAX];
    Arena *arena = arena_new();
    int size = snprintf(text, sizeof text, "%.*s%s%.*s", STR_FMT(fs->root), folder.size ? "/" : "",
                        STR_FMT(folder));
    DIR *stream = size > 0 && (size_t)size < sizeof text ? opendir(text) : NULL;
    struct dirent *entry;
    while (stream && (entry = readdir(stream))) {
        Str name = str_from(entry->d_name), path = fs_join(folder, name, arena);
        bool is_own = own.size && str_starts_with(path, own);
        if (name.data[0] == '.' || is_own)
            continue;
        struct stat status;
        if (fstatat(dirfd(stream), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
            add_name(hash, name, S_ISDIR(status.st_mode));
    }
    if (stream)
        closedir(stream);
    arena_free(arena);
    return stream != NULL;
}

bool sight_is_sure(const Sight *sight) {
    return !sight->is_fresh || sight->has_hash || S_ISDIR((mode_t)sight->stamp.mode);
}

/* Of a folder that was not walked only that it is one was seen. */
bool sight_holds(Fs *fs, const Sight *sight, Str own) {
    Stamp now = proof_stamp(fs, sight->path);
    bool is_alike = now.mode == sight->stamp.mode && now.link == sight->stamp.link;
    if (stamp_equal(&now, &sight->stamp) && !sight->is_fresh)
        return true;
    if (!sight->has_hash || !is_alike)
        return is_alike && S_ISDIR((mode_t)now.mode);
    Hash hash = {0};
    bool is_hashed = S_ISDIR((mode_t)now.mode)
                         ? hash_names(fs, sight->path, own, &hash)
                         : now.inode && proof_hash(fs, sight->path, SIZE_MAX, &hash);
    return is_hashed && hash_equal(hash, sight->hash);
}

void archive_sight(Archive *archive, Sight *sight) {
    archive_str(archive, &sight->path);
    archive_stamp(archive, &sight->stamp);
    archive_bool(archive, &sight->is_fresh);
    archive_bool(archive, &sight->has_hash);
    if (sight->has_hash)
        archive_hash(archive, &sight->hash);
}
