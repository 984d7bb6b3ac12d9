/* The title of a diagram stands above it, in the middle, as Mermaid draws it. It is placed last,
 * when it is known how wide the drawing is: a title seldom deserves to make it wider. */
#include "base/ban.h"

#include "diagram/parts.h"
#include "diagram/scene/shift.h"

#define MARGIN COORD_OF_PX(8)  /* as layout/ leaves it */
#define GAP    COORD_OF_PX(14) /* between title and drawing */
#define WIDTH_LEAST                                                                                \
    COORD_OF_PX(320) /* a small drawing becomes wider before its title is broken                   \
                      */

void heading_place(const Label *heading, Scene *scene, Arena *arena) {
    Coord room = scene->width - 2 * MARGIN;
    TextStyle style = {.face = TEXT_BOLD,
                       .size_px = scene->font_size_px * 8 / 7,
                       .max_width = room > WIDTH_LEAST ? room : WIDTH_LEAST,
                       .marks = heading->marks};
    TextBlock block = text_layout(heading->text, style, arena);
    scene->body = (Box){0, 0, scene->width, scene->height};
    if (block.line_count == 0)
        return;
    Coord lacking = block.width > room ? block.width - room : 0;
    Point by = {lacking / 2, block.height + GAP};
    scene_shift(scene, by);
    scene->body.x += by.x;
    scene->body.y += by.y;
    scene->width += lacking;
    scene->height += by.y;
    scene->heading.block = block;
    scene->heading.box = (Box){(scene->width - block.width) / 2, MARGIN, block.width, block.height};
}
