/* label.h: the text of a label as a reader sees it.
 * In: what stands between the brackets; out: plain text with '\n' for breaks, and what
 * is bold or italic in it. HTML tags and entities are worked out here, so that nobody later needs
 * to know of them. */
#ifndef DIAGRAM_SYNTAX_LABEL_H
#define DIAGRAM_SYNTAX_LABEL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "diagram/model/graph.h"

typedef struct LabelText {
    Str text;    /* may be empty */
    Str marks;   /* TextMark flags per byte of text; empty: no part of it is set apart */
    Str lost;    /* the first tag that Mermaid would drop with its name; empty: none */
    Str picture; /* the first icon or image, which is left out; empty: none */
} LabelText;

LabelText label_read(Str raw, Arena *arena);

/* It as a part of a model, with findings for what is left out of it. */
Label label_report(LabelText label, Span at, Diags *diags);

/* Mermaid's marks for entities turned back into what the author wrote; for text that is no label.
 */
Str label_unmark(Str raw, Arena *arena);

#endif
