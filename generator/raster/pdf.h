/* pdf.h: SVG as one page of PDF.
 * In: SVG text of diagram/svg; out: a PDF in memory, as large as the drawing, with real text and
 * the compiled-in fonts embedded. Same input, same bytes. Safe on many threads. */
#ifndef RASTER_PDF_H
#define RASTER_PDF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

typedef struct PdfJob {
    Str svg;
    Str stylesheet;  /* CSS laid over the attributes; may be empty */
    Str title;       /* of the document; may be empty */
    int64_t made_at; /* creation date in seconds since 1970; negative: none */
    Arena *arena;    /* for the reason */
} PdfJob;

/* Appends a document to `pdf`. False with a reason as raster_png. */
bool raster_pdf(const PdfJob *job, Buf *pdf, Str *why);

#endif
