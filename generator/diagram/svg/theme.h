/* theme.h: what colours the parts of a drawing have.
 * In: class names and the author's own styles; out: fill, line and text colour, and the same
 * palette as CSS. A colour of the palette follows the page's light or dark; an author's colour is
 * fixed, and so is the text on it. */
#ifndef DIAGRAM_SVG_THEME_H
#define DIAGRAM_SVG_THEME_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/color.h"
#include "base/geometry.h"
#include "base/str.h"
#include "diagram/scene/scene.h"

typedef enum ThemePart {
    THEME_NODE,
    THEME_GROUP,
    THEME_EDGE, /* fill and text are those of its label */
} ThemePart;

typedef struct ThemePaint {
    Str tone; /* of the palette; the class that CSS colours the part by is "dg-" and this */
    Color fill, stroke, text;
    /* The author's own colour: no class of the palette may override it. */
    bool is_own_fill, is_own_stroke, is_own_text;
    bool is_tinted;     /* a group with a class: its fill is drawn paler */
    Coord stroke_width; /* 0: no line */
    int opacity;        /* in percent */
    Str dash;           /* stroke-dasharray; empty: none */
} ThemePaint;

/* Resolves class names in order, then the author's rules: built-in classes by the palette, others
 * by their classDef. What is no colour or width is ignored, and so is a line or text that could not
 * be seen in one of the two themes. `depth` is that of a group. */
ThemePaint theme_resolve(ThemePart part, int depth, const SceneLook *look, bool is_dark);

/* Dark ink or white, whichever reads better on `fill`. */
Color theme_readable_on(Color fill);

/* What a drawing without a page behind it stands on. */
Color theme_canvas(bool is_dark);

/* What covers an author's colour in the dark theme, so that it does not shine; clear in the light
 * one. */
Color theme_veil(bool is_dark);

/* Of a drawing, so many nodes, groups and participants can show their edges: a style sheet knows
 * numbers only one by one. */
#define THEME_END_LIMIT ((size_t)64)

/* The palette for pages: custom properties and rules for inline SVG. Both colours of each pair
 * stand in light-dark(), so that drawings follow the page's color-scheme, whatever sets it. */
void theme_write_css(Buf *buf);

/* The same rules with one palette filled in, without var(), light-dark() and @media: librsvg knows
 * none of them. */
void theme_write_flat(Buf *buf, bool is_dark);

#endif
