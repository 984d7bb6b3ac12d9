/* search_text.h: what a page has to be found by.
 * In: the HTML of a page's text; out: its sections and the words in them, with how much each
 * counts. Reads the finished HTML, so that whatever a page embeds (diagrams, cards, costs,
 * trackers) is found as well. Pure: pages are read by several threads at once. */
#ifndef SITE_SEARCH_TEXT_H
#define SITE_SEARCH_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* How much a word counts in a section; the numbers are part of the index. */
typedef enum SearchWeight {
    SEARCH_TEXT,
    SEARCH_OFTEN, /* three times or more in the text */
    SEARCH_HEADING,
    SEARCH_TITLE,
} SearchWeight;

typedef struct SearchSection {
    Str anchor;  /* empty for what stands above the first heading */
    Str heading; /* plain text */
    Str excerpt; /* how its text begins, plain */
} SearchSection;

typedef struct SearchHit {
    uint32_t section; /* of the page */
    SearchWeight weight;
    uint32_t times;
} SearchHit;

typedef struct SearchTerm {
    Str word;        /* lower case */
    SearchHit *hits; /* by section */
    size_t hit_count, hit_capacity;
} SearchTerm;

typedef struct SearchPage {
    SearchSection *sections; /* at least one */
    size_t section_count, section_capacity;
    SearchTerm **terms; /* in the order of first use */
    size_t term_count, term_capacity;
} SearchPage;

/* Reads a page with this title. Everything lives in `arena`. */
SearchPage *search_read(Str title, Str html, Arena *arena);

#endif
