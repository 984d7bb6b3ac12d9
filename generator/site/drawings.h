/* drawings.h: compiled diagrams kept from one build to the next, for the preview.
 * In: the diagrams of a build, files and fences. Out: for each what it was compiled to and drawn
 * as, if the same text gave the same address the last time. A fence is kept with the text of its
 * whole page, since its places move with what stands above it. */
#ifndef SITE_DRAWINGS_H
#define SITE_DRAWINGS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "diagram/diagram.h"

typedef struct Drawings Drawings;

/* One diagram's drawing. It lives until a build no longer takes it. */
typedef struct Drawing {
    Arena *arena;         /* its own */
    const Source *source; /* a copy, to which all places refer */
    Diagram *diagram;     /* NULL: not yet compiled */
    Diags *diags;         /* what the compiler found */
    Str *links;           /* the diagram's links as written; a build puts resolved ones in place */
    Str svg;              /* as drawn last; empty: not yet */
    Str *svg_links;       /* the resolved links in it */
    uint64_t round;       /* of the build that took it last */
} Drawing;

Drawings *drawings_new(void);
void drawings_free(Drawings *drawings);

/* Begins a build. */
void drawings_begin(Drawings *drawings);

/* The drawing that is published as `url`, compiled or not yet. From one thread. */
Drawing *drawings_take(Drawings *drawings, const Source *source, Str url);

/* Compiles the drawing if it is not, and makes its links what they were. Threads may do this at
 * once, each with drawings of its own. */
void drawing_compile(Drawing *drawing);

/* The compiled drawing as a file of its own, in `arena`: the one that was drawn before, when its
 * links lead to the same places. `options` depend on nothing but the address. */
Str drawing_svg(Drawing *drawing, const DiagramSvgOptions *options, Arena *arena);

/* Ends a build: drawings that it did not take are given back. What it was made of before may still
 * be shown, but no longer looked into. */
void drawings_end(Drawings *drawings);

#endif
