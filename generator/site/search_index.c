#include "base/ban.h"

#include "site/search_index.h"

#include <assert.h>

#include "base/buf.h"
#include "base/pool.h"

/* What one thread has gathered. */
typedef struct Lane {
    Arena *arena;
    SearchTerms *terms; /* NULL: it is that of an earlier index */
    uint32_t *pages;    /* their numbers, in the order in which they came */
    size_t page_count, page_capacity;
    uint32_t *places; /* the thread's sections as those of the site; once all are there */
    SearchList list;
} Lane;

/* A page as it is kept: its sections without their words. */
typedef struct Kept {
    const struct Page *page;
    SearchShown shown;
} Kept;

struct SearchIndex {
    Arena *arena;
    Lane *lanes; /* behind those of the threads one for an earlier index */
    unsigned lane_count;
    Kept *pages;
    size_t page_count;
    const SearchPast *past; /* what the last lane is made of; NULL: there is none */
    const uint32_t *now;    /* what has become of its pages */
};

SearchIndex *search_index_new(unsigned worker_count, size_t page_count) {
    Arena *arena = arena_new();
    SearchIndex *index = ARENA_NEW(arena, SearchIndex);
    *index = (SearchIndex){.arena = arena,
                           .lanes = ARENA_ARRAY(arena, Lane, worker_count + 1),
                           .lane_count = worker_count,
                           .pages = ARENA_ARRAY(arena, Kept, page_count + 1),
                           .page_count = page_count};
    for (unsigned i = 0; i < worker_count; i++) {
        Lane *lane = &index->lanes[i];
        lane->arena = arena_new();
        lane->terms = search_terms_new(lane->arena, i);
    }
    return index;
}

void search_index_free(SearchIndex *index) {
    if (!index)
        return;
    for (unsigned i = 0; i < index->lane_count; i++) {
        if (index->lanes[i].terms)
            search_terms_free(index->lanes[i].terms);
        arena_free(index->lanes[i].arena);
    }
    arena_free(index->arena);
}

static void archive_section(Archive *archive, SearchSection *section) {
    archive_str(archive, &section->anchor);
    archive_str(archive, &section->heading);
    archive_str(archive, &section->excerpt);
}

void search_index_add(SearchIndex *index, unsigned worker, SearchAdded added, Arena *tmp) {
    const SearchPage *found = added.found;
    Lane *lane = &index->lanes[worker];
    Buf parts = buf_new(tmp);
    Archive archive = archive_to(&parts);
    for (size_t i = 0; i < found->section_count; i++)
        archive_section(&archive, &found->sections[i]);
    index->pages[added.number] = (Kept){
        added.page, {str_copy(lane->arena, buf_str(&parts)), (uint32_t)found->section_count}};
    ARENA_RESERVE(lane->arena, lane->pages, lane->page_count, lane->page_capacity);
    lane->pages[lane->page_count++] = (uint32_t)added.number;
    search_terms_add(lane->terms, found, tmp);
}

void search_index_take(SearchIndex *index, const SearchPast *past, const uint32_t *now,
                       struct Page *const *pages) {
    assert(!index->past);
    for (size_t i = 0; i < past->page_count; i++) {
        if (now[i] == SEARCH_GONE)
            continue;
        assert(now[i] < index->page_count && !index->pages[now[i]].page);
        index->pages[now[i]] = (Kept){pages[now[i]], past->pages[i]};
    }
    index->past = past;
    index->now = now;
    index->lanes[index->lane_count++].arena = arena_new();
}

size_t search_index_pages(const SearchIndex *index) {
    return index->page_count;
}

SearchCursor search_index_page(const SearchIndex *index, size_t number) {
    const Kept *kept = &index->pages[number];
    return (SearchCursor){kept->page, kept->shown, archive_from(kept->shown.parts)};
}

SearchSection search_cursor_next(SearchCursor *cursor) {
    SearchSection section = {0};
    archive_section(&cursor->at, &section);
    return section;
}

/* Numbers the sections of every thread by their place in the site; `first` has that of every page's
 * first section. */
static void place_lane(const SearchIndex *index, Lane *lane, const uint32_t *first) {
    uint32_t *place = lane->places =
        ARENA_ARRAY(index->arena, uint32_t, search_terms_sections(lane->terms));
    for (size_t i = 0; i < lane->page_count; i++)
        for (uint32_t n = 0; n < index->pages[lane->pages[i]].shown.section_count; n++)
            *place++ = first[lane->pages[i]] + n;
}

/* Those of an earlier index likewise; some are nowhere. */
static void place_past(const SearchIndex *index, Lane *lane, const uint32_t *first) {
    const SearchPast *past = index->past;
    uint32_t *place = lane->places = ARENA_ARRAY(index->arena, uint32_t, past->section_count);
    for (size_t i = 0; i < past->page_count; i++)
        for (uint32_t n = 0; n < past->pages[i].section_count; n++)
            *place++ = index->now[i] == SEARCH_GONE ? SEARCH_GONE : first[index->now[i]] + n;
}

static void place_sections(SearchIndex *index) {
    uint32_t *first = ARENA_ARRAY(index->arena, uint32_t, index->page_count + 1);
    for (size_t i = 0; i < index->page_count; i++)
        first[i + 1] = first[i] + index->pages[i].shown.section_count;
    for (unsigned i = 0; i < index->lane_count; i++) {
        Lane *lane = &index->lanes[i];
        if (lane->terms)
            place_lane(index, lane, first);
        else
            place_past(index, lane, first);
    }
}

/* Counts the hits of a word that are left, and cuts off what is no list of hits: an index may have
 * been damaged. */
static void count_hits(const SearchIndex *index, const Lane *lane, Str hits, SearchTerm *term) {
    const uint8_t *at = term->first = (uint8_t *)(uintptr_t)hits.data, *end = at + hits.size;
    uint32_t section = 0;
    if (hits.size == 0 || end[-1] >= 0x80) /* the last number has no end */
        return;
    while (at < end) {
        uint32_t number = search_take_number(&at);
        section += number / SEARCH_WEIGHTS;
        if (section >= index->past->section_count || number % SEARCH_WEIGHTS > SEARCH_TITLE_SHORT)
            return;
        term->size = (uint32_t)(at - term->first);
        if (lane->places[section] == SEARCH_GONE)
            continue;
        term->count++;
        term->is_heading |= number % SEARCH_WEIGHTS >= SEARCH_HEADING;
    }
}

/* The words of an earlier index that any page of this one still has; they are in order. */
static SearchList list_past(const SearchIndex *index, const Lane *lane) {
    Archive words = index->past->words;
    SearchList list = {ARENA_ARRAY(lane->arena, SearchEntry, index->past->word_count + 1), 0};
    for (size_t i = 0; i < index->past->word_count; i++) {
        SearchPastWord word = {0};
        search_past_word(&words, &word);
        SearchTerm term = {.word = word.word, .thread = (uint16_t)(lane - index->lanes)};
        count_hits(index, lane, word.hits, &term);
        if (term.count == 0)
            continue;
        SearchTerm *kept = ARENA_NEW(lane->arena, SearchTerm);
        *kept = term;
        list.entries[list.count++] = search_entry(kept);
    }
    return list;
}

static void sort_lane(void *context, size_t number, unsigned worker) {
    const SearchIndex *index = context;
    Lane *lane = &index->lanes[number];
    (void)worker;
    lane->list = lane->terms ? search_terms_sort(lane->terms, lane->arena) : list_past(index, lane);
}

/* Every second list takes in the one `step` places on. */
typedef struct Round {
    SearchIndex *index;
    size_t step;
} Round;

static void merge_lanes(void *context, size_t number, unsigned worker) {
    const Round *round = context;
    Lane *lanes = round->index->lanes;
    size_t left = number * round->step * 2, right = left + round->step;
    (void)worker;
    if (right < round->index->lane_count)
        lanes[left].list =
            search_list_merge(lanes[left].list, lanes[right].list, lanes[left].arena);
}

SearchList search_index_sort(SearchIndex *index, unsigned worker_count) {
    place_sections(index);
    pool_run(worker_count, index->lane_count, sort_lane, index);
    for (size_t step = 1; step < index->lane_count; step *= 2)
        pool_run(worker_count, (index->lane_count + 2 * step - 1) / (2 * step), merge_lanes,
                 &(Round){index, step});
    return index->lanes[0].list;
}

/* Merges neighbouring runs in order, all over the list; gives how many runs there were. */
static size_t merge_runs(const uint32_t *from, size_t count, uint32_t *to) {
    size_t runs = 0;
    for (size_t start = 0; start < count; runs += 2) {
        size_t middle = start + 1;
        while (middle < count && from[middle - 1] <= from[middle])
            middle++;
        size_t end = middle + (middle < count);
        while (end < count && from[end - 1] <= from[end])
            end++;
        if (middle == end)
            runs--;
        for (size_t i = start, k = middle, at = start; at < end; at++)
            to[at] = k == end || (i < middle && from[i] <= from[k]) ? from[i++] : from[k++];
        start = end;
    }
    return runs;
}

/* A natural merge sort: what each thread has found is in order already. */
static void sort_hits(SearchHits *hits) {
    for (size_t runs = 2; runs > 1; runs = (runs + 1) / 2) {
        runs = merge_runs(hits->hits, hits->count, hits->spare);
        uint32_t *sorted = hits->spare;
        hits->spare = hits->hits;
        hits->hits = sorted;
    }
}

void search_index_hits(const SearchIndex *index, const SearchTerm *term, SearchHits *hits,
                       Arena *arena) {
    if (term->count > hits->capacity) {
        hits->capacity = (size_t)term->count * 2;
        hits->hits = ARENA_ARRAY(arena, uint32_t, hits->capacity);
        hits->spare = ARENA_ARRAY(arena, uint32_t, hits->capacity);
        hits->bytes = (uint8_t *)arena_bytes(arena, hits->capacity * SEARCH_NUMBER_MAX);
    }
    size_t count = 0;
    uint32_t before = 0;
    bool is_sorted = true;
    for (const SearchTerm *part = term; part; part = part->other) {
        if (part->size == 0) /* of a slice that names a word and no place of it */
            continue;
        const uint32_t *places = index->lanes[part->thread].places;
        const uint8_t *at = search_term_hits(part, hits->bytes), *end = at + part->size;
        uint32_t section = 0;
        while (at < end) {
            uint32_t number = search_take_number(&at);
            section += number / SEARCH_WEIGHTS;
            if (places[section] == SEARCH_GONE)
                continue;
            uint32_t hit = places[section] * SEARCH_WEIGHTS + number % SEARCH_WEIGHTS;
            is_sorted &= before <= hit;
            hits->hits[count++] = before = hit;
        }
    }
    hits->count = count;
    if (!is_sorted)
        sort_hits(hits);
}
