/* The legend stands below the drawing: samples with their meaning, in lines as wide as the drawing.
 */
#include "base/ban.h"

#include "diagram/parts.h"
#include "diagram/scene/legend_key.h"
#include "diagram/text/text.h"

#define MARGIN       COORD_OF_PX(8)  /* at the sides and below, as layout/ leaves it */
#define GAP_ABOVE    COORD_OF_PX(16) /* between drawing and legend */
#define GAP_ROWS     COORD_OF_PX(24)
#define GAP_SAMPLE   COORD_OF_PX(8) /* between sample and text */
#define SWATCH_WIDTH COORD_OF_PX(18)
#define LINE_WIDTH   COORD_OF_PX(30)
#define LINE_WIDE    COORD_OF_PX(52) /* with a large head at both ends */
#define SAMPLE_HIGH  COORD_OF_PX(13)
#define WIDTH_LEAST  COORD_OF_PX(320)

static Coord larger(Coord a, Coord b) {
    return a > b ? a : b;
}

static void make_row(SceneLegendRow *row, const LegendRow *from, GraphKind kind, int size_px,
                     Arena *arena) {
    TextStyle style = {.face = TEXT_REGULAR, .size_px = size_px};
    LegendLine line;
    bool is_line = legend_key_read(from->key, kind, &line);
    Coord width = line.start > HEAD_ARROW && line.end > HEAD_ARROW ? LINE_WIDE : LINE_WIDTH;
    row->key = from->key;
    row->text.block = text_layout(from->text, style, arena);
    row->text.anchor = SCENE_START;
    row->text.box = (Box){0, 0, row->text.block.width, row->text.block.height};
    row->sample = (Box){0, 0, is_line ? width : SWATCH_WIDTH, SAMPLE_HIGH};
}

void legend_place(const Graph *graph, Scene *scene, Arena *arena) {
    if (graph->legend_count == 0)
        return;
    scene->legend = ARENA_ARRAY(arena, SceneLegendRow, graph->legend_count);
    scene->legend_count = graph->legend_count;
    Coord limit = larger(scene->width, WIDTH_LEAST) - MARGIN;
    Coord x = MARGIN, y = scene->height - MARGIN + GAP_ABOVE, bottom = y, right = 0;
    for (size_t i = 0; i < graph->legend_count; i++) {
        SceneLegendRow *row = &scene->legend[i];
        make_row(row, &graph->legend[i], graph->kind, scene->font_size_px * 6 / 7, arena);
        Coord width = row->sample.width + GAP_SAMPLE + row->text.box.width;
        if (x > MARGIN && x + width > limit) {
            x = MARGIN;
            y = bottom;
        }
        row->text.box.x = x + row->sample.width + GAP_SAMPLE;
        row->text.box.y = y;
        row->sample.x = x;
        row->sample.y = y + (row->text.block.line_height - row->sample.height) / 2;
        right = larger(right, x + width);
        x += width + GAP_ROWS;
        bottom = larger(bottom, y + row->text.box.height + GAP_SAMPLE / 2);
    }
    scene->width = larger(scene->width, right + MARGIN);
    scene->height = bottom + MARGIN;
}
