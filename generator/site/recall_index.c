#include "base/ban.h"

#include "base/limits.h"
#include "site/meta.h"
#include "site/recall_form.h"

#define PAGE_GUESS  256               /* bytes of a page in the index, but for its files */
#define FILE_GUESS  64                /* of a file */
#define INDEX_LIMIT ((size_t)1 << 30) /* bytes of what is known of all pages */

/* --- the index: a line for each page ------------------------------------------------------ */

static void archive_memory(Archive *archive, PageMemory *memory, Arena *arena) {
    archive_str(archive, &memory->path);
    archive_hash(archive, &memory->own);
    archive_sight(archive, &memory->source);
    archive_count(archive, &memory->unknown_count);
    if (archive_reads(archive) && memory->unknown_count)
        memory->unknown = ARENA_ARRAY(arena, Str, memory->unknown_count);
    for (size_t i = 0; i < memory->unknown_count; i++)
        archive_str(archive, &memory->unknown[i]);
    archive_place(archive, &memory->facts);
    archive_place(archive, &memory->content);
    if (memory->content.size == 0)
        return;
    archive_hash(archive, &memory->answers);
    archive_hash(archive, &memory->notes);
    archive_hash(archive, &memory->shell);
    archive_u32(archive, &memory->number);
    archive_size(archive, &memory->at);
    archive_size(archive, &memory->size);
    archive_proof(archive, &memory->written);
    archive_proof(archive, &memory->twin);
}

static void archive_file(Archive *archive, FileMemory *memory) {
    archive_str(archive, &memory->path);
    archive_hash(archive, &memory->own);
    archive_proof(archive, &memory->written);
}

/* outputs = count { path own file } */
static void read_outputs(Recall *recall, Archive *archive) {
    size_t count = 0;
    archive_count(archive, &count);
    for (size_t i = 0; i < count && !archive->is_bad; i++) {
        FileMemory *memory = ARENA_NEW(recall->arena, FileMemory);
        archive_file(archive, memory);
        if (!archive->is_bad)
            map_put(recall->old_outputs, memory->path, memory);
    }
}

/* The words that the index was written beside, and no others. */
static void read_words(Recall *recall, Hash hash) {
    Str words;
    if (!cache_get(&recall->job.words, INDEX_LIMIT, recall->past_arena, &words) ||
        !hash_equal(hash_of(words), hash))
        return;
    recall->past = search_past_open(words, recall->past_arena);
    if (!recall->past)
        return;
    recall->now = ARENA_ARRAY(recall->arena, uint32_t, recall->past->page_count + 1);
    for (size_t i = 0; i < recall->past->page_count; i++)
        recall->now[i] = SEARCH_GONE;
}

/* Words belong to one page. */
static void claim_words(const Recall *recall, PageMemory *memory, bool *taken) {
    bool is_there = recall->past && memory->number && memory->number <= recall->past->page_count &&
                    !taken[memory->number - 1];
    if (is_there)
        taken[memory->number - 1] = true;
    else
        memory->content.size = 0;
}

/* index = program hash-of-words files world frame count { memory } outputs. Gives the bytes that
 * are known in the store.
 */
static uint64_t read_index(Recall *recall) {
    Str index;
    uint64_t used = 0;
    size_t count = 0;
    if (recall->job.is_blind || !cache_get(&recall->job.key, INDEX_LIMIT, recall->arena, &index))
        return 0;
    Archive archive = archive_from(index);
    Hash program = {0}, words = {0};
    archive_hash(&archive, &program);
    if (!hash_equal(program, recall->job.program))
        return 0;
    archive_hash(&archive, &words);
    archive_hash(&archive, &recall->old_files);
    archive_hash(&archive, &recall->old_world);
    archive_hash(&archive, &recall->old_frame);
    read_words(recall, words);
    bool *taken = ARENA_ARRAY(recall->arena, bool, recall->past ? recall->past->page_count + 1 : 1);
    archive_count(&archive, &count);
    for (size_t i = 0; i < count; i++) {
        PageMemory *memory = ARENA_NEW(recall->arena, PageMemory);
        archive_memory(&archive, memory, recall->arena);
        if (archive.is_bad)
            return used;
        claim_words(recall, memory, taken);
        map_put(recall->old, memory->path, memory);
        used += memory->facts.size + memory->content.size;
    }
    read_outputs(recall, &archive);
    return used;
}

/* A text that is another one by now makes no page that is right; its size is kept, so that every
 * place in it is one. */
static Str read_late(void *context, Str path, size_t size) {
    Recall *recall = context;
    const PageMemory *known = map_find(recall->old, path);
    FsText text;
    Arena *arena = recall->reader.arena;
    if (fs_read(recall->job.project, path, LIMIT_PAGE_SIZE, arena, &text) &&
        text.content.size == size && hash_equal(hash_of(text.content), known->source.hash))
        return text.content;
    recall->is_stale = true;
    char *blank = arena_bytes(arena, size);
    memset(blank, ' ', size);
    return (Str){blank, size};
}

Recall *recall_open(const RecallJob *job, unsigned worker_count, Arena *arena) {
    Recall *recall = ARENA_NEW(arena, Recall);
    *recall = (Recall){.job = *job,
                       .old = map_new(arena),
                       .old_outputs = map_new(arena),
                       .past_arena = arena_new(),
                       .since = stamp_now(),
                       .arena = arena};
    recall->store = store_open(&job->key, worker_count, read_index(recall), arena);
    recall->reader = (SourceReader){.read = read_late, .context = recall, .arena = arena_new()};
    pthread_mutex_init(&recall->reader.lock, NULL);
    if (recall->store)
        return recall;
    arena_free(recall->past_arena);
    recall_free(recall);
    return NULL;
}

/* --- the end ------------------------------------------------------------------------------ */

/* What was written is looked at for the next build, as far as it was not when it was written. */
static void complete(const Recall *recall, Proof *proof, Str place, int64_t now) {
    if (recall->are_stamps_early)
        proof->stamp.inode = 0;
    proof_complete(proof, recall->job.parent, place, now);
}

static void write_outputs(const Recall *recall, const Site *site, int64_t now, Archive *archive) {
    Arena *tmp = arena_new();
    const Outputs *outputs = &site->outputs;
    size_t count = 0;
    for (size_t i = 0; i < outputs->count; i++)
        count += outputs->items[i].memory != NULL;
    archive_count(archive, &count);
    for (size_t i = 0; i < outputs->count; i++) {
        FileMemory *memory = outputs->items[i].memory;
        site_rest(site, i);
        if (!memory)
            continue;
        if (!memory->is_kept)
            complete(recall, &memory->written, fs_join(recall->job.name, memory->path, tmp), now);
        proof_settle(&memory->written, recall->since);
        archive_file(archive, memory);
        arena_reset(tmp);
    }
    arena_free(tmp);
}

static void prove(const Recall *recall, const Page *page, int64_t now, Arena *tmp) {
    PageMemory *memory = page->memory;
    const Sight *sight = fs_trace_find(recall->job.project, page->path);
    memory->unknown = page->unknown;
    memory->unknown_count = page->unknown_count;
    memory->source = sight ? *sight : (Sight){0};
    /* A draft has no file, and no words in the index; of two with one path the second has none. */
    if (page->url.size == 0 || page->is_second) {
        memory->content.size = 0;
        memory->written = memory->twin = (Proof){0};
        return;
    }
    if (!memory->is_kept && (memory->content.size || memory->written.stamp.inode))
        complete(recall, &memory->written, recall_place(recall, page, tmp), now);
    proof_settle(&memory->written, recall->since);
    proof_settle(&memory->twin, recall->since);
    if (!memory->has_twin)
        memory->twin = (Proof){0};
    else if (!memory->is_twin_kept && (memory->content.size || memory->twin.stamp.inode))
        complete(recall, &memory->twin, fs_join(recall->job.name, meta_twin_url(page, tmp), tmp),
                 now);
}

static const Page *remembered_page(const SiteFile *file) {
    const Page *page = file->kind == FILE_PAGE ? file->part : NULL;
    return page && page->memory ? page : NULL;
}

/* Over a network a file may get its time only when it is closed: does the stamp of one that was
 * written differ from what stands there? */
static bool are_stamps_early(const Recall *recall, const Site *site, Arena *tmp) {
    for (size_t i = 0; i < site->file_count; i++) {
        const Page *page = remembered_page(&site->files[i]);
        if (!page || page->memory->is_kept || !page->is_rendered || page->is_second ||
            !page->memory->written.stamp.inode)
            continue;
        Stamp now = proof_stamp(recall->job.parent, recall_place(recall, page, tmp));
        return !stamp_same_content(&now, &page->memory->written.stamp);
    }
    return false;
}

void recall_close(Recall *recall, const Site *site) {
    Arena *out_arena = arena_new(), *tmp = arena_new();
    Buf out = buf_new(out_arena);
    /* What it grows to later would be copied. */
    buf_reserve(&out, (site->page_count + 1) * PAGE_GUESS + site->outputs.count * FILE_GUESS);
    cache_begin(&recall->job.key, &out);
    Archive archive = archive_to(&out);
    int64_t now = stamp_now();
    size_t count = 0;
    recall->are_stamps_early = are_stamps_early(recall, site, tmp);
    for (size_t i = 0; i < site->file_count; i++)
        count += remembered_page(&site->files[i]) != NULL;
    archive_hash(&archive, &recall->job.program);
    archive_hash(&archive, &recall->words_hash);
    archive_hash(&archive, &recall->files);
    archive_hash(&archive, &recall->world);
    archive_hash(&archive, &recall->frame);
    archive_count(&archive, &count);
    for (size_t i = 0; i < site->file_count; i++) {
        const Page *page = remembered_page(&site->files[i]);
        site_rest(site, i);
        if (!page)
            continue;
        prove(recall, page, now, tmp);
        archive_memory(&archive, page->memory, tmp);
        arena_reset(tmp);
    }
    write_outputs(recall, site, now, &archive);
    if (store_close(recall->store, true))
        cache_end(&recall->job.key, &out);
    arena_free(tmp);
    arena_free(out_arena);
}

void recall_abandon(Recall *recall) {
    store_close(recall->store, false);
    if (recall->words_arena)
        arena_free(recall->words_arena);
    if (recall->past_arena)
        arena_free(recall->past_arena);
}

void recall_free(Recall *recall) {
    if (recall)
        arena_free(recall->reader.arena);
}

void recall_drop(const RecallJob *job, Arena *arena) {
    cache_drop(&job->key, arena);
    cache_drop(&job->words, arena);
    store_drop(&job->key, arena);
}
