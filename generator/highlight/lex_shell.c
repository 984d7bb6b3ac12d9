/* Shells and what holds shell: sessions, Dockerfiles, makefiles (POSIX.1, Shell Command Language).
 */
#include "base/ban.h"

#include "highlight/lexer.h"

#define META " \t\n;|&()<>\"'`$"

/* Words behind which another command begins, sorted. */
static const char *const keywords[] = {"!",    "[[",    "case",   "do",       "done",   "elif",
                                       "else", "esac",  "export", "fi",       "for",    "function",
                                       "if",   "in",    "local",  "readonly", "return", "select",
                                       "then", "until", "while",  "{",        "}"};
static const Words shell_keywords = {keywords, sizeof keywords / sizeof *keywords};

/* Where a word stands, and the end of the here-document that begins on this line. */
typedef struct Shell {
    bool is_command; /* the next word is a command */
    Str heredoc;     /* empty: none */
} Shell;

static size_t shell_word_end(const Lexer *lexer, size_t at) {
    while (at < lexer->end && !strchr(META, lexer->text.data[at]))
        at += lexer->text.data[at] == '\\' && at + 1 < lexer->end ? 2 : 1;
    return at < lexer->end ? at : lexer->end;
}

/* $name, ${name:-word}, $1, $?; $( only opens a command. */
static void take_variable(Lexer *lexer, Shell *shell) {
    char next = char_at(lexer, lexer->at + 1);
    if (next == '(') {
        put(lexer, TOKEN_TEXT, lexer->at + 2);
        shell->is_command = true;
        return;
    }
    shell->is_command = false;
    if (next == '\'') {
        StringForm form = {"$'", "'", '\\', true};
        put(lexer, TOKEN_STRING, string_end(lexer, lexer->at, &form));
    } else if (next == '{') {
        StringForm form = {"${", "}", '\\', false};
        put(lexer, TOKEN_NAME, string_end(lexer, lexer->at, &form));
    } else {
        size_t end = lexer->at + 1;
        while (char_at(lexer, end) && !strchr(META "/.:,=+-*?%@\\]{}~^#", char_at(lexer, end)))
            end++;
        bool is_sign = end == lexer->at + 1 && next && strchr("?@*#!-", next);
        put(lexer, end > lexer->at + 1 || is_sign ? TOKEN_NAME : TOKEN_TEXT, end + is_sign);
    }
}

/* << word, <<- 'word': the lines up to the word are a string. */
static bool find_heredoc(const Lexer *lexer, Shell *shell) {
    if (!text_at(lexer, lexer->at, "<<") || char_at(lexer, lexer->at + 2) == '<')
        return false;
    size_t at = lexer->at + 2 + (char_at(lexer, lexer->at + 2) == '-');
    at = skip_blanks(lexer, at);
    at += char_at(lexer, at) == '\'' || char_at(lexer, at) == '"' || char_at(lexer, at) == '\\';
    shell->heredoc = str_slice(lexer->text, at, word_end(lexer, at));
    return shell->heredoc.size > 0;
}

/* The lines behind the one that ends here, up to the word alone on its line. */
static void take_heredoc(Lexer *lexer, Shell *shell) {
    put(lexer, TOKEN_TEXT, lexer->at + 1);
    size_t at = lexer->at;
    while (at < lexer->end) {
        size_t end = line_end(lexer, at);
        bool is_last = str_equal(str_trim(str_slice(lexer->text, at, end)), shell->heredoc);
        at = end < lexer->end ? end + 1 : end;
        if (is_last) {
            at = end;
            break;
        }
    }
    put(lexer, TOKEN_STRING, at);
    shell->heredoc = (Str){NULL, 0};
}

static bool is_number(Str word) {
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9')
            return false;
    }
    return word.size > 0;
}

/* name = value before a command; 0 when the word is none. */
static size_t assignment_end(const Lexer *lexer, size_t end) {
    size_t name = word_end(lexer, lexer->at);
    bool is_digit = char_at(lexer, lexer->at) >= '0' && char_at(lexer, lexer->at) <= '9';
    if (name == lexer->at || name >= end || is_digit)
        return 0;
    size_t sign = name + (char_at(lexer, name) == '+');
    return char_at(lexer, sign) == '=' ? name : 0;
}

static void take_word(Lexer *lexer, Shell *shell) {
    size_t end = shell_word_end(lexer, lexer->at);
    Str word = str_slice(lexer->text, lexer->at, end);
    size_t name = assignment_end(lexer, end);
    bool is_keyword = words_have(&shell_keywords, word, false);
    if (shell->is_command && is_keyword) {
        put(lexer, TOKEN_KEYWORD, end);
        shell->is_command = !str_equal(word, STR("for")) && !str_equal(word, STR("case")) &&
                            !str_equal(word, STR("select"));
    } else if (str_equal(word, STR("in")) || str_equal(word, STR("do"))) {
        put(lexer, TOKEN_KEYWORD, end);
        shell->is_command = str_equal(word, STR("do"));
    } else if (name) {
        put(lexer, TOKEN_NAME, name);
        put(lexer, TOKEN_TEXT, name + 1);
        if (end > lexer->at)
            put(lexer, TOKEN_TEXT, end);
    } else if (word.data[0] == '-' && word.size > 1) {
        size_t sign = str_find_char(word, '=', 0);
        put(lexer, TOKEN_NAME, sign == STR_NONE ? end : lexer->at + sign);
    } else {
        put(lexer,
            shell->is_command ? TOKEN_FUNCTION
            : is_number(word) ? TOKEN_NUMBER
                              : TOKEN_TEXT,
            end);
        shell->is_command = false;
    }
}

#define SUBSTITUTIONS 20 /* $( in " in $( ...; deeper ones are taken as they come */

static size_t substitution_end(const Lexer *lexer, size_t at, int depth);

/* Behind the double quote that closes the one before `at`; a substitution may hold quotes of its
 * own. */
static size_t double_quoted_end(const Lexer *lexer, size_t at, int depth) {
    while (at < lexer->end && lexer->text.data[at] != '"') {
        if (lexer->text.data[at] == '\\')
            at += 2;
        else if (text_at(lexer, at, "$(") && depth < SUBSTITUTIONS)
            at = substitution_end(lexer, at + 2, depth + 1);
        else
            at++;
    }
    return at < lexer->end ? at + 1 : lexer->end;
}

/* Behind the bracket that closes the one before `at`. */
static size_t substitution_end(const Lexer *lexer, size_t at, int depth) {
    for (size_t open = 1; at < lexer->end && open > 0;) {
        char c = lexer->text.data[at++];
        open += c == '(';
        open -= c == ')';
        if (c == '\\')
            at++;
        else if (c == '"')
            at = double_quoted_end(lexer, at, depth);
        while (c == '\'' && at < lexer->end && lexer->text.data[at++] != '\'')
            continue;
    }
    return at < lexer->end ? at : lexer->end;
}

static bool take_quoted(Lexer *lexer) {
    static const StringForm single = {"'", "'", 0, true};
    char c = char_at(lexer, lexer->at);
    if (c == '"')
        put(lexer, TOKEN_STRING, double_quoted_end(lexer, lexer->at + 1, 0));
    else if (c == '\'')
        put(lexer, TOKEN_STRING, string_end(lexer, lexer->at, &single));
    return c == '"' || c == '\'';
}

static void step(Lexer *lexer, Shell *shell) {
    char c = char_at(lexer, lexer->at);
    char before = lexer->at ? lexer->text.data[lexer->at - 1] : '\n';
    if (c == '#' && strchr(" \t\n;(|&", before)) {
        put(lexer, TOKEN_COMMENT, line_end(lexer, lexer->at));
    } else if (c == '\n' && shell->heredoc.size) {
        take_heredoc(lexer, shell);
        shell->is_command = true;
    } else if (c == '$') {
        take_variable(lexer, shell);
    } else if (take_quoted(lexer)) {
        shell->is_command = false;
    } else if (c == '\\') {
        put(lexer, TOKEN_TEXT, lexer->at + 2 < lexer->end ? lexer->at + 2 : lexer->end);
    } else if (!strchr(META, c)) {
        take_word(lexer, shell);
    } else {
        find_heredoc(lexer, shell);
        bool is_redirect = c == '<' || c == '>' || (c == '&' && before == '>');
        put(lexer, TOKEN_TEXT, lexer->at + 1);
        if (strchr("\n;|&(`", c) && !is_redirect)
            shell->is_command = true;
        /* "2>file", "<file": what follows is no command. */
        shell->is_command &= !is_redirect;
    }
}

/* Shell up to the end of the lexer's text; whether it begins with a command is the caller's to
 * know. */
static void lex_commands(Lexer *lexer, bool is_command) {
    Shell shell = {.is_command = is_command};
    while (lexer->at < lexer->end)
        step(lexer, &shell);
}

void lex_shell(Lexer *lexer) {
    lex_commands(lexer, true);
}

/* Lines that end in a backslash go on. */
static size_t logical_end(const Lexer *lexer, size_t at) {
    size_t end = line_end(lexer, at);
    while (end < lexer->end && end > at && lexer->text.data[end - 1] == '\\')
        end = line_end(lexer, end + 1);
    return end;
}

static void lex_commands_until(Lexer *lexer, bool is_command, size_t end) {
    size_t outer = lexer->end;
    lexer->end = end;
    lex_commands(lexer, is_command);
    put(lexer, TOKEN_TEXT, end);
    lexer->end = outer;
}

/* prompt = [ user "@" host [ ":" ] [ path ] ] ( "$" | "#" | "%" | ">" ) " ". Gives its end, or
 * `start`. */
static size_t prompt_end(const Lexer *lexer, size_t start) {
    size_t end = line_end(lexer, start), at = start;
    bool has_host = false;
    while (at < end && !strchr("$#%>", char_at(lexer, at))) {
        has_host |= char_at(lexer, at) == '@';
        if (char_at(lexer, at) == ' ' && !has_host)
            return start;
        at++;
    }
    bool is_sign = at < end && (at + 1 == end || char_at(lexer, at + 1) == ' ');
    return is_sign && (at == start || has_host) ? at + 1 : start;
}

void lex_console(Lexer *lexer) {
    while (lexer->at < lexer->end) {
        size_t prompt = prompt_end(lexer, lexer->at);
        if (prompt > lexer->at) {
            put(lexer, TOKEN_PROMPT, skip_blanks(lexer, prompt));
            lex_commands_until(lexer, true, logical_end(lexer, lexer->at));
        }
        size_t end = line_end(lexer, lexer->at);
        put(lexer, TOKEN_TEXT, end < lexer->end ? end + 1 : end);
    }
}

void lex_dockerfile(Lexer *lexer) {
    while (lexer->at < lexer->end) {
        put(lexer, TOKEN_TEXT, skip_blanks(lexer, lexer->at));
        size_t end = logical_end(lexer, lexer->at), word = word_end(lexer, lexer->at);
        Str name = str_slice(lexer->text, lexer->at, word);
        if (char_at(lexer, lexer->at) == '#') {
            put(lexer, TOKEN_COMMENT, line_end(lexer, lexer->at));
        } else if (name.size) {
            put(lexer, TOKEN_KEYWORD, word);
            lex_commands_until(lexer, str_equal_nocase(name, STR("RUN")), end);
        }
        end = line_end(lexer, lexer->at);
        put(lexer, TOKEN_TEXT, end < lexer->end ? end + 1 : end);
    }
}

/* --- makefiles ---------------------------------------------------------------------------- */

static const char *const directives[] = {"-include", "define",   "else",    "endef",    "endif",
                                         "export",   "ifdef",    "ifeq",    "ifndef",   "ifneq",
                                         "include",  "override", "private", "sinclude", "undefine",
                                         "unexport", "vpath"};
static const Words make_directives = {directives, sizeof directives / sizeof *directives};

/* $(name), $(call f,x) with its own brackets, ${name}, $@. */
static size_t reference_end(const Lexer *lexer, size_t at) {
    char open = char_at(lexer, at + 1);
    char close = open == '(' ? ')' : open == '{' ? '}' : '\0';
    if (!close)
        return at + 2 < lexer->end ? at + 2 : lexer->end;
    size_t depth = 0;
    for (at++; at < lexer->end && lexer->text.data[at] != '\n'; at++) {
        depth += lexer->text.data[at] == open;
        if (lexer->text.data[at] == close && --depth == 0)
            return at + 1;
    }
    return at;
}

/* The rest of a line with its references. */
static void take_make_rest(Lexer *lexer, size_t end, TokenKind kind) {
    while (lexer->at < end) {
        size_t at = lexer->at;
        while (at < end && lexer->text.data[at] != '$' && lexer->text.data[at] != '#')
            at++;
        put(lexer, kind, at);
        if (at < end && lexer->text.data[at] == '#')
            put(lexer, TOKEN_COMMENT, line_end(lexer, at));
        else if (at < end)
            put(lexer, TOKEN_NAME, reference_end(lexer, at));
    }
}

/* line = [ directive ] | name assignment | targets ":" prerequisites. */
static void take_make_line(Lexer *lexer, size_t end) {
    size_t word = lexer->at;
    while (word < end && !strchr(" \t:=#?+!$\n", char_at(lexer, word)))
        word++;
    Str name = str_slice(lexer->text, lexer->at, word);
    if (words_have(&make_directives, name, false)) {
        put(lexer, TOKEN_KEYWORD, word);
        put(lexer, TOKEN_TEXT, skip_blanks(lexer, word));
        size_t after = word_end(lexer, lexer->at);
        if (char_at(lexer, skip_blanks(lexer, after)) == '=' ||
            text_at(lexer, skip_blanks(lexer, after), ":="))
            put(lexer, TOKEN_NAME, after);
        take_make_rest(lexer, end, TOKEN_TEXT);
        return;
    }
    size_t sign = skip_blanks(lexer, word);
    bool is_assignment = name.size && (char_at(lexer, sign) == '=' || text_at(lexer, sign, ":=") ||
                                       text_at(lexer, sign, "?=") || text_at(lexer, sign, "+=") ||
                                       text_at(lexer, sign, "::=") || text_at(lexer, sign, "!="));
    if (is_assignment) {
        put(lexer, TOKEN_NAME, word);
        take_make_rest(lexer, end, TOKEN_TEXT);
        return;
    }
    Str line = str_slice(lexer->text, lexer->at, end);
    size_t colon = str_find_char(line, ':', 0);
    if (colon != STR_NONE)
        take_make_rest(lexer, lexer->at + colon, TOKEN_FUNCTION);
    take_make_rest(lexer, end, TOKEN_TEXT);
}

void lex_make(Lexer *lexer) {
    while (lexer->at < lexer->end) {
        size_t end = logical_end(lexer, lexer->at);
        if (char_at(lexer, lexer->at) == '\t') {
            put(lexer, TOKEN_TEXT, lexer->at + 1);
            if (char_at(lexer, lexer->at) && strchr("@-+", char_at(lexer, lexer->at)))
                put(lexer, TOKEN_TEXT, lexer->at + 1);
            lex_commands_until(lexer, true, end);
        } else {
            put(lexer, TOKEN_TEXT, skip_blanks(lexer, lexer->at));
            if (lexer->at < end)
                take_make_line(lexer, end);
        }
        put(lexer, TOKEN_TEXT, end < lexer->end ? end + 1 : lexer->end);
    }
}
