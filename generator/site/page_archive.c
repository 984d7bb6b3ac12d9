#include "base/ban.h"

#include "site/page_archive.h"

#include "base/archive_diags.h"

/* --- what was read ------------------------------------------------------------------------ */

/* The texts that a page consists of: 0 its own file, n its part n - 1; NULL when there are fewer.
 */
static const Source *text_of(const PageArchive *to, uint32_t number) {
    if (number == 0)
        return to->page->file->source;
    return number <= to->part_count ? to->parts[number - 1].source : NULL;
}

/* Writes which text it is, or finds it; the archive is bad when it is none of them. */
static void archive_text(const PageArchive *to, const Source **source) {
    uint32_t number = 0;
    while (!archive_reads(to->archive) && number <= to->part_count &&
           text_of(to, number) != *source)
        number++;
    archive_u32(to->archive, &number);
    *source = text_of(to, number);
    to->archive->is_bad = to->archive->is_bad || !*source;
}

/* A place in a text of the page, or none. */
static void archive_place_in_page(const PageArchive *to, Span *span) {
    Archive *archive = to->archive;
    *span = span_resolve(*span);
    bool has_source = span->source != NULL;
    archive_bool(archive, &has_source);
    if (!has_source)
        return;
    archive_text(to, &span->source);
    archive_u32(archive, &span->start);
    archive_u32(archive, &span->size);
    archive->is_bad = archive->is_bad || (size_t)span->start + span->size > span->source->text.size;
    span->source = archive->is_bad ? NULL : span->source;
}

static void archive_spot(const PageArchive *to, Spot *spot) {
    archive_u32(to->archive, &spot->line);
    archive_u32(to->archive, &spot->column);
}

static void archive_front(const PageArchive *to) {
    Page *page = to->page;
    Archive *archive = to->archive;
    Str *const texts[] = {&page->title, &page->nav_title, &page->description, &page->updated,
                          &page->template_name};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        archive_str(archive, texts[i]);
    archive_place_in_page(to, &page->template_at);
    archive_place_in_page(to, &page->title_at);
    archive_place_in_page(to, &page->html_at);
    archive_signed(archive, &page->order);
    archive_bool(archive, &page->is_draft);
    archive_bool(archive, &page->has_html_title);
    archive_count(archive, &page->alias_count);
    if (archive_reads(archive))
        page->aliases = ARENA_ARRAY(to->arena, Str, page->alias_count);
    for (size_t i = 0; i < page->alias_count; i++)
        archive_str(archive, &page->aliases[i]);
}

/* headings = count { id text level place spot }; anchors = has-map count { id }: those of headings
 * are in the map already. */
static void archive_headings(const PageArchive *to) {
    Page *page = to->page;
    Archive *archive = to->archive;
    bool reads = archive_reads(archive), has_map = page->anchors != NULL;
    archive_count(archive, &page->heading_count);
    archive_bool(archive, &has_map);
    if (reads) {
        page->headings = ARENA_ARRAY(to->cold, PageHeading, page->heading_count);
        page->ids = ARENA_ARRAY(to->arena, Str, page->heading_count);
        page->anchors = has_map ? map_new(to->arena) : NULL;
    }
    for (size_t i = 0; i < page->heading_count; i++) {
        PageHeading *heading = &page->headings[i];
        archive_str(archive, &heading->id);
        archive_str(archive, &heading->text);
        archive_u32(archive, &heading->level);
        archive_place_in_page(to, &heading->at);
        archive_spot(to, &heading->spot);
        /* Links from everywhere look at ids: they must not lie where memory leaves. */
        page->ids[i] = reads ? str_copy(to->arena, heading->id) : heading->id;
        if (reads && has_map)
            map_put(page->anchors, page->ids[i], page);
    }
    size_t first = reads ? 0 : page->heading_count;
    size_t known = has_map ? map_count(page->anchors) : 0;
    /* No two headings have one id. */
    bool is_map = !has_map || (reads ? known == page->heading_count : known >= first);
    archive->is_bad = archive->is_bad || !is_map;
    size_t count = has_map && is_map ? known - first : 0;
    count = reads ? 0 : count;
    archive_count(archive, &count);
    for (size_t i = 0; i < count; i++) {
        Str id = reads ? (Str){NULL, 0} : map_key(page->anchors, first + i);
        archive_str(archive, &id);
        if (reads && has_map)
            map_put(page->anchors, str_copy(to->arena, id), page);
    }
}

/* The path of the file that something is written in, which is a text of the page. */
static void archive_from_path(const PageArchive *to, Str *path) {
    const Source *source = NULL;
    for (uint32_t i = 0; i <= to->part_count && !archive_reads(to->archive) && !source; i++)
        source = str_equal(text_of(to, i)->path, *path) ? text_of(to, i) : NULL;
    archive_text(to, &source);
    if (source)
        *path = source == to->page->file->source ? to->page->path : source->path;
}

static void archive_link(const PageArchive *to, PageLink *link) {
    Archive *archive = to->archive;
    uint32_t kind = link->kind;
    archive_u32(archive, &kind);
    archive_str(archive, &link->url);
    archive_str(archive, &link->title);
    archive_place_in_page(to, &link->at);
    archive_spot(to, &link->spot);
    archive_from_path(to, &link->from);
    bool is_kind = kind == MD_LINK || kind == MD_IMAGE || kind == MD_ADDRESS;
    archive->is_bad = archive->is_bad || !is_kind;
    link->kind = is_kind ? (MdKind)kind : MD_LINK;
}

/* Does the line of an excerpt, but for its line end, lie in the text that it was taken from? */
static bool line_fits(const Source *excerpt, uint32_t line, uint32_t start) {
    size_t end =
        line + 1 < excerpt->line_count ? excerpt->line_starts[line + 1] - 1 : excerpt->text.size;
    return start + (end - excerpt->line_starts[line]) <= excerpt->origin->text.size;
}

/* fence = url section text { place-of-line }: one place for each line of the text. */
static void archive_fence(const PageArchive *to, SiteDiagram *fence) {
    Archive *archive = to->archive;
    bool reads = archive_reads(archive);
    const Source *origin = reads ? NULL : fence->source->origin;
    archive_text(to, &origin);
    archive_str(archive, &fence->url);
    archive_str(archive, &fence->section);
    Str text = reads ? (Str){NULL, 0} : fence->source->text;
    archive_str(archive, &text);
    const uint32_t *known = NULL;
    uint32_t *starts = NULL;
    if (reads) {
        if (!origin)
            origin = to->page->file->source;
        Source *excerpt = source_excerpt(to->arena, origin, text, NULL);
        excerpt->origin_starts = starts = ARENA_ARRAY(to->arena, uint32_t, excerpt->line_count);
        fence->source = excerpt;
    } else {
        known = fence->source->origin_starts;
    }
    for (uint32_t i = 0; i < fence->source->line_count && !archive->is_bad; i++) {
        uint32_t start = reads ? 0 : known[i];
        archive_u32(archive, &start);
        archive->is_bad = archive->is_bad || !line_fits(fence->source, i, start);
        if (reads)
            starts[i] = start;
    }
}

static void archive_ignores(const PageArchive *to, MdIgnores *ignores) {
    Archive *archive = to->archive;
    archive_count(archive, &ignores->count);
    ignores->capacity = ignores->count;
    if (archive_reads(archive))
        ignores->items = ARENA_ARRAY(to->arena, MdIgnore, ignores->count);
    for (size_t i = 0; i < ignores->count; i++) {
        archive_str(archive, &ignores->items[i].rule);
        archive_place_in_page(to, &ignores->items[i].at);
        archive_place_in_page(to, &ignores->items[i].covers);
        archive_str(archive, &ignores->items[i].reason);
        /* Whoever sorts by the comment's file looks at it. */
        archive->is_bad = archive->is_bad || !ignores->items[i].at.source;
    }
}

/* What was found while the page was read is about its texts. */
static const Source *find_text(void *context, Str path) {
    const PageArchive *to = context;
    for (uint32_t i = 0; i <= to->part_count; i++)
        if (str_equal(path, text_of(to, i)->path))
            return text_of(to, i);
    return NULL;
}

void archive_page_facts(const PageArchive *to) {
    Page *page = to->page;
    Archive *archive = to->archive;
    bool reads = archive_reads(archive);
    archive_front(to);
    archive_headings(to);
    archive_count(archive, &page->link_count);
    if (reads)
        page->links = ARENA_ARRAY(to->cold, PageLink, page->link_count);
    for (size_t i = 0; i < page->link_count; i++)
        archive_link(to, &page->links[i]);
    archive_count(archive, &page->fence_count);
    if (reads)
        page->fences = ARENA_ARRAY(to->arena, SiteDiagram, page->fence_count);
    for (size_t i = 0; i < page->fence_count; i++)
        archive_fence(to, &page->fences[i]);
    archive_ignores(to, &page->ignores);
    PageArchive copy = *to;
    ArchiveTexts texts = {find_text, &copy, to->arena};
    archive_diags(archive, &texts, page->diags);
}

/* --- what was rendered -------------------------------------------------------------------- */

/* Hits are numbers of words: one that is none would make the index read elsewhere. */
static void archive_hits(const PageArchive *to, SearchPage *search) {
    Archive *archive = to->archive;
    size_t count = 0;
    for (size_t i = 0; i < search->section_count; i++)
        count += search->sections[i].hit_count;
    const uint8_t *from = search->hits;
    if (archive_reads(archive)) {
        archive->is_bad = archive->is_bad || count > archive->in.size;
        count = archive->is_bad ? 0 : count;
        search->hits =
            (uint8_t *)arena_bytes(to->tmp, count * SEARCH_NUMBER_MAX + SEARCH_NUMBER_MAX);
    }
    uint8_t *at = search->hits;
    for (size_t i = 0; i < count; i++) {
        uint32_t hit = archive_reads(archive) ? 0 : search_take_number(&from);
        archive_u32(archive, &hit);
        archive->is_bad = archive->is_bad || hit / SEARCH_WEIGHTS >= search->word_count ||
                          hit % SEARCH_WEIGHTS > SEARCH_TITLE_SHORT;
        if (archive_reads(archive))
            at += search_put_number(at, hit);
    }
}

void archive_page_search(const PageArchive *to, SearchPage *search) {
    Archive *archive = to->archive;
    archive_str(archive, &search->words);
    archive_size(archive, &search->word_count); /* of those above */
    archive_count(archive, &search->section_count);
    if (archive_reads(archive))
        search->sections = ARENA_ARRAY(to->tmp, SearchSection, search->section_count + 1);
    for (size_t i = 0; i < search->section_count; i++) {
        SearchSection *section = &search->sections[i];
        archive_str(archive, &section->anchor);
        archive_str(archive, &section->heading);
        archive_str(archive, &section->excerpt);
        archive_u32(archive, &section->hit_count);
    }
    size_t words = 0;
    for (size_t i = 0; i < search->words.size; i++)
        words += search->words.data[i] == '\n';
    archive->is_bad = archive->is_bad || words < search->word_count;
    archive_hits(to, search);
}

static void archive_wanted(const PageArchive *to) {
    Page *page = to->page;
    Archive *archive = to->archive;
    archive_count(archive, &page->want_count);
    if (archive_reads(archive))
        page->wanted = ARENA_ARRAY(to->arena, SiteFile *, page->want_count + 1);
    page->want_capacity = page->want_count;
    for (size_t i = 0; i < page->want_count; i++) {
        Str path = archive_reads(archive) ? (Str){NULL, 0} : page->wanted[i]->path;
        archive_str(archive, &path);
        if (archive_reads(archive))
            page->wanted[i] = site_find_file(to->site, path);
        archive->is_bad = archive->is_bad || !page->wanted[i];
        if (archive->is_bad)
            page->want_count = i;
    }
}

/* The diagram on the page's card: a fence by its number, a file by its path. */
static void archive_card(const PageArchive *to) {
    Page *page = to->page;
    const SiteDiagram *diagram = page->card_diagram;
    size_t fence = 0;
    for (size_t i = 0; i < page->fence_count; i++)
        if (diagram == &page->fences[i])
            fence = i + 1;
    Str path = diagram && !fence && diagram->source ? diagram->source->path : STR("");
    archive_size(to->archive, &fence);
    archive_str(to->archive, &path);
    if (!archive_reads(to->archive))
        return;
    const SiteFile *file = path.size ? site_find_file(to->site, path) : NULL;
    page->card_diagram = fence && fence <= page->fence_count  ? &page->fences[fence - 1]
                         : file && file->kind == FILE_DIAGRAM ? file->part
                                                              : NULL;
}

void archive_page_content(const PageArchive *to) {
    Page *page = to->page;
    bool has_twin = page->twin_text.data != NULL;
    archive_bool(to->archive, &has_twin);
    if (has_twin)
        archive_str(to->archive, &page->twin_text);
    archive_wanted(to);
    archive_card(to);
}
