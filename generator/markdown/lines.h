/* lines.h: the lines of a page as cmark counts them.
 * In: a source and where its body begins; out: start and end of every line, as offsets in the
 * source. Differs from Source.line_starts: a lone CR ends a line too, and front matter is left out.
 */
#ifndef MARKDOWN_LINES_H
#define MARKDOWN_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"

typedef struct MdLines {
    const Source *source;
    uint32_t *starts; /* [0] is the first byte of the body, cmark's line 1 */
    uint32_t *ends;   /* without the line end */
    size_t count;
    bool has_cr; /* a CR stands in the body; else only LF ends lines */
} MdLines;

/* The lines of `source` from byte `body` on. */
MdLines md_lines_new(Arena *arena, const Source *source, size_t body);

/* Takes the next line off the front of `rest`, which is of a body with or without CR: ended by LF,
 * CRLF or CR, and given without that end. */
Str md_lines_cut(Str *rest, bool has_cr);

/* The text of the line with this index, without its end; empty behind the last one. */
Str md_lines_get(const MdLines *lines, size_t index);

/* Bytes at the start of `line` that belong to containers: spaces, `>`, list markers. Greedy, so it
 * is only right where the content itself cannot begin like that (a table row, a definition).
 * `depth` is the number of markers, when not NULL. */
size_t md_lines_prefix(Str line, size_t *depth);

#endif
