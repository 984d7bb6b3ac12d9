/* palette.h: SVG as a small PNG.
 * In: SVG text; out: a PNG of at most 256 colours in memory, opaque on white, about a third of the
 * size of raster/png.h's and made much faster. For flat drawings; photographs lose by it. Safe on
 * many threads once raster_prepare has seen their text. */
#ifndef RASTER_PALETTE_H
#define RASTER_PALETTE_H

#include <stdbool.h>

#include "raster/png.h"

/* Appends a picture to `png`; memory in between comes from job->arena. False with a reason as
 * raster_png. */
bool raster_palette_png(const RasterJob *job, Buf *png, Str *why);

/* Loads the machine's fonts when `text` has letters that the compiled-in ones lack. Fonts must not
 * be added while others draw, so this is done before threads begin. */
void raster_prepare(Str text);

/* Can a letter be drawn, by our fonts or by those that raster_prepare has loaded? */
bool raster_has_letter(uint32_t letter);

/* What a picture depends on besides its text: the versions of the libraries and our fonts. */
Str raster_version(Arena *arena);

#endif
