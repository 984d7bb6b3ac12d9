/* color.h: colours that authors write, and how well they can be read.
 * In: a CSS colour; out: its parts, its contrast to another one. Knows nothing of themes. */
#ifndef BASE_COLOR_H
#define BASE_COLOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

typedef struct Color {
    uint8_t red, green, blue;
    uint8_t alpha; /* 255: opaque */
} Color;

/* color = "#" hex3 | hex4 | hex6 | hex8 | name | rgb(...) | rgba(...) | hsl(...) | hsla(...) |
 * "transparent". False for anything else, and `color` is untouched. */
bool color_parse(Str text, Color *color);

/* "#rrggbb", or "#rrggbbaa" when not opaque. */
void color_write(Buf *buf, Color color);

/* Contrast of two opaque colours by WCAG 2 in hundredths: 100 (none) to 2100 (black on white). */
int color_contrast(Color a, Color b);

#endif
