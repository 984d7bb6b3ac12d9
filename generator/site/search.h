/* search.h: the index of the site for docsgen.js, and the page of terms for who has no script.
 * In: what search_text.c found on every page; out: files below search/.
 *
 * The index is split, so that a query fetches little of a large site:
 *   search/index.js  how many sections there are, the first word of every part, the first section
 * of every block search/tN.js     words in order, each with its sections: a line for each word,
 * with the number of letters it shares with the one before, the rest of it, a blank, and numbers in
 * base 64 (5 bits a character, the sixth: more follows). A number is four times the distance from
 * the section before, plus the SearchWeight. search/bN.js     what is shown of the sections: page,
 * heading, how the text begins Each is a script that calls docsgenPart(name, value): files opened
 * without a server can load nothing else. */
#ifndef SITE_SEARCH_H
#define SITE_SEARCH_H

#include "site/site.h"

/* Appends the files of the index to site->outputs through `add`. */
void search_write(const Site *site, void (*add)(void *context, Output output), void *context);

#endif
