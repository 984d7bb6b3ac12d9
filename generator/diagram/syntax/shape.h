/* shape.h: the names that `@{ shape: ... }` may use.
 * In: a name; out: the nearest outline we draw. */
#ifndef DIAGRAM_SYNTAX_SHAPE_H
#define DIAGRAM_SYNTAX_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "diagram/model/graph.h"

/* The outline for `name`. False: Mermaid knows no such shape. */
bool shape_find(Str name, NodeShape *shape);

/* All names, for "did you mean". */
const Str *shape_names(Arena *arena, size_t *count);

#endif
