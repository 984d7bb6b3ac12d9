/* theme_colors.h: the colours that the settings choose.
 * In: the settings and the style sheet whose colours they replace; out: rules to lie over it. What
 * cannot be read is found fault with: text needs 4.5 to 1 (WCAG 2.2, 1.4.3). */
#ifndef SITE_THEME_COLORS_H
#define SITE_THEME_COLORS_H

#include "base/buf.h"
#include "base/color.h"
#include "base/diag.h"
#include "config/config.h"

typedef enum ColorScheme {
    COLOR_LIGHT,
    COLOR_DARK,
    COLOR_SCHEME_COUNT
} ColorScheme;

/* The accent in force, for what is drawn outside of the style sheet. */
typedef struct ThemeAccent {
    Color back, front; /* a filled shape and what is written on it, on light pages */
} ThemeAccent;

/* Appends the rules to `out`, nothing without colours in the settings. */
ThemeAccent theme_colors_write(const ThemeSettings *theme, Str css, Buf *out, Diags *diags);

#endif
