#include "base/ban.h"

#include "raster/palette.h"

#include <cairo.h>
#include <zlib.h>

#include "base/asset.h"
#include "base/map.h"
#include "raster/drawing_form.h"

#define PALETTE_MOST  256
#define SAME_DISTANCE (20 * 20) /* squared, in levels of 0 to 255 */
#define SLOT_BITS     16
#define SLOT_COUNT    (1u << SLOT_BITS)
#define COLORS_MOST   (SLOT_COUNT / 2) /* beyond, a hash table becomes slow */

/* Level 4 is where zlib begins to look for better matches: on cards a fifth smaller than level 3
 * for 1.5 ms more; level 9 gains another tenth for 25 ms. */
#define ZLIB_LEVEL 4

/* One colour of the picture. */
typedef struct Shade {
    uint32_t color; /* 0x00RRGGBB */
    uint32_t count; /* pixels; 0: the slot is free */
    uint8_t index;  /* in the palette */
} Shade;

typedef struct Picture {
    const uint32_t *pixels; /* cairo's: 0x??RRGGBB */
    size_t width, height, stride;
    uint32_t mask;  /* of the bits of a colour that count */
    Shade *slots;   /* a hash table by colour */
    Shade **shades; /* the used slots, the most frequent colour first */
    size_t shade_count;
    uint32_t palette[PALETTE_MOST];
    size_t palette_size;
} Picture;

/* Fibonacci hashing (Knuth, TAOCP 3, 6.4) with linear probing. */
static Shade *find_slot(const Picture *picture, uint32_t color) {
    uint32_t slot = (color * 2654435769u) >> (32 - SLOT_BITS);
    while (picture->slots[slot].count && picture->slots[slot].color != color)
        slot = (slot + 1) % SLOT_COUNT;
    return &picture->slots[slot];
}

/* False when there are too many colours. Most pixels are as their neighbour, so runs are counted.
 */
static bool count_shades(Picture *picture) {
    for (size_t y = 0; y < picture->height; y++) {
        const uint32_t *row = picture->pixels + y * picture->stride;
        for (size_t x = 0, start = 0; x < picture->width; start = x) {
            for (x++; x < picture->width && row[x] == row[start];)
                x++;
            Shade *shade = find_slot(picture, row[start] & picture->mask);
            if (!shade->count) {
                if (picture->shade_count == COLORS_MOST)
                    return false;
                picture->shades[picture->shade_count++] = shade;
            }
            shade->color = row[start] & picture->mask;
            shade->count += (uint32_t)(x - start);
        }
    }
    return true;
}

/* A photograph has more colours than the table has room for: finer and finer differences are
 * given up. */
static void collect_shades(Picture *picture, Arena *arena) {
    picture->shades = ARENA_ARRAY(arena, Shade *, COLORS_MOST);
    for (uint32_t keep = 0xFF;; keep = (keep << 1) & 0xFF) {
        picture->mask = keep << 16 | keep << 8 | keep;
        picture->slots = ARENA_ARRAY(arena, Shade, SLOT_COUNT);
        picture->shade_count = 0;
        if (count_shades(picture))
            return;
    }
}

static int compare_shades(const void *left, const void *right) {
    const Shade *a = *(Shade *const *)left, *b = *(Shade *const *)right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return a->color < b->color ? -1 : 1;
}

static int square_distance(uint32_t a, uint32_t b) {
    int red = (int)(a >> 16 & 0xFF) - (int)(b >> 16 & 0xFF);
    int green = (int)(a >> 8 & 0xFF) - (int)(b >> 8 & 0xFF);
    int blue = (int)(a & 0xFF) - (int)(b & 0xFF);
    return red * red + green * green + blue * blue;
}

/* The nearest colour of the palette, and how far it is away. */
static int find_nearest(const Picture *picture, uint32_t color, uint8_t *index) {
    int least = INT32_MAX;
    for (size_t i = 0; i < picture->palette_size && least > 0; i++) {
        int distance = square_distance(color, picture->palette[i]);
        if (distance < least) {
            least = distance;
            *index = (uint8_t)i;
        }
    }
    return least;
}

/* The most frequent colours make the palette (Heckbert's popularity algorithm, 1982). Those of
 * areas count exactly, however pale; of the edges of letters and lines only those count that the
 * palette has nothing near, which leaves room for every hue and makes the file a third smaller. */
static void choose_palette(Picture *picture) {
    size_t area = picture->width * picture->height / 1024 + 1;
    qsort(picture->shades, picture->shade_count, sizeof(Shade *), compare_shades);
    for (size_t i = 0; i < picture->shade_count; i++) {
        Shade *shade = picture->shades[i];
        bool is_area = shade->count >= area;
        int distance = find_nearest(picture, shade->color, &shade->index);
        if (distance == 0 || (!is_area && distance < SAME_DISTANCE) ||
            picture->palette_size == PALETTE_MOST)
            continue;
        shade->index = (uint8_t)picture->palette_size;
        picture->palette[picture->palette_size++] = shade->color;
    }
}

/* The rows as PNG wants them: a filter type (0: none) and one byte for each pixel. */
static Str index_rows(const Picture *picture, Arena *arena) {
    size_t size = (picture->width + 1) * picture->height;
    char *rows = arena_bytes(arena, size), *out = rows;
    for (size_t y = 0; y < picture->height; y++) {
        const uint32_t *row = picture->pixels + y * picture->stride;
        *out++ = 0;
        for (size_t x = 0, start = 0; x < picture->width; start = x) {
            for (x++; x < picture->width && row[x] == row[start];)
                x++;
            memset(out, find_slot(picture, row[start] & picture->mask)->index, x - start);
            out += x - start;
        }
    }
    return (Str){rows, size};
}

static void add_number(Buf *out, uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_add_char(out, (char)(number >> shift & 0xFF));
}

/* chunk ::= size type data crc (PNG, section 5.3); the checksum is over type and data. */
static void add_chunk(Buf *png, const char *type, Str data) {
    add_number(png, (uint32_t)data.size);
    size_t start = png->size;
    buf_add_text(png, type);
    buf_add(png, data);
    const Bytef *bytes = (const Bytef *)png->data + start;
    add_number(png, (uint32_t)crc32(crc32(0, NULL, 0), bytes, (uInt)(png->size - start)));
}

static bool deflate_rows(Str rows, Arena *arena, Str *packed) {
    uLongf size = compressBound((uLong)rows.size);
    char *bytes = arena_bytes(arena, size);
    if (compress2((Bytef *)bytes, &size, (const Bytef *)rows.data, (uLong)rows.size, ZLIB_LEVEL) !=
        Z_OK)
        return false;
    *packed = (Str){bytes, size};
    return true;
}

static bool write_picture(Picture *picture, Arena *arena, Buf *png) {
    collect_shades(picture, arena);
    choose_palette(picture);
    Str packed;
    if (!deflate_rows(index_rows(picture, arena), arena, &packed))
        return false;
    Buf head = buf_new(arena), palette = buf_new(arena);
    add_number(&head, (uint32_t)picture->width);
    add_number(&head, (uint32_t)picture->height);
    buf_add(&head,
            (Str){"\x08\x03\0\0\0", 5}); /* 8 bits, palette, deflate, filters, no interlace */
    for (size_t i = 0; i < picture->palette_size; i++)
        for (int shift = 16; shift >= 0; shift -= 8)
            buf_add_char(&palette, (char)(picture->palette[i] >> shift & 0xFF));
    buf_add(png, (Str){"\x89PNG\r\n\x1a\n", 8});
    add_chunk(png, "IHDR", buf_str(&head));
    add_chunk(png, "PLTE", buf_str(&palette));
    add_chunk(png, "IDAT", packed);
    add_chunk(png, "IEND", STR(""));
    return true;
}

static bool paint(RsvgHandle *handle, const RsvgRectangle *viewport, cairo_surface_t *surface,
                  GError **error) {
    cairo_t *context = cairo_create(surface);
    cairo_set_source_rgb(context, 1, 1, 1);
    cairo_paint(context);
    cairo_destroy(context);
    return drawing_paint(handle, surface, viewport, error);
}

static bool draw(RsvgHandle *handle, const RasterJob *job, Buf *png, Str *why) {
    RsvgRectangle viewport;
    if (!drawing_measure(handle, job->scale_percent / 100.0, &viewport, job->arena, why))
        return false;
    GError *error = NULL;
    Picture picture = {.width = (size_t)(viewport.width + 0.999),
                       .height = (size_t)(viewport.height + 0.999)};
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)picture.width, (int)picture.height);
    bool is_done = paint(handle, &viewport, surface, &error);
    if (is_done) {
        cairo_surface_flush(surface);
        picture.pixels = (const uint32_t *)(const void *)cairo_image_surface_get_data(surface);
        picture.stride = (size_t)cairo_image_surface_get_stride(surface) / sizeof(uint32_t);
        is_done = write_picture(&picture, job->arena, png);
    }
    if (!is_done)
        drawing_fail(job->arena, why, "the drawing cannot be drawn", error);
    cairo_surface_destroy(surface);
    return is_done;
}

bool raster_palette_png(const RasterJob *job, Buf *png, Str *why) {
    RsvgHandle *handle = drawing_open(job->svg, job->stylesheet, job->arena, why);
    if (!handle)
        return false;
    bool is_done = draw(handle, job, png, why);
    g_object_unref(handle);
    return is_done;
}

Str raster_version(Arena *arena) {
    uint64_t fonts = map_hash(asset_get("fonts/inter-400.otf")) ^
                     map_hash(asset_get("fonts/inter-600.otf")) << 1;
    return str_format(arena, "librsvg %u.%u.%u cairo %s zlib %s fonts %016llx", rsvg_major_version,
                      rsvg_minor_version, rsvg_micro_version, cairo_version_string(), zlibVersion(),
                      (unsigned long long)fonts);
}
