#define _GNU_SOURCE /* memfd_create */
#include "base/ban.h"

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <sys/mman.h>
#include <threads.h>
#include <unistd.h>

#include "base/asset.h"
#include "base/utf8.h"
#include "raster/drawing_form.h"
#include "raster/palette.h"
#include "raster/png.h"

/* Pixels per side; cairo's own limit is 32767, and 64 million pixels are 256 MB. */
#define SIDE_MOST   16384.0
#define PIXELS_MOST 64e6

static const char *const font_assets[] = {
    "fonts/inter-400.otf",
    "fonts/inter-400i.otf",
    "fonts/inter-600.otf",
    "fonts/mono-400.otf",
};

static once_flag fonts_once = ONCE_FLAG_INIT, machine_once = ONCE_FLAG_INIT;
static bool has_fonts;
static char font_trouble[128]; /* why not */
static FcConfig *fonts;

#define FONT_COUNT (sizeof font_assets / sizeof font_assets[0])

/* Files on disk, for a machine without /proc; empty where there is none. */
static char font_files[FONT_COUNT][256];

static void remove_font_files(void) {
    for (size_t i = 0; i < FONT_COUNT; i++)
        if (*font_files[i])
            unlink(font_files[i]);
}

Str raster_font_folder(void) {
    const char *folder = getenv("TMPDIR");
    if (access("/proc/self/fd", X_OK) == 0)
        return (Str){NULL, 0};
    return str_from(folder && *folder ? folder : "/tmp");
}

/* fontconfig reads fonts from files only. The bytes go to a file in memory, which is named by way
 * of /proc and leaves nothing behind. In a root folder without /proc, a container's for example,
 * the file is on disk until the process ends. */
static int open_font(size_t index, char *path, size_t size) {
    Str folder = raster_font_folder();
    int file = memfd_create("font", MFD_CLOEXEC);
    snprintf(path, size, "/proc/self/fd/%d", file);
    if (file < 0 || folder.size == 0)
        return file;
    close(file);
    int length = snprintf(path, size, "%.*s/docsgen-font-XXXXXX", STR_FMT(folder));
    if (length < 0 || (size_t)length >= size)
        return -1;
    file = mkstemp(path);
    if (file >= 0)
        memcpy(font_files[index], path, (size_t)length + 1);
    return file;
}

static bool fail_fonts(const char *reason) {
    snprintf(font_trouble, sizeof font_trouble, "%s", reason);
    return false;
}

static bool add_font(FcConfig *config, size_t index) {
    char path[sizeof font_files[0]];
    Str bytes = asset_get(font_assets[index]);
    int file = open_font(index, path, sizeof path);
    if (file < 0)
        return fail_fonts(strerror(errno));
    for (size_t done = 0; done < bytes.size;) {
        ssize_t count = write(file, bytes.data + done, bytes.size - done);
        if (count <= 0) {
            fail_fonts(strerror(errno));
            close(file);
            return false;
        }
        done += (size_t)count;
    }
    return FcConfigAppFontAddFile(config, (const FcChar8 *)path) ||
           fail_fonts("fontconfig cannot read them");
}

/* A configuration with nothing but our fonts, until a drawing needs more. It replaces the machine's
 * before pango asks for it the first time, which also saves reading the machine's font folders
 * (over a second when its cache is cold). */
static void set_fonts(void) {
    fonts = FcConfigCreate();
    has_fonts = fonts != NULL;
    for (size_t i = 0; i < FONT_COUNT; i++)
        has_fonts = has_fonts && add_font(fonts, i);
    atexit(remove_font_files);
    has_fonts = has_fonts && FcConfigSetCurrent(fonts);
    if (!has_fonts && !*font_trouble)
        fail_fonts("fontconfig does not start");
}

/* The machine's fonts come after ours: they are taken for what ours lack. */
static void add_machine_fonts(void) {
    if (FcConfigParseAndLoad(fonts, NULL, FcFalse))
        FcConfigBuildFonts(fonts);
}

/* The characters of a font; NULL when it does not say. */
static const FcCharSet *letters_of(const FcPattern *font) {
    FcCharSet *letters = NULL;
    return FcPatternGetCharSet(font, FC_CHARSET, 0, &letters) == FcResultMatch ? letters : NULL;
}

/* Can our first font draw all of it? Control characters and tags are ASCII and need no look. */
static bool is_covered(Str text) {
    const FcFontSet *own = FcConfigGetFonts(fonts, FcSetApplication);
    const FcCharSet *letters = own && own->nfont ? letters_of(own->fonts[0]) : NULL;
    while (letters && text.size) {
        uint32_t letter = utf8_take(&text);
        if (letter >= 0x80 && letter != 0xFFFD && !FcCharSetHasChar(letters, letter))
            return false;
    }
    return true;
}

void drawing_set_fonts(void) {
    call_once(&fonts_once, set_fonts);
}

void raster_prepare(Str text) {
    drawing_set_fonts();
    if (has_fonts && !is_covered(text))
        call_once(&machine_once, add_machine_fonts);
}

bool raster_has_letter(uint32_t letter) {
    static const FcSetName sets[] = {FcSetApplication, FcSetSystem};
    drawing_set_fonts();
    for (size_t i = 0; has_fonts && i < sizeof sets / sizeof *sets; i++) {
        const FcFontSet *set = FcConfigGetFonts(fonts, sets[i]);
        for (int k = 0; set && k < set->nfont; k++) {
            const FcCharSet *letters = letters_of(set->fonts[k]);
            if (letters && FcCharSetHasChar(letters, letter))
                return true;
        }
    }
    return false;
}

bool raster_has_fonts(void) {
    drawing_set_fonts();
    return has_fonts;
}

bool drawing_fail(Arena *arena, Str *why, const char *message, GError *error) {
    *why = str_format(arena, "%s%s%s", message, error ? ": " : "", error ? error->message : "");
    if (error)
        g_error_free(error);
    return false;
}

RsvgHandle *drawing_open(Str svg, Str stylesheet, Arena *arena, Str *why) {
    drawing_set_fonts();
    GError *error = NULL;
    if (!has_fonts) {
        *why = str_format(arena, "the fonts cannot be loaded: %s", font_trouble);
        return NULL;
    }
    if (!is_covered(svg))
        call_once(&machine_once, add_machine_fonts);
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg.data, svg.size, &error);
    if (!handle) {
        drawing_fail(arena, why, "not an SVG drawing", error);
        return NULL;
    }
    rsvg_handle_set_dpi(handle, 96);
    if (stylesheet.size && !rsvg_handle_set_stylesheet(handle, (const guint8 *)stylesheet.data,
                                                       stylesheet.size, &error)) {
        drawing_fail(arena, why, "the style sheet is wrong", error);
        g_object_unref(handle);
        return NULL;
    }
    return handle;
}

cairo_status_t drawing_add_bytes(void *closure, const unsigned char *data, unsigned size) {
    buf_add(closure, (Str){(const char *)data, size});
    return CAIRO_STATUS_SUCCESS;
}

bool drawing_measure(RsvgHandle *handle, double scale, RsvgRectangle *viewport, Arena *arena,
                     Str *why) {
    *viewport = (RsvgRectangle){0, 0, 0, 0};
    rsvg_handle_get_intrinsic_size_in_pixels(handle, &viewport->width, &viewport->height);
    viewport->width *= scale;
    viewport->height *= scale;
    if (!(viewport->width >= 1 && viewport->height >= 1))
        return drawing_fail(arena, why, "the drawing has no size", NULL);
    if (viewport->width <= SIDE_MOST && viewport->height <= SIDE_MOST &&
        viewport->width * viewport->height <= PIXELS_MOST)
        return true;
    *why = str_format(arena, "%.0f x %.0f pixels are too many", viewport->width, viewport->height);
    return false;
}

bool drawing_paint(RsvgHandle *handle, cairo_surface_t *surface, const RsvgRectangle *viewport,
                   GError **error) {
    cairo_t *context = cairo_create(surface);
    bool is_drawn = rsvg_handle_render_document(handle, context, viewport, error);
    is_drawn = is_drawn && cairo_status(context) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(context);
    return is_drawn;
}
