/* svg_form.h: what the files of svg/ share: numbers, colours, text and lines as attributes.
 * In: pieces of a scene; out: pieces of SVG. For this folder only. */
#ifndef DIAGRAM_SVG_SVG_FORM_H
#define DIAGRAM_SVG_SVG_FORM_H

#include "base/buf.h"
#include "base/geometry.h"
#include "base/str.h"
#include "diagram/scene/scene.h"
#include "diagram/svg/theme.h"

/* ` name="12.5"` */
void svg_number(Buf *buf, const char *name, Coord value);

/* ` name="#rrggbb"` */
void svg_colour(Buf *buf, const char *name, Color colour);

/* Path data: a command letter and a point, "L12.5 30". */
void svg_point(Buf *buf, char command, Point point);

/* ` class="dg-f dg-s"`: the parts that CSS may colour, without those that are the author's own.
 * `classes` names the ones wanted by letter: f fill, s stroke, h head, t text. */
void svg_classes(Buf *buf, const ThemePaint *paint, const char *classes);

/* ` stroke-width=".." stroke-dasharray=".."` as far as they differ from the default. */
void svg_stroke(Buf *buf, const ThemePaint *paint);

/* The lines of a text as <text> elements. */
void svg_lines(Buf *buf, const SceneText *text, const ThemePaint *paint, int default_size_px);

/* The line of an edge and its heads. Nothing for an invisible edge. */
void svg_route(Buf *buf, const SceneEdge *edge, const ThemePaint *paint);

#endif
