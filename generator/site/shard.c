#include "base/ban.h"

#include "site/shard.h"

#include "base/archive_diags.h"
#include "base/limits.h"
#include "site/outputs.h"
#include "site/page_archive.h"

/* Where a page's record and its HTML are. */
typedef struct Kept {
    Str record;
    Fs *folder; /* NULL: not known */
} Kept;

struct ShardSet {
    ShardJob *job;
    const Site *site;
    Hash key;
    size_t page_count, first, end; /* of the slice */
    Kept *pages;
};

/* --- one page ----------------------------------------------------------------------------- */

typedef struct Reader {
    const ShardSet *set;
    const Page *page;
    Arena *arena; /* of what is kept */
    Arena *tmp;
    Archive *archive;
} Reader;

/* The text that a finding is about, by its path. */
static const Source *find_source(void *context, Str path) {
    const Reader *reader = context;
    if (str_equal(reader->page->path, path))
        return reader->page->file->source;
    const SiteFile *file = site_find_file(reader->set->site, path);
    if (file && file->source)
        return file->source;
    FsText text;
    return fs_read(reader->set->job->project, path, LIMIT_ASSET_SIZE, reader->arena, &text)
               ? source_new(reader->arena, str_copy(reader->arena, path), text.content)
               : NULL;
}

static void archive_page(Reader *reader, ShardPage *kept) {
    ArchiveTexts texts = {find_source, reader, reader->arena};
    PageArchive content = {.site = reader->set->site,
                           .page = kept->page,
                           .archive = reader->archive,
                           .arena = reader->arena,
                           .cold = reader->arena,
                           .tmp = reader->tmp};
    archive_str(reader->archive, &kept->page->json);
    archive_diags(reader->archive, &texts, kept->found);
    archive_page_content(&content);
    archive_page_search(&content, kept->search);
}

void shards_keep(ShardSet *set, size_t index, const ShardPage *page, Arena *arena) {
    Arena *tmp = arena_new();
    Buf out = buf_new(tmp);
    Archive archive = archive_to(&out);
    Reader reader = {set, page->page, tmp, tmp, &archive};
    ShardPage copy = *page;
    Hash written = hash_of(page->html);
    archive_hash(&archive, &written);
    archive_page(&reader, &copy);
    set->pages[index].record = str_copy(arena, buf_str(&out));
    arena_free(tmp);
}

bool shards_recall(const ShardSet *set, size_t index, ShardPage *page, Arena *arena, Arena *tmp) {
    const Kept *kept = &set->pages[index];
    FsText html;
    if (!kept->folder || !fs_read(kept->folder, page->page->url, LIMIT_ASSET_SIZE, tmp, &html))
        return false;
    Archive archive = archive_from(kept->record);
    Hash written = {0};
    archive_hash(&archive, &written);
    Reader reader = {set, page->page, arena, tmp, &archive};
    page->search = ARENA_NEW(tmp, SearchPage);
    archive_page(&reader, page);
    page->html = html.content;
    return !archive.is_bad && archive.in.size == 0 && hash_equal(written, hash_of(html.content));
}

/* --- a slice ------------------------------------------------------------------------------ */

bool shards_take(const ShardSet *set, size_t index) {
    return index >= set->first && index < set->end;
}

/* shard = key number count pages first { url record } */
static void archive_head(Archive *archive, ShardSet *set) {
    archive_hash(archive, &set->key);
    archive_u32(archive, &set->job->number);
    archive_u32(archive, &set->job->count);
    archive_size(archive, &set->page_count);
    archive_size(archive, &set->first);
    archive_size(archive, &set->end);
}

void shards_collect(const ShardSet *set, Site *site) {
    Buf out = buf_new(site->arena);
    Archive archive = archive_to(&out);
    ShardSet copy = *set;
    archive_head(&archive, &copy);
    site->outputs = (Outputs){0};
    for (size_t i = set->first; i < set->end; i++) {
        const Page *page = site->pages[i];
        Str url = page->url, record = set->pages[i].record;
        archive_str(&archive, &url);
        archive_str(&archive, &record);
        if (!page->is_second)
            outputs_add(site, (Output){.path = url, .is_put = true});
    }
    outputs_add(site, (Output){.path = SHARD_NAME,
                               .content = archive_seal(SHARD_KIND, buf_str(&out), site->arena)});
}

static Str read_shard(ShardSet *set, size_t folder) {
    ShardJob job = {0};
    ShardSet other = {.job = &job};
    Str content;
    if (!archive_open(SHARD_KIND, set->job->records[folder], &content))
        return STR("is damaged, or of another version of docsgen");
    Archive archive = archive_from(content);
    archive_head(&archive, &other);
    if (!hash_equal(other.key, set->key) || other.page_count != set->page_count ||
        other.end > set->page_count)
        return STR("was made of other sources, settings or options, or by another docsgen");
    for (size_t i = other.first; i < other.end; i++) {
        Str url = {0}, record = {0};
        archive_str(&archive, &url);
        archive_str(&archive, &record);
        if (!archive.is_bad && str_equal(url, set->site->pages[i]->url))
            set->pages[i] = (Kept){record, set->job->folders[folder]};
    }
    return archive.is_bad ? STR("is damaged") : (Str){NULL, 0};
}

/* Which pages nobody has rendered, or which shard is not what it should be, is said once. */
static void read_shards(ShardSet *set) {
    ShardJob *job = set->job;
    size_t missing = 0;
    for (size_t i = 0; i < job->folder_count; i++) {
        Str why = read_shard(set, i);
        if (why.size && job->why.size == 0)
            job->why = str_format(set->site->arena, "\"%.*s\" %.*s",
                                  STR_FMT(fs_root(job->folders[i])), STR_FMT(why));
    }
    for (size_t i = 0; i < set->page_count; i++)
        missing += set->pages[i].folder == NULL;
    if (missing && job->why.size == 0)
        job->why = str_format(set->site->arena, "%zu of %zu pages are in none of the shards",
                              missing, set->page_count);
}

ShardSet *shards_open(ShardJob *job, const Site *site, Hash sources) {
    ShardSet *set = ARENA_NEW(site->arena, ShardSet);
    *set = (ShardSet){.job = job, .site = site, .page_count = site->page_count};
    set->key = hash_add_hash(job->words, sources);
    set->pages = ARENA_ARRAY(site->arena, Kept, site->page_count + 1);
    if (job->count) {
        set->first = site->page_count * (job->number - 1) / job->count;
        set->end = site->page_count * job->number / job->count;
    }
    if (job->folder_count)
        read_shards(set);
    return set;
}
