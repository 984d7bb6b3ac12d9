#include "base/ban.h"

#include "publish/write.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/stamp.h"
#include "publish/manifest.h"

#define MOST_IN_SIGHT 1024 /* outputs whose content is in memory */

/* What one thread has done. */
typedef struct Lane {
    Arena *arena; /* as long as the writer */
    Arena *tmp;   /* one file */
    Str *kept;    /* files that the old site has already */
    size_t kept_count, kept_capacity;
    size_t written;
    Str why; /* of the first failure; nothing is written after it */
} Lane;

/* Everything one run knows. */
struct Writer {
    const WriteJob *job;
    WriteResult *result;
    Arena *arena;
    Str fresh; /* the folder that is built beside the old one */
    FsList old;
    int lock;           /* of the place */
    bool has_old;       /* and what is in it may be taken over */
    Map *written_by_us; /* paths in the old manifest */
    Map *wanted;        /* paths of the new site */
    const Outputs *outputs;
    Lane *lanes; /* one for each thread */
    unsigned lane_count;
    Str *kept; /* of all lanes */
    size_t kept_count;
};

static bool fail(Writer *writer, Str path, Str why) {
    writer->result->why =
        str_format(writer->job->arena, "cannot write \"%.*s\": %.*s", STR_FMT(path), STR_FMT(why));
    return false;
}

static void fail_lane(Lane *lane, const char *verb, Str path, Str why) {
    lane->why =
        str_format(lane->arena, "cannot %s \"%.*s\": %.*s", verb, STR_FMT(path), STR_FMT(why));
}

static Str in_old(const Writer *writer, Str path, Arena *arena) {
    return fs_join(writer->job->name, path, arena);
}

static bool is_same(const Writer *writer, Str place, Str content, Arena *tmp) {
    FsText old;
    return writer->has_old && fs_read(writer->job->parent, place, content.size, tmp, &old) &&
           str_equal(old.content, content);
}

static void keep_file(Lane *lane, Str path) {
    ARENA_RESERVE(lane->arena, lane->kept, lane->kept_count, lane->kept_capacity);
    lane->kept[lane->kept_count++] = str_copy(lane->arena, path);
}

static void put_file(Writer *writer, Lane *lane, Str path, Str content) {
    Str why, place = in_old(writer, path, lane->tmp);
    if (is_same(writer, place, content, lane->tmp)) {
        keep_file(lane, path);
        return;
    }
    lane->written++;
    if (!fs_create(writer->job->parent, fs_join(writer->fresh, path, lane->tmp), content, &why))
        fail_lane(lane, "write", place, why);
}

void write_put(Writer *writer, unsigned worker, Str path, Str content) {
    Lane *lane = &writer->lanes[worker];
    if (lane->why.size)
        return;
    put_file(writer, lane, path, content);
    arena_reset(lane->tmp);
}

void write_keep(Writer *writer, unsigned worker, Str path) {
    keep_file(&writer->lanes[worker], path);
}

/* An output that was not put yet; copies are read now, one at a time. */
static void put_output(void *context, size_t index, unsigned worker) {
    Writer *writer = context;
    const Output *output = &writer->outputs->items[index];
    Lane *lane = &writer->lanes[worker];
    if (index % MOST_IN_SIGHT == 0)
        spill_rest(writer->job->spill);
    if (output->is_put || lane->why.size)
        return;
    if (output->is_kept) {
        keep_file(lane, output->path);
        return;
    }
    FsText text = {.content = output->content};
    bool is_read = output->copy_of.size == 0 || fs_read(writer->job->project, output->copy_of,
                                                        LIMIT_ASSET_SIZE, lane->tmp, &text);
    if (is_read)
        put_file(writer, lane, output->path, text.content);
    else
        fail_lane(lane, "read", output->copy_of, text.why);
    arena_reset(lane->tmp);
}

/* What the threads did comes together. False after a failure of any of them. */
static bool join_lanes(Writer *writer) {
    WriteResult *result = writer->result;
    for (unsigned i = 0; i < writer->lane_count; i++) {
        result->written += writer->lanes[i].written;
        result->kept += writer->lanes[i].kept_count;
        if (result->why.size == 0 && writer->lanes[i].why.size)
            result->why = str_copy(writer->job->arena, writer->lanes[i].why);
    }
    writer->kept = ARENA_ARRAY(writer->arena, Str, result->kept + 1);
    for (unsigned i = 0; i < writer->lane_count; i++)
        for (size_t k = 0; k < writer->lanes[i].kept_count; k++)
            writer->kept[writer->kept_count++] = writer->lanes[i].kept[k];
    return result->why.size == 0;
}

static void link_kept(void *context, size_t index, unsigned worker) {
    Writer *writer = context;
    Lane *lane = &writer->lanes[worker];
    if (lane->why.size)
        return;
    Str why, place = in_old(writer, writer->kept[index], lane->tmp);
    if (!fs_link(writer->job->parent, place, fs_join(writer->fresh, writer->kept[index], lane->tmp),
                 &why))
        fail_lane(lane, "write", place, why);
    arena_reset(lane->tmp);
}

static bool link_all(Writer *writer) {
    pool_run(writer->lane_count, writer->kept_count, link_kept, writer);
    for (unsigned i = 0; i < writer->lane_count && writer->result->why.size == 0; i++)
        if (writer->lanes[i].why.size)
            writer->result->why = str_copy(writer->job->arena, writer->lanes[i].why);
    return writer->result->why.size == 0;
}

static bool put_manifest(Writer *writer) {
    Str why, manifest = manifest_render(writer->outputs, writer->arena);
    Str place = fs_join(writer->fresh, MANIFEST_NAME, writer->arena);
    return fs_create(writer->job->parent, place, manifest, &why)
               ? true
               : fail(writer, in_old(writer, MANIFEST_NAME, writer->arena), why);
}

/* Files that somebody else put into the output folder move along: a CNAME, the .git of a worktree.
 */
static bool keep_foreign(Writer *writer) {
    const FsList *old = &writer->old;
    for (size_t i = 0; i < old->count; i++) {
        Str below = str_from_offset(old->entries[i].path, writer->job->name.size + 1), why;
        bool is_ours = map_find(writer->written_by_us, below) != NULL;
        bool is_wanted = map_find(writer->wanted, below) != NULL;
        writer->result->removed += is_ours && !is_wanted;
        if (is_ours || is_wanted || old->entries[i].kind != FS_FILE || writer->job->is_clean)
            continue;
        Str place = fs_join(writer->fresh, below, writer->arena);
        if (!fs_link(writer->job->parent, old->entries[i].path, place, &why))
            return fail(writer, old->entries[i].path, why);
    }
    return true;
}

/* Of several runs at once each waits for the one before, or they would write into one folder. */
static bool claim(Writer *writer) {
    Str why;
    return fs_claim(writer->job->parent, writer->job->name, &writer->lock, &why)
               ? true
               : fail(writer, writer->job->name, why);
}

static uint64_t inode_of(const Writer *writer, Str folder) {
    Str path = fs_join(fs_root(writer->job->parent), folder, writer->arena);
    return stamp_of(str_cstr(writer->arena, path)).inode;
}

/* What stands in the old folder. False when it was not made by docsgen: then it is not ours to
 * replace. */
static bool list_old(Writer *writer) {
    const WriteJob *job = writer->job;
    FsList *old = &writer->old;
    Str why;
    FsKind kind = fs_kind(job->parent, job->name);
    if (kind == FS_ABSENT)
        return true;
    if (kind != FS_FOLDER)
        return fail(writer, job->name, STR("there is something that is no folder"));
    writer->result->folder = inode_of(writer, job->name);
    if (!fs_walk(job->parent, (FsWalk){.folder = job->name, .with_hidden = true}, old, &why))
        return fail(writer, job->name, why);
    writer->has_old = !job->is_clean;
    FsText manifest;
    if (fs_read(job->parent, in_old(writer, MANIFEST_NAME, writer->arena), LIMIT_ASSET_SIZE,
                writer->arena, &manifest)) {
        manifest_parse(manifest.content, writer->written_by_us, writer->arena);
        map_put(writer->written_by_us, MANIFEST_NAME, writer);
        return true;
    }
    for (size_t i = 0; i < old->count; i++)
        if (!str_starts_with(fs_name_of(old->entries[i].path), STR(".")))
            return fail(
                writer, job->name,
                STR("the folder holds files that docsgen did not write; empty it or choose another with -o"));
    return true;
}

static Writer *writer_new(const WriteJob *job, WriteResult *result) {
    Arena *arena = arena_new();
    Writer *writer = ARENA_NEW(arena, Writer);
    *writer =
        (Writer){.job = job, .result = result, .arena = arena, .old = {.arena = arena}, .lock = -1};
    *result = (WriteResult){0};
    writer->fresh = str_format(arena, "%.*s.docsgen-new", STR_FMT(job->name));
    writer->written_by_us = map_new(arena);
    writer->lane_count = job->worker_count ? job->worker_count : 1;
    writer->lanes = ARENA_ARRAY(arena, Lane, writer->lane_count);
    for (unsigned i = 0; i < writer->lane_count; i++)
        writer->lanes[i] = (Lane){.arena = arena_new(), .tmp = arena_new()};
    return writer;
}

static void writer_free(Writer *writer) {
    fs_release(writer->job->parent, writer->job->name, writer->lock);
    for (unsigned i = 0; i < writer->lane_count; i++) {
        arena_free(writer->lanes[i].arena);
        arena_free(writer->lanes[i].tmp);
    }
    arena_free(writer->arena); /* the writer lies in it */
}

Writer *write_open(const WriteJob *job, WriteResult *result) {
    Writer *writer = writer_new(job, result);
    Str why;
    bool is_ready = claim(writer) && list_old(writer);
    /* A killed run may have left its folder behind. */
    if (is_ready && !fs_remove(job->parent, writer->fresh, &why))
        is_ready = fail(writer, writer->fresh, why);
    if (is_ready)
        return writer;
    writer_free(writer);
    return NULL;
}

Str write_folder(const Writer *writer) {
    return writer->fresh;
}

/* Does the old folder hold exactly the new site already? Then nothing is touched, and times of
 * change stay. */
static bool is_unchanged(const Writer *writer) {
    return writer->has_old && writer->result->written == 0 &&
           map_count(writer->written_by_us) == writer->outputs->count + 1;
}

static bool replace_old(Writer *writer) {
    const WriteJob *job = writer->job;
    Str why;
    writer->wanted = map_new(writer->arena);
    for (size_t i = 0; i < writer->outputs->count; i++)
        map_put(writer->wanted, writer->outputs->items[i].path, writer);
    map_put(writer->wanted, MANIFEST_NAME, writer);
    if (!link_all(writer) || !put_manifest(writer) || !keep_foreign(writer))
        return false;
    writer->result->folder = inode_of(writer, writer->fresh);
    return fs_exchange(job->parent, writer->fresh, job->name, &why) ? true
                                                                    : fail(writer, job->name, why);
}

bool write_close(Writer *writer, const Outputs *outputs) {
    Str why;
    writer->outputs = outputs;
    pool_run(writer->lane_count, outputs->count, put_output, writer);
    bool is_written = join_lanes(writer);
    if (is_written && !is_unchanged(writer))
        is_written = replace_old(writer);
    /* Now the old site lies here; after a failure the unfinished new one does. */
    if (!fs_remove(writer->job->parent, writer->fresh, &why) && is_written)
        is_written = fail(writer, writer->fresh, why);
    writer_free(writer);
    return is_written;
}

void write_abandon(Writer *writer) {
    Str ignored;
    fs_remove(writer->job->parent, writer->fresh, &ignored);
    writer_free(writer);
}

bool write_site(const WriteJob *job, const Outputs *outputs, WriteResult *result) {
    Writer *writer = write_open(job, result);
    return writer && write_close(writer, outputs);
}

bool write_remove(const WriteJob *job, WriteResult *result) {
    Writer *writer = writer_new(job, result);
    Str why;
    bool is_removed = claim(writer) && list_old(writer);
    result->removed = writer->old.count;
    if (is_removed &&
        !(fs_remove(job->parent, job->name, &why) && fs_remove(job->parent, writer->fresh, &why)))
        is_removed = fail(writer, job->name, why);
    writer_free(writer);
    return is_removed;
}
