/* search_index.h: what the pages of the site are found by, gathered while they are rendered.
 * In: pages as search_text.c has read them, from several threads; out: all words, and of every
 * section what is shown of it. search.c writes it, index_page.c lists the headings. */
#ifndef SITE_SEARCH_INDEX_H
#define SITE_SEARCH_INDEX_H

#include "site/search_past.h"
#include "site/search_terms.h"

typedef struct SearchIndex SearchIndex;
struct Page;

/* An empty index for so many pages. */
SearchIndex *search_index_new(unsigned worker_count, size_t page_count);
void search_index_free(SearchIndex *index);

/* A page that comes into the index. */
typedef struct SearchAdded {
    size_t number; /* below page_count; each once */
    const struct Page *page;
    const SearchPage *found; /* need not stay */
} SearchAdded;

/* For several threads at once, each with its own worker. */
void search_index_add(SearchIndex *index, unsigned worker, SearchAdded added, Arena *tmp);

#define SEARCH_GONE UINT32_MAX

/* Takes over the pages of an earlier index that have not changed: what was page `i` there is the
 * one with the number now[i] here, or SEARCH_GONE when there is none or search_index_add gets it
 * anew. `pages` are those of this index. At most once, before anybody looks at pages; `past` must
 * stay as long as the index. */
void search_index_take(SearchIndex *index, const SearchPast *past, const uint32_t *now,
                       struct Page *const *pages);

/* A page of the index, and its sections one after another. */
typedef struct SearchCursor {
    const struct Page *page; /* NULL: none was added under this number */
    SearchShown shown;
    Archive at;
} SearchCursor;

size_t search_index_pages(const SearchIndex *index);
SearchCursor search_index_page(const SearchIndex *index, size_t number);

/* The next section, without its words. To be asked shown.section_count times. */
SearchSection search_cursor_next(SearchCursor *cursor);

/* All words in byte order, once all pages are there. */
SearchList search_index_sort(SearchIndex *index, unsigned worker_count);

/* The hits of a word in a list that is read into again and again. */
typedef struct SearchHits {
    uint32_t
        *hits; /* SEARCH_WEIGHTS times the section of the site, plus the SearchWeight; in order */
    uint32_t *spare;
    uint8_t *bytes;
    size_t count, capacity;
} SearchHits;

/* Reads the hits of a sorted word. The list grows in `arena`. */
void search_index_hits(const SearchIndex *index, const SearchTerm *term, SearchHits *hits,
                       Arena *arena);

#endif
