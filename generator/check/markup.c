/* markup.c: the written HTML read back. docsgen's own output is parsed by libxml2, a reader that
 * knows nothing of how it was made, and every id and reference found there is followed again. What
 * the rendering stages believed is thereby proved. */
#include "base/ban.h"

#include <libxml/HTMLparser.h>

#include "base/fs.h"
#include "base/limits.h"
#include "check/checks.h"
#include "site/links.h"
#include "site/outputs.h"

/* htmlParseDoc and friends set up global state once. libxml2's code for "Tag main invalid": it
 * knows HTML 4 only. */
#define ERROR_UNKNOWN_TAG XML_HTML_UNKNOWN_TAG

typedef struct Reference {
    Str url;
    int line;
} Reference;

/* What one file says about itself. */
typedef struct Markup {
    const Output *output;
    const Source *source;
    Map *ids;
    Reference *references;
    size_t reference_count, reference_capacity;
} Markup;

typedef struct Reader {
    const Site *site;
    Diags *diags;
    Arena *arena;
    Markup *markup; /* the file being read */
    htmlParserCtxtPtr parser;
} Reader;

static Span line_span(const Markup *markup, int line) {
    uint32_t index =
        line > 0 && (uint32_t)line <= markup->source->line_count ? (uint32_t)line - 1 : 0;
    Str rest = str_from_offset(markup->source->text, markup->source->line_starts[index]);
    rest = str_slice(rest, 0, LIMIT_LINE_SIZE);
    return span_of(markup->source, markup->source->line_starts[index], str_cut_line(&rest).size);
}

/* The value within its line, so that the caret points at it. Lines may be long: not to be asked for
 * what is right, and not looked through to their end. */
static Span value_span(const Markup *markup, int line, Str value) {
    Span at = line_span(markup, line);
    size_t found = str_find(span_text(at), value, 0);
    return found == STR_NONE ? at : span_of(markup->source, at.start + found, value.size);
}

static void add_id(Reader *reader, Str id, int line) {
    Markup *markup = reader->markup;
    if (map_put(markup->ids, id, markup))
        diag_add(reader->diags, DIAG_PAGE_MARKUP, value_span(markup, line, id),
                 "the id \"%.*s\" stands here a second time", STR_FMT(id));
}

static void add_reference(Reader *reader, Str url, int line) {
    Markup *markup = reader->markup;
    ARENA_RESERVE(reader->arena, markup->references, markup->reference_count,
                  markup->reference_capacity);
    markup->references[markup->reference_count++] = (Reference){url, line};
}

static void on_element(void *context, const xmlChar *name, const xmlChar **attributes) {
    (void)name;
    Reader *reader = context;
    int line = xmlSAX2GetLineNumber(reader->parser);
    for (size_t i = 0; attributes && attributes[i]; i += 2) {
        Str key = str_from((const char *)attributes[i]);
        Str value = str_copy(reader->arena, str_from((const char *)attributes[i + 1]));
        if (str_equal(key, STR("id")))
            add_id(reader, value, line);
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
    diag_add(reader->diags, DIAG_PAGE_MARKUP, line_span(reader->markup, error->line), "%.*s",
             STR_FMT(message));
}

static void read_markup(Reader *reader, Markup *markup, const Output *output) {
    htmlSAXHandler handler = {
        .startElement = on_element, .serror = on_error, .initialized = XML_SAX2_MAGIC};
    Str path = fs_join(reader->site->config->output, output->path, reader->arena);
    *markup = (Markup){.output = output, .ids = map_new(reader->arena)};
    markup->source = source_new(reader->arena, path, output->content);
    reader->markup = markup;
    reader->parser =
        htmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!reader->parser)
        return;
    htmlCtxtUseOptions(reader->parser, HTML_PARSE_NONET | HTML_PARSE_RECOVER);
    /* Structured errors arrive through the handler only when it has a structured function; older
     * ones are silenced. */
    htmlParseChunk(reader->parser, output->content.data, (int)output->content.size, 1);
    htmlFreeParserCtxt(reader->parser);
    reader->parser = NULL;
}

static bool is_elsewhere(Str url) {
    static const Str starts[] = {{"http:", 5}, {"https:", 6}, {"mailto:", 7},
                                 {"tel:", 4},  {"data:", 5},  {"//", 2}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts_with(url, starts[i]))
            return true;
    return false;
}

static const Markup *find_markup(const Map *files, Str path) {
    return map_find(files, path);
}

/* Follows one reference through the written files. */
static void follow(Reader *reader, const Map *files, const Markup *markup, Reference reference) {
    if (is_elsewhere(reference.url))
        return;
    Target target = link_target(reader->site, markup->output->path, reference.url, reader->arena);
    const Output *output = outputs_find(&reader->site->outputs, target.path);
    if (target.kind != TARGET_FILE || (!output && target.path.size)) {
        diag_add(reader->diags, DIAG_LINK_PAGE, value_span(markup, reference.line, reference.url),
                 "the written page refers to \"%.*s\", which was not written",
                 STR_FMT(reference.url));
        return;
    }
    const Markup *other = find_markup(files, target.path);
    if (other && target.fragment.size && !map_find(other->ids, target.fragment))
        diag_add(reader->diags, DIAG_LINK_ANCHOR, value_span(markup, reference.line, reference.url),
                 "the written page refers to \"#%.*s\", which is not in \"%.*s\"",
                 STR_FMT(target.fragment), STR_FMT(target.path));
}

void check_markup(const Site *site, Diags *diags) {
    Arena *arena = arena_new();
    Reader reader = {.site = site, .diags = diags, .arena = site->arena};
    Markup *markups = ARENA_ARRAY(arena, Markup, site->outputs.count);
    Map *files = map_new(arena);
    size_t count = 0;
    xmlInitParser();
    for (size_t i = 0; i < site->outputs.count; i++) {
        const Output *output = &site->outputs.items[i];
        if (!str_ends_with(output->path, STR(".html")) || output->copy_of.size)
            continue;
        read_markup(&reader, &markups[count], output);
        map_put(files, output->path, &markups[count++]);
    }
    reader.markup = NULL;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < markups[i].reference_count; k++)
            follow(&reader, files, &markups[i], markups[i].references[k]);
    arena_free(arena);
}
