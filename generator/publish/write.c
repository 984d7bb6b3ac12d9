#include "base/ban.h"

#include "publish/write.h"

#include "base/limits.h"
#include "base/map.h"
#include "publish/manifest.h"

/* Everything one run of write_site knows. */
typedef struct Writer {
    const WriteJob *job;
    WriteResult *result;
    Arena *arena;
    Str fresh;          /* the folder that is built beside the old one */
    Map *written_by_us; /* paths in the old manifest */
    Map *wanted;        /* paths of the new site */
} Writer;

static bool fail(Writer *writer, Str path, Str why) {
    writer->result->why =
        str_format(writer->job->arena, "cannot write \"%.*s\": %.*s", STR_FMT(path), STR_FMT(why));
    return false;
}

static bool fail_reading(Writer *writer, Str path, Str why) {
    writer->result->why =
        str_format(writer->job->arena, "cannot read \"%.*s\": %.*s", STR_FMT(path), STR_FMT(why));
    return false;
}

static Str in_old(const Writer *writer, Str path) {
    return fs_join(writer->job->name, path, writer->arena);
}

/* The bytes of an output; copies are read now, one at a time. */
static bool output_bytes(Writer *writer, const Output *output, Arena *arena, Str *content) {
    *content = output->content;
    if (output->copy_of.size == 0)
        return true;
    FsText text;
    if (!fs_read(writer->job->project, output->copy_of, LIMIT_ASSET_SIZE, arena, &text))
        return fail_reading(writer, output->copy_of, text.why);
    *content = text.content;
    return true;
}

static bool is_same(const Writer *writer, Str path, Str content, Arena *arena) {
    FsText old;
    Str place = in_old(writer, path);
    return !writer->job->is_clean && fs_kind(writer->job->parent, place) == FS_FILE &&
           fs_read(writer->job->parent, place, content.size, arena, &old) &&
           str_equal(old.content, content);
}

/* Does the old folder hold exactly the new site already? Then nothing is touched, and times of
 * change stay. */
static bool is_unchanged(Writer *writer, bool *same) {
    const Outputs *outputs = writer->job->outputs;
    Arena *tmp = arena_new();
    bool is_readable = true;
    *same = map_count(writer->written_by_us) == outputs->count + 1 && !writer->job->is_clean;
    for (size_t i = 0; i < outputs->count && *same && is_readable; i++) {
        Str content;
        is_readable = output_bytes(writer, &outputs->items[i], tmp, &content);
        *same = is_readable && is_same(writer, outputs->items[i].path, content, tmp);
        arena_reset(tmp);
    }
    arena_free(tmp);
    return is_readable;
}

static bool put_output(Writer *writer, const Output *output, Arena *tmp) {
    Str content, why;
    if (!output_bytes(writer, output, tmp, &content))
        return false;
    Fs *parent = writer->job->parent;
    Str place = fs_join(writer->fresh, output->path, writer->arena);
    if (is_same(writer, output->path, content, tmp)) {
        writer->result->kept++;
        return fs_link(parent, in_old(writer, output->path), place, &why)
                   ? true
                   : fail(writer, in_old(writer, output->path), why);
    }
    writer->result->written++;
    return fs_create(parent, place, content, &why)
               ? true
               : fail(writer, in_old(writer, output->path), why);
}

static bool put_outputs(Writer *writer) {
    const Outputs *outputs = writer->job->outputs;
    Arena *tmp = arena_new();
    bool is_put = true;
    for (size_t i = 0; i < outputs->count && is_put; i++) {
        is_put = put_output(writer, &outputs->items[i], tmp);
        arena_reset(tmp);
    }
    arena_free(tmp);
    Str why;
    Str manifest = manifest_render(outputs, writer->arena);
    Str place = fs_join(writer->fresh, MANIFEST_NAME, writer->arena);
    if (is_put && !fs_create(writer->job->parent, place, manifest, &why))
        return fail(writer, in_old(writer, MANIFEST_NAME), why);
    return is_put;
}

/* Files that somebody else put into the output folder move along: a CNAME, the .git of a worktree.
 */
static bool keep_foreign(Writer *writer, const FsList *old) {
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

/* What stands in the old folder. False when it was not made by docsgen: then it is not ours to
 * replace. */
static bool list_old(Writer *writer, FsList *old) {
    const WriteJob *job = writer->job;
    Str why;
    FsKind kind = fs_kind(job->parent, job->name);
    if (kind == FS_ABSENT)
        return true;
    if (kind != FS_FOLDER)
        return fail(writer, job->name, STR("there is something that is no folder"));
    if (!fs_walk(job->parent, (FsWalk){.folder = job->name, .with_hidden = true}, old, &why))
        return fail(writer, job->name, why);
    FsText manifest;
    if (fs_read(job->parent, in_old(writer, MANIFEST_NAME), LIMIT_ASSET_SIZE, writer->arena,
                &manifest)) {
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

static Writer writer_new(const WriteJob *job, WriteResult *result) {
    Writer writer = {.job = job, .result = result, .arena = job->arena};
    *result = (WriteResult){0};
    writer.fresh = str_format(job->arena, "%.*s.docsgen-new", STR_FMT(job->name));
    writer.written_by_us = map_new(job->arena);
    writer.wanted = map_new(job->arena);
    for (size_t i = 0; i < job->outputs->count; i++)
        map_put(writer.wanted, job->outputs->items[i].path, &job->outputs->items[i]);
    map_put(writer.wanted, MANIFEST_NAME, result);
    return writer;
}

bool write_site(const WriteJob *job, WriteResult *result) {
    Writer writer = writer_new(job, result);
    FsList old = {.arena = job->arena};
    bool same;
    Str why;
    if (!list_old(&writer, &old) || !is_unchanged(&writer, &same))
        return false;
    if (same) {
        result->kept = job->outputs->count;
        return true;
    }
    /* A killed run may have left its folder behind. */
    if (!fs_remove(job->parent, writer.fresh, &why))
        return fail(&writer, writer.fresh, why);
    bool is_written = put_outputs(&writer) && keep_foreign(&writer, &old);
    if (is_written && !fs_exchange(job->parent, writer.fresh, job->name, &why))
        is_written = fail(&writer, job->name, why);
    /* Now the old site lies here; after a failure the unfinished new one does. */
    if (!fs_remove(job->parent, writer.fresh, &why) && is_written)
        is_written = fail(&writer, writer.fresh, why);
    return is_written;
}

bool write_remove(const WriteJob *job, WriteResult *result) {
    Writer writer = writer_new(job, result);
    FsList old = {.arena = job->arena};
    Str why;
    if (!list_old(&writer, &old))
        return false;
    result->removed = old.count;
    bool is_removed =
        fs_remove(job->parent, job->name, &why) && fs_remove(job->parent, writer.fresh, &why);
    return is_removed ? true : fail(&writer, job->name, why);
}
