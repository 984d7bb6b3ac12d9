/* sequence.h: what the files of the sequence parser share.
 * In: tokens; out: participants and steps of the model. A parse function gives false after it has
 * added a finding; the statement is then given up and reading goes on with the next line. */
#ifndef DIAGRAM_SYNTAX_SEQUENCE_H
#define DIAGRAM_SYNTAX_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "diagram/model/sequence.h"
#include "diagram/syntax/preprocess.h"
#include "diagram/syntax/sequence_lex.h"

/* A frame or box whose `end` was not read yet. */
typedef struct SequenceOpen {
    Str word; /* "loop", "box" */
    bool is_box;
    SequenceFrame frame;
    Span at;
} SequenceOpen;

/* An announcement that the next message has to fulfil. */
typedef struct SequencePending {
    Str id; /* data NULL: none */
    Span at;
} SequencePending;

typedef struct SequenceParser {
    Arena *arena;
    Diags *diags;
    CleanText clean;
    SequenceLexer lexer;
    SequenceToken token;  /* not yet consumed */
    SequenceToken before; /* the one consumed last */
    SequenceToken arrow;  /* of the message being read */
    Str sender;           /* of the message being read */
    Sequence *model;
    bool ok;
    bool is_over; /* a limit was passed: nothing more is read */
    size_t error_count;
    SequenceToken semicolon; /* ended the text before this statement; kind SEQ_STOP: none did */

    SequenceOpen *open; /* outermost first */
    size_t depth, open_capacity;
    size_t lost;  /* blocks whose first line was an error and whose end is still to come */
    uint32_t box; /* being filled, or SEQUENCE_NONE */
    SequencePending created, destroyed;
    Map *active; /* id -> number of activations + 1 */
    Str *names;  /* per step: who is activated; known only when all is read */
    size_t name_capacity;
} SequenceParser;

/* What was being read when a token did not fit. */
typedef enum SequencePlaceInText {
    SEQ_AT_HEADER,
    SEQ_AT_STATEMENT,
    SEQ_AT_ARROW,       /* behind the sender */
    SEQ_AT_RECEIVER,    /* behind the arrow */
    SEQ_AT_COLON,       /* behind the receiver */
    SEQ_AT_DECLARATION, /* behind participant, actor, create, destroy */
    SEQ_AT_CONFIG,      /* inside @{ } */
    SEQ_AT_ACTIVATION,
    SEQ_AT_NOTE_PLACE,
    SEQ_AT_NOTE_NAME,
    SEQ_AT_NOTE_COLON,
    SEQ_AT_LINK,
    SEQ_AT_AUTONUMBER,
    SEQ_AT_LINE_END,
} SequencePlaceInText;

/* sequence_read.c: tokens and the pieces that every statement is made of. */
void sequence_next(SequenceParser *parser);
bool sequence_take(SequenceParser *parser, SequenceTokenKind kind, SequencePlaceInText place);
Span sequence_span(const SequenceParser *parser, SequenceToken token);
Label sequence_make_label(SequenceParser *parser, SequenceToken token, bool *is_unwrapped);
ParticipantId sequence_mention(SequenceParser *parser, SequenceToken name);
SequenceStep *sequence_step(SequenceParser *parser, SequenceStepKind kind, Span at);

/* sequence_error.c: the finding for a token that does not fit; always gives false. */
bool sequence_fail(SequenceParser *parser, SequencePlaceInText place);
void sequence_count_error(SequenceParser *parser);

/* An error with its message as in diag_add. */
#define SEQUENCE_ERROR(parser, at, ...)                                                            \
    (sequence_count_error(parser),                                                                 \
     diag_add((parser)->diags, DIAG_DIAGRAM_SYNTAX, (at), __VA_ARGS__))

/* sequence_part.c: who takes part. */
bool sequence_parse_participant(SequenceParser *parser);
bool sequence_parse_create(SequenceParser *parser);
bool sequence_parse_destroy(SequenceParser *parser);
bool sequence_parse_box(SequenceParser *parser);
bool sequence_parse_links(SequenceParser *parser);

/* sequence_message.c: what happens. */
bool sequence_parse_message(SequenceParser *parser);
bool sequence_parse_note(SequenceParser *parser);
bool sequence_parse_activation(SequenceParser *parser);
bool sequence_activate(SequenceParser *parser, bool is_start, SequenceToken name);

#endif
