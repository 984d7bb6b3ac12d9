/* syntax.h: diagram text read as Mermaid reads it.
 * In: a source; out: which kind it is, and the model of what its author meant. Accepts and refuses
 * what Mermaid 11.17 does; how things look is not decided here. */
#ifndef DIAGRAM_SYNTAX_SYNTAX_H
#define DIAGRAM_SYNTAX_SYNTAX_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "diagram/model/graph.h"
#include "diagram/model/sequence.h"
#include "diagram/syntax/kind.h"

/* The flowchart in `source`. Gives a valid graph for any bytes: what could not be read is left out
 * of it. `ok` becomes false when Mermaid would refuse the text or a limit was passed; an error then
 * stands in `diags`. `source` must outlive the graph. */
Graph *syntax_parse_flow(const Source *source, Arena *arena, Diags *diags, bool *ok);

/* The same for a sequence diagram. */
Sequence *syntax_parse_sequence(const Source *source, Arena *arena, Diags *diags, bool *ok);

/* The same for state diagrams: composite states are groups, notes are nodes. */
Graph *syntax_parse_state(const Source *source, Arena *arena, Diags *diags, bool *ok);

/* The same for class diagrams: members are rows of their class, namespaces are groups. */
Graph *syntax_parse_class(const Source *source, Arena *arena, Diags *diags, bool *ok);

/* The same for entity relationship diagrams: attributes are rows of four cells. */
Graph *syntax_parse_er(const Source *source, Arena *arena, Diags *diags, bool *ok);

#endif
