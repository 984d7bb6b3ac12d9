/* png.h: SVG as pixels.
 * In: SVG text of diagram/svg; out: a PNG in memory, or where the ink of the drawing lies. Draws by
 * librsvg and cairo with the compiled-in fonts alone, so that no machine's fonts change a picture;
 * only letters that those lack, Chinese for example, are the machine's. Safe on many threads. */
#ifndef RASTER_PNG_H
#define RASTER_PNG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

typedef struct RasterJob {
    Str svg;
    Str stylesheet;    /* CSS laid over the attributes; may be empty */
    int scale_percent; /* 100: one pixel per px */
    Arena *arena;      /* for the reason */
} RasterJob;

/* Appends a picture to `png`. False with a reason when the text is no SVG or the picture would be
 * too large. */
bool raster_png(const RasterJob *job, Buf *png, Str *why);

/* A drawing as an icon: a square into which it is fitted, whatever its own size and shape. */
typedef struct RasterIcon {
    Str svg;
    int size, margin; /* in px; the margin is on every side */
    bool has_ground;  /* white behind it, so that nothing shines through */
} RasterIcon;

/* Appends a picture to `png`. False with a reason, in the arena of `png`, when the text is no SVG.
 */
bool raster_icon(const RasterIcon *icon, Buf *png, Str *why);

/* Are there fonts to draw with? Without them every drawing fails, whatever is in it. */
bool raster_has_fonts(void);

/* The folder that the fonts are put into as files where there is no /proc to name memory by; empty
 * where nothing is written. A process that closes the disk to itself leaves it open. */
Str raster_font_folder(void);

/* Size of a drawing, and the smallest rectangle around all it paints, in px. */
typedef struct RasterExtent {
    double width, height;
    double left, top, right, bottom;
} RasterExtent;

/* For tests: ink beyond the size would be cut off. False with a reason as above. */
bool raster_extent(Str svg, RasterExtent *extent, Arena *arena, Str *why);

/* For tests: the family and style of the font that a text of this family and weight is drawn in,
 * "Inter SemiBold"; shows that nothing is substituted. */
Str raster_font(Str family, int weight, bool is_italic, Arena *arena);

#endif
