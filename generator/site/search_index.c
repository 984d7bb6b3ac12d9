#include "base/ban.h"

#include "site/search_index.h"

#include "base/buf.h"
#include "base/pool.h"

/* What one thread has gathered. */
typedef struct Lane {
    Arena *arena;
    SearchTerms *terms;
    uint32_t *pages; /* their numbers, in the order in which they came */
    size_t page_count, page_capacity;
    uint32_t *places; /* the thread's sections as those of the site; once all are there */
    SearchList list;
} Lane;

/* A page as it is kept: its sections without their words, each part behind its size. */
typedef struct Kept {
    const struct Page *page;
    const uint8_t *sections;
    uint32_t section_count;
} Kept;

struct SearchIndex {
    Arena *arena;
    Lane *lanes;
    unsigned lane_count;
    Kept *pages;
    size_t page_count;
};

SearchIndex *search_index_new(unsigned worker_count, size_t page_count) {
    Arena *arena = arena_new();
    SearchIndex *index = ARENA_NEW(arena, SearchIndex);
    *index = (SearchIndex){.arena = arena,
                           .lanes = ARENA_ARRAY(arena, Lane, worker_count),
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
        search_terms_free(index->lanes[i].terms);
        arena_free(index->lanes[i].arena);
    }
    arena_free(index->arena);
}

static void add_part(Buf *out, Str part) {
    uint8_t size[SEARCH_NUMBER_MAX];
    buf_add(out, (Str){(const char *)size, search_put_number(size, (uint32_t)part.size)});
    buf_add(out, part);
}

void search_index_add(SearchIndex *index, unsigned worker, size_t number, const struct Page *page,
                      const SearchPage *found, Arena *tmp) {
    Lane *lane = &index->lanes[worker];
    Buf sections = buf_new(tmp);
    for (size_t i = 0; i < found->section_count; i++) {
        add_part(&sections, found->sections[i].anchor);
        add_part(&sections, found->sections[i].heading);
        add_part(&sections, found->sections[i].excerpt);
    }
    index->pages[number] =
        (Kept){page, (const uint8_t *)str_copy(lane->arena, buf_str(&sections)).data,
               (uint32_t)found->section_count};
    ARENA_RESERVE(lane->arena, lane->pages, lane->page_count, lane->page_capacity);
    lane->pages[lane->page_count++] = (uint32_t)number;
    search_terms_add(lane->terms, found, tmp);
}

size_t search_index_pages(const SearchIndex *index) {
    return index->page_count;
}

SearchCursor search_index_page(const SearchIndex *index, size_t number) {
    const Kept *kept = &index->pages[number];
    return (SearchCursor){kept->page, kept->section_count, kept->sections};
}

static Str take_part(const uint8_t **at) {
    size_t size = search_take_number(at);
    Str part = {(const char *)*at, size};
    *at += size;
    return part;
}

SearchSection search_cursor_next(SearchCursor *cursor) {
    SearchSection section = {.anchor = take_part(&cursor->at)};
    section.heading = take_part(&cursor->at);
    section.excerpt = take_part(&cursor->at);
    return section;
}

/* Numbers the sections of every thread by their place in the site. */
static void place_sections(SearchIndex *index) {
    uint32_t *first = ARENA_ARRAY(index->arena, uint32_t, index->page_count + 1);
    for (size_t i = 0; i < index->page_count; i++)
        first[i + 1] = first[i] + index->pages[i].section_count;
    for (unsigned i = 0; i < index->lane_count; i++) {
        Lane *lane = &index->lanes[i];
        uint32_t *place = ARENA_ARRAY(index->arena, uint32_t, search_terms_sections(lane->terms));
        lane->places = place;
        for (size_t k = 0; k < lane->page_count; k++) {
            uint32_t page = lane->pages[k];
            for (uint32_t n = 0; n < index->pages[page].section_count; n++)
                *place++ = first[page] + n;
        }
    }
}

static void sort_lane(void *context, size_t number, unsigned worker) {
    Lane *lane = &((SearchIndex *)context)->lanes[number];
    (void)worker;
    lane->list = search_terms_sort(lane->terms, lane->arena);
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
    hits->count = 0;
    for (const SearchTerm *part = term; part; part = part->other) {
        const uint32_t *places = index->lanes[part->thread].places;
        const uint8_t *at = hits->bytes, *end = at + part->size;
        uint32_t section = 0;
        search_terms_take_hits(part, hits->bytes);
        while (at < end) {
            uint32_t number = search_take_number(&at);
            section += number / SEARCH_WEIGHTS;
            hits->hits[hits->count++] = places[section] * SEARCH_WEIGHTS + number % SEARCH_WEIGHTS;
        }
    }
    if (hits->count > 1)
        sort_hits(hits);
}
