/* front.h: what front matter and `%%{init}%%` say about a diagram.
 * In: clean text; out: title, theme, caption, legend and rules in the graph. Settings that concern
 * only how Mermaid draws are passed over without a word. */
#ifndef DIAGRAM_SYNTAX_FRONT_H
#define DIAGRAM_SYNTAX_FRONT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "diagram/model/graph.h"
#include "diagram/syntax/preprocess.h"

/* False, with a finding, when the front matter is no YAML: Mermaid refuses such a diagram. */
bool front_read(const CleanText *clean, Graph *graph, Arena *arena, Diags *diags);

/* Findings for the settings that only a diagram of nodes and connections has: of `kind`, "sequence
 * diagram", there is none. */
void front_refuse_graph(const Graph *front, Str kind, Diags *diags);

#endif
