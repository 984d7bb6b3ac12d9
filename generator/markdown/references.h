/* references.h: labels that lead nowhere.
 * cmark drops definitions nobody uses and leaves uses without a definition as text; both are found
 * here from the source. In: every use that trace.c meets and the lines no block has taken; out:
 * findings link/reference. */
#ifndef MARKDOWN_REFERENCES_H
#define MARKDOWN_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/source.h"
#include "markdown/lines.h"

typedef struct Reference {
    Str label; /* as written */
    Str key;   /* compared: lower case, blanks as one space, "^" before a footnote's */
    Span at;   /* the label without its brackets */
} Reference;

typedef struct References {
    Arena *arena; /* temporary */
    const Source *source;
    bool *is_taken;     /* per line: belongs to a block, so it is no definition */
    Reference *missing; /* uses that cmark left as text */
    size_t missing_count, missing_capacity;
    Reference *footnotes; /* definitions that are in the tree */
    size_t footnote_count, footnote_capacity;
    Map *used; /* keys of uses that cmark resolved */
} References;

References references_new(Arena *arena, const MdLines *lines);

/* A use that was resolved; a footnote's label without ^. */
void references_add_used(References *references, Str label, bool is_footnote);

/* A use that stayed text. */
void references_add_missing(References *references, Str label, bool is_footnote, Span at);

/* The definition of a footnote that is used; `line` is its first. */
void references_add_footnote(References *references, const MdLines *lines, size_t line);

/* Lines `first` to `last` (index, inclusive) belong to a block. */
void references_take(References *references, const MdLines *lines, size_t first, size_t last);

/* Adds the findings: uses without definition, definitions never used, definitions of a label that
 * has one already. */
void references_check(const References *references, const MdLines *lines, Diags *diags);

#endif
