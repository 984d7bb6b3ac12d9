/* highlight.h: code as tokens, for colours.
 * In: the name of a language and text; out: where each token ends and what it is. Never fails and
 * never looks for meaning: a text that is no code of that language still comes back whole. Time is
 * linear in the text. Writes no HTML; markdown/ does. */
#ifndef HIGHLIGHT_HIGHLIGHT_H
#define HIGHLIGHT_HIGHLIGHT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

typedef enum TokenKind {
    TOKEN_TEXT, /* punctuation, plain names, blanks */
    TOKEN_COMMENT,
    TOKEN_KEYWORD,
    TOKEN_STRING,
    TOKEN_NUMBER,
    TOKEN_FUNCTION, /* called or defined, and commands */
    TOKEN_TYPE,
    TOKEN_NAME, /* keys, attributes, variables, options */
    TOKEN_HEADING,
    TOKEN_INSERTED,
    TOKEN_DELETED,
    TOKEN_PROMPT, /* what a shell says before a command: nobody wants to copy it */
    TOKEN_KIND_COUNT,
} TokenKind;

typedef struct Token {
    TokenKind kind;
    uint32_t end; /* offset behind its last byte; it begins where the one before ends */
} Token;

typedef struct Tokens {
    Token *items; /* cover the text without gaps; neighbours differ in kind */
    size_t count, capacity;
} Tokens;

typedef struct Language Language;

/* The language called `name` ("c", "py", "docker-compose.yml" is none), without regard to case.
 * NULL when it is not known. */
const Language *highlight_find(Str name);

/* The name that people know a language by: "Python". */
Str highlight_title(const Language *language);

/* The tokens of `code`, in `arena`. */
Tokens highlight(const Language *language, Str code, Arena *arena);

/* "k" for a keyword: the letter behind "tok-" in the class of a token. Empty for plain text. */
Str highlight_class(TokenKind kind);

#endif
