/* markup.c: the written HTML read back. docsgen's own output is parsed by libxml2, a reader that
 * knows nothing of how it was made, and every id and reference found there is followed again. What
 * the rendering stages believed is thereby proved.
 *
 * A large site does not fit in memory. So each page is read when it is made, and what stays of it
 * is little: its ids as hashes; which ids of other pages it refers to; references to what may not
 * be written at all, each with its line, should it have to be shown. That pages and the theme's
 * files are written is certain by then. */
#include "base/ban.h"

#include <assert.h>
#include <libxml/HTMLparser.h>

#include "base/fs.h"
#include "base/limits.h"
#include "check/checks.h"
#include "site/links.h"
#include "site/outputs.h"

/* libxml2's code for "Tag main invalid": it knows HTML 4 only. */
#define ERROR_UNKNOWN_TAG XML_HTML_UNKNOWN_TAG

typedef struct Reference {
    Str url;
    int line;
    /* Of those that are kept. */
    Str path, fragment;
    Str text; /* its line; empty where the page and its ids say that it holds */
} Reference;

/* What stays of one file. */
typedef struct Markup {
    Str path;
    uint64_t *ids; /* hashes, ascending */
    size_t id_count;
    Reference *references; /* to be followed when all files are read */
    size_t reference_count, reference_capacity;
    Diags *found;
} Markup;

/* One thread. */
typedef struct Reader {
    Arena *tmp;      /* of the file being read */
    Markup *markups; /* that are read */
    size_t markup_count, markup_capacity;
    Str folder; /* of the file before */
    Map *sure;  /* references that hold in all files of that folder */
    Arena *memory;
    /* Of the file being read. */
    const Site *site;
    Arena *kept; /* what stays of it */
    Markup *markup;
    Str html;
    const Source *source; /* NULL: no place was asked for yet */
    bool is_source_kept;
    Map *ids;
    Reference *references;
    size_t reference_count, reference_capacity;
    htmlParserCtxtPtr parser;
} Reader;

struct MarkupCheck {
    Reader *readers;
    unsigned reader_count;
};

static Str written_path(const Site *site, Str path, Arena *arena) {
    return fs_join(site->config->output, path, arena);
}

static Span line_span(const Source *source, int line) {
    uint32_t index = line > 0 && (uint32_t)line <= source->line_count ? (uint32_t)line - 1 : 0;
    Str rest = str_from_offset(source->text, source->line_starts[index]);
    rest = str_slice(rest, 0, LIMIT_LINE_SIZE);
    return span_of(source, source->line_starts[index], str_cut_line(&rest).size);
}

/* The value within its line, so that the caret points at it. Lines may be long: not to be asked for
 * what is right, and not looked through to their end. */
static Span value_span(const Source *source, int line, Str value) {
    Span at = line_span(source, line);
    size_t found = str_find(span_text(at), value, 0);
    return found == STR_NONE ? at : span_of(source, at.start + found, value.size);
}

/* The file at hand as a text with lines. */
static const Source *page_source(Reader *reader) {
    if (!reader->source)
        reader->source = source_new(reader->tmp, reader->markup->path, reader->html);
    return reader->source;
}

/* The same for a finding, which points into it: then the file has to stay. */
static const Source *kept_source(Reader *reader) {
    if (!reader->is_source_kept) {
        Arena *kept = reader->kept;
        Str path = written_path(reader->site, reader->markup->path, kept);
        reader->source = source_new(kept, path, str_copy(kept, reader->html));
        reader->is_source_kept = true;
        reader->markup->found = diags_new(kept);
    }
    return reader->source;
}

static void add_id(Reader *reader, Str id, int line) {
    if (!map_put(reader->ids, id, reader))
        return;
    Span at = value_span(kept_source(reader), line, id);
    diag_add(reader->markup->found, DIAG_PAGE_MARKUP, at,
             "the id \"%.*s\" stands here a second time", STR_FMT(id));
}

static bool is_elsewhere(Str url) {
    static const Str starts[] = {{"http:", 5}, {"https:", 6}, {"mailto:", 7},
                                 {"tel:", 4},  {"data:", 5},  {"//", 2}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_with(url, starts[i]))
            return true;
    return false;
}

static void add_reference(Reader *reader, Str url, int line) {
    if (is_elsewhere(url) || map_find(reader->sure, url))
        return;
    ARENA_RESERVE(reader->tmp, reader->references, reader->reference_count,
                  reader->reference_capacity);
    reader->references[reader->reference_count++] =
        (Reference){.url = str_copy(reader->tmp, url), .line = line};
}

static void on_element(void *context, const xmlChar *name, const xmlChar **attributes) {
    Reader *reader = context;
    int line = xmlSAX2GetLineNumber(reader->parser);
    for (size_t i = 0; attributes && attributes[i]; i += 2) {
        Str key = str_from((const char *)attributes[i]);
        Str value = str_from((const char *)attributes[i + 1]);
        if (str_equal(key, STR("id")))
            add_id(reader, str_copy(reader->tmp, value), line);
        /* A base is where links are counted from, and none itself. */
        else if ((str_equal(key, STR("href")) && strcmp((const char *)name, "base") != 0) ||
                 str_equal(key, STR("src")))
            add_reference(reader, value, line);
    }
}

static void on_error(void *context, xmlErrorPtr error) {
    Reader *reader = context;
    if (!reader->markup || error->code == ERROR_UNKNOWN_TAG || error->level < XML_ERR_ERROR)
        return;
    Str message = str_trim(str_from(error->message));
    Span at = line_span(kept_source(reader), error->line);
    diag_add(reader->markup->found, DIAG_PAGE_MARKUP, at, "%.*s", STR_FMT(message));
}

static void parse(Reader *reader) {
    htmlSAXHandler handler = {
        .startElement = on_element, .serror = on_error, .initialized = XML_SAX2_MAGIC};
    reader->parser =
        htmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!reader->parser)
        return;
    htmlCtxtUseOptions(reader->parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER);
    /* Structured errors arrive through the handler only when it has a structured function; older
     * ones are silenced. */
    htmlParseChunk(reader->parser, reader->html.data, (int)reader->html.size, 1);
    htmlFreeParserCtxt(reader->parser);
    reader->parser = NULL;
}

static void report_unwritten(Diags *found, Span at, Str url) {
    diag_add(found, DIAG_LINK_PAGE, at,
             "the written page refers to \"%.*s\", which was not written", STR_FMT(url));
}

static void report_anchor(Diags *found, Span at, Str fragment, Str path) {
    diag_add(found, DIAG_LINK_ANCHOR, at,
             "the written page refers to \"#%.*s\", which is not in \"%.*s\"", STR_FMT(fragment),
             STR_FMT(path));
}

static void keep_reference(Reader *reader, Reference reference, const Target *target,
                           bool is_believed) {
    Markup *markup = reader->markup;
    Arena *kept = reader->kept;
    reference.url = str_copy(kept, reference.url);
    reference.path = str_copy(kept, target->path);
    reference.fragment = str_copy(kept, target->fragment);
    if (!is_believed)
        reference.text = str_copy(kept, span_text(line_span(page_source(reader), reference.line)));
    ARENA_RESERVE(kept, markup->references, markup->reference_count, markup->reference_capacity);
    markup->references[markup->reference_count++] = reference;
}

/* What can be said of a reference by now is said. */
static void judge_reference(Reader *reader, Reference reference) {
    const Site *site = reader->site;
    Target target = link_target(site, reader->markup->path, reference.url, reader->tmp);
    if (target.kind != TARGET_FILE) {
        Span at = value_span(kept_source(reader), reference.line, reference.url);
        report_unwritten(reader->markup->found, at, reference.url);
        return;
    }
    if (str_equal(target.path, reader->markup->path)) {
        if (target.fragment.size && !map_find(reader->ids, target.fragment)) {
            Span at = value_span(kept_source(reader), reference.line, reference.url);
            report_anchor(reader->markup->found, at, target.fragment, target.path);
        }
        return;
    }
    if (target.fragment.size == 0 && outputs_are_sure_of(site, target.path)) {
        map_put(reader->sure, str_copy(reader->memory, reference.url), reader);
        return;
    }
    const Page *page = site_find_page(site, target.path);
    keep_reference(reader, reference, &target, page && page_has_anchor(page, target.fragment));
}

static int compare_hashes(const void *left, const void *right) {
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void keep_ids(Reader *reader) {
    Markup *markup = reader->markup;
    markup->id_count = map_count(reader->ids);
    markup->ids = ARENA_ARRAY(reader->kept, uint64_t, markup->id_count);
    for (size_t i = 0; i < markup->id_count; i++)
        markup->ids[i] = map_hash(map_key(reader->ids, i));
    qsort(markup->ids, markup->id_count, sizeof *markup->ids, compare_hashes);
}

/* References are relative, so what holds does so in one folder. */
static void enter_folder(Reader *reader, Str folder) {
    if (reader->sure && str_equal(reader->folder, folder))
        return;
    arena_reset(reader->memory);
    reader->folder = str_copy(reader->memory, folder);
    reader->sure = map_new(reader->memory);
}

Stamp markup_put(void *context, const Site *site, unsigned worker, Str path, Str html) {
    MarkupCheck *check = context;
    Reader *reader = &check->readers[worker];
    if (!str_ends_with(path, STR(".html")))
        return (Stamp){0};
    reader->site = site;
    reader->kept = site->workers[worker];
    ARENA_RESERVE(reader->kept, reader->markups, reader->markup_count, reader->markup_capacity);
    reader->markup = &reader->markups[reader->markup_count++];
    *reader->markup = (Markup){.path = path};
    reader->html = html;
    reader->source = NULL;
    reader->is_source_kept = false;
    reader->ids = map_new(reader->tmp);
    reader->references = NULL;
    reader->reference_count = reader->reference_capacity = 0;
    enter_folder(reader, fs_folder_of(path));
    parse(reader);
    for (size_t i = 0; i < reader->reference_count; i++)
        judge_reference(reader, reader->references[i]);
    keep_ids(reader);
    reader->markup = NULL;
    arena_reset(reader->tmp);
    return (Stamp){0};
}

static bool has_id(const Markup *markup, Str id) {
    uint64_t hash = map_hash(id);
    return bsearch(&hash, markup->ids, markup->id_count, sizeof hash, compare_hashes) != NULL;
}

/* The place of a reference in a file that is gone: only its line is there, behind empty ones. */
static Span kept_span(const Site *site, const Markup *markup, const Reference *reference) {
    Buf text = buf_new(site->arena);
    for (int i = 1; i < reference->line; i++)
        buf_add_char(&text, '\n');
    buf_add(&text, reference->text.size ? reference->text : reference->url);
    const Source *source =
        source_new(site->arena, written_path(site, markup->path, site->arena), buf_str(&text));
    return value_span(source, reference->line, reference->url);
}

/* Before the first page is written, docsgen's own pages lead to one that is not there: once and for
 * all, and with what to do about it. */
static bool is_explained(const Site *site, const Reference *reference) {
    return site_author_pages(site) == 0 && str_equal(reference->path, STR("index.html"));
}

static void explain_empty(const Site *site, Diags *diags) {
    Str folder = site->config->source;
    if (site_author_pages(site) > 0)
        return;
    diag_add(diags, DIAG_LINK_PAGE, (Span){0}, "there is no page to publish in \"%.*s\"",
             STR_FMT(folder));
    diag_hint(diags, "write \"%.*s/index.md\", or let docsgen init make a first page",
              STR_FMT(folder));
}

/* Follows a reference to another file. */
static void follow(const Site *site, const Map *files, const Markup *markup,
                   const Reference *reference, Diags *diags) {
    const Output *output = outputs_find(&site->outputs, reference->path);
    if (!output && reference->path.size) {
        if (is_explained(site, reference))
            return;
        report_unwritten(diags, kept_span(site, markup, reference), reference->url);
        return;
    }
    const Markup *other = map_find(files, reference->path);
    if (other && reference->fragment.size && !has_id(other, reference->fragment))
        report_anchor(diags, kept_span(site, markup, reference), reference->fragment,
                      reference->path);
}

static int compare_markups(const void *left, const void *right) {
    const Markup *a = left, *b = right;
    return str_compare(a->path, b->path);
}

/* What all threads have read, in byte order of path. */
static Markup *gather(const MarkupCheck *check, size_t *count, Arena *arena) {
    *count = 0;
    for (unsigned i = 0; i < check->reader_count; i++)
        *count += check->readers[i].markup_count;
    Markup *all = ARENA_ARRAY(arena, Markup, *count), *next = all;
    for (unsigned i = 0; i < check->reader_count; i++) {
        const Reader *reader = &check->readers[i];
        if (reader->markup_count)
            memcpy(next, reader->markups, reader->markup_count * sizeof *next);
        next += reader->markup_count;
    }
    qsort(all, *count, sizeof *all, compare_markups);
    return all;
}

static void judge_kept(MarkupCheck *check, const Site *site) {
    for (size_t i = 0; i < site->outputs.count; i++) {
        const Output *output = &site->outputs.items[i];
        if (!output->is_put && output->copy_of.size == 0)
            markup_put(check, site, 0, output->path, output->content);
    }
}

void markup_free(MarkupCheck *check) {
    for (unsigned i = 0; i < check->reader_count; i++) {
        arena_free(check->readers[i].tmp);
        arena_free(check->readers[i].memory);
    }
}

void markup_finish(MarkupCheck *check, const Site *site, Diags *diags) {
    Arena *arena = arena_new();
    size_t count;
    judge_kept(check, site);
    Markup *markups = gather(check, &count, arena);
    Map *files = map_new(arena);
    for (size_t i = 0; i < count; i++) {
        map_put(files, markups[i].path, &markups[i]);
        if (markups[i].found)
            diags_merge(diags, markups[i].found);
    }
    for (size_t i = 0; i < site->page_count; i++)
        assert(map_find(files, site->pages[i]->url)); /* references to pages rely on it */
    explain_empty(site, diags);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < markups[i].reference_count; k++)
            follow(site, files, &markups[i], &markups[i].references[k], diags);
    arena_free(arena);
    markup_free(check);
}

MarkupCheck *markup_new(unsigned worker_count, Arena *arena) {
    MarkupCheck *check = ARENA_NEW(arena, MarkupCheck);
    check->reader_count = worker_count;
    check->readers = ARENA_ARRAY(arena, Reader, worker_count);
    for (unsigned i = 0; i < worker_count; i++) {
        check->readers[i].tmp = arena_new();
        check->readers[i].memory = arena_new();
    }
    xmlInitParser(); /* sets up what all threads share */
    return check;
}

void check_markup(const Site *site, Diags *diags) {
    markup_finish(markup_new(1, site->arena), site, diags);
}
