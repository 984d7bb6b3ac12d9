#include "base/ban.h"

#include "site/search.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/map.h"

#define PART_SIZE    ((size_t)12 * 1024) /* bytes of a part of the words */
#define BLOCK_SIZE   ((size_t)8 * 1024)  /* bytes of a block of sections */
#define POSTINGS_MAX 1500 /* sections of one word; of a word in more the weightiest are kept */

/* A word in the whole site. */
typedef struct IndexTerm {
    Str word;
    SearchHit *hits; /* sections counted over the site */
    size_t hit_count, hit_capacity;
} IndexTerm;

typedef struct Index {
    const Site *site;
    IndexTerm **terms;
    size_t term_count;
    Str *first_words; /* of each part */
    size_t part_count, part_capacity;
    uint32_t *first_sections; /* of each block */
    size_t block_count, block_capacity;
    uint32_t section_count;
    void (*add)(void *context, Output output);
    void *context;
    Arena *arena;
} Index;

static void add_page(Index *index, Map *terms, const SearchPage *page) {
    for (size_t i = 0; i < page->term_count; i++) {
        const SearchTerm *found = page->terms[i];
        IndexTerm *term = map_find(terms, found->word);
        if (!term) {
            term = ARENA_NEW(index->arena, IndexTerm);
            term->word = found->word;
            map_put(terms, term->word, term);
        }
        for (size_t k = 0; k < found->hit_count; k++) {
            ARENA_RESERVE(index->arena, term->hits, term->hit_count, term->hit_capacity);
            SearchHit hit = found->hits[k];
            hit.section += index->section_count;
            term->hits[term->hit_count++] = hit;
        }
    }
    index->section_count += (uint32_t)page->section_count;
}

static int by_word(const void *left, const void *right) {
    const IndexTerm *const *a = left, *const *b = right;
    return str_compare((*a)->word, (*b)->word);
}

static void collect_terms(Index *index) {
    Map *terms = map_new(index->arena);
    for (size_t i = 0; i < index->site->page_count; i++) {
        const Page *page = index->site->pages[i];
        if (page->search)
            add_page(index, terms, page->search);
    }
    index->term_count = map_count(terms);
    index->terms = ARENA_ARRAY(index->arena, IndexTerm *, index->term_count + 1);
    for (size_t i = 0; i < index->term_count; i++)
        index->terms[i] = map_value(terms, i);
    qsort(index->terms, index->term_count, sizeof *index->terms, by_word);
}

/* Keeps the weightiest hits, in the order of sections. */
static void cap_hits(IndexTerm *term) {
    if (term->hit_count <= POSTINGS_MAX)
        return;
    size_t by_weight[SEARCH_TITLE + 1] = {0}, room = POSTINGS_MAX, kept = 0;
    for (size_t i = 0; i < term->hit_count; i++)
        by_weight[term->hits[i].weight]++;
    for (int weight = SEARCH_TITLE; weight >= SEARCH_TEXT; weight--) {
        by_weight[weight] = by_weight[weight] < room ? by_weight[weight] : room;
        room -= by_weight[weight];
    }
    for (size_t i = 0; i < term->hit_count; i++) {
        if (by_weight[term->hits[i].weight] == 0)
            continue;
        by_weight[term->hits[i].weight]--;
        term->hits[kept++] = term->hits[i];
    }
    term->hit_count = kept;
}

static void add_number(Buf *out, uint32_t number) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (; number >= 32; number >>= 5)
        buf_add_char(out, digits[(number & 31) | 32]);
    buf_add_char(out, digits[number]);
}

/* line = shared rest " " numbers LF. */
static void add_term(const IndexTerm *term, Str before, Buf *out) {
    size_t shared = 0;
    while (shared < 31 && shared < before.size && shared < term->word.size &&
           before.data[shared] == term->word.data[shared])
        shared++;
    /* The script counts letters, not bytes: what is shared ends where a letter begins. */
    size_t letters = 0;
    while (shared > 0 && shared < term->word.size &&
           ((unsigned char)term->word.data[shared] & 0xC0) == 0x80)
        shared--;
    for (size_t i = 0; i < shared; i++) {
        unsigned char c = (unsigned char)term->word.data[i];
        letters += (c & 0xC0) != 0x80;
        letters += c >= 0xF0; /* two code units in UTF-16 */
    }
    add_number(out, (uint32_t)letters);
    buf_add(out, str_from_offset(term->word, shared));
    buf_add_char(out, ' ');
    uint32_t last = 0;
    for (size_t i = 0; i < term->hit_count; i++) {
        add_number(out, (term->hits[i].section - last) * 4 + term->hits[i].weight);
        last = term->hits[i].section;
    }
    buf_add_char(out, '\n');
}

/* A script that hands `value`, which is JSON, to whoever asked for it. */
static void add_file(Index *index, const char *name, size_t number, Str value) {
    Buf text = buf_new(index->arena);
    Str part =
        number == SIZE_MAX ? str_from(name) : str_format(index->arena, "%s%zu", name, number);
    buf_add_format(&text, "docsgenPart(\"%.*s\",", STR_FMT(part));
    buf_add(&text, value);
    buf_add_text(&text, ")\n");
    index->add(index->context,
               (Output){.path = str_format(index->arena, "search/%.*s.js", STR_FMT(part)),
                        .content = buf_str(&text)});
}

static void write_parts(Index *index) {
    Buf text = buf_new(index->arena);
    for (size_t i = 0; i < index->term_count; i++) {
        IndexTerm *term = index->terms[i];
        cap_hits(term);
        if (text.size == 0) {
            ARENA_RESERVE(index->arena, index->first_words, index->part_count,
                          index->part_capacity);
            index->first_words[index->part_count++] = term->word;
        }
        add_term(term, text.size ? index->terms[i - 1]->word : (Str){NULL, 0}, &text);
        if (text.size < PART_SIZE && i + 1 < index->term_count)
            continue;
        Buf json = buf_new(index->arena);
        json_string(&json, buf_str(&text));
        add_file(index, "t", index->part_count - 1, buf_str(&json));
        text.size = 0;
    }
}

/* page = [ url, title, [ anchor, heading, excerpt, ... ] ]: three strings for each section. */
static void add_sections(const Page *page, Buf *out) {
    buf_add_char(out, '[');
    json_string(out, page->url);
    buf_add_char(out, ',');
    json_string(out, page->title);
    buf_add_text(out, ",[");
    for (size_t i = 0; i < page->search->section_count; i++) {
        const SearchSection *section = &page->search->sections[i];
        const Str parts[] = {section->anchor, section->heading, section->excerpt};
        for (size_t k = 0; k < 3; k++) {
            buf_add_text(out, i + k ? "," : "");
            json_string(out, parts[k]);
        }
    }
    buf_add_text(out, "]]");
}

static void write_blocks(Index *index) {
    Buf json = buf_new(index->arena);
    uint32_t section = 0;
    for (size_t i = 0; i < index->site->page_count; i++) {
        const Page *page = index->site->pages[i];
        if (page->search) {
            if (json.size == 0) {
                ARENA_RESERVE(index->arena, index->first_sections, index->block_count,
                              index->block_capacity);
                index->first_sections[index->block_count++] = section;
            }
            buf_add_text(&json, json.size ? ",\n" : "[");
            add_sections(page, &json);
            section += (uint32_t)page->search->section_count;
        }
        if (json.size && (json.size >= BLOCK_SIZE || i + 1 == index->site->page_count)) {
            buf_add_char(&json, ']');
            add_file(index, "b", index->block_count - 1, buf_str(&json));
            json.size = 0;
        }
    }
}

static void write_summary(Index *index) {
    Buf json = buf_new(index->arena);
    buf_add_format(&json, "{\"sections\":%u,\"words\":[", index->section_count);
    for (size_t i = 0; i < index->part_count; i++) {
        buf_add_text(&json, i ? "," : "");
        json_string(&json, index->first_words[i]);
    }
    buf_add_text(&json, "],\"blocks\":[");
    for (size_t i = 0; i < index->block_count; i++)
        buf_add_format(&json, "%s%u", i ? "," : "", index->first_sections[i]);
    buf_add_text(&json, "]}");
    add_file(index, "index", SIZE_MAX, buf_str(&json));
}

void search_write(const Site *site, void (*add)(void *context, Output output), void *context) {
    Index index = {.site = site, .add = add, .context = context, .arena = site->arena};
    collect_terms(&index);
    write_parts(&index);
    write_blocks(&index);
    write_summary(&index);
}
