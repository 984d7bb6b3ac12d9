/* class_read.h: what the files of the class diagram parser share.
 * In: tokens of class_lex.h; out: names, words and findings. A parse function gives false after it
 * has added a finding. What names and members mean is class.h's. */
#ifndef DIAGRAM_SYNTAX_CLASS_READ_H
#define DIAGRAM_SYNTAX_CLASS_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "diagram/syntax/reader.h"

/* A note whose class may come further down. */
typedef struct PendingNote {
    NodeId note;
    Str name;
} PendingNote;

typedef struct ClassParser {
    Reader reader;
    PendingNote *notes;
    size_t note_count, note_capacity;
    GroupId space; /* the innermost open namespace */
    size_t depth;  /* of namespaces */
    bool is_in_body;
} ClassParser;

bool class_at(const ClassParser *parser, int kind);

/* Is this brace, whatever its token, at hand? */
bool class_at_brace(const ClassParser *parser, const char *brace);

/* The token at hand; on with the next. */
ModalToken class_take(ClassParser *parser);

/* A finding at the token at hand, with the way out for what was most likely meant; false. */
bool class_fail(ClassParser *parser, const char *expected);

/* Takes a token of this kind; else a finding that asks for `what`. */
bool class_expect(ClassParser *parser, int kind, const char *what);

/* A name; `is_class`: with its generic type. */
bool class_read_name(ClassParser *parser, bool is_class, Str *name, Span *at);

bool class_read_word(ClassParser *parser, Str *word);

/* Statements of class_look.c, from their first word on. */
bool class_parse_class_def(ClassParser *parser);
bool class_parse_style(ClassParser *parser);
bool class_parse_click(ClassParser *parser);
bool class_parse_acc(ClassParser *parser);

#endif
