#include "base/ban.h"

#include "highlight/highlight.h"

#include "highlight/lexer.h"

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* names = name { " " name }, in small letters. */
static bool has_name(const char *names, Str name) {
    for (const char *at = names;; at++) {
        size_t size = 0;
        while (size < name.size && at[size] == lower(name.data[size]) && at[size] != ' ' &&
               at[size])
            size++;
        if (size == name.size && (at[size] == ' ' || at[size] == '\0'))
            return true;
        while (*at && *at != ' ')
            at++;
        if (!*at)
            return false;
    }
}

const Language *highlight_find(Str name) {
    for (size_t i = 0; i < language_count && name.size; i++)
        if (has_name(languages[i].names, name))
            return &languages[i];
    return NULL;
}

Str highlight_title(const Language *language) {
    return str_from(language->title);
}

Tokens highlight(const Language *language, Str code, Arena *arena) {
    Tokens tokens = {0};
    Lexer lexer = {
        .language = language, .text = code, .end = code.size, .tokens = &tokens, .arena = arena};
    language->lex(&lexer);
    put(&lexer, TOKEN_TEXT, code.size);
    return tokens;
}

Str highlight_class(TokenKind kind) {
    static const char classes[TOKEN_KIND_COUNT] = {
        [TOKEN_COMMENT] = 'c',  [TOKEN_KEYWORD] = 'k', [TOKEN_STRING] = 's', [TOKEN_NUMBER] = 'n',
        [TOKEN_FUNCTION] = 'f', [TOKEN_TYPE] = 't',    [TOKEN_NAME] = 'a',   [TOKEN_HEADING] = 'h',
        [TOKEN_INSERTED] = 'i', [TOKEN_DELETED] = 'd', [TOKEN_PROMPT] = 'p'};
    return (Str){&classes[kind], kind != TOKEN_TEXT};
}
