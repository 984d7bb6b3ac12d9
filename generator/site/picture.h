/* picture.h: an author's SVG file made safe to stand in a page.
 * In: the text of the file; out: the same drawing with nothing in it that runs, loads, or reaches
 * out of itself. An own reader of the small part of XML that drawings need, with a list of what is
 * allowed: what it does not know is left out. */
#ifndef SITE_PICTURE_H
#define SITE_PICTURE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"

typedef struct PictureView {
    Str name;      /* accessible name; empty: decoration, hidden from screen readers */
    Str id_prefix; /* for every id in it; no other picture of the page has it */
} PictureView;

/* Appends the drawing. False, and nothing is appended, when the text is no well-formed SVG or is
 * too deep; that is a finding. What had to be left out is one finding as well. */
bool picture_inline(const Source *source, const PictureView *view, Buf *out, Diags *diags);

#endif
