/* twin.h: the Markdown that is published beside a page, for programs that read.
 * In: the page's source, and what stands in the place of its includes, values and embeds. Out: the
 * source with these pieces exchanged and every other byte as it is. */
#ifndef SITE_TWIN_H
#define SITE_TWIN_H

#include "site/site.h"

typedef struct TwinEdit {
    size_t start, end; /* in the source */
    Str text;
} TwinEdit;

typedef struct Twin {
    const Source *source;
    Arena *arena;
    TwinEdit *edits;
    size_t count, capacity;
    size_t
        size; /* of the texts, at most LIMIT_EMBED_SIZE: what has no room stays as it is written */
} Twin;

/* Puts `text` in the place of `at`, unless that is in another source. Lines of the text begin as
 * the line of `at` does, so that it stays inside of its quote or list. */
void twin_add(Twin *twin, Span at, Str text);

/* What the source reads there with all pieces exchanged. */
Str twin_text(const Twin *twin, Span at, Arena *arena);

/* Appends a fenced block of code that no line of `text` can close. */
void twin_add_fence(Str language, Str text, Buf *out);

/* Embeds that stand alone in a paragraph: a diagram becomes a link to its picture and its source,
 * data its source. Has to happen before embed_page. */
void twin_add_embeds(const Site *site, Page *page, Arena *arena);

/* Writes what the page's twin reads, once nothing more will be exchanged, and forgets the pieces.
 */
void twin_keep(Page *page, Arena *arena);

#endif
