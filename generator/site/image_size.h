/* image_size.h: how large a picture is shown when nobody says otherwise.
 * In: the bytes of a PNG, JPEG, GIF, WebP or SVG file; out: its width and height in px. Knows each
 * format only so far as to find these two numbers. */
#ifndef SITE_IMAGE_SIZE_H
#define SITE_IMAGE_SIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct ImageSize {
    uint32_t width, height; /* in px; as it is shown, where a photograph says which side is up */
} ImageSize;

/* Can a file of this name be asked? */
bool image_has_size(Str path);

/* False when the bytes are of no known format, damaged, or an SVG without a size of its own. */
bool image_size(Str bytes, ImageSize *size);

#endif
