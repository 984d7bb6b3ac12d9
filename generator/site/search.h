/* search.h: the index of the site for docsgen.js.
 * In: what search_index.c has gathered; out: files below search/.
 *
 * The index is split, so that a query fetches little of a large site:
 *   index.js  how many sections there are, and the first word of every part of a dictionary
 *   wN.js     words that many sections have, in order: each with the size of its list
 *   pN.js     the lists of those words
 *   xN.js     words that few have, each with its list: most words of a site, seldom asked for
 *   rN.js     all words from their last letter to their first, to find what a slip of the finger
 *             at the front of a word has put out of order
 *   bN.js     what is shown of sixteen sections: page, heading, how the text begins
 * Each is a script that calls docsgenPart(name, value): pages opened as files can load nothing
 * else.
 *
 * dictionary = [ "word,word,...", number of a list file, offset in it ]: where the first list is.
 * word = number of letters it shares with the one before, the rest of it, a blank, and
 *        in w the size of its list, in x the list, in r how well known it is.
 * list = numbers { "." numbers }: sections for each SearchWeight; empty ones at the end are left
 *        out. A number is the distance from the section before. "*" after them: there are too
 *        many, most are left out.
 * A list stands behind the one before, or in a new file where it would pass FILE_SIZE: the script
 * counts along. Numbers are in base 64 (5 bits a character, the lowest first; the sixth bit: more
 * follow). */
#ifndef SITE_SEARCH_H
#define SITE_SEARCH_H

#include "site/site.h"

/* Makes the files of the index out of site->search, with all threads; they go the way of all
 * outputs. */
void search_write(Site *site);

#endif
