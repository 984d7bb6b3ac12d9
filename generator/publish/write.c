#include "base/ban.h"

#include "publish/write.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/stamp.h"
#include "publish/manifest.h"
#include "publish/spare.h"
#include "site/outputs.h"

#define MOST_IN_SIGHT 1024 /* outputs whose content is in memory */

/* What one thread has done. */
typedef struct Lane {
    Arena *arena; /* as long as the writer */
    Arena *tmp;   /* one file */
    Str *written; /* files that the old site has not, or not so; all others it has */
    size_t written_count, written_capacity;
    Str why; /* of the first failure; nothing is written after it */
} Lane;

/* Everything one run knows. */
struct Writer {
    const WriteJob *job;
    WriteResult *result;
    Arena *arena;
    Str fresh;    /* the folder that is built beside the old one */
    Str aside;    /* where the spare is brought up to date */
    FsList old;   /* what is in the output; nothing when that is known */
    Str manifest; /* of the output; without data when it has none */
    Spare *spare; /* NULL: the job wants none */
    bool has_foreign;
    int lock;     /* of the place */
    bool has_old; /* and what is in it may be taken over */
    const Outputs *outputs;
    Lane *lanes; /* one for each thread */
    unsigned lane_count;
    bool *is_written; /* by output */
    Str *removed;     /* files of the old manifest that the new site has not */
    size_t removed_count;
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

/* Gives the stamp of the file; none of one that stands. */
static Stamp put_file(Writer *writer, Lane *lane, Str path, Str content) {
    Stamp stamp = {0};
    Str why, place = in_old(writer, path, lane->tmp);
    if (writer->has_old && fs_is_same(writer->job->parent, place, content))
        return stamp;
    ARENA_RESERVE(lane->arena, lane->written, lane->written_count, lane->written_capacity);
    lane->written[lane->written_count++] = path;
    if (!fs_create_stamped(writer->job->parent, fs_join(writer->fresh, path, lane->tmp), content,
                           &stamp, &why))
        fail_lane(lane, "write", place, why);
    return stamp;
}

Stamp write_put(Writer *writer, unsigned worker, Str path, Str content) {
    Lane *lane = &writer->lanes[worker];
    if (lane->why.size)
        return (Stamp){0};
    Stamp stamp = put_file(writer, lane, path, content);
    arena_reset(lane->tmp);
    return stamp;
}

/* An output that was not put yet; copies are read now, one at a time. */
static void put_output(void *context, size_t index, unsigned worker) {
    Writer *writer = context;
    const Output *output = &writer->outputs->items[index];
    Lane *lane = &writer->lanes[worker];
    if (index % MOST_IN_SIGHT == 0)
        spill_rest(writer->job->spill);
    if (output->is_put || output->is_kept || lane->why.size)
        return;
    FsText text = {.content = output->content};
    bool is_read = output->copy_of.size == 0 || fs_read(writer->job->project, output->copy_of,
                                                        LIMIT_ASSET_SIZE, lane->tmp, &text);
    if (!is_read)
        fail_lane(lane, "read", output->copy_of, text.why);
    Stamp stamp = is_read ? put_file(writer, lane, output->path, text.content) : (Stamp){0};
    if (output->proof)
        *output->proof = (Proof){.stamp = stamp};
    arena_reset(lane->tmp);
}

/* Which outputs were written. A slice of a site writes more files than it lists. */
static void mark_written(Writer *writer) {
    const Outputs *outputs = writer->outputs;
    writer->is_written = ARENA_ARRAY(writer->arena, bool, outputs->count + 1);
    /* Without an old site there is nothing that could be kept. */
    for (size_t i = 0; i < outputs->count; i++)
        writer->is_written[i] = !writer->has_old;
    for (unsigned i = 0; i < writer->lane_count && writer->has_old; i++) {
        for (size_t k = 0; k < writer->lanes[i].written_count; k++) {
            const Output *output = outputs_find(outputs, writer->lanes[i].written[k]);
            if (output)
                writer->is_written[output - outputs->items] = true;
        }
    }
    for (size_t i = 0; i < outputs->count; i++)
        writer->result->kept += !writer->is_written[i];
}

/* What the threads did comes together. False after a failure of any of them. */
static bool join_lanes(Writer *writer) {
    WriteResult *result = writer->result;
    for (unsigned i = 0; i < writer->lane_count; i++) {
        result->written += writer->lanes[i].written_count;
        if (result->why.size == 0 && writer->lanes[i].why.size)
            result->why = str_copy(writer->job->arena, writer->lanes[i].why);
    }
    mark_written(writer);
    return result->why.size == 0;
}

static void link_kept(void *context, size_t index, unsigned worker) {
    Writer *writer = context;
    Lane *lane = &writer->lanes[worker];
    if (writer->is_written[index] || lane->why.size)
        return;
    Str why, path = writer->outputs->items[index].path, place = in_old(writer, path, lane->tmp);
    if (!fs_link(writer->job->parent, place, fs_join(writer->fresh, path, lane->tmp), &why))
        fail_lane(lane, "write", place, why);
    arena_reset(lane->tmp);
}

static bool link_all(Writer *writer) {
    if (writer->result->kept)
        pool_run(writer->lane_count, writer->outputs->count, link_kept, writer);
    for (unsigned i = 0; i < writer->lane_count && writer->result->why.size == 0; i++)
        if (writer->lanes[i].why.size)
            writer->result->why = str_copy(writer->job->arena, writer->lanes[i].why);
    return writer->result->why.size == 0;
}

static bool put_manifest(Writer *writer, Str manifest) {
    Str why, place = fs_join(writer->fresh, MANIFEST_NAME, writer->arena);
    return fs_create(writer->job->parent, place, manifest, &why)
               ? true
               : fail(writer, in_old(writer, MANIFEST_NAME, writer->arena), why);
}

/* Both lists are in byte order; a line of the old one that is not merely looks like one that is
 * gone, or is overlooked. */
static void find_removed(Writer *writer) {
    const Outputs *outputs = writer->outputs;
    Str rest = manifest_paths(writer->manifest), path;
    size_t at = 0;
    writer->removed = ARENA_ARRAY(writer->arena, Str, manifest_count(writer->manifest) + 1);
    while (manifest_next(&rest, &path)) {
        while (at < outputs->count && str_compare(outputs->items[at].path, path) < 0)
            at++;
        if (at < outputs->count && str_equal(outputs->items[at].path, path))
            continue;
        writer->removed[writer->removed_count++] = path;
    }
    writer->result->removed = writer->removed_count;
}

/* Files that somebody else put into the output folder move along: a CNAME, the .git of a worktree.
 */
static bool keep_foreign(Writer *writer) {
    const FsList *old = &writer->old;
    Map *ours = map_new(writer->arena);
    Str rest = manifest_paths(writer->manifest), path, why;
    map_put(ours, MANIFEST_NAME, writer);
    while (old->count && manifest_next(&rest, &path))
        map_put(ours, path, writer);
    for (size_t i = 0; i < old->count; i++) {
        Str below = str_from_offset(old->entries[i].path, writer->job->name.size + 1);
        if (map_find(ours, below) || outputs_find(writer->outputs, below) ||
            old->entries[i].kind != FS_FILE || writer->job->is_clean)
            continue;
        Str place = fs_join(writer->fresh, below, writer->arena);
        if (!fs_link(writer->job->parent, old->entries[i].path, place, &why))
            return fail(writer, old->entries[i].path, why);
        writer->has_foreign = true;
    }
    return true;
}

/* Of several runs at once each waits for the one before, or they would write into one folder. */
static bool claim(Writer *writer) {
    Str why;
    const WriteJob *job = writer->job;
    return fs_claim(job->parent, job->name, job->wait, &writer->lock, &why)
               ? true
               : fail(writer, job->name, why);
}

static uint64_t inode_of(const Writer *writer, Str folder) {
    Str path = fs_join(fs_root(writer->job->parent), folder, writer->arena);
    return stamp_of(str_cstr(writer->arena, path)).inode;
}

/* A folder that was not made by docsgen is not ours to replace. */
static bool is_ours(Writer *writer) {
    const FsList *old = &writer->old;
    for (size_t i = 0; i < old->count && !writer->manifest.data; i++)
        if (!str_starts_with(fs_name_of(old->entries[i].path), STR(".")))
            return fail(
                writer, writer->job->name,
                STR("the folder holds files that docsgen did not write; empty it or choose another with -o"));
    return true;
}

/* What stands in the old folder, unless it is known. False when it is not ours. */
static bool list_old(Writer *writer) {
    const WriteJob *job = writer->job;
    Str why;
    FsKind kind = fs_kind(job->parent, job->name);
    if (kind == FS_FOLDER) {
        FsText manifest;
        if (fs_read(job->parent, in_old(writer, MANIFEST_NAME, writer->arena), LIMIT_ASSET_SIZE,
                    writer->arena, &manifest))
            writer->manifest = manifest.content;
    }
    if (job->spare)
        writer->spare = spare_open(&(SpareJob){job->spare, job->parent, job->name, writer->arena},
                                   writer->manifest);
    if (kind == FS_ABSENT)
        return true;
    if (kind != FS_FOLDER)
        return fail(writer, job->name, STR("there is something that is no folder"));
    writer->result->folder = inode_of(writer, job->name);
    writer->has_old = !job->is_clean;
    if (writer->spare && spare_knows_output(writer->spare))
        return true;
    FsList folders = {.arena = writer->arena};
    FsWalk walk = {.folder = job->name, .with_hidden = true, .folders = &folders};
    int64_t since = stamp_now();
    if (!fs_walk(job->parent, walk, &writer->old, &why))
        return fail(writer, job->name, why);
    if (writer->spare)
        spare_see(writer->spare, &folders, since);
    return is_ours(writer);
}

static Writer *writer_new(const WriteJob *job, WriteResult *result) {
    Arena *arena = arena_new();
    Writer *writer = ARENA_NEW(arena, Writer);
    *writer =
        (Writer){.job = job, .result = result, .arena = arena, .old = {.arena = arena}, .lock = -1};
    *result = (WriteResult){0};
    writer->fresh = str_format(arena, "%.*s.docsgen-new", STR_FMT(job->name));
    writer->aside = str_format(arena, "%.*s.docsgen-old", STR_FMT(job->name));
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
    /* A killed run may have left its folders behind. */
    if (is_ready && (!fs_remove(job->parent, writer->fresh, &why) ||
                     !fs_remove(job->parent, writer->aside, &why)))
        is_ready = fail(writer, writer->fresh, why);
    if (is_ready)
        return writer;
    writer_free(writer);
    return NULL;
}

Str write_folder(const Writer *writer) {
    return writer->fresh;
}

Str write_spare(const Writer *writer) {
    return writer->spare ? spare_place(writer->spare) : STR("");
}

/* Does the old folder hold exactly the new site already? Then nothing is touched, and times of
 * change stay. */
static bool is_unchanged(const Writer *writer) {
    return writer->has_old && writer->result->written == 0 &&
           manifest_count(writer->manifest) == writer->outputs->count;
}

/* The new site as a whole, in `fresh`, from what was written and what the old one has. */
static bool gather_site(Writer *writer) {
    return link_all(writer) && keep_foreign(writer);
}

/* Puts the new site, which lies at `from`, in the place of the old one, which then lies there until
 * it becomes the spare or goes. */
static bool exchange(Writer *writer, const SpareChange *change, Str from) {
    const WriteJob *job = writer->job;
    Str why;
    if (writer->spare)
        spare_note(writer->spare, writer->outputs, from);
    writer->result->folder = inode_of(writer, from);
    if (!fs_exchange(job->parent, from, job->name, &why))
        return fail(writer, job->name, why);
    if (writer->spare && writer->has_foreign)
        spare_drop(job->spare, writer->arena);
    else if (writer->spare && spare_keep(writer->spare, change, from))
        return true;
    return fs_remove(job->parent, from, &why) ? true : fail(writer, from, why);
}

static bool replace_old(Writer *writer) {
    Str why, manifest = manifest_render(writer->outputs, writer->arena);
    find_removed(writer);
    SpareChange change = {writer->outputs, manifest,        writer->is_written,
                          writer->fresh,   writer->removed, writer->removed_count};
    if (!put_manifest(writer, manifest))
        return false;
    if (writer->has_old && writer->spare && spare_take(writer->spare, writer->aside)) {
        if (spare_renew(writer->spare, &change, writer->aside, &why))
            return exchange(writer, &change, writer->aside);
        return fail(writer, writer->aside, why);
    }
    return gather_site(writer) && exchange(writer, &change, writer->fresh);
}

bool write_close(Writer *writer, const Outputs *outputs) {
    Str why;
    writer->outputs = outputs;
    pool_run(writer->lane_count, outputs->count, put_output, writer);
    bool is_written = join_lanes(writer);
    if (is_written && !is_unchanged(writer))
        is_written = replace_old(writer);
    /* After a failure the unfinished new site lies here. */
    bool is_left = !fs_remove(writer->job->parent, writer->fresh, &why) ||
                   !fs_remove(writer->job->parent, writer->aside, &why);
    if (is_left && is_written)
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
    WriteJob plain = *job;
    plain.spare = NULL;
    Writer *writer = writer_new(&plain, result);
    Str why;
    bool is_removed = claim(writer) && list_old(writer);
    result->removed = writer->old.count;
    if (is_removed &&
        !(fs_remove(job->parent, job->name, &why) && fs_remove(job->parent, writer->fresh, &why) &&
          fs_remove(job->parent, writer->aside, &why)))
        is_removed = fail(writer, job->name, why);
    if (is_removed && job->spare)
        spare_drop(job->spare, writer->arena);
    writer_free(writer);
    return is_removed;
}
