#include "base/ban.h"

#include "publish/last.h"

#include "base/archive_diags.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/proof.h"
#include "base/version.h"
#include "git/git.h"
#include "publish/manifest.h"

#define LAST_LIMIT ((size_t)1 << 30) /* bytes of what is remembered */

CacheKey last_key(const LastJob *job, const char *area) {
    Str root = fs_absolute_root(job->project, job->arena),
        parent = fs_absolute_root(job->parent, job->arena);
    Hash hash = hash_add(hash_add(hash_of(root), parent), job->name);
    return (CacheKey){area, str_format(job->arena, "%016llx%016llx", (unsigned long long)hash.high,
                                       (unsigned long long)hash.low)};
}

Hash last_program(void) {
    Stamp program = stamp_of("/proc/self/exe");
    Hash hash = hash_add(hash_of(str_from(docsgen_version)), str_from(docsgen_commit));
    hash = hash_add_number(hash_add_number(hash, program.inode), program.size);
    return hash_add_number(hash, (uint64_t)program.written);
}

/* The program, the words it was called with, the settings. */
static Hash question(const LastJob *job) {
    Hash hash = hash_add(hash_add(last_program(), job->options), job->settings_path);
    return hash_add(hash, job->settings);
}

/* What the repository says besides the files: days of change and burn-ups go by its commits. */
static Hash repository(const LastJob *job, bool has_trackers) {
    Git *git = git_open(fs_root(job->project), job->arena);
    Hash hash = hash_add(hash_of(git->head), git->prefix);
    hash = hash_add(hash_add_number(hash, git->state), git->why);
    if (!has_trackers || git->state != GIT_WHOLE)
        return hash;
    GitTag tag = git_newest_tag(git);
    return hash_add_number(hash_add(hash, tag.name), (uint64_t)tag.time);
}

/* --- findings ----------------------------------------------------------------------------- */

typedef struct Finder {
    const LastJob *job;
    Map *sources; /* path -> Source */
} Finder;

/* The text that a finding is about, which has not changed. NULL when it is no file. */
static const Source *find_source(void *context, Str path) {
    Finder *finder = context;
    const LastJob *job = finder->job;
    Source *source = map_find(finder->sources, path);
    if (source)
        return source;
    FsText text = {.content = job->settings};
    bool is_settings = str_equal(path, job->settings_path);
    if (!is_settings && !fs_read(job->project, path, LIMIT_ASSET_SIZE, job->arena, &text))
        return NULL;
    source = source_new(job->arena, path, text.content);
    map_put(finder->sources, path, source);
    return source;
}

/* What this build has read, and what was found in it, is not read again. */
static void note_sources(Finder *finder, const Diags *diags) {
    for (size_t i = 0; i < diags_count(diags); i++) {
        spill_rest_in(finder->job->spill, i);
        const Source *source = span_resolve(diags_get(diags, i)->at).source;
        if (!source || map_find(finder->sources, source->path))
            continue;
        const Sight *sight = fs_trace_find(finder->job->project, source->path);
        source_load(source);
        if (sight && sight->has_hash && hash_equal(sight->hash, hash_of(source->text)))
            map_put(finder->sources, source->path, (void *)(uintptr_t)source);
    }
}

static void archive_findings(Archive *archive, const LastJob *job, Diags **diags) {
    Finder finder = {job, map_new(job->arena)};
    if (archive_reads(archive))
        *diags = diags_new(job->arena);
    else
        note_sources(&finder, *diags);
    archive_diags(archive, &(ArchiveTexts){find_source, &finder, job->arena}, *diags);
}

/* --- the written site --------------------------------------------------------------------- */

typedef struct Written {
    Str path;
    Proof proof;
} Written;

static Str below(const LastJob *job, Str path) {
    return fs_join(job->name, path, job->arena);
}

static void archive_written(Archive *archive, Written *file) {
    archive_str(archive, &file->path);
    archive_proof(archive, &file->proof);
}

/* --- remembering -------------------------------------------------------------------------- */

static bool put_sights(Archive *archive, const LastJob *job) {
    const Sights *sights = fs_trace_sights(job->project);
    size_t count = sights->count;
    archive_count(archive, &count);
    for (size_t i = 0; i < count; i++) {
        Sight sight = sights->items[i];
        /* Neither time nor content says whether it will be the same: nothing is remembered. */
        if (!sight_is_sure(&sight))
            return false;
        archive_sight(archive, &sight);
    }
    return true;
}

static bool put_written(Archive *archive, const LastJob *job, const Outputs *outputs,
                        uint64_t folder) {
    int64_t now = stamp_now();
    size_t count = outputs->count + 1;
    archive_count(archive, &count);
    for (size_t i = 0; i < count; i++) {
        Str path = i < outputs->count ? outputs->items[i].path : MANIFEST_NAME;
        const Proof *known = i < outputs->count ? outputs->items[i].proof : NULL;
        Written file = {path, known && known->stamp.inode
                                  ? *known
                                  : proof_take(job->parent, below(job, path), now)};
        if (file.proof.stamp.inode == 0)
            return false;
        archive_written(archive, &file);
    }
    /* Another run may have put its own site there meanwhile. */
    archive_number(archive, &folder);
    return proof_stamp(job->parent, job->name).inode == folder;
}

void last_keep(const LastJob *job, const LastBuild *build, const Outputs *outputs,
               uint64_t folder) {
    Buf out = buf_new(job->arena);
    Archive archive = archive_to(&out);
    LastBuild copy = *build;
    Hash asked = question(job), git = repository(job, build->trackers > 0);
    CacheKey key = last_key(job, "builds");
    archive_hash(&archive, &asked);
    archive_number(&archive, &copy.trackers);
    archive_hash(&archive, &git);
    archive_number(&archive, &copy.pages);
    archive_number(&archive, &copy.diagrams);
    if (!put_sights(&archive, job) || !put_written(&archive, job, outputs, folder))
        return;
    archive_findings(&archive, job, &copy.findings);
    if (archive.is_bad)
        return;
    cache_put(&key, buf_str(&out), job->arena);
}

/* --- recalling ---------------------------------------------------------------------------- */

static bool all_sights_hold(Archive *archive, const LastJob *job) {
    size_t count = 0;
    archive_count(archive, &count);
    for (size_t i = 0; i < count; i++) {
        Sight sight = {0};
        archive_sight(archive, &sight);
        if (archive->is_bad || !sight_holds(job->project, &sight, job->output))
            return false;
    }
    return !archive->is_bad;
}

static bool all_written_stands(Archive *archive, const LastJob *job) {
    size_t count = 0;
    archive_count(archive, &count);
    for (size_t i = 0; i < count; i++) {
        Written file = {0};
        archive_written(archive, &file);
        if (archive->is_bad || !proof_holds(job->parent, below(job, file.path), &file.proof))
            return false;
    }
    uint64_t folder = 0;
    archive_number(archive, &folder);
    return !archive->is_bad && proof_stamp(job->parent, job->name).inode == folder;
}

static const LastBuild *recall(const LastJob *job) {
    CacheKey key = last_key(job, "builds");
    Str content;
    if (!cache_get(&key, LAST_LIMIT, job->arena, &content))
        return NULL;
    Archive archive = archive_from(content);
    LastBuild *build = ARENA_NEW(job->arena, LastBuild);
    build->arena = job->arena;
    Hash asked = {0}, git = {0};
    archive_hash(&archive, &asked);
    archive_number(&archive, &build->trackers);
    archive_hash(&archive, &git);
    if (archive.is_bad || !hash_equal(asked, question(job)) ||
        !hash_equal(git, repository(job, build->trackers > 0)))
        return NULL;
    archive_number(&archive, &build->pages);
    archive_number(&archive, &build->diagrams);
    if (!all_sights_hold(&archive, job) || !all_written_stands(&archive, job))
        return NULL;
    /* They make that files are read, and so come last. */
    archive_findings(&archive, job, &build->findings);
    return archive.is_bad || archive.in.size ? NULL : build;
}

/* Mostly it is not the same, and what was read to find that out is in nobody's way then. */
const LastBuild *last_recall(const LastJob *job) {
    LastJob own = *job;
    own.arena = arena_new();
    const LastBuild *build = recall(&own);
    if (!build)
        arena_free(own.arena);
    return build;
}

void last_forget(const LastBuild *build) {
    if (build)
        arena_free(build->arena);
}

void last_drop(const LastJob *job) {
    CacheKey key = last_key(job, "builds");
    cache_drop(&key, job->arena);
}
