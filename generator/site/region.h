/* region.h: a part of a file by name: between two marks in comments, or below a heading.
 * In: a text, and for Markdown its document. Out: a range of whole lines. */
#ifndef SITE_REGION_H
#define SITE_REGION_H

#include "markdown/md.h"

typedef struct Region {
    Span at;       /* its lines, without the marks */
    Span mark;     /* the line that begins it */
    bool is_found; /* otherwise `names` says what there is */
    bool is_open;  /* found, but it has no end */
    Str *names;    /* regions and anchors of the file */
    size_t name_count, name_capacity;
} Region;

/* The region `name` of `source`. `doc` is its document when it is Markdown, else NULL: marks are
 * then looked for in `<!-- comments -->` only, and the anchors of headings name regions as well. */
Region region_find(const Source *source, const MdDoc *doc, Str name, Arena *arena);

#endif
