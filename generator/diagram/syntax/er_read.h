/* er_read.h: what the files of the entity relationship parser share.
 * In: tokens of er_lex.h; out: names, entities and findings. A parse function gives false after it
 * has added a finding. */
#ifndef DIAGRAM_SYNTAX_ER_READ_H
#define DIAGRAM_SYNTAX_ER_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "diagram/syntax/reader.h"

/* A subgraph whose `end` was not read yet. */
typedef struct OpenGroup {
    GroupId group;
    StrList members; /* names mentioned in it */
} OpenGroup;

typedef struct ErParser {
    Reader reader;
    OpenGroup groups[READER_NESTING];
    size_t depth;
    bool is_in_block;
    Map *claimed; /* names that lie in a closed subgraph */
} ErParser;

bool er_at(const ErParser *parser, int kind);

/* The token at hand; on with the next. */
ModalToken er_take(ErParser *parser);

/* A finding at the token at hand, with the way out for what was most likely meant; false. */
bool er_fail(ErParser *parser, const char *expected);

/* Takes a token of this kind; else a finding that asks for `what`. */
bool er_expect(ErParser *parser, int kind, const char *what);

Str er_unquote(Str text);

/* May a token of this kind be the name of an entity? */
bool er_is_name(int kind);

bool er_read_name(ErParser *parser, Str *name, Span *at);

bool er_read_ids(ErParser *parser, StrList *ids);

/* The classes behind `:::`, if any, for `node`. */
bool er_read_classes(ErParser *parser, NodeId node);

bool er_read_separator(ErParser *parser);

/* The entity with this name, made on first mention; GRAPH_NONE: a limit was passed. */
NodeId er_intern(ErParser *parser, Str name, Span at);

/* The attributes of `node` within braces. (er_block.c) */
bool er_parse_block(ErParser *parser, NodeId node, Span at);

/* classDef, class and style. (er_look.c) */
bool er_parse_look(ErParser *parser);

#endif
