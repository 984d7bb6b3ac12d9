/* sequence_lex.h: the text of a sequence diagram as tokens.
 * In: clean text (preprocess.h); out: one token after the other. What a character means depends on
 * the word before it, so the lexer has modes; rules and their order are those of Mermaid's grammar,
 * of which the first that fits is taken. */
#ifndef DIAGRAM_SYNTAX_SEQUENCE_LEX_H
#define DIAGRAM_SYNTAX_SEQUENCE_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "diagram/model/sequence.h"

typedef enum SequenceTokenKind {
    SEQ_STOP,    /* behind the end */
    SEQ_BAD,     /* no rule fits; Mermaid passes over it at the start of a statement */
    SEQ_NEWLINE, /* line ends or `;` */
    SEQ_HEADER,  /* sequenceDiagram */
    SEQ_NUMBER,
    SEQ_NAME, /* of a participant */
    SEQ_AS,
    SEQ_LINE, /* the rest of the line, up to `#` or `;`; may be empty */
    SEQ_TEXT, /* the same behind a colon, with it */
    SEQ_COMMA,
    SEQ_PLUS,
    SEQ_MINUS,
    SEQ_DOT,         /* () */
    SEQ_CONFIG_OPEN, /* @{ */
    SEQ_CONFIG,
    SEQ_CONFIG_CLOSE,
    SEQ_ARROW,

    SEQ_BOX,
    SEQ_PARTICIPANT,
    SEQ_ACTOR,
    SEQ_CREATE,
    SEQ_DESTROY,
    SEQ_FRAME, /* loop, alt, opt, par, par_over, critical, break, rect */
    SEQ_ELSE,
    SEQ_AND,
    SEQ_OPTION,
    SEQ_END,
    SEQ_LEFT_OF,
    SEQ_RIGHT_OF,
    SEQ_OVER,
    SEQ_NOTE,
    SEQ_LINKS,
    SEQ_LINK,
    SEQ_PROPERTIES,
    SEQ_DETAILS,
    SEQ_ACTIVATE,
    SEQ_DEACTIVATE,
    SEQ_TITLE,     /* with its text */
    SEQ_ACC_TITLE, /* the text alone */
    SEQ_ACC_DESCR,
    SEQ_AUTONUMBER,
    SEQ_OFF,
    SEQ_TOKEN_COUNT,
} SequenceTokenKind;

typedef struct SequenceToken {
    SequenceTokenKind kind;
    Str text;            /* a slice of the clean text, without spaces around a name */
    size_t start, end;   /* offsets in the clean text of all that was read for it */
    SequenceFrame frame; /* of SEQ_FRAME */
    SequenceHead head;   /* of SEQ_ARROW */
    bool is_dotted;      /* of SEQ_ARROW */
} SequenceToken;

typedef enum SequenceMode {
    SEQ_MODE_INITIAL,
    SEQ_MODE_NAME,   /* behind participant, actor, destroy, activate, deactivate */
    SEQ_MODE_ALIAS,  /* behind that name, where `as` may follow */
    SEQ_MODE_LINE,   /* behind a word that takes the rest of the line */
    SEQ_MODE_CONFIG, /* inside @{ */
} SequenceMode;

typedef struct SequenceLexer {
    Str text;
    size_t at;
    SequenceMode mode;
    bool is_done; /* the line end that the end of the text counts for was given */
} SequenceLexer;

SequenceToken sequence_lex_next(SequenceLexer *lexer);

#endif
