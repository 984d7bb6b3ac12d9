#include "base/ban.h"

#include "base/utf8.h"
#include "diagram/syntax/flow.h"
#include "diagram/syntax/letters.h"

/* After so many errors the rest is noise. */
#define ERROR_LIMIT 20

/* Every error of the grammar goes through here, so that a text which is no flowchart at all does
 * not give a finding for each of its lines. */
static void add_error(FlowParser *parser, Span at, Str message) {
    parser->ok = false;
    parser->error_count++;
    if (parser->error_count >= ERROR_LIMIT)
        parser->is_over = true;
    diag_add(parser->diags, DIAG_DIAGRAM_SYNTAX, at, "%.*s", STR_FMT(message));
}

/* "LEFT" right, the commonest form of a message. */
static Str about(FlowParser *parser, const char *left, Str name, const char *right) {
    return str_format(parser->arena, "%s\"%.*s\"%s", left, STR_FMT(name), right);
}

bool flow_limit(FlowParser *parser, Span at, const char *what, size_t limit) {
    parser->ok = false;
    parser->is_over = true;
    diag_add(parser->diags, DIAG_DIAGRAM_LIMIT, at, "more than %zu %s", limit, what);
    return false;
}

/* The bytes that a token was read from; for one that fits no rule, its first character. */
static Token visible(const FlowParser *parser) {
    Token token = parser->token;
    Str text = parser->clean.text;
    if (token.end == token.start && token.start < text.size) {
        Str rest = str_from_offset(text, token.start);
        size_t before = rest.size;
        utf8_take(&rest);
        token.end = token.start + before - rest.size;
    }
    token.text = letters_trim(str_slice(text, token.start, token.end));
    return token;
}

static bool is_line_end(Token token) {
    return token.kind == TOKEN_NEWLINE || token.kind == TOKEN_EOF || token.kind == TOKEN_STOP ||
           !token.text.size;
}

/* The Span of a token without the spaces that were read along with it. A line end stands for what
 * is missing before it, so its place is behind the last character before. */
static Span bare_span(const FlowParser *parser, Token token) {
    Str text = str_slice(parser->clean.text, token.start, token.end);
    Str bare = letters_trim(text);
    size_t start = token.start + (size_t)(bare.data - text.data);
    if (!bare.size)
        start = letters_trim(str_slice(parser->clean.text, 0, token.start)).size;
    return preprocess_span(&parser->clean, start, bare.size);
}

static bool is_quote(TokenKind kind) {
    return kind == TOKEN_STR || kind == TOKEN_MARKDOWN;
}

static bool is_bracket(TokenKind kind) {
    return kind >= TOKEN_SQUARE_OPEN && kind <= TOKEN_PIPE;
}

/* What closes each bracket; `[/` and `[\` have two endings and are left out. */
static const char *closing(Str open) {
    static const char *const pairs[][2] = {
        {"[", "]"},   {"(", ")"},   {"{", "}"},   {"((", "))"},   {"{{", "}}"},
        {"([", "])"}, {"[[", "]]"}, {"[(", ")]"}, {"(((", ")))"}, {"(-", "-)"},
        {">", "]"},   {"|", "|"},   {"@{", "}"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_equal(open, str_from(pairs[i][0])))
            return pairs[i][1];
    return NULL;
}

static bool is_closing(Str text) {
    return text.size && strchr(")]}", text.data[text.size - 1]);
}

/* Nothing was read between the bracket and the token: [ ] is a label, [] and [""] are none. */
static bool is_empty_label(const FlowParser *parser, Token token) {
    Str text = str_slice(parser->clean.text, parser->opener.end, token.start);
    return !text.size || str_equal(text, STR("\"\""));
}

/* The text ended inside a label. The quote is named when it is what is missing, because it hides
 * every bracket behind it. */
static void explain_open_label(FlowParser *parser) {
    Str open = letters_trim(parser->opener.text);
    Span at = bare_span(parser, parser->opener);
    if (parser->lexer.modes[parser->lexer.depth] == LEX_STRING) {
        add_error(parser, at, about(parser, "the quoted text behind ", open, " has no end"));
        diag_hint(parser->diags, "close it with a double quote; inside write #quot; for one");
        return;
    }
    add_error(parser, at, about(parser, "", open, " is not closed"));
    const char *close = closing(open);
    if (close)
        diag_hint(parser->diags, "end the label with \"%s\"", close);
}

/* A label that goes on over lines has most likely lost its end where it begins, and may have taken
 * the end of a subgraph with it. */
static void relate_opener(FlowParser *parser, Token token) {
    Str between = str_slice(parser->clean.text, parser->opener.end, token.start);
    if (str_find_char(between, '\n', 0) == STR_NONE)
        return;
    parser->is_end_lost = true;
    diag_relate(parser->diags, bare_span(parser, parser->opener), "the label begins here");
}

/* [text, {text, |text ... */
static void explain_label(FlowParser *parser, Token token) {
    Span at = bare_span(parser, token);
    Str open = letters_trim(parser->opener.text);
    const char *close = closing(open);
    if (is_line_end(token)) {
        explain_open_label(parser);
    } else if (is_empty_label(parser, token) &&
               (is_closing(token.text) || token.kind == TOKEN_PIPE)) {
        add_error(parser, at, about(parser, "a label needs a text before ", token.text, ""));
        diag_hint(parser->diags, "write \" \" for an empty one");
    } else if (is_quote(token.kind)) {
        add_error(parser, at, STR("a quote in the middle of a label"));
        diag_hint(parser->diags,
                  "put the whole text in double quotes, and write #quot; for a quote in it");
    } else if (!close && is_closing(token.text)) {
        add_error(parser, at, about(parser, "a slanted shape does not end with ", token.text, ""));
        diag_hint(parser->diags, "for a text that begins with a slash write [\"/...\"]");
    } else if (close && is_closing(token.text) && str_find(open, token.text, 0) == STR_NONE) {
        add_error(parser, at,
                  str_format(parser->arena, "\"%.*s\" does not close \"%.*s\"", STR_FMT(token.text),
                             STR_FMT(open)));
        diag_hint(parser->diags, "end the label with \"%s\", or put its text in double quotes",
                  close);
    } else {
        add_error(parser, at, about(parser, "", token.text, " in a label without quotes"));
        diag_hint(parser->diags, "put the text in double quotes");
    }
    if (!is_line_end(token))
        relate_opener(parser, token);
}

/* -- text --> */
static void explain_link_text(FlowParser *parser, Token token) {
    Token opener = parser->opener;
    Str open = letters_trim(opener.text);
    char line = open.data[open.size - 1];
    if (token.kind == TOKEN_STOP)
        add_error(parser, bare_span(parser, opener),
                  about(parser, "the text behind ", open, " has no end"));
    else
        add_error(parser, bare_span(parser, token),
                  about(parser, "", token.text, " in the text of a link"));
    diag_hint(parser->diags, "write A %s B, or A -->|text| B",
              line == '=' ? "== text ==>" : (line == '.' ? "-. text .->" : "-- text -->"));
}

/* Words that the lexer takes before it thinks of ids. */
static bool is_keyword(TokenKind kind) {
    return kind == TOKEN_END || kind == TOKEN_GRAPH || kind == TOKEN_STYLE || kind == TOKEN_CLASS ||
           kind == TOKEN_CLASS_DEF || kind == TOKEN_LINK_STYLE || kind == TOKEN_SUBGRAPH ||
           kind == TOKEN_LINK_TARGET || kind == TOKEN_HREF || kind == TOKEN_INTERPOLATE ||
           kind == TOKEN_CLICK || kind == TOKEN_CALLBACK_NAME;
}

/* x--> at the start of a line: the x is taken for a head. */
static void explain_link(FlowParser *parser, Token token) {
    bool is_eaten = token.text.data[0] == 'x' || token.text.data[0] == 'o';
    add_error(parser, bare_span(parser, token),
              about(parser, "a link ", token.text, " without a node before it"));
    if (is_eaten)
        diag_hint(parser->diags, "put a space between the id \"%c\" and the link",
                  token.text.data[0]);
    else
        diag_hint(parser->diags, "write an id before the link");
}

/* Where an id is due. */
static void explain_node(FlowParser *parser, Token token) {
    Span at = bare_span(parser, token);
    if (is_line_end(token)) {
        add_error(parser, at, STR("a node is missing here"));
        diag_hint(parser->diags, "write an id behind the link");
    } else if (is_keyword(token.kind)) {
        add_error(parser, at, about(parser, "", token.text, " is a reserved word and no id"));
        diag_hint(parser->diags, "give the node another id and write the word as its label");
    } else if (token.kind == TOKEN_LINK_ID) {
        at = preprocess_span(&parser->clean, token.end - 1, 1);
        add_error(parser, at, STR("\"@\" in an id or in a label without quotes"));
        diag_hint(parser->diags, "put the text in double quotes");
    } else if (token.kind == TOKEN_LINK || token.kind == TOKEN_LINK_START) {
        explain_link(parser, token);
    } else if (is_quote(token.kind)) {
        add_error(parser, at, STR("a text without an id"));
        diag_hint(parser->diags, "write id[\"text\"]");
    } else {
        add_error(parser, at, about(parser, "", token.text, " cannot stand in an id"));
        diag_hint(parser->diags,
                  "use letters and digits, and put the text in a label: id[\"...\"]");
    }
}

/* Arrows that other languages have. */
static bool explain_arrow(FlowParser *parser, Token token) {
    static const char *const arrows[][2] = {{"->", "-->"}, {"=>", "==>"}, {"> ", "-->"}};
    Str rest = str_from_offset(parser->clean.text, token.start);
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++) {
        Str arrow = str_from(arrows[i][0]);
        if (!str_starts_with(rest, arrow))
            continue;
        add_error(parser, preprocess_span(&parser->clean, token.start, arrow.size),
                  about(parser, "", letters_trim(arrow), " is no link"));
        diag_hint(parser->diags, "write %s", arrows[i][1]);
        return true;
    }
    return false;
}

/* Behind a node. */
static void explain_after_node(FlowParser *parser, Token token) {
    Span at = bare_span(parser, token);
    bool is_id = flow_is_id_token(token.kind);
    bool is_apart = token.start > 0 && parser->clean.text.data[token.start - 1] == ' ';
    if (str_starts_with(token.text, STR("%%"))) {
        add_error(parser, at, STR("a comment must stand on a line of its own"));
        diag_hint(parser->diags, "move it to the line above");
    } else if (explain_arrow(parser, token)) {
        return;
    } else if (token.kind == TOKEN_PIPE) {
        add_error(parser, at, STR("a text between pipes without a link before it"));
        diag_hint(parser->diags, "write A -->|text| B");
    } else if (is_id && is_apart) {
        add_error(parser, at,
                  about(parser, "", token.text, " follows a node without a link between them"));
        diag_hint(parser->diags, "write --> between them, or begin a new line");
    } else if (is_id) {
        add_error(parser, at, about(parser, "text behind the end of a label: ", token.text, ""));
        diag_hint(parser->diags, "put the whole text in double quotes");
    } else if (is_keyword(token.kind)) {
        add_error(parser, at, about(parser, "", token.text, " must begin a line of its own"));
        diag_hint(parser->diags, "begin a new line");
    } else if (is_bracket(token.kind) && is_apart) {
        add_error(parser, at, about(parser, "", token.text, " does not follow its id at once"));
        diag_hint(parser->diags, "write the label without a space before it: id[\"...\"]");
    } else if (token.kind == TOKEN_SPACE || is_line_end(token)) {
        add_error(parser, at, STR("a space does not fit here"));
        diag_hint(parser->diags, "remove it");
    } else {
        add_error(parser, at, about(parser, "", token.text, " does not fit behind a node"));
        diag_hint(parser->diags, "put text in a label: id[\"...\"]");
    }
}

/* flowchart td, graph XX, flowchart LR A --> B. Directions are compared in capitals, since small
 * letters are the commonest mistake. */
static void explain_header(FlowParser *parser, Token token) {
    if (token.kind == TOKEN_LINK || token.kind == TOKEN_LINK_START) {
        explain_link(parser, token);
        return;
    }
    static const Str known[] = {{"TB", 2}, {"TD", 2}, {"BT", 2}, {"LR", 2}, {"RL", 2}};
    Str rest = letters_trim(str_from_offset(parser->clean.text, token.start));
    Str word = rest;
    word.size = 0;
    while (word.size < rest.size && !strchr(" \t\n;", rest.data[word.size]))
        word.size++;
    size_t start = (size_t)(word.data - parser->clean.text.data);
    Span at = preprocess_span(&parser->clean, start, word.size);
    if (token.kind != TOKEN_BAD) {
        add_error(parser, at, about(parser, "", word, " must begin a new line"));
        diag_hint(parser->diags, "after the direction comes a line end or a semicolon");
        return;
    }
    add_error(parser, at, about(parser, "no direction ", word, ""));
    Str upper = str_copy(parser->arena, word);
    char *bytes = str_cstr(parser->arena, upper);
    for (size_t i = 0; i < upper.size; i++)
        if (bytes[i] >= 'a' && bytes[i] <= 'z')
            bytes[i] = (char)(bytes[i] - 'a' + 'A');
    Str nearest = str_nearest((Str){bytes, upper.size}, known, 5);
    if (nearest.size)
        diag_hint(parser->diags, "did you mean \"%.*s\"?", STR_FMT(nearest));
    else
        diag_hint(parser->diags, "use TB, BT, LR or RL");
}

/* How a statement is written, for those that have one form only. */
static const char *const forms[FLOW_PLACE_COUNT] = {
    [FLOW_GROUP_TITLE] = "write subgraph id[\"Title\"]",
    [FLOW_STYLE] = "write style id fill:#fff,stroke:#000 with names or #colours as values",
    [FLOW_CLASS_DEF] = "write classDef name fill:#fff,stroke:#000 with names or #colours as values",
    [FLOW_CLASS] = "write class id1,id2 name without spaces among the ids",
    [FLOW_LINK_STYLE] = "write linkStyle 0,1 stroke:#000",
    [FLOW_CLICK] = "write click id \"page.md\" \"tooltip\"",
};

static const char *const statements[FLOW_PLACE_COUNT] = {
    [FLOW_GROUP_TITLE] = "the subgraph line",

    [FLOW_STYLE] = "a style",
    [FLOW_CLASS_DEF] = "a classDef",
    [FLOW_CLASS] = "a class statement",
    [FLOW_LINK_STYLE] = "a linkStyle",
    [FLOW_CLICK] = "a click",
};

/* Statements that have one form only: what does not fit, and the form. */
static void explain_form(FlowParser *parser, FlowPlace place, Token token) {
    Span at = bare_span(parser, token);
    Str before = letters_trim(str_slice(parser->clean.text, 0, token.start));
    Str read = str_slice(parser->clean.text, before.size, token.end);
    bool is_brace = place == FLOW_GROUP_TITLE && str_equal(token.text, STR("{"));
    if (token.kind == TOKEN_SPACE && str_find_char(read, '\n', 0) == STR_NONE)
        add_error(parser, at,
                  str_format(parser->arena, "a space does not fit in %s", statements[place]));
    else if (is_line_end(token))
        add_error(parser, at, str_format(parser->arena, "%s ends too early", statements[place]));
    else
        add_error(parser, at,
                  about(parser, "", token.text,
                        str_cstr(parser->arena, str_format(parser->arena, " does not fit in %s",
                                                           statements[place]))));
    diag_hint(parser->diags, "%s",
              is_brace ? "a subgraph has no braces: it ends with \"end\"" : forms[place]);
    parser->is_end_lost = parser->is_end_lost || is_brace;
}

/* The lexer and the place together say what the author most likely meant: the same "[" is a bracket
 * without quotes inside a label and a space too much behind an id. */
bool flow_fail(FlowParser *parser, FlowPlace place) {
    Token token = visible(parser);
    switch (place) {
    case FLOW_HEADER: explain_header(parser, token); break;
    case FLOW_STATEMENT:
    case FLOW_NODE: explain_node(parser, token); break;
    case FLOW_AFTER_NODE: explain_after_node(parser, token); break;
    case FLOW_LABEL: explain_label(parser, token); break;
    case FLOW_LINK_TEXT: explain_link_text(parser, token); break;
    case FLOW_SHAPE_DATA: explain_open_label(parser); break;
    case FLOW_GROUP_TITLE:
    case FLOW_STYLE:
    case FLOW_CLASS_DEF:
    case FLOW_CLASS:
    case FLOW_LINK_STYLE:
    case FLOW_CLICK: explain_form(parser, place, token); break;
    case FLOW_PLACE_COUNT: break;
    }
    return false;
}
