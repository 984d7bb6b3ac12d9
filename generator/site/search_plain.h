/* search_plain.h: HTML's text as people read it.
 * In: what stands between tags; out: plain text with single blanks, for what a result shows. */
#ifndef SITE_SEARCH_PLAIN_H
#define SITE_SEARCH_PLAIN_H

#include "base/buf.h"
#include "base/str.h"

#define SEARCH_EXCERPT_MAX 120 /* bytes */

/* Adds `text` with its entities read and its blanks and line ends as one blank each. */
void search_add_plain(Buf *out, Str text);

/* The beginning of `text`, cut at a blank, so that no word is shown in half. */
Str search_cut_excerpt(Str text);

#endif
