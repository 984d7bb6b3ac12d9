/* sequence_write.h: what the files that draw sequence diagrams share: colours, groups, lines,
 * areas. In: pieces of a SceneSequence; out: pieces of SVG. For sequence*.c of this folder only. */
#ifndef DIAGRAM_SVG_SEQUENCE_WRITE_H
#define DIAGRAM_SVG_SEQUENCE_WRITE_H

#include "diagram/scene/sequence.h"
#include "diagram/svg/svg_form.h"

#define PX COORD_PER_PX

#define LINE_WIDTH (PX * 3 / 2)
#define THIN_WIDTH PX

typedef struct Writer {
    Buf *buf;
    const Scene *scene;
    const SvgOptions *options;
} Writer;

/* The colours of a part in the tone of that name; "" is the part's own. */
ThemePaint writer_paint(const Writer *writer, ThemePart part, const char *name);

void writer_open(Writer *writer, const char *part, const ThemePaint *paint);
void writer_close(Writer *writer);

void writer_box(Writer *writer, Box box, Coord radius, const ThemePaint *paint);

/* `<path class="dg-s" fill="none" stroke=".." stroke-width=".."` up to its data. */
void writer_begin_line(Writer *writer, const ThemePaint *paint, Coord width, const char *dash);
void writer_straight(Writer *writer, Point from, Point to);
void writer_end_line(Writer *writer);

/* A box without a border. */
void writer_area(Writer *writer, Box box, const ThemePaint *paint);

/* What a text needs that lies on an activation. */
void writer_backing(Writer *writer, Box box, const ThemePaint *paint);

/* sequence_message.c */
void writer_message(Writer *writer, const SceneMessage *message);

/* sequence_head.c: a participant. */
void writer_head(Writer *writer, const SceneHead *head);

#endif
