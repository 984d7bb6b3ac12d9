#include "base/ban.h"

#include "highlight/highlight.h"

#include "highlight/lexer.h"

const Language *highlight_find(Str name) {
    for (size_t i = 0; i < language_count && name.size; i++) {
        for (Str rest = str_from(languages[i].names); rest.data;) {
            if (str_equal_nocase(str_cut(&rest, ' '), name))
                return &languages[i];
        }
    }
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
