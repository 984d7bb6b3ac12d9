/* class_lex.h: the text of class diagrams as tokens.
 * In: nothing; out: the lexer's rules in Mermaid's order, for modal.h. Only the files of this
 * parser include it. */
#ifndef DIAGRAM_SYNTAX_CLASS_LEX_H
#define DIAGRAM_SYNTAX_CLASS_LEX_H

#include <stddef.h>

#include "diagram/syntax/modal.h"

enum {
    TOK_DIRECTION = MODAL_FIRST,
    TOK_ACC_TITLE,
    TOK_ACC_DESCR,
    TOK_ACC_VALUE,
    TOK_ACC_BLOCK,
    TOK_NEWLINE,
    TOK_HEADER,
    TOK_CALLBACK_NAME,
    TOK_CALLBACK_ARGS,
    TOK_STR,
    TOK_STYLE,
    TOK_CLASS_DEF,
    TOK_NAMESPACE,
    TOK_OPEN,
    TOK_CLOSE,
    TOK_BODY_END, /* the end of the text within braces */
    TOK_CLASS,
    TOK_BRACE, /* an opening brace in a member */
    TOK_MEMBER,
    TOK_CSS_CLASS,
    TOK_CALLBACK,
    TOK_LINK,
    TOK_CLICK,
    TOK_NOTE_FOR,
    TOK_NOTE,
    TOK_ANNOTATION_OPEN,
    TOK_ANNOTATION_CLOSE,
    TOK_HREF,
    TOK_GENERIC,
    TOK_LITERAL, /* between back quotes */
    TOK_TARGET,
    TOK_EXTENSION,
    TOK_DEPENDENCY,
    TOK_COMPOSITION,
    TOK_AGGREGATION,
    TOK_LOLLIPOP,
    TOK_LINE,
    TOK_DOTTED,
    TOK_LABEL,
    TOK_SEPARATOR, /* ::: */
    TOK_MINUS,
    TOK_DOT,
    TOK_COLON,
    TOK_COMMA,
    TOK_HASH,
    TOK_PERCENT,
    TOK_WORD,
    TOK_SQUARE_OPEN,
    TOK_SQUARE_CLOSE,
    TOK_LETTER,
    TOK_OTHER, /* a character that is no part of any statement */
    TOK_EOF,
};

/* The rules; their number goes to `*count`. */
const ModalRule *class_rules(size_t *count);

#endif
