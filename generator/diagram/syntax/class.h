/* class.h: what the parser of class diagrams gives to the half that builds the graph.
 * In: names, members and relations as they are read; out: nodes with compartments, groups and edges
 * in the graph. Nothing here draws. */
#ifndef DIAGRAM_SYNTAX_CLASS_H
#define DIAGRAM_SYNTAX_CLASS_H

#include <stdbool.h>
#include <stddef.h>

#include "diagram/syntax/reader.h"

typedef struct ClassRelation {
    Str from, to; /* names, with their generic type */
    Span from_at, to_at;
    EdgeHead start, end;
    EdgeLine line;
    Label start_label, end_label, label;
    Span at;
} ClassRelation;

/* A class by its name, `Square~Shape~`, made on first mention. */
NodeId class_intern(Reader *reader, Str name, Span at);

/* The class with this name, or GRAPH_NONE. */
NodeId class_find(const Reader *reader, Str name);

/* One line of a class: an annotation `<<x>>`, a method or an attribute. False, with a finding,
 * where Mermaid fails. */
bool class_add_member(Reader *reader, NodeId class, Str text, Span at);

void class_add_annotation(Reader *reader, NodeId class, Str text);

void class_add_relation(Reader *reader, const ClassRelation *relation);

/* A note; GRAPH_NONE when a limit was passed. */
NodeId class_add_note(Reader *reader, Str text, Span at, GroupId parent);

/* Puts the note beside the class `name`; when all is read, as the class may come later. */
void class_attach_note(Reader *reader, NodeId note, Str name);

/* The namespace `name`, whose dots part the levels, within `parent`. */
GroupId class_intern_namespace(Reader *reader, Str name, GroupId parent, Span at);

/* Attributes above methods, in every class; when all is read. */
void class_finish(Reader *reader);

#endif
