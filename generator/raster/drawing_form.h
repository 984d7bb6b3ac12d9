/* drawing_form.h: what PNG and PDF share: an SVG text opened, measured and painted.
 * In: SVG text; out: librsvg's document with the compiled-in fonts, and with the machine's where
 * letters are needed that those lack. For raster/ only. */
#ifndef RASTER_DRAWING_FORM_H
#define RASTER_DRAWING_FORM_H

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Makes the compiled-in fonts the only ones of this process; the first call does it. The machine's
 * are added by the first drawing that has a letter of none of them, Chinese for example. */
void drawing_set_fonts(void);

/* The parsed document, for g_object_unref, or NULL with a reason. `stylesheet` may be empty. */
RsvgHandle *drawing_open(Str svg, Str stylesheet, Arena *arena, Str *why);

/* The size of the picture. False with a reason when it has none or is too large. */
bool drawing_measure(RsvgHandle *handle, double scale, RsvgRectangle *viewport, Arena *arena,
                     Str *why);

bool drawing_paint(RsvgHandle *handle, cairo_surface_t *surface, const RsvgRectangle *viewport,
                   GError **error);

/* Puts `message` and what the library says into `why`, frees `error` (may be NULL), gives false. */
bool drawing_fail(Arena *arena, Str *why, const char *message, GError *error);

/* For cairo's streams: appends to the Buf `closure`. */
cairo_status_t drawing_add_bytes(void *closure, const unsigned char *data, unsigned size);

#endif
