#include "base/ban.h"

#include "site/search_terms.h"

#include "base/bytes.h"

#define RUN_FIRST 8u   /* bytes: two hits, which is more than most words have */
#define RUN_MOST  256u /* each run is twice as long as the one before, up to this */

/* The words by their hash, with linear probing. A Map would do; this one looks at less memory for
 * each of the millions of words that it is asked for, and their hashes are there already. */
typedef struct TermSlot {
    SearchTerm *term; /* NULL: free */
    uint32_t hash;
} TermSlot;

struct SearchTerms {
    Arena *arena;
    Arena *slot_arena; /* of `slots`, which grow and leave nothing behind */
    size_t term_count;
    TermSlot *slots;
    size_t slot_count;
    uint32_t section_count;
    uint16_t thread;
};

SearchTerms *search_terms_new(Arena *arena, unsigned thread) {
    SearchTerms *terms = ARENA_NEW(arena, SearchTerms);
    terms->arena = arena;
    terms->slot_arena = arena_new();
    terms->thread = (uint16_t)thread;
    return terms;
}

void search_terms_free(SearchTerms *terms) {
    arena_free(terms->slot_arena);
}

uint32_t search_terms_sections(const SearchTerms *terms) {
    return terms->section_count;
}

static TermSlot *slot_at(const SearchTerms *terms, uint32_t hash) {
    return &terms->slots[hash & (terms->slot_count - 1)];
}

static TermSlot *slot_behind(const SearchTerms *terms, TermSlot *slot) {
    return slot + 1 == terms->slots + terms->slot_count ? terms->slots : slot + 1;
}

static void grow_slots(SearchTerms *terms) {
    const TermSlot *old = terms->slots;
    size_t old_count = terms->slot_count;
    Arena *arena = arena_new();
    terms->slot_count = old_count ? old_count * 2 : 4096;
    terms->slots = ARENA_ARRAY(arena, TermSlot, terms->slot_count);
    for (size_t i = 0; i < old_count; i++) {
        if (!old[i].term)
            continue;
        TermSlot *slot = slot_at(terms, old[i].hash);
        while (slot->term)
            slot = slot_behind(terms, slot);
        *slot = old[i];
    }
    arena_free(terms->slot_arena);
    terms->slot_arena = arena;
}

/* The entry of a word, made on first mention; there is room for it. */
static SearchTerm *find_term(SearchTerms *terms, Str word, uint32_t hash) {
    TermSlot *slot = slot_at(terms, hash);
    for (; slot->term; slot = slot_behind(terms, slot))
        if (slot->hash == hash && str_equal(slot->term->word, word))
            return slot->term;
    SearchTerm *term = ARENA_NEW(terms->arena, SearchTerm);
    term->word = str_copy(terms->arena, word);
    term->thread = terms->thread;
    terms->term_count++;
    *slot = (TermSlot){term, hash};
    return term;
}

static uint32_t next_run(uint32_t run) {
    return run == 0 ? RUN_FIRST : run < RUN_MOST ? run * 2 : RUN_MOST;
}

/* Where a run ends, the address of the next one stands. */
static void add_run(SearchTerms *terms, SearchTerm *term) {
    term->run = term->room = (uint16_t)next_run(term->run);
    uint8_t *run = (uint8_t *)arena_bytes(terms->arena, term->run + sizeof run);
    if (term->first)
        memcpy(term->at, &run, sizeof run);
    else
        term->first = run;
    term->at = run;
}

static void add_hit(SearchTerms *terms, SearchTerm *term, uint32_t section, uint32_t weight) {
    uint8_t bytes[SEARCH_NUMBER_MAX];
    uint32_t number = (section - term->last) * SEARCH_WEIGHTS + weight;
    size_t size = search_put_number(bytes, number);
    for (size_t i = 0; i < size; i++) {
        if (term->room == 0)
            add_run(terms, term);
        *term->at++ = bytes[i];
        term->room--;
    }
    term->size += (uint32_t)size;
    term->last = section;
    term->count++;
    term->is_heading |= weight >= SEARCH_HEADING;
}

/* The table is far larger than what the processor has at hand, so most of the time would be spent
 * waiting for it. All words of the page are therefore asked for at once, in two rounds: first their
 * places in the table, then the terms that these name. */
static SearchTerm **look_up(SearchTerms *terms, const SearchPage *page, Arena *tmp) {
    const SearchWord *words = search_words(page, tmp);
    size_t count = page->word_count;
    SearchTerm **found = ARENA_ARRAY(tmp, SearchTerm *, count + 1);
    while ((terms->term_count + count) * 4 >= terms->slot_count * 3)
        grow_slots(terms);
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(slot_at(terms, words[i].hash));
    for (size_t i = 0; i < count; i++) {
        const SearchTerm *term = slot_at(terms, words[i].hash)->term;
        if (!term)
            continue;
        __builtin_prefetch(term);
        __builtin_prefetch(term + 1); /* its word */
    }
    for (size_t i = 0; i < count; i++) {
        Str word = {page->words.data + words[i].start, words[i].size};
        found[i] = find_term(terms, word, words[i].hash);
        __builtin_prefetch(found[i]->at, 1);
    }
    return found;
}

void search_terms_add(SearchTerms *terms, const SearchPage *page, Arena *tmp) {
    SearchTerm **own = look_up(terms, page, tmp);
    const uint8_t *at = page->hits;
    for (size_t i = 0; i < page->section_count; i++, terms->section_count++) {
        for (uint32_t left = page->sections[i].hit_count; left > 0; left--) {
            uint32_t hit = search_take_number(&at);
            add_hit(terms, own[hit / SEARCH_WEIGHTS], terms->section_count, hit % SEARCH_WEIGHTS);
        }
    }
}

const uint8_t *search_term_hits(const SearchTerm *term, uint8_t *spare) {
    const uint8_t *run = term->first;
    uint32_t left = term->size, size = RUN_FIRST;
    if (left <= size || term->run == 0)
        return run;
    uint8_t *to = spare;
    while (left > size) {
        memcpy(to, run, size);
        memcpy(&run, run + size, sizeof run);
        to += size;
        left -= size;
        size = next_run(size);
    }
    memcpy(to, run, left);
    return spare;
}

/* The first byte is the highest. */
static uint64_t order_of(Str word) {
    return __builtin_bswap64(bytes_load_some(word.data, word.size));
}

SearchEntry search_entry(SearchTerm *term) {
    return (SearchEntry){order_of(term->word), term};
}

static int entry_compare(const void *left, const void *right) {
    const SearchEntry *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return str_compare(a->term->word, b->term->word);
}

/* By `order` alone, the last byte first (Knuth, The Art of Computer Programming 3, 5.2.5). A
 * byte that all have in common, as short words have nought, costs one look. */
static void sort_by_order(SearchList list, SearchEntry *spare) {
    SearchEntry *from = list.entries, *to = spare;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < list.count; i++)
            starts[(from[i].order >> shift & 0xFF) + 1]++;
        if (starts[(from[0].order >> shift & 0xFF) + 1] == list.count)
            continue;
        for (size_t i = 1; i < 257; i++)
            starts[i] += starts[i - 1];
        for (size_t i = 0; i < list.count; i++)
            to[starts[from[i].order >> shift & 0xFF]++] = from[i];
        SearchEntry *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != list.entries)
        memcpy(list.entries, from, list.count * sizeof *from);
}

/* Words that begin with the same eight bytes: the next eight settle nearly all that is left. */
static void sort_by_rest(SearchEntry *entries, size_t count) {
    uint64_t order = entries[0].order;
    for (size_t i = 0; i < count; i++)
        entries[i].order = order_of(str_from_offset(entries[i].term->word, sizeof order));
    qsort(entries, count, sizeof *entries, entry_compare);
    for (size_t i = 0; i < count; i++)
        entries[i].order = order;
}

void search_list_sort(SearchList list) {
    if (list.count == 0)
        return;
    Arena *tmp = arena_new();
    for (size_t i = 0; i < list.count; i++)
        list.entries[i] = search_entry(list.entries[i].term);
    sort_by_order(list, ARENA_ARRAY(tmp, SearchEntry, list.count));
    for (size_t start = 0, end; start < list.count; start = end) {
        for (end = start + 1; end < list.count; end++)
            if (list.entries[end].order != list.entries[start].order)
                break;
        if (end - start > 1)
            sort_by_rest(list.entries + start, end - start);
    }
    arena_free(tmp);
}

SearchList search_terms_sort(SearchTerms *terms, Arena *arena) {
    SearchList list = {ARENA_ARRAY(arena, SearchEntry, terms->term_count + 1), 0};
    for (size_t i = 0; i < terms->slot_count; i++)
        if (terms->slots[i].term)
            list.entries[list.count++].term = terms->slots[i].term;
    arena_free(terms->slot_arena);
    terms->slot_arena = NULL;
    search_list_sort(list);
    return list;
}

/* Of two entries of one word the first keeps the other. */
static void join(SearchTerm *term, SearchTerm *other) {
    term->count += other->count;
    term->is_heading |= other->is_heading;
    while (term->other)
        term = term->other;
    term->other = other;
}

SearchList search_list_merge(SearchList a, SearchList b, Arena *arena) {
    SearchList list = {ARENA_ARRAY(arena, SearchEntry, a.count + b.count + 1), 0};
    size_t i = 0, k = 0;
    while (i < a.count || k < b.count) {
        int order = i == a.count   ? 1
                    : k == b.count ? -1
                                   : entry_compare(&a.entries[i], &b.entries[k]);
        if (order == 0)
            join(a.entries[i].term, b.entries[k++].term);
        list.entries[list.count++] = order <= 0 ? a.entries[i++] : b.entries[k++];
    }
    return list;
}
