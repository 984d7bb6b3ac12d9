/* er_lex.h: the text of entity relationship diagrams as tokens.
 * In: nothing; out: the lexer's rules in Mermaid's order, for modal.h. Only the files of this
 * parser include it. */
#ifndef DIAGRAM_SYNTAX_ER_LEX_H
#define DIAGRAM_SYNTAX_ER_LEX_H

#include <stddef.h>

#include "diagram/syntax/modal.h"

enum {
    TOK_ACC_TITLE = MODAL_FIRST,
    TOK_ACC_DESCR,
    TOK_ACC_VALUE,
    TOK_ACC_BLOCK,
    TOK_DIRECTION,
    TOK_NEWLINE,
    TOK_QUOTED, /* a name in quotes */
    TOK_STRING, /* any other text in quotes, "" too */
    TOK_HEADER,
    TOK_OPEN,
    TOK_CLOSE,
    TOK_HASH,
    TOK_COMMA,
    TOK_SEPARATOR, /* ::: */
    TOK_COLON,
    TOK_KEY,       /* PK, FK or UK */
    TOK_ATTRIBUTE, /* a word of an attribute */
    TOK_QUESTION,
    TOK_COMMENT,
    TOK_SQUARE_OPEN,
    TOK_SQUARE_CLOSE,
    TOK_STYLE,
    TOK_CLASS_DEF,
    TOK_CLASS,
    TOK_SUBGRAPH,
    TOK_END,
    TOK_ZERO_ONE,
    TOK_ONE_MANY,
    TOK_ZERO_MANY,
    TOK_ONLY_ONE,
    TOK_PARENT,
    TOK_NUMBER,
    TOK_DECIMAL,
    TOK_ONE, /* the number 1 as a name */
    TOK_DOTTED,
    TOK_LINE,
    TOK_STYLE_WORD,
    TOK_SEMI,
    TOK_WORD,
    TOK_OTHER,
    TOK_EOF,
};

/* The rules; their number goes to `*count`. */
const ModalRule *er_rules(size_t *count);

#endif
