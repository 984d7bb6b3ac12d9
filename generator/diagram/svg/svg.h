/* svg.h: a scene as SVG text.
 * In: a Scene; out: one <svg> element within the profile that browsers and librsvg draw alike:
 * classes and plain attributes, no style attribute, no script, and no style element but one with
 * fonts where they are asked for. The only folder that spells SVG. Places and sizes are the
 * scene's; nothing is moved here. */
#ifndef DIAGRAM_SVG_SVG_H
#define DIAGRAM_SVG_SVG_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "diagram/scene/scene.h"

typedef struct SvgOptions {
    Str id_prefix;   /* makes ids unique on a page; empty: no ids, the name stands in aria-label */
    Str link_prefix; /* put before links without a scheme */
    Str name;        /* accessible name; empty: the scene's title */
    bool is_standalone;  /* a file of its own: has an XML head and stands on a canvas */
    bool has_fonts;      /* takes its fonts along, cut to its text: looks the same everywhere */
    bool has_no_heading; /* the drawing alone, where its title is said beside it */
    bool is_dark;        /* attributes take the dark palette; pages leave that to their CSS */
} SvgOptions;

/* Author text as XML text or double-quoted attribute value. Bad UTF-8 and characters that XML
 * forbids become U+FFFD. */
void svg_text(Buf *buf, Str text);

void svg_write(const Scene *scene, const SvgOptions *options, Buf *buf);

#endif
