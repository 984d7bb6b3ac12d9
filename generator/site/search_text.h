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
#include "site/search_words.h"

typedef struct SearchSection {
    Str anchor;         /* empty for what stands above the first heading */
    Str heading;        /* plain text */
    Str excerpt;        /* how its text begins, plain */
    uint32_t hit_count; /* different words in it */
} SearchSection;

typedef struct SearchPage {
    SearchSection *sections; /* at least one */
    size_t section_count, section_capacity;
    Str words; /* every word once, in lower case, in the order of first use, each before a LF */
    size_t word_count;
    const SearchWord *list; /* of `words`; NULL where they come from a file */
    uint8_t *hits; /* numbers of the first section, then of the next: SEARCH_WEIGHTS times a
                      word's place in `words`, plus its SearchWeight */
} SearchPage;

#define SEARCH_NUMBER_MAX 5 /* bytes */

/* Writes a number as seven bits a byte, the lowest first, the eighth bit set while more follow;
 * gives how many bytes. */
static inline size_t search_put_number(uint8_t *to, uint32_t number) {
    size_t size = 0;
    for (; number >= 0x80; number >>= 7)
        to[size++] = (uint8_t)(number | 0x80);
    to[size++] = (uint8_t)number;
    return size;
}

/* Takes one number off the front. Inline: there are millions, most of one byte. What is read may
 * come from a damaged file: no number is too long. */
static inline uint32_t search_take_number(const uint8_t **at) {
    uint32_t number = 0;
    unsigned shift = 0;
    for (; **at >= 0x80; shift += 7)
        number |= (uint32_t)(*(*at)++ & 0x7F) << shift % 32;
    return number | (uint32_t) * (*at)++ << shift % 32;
}

/* Reads a page with this title. Everything lives in `arena`, with what was needed on the way. */
SearchPage *search_read(Str title, Str html, Arena *arena);

/* The words of a page, whether it was read or comes from a file. */
const SearchWord *search_words(const SearchPage *page, Arena *arena);

#endif
