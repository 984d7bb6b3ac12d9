#include "base/ban.h"

#include "site/search.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/map.h"

#define FILE_SIZE    ((size_t)5000) /* bytes of a part; docsgen.js knows it as well */
#define BLOCK        16u            /* sections of a block; docsgen.js knows it as well */
#define LIST_MAX     5000           /* bytes of the sections of one word and weight */
#define LIST_SHORT   64             /* sections that are kept of a longer one */
#define FEW          4              /* sections; a word in fewer is rare, unless in a heading */
#define SPELLING_MIN 4              /* letters of a word that may be misspelt */
#define WEIGHTS      (SEARCH_TITLE_SHORT + 1)
#define DIGITS_MAX   7 /* of a number */

/* A word in the whole site. Its hits are numbers as of search_take_number: SEARCH_WEIGHTS times the
 * distance from the section before, plus the weight. */
typedef struct IndexTerm {
    Str word;
    uint64_t order; /* its first eight bytes as a number: settles most comparisons */
    uint8_t *hits;
    uint32_t size, capacity; /* bytes */
    uint32_t count, last;    /* sections; the one that was added last */
    bool is_heading;         /* in a heading or title */
} IndexTerm;

/* The words of the site by their hash, with linear probing. A Map would do; this one looks at less
 * memory for each of the millions of words that it is asked for. */
typedef struct TermSlot {
    uint32_t hash, term; /* index in Index.terms + 1; 0 is free */
} TermSlot;

/* The parts of one dictionary. */
typedef struct Dictionary {
    char name;
    Buf text;           /* of the part that is being filled */
    Str before;         /* the word before, in it */
    size_t file, place; /* where the part's first list stands */
    Str *firsts;        /* the first word of every part */
    size_t count, capacity;
} Dictionary;

typedef struct Index {
    const Site *site;
    IndexTerm **terms; /* by first use, later by word */
    size_t term_count, term_capacity;
    TermSlot *slots;
    size_t slot_count;
    Dictionary common, rare, reversed;
    Buf lists; /* of the list file that is being filled */
    size_t list_file;
    uint32_t section_count;
    Str name; /* of the file that is being written */
    Buf file;
    void (*add)(void *context, Output output);
    void *context;
    Arena *arena; /* of what is written */
    Arena *tmp;
} Index;

static uint64_t order_of(Str word) {
    uint64_t order = 0;
    for (size_t i = 0; i < 8; i++)
        order = order << 8 | (i < word.size ? (unsigned char)word.data[i] : 0);
    return order;
}

static void add_hit(Index *index, IndexTerm *term, uint32_t section, uint32_t weight) {
    if (term->size + SEARCH_NUMBER_MAX > term->capacity) {
        uint8_t *old = term->hits;
        term->capacity = term->capacity ? term->capacity * 2 : 8;
        term->hits = (uint8_t *)arena_bytes(index->tmp, term->capacity);
        if (old)
            memcpy(term->hits, old, term->size);
    }
    term->size += (uint32_t)search_put_number(term->hits + term->size,
                                              (section - term->last) * SEARCH_WEIGHTS + weight);
    term->last = section;
    term->count++;
    term->is_heading |= weight >= SEARCH_HEADING;
}

static void grow_slots(Index *index) {
    const TermSlot *old = index->slots;
    size_t old_count = index->slot_count;
    index->slot_count = old_count ? old_count * 2 : 4096;
    index->slots = ARENA_ARRAY(index->tmp, TermSlot, index->slot_count);
    for (size_t i = 0; i < old_count; i++) {
        size_t slot = old[i].hash & (index->slot_count - 1);
        while (old[i].term && index->slots[slot].term)
            slot = (slot + 1) & (index->slot_count - 1);
        if (old[i].term)
            index->slots[slot] = old[i];
    }
}

static IndexTerm *find_term(Index *index, Str word) {
    if (index->term_count * 2 >= index->slot_count)
        grow_slots(index);
    uint32_t hash = (uint32_t)map_hash(word);
    uint64_t order = order_of(word);
    size_t slot = hash & (index->slot_count - 1);
    for (; index->slots[slot].term; slot = (slot + 1) & (index->slot_count - 1)) {
        if (index->slots[slot].hash != hash)
            continue;
        IndexTerm *term = index->terms[index->slots[slot].term - 1];
        if (term->order == order && term->word.size == word.size &&
            (word.size <= 8 || memcmp(term->word.data + 8, word.data + 8, word.size - 8) == 0))
            return term;
    }
    IndexTerm *term = ARENA_NEW(index->tmp, IndexTerm);
    term->word = word;
    term->order = order;
    ARENA_RESERVE(index->tmp, index->terms, index->term_count, index->term_capacity);
    index->terms[index->term_count++] = term;
    index->slots[slot] = (TermSlot){hash, (uint32_t)index->term_count};
    return term;
}

static void add_page(Index *index, const SearchPage *page, Arena *arena) {
    IndexTerm **own = ARENA_ARRAY(arena, IndexTerm *, page->word_count + 1);
    Str rest = page->words;
    for (size_t i = 0; i < page->word_count; i++)
        own[i] = find_term(index, str_cut(&rest, '\n'));
    const uint8_t *at = page->hits;
    for (size_t i = 0; i < page->section_count; i++, index->section_count++) {
        for (uint32_t left = page->sections[i].hit_count; left > 0; left--) {
            uint32_t hit = search_take_number(&at);
            add_hit(index, own[hit / SEARCH_WEIGHTS], index->section_count, hit % SEARCH_WEIGHTS);
        }
    }
}

static int by_word(const void *left, const void *right) {
    const IndexTerm *a = *(const IndexTerm *const *)left, *b = *(const IndexTerm *const *)right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return str_compare(a->word, b->word);
}

static void collect_terms(Index *index) {
    Arena *page_arena = arena_new();
    for (size_t i = 0; i < index->site->page_count; i++) {
        const Page *page = index->site->pages[i];
        if (page->search)
            add_page(index, page->search, page_arena);
        arena_reset(page_arena);
    }
    arena_free(page_arena);
    if (index->term_count)
        qsort(index->terms, index->term_count, sizeof *index->terms, by_word);
}

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
static Buf *begin_file(Index *index, Str name) {
    index->name = name;
    index->file.size = 0;
    buf_add_text(&index->file, "docsgenPart(\"");
    buf_add(&index->file, name);
    buf_add_text(&index->file, "\",");
    return &index->file;
}

static void end_file(Index *index) {
    buf_add_text(&index->file, ")\n");
    Str path = str_format(index->arena, "search/%.*s.js", STR_FMT(index->name));
    index->add(index->context,
               (Output){.path = path, .content = str_copy(index->arena, buf_str(&index->file))});
}

static Str part_name(const Index *index, char kind, size_t number) {
    return str_format(index->tmp, "%c%zu", kind, number);
}

static void end_lists(Index *index) {
    if (index->lists.size == 0)
        return;
    json_string(begin_file(index, part_name(index, 'p', index->list_file++)),
                buf_str(&index->lists));
    end_file(index);
    index->lists.size = 0;
}

static void end_part(Index *index, Dictionary *dictionary) {
    if (dictionary->text.size == 0)
        return;
    Buf *out = begin_file(index, part_name(index, dictionary->name, dictionary->count - 1));
    buf_add_char(out, '[');
    json_string(out, buf_str(&dictionary->text));
    buf_add_format(out, ",%zu,%zu]", dictionary->file, dictionary->place);
    end_file(index);
    dictionary->text.size = 0;
}

/* Begins the entry of a word: up to where its numbers stand. */
static void add_word(Index *index, Dictionary *dictionary, Str word) {
    Buf *out = &dictionary->text;
    size_t shared = 0;
    if (out->size >= FILE_SIZE)
        end_part(index, dictionary);
    if (out->size == 0) {
        ARENA_RESERVE(index->tmp, dictionary->firsts, dictionary->count, dictionary->capacity);
        dictionary->firsts[dictionary->count++] = word;
        dictionary->file = index->list_file;
        dictionary->place = index->lists.size;
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

/* The sections of one weight in a list that is being made. */
typedef struct Places {
    char *text; /* numbers */
    size_t size, short_size;
    uint32_t last, count;
} Places;

/* The hits of a word as its list. */
static void add_list(const IndexTerm *term, Places places[WEIGHTS], Buf *out) {
    uint32_t section = 0;
    for (size_t i = 0; i < WEIGHTS; i++)
        places[i] = (Places){.text = places[i].text};
    for (const uint8_t *at = term->hits, *end = at + term->size; at < end;) {
        uint32_t number = search_take_number(&at);
        Places *place = &places[number % SEARCH_WEIGHTS];
        section += number / SEARCH_WEIGHTS;
        place->size += put_number(place->text + place->size, section - place->last);
        place->last = section;
        if (++place->count == LIST_SHORT)
            place->short_size = place->size;
    }
    size_t used = WEIGHTS;
    while (used > 0 && places[used - 1].size == 0)
        used--;
    for (size_t i = 0; i < used; i++) {
        bool is_long = places[i].size > LIST_MAX;
        buf_add_text(out, i ? "." : "");
        buf_add(out, (Str){places[i].text, is_long ? places[i].short_size : places[i].size});
        buf_add_text(out, is_long ? "*" : "");
    }
}

static void write_words(Index *index) {
    Places places[WEIGHTS];
    Buf list = buf_new(index->tmp);
    for (size_t i = 0; i < WEIGHTS; i++)
        places[i].text = arena_bytes(index->tmp, (size_t)index->section_count * DIGITS_MAX);
    for (size_t i = 0; i < index->term_count; i++) {
        const IndexTerm *term = index->terms[i];
        list.size = 0;
        add_list(term, places, &list);
        if (!term->is_heading && term->count < FEW) {
            add_word(index, &index->rare, term->word);
            buf_add(&index->rare.text, buf_str(&list));
            continue;
        }
        add_word(index, &index->common, term->word);
        add_number(&index->common.text, (uint32_t)list.size);
        if (index->lists.size && index->lists.size + list.size > FILE_SIZE)
            end_lists(index);
        buf_add(&index->lists, buf_str(&list));
    }
    end_part(index, &index->common);
    end_part(index, &index->rare);
    end_lists(index);
}

/* The word from its last letter to its first; empty when nobody would misspell it. */
static Str reversed(Str word, Arena *arena) {
    char *bytes = arena_bytes(arena, word.size + 1);
    size_t letters = 0;
    for (size_t at = 0; at < word.size; letters++) {
        unsigned char c = (unsigned char)word.data[at];
        if ((c >= '0' && c <= '9') || c == '_')
            return (Str){NULL, 0};
        size_t size = 1;
        while (at + size < word.size && ((unsigned char)word.data[at + size] & 0xC0) == 0x80)
            size++;
        memcpy(bytes + word.size - at - size, word.data + at, size);
        at += size;
    }
    return (Str){bytes, letters < SPELLING_MIN ? 0 : word.size};
}

static void write_reversed(Index *index) {
    size_t count = 0;
    for (size_t i = 0; i < index->term_count; i++) {
        IndexTerm *term = index->terms[i];
        term->word = reversed(term->word, index->tmp);
        term->order = order_of(term->word);
        if (term->word.size)
            index->terms[count++] = term;
    }
    if (count) /* A site of drafts alone has no word, and so no list. */
        qsort(index->terms, count, sizeof *index->terms, by_word);
    for (size_t i = 0; i < count; i++) {
        uint32_t known = index->terms[i]->is_heading ? 4 : 0;
        for (uint32_t left = index->terms[i]->count; left > 1; left /= 2)
            known++;
        add_word(index, &index->reversed, index->terms[i]->word);
        add_number(&index->reversed.text, known);
    }
    end_part(index, &index->reversed);
}

/* page = [ url, title, [ anchor, heading, excerpt, ... ] ]: three strings for each section from
 * `first` on, as many as the block has room for. */
static void add_sections(const Page *page, size_t first, size_t count, Buf *out) {
    buf_add_char(out, '[');
    json_string(out, page->url);
    buf_add_char(out, ',');
    json_string(out, page->title);
    buf_add_text(out, ",[");
    for (size_t i = 0; i < count; i++) {
        const SearchSection *section = &page->search->sections[first + i];
        /* The first stands for its page, whose title is shown already. */
        Str heading = first + i ? section->heading : (Str){NULL, 0};
        const Str parts[] = {section->anchor, heading, section->excerpt};
        for (size_t k = 0; k < 3; k++) {
            buf_add_text(out, i + k ? "," : "");
            json_string(out, parts[k]);
        }
    }
    buf_add_text(out, "]]");
}

static void write_blocks(Index *index) {
    Buf *out = &index->file;
    size_t section = 0;
    for (size_t i = 0; i < index->site->page_count; i++) {
        const Page *page = index->site->pages[i];
        size_t total = page->search ? page->search->section_count : 0;
        for (size_t done = 0; done < total;) {
            size_t room = BLOCK - section % BLOCK;
            size_t count = total - done < room ? total - done : room;
            if (room == BLOCK)
                begin_file(index, part_name(index, 'b', section / BLOCK));
            buf_add_text(out, room == BLOCK ? "[" : ",\n");
            add_sections(page, done, count, out);
            done += count;
            section += count;
            if (section % BLOCK && section < index->section_count)
                continue;
            buf_add_char(out, ']');
            end_file(index);
        }
    }
}

static void write_summary(Index *index) {
    const Dictionary *const all[] = {&index->common, &index->rare, &index->reversed};
    Buf *out = begin_file(index, STR("index"));
    buf_add_format(out, "{\"sections\":%u", index->section_count);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buf_add_format(out, ",\"%c\":[", all[i]->name);
        for (size_t k = 0; k < all[i]->count; k++) {
            buf_add_text(out, k ? "," : "");
            json_string(out, all[i]->firsts[k]);
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, '}');
    end_file(index);
}

static Dictionary dictionary_new(char name, Arena *arena) {
    return (Dictionary){.name = name, .text = buf_new(arena)};
}

void search_write(const Site *site, void (*add)(void *context, Output output), void *context) {
    Arena *tmp = arena_new();
    Index index = {.site = site,
                   .common = dictionary_new('w', tmp),
                   .rare = dictionary_new('x', tmp),
                   .reversed = dictionary_new('r', tmp),
                   .lists = buf_new(tmp),
                   .file = buf_new(tmp),
                   .add = add,
                   .context = context,
                   .arena = site->arena,
                   .tmp = tmp};
    collect_terms(&index);
    write_words(&index);
    write_reversed(&index);
    write_blocks(&index);
    write_summary(&index);
    arena_free(tmp);
}
