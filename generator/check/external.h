/* external.h: the links that lead to other sites.
 * In: a const Site. Out: a list for a program that follows them; docsgen itself uses no network. */
#ifndef CHECK_EXTERNAL_H
#define CHECK_EXTERNAL_H

#include "base/buf.h"
#include "site/site.h"

/* Appends one line for each place, "URL <tab> FILE:LINE:COLUMN", or one JSON document; in byte
 * order of the addresses. Links of pages, diagrams and cards; mail addresses and telephone numbers
 * are left out. */
void external_render(const Site *site, bool is_json, Buf *out);

#endif
