/* Settings and data: YAML, JSON, TOML and INI. */
#include "base/ban.h"

#include "highlight/lexer.h"

static const StringForm double_quoted = {"\"", "\"", '\\', true},
                        single_quoted = {"'", "'", '\'', true};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A scalar that stands whole between blanks: a number, a truth value or nothing at all. */
static TokenKind scalar_kind(Str word) {
    static const char *const words[] = {"true", "false", "null", "yes", "no",
                                        "on",   "off",   "~",    "inf", "nan"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal_nocase(word, str_from(words[i])))
            return TOKEN_KEYWORD;
    }
    size_t i = word.size && (word.data[0] == '-' || word.data[0] == '+');
    if (i == word.size || !is_digit(word.data[i]))
        return TOKEN_TEXT;
    for (; i < word.size; i++) {
        if (!is_digit(word.data[i]) && !strchr(".eE+-_:xXTZabcdefABCDEF", word.data[i]))
            return TOKEN_TEXT;
    }
    return TOKEN_NUMBER;
}

/* --- YAML 1.2 ----------------------------------------------------------------------------- */

static size_t indent_of(const Lexer *lexer, size_t line) {
    size_t at = line;
    while (char_at(lexer, at) == ' ')
        at++;
    return at - line;
}

/* Lines deeper than `indent`, blank ones among them, belong to a block scalar. */
static size_t block_scalar_end(const Lexer *lexer, size_t line, size_t indent) {
    size_t last = line;
    while (line < lexer->end) {
        size_t end = line_end(lexer, line);
        bool is_blank = skip_blanks(lexer, line) >= end;
        if (!is_blank && indent_of(lexer, line) <= indent)
            break;
        if (!is_blank)
            last = end;
        line = end + 1;
    }
    return last;
}

/* Behind a plain scalar: before ": ", " #" and the signs of a flow collection. */
static size_t plain_end(const Lexer *lexer, size_t at, bool in_flow) {
    size_t end = line_end(lexer, at);
    for (; at < end; at++) {
        char c = char_at(lexer, at), next = char_at(lexer, at + 1);
        if (c == ':' &&
            (at + 1 >= end || next == ' ' || next == '\t' || (in_flow && strchr(",]}", next))))
            break;
        if ((c == ' ' || c == '\t') && next == '#')
            break;
        if (in_flow && strchr(",[]{}", c))
            break;
    }
    while (at > lexer->at && (lexer->text.data[at - 1] == ' ' || lexer->text.data[at - 1] == '\t' ||
                              lexer->text.data[at - 1] == '\r'))
        at--;
    return at;
}

static bool is_key_at(const Lexer *lexer, size_t end) {
    size_t colon = skip_blanks(lexer, end);
    char next = char_at(lexer, colon + 1);
    return char_at(lexer, colon) == ':' && (next == '\0' || strchr(" \t\r\n", next));
}

static void take_yaml_scalar(Lexer *lexer, bool in_flow) {
    char c = char_at(lexer, lexer->at);
    size_t end = c == '"'    ? string_end(lexer, lexer->at, &double_quoted)
                 : c == '\'' ? string_end(lexer, lexer->at, &single_quoted)
                             : plain_end(lexer, lexer->at, in_flow);
    if (end == lexer->at)
        end++;
    bool is_quoted = c == '"' || c == '\'';
    if (is_key_at(lexer, end))
        put(lexer, TOKEN_NAME, end);
    else
        put(lexer, is_quoted ? TOKEN_STRING : scalar_kind(str_slice(lexer->text, lexer->at, end)),
            end);
}

/* "|" or ">" with its indicators at the end of a line opens a block scalar. */
static bool take_block_scalar(Lexer *lexer, size_t indent) {
    char c = char_at(lexer, lexer->at);
    if (c != '|' && c != '>')
        return false;
    size_t at = lexer->at + 1, end = line_end(lexer, lexer->at);
    while (at < end && strchr("+-0123456789", char_at(lexer, at)))
        at++;
    at = skip_blanks(lexer, at);
    if (at < end && char_at(lexer, at) != '#' && char_at(lexer, at) != '\r')
        return false;
    put(lexer, TOKEN_KEYWORD, at);
    if (at < end)
        put(lexer, TOKEN_COMMENT, end);
    if (end < lexer->end) {
        put(lexer, TOKEN_TEXT, end + 1);
        put(lexer, TOKEN_STRING, block_scalar_end(lexer, lexer->at, indent));
    }
    return true;
}

void lex_yaml(Lexer *lexer) {
    size_t indent = 0, depth = 0;
    while (lexer->at < lexer->end) {
        char c = char_at(lexer, lexer->at);
        char before = lexer->at ? lexer->text.data[lexer->at - 1] : '\n';
        if (before == '\n')
            indent = indent_of(lexer, lexer->at);
        if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        } else if (c == '#' && strchr(" \t\n", before)) {
            put(lexer, TOKEN_COMMENT, line_end(lexer, lexer->at));
        } else if (before == '\n' &&
                   (text_at(lexer, lexer->at, "---") || text_at(lexer, lexer->at, "..."))) {
            put(lexer, TOKEN_KEYWORD, lexer->at + 3);
        } else if (c == '&' || c == '*' || c == '!') {
            size_t end = lexer->at + 1;
            while (char_at(lexer, end) && !strchr(" \t\r\n,]}", char_at(lexer, end)))
                end++;
            put(lexer, TOKEN_TYPE, end);
        } else if (strchr("[]{},", c)) {
            depth += c == '[' || c == '{';
            depth -= depth > 0 && (c == ']' || c == '}');
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        } else if ((c == '-' || c == '?' || c == ':') &&
                   strchr(" \t\r\n", char_at(lexer, lexer->at + 1))) {
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        } else if (depth > 0 || !take_block_scalar(lexer, indent)) {
            take_yaml_scalar(lexer, depth > 0);
        }
    }
}

/* --- JSON (RFC 8259), with the comments that settings have ---------------------------------- */

void lex_json(Lexer *lexer) {
    while (lexer->at < lexer->end) {
        char c = char_at(lexer, lexer->at);
        if (c == '"') {
            StringForm form = {"\"", "\"", '\\', false};
            size_t end = string_end(lexer, lexer->at, &form), next = end;
            while (char_at(lexer, next) && strchr(" \t\r\n", char_at(lexer, next)))
                next++;
            put(lexer, char_at(lexer, next) == ':' ? TOKEN_NAME : TOKEN_STRING, end);
        } else if (text_at(lexer, lexer->at, "//")) {
            put(lexer, TOKEN_COMMENT, line_end(lexer, lexer->at));
        } else if (text_at(lexer, lexer->at, "/*")) {
            StringForm form = {"/*", "*/", 0, true};
            put(lexer, TOKEN_COMMENT, string_end(lexer, lexer->at, &form));
        } else if (is_digit(c) || (c == '-' && is_digit(char_at(lexer, lexer->at + 1)))) {
            put(lexer, TOKEN_NUMBER, number_end(lexer, lexer->at + (c == '-')));
        } else if (word_end(lexer, lexer->at) > lexer->at) {
            size_t end = word_end(lexer, lexer->at);
            put(lexer, scalar_kind(str_slice(lexer->text, lexer->at, end)), end);
        } else {
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        }
    }
}

/* --- TOML and INI --------------------------------------------------------------------------- */

static bool take_ini_string(Lexer *lexer) {
    static const StringForm forms[] = {{"\"\"\"", "\"\"\"", '\\', true},
                                       {"'''", "'''", 0, true},
                                       {"\"", "\"", '\\', false},
                                       {"'", "'", 0, false}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!text_at(lexer, lexer->at, forms[i].open))
            continue;
        put(lexer, TOKEN_STRING, string_end(lexer, lexer->at, &forms[i]));
        return true;
    }
    return false;
}

/* key = value, key: value; a value of several words is plain text. */
static void take_ini_value(Lexer *lexer) {
    while (lexer->at < lexer->end && char_at(lexer, lexer->at) != '\n') {
        char c = char_at(lexer, lexer->at), before = lexer->text.data[lexer->at - 1];
        if ((c == '#' || c == ';') && strchr(" \t", before)) {
            put(lexer, TOKEN_COMMENT, line_end(lexer, lexer->at));
        } else if (take_ini_string(lexer)) {
            continue;
        } else if (strchr(" \t\r,[]{}=", c)) {
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        } else {
            size_t end = lexer->at;
            while (end < lexer->end && !strchr(" \t\r\n,[]{}=#", char_at(lexer, end)))
                end++;
            end += end == lexer->at;
            bool is_key = char_at(lexer, skip_blanks(lexer, end)) == '=';
            put(lexer, is_key ? TOKEN_NAME : scalar_kind(str_slice(lexer->text, lexer->at, end)),
                end);
        }
    }
}

void lex_ini(Lexer *lexer) {
    size_t depth = 0; /* of an array over several lines */
    while (lexer->at < lexer->end) {
        put(lexer, TOKEN_TEXT, skip_blanks(lexer, lexer->at));
        size_t end = line_end(lexer, lexer->at);
        char c = char_at(lexer, lexer->at);
        size_t sign = lexer->at;
        while (sign < end && char_at(lexer, sign) != '=' && char_at(lexer, sign) != ':')
            sign++;
        if (c == '#' || c == ';') {
            put(lexer, TOKEN_COMMENT, end);
        } else if (c == '[' && depth == 0) {
            Str line = str_slice(lexer->text, lexer->at, end);
            size_t close = str_find_char(line, ']', 0);
            put(lexer, TOKEN_TYPE,
                close == STR_NONE
                    ? end
                    : lexer->at + close + 1 + (char_at(lexer, lexer->at + close + 1) == ']'));
        } else if (c && c != '\n' && sign < end && depth == 0) {
            Str key = str_trim(str_slice(lexer->text, lexer->at, sign));
            put(lexer, TOKEN_NAME, lexer->at + key.size);
            put(lexer, TOKEN_TEXT, sign + 1);
        }
        size_t start = lexer->at;
        if (start > 0)
            take_ini_value(lexer);
        for (size_t i = start; i < lexer->at; i++) {
            depth += lexer->text.data[i] == '[';
            depth -= depth > 0 && lexer->text.data[i] == ']';
        }
        put(lexer, TOKEN_TEXT, lexer->at < lexer->end ? lexer->at + 1 : lexer->end);
    }
}
