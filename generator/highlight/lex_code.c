/* Languages of statements: what the table says about comments, strings, words and numbers. */
#include "base/ban.h"

#include "highlight/lexer.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

static size_t block_comment_end(const Lexer *lexer, size_t at) {
    const Language *language = lexer->language;
    size_t depth = 0;
    while (at < lexer->end) {
        if (text_at(lexer, at, language->block_close) && depth > 0) {
            at += strlen(language->block_close);
            if (--depth == 0)
                return at;
        } else if (text_at(lexer, at, language->block_open) &&
                   (depth == 0 || language->nests_comments)) {
            at += strlen(language->block_open);
            depth++;
        } else {
            at++;
        }
    }
    return at;
}

static bool take_comment(Lexer *lexer) {
    const Language *language = lexer->language;
    if (language->block_open && text_at(lexer, lexer->at, language->block_open)) {
        put(lexer, TOKEN_COMMENT, block_comment_end(lexer, lexer->at));
        return true;
    }
    for (size_t i = 0; i < 3 && language->line_comments[i]; i++) {
        if (!text_at(lexer, lexer->at, language->line_comments[i]))
            continue;
        put(lexer, TOKEN_COMMENT, line_end(lexer, lexer->at));
        return true;
    }
    return false;
}

/* The string at `quote`, with what stands before it from lexer->at on. */
static bool take_string(Lexer *lexer, size_t quote) {
    const Language *language = lexer->language;
    for (size_t i = 0; i < language->string_count; i++) {
        if (!text_at(lexer, quote, language->strings[i].open))
            continue;
        put(lexer, TOKEN_STRING, string_end(lexer, quote, &language->strings[i]));
        return true;
    }
    return false;
}

/* "rb" before a quote; false when the word is longer or holds another letter. */
static bool is_prefix(const Language *language, Str word) {
    for (size_t i = 0; i < word.size; i++) {
        if (!language->prefixes || !strchr(language->prefixes, word.data[i]))
            return false;
    }
    return word.size > 0 && word.size <= 3;
}

/* A Word With Capitals and at least one small letter, or a single capital, as type variables are.
 */
static bool looks_like_type(Str word) {
    if (!is_upper(word.data[0]))
        return false;
    for (size_t i = 1; i < word.size; i++) {
        if (is_lower(word.data[i]))
            return true;
    }
    return word.size == 1;
}

/* A word before '=' or '{' in a line of settings. */
static bool is_key(const Lexer *lexer, size_t end) {
    if (!lexer->language->has_keys)
        return false;
    size_t next = skip_blanks(lexer, end);
    char c = char_at(lexer, next), after = char_at(lexer, next + 1);
    return (c == '=' && after != '=' && after != '>') || (c == ':' && after != ':');
}

static TokenKind word_kind(const Lexer *lexer, Str word, size_t end) {
    const Language *language = lexer->language;
    /* A member is never a keyword: x.default, s.type. */
    bool is_member = lexer->previous == '.' && lexer->last.end == lexer->at;
    if (!is_member && words_have(&language->keywords, word, language->ignores_case))
        return TOKEN_KEYWORD;
    if (!is_member && words_have(&language->types, word, language->ignores_case))
        return TOKEN_TYPE;
    if (is_key(lexer, end))
        return TOKEN_NAME;
    if (language->has_capital_types && looks_like_type(word))
        return TOKEN_TYPE;
    if (char_at(lexer, skip_blanks(lexer, end)) == '(')
        return TOKEN_FUNCTION;
    return TOKEN_TEXT;
}

static bool take_word(Lexer *lexer) {
    char first = char_at(lexer, lexer->at);
    size_t end = word_end(lexer, lexer->at);
    if (end == lexer->at || is_digit(first))
        return false;
    Str word = str_slice(lexer->text, lexer->at, end);
    if (is_prefix(lexer->language, word) && take_string(lexer, end))
        return true;
    put(lexer, word_kind(lexer, word, end), end);
    return true;
}

/* #include <x.h>, #define NAME: the directive is a keyword, what it includes a string. */
static bool take_directive(Lexer *lexer) {
    if (!lexer->language->has_directives || char_at(lexer, lexer->at) != '#' ||
        !is_line_start(lexer))
        return false;
    size_t name = skip_blanks(lexer, lexer->at + 1);
    size_t end = word_end(lexer, name);
    bool is_include = str_equal(str_slice(lexer->text, name, end), STR("include"));
    put(lexer, TOKEN_KEYWORD, end);
    size_t open = skip_blanks(lexer, end);
    if (is_include && char_at(lexer, open) == '<') {
        put(lexer, TOKEN_TEXT, open);
        StringForm form = {"<", ">", 0, false};
        put(lexer, TOKEN_STRING, string_end(lexer, open, &form));
    }
    return true;
}

static bool take_decorator(Lexer *lexer) {
    if (!lexer->language->has_decorators || char_at(lexer, lexer->at) != '@')
        return false;
    size_t end = word_end(lexer, lexer->at + 1);
    while (char_at(lexer, end) == '.' && word_end(lexer, end + 1) > end + 1)
        end = word_end(lexer, end + 1);
    if (end == lexer->at + 1)
        return false;
    put(lexer, TOKEN_FUNCTION, end);
    return true;
}

static bool take_number(Lexer *lexer) {
    char c = char_at(lexer, lexer->at);
    if (!is_digit(c) &&
        !(c == '.' && is_digit(char_at(lexer, lexer->at + 1)) && lexer->last.end != lexer->at))
        return false;
    put(lexer, TOKEN_NUMBER, number_end(lexer, lexer->at));
    return true;
}

/* Blanks begin nothing that the functions below could take. */
static bool take_blanks(Lexer *lexer) {
    size_t start = lexer->at, end = start;
    while (end < lexer->end && is_white(lexer->text.data[end]))
        end++;
    put(lexer, TOKEN_TEXT, end);
    return end > start;
}

void lex_code(Lexer *lexer) {
    while (lexer->at < lexer->end) {
        bool (*special)(Lexer *) = lexer->language->special;
        if (take_blanks(lexer) || (special && special(lexer)) || take_directive(lexer) ||
            take_comment(lexer) || take_decorator(lexer) || take_string(lexer, lexer->at) ||
            take_number(lexer) || take_word(lexer))
            continue;
        put(lexer, TOKEN_TEXT, lexer->at + 1);
    }
}
