/* label_style.h: the fonts that authors ask for.
 * In: a part's classes and rules; out: the style its label is measured and drawn in.
 * Colours are not its business. */
#ifndef DIAGRAM_LAYOUT_LABEL_STYLE_H
#define DIAGRAM_LAYOUT_LABEL_STYLE_H

#include "diagram/model/style.h"
#include "diagram/text/text.h"

/* `style` with the author's font-size, font-weight and font-style. Sizes that could not be read, or
 * that would leave no room for anything else, are brought into bounds. */
TextStyle label_style(const Graph *graph, StyleOwner owner, TextStyle style);

#endif
