/* search_past.h: the index of an earlier build, as one text.
 * In: words with their hits, and what is shown of the sections; later that text again. Out: the
 * same by word and by page, so that pages that are as they were need not be read. Whoever keeps the
 * text says which pages those are: nothing here knows. */
#ifndef SITE_SEARCH_PAST_H
#define SITE_SEARCH_PAST_H

#include "base/archive.h"

/* What is shown of a page's sections: anchor, heading and excerpt of each. */
typedef struct SearchShown {
    Str parts; /* each behind its size */
    uint32_t section_count;
} SearchShown;

/* A word with its hits: numbers as of search_take_number, each SEARCH_WEIGHTS times the distance
 * from the section before, plus the SearchWeight. Sections are counted through all pages. */
typedef struct SearchPastWord {
    Str word, hits;
} SearchPastWord;

/* The text: the number of pages, the pages, the number of words, the words in byte order. What is
 * damaged gives empty values and makes the archive bad. */
void search_past_page(Archive *archive, SearchShown *shown);
void search_past_word(Archive *archive, SearchPastWord *word);

typedef struct SearchPast {
    SearchShown *pages;
    size_t page_count;
    uint32_t section_count;
    size_t word_count;
    Archive words; /* for search_past_word, word_count times */
} SearchPast;

/* The index that is written in `text`, which must stay as long as it. NULL when it is none. */
SearchPast *search_past_open(Str text, Arena *arena);

#endif
