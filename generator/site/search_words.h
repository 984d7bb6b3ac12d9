/* search_words.h: the words of a page while it is read.
 * In: text, run by run, and where sections begin; out: every word once, and in which section it
 * stands with which weight. Knows no HTML but that `&...;` is one sign. */
#ifndef SITE_SEARCH_WORDS_H
#define SITE_SEARCH_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* How much a word counts in a section; the numbers are part of the index. */
typedef enum SearchWeight {
    SEARCH_TEXT,
    SEARCH_OFTEN, /* three times or more in the text */
    SEARCH_HEADING,
    SEARCH_HEADING_SHORT, /* a heading of one or two words, which are what it is about */
    SEARCH_TITLE,
    SEARCH_TITLE_SHORT,
} SearchWeight;

#define SEARCH_WEIGHTS 8u /* a hit is a place times this, plus its weight */

/* A word of a page, for whoever looks it up. */
typedef struct SearchWord {
    uint32_t start, size; /* in the page's words, one after the other */
    uint32_t hash;
} SearchWord;

/* The same while the page is read. */
typedef struct PageWord {
    uint64_t begins;  /* its first eight bytes: of most words all */
    SearchWord word;  /* in PageWords.text */
    uint32_t section; /* the last one it was met in, counted from 1 */
    uint32_t hit;     /* its place in PageWords.hits for that section */
    uint32_t times;   /* in that section */
} PageWord;

#define PAGE_WORD_PIECES 8 /* of a word made of words; more is no name that anybody wrote */

typedef struct PageWords {
    PageWord *found; /* by first use; the first `title_count` are the title's */
    size_t found_count, found_capacity, title_count;
    uint32_t *slots; /* index in `found` + 1 by hash, with linear probing; 0 is free */
    size_t slot_count;
    uint32_t *hits; /* of the first section, then of the next: see SearchPage */
    uint32_t hit_count;
    size_t hit_capacity;
    uint32_t section;                /* that is being read, counted from 1 */
    uint32_t section_hits;           /* different words in it so far */
    SearchWeight weight;             /* of words that are added now */
    Buf text;                        /* every word once, each before a LF */
    const char *end;                 /* of what may be looked at */
    Buf word;                        /* the one that is being read */
    size_t pieces[PAGE_WORD_PIECES]; /* where its parts begin: loki|write, Faro|Error */
    size_t piece_count;
    Arena *arena;
} PageWords;

PageWords page_words_new(Arena *arena);

/* A section begins. It is also found by the title of its page: "grafana memory" means the part on
 * memory of the page on Grafana. */
void page_words_open(PageWords *words);

/* What was added so far is the title, which counts in every section. */
void page_words_end_title(PageWords *words);

/* Adds the words of `text`; bytes up to `end`, where what it is a part of ends, may be looked at.
 */
void page_words_add(PageWords *words, Str text, const char *end);

/* A title or heading was read to its end: one of few words is about just these. */
void page_words_weigh_short(PageWords *words, SearchWeight weight);

/* Hashes and places of `count` words, each before a LF, as page_words_add makes them. */
const SearchWord *search_word_list(Str words, size_t count, Arena *arena);

#endif
