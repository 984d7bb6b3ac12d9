#include "base/ban.h"

#include "publish/spare.h"

#include "base/archive.h"
#include "base/map.h"
#include "base/proof.h"
#include "publish/manifest.h"
#include "site/outputs.h"

#define RECORD_LIMIT ((size_t)1 << 30)

/* A folder of a site, as it was left. */
typedef struct Folder {
    Str path; /* in the site; "" is the site */
    Proof proof;
} Folder;

typedef struct Folders {
    Folder *items; /* the site itself first; none: nothing is known */
    size_t count, capacity;
} Folders;

struct Spare {
    SpareJob job;
    Folders output; /* as the last build left it */
    Folders other;  /* of the spare */
    Folders next;   /* of the site that this build makes */
    Str *changed;   /* files in which output and spare differ, or that only one has; but for the
                       list, which differs always */
    size_t changed_count;
};

/* --- the record --------------------------------------------------------------------------- */

static void archive_folders(Archive *archive, Folders *folders, Arena *arena) {
    archive_count(archive, &folders->count);
    if (archive_reads(archive))
        folders->items = ARENA_ARRAY(arena, Folder, folders->count + 1);
    for (size_t i = 0; i < folders->count; i++) {
        archive_str(archive, &folders->items[i].path);
        archive_proof(archive, &folders->items[i].proof);
    }
}

/* record = hash-of-list output spare count { changed } */
static void archive_record(Archive *archive, Spare *spare, Hash *list) {
    Arena *arena = spare->job.arena;
    archive_hash(archive, list);
    archive_folders(archive, &spare->output, arena);
    archive_folders(archive, &spare->other, arena);
    archive_count(archive, &spare->changed_count);
    if (archive_reads(archive))
        spare->changed = ARENA_ARRAY(arena, Str, spare->changed_count + 1);
    for (size_t i = 0; i < spare->changed_count; i++)
        archive_str(archive, &spare->changed[i]);
}

/* Does the site at `place` have the folders, each with the names that it had? */
static bool hold(const Spare *spare, const Folders *folders, Str place) {
    Arena *tmp = arena_new();
    bool do_hold = folders->count > 0;
    for (size_t i = 0; i < folders->count && do_hold; i++) {
        do_hold = proof_holds(spare->job.parent, fs_join(place, folders->items[i].path, tmp),
                              &folders->items[i].proof);
        arena_reset(tmp);
    }
    arena_free(tmp);
    return do_hold;
}

static bool read_record(Spare *spare, Str manifest) {
    const SpareJob *job = &spare->job;
    Str content;
    Hash list = {0};
    if (!cache_get(job->key, RECORD_LIMIT, job->arena, &content))
        return false;
    Archive archive = archive_from(content);
    archive_record(&archive, spare, &list);
    return !archive.is_bad && archive.in.size == 0 && hash_equal(list, hash_of(manifest)) &&
           hold(spare, &spare->output, job->name);
}

Spare *spare_open(const SpareJob *job, Str manifest) {
    Spare *spare = ARENA_NEW(job->arena, Spare);
    *spare = (Spare){.job = *job};
    if (!read_record(spare, manifest)) {
        *spare = (Spare){.job = *job};
        cache_drop_folder(job->key, job->arena);
    }
    return spare;
}

bool spare_knows_output(const Spare *spare) {
    return spare->output.count > 0;
}

Str spare_place(const Spare *spare) {
    Str place = cache_place(spare->job.key, spare->job.arena);
    bool is_there = spare->other.count && place.size &&
                    stamp_of(str_cstr(spare->job.arena, place)).inode ==
                        spare->other.items[0].proof.stamp.inode;
    return is_there ? place : STR("");
}

void spare_drop(const CacheKey *key, Arena *arena) {
    cache_drop(key, arena);
    cache_drop_folder(key, arena);
}

/* --- what stands there -------------------------------------------------------------------- */

static void add_folder(const Spare *spare, Folders *folders, Str path) {
    ARENA_RESERVE(spare->job.arena, folders->items, folders->count, folders->capacity);
    folders->items[folders->count++] = (Folder){.path = path};
}

void spare_see(Spare *spare, const FsList *folders, int64_t since) {
    spare->output = (Folders){0};
    for (size_t i = 0; i < folders->count; i++) {
        Str path = folders->entries[i].path;
        add_folder(spare, &spare->output, str_from_offset(path, spare->job.name.size + (i > 0)));
        Proof proof = proof_take(spare->job.parent, path, since);
        spare->output.items[i].proof = proof;
        if (proof.stamp.inode && !proof.has_hash)
            continue;
        spare->output.count = 0;
        return;
    }
}

/* The folders that a site of these outputs has, as keys. */
static Map *folders_of(const Outputs *outputs, Arena *arena) {
    Map *folders = map_new(arena);
    map_put(folders, STR(""), folders);
    Str last = STR("");
    for (size_t i = 0; i < outputs->count; i++) {
        Str path = fs_folder_of(outputs->items[i].path);
        if (str_equal(path, last))
            continue;
        for (Str at = last = path; !map_find(folders, at); at = fs_folder_of(at))
            map_put(folders, at, folders);
    }
    return folders;
}

void spare_note(Spare *spare, const Outputs *outputs, Str from) {
    Arena *arena = spare->job.arena;
    Map *folders = folders_of(outputs, arena);
    int64_t now = stamp_now();
    spare->next = (Folders){0};
    for (size_t i = 0; i < map_count(folders); i++) {
        Str path = map_key(folders, i);
        add_folder(spare, &spare->next, path);
        spare->next.items[i].proof = proof_take(spare->job.parent, fs_join(from, path, arena), now);
    }
}

/* --- taking turns ------------------------------------------------------------------------- */

bool spare_take(Spare *spare, Str to) {
    const SpareJob *job = &spare->job;
    Str why;
    if (spare_place(spare).size == 0 ||
        !cache_take_folder(job->key, fs_join(fs_root(job->parent), to, job->arena), job->arena))
        return false;
    if (hold(spare, &spare->other, to))
        return true;
    (void)fs_remove(job->parent, to, &why);
    return false;
}

/* One file that is in the spare as it was in the site before the last. */
static bool renew_file(const Spare *spare, const SpareChange *change, Str path, Str to, Str *why) {
    Fs *parent = spare->job.parent;
    Arena *tmp = arena_new();
    const Output *output = outputs_find(change->outputs, path);
    bool is_done = true;
    /* What was written takes the place of what is there. */
    if (!output || !change->is_written[output - change->outputs->items])
        is_done = fs_remove(parent, fs_join(to, path, tmp), why) &&
                  (!output || fs_link(parent, fs_join(spare->job.name, path, tmp),
                                      fs_join(to, path, tmp), why));
    arena_free(tmp);
    return is_done;
}

static bool move_file(const Spare *spare, const SpareChange *change, Str path, Str to, Str *why) {
    Arena *tmp = arena_new();
    bool is_done =
        fs_move(spare->job.parent, fs_join(change->fresh, path, tmp), fs_join(to, path, tmp), why);
    arena_free(tmp);
    return is_done;
}

/* Folders that nothing is in any more go first, with what is in them: a file may take the name. */
bool spare_renew(const Spare *spare, const SpareChange *change, Str to, Str *why) {
    const Outputs *outputs = change->outputs;
    const Folders *folders = &spare->other;
    Arena *arena = spare->job.arena;
    Map *wanted = folders_of(outputs, arena);
    bool is_done = true;
    for (size_t i = 0; i < folders->count && is_done; i++)
        if (!map_find(wanted, folders->items[i].path))
            is_done = fs_remove(spare->job.parent, fs_join(to, folders->items[i].path, arena), why);
    for (size_t i = 0; i < change->removed_count && is_done; i++)
        is_done = renew_file(spare, change, change->removed[i], to, why);
    for (size_t i = 0; i < spare->changed_count && is_done; i++)
        is_done = renew_file(spare, change, spare->changed[i], to, why);
    for (size_t i = 0; i < outputs->count && is_done; i++)
        if (change->is_written[i])
            is_done = move_file(spare, change, outputs->items[i].path, to, why);
    return is_done && move_file(spare, change, MANIFEST_NAME, to, why);
}

/* The site that was the output is not worth being kept when more than half of it has changed, for
 * to bring it up to date would take longer than to begin anew; or when somebody gave its folders
 * other rights than those that are made now. */
static bool is_worth_keeping(const Spare *spare, const SpareChange *change) {
    const Folders *folders = &spare->output;
    bool is_worth = folders->count && spare->changed_count <= change->outputs->count / 2;
    for (size_t i = 0; i < folders->count && is_worth; i++)
        is_worth = folders->items[i].proof.stamp.mode == spare->next.items[0].proof.stamp.mode;
    return is_worth;
}

static void note_changes(Spare *spare, const SpareChange *change) {
    const Outputs *outputs = change->outputs;
    spare->changed = ARENA_ARRAY(spare->job.arena, Str, outputs->count + change->removed_count + 1);
    spare->changed_count = 0;
    for (size_t i = 0; i < change->removed_count; i++)
        spare->changed[spare->changed_count++] = change->removed[i];
    for (size_t i = 0; i < outputs->count; i++)
        if (change->is_written[i])
            spare->changed[spare->changed_count++] = outputs->items[i].path;
}

bool spare_keep(Spare *spare, const SpareChange *change, Str from) {
    const SpareJob *job = &spare->job;
    Str place = fs_join(fs_root(job->parent), from, job->arena);
    note_changes(spare, change);
    bool is_kept =
        is_worth_keeping(spare, change) && cache_keep_folder(job->key, place, job->arena);
    if (!is_kept)
        cache_drop_folder(job->key, job->arena);
    spare->other = is_kept ? spare->output : (Folders){0};
    spare->output = spare->next;
    spare->changed_count = is_kept ? spare->changed_count : 0;
    Hash list = hash_of(change->manifest);
    Buf out = buf_new(job->arena);
    cache_begin(job->key, &out);
    Archive archive = archive_to(&out);
    archive_record(&archive, spare, &list);
    cache_end(job->key, &out);
    return is_kept;
}
