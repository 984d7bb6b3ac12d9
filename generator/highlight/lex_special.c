/* What single languages have that no other has. */
#include "base/ban.h"

#include "base/buf.h"
#include "highlight/lexer.h"

#define RAW_NAME 16 /* characters between R" and ( in C++ */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* raw-string = "R" quote name "(" text ")" name quote (C++ standard, lex.string). */
bool special_cpp(Lexer *lexer) {
    if (!text_at(lexer, lexer->at, "R\""))
        return false;
    size_t name = lexer->at + 2, open = name;
    while (open - name < RAW_NAME && open < lexer->end && !strchr("() \\\n", char_at(lexer, open)))
        open++;
    if (char_at(lexer, open) != '(')
        return false;
    Str close = str_format(lexer->arena, ")%.*s\"", STR_FMT(str_slice(lexer->text, name, open)));
    put(lexer, TOKEN_STRING, behind(lexer, open, close));
    return true;
}

/* r"..", r#".."#, br##".."##: as many signs behind as before. */
static bool take_rust_raw(Lexer *lexer) {
    size_t at = lexer->at + (char_at(lexer, lexer->at) == 'b');
    if (char_at(lexer, at) != 'r')
        return false;
    size_t signs = 0;
    while (char_at(lexer, at + 1 + signs) == '#')
        signs++;
    if (char_at(lexer, at + 1 + signs) != '"')
        return false;
    Buf close = buf_new(lexer->arena);
    buf_add_char(&close, '"');
    buf_add_repeat(&close, '#', signs);
    put(lexer, TOKEN_STRING, behind(lexer, at + 2 + signs, buf_str(&close)));
    return true;
}

/* 'a is a lifetime, 'a' a character; name! is a macro; #[..] an attribute. */
bool special_rust(Lexer *lexer) {
    char c = char_at(lexer, lexer->at);
    bool is_inside_word = lexer->last.end == lexer->at && is_letter(lexer->previous);
    if ((c == 'r' || c == 'b') && !is_inside_word && take_rust_raw(lexer))
        return true;
    if (c == '\'' && is_letter(char_at(lexer, lexer->at + 1))) {
        size_t end = word_end(lexer, lexer->at + 1);
        if (char_at(lexer, end) != '\'') {
            put(lexer, TOKEN_TYPE, end);
            return true;
        }
    }
    if (c == '#' && (char_at(lexer, lexer->at + 1) == '[' || text_at(lexer, lexer->at, "#!["))) {
        StringForm form = {"#", "]", 0, true};
        put(lexer, TOKEN_NAME, string_end(lexer, lexer->at, &form));
        return true;
    }
    size_t end = is_letter(c) ? word_end(lexer, lexer->at) : lexer->at;
    if (end > lexer->at && char_at(lexer, end) == '!' && char_at(lexer, end + 1) != '=') {
        put(lexer, TOKEN_FUNCTION, end + 1);
        return true;
    }
    return false;
}

/* A template string up to `${`, `}` or its end; what is inside of the braces is code again. Deeper
 * ones are taken as part of the string: a limit that real code hardly meets. */
static void take_template(Lexer *lexer) {
    size_t at = lexer->at + 1, depth = 0;
    while (at < lexer->end) {
        char c = char_at(lexer, at);
        if (c == '\\') {
            at += at + 1 < lexer->end ? 2 : 1;
            continue;
        }
        if (c == '`' && depth == 0) {
            put(lexer, TOKEN_STRING, at + 1);
            return;
        }
        if (c == '$' && char_at(lexer, at + 1) == '{') {
            depth++;
            at++;
        } else if (c == '}' && depth > 0) {
            depth--;
        }
        at++;
    }
    put(lexer, TOKEN_STRING, lexer->end);
}

/* A slash begins a regular expression where no value stands before it. */
static bool take_regex(Lexer *lexer) {
    bool is_value = lexer->previous &&
                    (is_letter(lexer->previous) || strchr(")]}\"'`$0123456789", lexer->previous));
    if (is_value && lexer->last.kind != TOKEN_KEYWORD)
        return false;
    bool in_class = false;
    for (size_t at = lexer->at + 1; at < lexer->end; at++) {
        char c = char_at(lexer, at);
        if (c == '\n')
            return false;
        if (c == '\\')
            at++;
        else if (c == '[')
            in_class = true;
        else if (c == ']')
            in_class = false;
        else if (c == '/' && !in_class) {
            put(lexer, TOKEN_STRING, word_end(lexer, at + 1));
            return true;
        }
    }
    return false;
}

bool special_script(Lexer *lexer) {
    char c = char_at(lexer, lexer->at), next = char_at(lexer, lexer->at + 1);
    if (c == '`') {
        take_template(lexer);
        return true;
    }
    return c == '/' && next != '/' && next != '*' && take_regex(lexer);
}

/* heredoc = "<<" [ "-" ] word LF lines LF blanks word (HCL native syntax, template expressions). */
bool special_hcl(Lexer *lexer) {
    if (!text_at(lexer, lexer->at, "<<"))
        return false;
    size_t name = lexer->at + 2 + (char_at(lexer, lexer->at + 2) == '-');
    size_t name_end = word_end(lexer, name);
    if (name_end == name)
        return false;
    Str word = str_slice(lexer->text, name, name_end);
    size_t at = line_end(lexer, name_end);
    while (at < lexer->end) {
        size_t start = skip_blanks(lexer, at + 1), end = line_end(lexer, at + 1);
        if (str_equal(str_trim(str_slice(lexer->text, start, end)), word)) {
            put(lexer, TOKEN_STRING, end);
            return true;
        }
        at = end;
    }
    put(lexer, TOKEN_STRING, lexer->end);
    return true;
}

/* $$ text $$, $name$ text $name$ (PostgreSQL, dollar-quoted string constants). */
bool special_sql(Lexer *lexer) {
    if (char_at(lexer, lexer->at) != '$')
        return false;
    size_t end = word_end(lexer, lexer->at + 1);
    if (char_at(lexer, end) != '$')
        return false;
    Str quote = str_slice(lexer->text, lexer->at, end + 1);
    put(lexer, TOKEN_STRING, behind(lexer, end + 1, quote));
    return true;
}

/* The text in the brackets of a node, and what is written on an arrow between bars. */
bool special_mermaid(Lexer *lexer) {
    char c = char_at(lexer, lexer->at);
    const char *close = c == '[' ? "]" : c == '(' ? ")" : c == '|' ? "|" : NULL;
    bool is_node =
        close &&
        (c == '|' || (lexer->last.end == lexer->at && is_word_char(lexer, lexer->previous)));
    if (!is_node)
        return false;
    size_t end = line_end(lexer, lexer->at);
    Str rest = str_slice(lexer->text, lexer->at + 1, end);
    size_t found = str_find(rest, str_from(close), 0);
    if (found == STR_NONE)
        return false;
    put(lexer, TOKEN_TEXT, lexer->at + 1);
    put(lexer, TOKEN_STRING, lexer->at + found);
    return true;
}
