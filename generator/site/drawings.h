/* drawings.h: compiled diagrams kept from one build to the next, for the preview.
 * In: the diagram files of a build. Out: for each what it was compiled to, if the same text stood
 * under the same path the last time. Fences are not kept: their places move with their page. */
#ifndef SITE_DRAWINGS_H
#define SITE_DRAWINGS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "diagram/diagram.h"

typedef struct Drawings Drawings;

/* One file's drawing. It lives until a build no longer takes it. */
typedef struct Drawing {
    Arena *arena;         /* its own */
    const Source *source; /* a copy, to which all places refer */
    Diagram *diagram;     /* NULL: not yet compiled */
    Diags *diags;         /* what the compiler found */
    Str *links;           /* the diagram's links as written; a build puts resolved ones in place */
    uint64_t round;       /* of the build that took it last */
} Drawing;

Drawings *drawings_new(void);
void drawings_free(Drawings *drawings);

/* Begins a build. */
void drawings_begin(Drawings *drawings);

/* The drawing of a file, compiled or not yet. From one thread. */
Drawing *drawings_take(Drawings *drawings, const Source *source);

/* Compiles the drawing if it is not, and makes its links what they were. Threads may do this at
 * once, each with drawings of its own. */
void drawing_compile(Drawing *drawing);

/* Ends a build: drawings that it did not take are given back. What it was made of before may still
 * be shown, but no longer looked into. */
void drawings_end(Drawings *drawings);

#endif
