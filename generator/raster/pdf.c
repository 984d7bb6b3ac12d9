#include "base/ban.h"

#include "raster/pdf.h"

#include <cairo-pdf.h>

#include "base/utf8.h"
#include "raster/drawing_form.h"

/* A px is 1/96 inch (CSS), a point of PDF 1/72. */
#define POINTS_PER_PX 0.75

#define DATE_MOST INT64_C(253402300799) /* the last second of the year 9999 */

/* "2026-11-21T08:00:00Z"; the empty text without a date. */
static Str iso_date(int64_t seconds, Arena *arena) {
    if (seconds < 0)
        return STR("");
    time_t time = (time_t)(seconds > DATE_MOST ? DATE_MOST : seconds);
    struct tm day = {0};
    gmtime_r(&time, &day);
    return str_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", day.tm_year + 1900, day.tm_mon + 1,
                      day.tm_mday, day.tm_hour, day.tm_min, day.tm_sec);
}

/* cairo refuses to draw anything once it was given a text that is no UTF-8. */
static char *valid_text(Str text, Arena *arena) {
    Buf out = buf_new(arena);
    while (text.size)
        utf8_add(&out, utf8_take(&text));
    return str_cstr(arena, buf_str(&out));
}

/* cairo writes the present date by itself, and none when it is given a text that is no date. cairo
 * 1.16 leaves out the "D:" that belongs before a date; readers do without. */
static void set_metadata(cairo_surface_t *surface, const PdfJob *job) {
    Str date = iso_date(job->made_at, job->arena);
    if (job->title.size)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                       valid_text(job->title, job->arena));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.data);
}

static bool write_pdf(RsvgHandle *handle, const RsvgRectangle *page, const PdfJob *job, Buf *pdf,
                      Str *why) {
    GError *error = NULL;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(drawing_add_bytes, pdf, page->width, page->height);
    set_metadata(surface, job);
    bool is_done = drawing_paint(handle, surface, page, &error);
    cairo_surface_finish(surface);
    is_done = is_done && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (!is_done)
        drawing_fail(job->arena, why, "the drawing cannot be drawn", error);
    cairo_surface_destroy(surface);
    return is_done;
}

bool raster_pdf(const PdfJob *job, Buf *pdf, Str *why) {
    RsvgHandle *handle = drawing_open(job->svg, job->stylesheet, job->arena, why);
    if (!handle)
        return false;
    RsvgRectangle page;
    bool is_done = drawing_measure(handle, POINTS_PER_PX, &page, job->arena, why) &&
                   write_pdf(handle, &page, job, pdf, why);
    g_object_unref(handle);
    return is_done;
}
