#include "base/ban.h"

#include "site/recall.h"

#include "base/limits.h"
#include "site/answers.h"
#include "site/page_archive.h"
#include "site/redirects.h"
#include "site/taken.h"

#define INDEX_LIMIT ((size_t)1 << 30) /* bytes of what is known of all pages */

struct Recall {
    RecallJob job;
    Store *store;
    Map *old;              /* path -> PageMemory of the build before */
    Hash files, old_files; /* what files there are, and were */
    Hash world, old_world; /* all that pages can ask of the site */
    SearchPast *past;      /* its words; NULL: not known, and so no content is */
    uint32_t *now;         /* of its pages: their numbers now, or SEARCH_GONE */
    SourceReader reader;   /* of texts that are wanted late */
    bool is_stale;         /* one of them was not what it was */
    Arena *words_arena;
    Buf words; /* for the next build */
    Arena *arena;
};

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

/* The words that the index was written beside, and no others. */
static void read_words(Recall *recall, Hash hash) {
    Str words;
    if (!cache_get(&recall->job.words, INDEX_LIMIT, recall->arena, &words) ||
        !hash_equal(hash_of(words), hash))
        return;
    recall->past = search_past_open(words, recall->arena);
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

/* index = hash-of-words files world count { memory }. Gives the bytes that are known in the store.
 */
static uint64_t read_index(Recall *recall) {
    Str index;
    uint64_t used = 0;
    size_t count = 0;
    if (recall->job.is_blind || !cache_get(&recall->job.key, INDEX_LIMIT, recall->arena, &index))
        return 0;
    Archive archive = archive_from(index);
    Hash words = {0};
    archive_hash(&archive, &words);
    archive_hash(&archive, &recall->old_files);
    archive_hash(&archive, &recall->old_world);
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
    return used;
}

/* A text that is another one by now makes no page that is right; its size is kept, so that every
 * place in it is one. */
static Str read_late(void *context, Str path, size_t size) {
    Recall *recall = context;
    const PageMemory *known = map_find(recall->old, path);
    FsText text;
    if (fs_read(recall->job.project, path, LIMIT_PAGE_SIZE, recall->arena, &text) &&
        text.content.size == size && hash_equal(hash_of(text.content), known->source.hash))
        return text.content;
    recall->is_stale = true;
    char *blank = arena_bytes(recall->arena, size);
    memset(blank, ' ', size);
    return (Str){blank, size};
}

Recall *recall_open(const RecallJob *job, unsigned worker_count, Arena *arena) {
    Recall *recall = ARENA_NEW(arena, Recall);
    *recall = (Recall){.job = *job, .old = map_new(arena), .arena = arena};
    recall->store = store_open(&job->key, worker_count, read_index(recall), arena);
    recall->reader = (SourceReader){.read = read_late, .context = recall, .arena = arena};
    pthread_mutex_init(&recall->reader.lock, NULL);
    return recall->store ? recall : NULL;
}

/* --- what was read ------------------------------------------------------------------------ */

Source *recall_source(Recall *recall, Str path, Arena *arena) {
    const PageMemory *known = map_find(recall->old, path);
    if (!known || !fs_trace_is_known(recall->job.project, path, &known->source))
        return NULL;
    return source_new_late(arena, path, known->source.stamp.size, &recall->reader);
}

void recall_files(Recall *recall, const Site *site) {
    Hash files = {0};
    for (size_t i = 0; i < site->file_count; i++)
        files = hash_add_number(hash_add(files, site->files[i].path), site->files[i].kind);
    recall->files = files;
}

bool recall_unknown(const Recall *recall, Page *page) {
    if (!page->memory || !page->memory->is_read || !hash_equal(recall->files, recall->old_files))
        return false;
    page->unknown = page->memory->unknown;
    page->unknown_count = page->unknown_capacity = page->memory->unknown_count;
    return true;
}

void recall_world(Recall *recall, Hash world) {
    recall->world = world;
}

/* What `known` says of the text counts when nobody has read it. */
static Hash own_hash(const Recall *recall, const SiteFile *file, const PageMemory *known,
                     const PageTools *tools) {
    const Config *config = tools->parts->site->config;
    Hash hash = hash_add_number(recall->job.program, config->html);
    hash = hash_add(hash_add(hash, config->source), file->path);
    bool is_late = known && file->source->reader;
    Hash text = is_late ? known->source.hash : hash_of(file->source->text);
    return hash_add_hash(hash_add(hash, file->url), text);
}

bool recall_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools) {
    SiteFile *file = page->file;
    const PageMemory *known = map_find(recall->old, file->path);
    Str piece;
    if (!known || !hash_equal(known->own, own_hash(recall, file, known, tools)) ||
        !store_read(recall->store, &known->facts, tools->cold, &piece))
        return false;
    *page = (Page){
        .file = file, .path = file->path, .url = file->url, .diags = diags_new(tools->arena)};
    Archive archive = archive_from(piece);
    PageArchive to = {.page = page,
                      .archive = &archive,
                      .arena = tools->arena,
                      .cold = tools->cold,
                      .tmp = tools->tmp};
    archive_page_facts(&to);
    if (archive.is_bad || archive.in.size)
        return false;
    page->memory = ARENA_NEW(tools->arena, PageMemory);
    *page->memory = *known;
    page->memory->is_read = true;
    page->memory->facts = store_keep(recall->store, worker, &known->facts);
    return true;
}

void recall_keep_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools) {
    Buf out = buf_new(tools->tmp);
    Archive archive = archive_to(&out);
    PageArchive to = {.page = page,
                      .archive = &archive,
                      .arena = tools->arena,
                      .cold = tools->cold,
                      .tmp = tools->tmp};
    archive_page_facts(&to);
    if (archive.is_bad)
        return;
    page->memory = ARENA_NEW(tools->arena, PageMemory);
    *page->memory = (PageMemory){.path = page->path,
                                 .own = own_hash(recall, page->file, NULL, tools),
                                 .facts = store_add(recall->store, worker, buf_str(&out))};
}

/* --- what was rendered -------------------------------------------------------------------- */

static Str place_of(const Recall *recall, const Page *page, Arena *tmp) {
    return fs_join(recall->job.name, page->url, tmp);
}

static void archive_content(const PageArchive *to, Str *json) {
    archive_str(to->archive, json);
    archive_page_content(to);
}

static Hash hash_notes(const Site *site, const Page *page, Arena *tmp) {
    Buf notes = buf_new(tmp);
    redirects_add_notes(site, page, &notes);
    return hash_of(buf_str(&notes));
}

/* Would rendering the content get the same answers? */
static bool has_same_answers(const Recall *recall, const Site *site, const Page *page, Arena *tmp) {
    const PageMemory *memory = page->memory;
    Hash answers;
    bool are_same = hash_equal(recall->world, recall->old_world) ||
                    (answers_of(site, page, tmp, &answers) && hash_equal(answers, memory->answers));
    return are_same && hash_equal(hash_notes(site, page, tmp), memory->notes);
}

bool recall_content(Recall *recall, unsigned worker, const Site *site, Page *page,
                    const PageTools *tools, Str *json) {
    PageMemory *memory = page->memory;
    Str piece;
    if (!memory || memory->content.size == 0 || page->is_second)
        return false;
    StorePlace known = memory->content;
    memory->content.size = 0;
    if (!has_same_answers(recall, site, page, tools->tmp) ||
        !proof_holds(recall->job.parent, place_of(recall, page, tools->tmp), &memory->written) ||
        !store_read(recall->store, &known, tools->tmp, &piece))
        return false;
    Page before = *page;
    Archive archive = archive_from(piece);
    PageArchive to = {site, page, &archive, tools->arena, tools->cold, tools->tmp};
    archive_content(&to, json);
    if (archive.is_bad || archive.in.size) {
        *page = before;
        return false;
    }
    if (page->twin_text.data)
        page->twin_text = str_copy(tools->cold, page->twin_text);
    memory->content = store_keep(recall->store, worker, &known);
    memory->is_known = true;
    return true;
}

bool recall_stands(Page *page, Hash shell) {
    PageMemory *memory = page->memory;
    memory->is_kept = hash_equal(memory->shell, shell);
    return memory->is_kept;
}

bool recall_html(const Recall *recall, const Page *page, Arena *tmp, Str *html) {
    const PageMemory *memory = page->memory;
    FsText text;
    if (!fs_read(recall->job.parent, place_of(recall, page, tmp), LIMIT_ASSET_SIZE, tmp, &text) ||
        memory->at > text.content.size || memory->size > text.content.size - memory->at)
        return false;
    *html = str_slice(text.content, memory->at, memory->at + memory->size);
    return true;
}

void recall_keep_content(Recall *recall, unsigned worker, const Site *site, Page *page,
                         const RecallPage *rendered, Arena *tmp) {
    PageMemory *memory = page->memory;
    if (!memory)
        return;
    StorePlace known = memory->content;
    memory->content.size = 0;
    memory->at = str_find(rendered->whole, rendered->html, 0);
    memory->size = rendered->html.size;
    memory->shell = rendered->shell;
    if (diags_count(page->diags) || page->is_second || memory->at == STR_NONE)
        return;
    memory->content = known;
    if (known.size || !answers_of(site, page, tmp, &memory->answers))
        return;
    memory->notes = hash_notes(site, page, tmp);
    Buf out = buf_new(tmp);
    Archive archive = archive_to(&out);
    PageArchive to = {site, page, &archive, tmp, tmp, tmp};
    Str json = rendered->json;
    archive_content(&to, &json);
    memory->content = store_add(recall->store, worker, buf_str(&out));
}

/* --- words -------------------------------------------------------------------------------- */

void recall_keep_words(Recall *recall, const Page *page, size_t index) {
    recall->now[page->memory->number - 1] = (uint32_t)index;
}

void recall_words(Recall *recall, Site *site) {
    if (recall->past)
        search_index_take(site->search, recall->past, recall->now, site->pages);
    for (size_t i = 0; i < site->page_count; i++)
        if (site->pages[i]->memory)
            site->pages[i]->memory->number = (uint32_t)i + 1;
    recall->words_arena = arena_new_cold(site->spill);
    recall->words = buf_new(recall->words_arena);
    site->search_kept = &recall->words;
}

/* --- the end ------------------------------------------------------------------------------ */

bool recall_twin_stands(const Site *site, const Page *page, Str path) {
    const RecallJob *job = &site->recall->job;
    PageMemory *memory = page->memory;
    if (!memory)
        return false;
    Arena *tmp = arena_new();
    memory->has_twin = taken_is_free(site->taken, path);
    memory->is_twin_kept = memory->has_twin && memory->is_known &&
                           proof_holds(job->parent, fs_join(job->name, path, tmp), &memory->twin);
    arena_free(tmp);
    return memory->is_twin_kept;
}

bool recall_is_sound(const Recall *recall) {
    return !recall->is_stale;
}

/* What was written is looked at for the next build. */
static void prove(const Recall *recall, const Page *page, int64_t now, Arena *tmp) {
    PageMemory *memory = page->memory;
    const Sight *sight = fs_trace_find(recall->job.project, page->path);
    memory->unknown = page->unknown;
    memory->unknown_count = page->unknown_count;
    memory->source = sight ? *sight : (Sight){0};
    if (memory->content.size && !memory->is_kept)
        memory->written = proof_take(recall->job.parent, place_of(recall, page, tmp), now);
    if (!memory->has_twin)
        memory->twin = (Proof){0};
    else if (memory->content.size && !memory->is_twin_kept)
        memory->twin = proof_take(
            recall->job.parent,
            str_format(tmp, "%.*s.md",
                       STR_FMT(str_slice(place_of(recall, page, tmp), 0,
                                         recall->job.name.size + 1 + page->url.size - 5))),
            now);
}

static const Page *remembered_page(const SiteFile *file) {
    const Page *page = file->kind == FILE_PAGE ? file->part : NULL;
    return page && page->memory ? page : NULL;
}

void recall_close(Recall *recall, const Site *site) {
    Arena *out_arena = arena_new(), *tmp = arena_new();
    Buf out = buf_new(out_arena);
    Archive archive = archive_to(&out);
    int64_t now = stamp_now();
    size_t count = 0;
    for (size_t i = 0; i < site->file_count; i++)
        count += remembered_page(&site->files[i]) != NULL;
    Str words = buf_str(&recall->words);
    Hash words_hash = hash_of(words);
    archive_hash(&archive, &words_hash);
    archive_hash(&archive, &recall->files);
    archive_hash(&archive, &recall->world);
    archive_count(&archive, &count);
    for (size_t i = 0; i < site->file_count; i++) {
        const Page *page = remembered_page(&site->files[i]);
        if (!page)
            continue;
        prove(recall, page, now, tmp);
        archive_memory(&archive, page->memory, tmp);
        arena_reset(tmp);
    }
    if (store_close(recall->store, true)) {
        cache_put(&recall->job.words, words, tmp);
        cache_put(&recall->job.key, buf_str(&out), tmp);
    }
    arena_free(recall->words_arena);
    arena_free(tmp);
    arena_free(out_arena);
}

void recall_abandon(Recall *recall) {
    store_close(recall->store, false);
    if (recall->words_arena)
        arena_free(recall->words_arena);
}

void recall_drop(const RecallJob *job, Arena *arena) {
    cache_drop(&job->key, arena);
    cache_drop(&job->words, arena);
    store_drop(&job->key, arena);
}
