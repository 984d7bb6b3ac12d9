#include "base/ban.h"

#include "site/search.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/pool.h"
#include "site/outputs.h"
#include "site/search_index.h"

#define FILE_SIZE    ((size_t)5000) /* bytes of a part; docsgen.js knows it as well */
#define BLOCK        16u            /* sections of a block; docsgen.js knows it as well */
#define LIST_MAX     5000           /* bytes of the sections of one word and weight */
#define LIST_SHORT   64             /* sections that are kept of a longer one */
#define FEW          4              /* sections; a word in fewer is rare, unless in a heading */
#define SPELLING_MIN 4              /* letters of a word that may be misspelt */
#define WEIGHTS      (SEARCH_TITLE_SHORT + 1)
#define DIGITS_MAX   7              /* of a number */
#define BATCH        ((size_t)2048) /* words whose lists are made at a time; all are at hand then */
#define TASK         ((size_t)64)   /* of them in one go of a thread */
#define AHEAD        8u             /* words before its turn one is asked for */

/* The parts of one dictionary. */
typedef struct Dictionary {
    char name;
    Buf text;           /* of the part that is being filled */
    Str before;         /* the word before, in it */
    size_t file, place; /* where the part's first list stands */
    Str *firsts;        /* the first word of every part */
    size_t count, capacity;
} Dictionary;

/* The sections of one weight in a list that is being made. */
typedef struct Places {
    char text[LIST_MAX + DIGITS_MAX]; /* numbers */
    size_t size, short_size;
    uint32_t last, count;
} Places;

/* What a thread makes lists with. */
typedef struct Lane {
    Arena *arena;    /* of `hits` */
    Arena *lists[2]; /* of one batch, and of the one before */
    Arena *tmp;      /* of one file */
    SearchHits hits;
    Places places[WEIGHTS];
} Lane;

/* What is made of one word. */
typedef struct Made {
    Str list;
    Str hits; /* for a later build */
} Made;

typedef struct Writing {
    Site *site;
    const SearchIndex *index;
    SearchList words;
    SearchList turned; /* those that may be misspelt, from their last letter to their first: in the
                          place of words that have been written */
    Lane *lanes;
    Dictionary common, rare, reversed;
    Buf lists; /* of the list file that is being filled */
    size_t list_file;
    uint32_t section_count;
    Str name; /* of the file that is being written */
    Buf file;
    unsigned worker; /* who writes it */
    size_t batch;    /* the first word of those whose lists are made now */
    bool is_odd;     /* every second batch */
    Made *made[2];   /* of a batch, and of the one before */
    Archive kept;    /* for a later build; without `out` nobody asks */
    Arena *tmp;
} Writing;

static size_t put_number(char *to, uint32_t number) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t size = 0;
    for (; number >= 32; number >>= 5)
        to[size++] = digits[(number & 31) | 32];
    to[size++] = digits[number];
    return size;
}

static void add_number(Buf *out, uint32_t number) {
    char digits[DIGITS_MAX];
    buf_add(out, (Str){digits, put_number(digits, number)});
}

/* Begins a file: a script that hands a value, which is JSON, to whoever asked for it. */
static void begin_script(Str name, Buf *out) {
    buf_add_text(out, "docsgenPart(\"");
    buf_add(out, name);
    buf_add_text(out, "\",");
}

static Buf *begin_file(Writing *writing, Str name) {
    writing->name = name;
    writing->file.size = 0;
    begin_script(name, &writing->file);
    return &writing->file;
}

static Str file_path(const Writing *writing, Str name) {
    return str_format(writing->site->arena, "search/%.*s.js", STR_FMT(name));
}

static void end_file(Writing *writing) {
    buf_add_text(&writing->file, ")\n");
    size_t output = outputs_claim(writing->site, file_path(writing, writing->name));
    if (output != OUTPUT_NONE)
        outputs_fill(writing->site, output, writing->worker, buf_str(&writing->file));
}

static Str part_name(Arena *arena, char kind, size_t number) {
    return str_format(arena, "%c%zu", kind, number);
}

static void end_lists(Writing *writing) {
    if (writing->lists.size == 0)
        return;
    json_string(begin_file(writing, part_name(writing->tmp, 'p', writing->list_file++)),
                buf_str(&writing->lists));
    end_file(writing);
    writing->lists.size = 0;
}

static void end_part(Writing *writing, Dictionary *dictionary) {
    if (dictionary->text.size == 0)
        return;
    Buf *out =
        begin_file(writing, part_name(writing->tmp, dictionary->name, dictionary->count - 1));
    buf_add_char(out, '[');
    json_string(out, buf_str(&dictionary->text));
    buf_add_format(out, ",%zu,%zu]", dictionary->file, dictionary->place);
    end_file(writing);
    dictionary->text.size = 0;
}

/* Begins the entry of a word: up to where its numbers stand. */
static void add_word(Writing *writing, Dictionary *dictionary, Str word) {
    Buf *out = &dictionary->text;
    size_t shared = 0;
    if (out->size >= FILE_SIZE)
        end_part(writing, dictionary);
    if (out->size == 0) {
        ARENA_RESERVE(writing->tmp, dictionary->firsts, dictionary->count, dictionary->capacity);
        dictionary->firsts[dictionary->count++] = word;
        dictionary->file = writing->list_file;
        dictionary->place = writing->lists.size;
    } else {
        buf_add_char(out, ',');
        Str before = dictionary->before;
        while (shared < 31 && shared < before.size && shared < word.size &&
               before.data[shared] == word.data[shared])
            shared++;
    }
    /* The script counts letters, not bytes: what is shared ends where a letter begins. */
    size_t letters = 0;
    while (shared > 0 && shared < word.size && ((unsigned char)word.data[shared] & 0xC0) == 0x80)
        shared--;
    for (size_t i = 0; i < shared; i++) {
        unsigned char c = (unsigned char)word.data[i];
        letters += (c & 0xC0) != 0x80;
        letters += c >= 0xF0; /* two code units in UTF-16 */
    }
    add_number(out, (uint32_t)letters);
    buf_add(out, str_from_offset(word, shared));
    buf_add_char(out, ' ');
    dictionary->before = word;
}

/* The hits of a word as its list. */
static void add_list(Lane *lane, Buf *out) {
    for (size_t i = 0; i < WEIGHTS; i++)
        lane->places[i].size = lane->places[i].last = lane->places[i].count = 0;
    for (size_t i = 0; i < lane->hits.count; i++) {
        Places *place = &lane->places[lane->hits.hits[i] % SEARCH_WEIGHTS];
        uint32_t section = lane->hits.hits[i] / SEARCH_WEIGHTS;
        if (place->size > LIST_MAX)
            continue;
        place->size += put_number(place->text + place->size, section - place->last);
        place->last = section;
        if (++place->count == LIST_SHORT)
            place->short_size = place->size;
    }
    size_t used = WEIGHTS;
    while (used > 0 && lane->places[used - 1].size == 0)
        used--;
    for (size_t i = 0; i < used; i++) {
        const Places *place = &lane->places[i];
        bool is_long = place->size > LIST_MAX;
        buf_add_text(out, i ? "." : "");
        buf_add(out, (Str){place->text, is_long ? place->short_size : place->size});
        buf_add_text(out, is_long ? "*" : "");
    }
}

/* The hits as search_past.h has them. */
static void add_hits(const SearchHits *hits, Buf *out) {
    uint32_t before = 0;
    buf_reserve(out, hits->count * SEARCH_NUMBER_MAX);
    uint8_t *first = (uint8_t *)out->data + out->size, *at = first;
    for (size_t i = 0; i < hits->count; i++) {
        uint32_t section = hits->hits[i] / SEARCH_WEIGHTS, weight = hits->hits[i] % SEARCH_WEIGHTS;
        at += search_put_number(at, (section - before) * SEARCH_WEIGHTS + weight);
        before = section;
    }
    out->size += (size_t)(at - first);
}

/* Words come in the order of their letters and lie all over the memory, and so do their hits: each
 * is asked for before its turn. A term may lie in two lines of the processor's memory. Always
 * inline: gcc takes a function that asks and does no more for one that does nothing. */
static inline __attribute__((always_inline)) void fetch_word(const SearchList *words,
                                                             size_t index) {
    if (index + 2 * AHEAD < words->count) {
        const SearchTerm *term = words->entries[index + 2 * AHEAD].term;
        __builtin_prefetch(&term->first);
        __builtin_prefetch(&term->other);
    }
    if (index + AHEAD < words->count)
        __builtin_prefetch(words->entries[index + AHEAD].term->first);
}

static void make_lists(const Writing *writing, size_t number, unsigned worker) {
    Lane *lane = &writing->lanes[worker];
    Arena *lists = lane->lists[writing->is_odd];
    Made *made = writing->made[writing->is_odd];
    Buf out = buf_new(lane->tmp);
    size_t first = number * TASK;
    for (size_t i = first; i < first + TASK && writing->batch + i < writing->words.count; i++) {
        out.size = 0;
        fetch_word(&writing->words, writing->batch + i);
        search_index_hits(writing->index, writing->words.entries[writing->batch + i].term,
                          &lane->hits, lane->arena);
        add_list(lane, &out);
        made[i].list = str_copy(lists, buf_str(&out));
        if (!writing->kept.out)
            continue;
        out.size = 0;
        add_hits(&lane->hits, &out);
        made[i].hits = str_copy(lists, buf_str(&out));
    }
    arena_reset(lane->tmp);
}

static void keep_pages(Writing *writing) {
    size_t count = search_index_pages(writing->index), size = 0;
    for (size_t i = 0; i < count; i++)
        size += search_index_page(writing->index, i).shown.parts.size;
    /* A word with its hits takes about so much; what it grows to later would be copied. */
    buf_reserve(writing->kept.out, size + count * 8 + writing->words.count * 24);
    archive_count(&writing->kept, &count);
    for (size_t i = 0; i < count; i++) {
        SearchShown shown = search_index_page(writing->index, i).shown;
        search_past_page(&writing->kept, &shown);
    }
    archive_count(&writing->kept, &writing->words.count);
}

/* The word from its last letter to its first; empty when nobody would misspell it. */
static Str reversed(Str word, Arena *arena) {
    for (size_t i = 0; i < word.size; i++)
        if ((word.data[i] >= '0' && word.data[i] <= '9') || word.data[i] == '_')
            return (Str){NULL, 0};
    char *bytes = arena_bytes(arena, word.size + 1);
    size_t letters = 0;
    for (size_t at = 0; at < word.size; letters++) {
        size_t size = 1;
        while (at + size < word.size && ((unsigned char)word.data[at + size] & 0xC0) == 0x80)
            size++;
        memcpy(bytes + word.size - at - size, word.data + at, size);
        at += size;
    }
    return (Str){bytes, letters < SPELLING_MIN ? 0 : word.size};
}

/* Turns a word round that has been written, to be written once more: now it is at hand. */
static void turn_word(Writing *writing, SearchTerm *term) {
    SearchList *turned = &writing->turned;
    term->word = reversed(term->word, writing->tmp);
    if (term->word.size == 0)
        return;
    turned->entries[turned->count++].term = term;
}

static void put_word(Writing *writing, const SearchTerm *term, Str list) {
    if (!term->is_heading && term->count < FEW) {
        add_word(writing, &writing->rare, term->word);
        buf_add(&writing->rare.text, list);
        return;
    }
    add_word(writing, &writing->common, term->word);
    add_number(&writing->common.text, (uint32_t)list.size);
    if (writing->lists.size && writing->lists.size + list.size > FILE_SIZE)
        end_lists(writing);
    buf_add(&writing->lists, list);
}

/* Puts the words of a batch into files. */
static void put_words(Writing *writing, size_t batch, const Made *made) {
    for (size_t i = 0; i < BATCH && batch + i < writing->words.count; i++) {
        SearchTerm *term = writing->words.entries[batch + i].term;
        if (writing->kept.out)
            search_past_word(&writing->kept, &(SearchPastWord){term->word, made[i].hits});
        put_word(writing, term, made[i].list);
        turn_word(writing, term);
    }
}

static void write_some(void *context, size_t number, unsigned worker) {
    Writing *writing = context;
    if (number > 0) {
        make_lists(writing, number - 1, worker);
    } else if (writing->batch > 0) {
        writing->worker = worker;
        put_words(writing, writing->batch - BATCH, writing->made[!writing->is_odd]);
    } else if (writing->kept.out) {
        keep_pages(writing);
    }
}

/* Lists are made by all threads, a batch of words at a time. They are put into files by one, since
 * where a file ends depends on all before it, while the others make the next batch. */
static void write_words(Writing *writing) {
    unsigned workers = writing->site->worker_count;
    size_t count = writing->words.count;
    for (size_t i = 0; i < 2; i++)
        writing->made[i] = ARENA_ARRAY(writing->tmp, Made, BATCH);
    for (; writing->batch < count + BATCH; writing->batch += BATCH) {
        size_t left = writing->batch < count ? count - writing->batch : 0;
        writing->is_odd = !writing->is_odd;
        for (unsigned k = 0; k < workers; k++)
            arena_reset(writing->lanes[k].lists[writing->is_odd]);
        pool_run(workers, 1 + ((left < BATCH ? left : BATCH) + TASK - 1) / TASK, write_some,
                 writing);
    }
    writing->worker = 0;
    end_part(writing, &writing->common);
    end_part(writing, &writing->rare);
    end_lists(writing);
}

static void write_reversed(Writing *writing) {
    search_list_sort(writing->turned);
    for (size_t i = 0; i < writing->turned.count; i++) {
        const SearchTerm *term = writing->turned.entries[i].term;
        uint32_t known = term->is_heading ? 4 : 0;
        for (uint32_t left = term->count; left > 1; left /= 2)
            known++;
        add_word(writing, &writing->reversed, term->word);
        add_number(&writing->reversed.text, known);
    }
    end_part(writing, &writing->reversed);
}

/* The place in the site of a section. */
typedef struct BlockStart {
    size_t page;
    uint32_t section; /* of the page */
} BlockStart;

/* The blocks: where each begins, and its file. */
typedef struct Blocks {
    const Writing *writing;
    BlockStart *starts;
    size_t *outputs;
    size_t count;
} Blocks;

/* page = [ url, title, [ anchor, heading, excerpt, ... ] ]: three strings for each section from
 * `first` on, as many as the block has room for. */
static uint32_t add_sections(SearchCursor page, uint32_t first, uint32_t room, Buf *out) {
    uint32_t added = 0;
    buf_add_char(out, '[');
    json_string(out, page.page->url);
    buf_add_char(out, ',');
    json_string(out, page.page->title);
    buf_add_text(out, ",[");
    for (uint32_t i = 0; i < page.shown.section_count && added < room; i++) {
        SearchSection section = search_cursor_next(&page);
        if (i < first)
            continue;
        /* The first stands for its page, whose title is shown already. */
        Str heading = i ? section.heading : (Str){NULL, 0};
        const Str parts[] = {section.anchor, heading, section.excerpt};
        for (size_t k = 0; k < 3; k++) {
            buf_add_text(out, added + k ? "," : "");
            json_string(out, parts[k]);
        }
        added++;
    }
    buf_add_text(out, "]]");
    return added;
}

static void write_block(void *context, size_t number, unsigned worker) {
    const Blocks *blocks = context;
    const Writing *writing = blocks->writing;
    Arena *tmp = writing->lanes[worker].tmp;
    Buf out = buf_new(tmp);
    BlockStart at = blocks->starts[number];
    if (blocks->outputs[number] == OUTPUT_NONE)
        return;
    begin_script(part_name(tmp, 'b', number), &out);
    buf_add_char(&out, '[');
    for (uint32_t room = BLOCK; room > 0 && at.page < search_index_pages(writing->index);
         at = (BlockStart){at.page + 1, 0}) {
        SearchCursor page = search_index_page(writing->index, at.page);
        if (page.shown.section_count == 0)
            continue;
        buf_add_text(&out, room == BLOCK ? "" : ",\n");
        room -= add_sections(page, at.section, room, &out);
    }
    buf_add_text(&out, "])\n");
    outputs_fill(writing->site, blocks->outputs[number], worker, buf_str(&out));
    arena_reset(tmp);
}

static void write_blocks(Writing *writing) {
    size_t most = (writing->section_count + BLOCK - 1) / BLOCK;
    Blocks blocks = {.writing = writing,
                     .starts = ARENA_ARRAY(writing->tmp, BlockStart, most + 1),
                     .outputs = ARENA_ARRAY(writing->tmp, size_t, most + 1)};
    uint32_t section = 0;
    for (size_t i = 0; i < search_index_pages(writing->index); i++) {
        uint32_t count = search_index_page(writing->index, i).shown.section_count;
        for (uint32_t k = (BLOCK - section % BLOCK) % BLOCK; k < count; k += BLOCK) {
            blocks.starts[blocks.count] = (BlockStart){i, k};
            blocks.outputs[blocks.count] = outputs_claim(
                writing->site, file_path(writing, part_name(writing->tmp, 'b', blocks.count)));
            blocks.count++;
        }
        section += count;
    }
    pool_run(writing->site->worker_count, blocks.count, write_block, &blocks);
}

static void write_summary(Writing *writing) {
    const Dictionary *const all[] = {&writing->common, &writing->rare, &writing->reversed};
    Buf *out = begin_file(writing, STR("index"));
    buf_add_format(out, "{\"sections\":%u", writing->section_count);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buf_add_format(out, ",\"%c\":[", all[i]->name);
        for (size_t k = 0; k < all[i]->count; k++) {
            buf_add_text(out, k ? "," : "");
            json_string(out, all[i]->firsts[k]);
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, '}');
    end_file(writing);
}

static Dictionary dictionary_new(char name, Arena *arena) {
    return (Dictionary){.name = name, .text = buf_new(arena)};
}

static void open_lanes(Writing *writing) {
    unsigned workers = writing->site->worker_count;
    writing->lanes = ARENA_ARRAY(writing->tmp, Lane, workers);
    for (unsigned i = 0; i < workers; i++) {
        writing->lanes[i].arena = arena_new();
        for (size_t k = 0; k < 2; k++)
            writing->lanes[i].lists[k] = arena_new();
        writing->lanes[i].tmp = arena_new();
    }
}

static void close_lanes(Writing *writing) {
    for (unsigned i = 0; i < writing->site->worker_count; i++) {
        arena_free(writing->lanes[i].arena);
        for (size_t k = 0; k < 2; k++)
            arena_free(writing->lanes[i].lists[k]);
        arena_free(writing->lanes[i].tmp);
    }
}

void search_write(Site *site) {
    Arena *tmp = arena_new();
    Writing writing = {.site = site,
                       .index = site->search,
                       .words = search_index_sort(site->search, site->worker_count),
                       .common = dictionary_new('w', tmp),
                       .rare = dictionary_new('x', tmp),
                       .reversed = dictionary_new('r', tmp),
                       .lists = buf_new(tmp),
                       .file = buf_new(tmp),
                       .kept = {.out = site->search_kept},
                       .tmp = tmp};
    for (size_t i = 0; i < search_index_pages(site->search); i++)
        writing.section_count += search_index_page(site->search, i).shown.section_count;
    writing.turned.entries = writing.words.entries;
    open_lanes(&writing);
    write_words(&writing);
    write_reversed(&writing);
    write_summary(&writing);
    write_blocks(&writing);
    close_lanes(&writing);
    arena_free(tmp);
    search_index_free(site->search);
    site->search = NULL;
}
