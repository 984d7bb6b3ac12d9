#include "base/ban.h"

#include <assert.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/parser.h>

#include "base/limits.h"
#include "markdown/guard.h"
#include "markdown/pass.h"
#include "markdown/plain.h"
#include "markdown/splice.h"
#include "markdown/table.h"

/* --- memory for cmark --------------------------------------------------------------------- */

/* cmark's allocator has no argument of its own, so each thread keeps what it takes the memory of
 * the parse it is in from. Everything goes at once when the parse ends; nothing is freed alone.
 * cmark asks a thousand times for a hundred zeros: they are made a chunk at a time. */
static _Thread_local struct {
    Arena *arena;   /* NULL: no parse */
    char *at, *end; /* the rest of the chunk, all zeros */
} parse_memory;

#define MEMORY_CHUNK ((size_t)16 << 10)

/* Stands before every allocation: cmark asks for more room without saying how much it has. */
typedef union MemoryHead {
    size_t size;
    max_align_t align;
} MemoryHead;

static void *memory_new(size_t count, size_t size) {
    assert(parse_memory.arena);
    size_t whole =
        sizeof(MemoryHead) * (1 + (count * size + sizeof(MemoryHead) - 1) / sizeof(MemoryHead));
    if (whole > (size_t)(parse_memory.end - parse_memory.at)) {
        size_t chunk = whole > MEMORY_CHUNK ? whole : MEMORY_CHUNK;
        parse_memory.at = arena_alloc(parse_memory.arena, chunk);
        parse_memory.end = parse_memory.at + chunk;
    }
    MemoryHead *head = (MemoryHead *)(void *)parse_memory.at;
    parse_memory.at += whole;
    head->size = whole - sizeof *head;
    return head + 1;
}

/* What was given last, as a text that grows line by line mostly is, grows in its place. */
static void *memory_grow(void *old, size_t size) {
    MemoryHead *head = old ? (MemoryHead *)old - 1 : NULL;
    size_t old_size = head ? head->size : 0;
    if (old && size <= old_size)
        return old;
    size_t more = (size - old_size + sizeof *head - 1) / sizeof *head * sizeof *head;
    bool is_last = old && (char *)old + old_size == parse_memory.at;
    if (is_last && more <= (size_t)(parse_memory.end - parse_memory.at)) {
        parse_memory.at += more;
        head->size += more;
        return old;
    }
    void *grown = memory_new(1, size);
    if (old_size)
        memcpy(grown, old, old_size);
    return grown;
}

static void memory_free(void *old) {
    (void)old;
}

static cmark_mem memory = {memory_new, memory_grow, memory_free};

/* --- cmark -------------------------------------------------------------------------------- */

/* `autolink` reads before its buffer and `strikethrough` writes to tables that all threads share;
 * both are done by extend.c. These two change nothing shared. */
static const char *const extension_names[] = {"table", "tasklist"};
#define EXTENSION_COUNT (sizeof extension_names / sizeof extension_names[0])
static cmark_syntax_extension *extensions[EXTENSION_COUNT];

void md_setup(void) {
    cmark_gfm_core_extensions_ensure_registered();
    for (size_t i = 0; i < EXTENSION_COUNT; i++)
        extensions[i] = cmark_find_syntax_extension(extension_names[i]);
    table_setup(extensions[0]);
}

static size_t longest_definition(const cmark_parser *parser) {
    size_t longest = 0;
    for (const cmark_map_entry *entry = parser->refmap->refs; entry; entry = entry->next) {
        const cmark_reference *reference = (const cmark_reference *)(const void *)entry;
        size_t size = (size_t)reference->url.len + (size_t)reference->title.len;
        longest = size > longest ? size : longest;
    }
    return longest;
}

/* Without a bracket before a caret, which may be escaped, there are no footnotes, and cmark need
 * not walk the tree for them. */
static bool may_have_footnotes(Str text) {
    for (size_t at = str_find_char(text, '[', 0); at != STR_NONE;
         at = str_find_char(text, '[', at + 1))
        if (at + 1 < text.size && strchr("^\\&", text.data[at + 1]))
            return true;
    return false;
}

static void parse_body(const MdPass *pass) {
    const MdLines *lines = pass->lines;
    size_t end = lines->source->text.size;
    Str text = str_from_offset(lines->source->text, lines->count ? lines->starts[0] : end);
    int options = may_have_footnotes(text) ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT;
    cmark_parser *parser = cmark_parser_new_with_mem(options, &memory);
    for (size_t i = 0; i < EXTENSION_COUNT; i++)
        cmark_parser_attach_syntax_extension(parser, extensions[i]);
    cmark_parser_feed(parser, text.data, text.size);
    /* The last line must be in before the blocks are looked at. */
    if (text.size && text.data[text.size - 1] != '\n')
        cmark_parser_feed(parser, "\n", 1);
    guard_blocks(parser->root, longest_definition(parser), lines, pass->diags);
    plain_hide(parser->root);
    convert_tree(pass, cmark_parser_finish(parser));
}

/* --- front matter ------------------------------------------------------------------------- */

static bool is_dashes(Str line) {
    return str_starts_with(line, STR("---")) && str_is_blank(str_from_offset(line, 3));
}

/* `key:` and then a blank or nothing: what an author would not write below a rule. */
static bool is_setting(Str line) {
    size_t colon = str_find_char(line, ':', 0);
    if (colon == STR_NONE || colon == 0 || str_find_char(str_slice(line, 0, colon), ' ', 0) < colon)
        return false;
    return colon + 1 == line.size || str_is_blank(str_slice(line, colon + 1, colon + 2));
}

/* front matter = "---" line-end { line } "---" line-end, at the very start. Gives the offset of the
 * text behind it. */
static size_t cut_front_matter(MdDoc *doc, size_t start, Diags *diags) {
    Str text = doc->source->text;
    Str rest = str_from_offset(text, start);
    if (!is_dashes(str_cut_line(&rest)))
        return start;
    size_t yaml = text.size - rest.size;
    Str first = rest;
    bool is_likely = rest.data && is_setting(str_cut_line(&first));
    while (rest.data) {
        size_t at = text.size - rest.size;
        if (!is_dashes(str_cut_line(&rest)))
            continue;
        doc->front_matter = span_of(doc->source, yaml, at - yaml);
        if (at - yaml > LIMIT_FRONT_MATTER) {
            diag_add(diags, DIAG_PAGE_LIMIT, span_of(doc->source, start, 3),
                     "front matter of %zu bytes is larger than the limit of %zu", at - yaml,
                     LIMIT_FRONT_MATTER);
            doc->front_matter = (Span){NULL, 0, 0};
        }
        return rest.data ? text.size - rest.size : text.size;
    }
    if (is_likely) {
        diag_add(diags, DIAG_PAGE_FRONT_MATTER, span_of(doc->source, start, 3),
                 "front matter has no end");
        diag_hint(diags, "close it with a line \"---\"");
    }
    return start;
}

/* --- the document ------------------------------------------------------------------------- */

/* A text that cannot be read as Markdown is shown as it is. */
static void show_as_code(MdDoc *doc, Arena *arena) {
    Str text = doc->source->text;
    if (text.size > LIMIT_PAGE_SIZE || text.size == 0)
        return;
    MdNode *code = tree_append(arena, doc->root, MD_CODE_BLOCK);
    code->text = text;
    code->at = span_of(doc->source, 0, text.size);
}

/* A list of the document that grows. */
typedef struct NodeList {
    MdNode **items;
    size_t count, capacity;
} NodeList;

static void list_add(NodeList *list, Arena *arena, MdNode *node) {
    ARENA_RESERVE(arena, list->items, list->count, list->capacity);
    list->items[list->count++] = node;
}

void parse_relist(MdDoc *doc, Arena *arena) {
    NodeList links = {0}, code_blocks = {0}, html = {0}, headings = {0};
    for (MdNode *node = doc->root; node; node = md_next(doc->root, node)) {
        /* The addresses in a node's HTML. */
        for (size_t i = 0; i < node->piece_count; i++)
            if (node->pieces[i].address)
                list_add(&links, arena, node->pieces[i].address);
        if (node->kind == MD_LINK || node->kind == MD_IMAGE)
            list_add(&links, arena, node);
        else if (node->kind == MD_CODE_BLOCK)
            list_add(&code_blocks, arena, node);
        else if (node->kind == MD_HEADING)
            list_add(&headings, arena, node);
        else if ((node->kind == MD_HTML || node->kind == MD_HTML_BLOCK) && !tree_is_comment(node))
            list_add(&html, arena, node);
    }
    doc->links = links.items;
    doc->link_count = links.count;
    doc->code_blocks = code_blocks.items;
    doc->code_block_count = code_blocks.count;
    doc->html_nodes = html.items;
    doc->html_count = html.count;
    doc->headings = ARENA_ARRAY(arena, MdHeading, headings.count);
    doc->heading_count = headings.count;
    for (size_t i = 0; i < headings.count; i++)
        doc->headings[i] = (MdHeading){headings.items[i], md_plain_text(headings.items[i], arena)};
}

MdDoc *md_parse_in(const Source *source, Arena *arena, Arena *tmp, Diags *diags) {
    assert(extensions[0] && !parse_memory.arena);
    MdDoc *doc = ARENA_NEW(arena, MdDoc);
    doc->source = source;
    doc->root = ARENA_NEW(arena, MdNode);
    doc->root->at = span_of(source, 0, source->text.size);
    if (!guard_accepts_text(source, diags)) {
        show_as_code(doc, arena);
        parse_relist(doc, arena);
        return doc;
    }
    size_t start = str_starts_with(source->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    size_t body = cut_front_matter(doc, start, diags);
    parse_memory.arena = tmp;
    MdLines lines = md_lines_new(tmp, source, body);
    MdPass pass = {doc, arena, tmp, &lines, diags};
    if (guard_accepts_lines(&lines, diags)) {
        parse_body(&pass);
        extend_tree(&pass);
        md_mend_footnotes(doc, arena);
    } else {
        show_as_code(doc, arena);
    }
    parse_relist(doc, arena);
    extend_heading_ids(doc, arena, tmp);
    memset(&parse_memory, 0, sizeof parse_memory);
    return doc;
}

MdDoc *md_parse(const Source *source, Arena *arena, Diags *diags) {
    Arena *tmp = arena_new();
    MdDoc *doc = md_parse_in(source, arena, tmp, diags);
    arena_free(tmp);
    return doc;
}

void md_relist(MdDoc *doc, Arena *arena) {
    Arena *tmp = arena_new();
    parse_relist(doc, arena);
    extend_heading_ids(doc, arena, tmp);
    arena_free(tmp);
}

const Source *md_code_source(const MdNode *code, Arena *arena) {
    assert(code->kind == MD_CODE_BLOCK);
    const Source *page = code->at.source;
    size_t count = 1;
    for (size_t i = 0; i < code->text.size; i++)
        count += code->text.data[i] == '\n';
    uint32_t *starts = ARENA_ARRAY(arena, uint32_t, count);
    /* Each line of the code is the end of its line on the page. */
    Str rest = code->text;
    size_t at = code->at.start;
    for (size_t i = 0; i < count; i++) {
        Str line = str_cut_line(&rest), text = page->text;
        size_t end = at;
        while (end < text.size && text.data[end] != '\n' && text.data[end] != '\r')
            end++;
        starts[i] = (uint32_t)(i == 0 || end - at < line.size ? at : end - line.size);
        bool is_pair = end + 1 < text.size && text.data[end] == '\r' && text.data[end + 1] == '\n';
        at = end < text.size ? end + (is_pair ? 2 : 1) : end;
    }
    return source_excerpt(arena, page, code->text, starts);
}
