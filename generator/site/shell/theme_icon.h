/* theme_icon.h: the site's sign: in the header, in the window's tab, on a phone's screen.
 * In: the site's title; out: SVG. A project may have a logo and a favicon of its own instead. */
#ifndef SITE_THEME_ICON_H
#define SITE_THEME_ICON_H

#include <stdbool.h>

#include "base/buf.h"
#include "raster/png.h"
#include "site/shell/theme_colors.h"

/* The first letter of `title` on a square, as a file of its own. */
Str theme_icon_draw(Str title, ThemeAccent accent, Arena *arena);

/* The same for the header of a page, where the style sheet colours it. */
Str theme_icon_mark(Str title, Arena *arena);

/* A sign as pixels, drawn now or remembered from another build. False with a reason, in `arena`,
 * when it is not to be drawn. */
bool theme_icon_png(const RasterIcon *icon, Arena *arena, Str *png, Str *why);

#endif
