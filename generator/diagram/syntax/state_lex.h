/* state_lex.h: the text of state diagrams as tokens.
 * In: nothing; out: the lexer's rules in Mermaid's order, for modal.h. Only the files of this
 * parser include it. */
#ifndef DIAGRAM_SYNTAX_STATE_LEX_H
#define DIAGRAM_SYNTAX_STATE_LEX_H

#include <stddef.h>

#include "diagram/syntax/modal.h"

enum {
    TOK_NL = MODAL_FIRST,
    TOK_SD,
    TOK_CLICK,
    TOK_HREF,
    TOK_STRING,
    TOK_DEFAULT,
    TOK_DIRECTION,
    TOK_SCALE,
    TOK_WIDTH,
    TOK_ACC_TITLE,
    TOK_ACC_DESCR,
    TOK_ACC_VALUE,
    TOK_ACC_BLOCK,
    TOK_CLASS_DEF,
    TOK_DEFAULT_CLASS,
    TOK_WORD, /* of classDef, class and style: the name or names */
    TOK_REST, /* of the same: the line's rest */
    TOK_CLASS,
    TOK_STYLE,
    TOK_FORK,
    TOK_JOIN,
    TOK_CHOICE,
    TOK_DESCRIBED, /* the text between the quotes behind `state` */
    TOK_AS,
    TOK_ID,
    TOK_WORDS, /* `state My State {`, which is an error */
    TOK_COMPOSITE,
    TOK_OPEN,
    TOK_CLOSE,
    TOK_NOTE,
    TOK_LEFT_OF,
    TOK_RIGHT_OF,
    TOK_NOTE_TEXT,
    TOK_HIDE,
    TOK_EDGE_STATE, /* [*] */
    TOK_DESCR,
    TOK_ARROW,
    TOK_CONCURRENT,
    TOK_SEPARATOR, /* ::: */
    TOK_INVALID,
};

/* The rules; their number goes to `*count`. */
const ModalRule *state_rules(size_t *count);

#endif
