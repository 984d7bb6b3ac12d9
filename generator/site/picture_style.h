/* picture_style.h: the style sheets inside of a drawing, as far as drawings use them.
 * In: the text of an SVG file; out: rules that picture.c turns into presentation attributes, since
 * a style sheet in the drawing would reach the whole page. Selectors of names, classes and ids,
 * alone or below one another, are understood; everything else (states, media, fonts) is passed
 * over, as a drawing that stands still has no use for it. Judges no value. */
#ifndef SITE_PICTURE_STYLE_H
#define SITE_PICTURE_STYLE_H

#include "base/arena.h"
#include "base/str.h"

#define PICTURE_RULES_MAX ((size_t)500) /* every element is held against every rule */

/* What selectors know of an element. */
typedef struct PictureElement {
    Str name, id, classes;
} PictureElement;

typedef struct PictureRule {
    Str selector, declarations; /* "g > .a", "fill: red; stroke: blue" */
    size_t weight;              /* ids before classes before names; then the later one wins */
} PictureRule;

typedef struct PictureStyle {
    PictureRule *rules; /* the one that wins comes last */
    size_t count, capacity;
    bool is_full; /* there are more than PICTURE_RULES_MAX */
} PictureStyle;

/* The rules of every <style> in `svg`. Everything lives in `arena`. */
PictureStyle picture_style_read(Str svg, Arena *arena);

/* True when the rule is for the last of these elements, each of which holds the next. */
bool picture_rule_matches(const PictureRule *rule, const PictureElement *path, size_t depth);

#endif
