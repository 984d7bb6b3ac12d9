#include "base/ban.h"

#include "highlight/lexer.h"

void put(Lexer *lexer, TokenKind kind, size_t end) {
    Tokens *tokens = lexer->tokens;
    if (end <= lexer->at)
        return;
    for (size_t i = end; i-- > lexer->at;) {
        if (!is_white(lexer->text.data[i])) {
            lexer->previous = lexer->text.data[i];
            lexer->last = (Token){kind, (uint32_t)end};
            break;
        }
    }
    lexer->at = end;
    if (tokens->count && tokens->items[tokens->count - 1].kind == kind) {
        tokens->items[tokens->count - 1].end = (uint32_t)end;
        return;
    }
    ARENA_RESERVE(lexer->arena, tokens->items, tokens->count, tokens->capacity);
    tokens->items[tokens->count++] = (Token){kind, (uint32_t)end};
}

size_t behind(const Lexer *lexer, size_t at, Str what) {
    size_t found = str_find(str_slice(lexer->text, 0, lexer->end), what, at);
    return found == STR_NONE ? lexer->end : found + what.size;
}

size_t line_end(const Lexer *lexer, size_t at) {
    if (at >= lexer->end)
        return lexer->end;
    const char *found = memchr(lexer->text.data + at, '\n', lexer->end - at);
    return found ? (size_t)(found - lexer->text.data) : lexer->end;
}

size_t skip_blanks(const Lexer *lexer, size_t at) {
    while (char_at(lexer, at) == ' ' || char_at(lexer, at) == '\t')
        at++;
    return at;
}

bool is_line_start(const Lexer *lexer) {
    size_t at = lexer->at;
    while (at > 0 && (lexer->text.data[at - 1] == ' ' || lexer->text.data[at - 1] == '\t'))
        at--;
    return at == 0 || lexer->text.data[at - 1] == '\n';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_char(const Lexer *lexer, char c) {
    const char *extra = lexer->language->word_extra;
    return is_letter(c) || is_digit(c) || (c && extra && strchr(extra, c));
}

size_t word_end(const Lexer *lexer, size_t at) {
    while (at < lexer->end && is_word_char(lexer, lexer->text.data[at]))
        at++;
    return at;
}

static char fold(char c, bool ignores_case) {
    return ignores_case && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int compare_word(const char *item, Str word, bool ignores_case) {
    for (size_t i = 0; i < word.size; i++) {
        int difference = (unsigned char)item[i] - (unsigned char)fold(word.data[i], ignores_case);
        if (difference)
            return difference;
    }
    return item[word.size] ? 1 : 0;
}

bool words_have(const Words *words, Str word, bool ignores_case) {
    size_t low = 0, high = words->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_word(words->items[middle], word, ignores_case);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

size_t string_end(const Lexer *lexer, size_t at, const StringForm *form) {
    size_t close = strlen(form->close);
    bool is_doubled = form->escape && form->escape == form->close[0];
    at += strlen(form->open);
    while (at < lexer->end) {
        char c = lexer->text.data[at];
        if (c == '\n' && !form->is_multiline)
            return at;
        if (text_at(lexer, at, form->close)) {
            if (!is_doubled || char_at(lexer, at + close) != form->escape)
                return at + close;
            at += close + 1;
        } else {
            at += form->escape && c == form->escape && at + 1 < lexer->end ? 2 : 1;
        }
    }
    return lexer->end;
}

/* number = digit { digit | letter | "_" | "." not before "." | sign behind an exponent }. The
 * prefix 0x makes "e" a digit. */
size_t number_end(const Lexer *lexer, size_t at) {
    bool is_hex = char_at(lexer, at) == '0' && fold(char_at(lexer, at + 1), true) == 'x';
    for (;; at++) {
        char c = char_at(lexer, at), next = char_at(lexer, at + 1);
        if (c == '.' && (next == '.' || (is_letter(next) && next != 'e' && next != 'f')))
            return at;
        bool is_exponent = fold(c, true) == (is_hex ? 'p' : 'e') && (next == '+' || next == '-');
        if (is_exponent)
            at++;
        else if (!is_letter(c) && !is_digit(c) && c != '.')
            return at;
    }
}

void lex_inside(Lexer *lexer, const char *language, size_t end) {
    const Language *outer = lexer->language;
    size_t outer_end = lexer->end;
    lexer->language = highlight_find(str_from(language));
    lexer->end = end;
    lexer->language->lex(lexer);
    put(lexer, TOKEN_TEXT, end);
    lexer->language = outer;
    lexer->end = outer_end;
}
