/* search_terms.h: the words of many pages, gathered by one thread.
 * In: pages as search_text.c has read them; out: every word with all its hits, in order.
 * Each thread has a table of its own, so that none waits for another; they are joined when all
 * pages are read. Hits are kept as numbers of few bytes, in runs that are never moved: of most
 * words there are one or two, of some a hundred thousand. */
#ifndef SITE_SEARCH_TERMS_H
#define SITE_SEARCH_TERMS_H

#include <stdbool.h>

#include "site/search_text.h"

/* A word and where one thread has met it. A hit is a number as of search_take_number:
 * SEARCH_WEIGHTS times the distance from the section before, plus the SearchWeight. */
typedef struct SearchTerm {
    Str word;
    uint8_t *first, *at;      /* the first run of hits; where the next byte goes */
    uint32_t size;            /* bytes of hits */
    uint32_t count;           /* sections; of the first of several, all of them */
    uint32_t last;            /* the section that was added last */
    uint16_t room, run;       /* bytes left in the last run; its size, 0: all is in one piece */
    uint16_t thread;          /* whose sections these are */
    bool is_heading;          /* in a heading or title; of the first of several, in any */
    struct SearchTerm *other; /* the same word as another thread has met it */
} SearchTerm;

typedef struct SearchTerms SearchTerms;

/* An empty table of the thread with this number; memory from `arena`. */
SearchTerms *search_terms_new(Arena *arena, unsigned thread);
void search_terms_free(SearchTerms *terms);

/* Adds the words of a page. Its sections are counted on from those of the page before;
 * `page` need not stay. */
void search_terms_add(SearchTerms *terms, const SearchPage *page, Arena *tmp);

/* How many sections have been added. */
uint32_t search_terms_sections(const SearchTerms *terms);

/* The hits in one piece, which is `spare` where they are not; that has room for term->size bytes.
 * Those of `other` are not among them. */
const uint8_t *search_term_hits(const SearchTerm *term, uint8_t *spare);

/* A list of words that can be sorted. */
typedef struct SearchEntry {
    uint64_t order; /* the first eight bytes as a number: settles most comparisons */
    SearchTerm *term;
} SearchEntry;

typedef struct SearchList {
    SearchEntry *entries;
    size_t count;
} SearchList;

/* The entry of a term. */
SearchEntry search_entry(SearchTerm *term);

/* Every word, in byte order. Nothing can be added any more. */
SearchList search_terms_sort(SearchTerms *terms, Arena *arena);

/* Puts entries into byte order of their words. */
void search_list_sort(SearchList list);

/* Both sorted lists as one; the same word in both becomes one entry. */
SearchList search_list_merge(SearchList a, SearchList b, Arena *arena);

#endif
