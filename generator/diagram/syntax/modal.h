/* modal.h: a lexer that is a table of rules.
 * In: clean text and rules in Mermaid's order; out: one token after the other. The first rule of
 * the mode that fits is taken, however short: whoever writes the table keeps the order of Mermaid's
 * grammar and so accepts what it accepts. Knows no kind of diagram. */
#ifndef DIAGRAM_SYNTAX_MODAL_H
#define DIAGRAM_SYNTAX_MODAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

#define MODAL_NONE  ((size_t)-1) /* a pattern that does not fit */
#define MODAL_DEPTH 256          /* modes within each other */

/* Tokens that every table has; those of a kind begin with MODAL_FIRST. */
enum {
    MODAL_SKIP, /* read and forgotten */
    MODAL_STOP, /* behind the end */
    MODAL_BAD,  /* no rule fits here */
    MODAL_FIRST,
};

typedef enum ModalStep {
    MODAL_STAY,
    MODAL_PUSH, /* into the rule's mode */
    MODAL_POP,
    MODAL_SWAP, /* out of this mode and into the rule's */
    MODAL_POP_TWICE,
} ModalStep;

/* The offset behind what fits at `at`, or MODAL_NONE. */
typedef size_t (*ModalMatch)(Str text, size_t at);

/* A pattern is read from left to right and never goes back:
 *   %s space  %w word character  %d digit  %. any but a line end  %b word boundary  %% percent
 *   %l letter beyond ASCII that an id may hold  [abc] [^abc] a set, in which %s %w and %% count
 *   * + ? behind one of these; every other character is itself.
 * A pattern that begins with `%.*` fits when the rest fits somewhere in the line; the last place
 * counts. */
typedef struct ModalRule {
    uint32_t modes; /* bit n: the rule is tried in mode n */
    int token;
    const char *pattern; /* or */
    ModalMatch match;
    ModalStep step;
    uint8_t mode;
} ModalRule;

typedef struct ModalToken {
    int kind;
    Str text;          /* what was read for it */
    size_t start, end; /* offsets in the clean text */
} ModalToken;

/* What a search through a line found last, so that it is not repeated for every token. */
typedef struct ModalLine {
    size_t from, to;   /* the answer holds in between */
    size_t start, end; /* of the last place; MODAL_NONE: there is none */
} ModalLine;

typedef struct Modal {
    Str text;
    size_t at;
    const ModalRule *rules;
    size_t rule_count;
    bool is_nocase;
    bool is_done; /* the rule for the end was tried */
    bool is_cut;  /* the text ended where its mode has no end: what it began is not closed */
    uint8_t modes[MODAL_DEPTH];
    size_t depth; /* modes in use, the first is always 0 */
    ModalLine *lines;
} Modal;

Modal modal_new(Str clean, const ModalRule *rules, size_t count, bool is_nocase, Arena *arena);

ModalToken modal_next(Modal *modal);

static inline uint8_t modal_mode(const Modal *modal) {
    return modal->modes[modal->depth - 1];
}

/* Goes on at offset `at` with the outermost `depth` modes; after an error. */
void modal_restart(Modal *modal, size_t at, size_t depth);

/* Does `pattern` fit at `at`? For match functions. */
size_t modal_match(Str text, size_t at, const char *pattern, bool is_nocase);

#endif
