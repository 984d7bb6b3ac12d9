/* letters.h: the classes of characters that Mermaid's grammar speaks of.
 * Takes code points or places in a text; knows JavaScript's \s and \w, and which letters beyond
 * ASCII an id may hold. */
#ifndef DIAGRAM_SYNTAX_LETTERS_H
#define DIAGRAM_SYNTAX_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/utf8.h"

/* May this character beyond ASCII stand in an id without quotes? */
bool letters_is_id(uint32_t code_point);

/* JavaScript's \s: also the no-break space and the byte order mark. */
bool letters_is_space(uint32_t code_point);

/* Bytes of the space at `at`; 0 when there is none. */
size_t letters_space_size(Str text, size_t at);

/* The offset behind all spaces and line ends from `at` on. */
size_t letters_skip_space(Str text, size_t at);

/* Without the spaces at both ends. */
Str letters_trim(Str text);

/* JavaScript's \w: an ASCII letter, digit or underscore. */
bool letters_is_word(char c);

#endif
