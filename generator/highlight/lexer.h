/* lexer.h: what the lexers share.
 * A lexer walks the text once and calls put() for each token; the rows of the table of languages
 * say how most of them look. */
#ifndef HIGHLIGHT_LEXER_H
#define HIGHLIGHT_LEXER_H

#include <stdbool.h>

#include "highlight/highlight.h"

typedef struct Lexer {
    const Language *language;
    Str text;
    size_t at;     /* what is before it has been put */
    size_t end;    /* how far to go: the text's size, less inside of another language */
    Token last;    /* the last token that was no blank */
    char previous; /* its last character; 0 at the start */
    Tokens *tokens;
    Arena *arena;
} Lexer;

/* Strings of one form. An escape takes the next character with it. */
typedef struct StringForm {
    const char *open, *close;
    char escape; /* 0: none; the quote itself: doubled, as in SQL */
    bool is_multiline;
} StringForm;

/* A sorted list of words. */
typedef struct Words {
    const char *const *items;
    size_t count;
} Words;

struct Language {
    const char *title;
    const char *names; /* what stands behind a fence, separated by blanks */
    void (*lex)(Lexer *lexer);
    /* Tried first at every token; true when it has put something. */
    bool (*special)(Lexer *lexer);
    const char *line_comments[3];
    const char *block_open, *block_close;
    const StringForm *strings;
    size_t string_count;
    const char *prefixes; /* letters that may stand before a quote: "rbfu" */
    Words keywords, types;
    const char *word_extra; /* characters of a word besides letters, digits and '_' */
    bool nests_comments, ignores_case;
    bool has_capital_types; /* Words With Capitals are types */
    bool has_decorators;    /* @name */
    bool has_directives;    /* # at the start of a line */
    bool has_keys;          /* a word before '=' or ':' is a key */
};

extern const Language languages[];
extern const size_t language_count;

/* The bytes before `end` become one token. */
void put(Lexer *lexer, TokenKind kind, size_t end);

/* What is asked at every byte is inline. */

/* 0 behind the end. */
static inline char char_at(const Lexer *lexer, size_t at) {
    return at < lexer->end ? lexer->text.data[at] : '\0';
}

static inline bool text_at(const Lexer *lexer, size_t at, const char *what) {
    while (*what && at < lexer->end && lexer->text.data[at] == *what) {
        at++;
        what++;
    }
    return *what == '\0';
}

static inline bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Behind the first `what` from `at` on, or the end. */
size_t behind(const Lexer *lexer, size_t at, Str what);
size_t line_end(const Lexer *lexer, size_t at);    /* before the line feed */
size_t skip_blanks(const Lexer *lexer, size_t at); /* on this line */
bool is_line_start(const Lexer *lexer);            /* only blanks before it on this line */
bool is_word_char(const Lexer *lexer, char c);
size_t word_end(const Lexer *lexer, size_t at);
bool words_have(const Words *words, Str word, bool ignores_case);

/* Behind the string that begins at `at` and has this form; the end of the line or text when it does
 * not close. */
size_t string_end(const Lexer *lexer, size_t at, const StringForm *form);

/* Behind a number that begins at `at`, with its unit or suffix. */
size_t number_end(const Lexer *lexer, size_t at);

/* The part of the text up to `end` in another language. */
void lex_inside(Lexer *lexer, const char *language, size_t end);

/* The families. */
void lex_code(Lexer *lexer);
void lex_shell(Lexer *lexer);
void lex_console(Lexer *lexer);
void lex_dockerfile(Lexer *lexer);
void lex_make(Lexer *lexer);
void lex_yaml(Lexer *lexer);
void lex_ini(Lexer *lexer);
void lex_json(Lexer *lexer);
void lex_css(Lexer *lexer);
void lex_markup(Lexer *lexer);
void lex_diff(Lexer *lexer);
void lex_markdown(Lexer *lexer);

/* What single languages have that no other has; for Language.special. */
bool special_cpp(Lexer *lexer);
bool special_rust(Lexer *lexer);
bool special_script(Lexer *lexer);
bool special_hcl(Lexer *lexer);
bool special_sql(Lexer *lexer);
bool special_mermaid(Lexer *lexer);

#endif
