/* legend_key.h: which line a row of the legend shows.
 * In: the key as the author wrote it, "-.->" or "blue"; out: heads and line, as the syntax of the
 * diagram's kind has them. Knows nothing of places and colours. */
#ifndef DIAGRAM_SCENE_LEGEND_KEY_H
#define DIAGRAM_SCENE_LEGEND_KEY_H

#include <stdbool.h>

#include "diagram/model/graph.h"

typedef struct LegendLine {
    EdgeLine line;
    EdgeHead start, end;
} LegendLine;

/* False: the key is no line, hence the name of a class. */
bool legend_key_read(Str key, GraphKind kind, LegendLine *line);

#endif
