/* svg_form.h: what the files of svg/ share: numbers, colours, text and lines as attributes.
 * In: pieces of a scene; out: pieces of SVG. For this folder only. */
#ifndef DIAGRAM_SVG_SVG_FORM_H
#define DIAGRAM_SVG_SVG_FORM_H

#include "base/buf.h"
#include "base/geometry.h"
#include "base/str.h"
#include "diagram/scene/scene.h"
#include "diagram/svg/svg.h"
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

/* A filled circle with its stroke. */
void svg_circle(Buf *buf, Point centre, Coord radius, const ThemePaint *paint);

/* ` stroke-width=".." stroke-dasharray=".."` as far as they differ from the default. */
void svg_stroke(Buf *buf, const ThemePaint *paint);

/* ` x=".." y=".." width=".." height=".." rx=".."` */
void svg_box(Buf *buf, Box box, Coord radius);

/* `<g class="dg-node dg-blue"`, still open for more attributes. */
void svg_open_part(Buf *buf, const char *part, const ThemePaint *paint);

/* How much of its fill a group with a class shows: it must stay behind its nodes. */
#define SVG_TINT_OPACITY "0.45"

/* Covers `box` with the colours of the groups that it lies in, or the page's. */
void svg_ground(Buf *buf, const Scene *scene, Box box, Coord radius, bool is_dark);

/* Makes text without a background of its own readable where `box` lies in a group that its author
 * has filled: there the palette's text could be light on light. */
void svg_text_on_ground(const Scene *scene, Box box, bool is_dark, ThemePaint *paint);

/* The lines of a text as <text> elements. */
void svg_lines(Buf *buf, const SceneText *text, const ThemePaint *paint, int default_size_px);

/* The line of an edge and its heads. Nothing for an invisible edge. */
void svg_route(Buf *buf, const SceneEdge *edge, const ThemePaint *paint);

/* ` name="value"` with the value escaped. */
void svg_attribute(Buf *buf, const char *name, Str value);

/* Opens an <a>; false, and nothing is written, for a link that could do more than show something.
 */
bool svg_open_link(Buf *buf, Str prefix, Str link);

/* The outline of a shape. */
void svg_outline(Buf *buf, NodeShape shape, Box box, const ThemePaint *paint);

/* The fonts of all text written since `start`, as a <style> with nothing else in it. */
void svg_fonts(Buf *buf, size_t start);

/* ` data-n="3"`, on pages only: the number by which edges name the part called `id`. */
void svg_end(Buf *buf, const Scene *scene, const SvgOptions *options, Str id);

/* ` data-e="3 7"`, on pages only: the numbers of an edge's ends. The palette's CSS pales the others
 * while a reader points at one of the two. */
void svg_edge_ends(Buf *buf, const Scene *scene, const SvgOptions *options, Str from, Str to);

/* sequence.c: the parts of a sequence diagram. */
void svg_sequence(Buf *buf, const Scene *scene, const SvgOptions *options);

#endif
