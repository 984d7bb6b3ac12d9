#include "base/ban.h"

#include "site/recall.h"

#include "base/limits.h"
#include "site/answers.h"
#include "site/page_archive.h"

#define INDEX_LIMIT ((size_t)1 << 30) /* bytes of what is known of all pages */

struct Recall {
    RecallJob job;
    Store *store;
    Map *old;         /* path -> PageMemory of the build before */
    SearchPast *past; /* its words; NULL: not known, and so no content is */
    uint32_t *now;    /* of its pages: their numbers now, or SEARCH_GONE */
    Arena *words_arena;
    Buf words; /* for the next build */
    Arena *arena;
};

/* --- the index: a line for each page ------------------------------------------------------ */

static void archive_memory(Archive *archive, PageMemory *memory) {
    archive_str(archive, &memory->path);
    archive_hash(archive, &memory->own);
    archive_place(archive, &memory->facts);
    archive_place(archive, &memory->content);
    if (memory->content.size == 0)
        return;
    archive_hash(archive, &memory->answers);
    archive_hash(archive, &memory->shell);
    archive_u32(archive, &memory->number);
    archive_size(archive, &memory->at);
    archive_size(archive, &memory->size);
    archive_proof(archive, &memory->written);
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

/* index = hash-of-words count { memory }. Gives the bytes that are known in the store. */
static uint64_t read_index(Recall *recall) {
    Str index;
    uint64_t used = 0;
    size_t count = 0;
    if (recall->job.is_blind || !cache_get(&recall->job.key, INDEX_LIMIT, recall->arena, &index))
        return 0;
    Archive archive = archive_from(index);
    Hash words = {0};
    archive_hash(&archive, &words);
    read_words(recall, words);
    bool *taken = ARENA_ARRAY(recall->arena, bool, recall->past ? recall->past->page_count + 1 : 1);
    archive_count(&archive, &count);
    for (size_t i = 0; i < count; i++) {
        PageMemory *memory = ARENA_NEW(recall->arena, PageMemory);
        archive_memory(&archive, memory);
        if (archive.is_bad)
            return used;
        claim_words(recall, memory, taken);
        map_put(recall->old, memory->path, memory);
        used += memory->facts.size + memory->content.size;
    }
    return used;
}

Recall *recall_open(const RecallJob *job, unsigned worker_count, Arena *arena) {
    Recall *recall = ARENA_NEW(arena, Recall);
    *recall = (Recall){.job = *job, .old = map_new(arena), .arena = arena};
    recall->store = store_open(&job->key, worker_count, read_index(recall), arena);
    return recall->store ? recall : NULL;
}

/* --- what was read ------------------------------------------------------------------------ */

static Hash own_hash(const Recall *recall, const SiteFile *file, const PageTools *tools) {
    const Config *config = tools->parts->site->config;
    Hash hash = hash_add_number(recall->job.program, config->html);
    hash = hash_add(hash_add(hash, config->source), file->path);
    return hash_add(hash_add(hash, file->url), file->source->text);
}

bool recall_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools) {
    SiteFile *file = page->file;
    const PageMemory *known = map_find(recall->old, file->path);
    Str piece;
    if (!known || !hash_equal(known->own, own_hash(recall, file, tools)) ||
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
                                 .own = own_hash(recall, page->file, tools),
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

bool recall_content(Recall *recall, unsigned worker, const Site *site, Page *page,
                    const PageTools *tools, Str *json) {
    PageMemory *memory = page->memory;
    Hash answers;
    Str piece;
    if (!memory || memory->content.size == 0 || page->is_second)
        return false;
    StorePlace known = memory->content;
    memory->content.size = 0;
    if (!answers_of(site, page, tools->tmp, &answers) || !hash_equal(answers, memory->answers) ||
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

void recall_close(Recall *recall, const Site *site) {
    Arena *tmp = arena_new(), *names = arena_new();
    Buf out = buf_new(tmp);
    Archive archive = archive_to(&out);
    int64_t now = stamp_now();
    size_t count = 0;
    for (size_t i = 0; i < site->file_count; i++) {
        const Page *page = site->files[i].kind == FILE_PAGE ? site->files[i].part : NULL;
        count += page && page->memory;
    }
    Str words = buf_str(&recall->words);
    Hash words_hash = hash_of(words);
    archive_hash(&archive, &words_hash);
    archive_count(&archive, &count);
    for (size_t i = 0; i < site->file_count; i++) {
        const Page *page = site->files[i].kind == FILE_PAGE ? site->files[i].part : NULL;
        PageMemory *memory = page ? page->memory : NULL;
        if (!memory)
            continue;
        if (memory->content.size && !memory->is_kept)
            memory->written = proof_take(recall->job.parent, place_of(recall, page, names), now);
        archive_memory(&archive, memory);
        arena_reset(names);
    }
    if (store_close(recall->store, true)) {
        cache_put(&recall->job.words, words, tmp);
        cache_put(&recall->job.key, buf_str(&out), tmp);
    }
    arena_free(recall->words_arena);
    arena_free(names);
    arena_free(tmp);
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
