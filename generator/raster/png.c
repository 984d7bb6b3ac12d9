#include "base/ban.h"

#include "raster/png.h"

#include <cairo.h>
#include <fontconfig/fontconfig.h>

#include "raster/drawing_form.h"

/* Paints the drawing and writes what is then on the surface, which is freed. */
static bool write_surface(RsvgHandle *handle, const RsvgRectangle *viewport,
                          cairo_surface_t *surface, Buf *png, Str *why) {
    GError *error = NULL;
    bool is_done =
        drawing_paint(handle, surface, viewport, &error) &&
        cairo_surface_write_to_png_stream(surface, drawing_add_bytes, png) == CAIRO_STATUS_SUCCESS;
    if (!is_done)
        drawing_fail(png->arena, why, "the drawing cannot be drawn", error);
    cairo_surface_destroy(surface);
    return is_done;
}

static bool write_png(RsvgHandle *handle, const RsvgRectangle *viewport, Buf *png, Str *why) {
    /* A pixel that is covered in part counts whole, lest the last line be cut. */
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)(viewport->width + 0.999), (int)(viewport->height + 0.999));
    return write_surface(handle, viewport, surface, png, why);
}

bool raster_icon(const RasterIcon *icon, Buf *png, Str *why) {
    RsvgHandle *handle = drawing_open(icon->svg, STR(""), png->arena, why);
    if (!handle)
        return false;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, icon->size, icon->size);
    if (icon->has_ground) {
        cairo_t *cairo = cairo_create(surface);
        cairo_set_source_rgb(cairo, 1, 1, 1);
        cairo_paint(cairo);
        cairo_destroy(cairo);
    }
    /* librsvg keeps the shape and centres it. */
    double inner = icon->size - 2 * icon->margin;
    RsvgRectangle viewport = {icon->margin, icon->margin, inner, inner};
    bool is_done = write_surface(handle, &viewport, surface, png, why);
    g_object_unref(handle);
    return is_done;
}

bool raster_png(const RasterJob *job, Buf *png, Str *why) {
    RsvgHandle *handle = drawing_open(job->svg, job->stylesheet, job->arena, why);
    if (!handle)
        return false;
    RsvgRectangle viewport;
    bool is_done =
        drawing_measure(handle, job->scale_percent / 100.0, &viewport, job->arena, why) &&
        write_png(handle, &viewport, png, why);
    g_object_unref(handle);
    return is_done;
}

bool raster_extent(Str svg, RasterExtent *extent, Arena *arena, Str *why) {
    RsvgHandle *handle = drawing_open(svg, STR(""), arena, why);
    if (!handle)
        return false;
    RsvgRectangle viewport = {0, 0, 0, 0}, ink = {0, 0, 0, 0}, logical;
    GError *error = NULL;
    bool is_measured =
        rsvg_handle_get_intrinsic_size_in_pixels(handle, &viewport.width, &viewport.height) &&
        rsvg_handle_get_geometry_for_layer(handle, NULL, &viewport, &ink, &logical, &error);
    if (!is_measured)
        drawing_fail(arena, why, "the drawing cannot be measured", error);
    *extent = (RasterExtent){viewport.width, viewport.height,   ink.x,
                             ink.y,          ink.x + ink.width, ink.y + ink.height};
    g_object_unref(handle);
    return is_measured;
}

Str raster_font(Str family, int weight, bool is_italic, Arena *arena) {
    drawing_set_fonts();
    FcPattern *wanted = FcPatternCreate();
    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)str_cstr(arena, family));
    FcPatternAddInteger(wanted, FC_WEIGHT, FcWeightFromOpenType(weight));
    FcPatternAddInteger(wanted, FC_SLANT, is_italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
    FcConfigSubstitute(NULL, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result;
    FcPattern *found = FcFontMatch(NULL, wanted, &result);
    FcChar8 *name = NULL, *style = NULL;
    Str answer = STR("");
    if (found && FcPatternGetString(found, FC_FAMILY, 0, &name) == FcResultMatch &&
        FcPatternGetString(found, FC_STYLE, 0, &style) == FcResultMatch)
        answer = str_format(arena, "%s %s", (const char *)name, (const char *)style);
    if (found)
        FcPatternDestroy(found);
    FcPatternDestroy(wanted);
    return answer;
}
