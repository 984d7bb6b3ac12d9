/* reader.h: what the parsers of state, class and entity relationship diagrams share.
 * In: a source and a table of lexer rules; out: tokens one by one, findings with their places, and
 * the styles and classes of the graph. A parse function gives false after it has added a finding.
 */
#ifndef DIAGRAM_SYNTAX_READER_H
#define DIAGRAM_SYNTAX_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "diagram/model/graph.h"
#include "diagram/syntax/modal.h"
#include "diagram/syntax/preprocess.h"

#define READER_NESTING 100 /* groups within each other */

typedef struct Reader {
    Arena *arena;
    Diags *diags;
    CleanText clean;
    Modal modal;
    ModalToken before; /* the last one consumed */
    ModalToken token;  /* not yet consumed */
    Graph *graph;
    Map *class_index; /* name -> class + 1 */
    size_t error_count;
    bool ok;
    bool is_over;     /* a limit was passed: nothing more is read */
    size_t row_count; /* of all nodes */
} Reader;

/* Front matter read, the first token at hand. False, with a finding: there is nothing to read. */
bool reader_open(Reader *reader, const Source *source, const ModalRule *rules, size_t count,
                 bool is_nocase);

void reader_next(Reader *reader);

Span reader_span(const Reader *reader, ModalToken token);

/* The line that `at` stands in. */
Str reader_line(const Reader *reader, size_t at);

/* A syntax error at the token at hand; always false. The way out follows by diag_hint. */
bool reader_fail(Reader *reader, const char *expected);

/* As reader_fail, with a message of its own. */
bool reader_fail_at(Reader *reader, Span at, const char *message);

/* Passes over the rest of the line in which the token at hand stands. False: enough was found. */
bool reader_recover(Reader *reader, size_t depth);

/* The same behind the braces that `count` blocks, begun in front of the token at hand, are closed
 * with, and behind the block that its line begins: their insides would be errors as well. False,
 * too, when nothing closes them: all that is left is inside. */
bool reader_recover_behind(Reader *reader, size_t depth, size_t count);

/* Did the token consumed last take lines to the end because its other mark is missing? Then there
 * is a finding where it begins. reader_fail asks first. */
bool reader_fail_unclosed(Reader *reader);

/* At the end: warns of a text that nothing closes, and that lines behind it went into. */
void reader_check_end(Reader *reader);

/* Does the line at hand begin with a brace that closes a block told to be wrong already? */
bool reader_is_lost_end(const Reader *reader);

bool reader_limit(Reader *reader, Span at, const char *what, size_t limit);

/* A tilde opens a type behind a word (or its brackets) and in front of one, and closes the
 * innermost open type elsewhere: `Map~K, List~V~~` is Map<K, List<V>>. Others stay: the first one
 * of a class's member is its visibility. */
Str reader_generics(const Reader *reader, Str text);

/* Text as readers see it, with findings for what is left out of it. */
Label reader_label(Reader *reader, Str raw, Span at);

/* The same without findings, for names. */
Str reader_text(const Reader *reader, Str raw);

/* `fill:#fff,stroke:#000` into the list. */
void reader_add_styles(Reader *reader, StyleList *list, Str text);

/* Defines the class, or adds to it. */
void reader_define_class(Reader *reader, Str name, Str styles, Span at);

void reader_push(const Reader *reader, StrList *list, Str item);

/* TB, BT, LR or RL at the end of `direction XX` within the text. */
GraphDirection reader_direction(Str text);

/* Warns when a line with `direction XX` in it says more than that: Mermaid drops the rest. */
void reader_check_direction(Reader *reader, ModalToken token);

/* An error for the whole text when it does not begin with `word`; always false. */
bool reader_fail_header(Reader *reader, const char *message);

#endif
