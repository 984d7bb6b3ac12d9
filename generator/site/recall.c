#include "base/ban.h"

#include "base/archive_diags.h"
#include "base/limits.h"
#include "site/answers.h"
#include "site/page_archive.h"
#include "site/recall_form.h"
#include "site/redirects.h"
#include "site/taken.h"

/* --- what was read ------------------------------------------------------------------------ */

Source *recall_source(Recall *recall, Str path, Arena *arena) {
    const PageMemory *known = map_find(recall->old, path);
    if (!known || !fs_trace_is_known(recall->job.project, path, &known->source))
        return NULL;
    return source_new_late(arena, path, known->source.stamp.size, &recall->reader);
}

void recall_files(Recall *recall, const Site *site) {
    recall->files = site_hash_names(site);
}

bool recall_unknown(const Recall *recall, Page *page) {
    if (!page->memory || !page->memory->is_read || !hash_equal(recall->files, recall->old_files))
        return false;
    page->unknown = page->memory->unknown;
    page->unknown_count = page->unknown_capacity = page->memory->unknown_count;
    return true;
}

void recall_world(Recall *recall, Hash world, Hash frame) {
    recall->world = world;
    recall->frame = frame;
}

/* What is called so now; false when it is not there. A text that nobody has read is the one that is
 * known. */
static bool find_part(const Recall *recall, Part *part, size_t *steps, const PageTools *tools) {
    const SiteFile *file = site_find_file(tools->parts->site, part->path);
    const PageMemory *known = map_find(recall->old, part->path);
    bool is_late = known && file && file->source && file->source->reader;
    if (part->keys.data || !is_late)
        return parts_find(tools->parts, part, steps, tools->tmp);
    part->source = file->source;
    part->hash = known->source.hash;
    return true;
}

/* parts = cost count { path has-keys keys hash }. The archive is bad when one of them is another
 * one now. */
static void archive_parts(const Recall *recall, PageArchive *to, const PageTools *tools) {
    Archive *archive = to->archive;
    bool reads = archive_reads(archive);
    size_t cost = tools->parts->cost;
    archive_size(archive, &cost);
    archive_count(archive, &to->part_count);
    Part *parts = reads ? ARENA_ARRAY(tools->tmp, Part, to->part_count) : tools->parts->taken;
    to->parts = parts;
    for (size_t i = 0; i < to->part_count && !archive->is_bad; i++) {
        Part *part = &parts[i];
        bool has_keys = part->keys.data != NULL;
        Hash hash = part->hash;
        archive_str(archive, &part->path);
        archive_bool(archive, &has_keys);
        if (has_keys)
            archive_str(archive, &part->keys);
        archive_hash(archive, &hash);
        if (reads && !archive->is_bad)
            archive->is_bad = !find_part(recall, part, &cost, tools) ||
                              !hash_equal(hash, part->hash) || cost > LIMIT_INCLUDE_SIZE;
    }
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

/* facts = parts page: they are the page's own, and that of what it took, whatever site it is in. */
static void archive_facts(const Recall *recall, Page *page, Archive *archive,
                          const PageTools *tools) {
    PageArchive to = {.page = page,
                      .archive = archive,
                      .arena = tools->arena,
                      .cold = tools->cold,
                      .tmp = tools->tmp,
                      .part_count = archive_reads(archive) ? 0 : tools->parts->taken_count};
    archive_parts(recall, &to, tools);
    if (!archive->is_bad)
        archive_page_facts(&to);
}

bool recall_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools) {
    SiteFile *file = page->file;
    PageMemory *known = map_find(recall->old, file->path);
    Str piece;
    if (!known || !hash_equal(known->own, own_hash(recall, file, known, tools)) ||
        !store_read(recall->store, worker, &known->facts, tools->cold, &piece))
        return false;
    *page = (Page){
        .file = file, .path = file->path, .url = file->url, .diags = diags_new(tools->arena)};
    Archive archive = archive_from(piece);
    archive_facts(recall, page, &archive, tools);
    if (archive.is_bad || archive.in.size)
        return false;
    page->memory = known; /* which no other page asks for */
    page->memory->is_read = true;
    page->memory->facts = store_keep(recall->store, worker, &known->facts);
    return true;
}

void recall_keep_facts(Recall *recall, unsigned worker, Page *page, const PageTools *tools) {
    Buf out = buf_new(tools->tmp);
    Archive archive = archive_to(&out);
    archive_facts(recall, page, &archive, tools);
    if (archive.is_bad)
        return;
    page->memory = ARENA_NEW(tools->arena, PageMemory);
    *page->memory = (PageMemory){.path = page->path,
                                 .own = own_hash(recall, page->file, NULL, tools),
                                 .facts = store_add(recall->store, worker, buf_str(&out))};
}

/* --- what was rendered -------------------------------------------------------------------- */

Str recall_place(const Recall *recall, const Page *page, Arena *tmp) {
    return fs_join(recall->job.name, page->url, tmp);
}

/* The texts that rendering may find fault with. */
typedef struct Texts {
    const Site *site;
    const Page *page;
    Parts *parts;
} Texts;

static const Source *find_text(void *context, Str path) {
    const Texts *texts = context;
    const SiteFile *file = texts->page->file;
    if (!str_equal(path, file->path))
        file = site_find_file(texts->site, path);
    if (file && file->kind == FILE_ASSET && file->part)
        return file->part;
    return file && file->source ? file->source : parts_text(texts->parts, path);
}

/* content = json findings page */
static void archive_content(const PageArchive *to, Parts *parts, Str *json, Diags *found) {
    Texts context = {to->site, to->page, parts};
    ArchiveTexts texts = {find_text, &context, to->tmp};
    archive_str(to->archive, json);
    archive_diags(to->archive, &texts, found);
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
    bool are_same = hash_equal(recall->world, recall->old_world) ||
                    hash_equal(answers_of(site, page, tmp), memory->answers);
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
        !proof_holds(recall->job.parent, recall_place(recall, page, tools->tmp),
                     &memory->written) ||
        !store_read(recall->store, worker, &known, tools->tmp, &piece))
        return false;
    Page before = *page;
    Archive archive = archive_from(piece);
    PageArchive to = {.site = site,
                      .page = page,
                      .archive = &archive,
                      .arena = tools->arena,
                      .cold = tools->cold,
                      .tmp = tools->tmp};
    Diags *found = diags_new(tools->tmp);
    archive_content(&to, tools->parts, json, found);
    if (archive.is_bad || archive.in.size) {
        *page = before;
        return false;
    }
    diags_merge(page->diags, found);
    if (page->twin_text.data)
        page->twin_text = str_copy(tools->cold, page->twin_text);
    memory->content = store_keep(recall->store, worker, &known);
    memory->is_known = true;
    return true;
}

bool recall_has_same_shell(const Recall *recall, Page *page) {
    page->memory->is_kept = hash_equal(recall->frame, recall->old_frame);
    return page->memory->is_kept;
}

bool recall_stands(Page *page, Hash shell) {
    PageMemory *memory = page->memory;
    memory->is_kept = hash_equal(memory->shell, shell);
    return memory->is_kept;
}

bool recall_html(const Recall *recall, const Page *page, Arena *tmp, Str *html) {
    const PageMemory *memory = page->memory;
    FsText text;
    if (!fs_read(recall->job.parent, recall_place(recall, page, tmp), LIMIT_ASSET_SIZE, tmp,
                 &text) ||
        memory->at > text.content.size || memory->size > text.content.size - memory->at)
        return false;
    *html = str_slice(text.content, memory->at, memory->at + memory->size);
    return true;
}

void recall_keep_content(Recall *recall, unsigned worker, const Site *site, Page *page,
                         const PageTools *tools, const RecallPage *rendered) {
    Arena *tmp = tools->tmp;
    PageMemory *memory = page->memory;
    if (!memory)
        return;
    StorePlace known = memory->content;
    memory->content.size = 0;
    memory->at = rendered->at;
    memory->size = rendered->html.size;
    memory->shell = rendered->shell;
    if (diags_count(page->diags) > rendered->found || page->is_second || memory->at == STR_NONE)
        return;
    memory->content = known;
    if (known.size)
        return;
    memory->answers = answers_of(site, page, tmp);
    memory->notes = hash_notes(site, page, tmp);
    Buf out = buf_new(tmp);
    Archive archive = archive_to(&out);
    PageArchive to = {
        .site = site, .page = page, .archive = &archive, .arena = tmp, .cold = tmp, .tmp = tmp};
    Str json = rendered->json;
    archive_content(&to, tools->parts, &json, page->diags);
    if (!archive.is_bad)
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
    recall->words_arena = arena_new();
    recall->words = buf_new(recall->words_arena);
    cache_begin(&recall->job.words, &recall->words);
    site->search_kept = &recall->words;
}

void recall_seal_words(Recall *recall) {
    recall->words_hash = cache_end(&recall->job.words, &recall->words);
    arena_free(recall->words_arena);
    arena_free(recall->past_arena);
    recall->words_arena = recall->past_arena = NULL;
}

/* --- other files -------------------------------------------------------------------------- */

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

bool recall_file(const Site *site, Output *output, Hash own, Arena *arena) {
    const RecallJob *job = &site->recall->job;
    const FileMemory *known = map_find(site->recall->old_outputs, output->path);
    FileMemory *memory = output->memory = ARENA_NEW(arena, FileMemory);
    *memory = (FileMemory){.path = output->path, .own = own};
    output->proof = &memory->written;
    if (!known || !hash_equal(known->own, own))
        return false;
    Arena *tmp = arena_new();
    memory->is_kept =
        proof_holds(job->parent, fs_join(job->name, output->path, tmp), &known->written);
    arena_free(tmp);
    if (memory->is_kept)
        memory->written = known->written;
    return memory->is_kept;
}

/* What has no source is drawn from a tracker and its past. */
bool recall_drawing(const Site *site, const SiteDiagram *diagram, unsigned worker, Arena *tmp,
                    Str *svg) {
    const Recall *recall = site->recall;
    if (!diagram->source || diagram->output == OUTPUT_NONE)
        return false;
    Hash own = hash_add(hash_add(recall->job.program, diagram->url), diagram->source->text);
    for (size_t i = 0; i < diagram->diagram->link_count; i++)
        own = hash_add(own, *diagram->diagram->links[i].url);
    Output *output = &site->outputs.items[diagram->output];
    if (!recall_file(site, output, own, site->workers[worker]))
        return false;
    FsText text = {0};
    output->memory->is_kept =
        !svg || fs_read(recall->job.parent, fs_join(recall->job.name, diagram->url, tmp),
                        LIMIT_ASSET_SIZE, tmp, &text);
    if (svg)
        *svg = text.content;
    return output->memory->is_kept;
}
