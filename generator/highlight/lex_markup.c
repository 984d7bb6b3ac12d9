/* Text with marks: HTML and XML, CSS, diffs, Markdown. */
#include "base/ban.h"

#include "highlight/lexer.h"

static size_t skip_space(const Lexer *lexer, size_t at) {
    while (at < lexer->end && is_white(lexer->text.data[at]))
        at++;
    return at;
}

/* --- HTML and XML --------------------------------------------------------------------------- */

static size_t name_end(const Lexer *lexer, size_t at) {
    while (at < lexer->end && !is_white(lexer->text.data[at]) &&
           !strchr("=<>/\"'", lexer->text.data[at]))
        at++;
    return at;
}

/* attribute = name [ "=" value ], up to the tag's end. */
static void take_attributes(Lexer *lexer) {
    while (lexer->at < lexer->end && char_at(lexer, lexer->at) != '>') {
        char c = char_at(lexer, lexer->at);
        char before = lexer->previous;
        if (c == '"' || c == '\'') {
            const char quote[] = {c, '\0'};
            put(lexer, TOKEN_STRING, behind(lexer, lexer->at + 1, str_from(quote)));
        } else if (name_end(lexer, lexer->at) > lexer->at) {
            put(lexer, before == '=' ? TOKEN_STRING : TOKEN_NAME, name_end(lexer, lexer->at));
        } else {
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        }
    }
    put(lexer, TOKEN_TEXT, lexer->at < lexer->end ? lexer->at + 1 : lexer->end);
}

/* Where the element's raw text ends: before "</script". */
static size_t raw_end(const Lexer *lexer, const char *close) {
    size_t end = behind(lexer, lexer->at, str_from(close));
    return end == lexer->end && !text_at(lexer, end - strlen(close), close) ? end
                                                                            : end - strlen(close);
}

static void take_tag(Lexer *lexer) {
    size_t start = lexer->at + 1 + (char_at(lexer, lexer->at + 1) == '/');
    size_t end = name_end(lexer, start);
    Str name = str_slice(lexer->text, start, end);
    bool is_closing = start > lexer->at + 1;
    put(lexer, TOKEN_TEXT, start);
    put(lexer, TOKEN_KEYWORD, end);
    take_attributes(lexer);
    if (is_closing || lexer->language->ignores_case == false)
        return;
    if (str_equal_nocase(name, STR("script")))
        lex_inside(lexer, "js", raw_end(lexer, "</script"));
    else if (str_equal_nocase(name, STR("style")))
        lex_inside(lexer, "css", raw_end(lexer, "</style"));
}

void lex_markup(Lexer *lexer) {
    while (lexer->at < lexer->end) {
        char c = char_at(lexer, lexer->at), next = char_at(lexer, lexer->at + 1);
        if (text_at(lexer, lexer->at, "<!--")) {
            put(lexer, TOKEN_COMMENT, behind(lexer, lexer->at + 4, STR("-->")));
        } else if (text_at(lexer, lexer->at, "<![CDATA[")) {
            put(lexer, TOKEN_STRING, behind(lexer, lexer->at, STR("]]>")));
        } else if (c == '<' && (next == '!' || next == '?')) {
            put(lexer, TOKEN_COMMENT, behind(lexer, lexer->at, STR(">")));
        } else if (c == '<' &&
                   name_end(lexer, lexer->at + 1 + (next == '/')) > lexer->at + 1 + (next == '/')) {
            take_tag(lexer);
        } else if (c == '&') {
            size_t end = lexer->at + 1;
            while (char_at(lexer, end) && !is_white(char_at(lexer, end)) &&
                   !strchr(";<&", char_at(lexer, end)))
                end++;
            bool is_entity = char_at(lexer, end) == ';';
            put(lexer, is_entity ? TOKEN_NUMBER : TOKEN_TEXT, is_entity ? end + 1 : lexer->at + 1);
        } else {
            size_t end = lexer->at + 1;
            while (end < lexer->end && lexer->text.data[end] != '<' && lexer->text.data[end] != '&')
                end++;
            put(lexer, TOKEN_TEXT, end);
        }
    }
}

/* --- CSS ------------------------------------------------------------------------------------ */

static size_t css_word_end(const Lexer *lexer, size_t at) {
    while (at < lexer->end &&
           (is_word_char(lexer, lexer->text.data[at]) || lexer->text.data[at] == '\\'))
        at++;
    return at;
}

/* A word in braces before ':' is a property, unless a selector of a nested rule follows: what comes
 * first, ';' or '{', tells. */
static bool is_property(const Lexer *lexer, size_t end) {
    if (char_at(lexer, skip_space(lexer, end)) != ':')
        return false;
    for (size_t at = end; at < lexer->end; at++) {
        char c = lexer->text.data[at];
        if (c == ';' || c == '}')
            return true;
        if (c == '{')
            return false;
    }
    return true;
}

static void take_css_word(Lexer *lexer, bool in_block, bool is_value) {
    size_t end = css_word_end(lexer, lexer->at);
    if (text_at(lexer, lexer->at, "--") && !is_value)
        put(lexer, TOKEN_NAME, end);
    else if (in_block && !is_value && is_property(lexer, end))
        put(lexer, TOKEN_NAME, end);
    else if (is_value)
        put(lexer, char_at(lexer, end) == '(' ? TOKEN_FUNCTION : TOKEN_TEXT, end);
    else
        put(lexer, TOKEN_KEYWORD, end);
}

void lex_css(Lexer *lexer) {
    size_t depth = 0;
    bool is_value = false;
    static const StringForm strings[] = {{"\"", "\"", '\\', false}, {"'", "'", '\\', false}};
    while (lexer->at < lexer->end) {
        char c = char_at(lexer, lexer->at), next = char_at(lexer, lexer->at + 1);
        bool is_digit =
            (c >= '0' && c <= '9') || ((c == '.' || c == '-') && next >= '0' && next <= '9');
        if (text_at(lexer, lexer->at, "/*")) {
            put(lexer, TOKEN_COMMENT, behind(lexer, lexer->at + 2, STR("*/")));
        } else if (c == '"' || c == '\'') {
            put(lexer, TOKEN_STRING, string_end(lexer, lexer->at, &strings[c == '\'']));
        } else if (c == '@') {
            put(lexer, TOKEN_KEYWORD, css_word_end(lexer, lexer->at + 1));
            is_value = true; /* up to '{' or ';' */
        } else if (c == '#' && is_value) {
            put(lexer, TOKEN_NUMBER, css_word_end(lexer, lexer->at + 1));
        } else if ((c == '#' || c == '.') && !is_value &&
                   css_word_end(lexer, lexer->at + 1) > lexer->at + 1) {
            put(lexer, TOKEN_TYPE, css_word_end(lexer, lexer->at + 1));
        } else if (is_digit && is_value) {
            size_t end = css_word_end(lexer, lexer->at + 1);
            while (char_at(lexer, end) == '.' || char_at(lexer, end) == '%')
                end = css_word_end(lexer, end + 1);
            put(lexer, TOKEN_NUMBER, end);
        } else if (css_word_end(lexer, lexer->at) > lexer->at) {
            take_css_word(lexer, depth > 0, is_value);
        } else {
            depth += c == '{';
            depth -= depth > 0 && c == '}';
            /* A colon behind a property begins its value; elsewhere it is a pseudo-class. */
            if (c == ':' && lexer->last.kind == TOKEN_NAME)
                is_value = true;
            if (c == ';' || c == '{' || c == '}')
                is_value = false;
            put(lexer, TOKEN_TEXT, lexer->at + 1);
        }
    }
}

/* --- diff ----------------------------------------------------------------------------------- */

void lex_diff(Lexer *lexer) {
    static const struct {
        const char *start;
        TokenKind kind;
    } lines[] = {{"+++ ", TOKEN_HEADING},   {"--- ", TOKEN_HEADING}, {"diff ", TOKEN_HEADING},
                 {"index ", TOKEN_COMMENT}, {"@@", TOKEN_TYPE},      {"+", TOKEN_INSERTED},
                 {"-", TOKEN_DELETED},      {"! ", TOKEN_KEYWORD},   {"\\ ", TOKEN_COMMENT},
                 {">", TOKEN_INSERTED},     {"<", TOKEN_DELETED}};
    while (lexer->at < lexer->end) {
        TokenKind kind = TOKEN_TEXT;
        for (size_t i = 0; i < sizeof lines / sizeof *lines && kind == TOKEN_TEXT; i++)
            kind = text_at(lexer, lexer->at, lines[i].start) ? lines[i].kind : TOKEN_TEXT;
        size_t end = line_end(lexer, lexer->at);
        put(lexer, kind, end);
        put(lexer, TOKEN_TEXT, end < lexer->end ? end + 1 : end);
    }
}

/* --- Markdown ------------------------------------------------------------------------------- */

/* Behind a run of one character. */
static size_t run_end(const Lexer *lexer, size_t at) {
    char c = char_at(lexer, at);
    while (c && char_at(lexer, at) == c)
        at++;
    return at;
}

/* A fence and its lines, in their own language where that is known. */
static void take_fence(Lexer *lexer) {
    size_t signs = run_end(lexer, lexer->at), first_end = line_end(lexer, lexer->at);
    Str fence = str_slice(lexer->text, lexer->at, signs);
    Str info = str_trim(str_slice(lexer->text, signs, first_end));
    Str name = str_slice(info, 0, 0);
    while (name.size < info.size && !strchr(" \t,{", info.data[name.size]))
        name.size++;
    put(lexer, TOKEN_KEYWORD, first_end);
    size_t line = first_end < lexer->end ? first_end + 1 : lexer->end, close = lexer->end;
    for (size_t at = line; at < lexer->end; at = line_end(lexer, at) + 1) {
        if (str_starts_with(str_trim(str_slice(lexer->text, at, line_end(lexer, at))), fence)) {
            close = at;
            break;
        }
    }
    put(lexer, TOKEN_TEXT, line);
    const Language *inner = highlight_find(name);
    if (inner && inner->lex != lex_markdown && close > line)
        lex_inside(lexer, str_cstr(lexer->arena, name), close);
    put(lexer, TOKEN_STRING, close);
    if (close < lexer->end)
        put(lexer, TOKEN_KEYWORD, line_end(lexer, close));
}

/* item := ( "-" | "*" | "+" | digit{1,9} ( "." | ")" ) ) space ; the end of the mark, or `at`. */
static size_t item_mark_end(const Lexer *lexer, size_t at) {
    size_t end = at;
    while (end < at + 9 && char_at(lexer, end) >= '0' && char_at(lexer, end) <= '9')
        end++;
    char mark = char_at(lexer, end), behind = char_at(lexer, end + 1);
    bool is_mark = mark && strchr(end > at ? ".)" : "-*+", mark);
    return is_mark && (behind == ' ' || behind == '\t') ? end + 1 : at;
}

/* What may stand at the start of a line; true when the line's start was taken. */
static bool take_line_mark(Lexer *lexer) {
    size_t at = lexer->at, end = line_end(lexer, at);
    char c = char_at(lexer, at);
    if (c == '#' && (char_at(lexer, run_end(lexer, at)) == ' ' || run_end(lexer, at) == end)) {
        put(lexer, TOKEN_HEADING, end);
        return true;
    }
    if (text_at(lexer, at, "```") || text_at(lexer, at, "~~~")) {
        take_fence(lexer);
        return true;
    }
    size_t mark = c == '>' ? at + 1 : item_mark_end(lexer, at);
    if (mark > at) {
        put(lexer, TOKEN_KEYWORD, mark);
        if (text_at(lexer, mark, " [ ] ") || text_at(lexer, mark, " [x] ") ||
            text_at(lexer, mark, " [X] "))
            put(lexer, TOKEN_KEYWORD, mark + 4);
        return true;
    }
    return false;
}

/* `code`, **strong**, *emphasis*, [text](target), <address>. */
static bool take_inline(Lexer *lexer) {
    size_t at = lexer->at, end = line_end(lexer, at);
    Str line = str_slice(lexer->text, at, end);
    char c = char_at(lexer, at);
    Str mark = str_slice(lexer->text, at, run_end(lexer, at));
    char after = char_at(lexer, at + mark.size);
    if (c == '`' || ((c == '*' || c == '_') && mark.size <= 3 && after && !is_white(after))) {
        size_t close = str_find(line, mark, mark.size);
        bool is_word = c == '_' && at > 0 && is_word_char(lexer, lexer->text.data[at - 1]);
        if (close == STR_NONE || is_word)
            return false;
        put(lexer, c == '`' ? TOKEN_STRING : TOKEN_TYPE, at + close + mark.size);
        return true;
    }
    if (c == '[' || text_at(lexer, at, "![")) {
        size_t close = str_find(line, STR("]("), 0),
               target = str_find(line, STR(")"), close == STR_NONE ? 0 : close);
        if (close == STR_NONE || target == STR_NONE)
            return false;
        put(lexer, TOKEN_FUNCTION, at + close + 1);
        put(lexer, TOKEN_NAME, at + target + 1);
        return true;
    }
    size_t close = c == '<' ? str_find_char(line, '>', 0) : STR_NONE;
    if (close != STR_NONE && close > 1) {
        put(lexer, TOKEN_NAME, at + close + 1);
        return true;
    }
    return false;
}

void lex_markdown(Lexer *lexer) {
    if (text_at(lexer, 0, "---\n")) {
        size_t close = str_find(lexer->text, STR("\n---\n"), 3);
        if (close != STR_NONE && lexer->at == 0)
            lex_inside(lexer, "yaml", close + 5);
    }
    while (lexer->at < lexer->end) {
        if (is_line_start(lexer) && take_line_mark(lexer))
            continue;
        if (take_inline(lexer))
            continue;
        /* A run of signs that is no mark is passed as a whole, or `*****` would be looked at from
         * each of its stars. */
        size_t end = run_end(lexer, lexer->at);
        put(lexer, TOKEN_TEXT, end > lexer->at ? end : lexer->at + 1);
    }
}
