/* kind.h: which kind of diagram a text is, by its first word.
 * In: a source; out: a kind. Knows every kind of Mermaid 11; which of them are drawn is
 * diagram.c's table. */
#ifndef DIAGRAM_SYNTAX_KIND_H
#define DIAGRAM_SYNTAX_KIND_H

#include "base/source.h"
#include "base/str.h"

typedef enum DiagramKind {
    DIAGRAM_UNKNOWN, /* no word that Mermaid knows */
    DIAGRAM_FLOWCHART,
    DIAGRAM_SEQUENCE,
    DIAGRAM_CLASS,
    DIAGRAM_STATE,
    DIAGRAM_ER,
    DIAGRAM_GANTT,
    DIAGRAM_PIE,
    DIAGRAM_TIMELINE,
    DIAGRAM_ARCHITECTURE,
    DIAGRAM_C4,
    DIAGRAM_GIT,
    DIAGRAM_JOURNEY,
    DIAGRAM_MINDMAP,
    DIAGRAM_QUADRANT,
    DIAGRAM_XY,
    DIAGRAM_REQUIREMENT,
    DIAGRAM_SANKEY,
    DIAGRAM_PACKET,
    DIAGRAM_BLOCK,
    DIAGRAM_KANBAN,
    DIAGRAM_RADAR,
    DIAGRAM_TREEMAP,
    DIAGRAM_OTHER, /* a kind of Mermaid too rare to have a name here */
    DIAGRAM_KIND_COUNT,
} DiagramKind;

/* The kind of the diagram in `source`, behind front matter, directives and comments. Front matter
 * that is never closed counts as a flowchart, whose parser says what is wrong. */
DiagramKind kind_find(const Source *source);

/* The place of the first word; of size 0 in an empty text. */
Span kind_word(const Source *source);

/* What people call the kind: "sequence diagram"; "diagram" for DIAGRAM_UNKNOWN and DIAGRAM_OTHER.
 */
Str kind_name(DiagramKind kind);

#endif
