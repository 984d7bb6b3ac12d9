/* Class diagrams: lexer rules in Mermaid's order, and the grammar above them. */
#include "base/ban.h"

#include "diagram/syntax/class.h"

#include <assert.h>

#include "base/limits.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/syntax.h"

enum {
    TOK_DIRECTION = MODAL_FIRST,
    TOK_ACC_TITLE,
    TOK_ACC_DESCR,
    TOK_ACC_VALUE,
    TOK_ACC_BLOCK,
    TOK_NEWLINE,
    TOK_HEADER,
    TOK_CALLBACK_NAME,
    TOK_CALLBACK_ARGS,
    TOK_STR,
    TOK_STYLE,
    TOK_CLASS_DEF,
    TOK_NAMESPACE,
    TOK_OPEN,
    TOK_CLOSE,
    TOK_BODY_END, /* the end of the text within braces */
    TOK_CLASS,
    TOK_BRACE, /* an opening brace in a member */
    TOK_MEMBER,
    TOK_CSS_CLASS,
    TOK_CALLBACK,
    TOK_LINK,
    TOK_CLICK,
    TOK_NOTE_FOR,
    TOK_NOTE,
    TOK_ANNOTATION_OPEN,
    TOK_ANNOTATION_CLOSE,
    TOK_HREF,
    TOK_GENERIC,
    TOK_LITERAL, /* between back quotes */
    TOK_TARGET,
    TOK_EXTENSION,
    TOK_DEPENDENCY,
    TOK_COMPOSITION,
    TOK_AGGREGATION,
    TOK_LOLLIPOP,
    TOK_LINE,
    TOK_DOTTED,
    TOK_LABEL,
    TOK_SEPARATOR, /* ::: */
    TOK_MINUS,
    TOK_DOT,
    TOK_COLON,
    TOK_COMMA,
    TOK_HASH,
    TOK_PERCENT,
    TOK_WORD,
    TOK_SQUARE_OPEN,
    TOK_SQUARE_CLOSE,
    TOK_LETTER,
    TOK_OTHER, /* a character that is no part of any statement */
    TOK_EOF,
};

enum {
    IN_ROOT,
    IN_STRING,
    IN_QUOTES, /* back quotes */
    IN_GENERIC,
    IN_CALLBACK_NAME,
    IN_CALLBACK_ARGS,
    IN_ACC,
    IN_ACC_BLOCK,
    IN_CLASS,
    IN_BODY,
    IN_NAMESPACE,
    IN_NAMESPACE_BODY,
};

#define M(mode) (1u << (mode))
#define ROOT    M(IN_ROOT)
#define CLASS   M(IN_CLASS)
#define BODY    M(IN_BODY)
#define NS      M(IN_NAMESPACE)
#define NSBODY  M(IN_NAMESPACE_BODY)
#define ALL     (ROOT | CLASS | BODY | NS | NSBODY)

static size_t match_end(Str text, size_t at) {
    return at == text.size ? at : MODAL_NONE;
}

/* newline := space* line-end+ ; with all empty lines that follow. */
static size_t match_newline(Str text, size_t at) {
    size_t end = letters_skip_space(text, at), last = MODAL_NONE;
    for (size_t i = at; i < end; i++)
        if (text.data[i] == '\n')
            last = i + 1;
    return last;
}

/* comment := "%%" to the line's end, with all line ends that follow: they part no statements. */
static size_t match_comment(Str text, size_t at) {
    return modal_match(text, at, "%%%%[^\n]*[\n]*", false);
}

/* A closing brace in front of which a mode is left; the brace itself is read in the next one. */
static size_t match_brace_ahead(Str text, size_t at) {
    return at < text.size && text.data[at] == '}' ? at : MODAL_NONE;
}

static const ModalRule rules[] = {
    {ROOT, TOK_DIRECTION, "%.*direction%s+TB[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+BT[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+RL[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, TOK_DIRECTION, "%.*direction%s+LR[^\n]*", NULL, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, NULL, match_comment, MODAL_STAY, 0},
    {ROOT, TOK_ACC_TITLE, "accTitle%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {M(IN_ACC), TOK_ACC_VALUE, "[^\n]*", NULL, MODAL_POP, 0},
    {ROOT, TOK_ACC_DESCR, "accDescr%s*:%s*", NULL, MODAL_PUSH, IN_ACC},
    {ROOT, MODAL_SKIP, "accDescr%s*{%s*", NULL, MODAL_PUSH, IN_ACC_BLOCK},
    {M(IN_ACC_BLOCK), MODAL_SKIP, "}", NULL, MODAL_POP, 0},
    {M(IN_ACC_BLOCK), TOK_ACC_BLOCK, "[^}]+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_NEWLINE, NULL, match_newline, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HEADER, "classDiagram-v2%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HEADER, "classDiagram%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_OTHER, "[[][*]]", NULL, MODAL_STAY, 0},
    {ROOT, MODAL_SKIP, "call%s+", NULL, MODAL_PUSH, IN_CALLBACK_NAME},
    {M(IN_CALLBACK_NAME), MODAL_SKIP, "(%s*)", NULL, MODAL_POP, 0},
    {M(IN_CALLBACK_NAME), MODAL_SKIP, "(", NULL, MODAL_SWAP, IN_CALLBACK_ARGS},
    {M(IN_CALLBACK_NAME), TOK_CALLBACK_NAME, "[^(]+", NULL, MODAL_STAY, 0},
    {M(IN_CALLBACK_ARGS), MODAL_SKIP, ")", NULL, MODAL_POP, 0},
    {M(IN_CALLBACK_ARGS), TOK_CALLBACK_ARGS, "[^)]+", NULL, MODAL_STAY, 0},
    {M(IN_STRING), MODAL_SKIP, "\"", NULL, MODAL_POP, 0},
    {M(IN_STRING), TOK_STR, "[^\"]+", NULL, MODAL_STAY, 0},
    {ALL, MODAL_SKIP, "\"", NULL, MODAL_PUSH, IN_STRING},
    {ROOT, TOK_STYLE, "style%b", NULL, MODAL_STAY, 0},
    {ROOT, TOK_CLASS_DEF, "classDef%b", NULL, MODAL_STAY, 0},
    {ROOT | NS | NSBODY, TOK_NAMESPACE, "namespace%b", NULL, MODAL_PUSH, IN_NAMESPACE},
    {NS, TOK_NEWLINE, NULL, match_newline, MODAL_POP, 0},
    {NS, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {NS, TOK_OPEN, "{", NULL, MODAL_PUSH, IN_NAMESPACE_BODY},
    {NS, MODAL_SKIP, NULL, match_brace_ahead, MODAL_POP, 0},
    {NSBODY, TOK_CLOSE, "}", NULL, MODAL_POP, 0},
    {NSBODY, TOK_BODY_END, NULL, match_end, MODAL_STAY, 0},
    {NSBODY, TOK_NEWLINE, NULL, match_newline, MODAL_STAY, 0},
    {NSBODY, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {NSBODY, TOK_OTHER, "[[][*]]", NULL, MODAL_STAY, 0},
    {ROOT | NSBODY, TOK_CLASS, "class%b", NULL, MODAL_PUSH, IN_CLASS},
    {CLASS, TOK_NEWLINE, NULL, match_newline, MODAL_POP, 0},
    {CLASS, MODAL_SKIP, "%s+", NULL, MODAL_STAY, 0},
    {CLASS, TOK_CLOSE, "}", NULL, MODAL_POP_TWICE, 0},
    {CLASS, TOK_OPEN, "{", NULL, MODAL_PUSH, IN_BODY},
    {BODY, TOK_CLOSE, "}", NULL, MODAL_POP, 0},
    {BODY, TOK_BODY_END, NULL, match_end, MODAL_STAY, 0},
    {BODY, TOK_OTHER, "[[][*]]", NULL, MODAL_STAY, 0},
    {BODY, TOK_BRACE, "{", NULL, MODAL_STAY, 0},
    {BODY, MODAL_SKIP, "\n", NULL, MODAL_STAY, 0},
    {BODY, TOK_MEMBER, "[^{}\n]+", NULL, MODAL_STAY, 0},
    {ALL, TOK_CSS_CLASS, "cssClass%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_CALLBACK, "callback%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_LINK, "link%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_CLICK, "click%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_NOTE_FOR, "note for%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_NOTE, "note%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_ANNOTATION_OPEN, "<<", NULL, MODAL_STAY, 0},
    {ALL, TOK_ANNOTATION_CLOSE, ">>", NULL, MODAL_STAY, 0},
    {ALL, TOK_HREF, "href%b", NULL, MODAL_STAY, 0},
    {M(IN_GENERIC), MODAL_SKIP, "~", NULL, MODAL_POP, 0},
    {M(IN_GENERIC), TOK_GENERIC, "[^~]+", NULL, MODAL_STAY, 0},
    {ALL, MODAL_SKIP, "~", NULL, MODAL_PUSH, IN_GENERIC},
    {M(IN_QUOTES), MODAL_SKIP, "`", NULL, MODAL_POP, 0},
    {M(IN_QUOTES), TOK_LITERAL, "[^`]+", NULL, MODAL_STAY, 0},
    {ALL, MODAL_SKIP, "`", NULL, MODAL_PUSH, IN_QUOTES},
    {ALL, TOK_TARGET, "_self%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_TARGET, "_blank%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_TARGET, "_parent%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_TARGET, "_top%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_EXTENSION, "%s*<|", NULL, MODAL_STAY, 0},
    {ALL, TOK_EXTENSION, "%s*|>", NULL, MODAL_STAY, 0},
    {ALL, TOK_DEPENDENCY, "%s*>", NULL, MODAL_STAY, 0},
    {ALL, TOK_DEPENDENCY, "%s*<", NULL, MODAL_STAY, 0},
    {ALL, TOK_COMPOSITION, "%s*[*]", NULL, MODAL_STAY, 0},
    {ALL, TOK_AGGREGATION, "%s*o%b", NULL, MODAL_STAY, 0},
    {ALL, TOK_LOLLIPOP, "%s*()", NULL, MODAL_STAY, 0},
    {ALL, TOK_LINE, "--", NULL, MODAL_STAY, 0},
    {ALL, TOK_DOTTED, "..", NULL, MODAL_STAY, 0},
    {ALL, TOK_LABEL, ":[^:\n;]+", NULL, MODAL_STAY, 0},
    {ALL, TOK_SEPARATOR, ":::", NULL, MODAL_STAY, 0},
    {ALL, TOK_MINUS, "-", NULL, MODAL_STAY, 0},
    {ALL, TOK_DOT, ".", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "[+]", NULL, MODAL_STAY, 0},
    {ROOT, TOK_COLON, ":", NULL, MODAL_STAY, 0},
    {ROOT, TOK_COMMA, ",", NULL, MODAL_STAY, 0},
    {ROOT, TOK_HASH, "#", NULL, MODAL_STAY, 0},
    {ALL, TOK_PERCENT, "%%", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "=", NULL, MODAL_STAY, 0},
    {ALL, TOK_WORD, "%w+", NULL, MODAL_STAY, 0},
    {ALL, TOK_SQUARE_OPEN, "[[]", NULL, MODAL_STAY, 0},
    {ALL, TOK_SQUARE_CLOSE, "]", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "[!#$&',?/\\]", NULL, MODAL_STAY, 0},
    {ALL, TOK_LETTER, "%l", NULL, MODAL_STAY, 0},
    {ALL, TOK_OTHER, "%s", NULL, MODAL_STAY, 0},
    {ALL, TOK_EOF, NULL, match_end, MODAL_STAY, 0},
};

/* A note whose class may come further down. */
typedef struct PendingNote {
    NodeId note;
    Str name;
} PendingNote;

typedef struct Parser {
    Reader reader;
    PendingNote *notes;
    size_t note_count, note_capacity;
    GroupId space; /* the innermost open namespace */
    size_t depth;
} Parser;

static bool at_token(const Parser *parser, int kind) {
    return parser->reader.token.kind == kind;
}

static ModalToken take(Parser *parser) {
    ModalToken token = parser->reader.token;
    reader_next(&parser->reader);
    return token;
}

/* The line that `at` stands in. */
static Str line_of(const Parser *parser, size_t at) {
    Str text = parser->reader.clean.text;
    size_t end = str_find_char(text, '\n', at);
    size_t start = str_find_last(str_slice(text, 0, at), '\n');
    return str_slice(text, start == STR_NONE ? 0 : start + 1, end == STR_NONE ? text.size : end);
}

static bool is_keyword(int kind) {
    return kind == TOK_NOTE || kind == TOK_LINK || kind == TOK_CLICK || kind == TOK_CALLBACK ||
           kind == TOK_STYLE || kind == TOK_CSS_CLASS || kind == TOK_HREF || kind == TOK_CLASS ||
           kind == TOK_NAMESPACE || kind == TOK_CLASS_DEF || kind == TOK_TARGET ||
           kind == TOK_NOTE_FOR || kind == TOK_AGGREGATION;
}

/* Says how to write what the author most likely meant. */
static bool fail(Parser *parser, const char *expected) {
    Reader *reader = &parser->reader;
    ModalToken token = reader->token;
    Str line = line_of(parser, token.start),
        rest = str_from_offset(reader->clean.text, token.start);
    /* A comment takes the line's end with it, so the finding is on the line behind. */
    size_t start = (size_t)(line.data - reader->clean.text.data);
    bool has_comment = start > 0 && str_find(line_of(parser, start - 1), STR("%%"), 0) != STR_NONE;
    Str word = letters_trim(token.text);
    reader_fail(reader, expected);
    if (is_keyword(token.kind) && str_equal(str_from(expected), STR("a name")))
        diag_hint(reader->diags, "\"%.*s\" is reserved: put it in back quotes to use it as a name",
                  STR_FMT(word));
    else if (str_starts_with(rest, STR(";\n")))
        diag_hint(reader->diags, "remove the \";\": a statement ends with its line");
    else if (str_starts_with(rest, STR(";")))
        diag_hint(reader->diags, "write #59; for a \";\" within a text");
    else if (has_comment || str_find(line, STR("%%"), 0) != STR_NONE)
        diag_hint(reader->diags, "a comment stands on a line of its own");
    else if (str_find(line, STR("->"), 0) != STR_NONE && str_find(line, STR("--"), 0) == STR_NONE)
        diag_hint(reader->diags, "a relation is written --> or ..>");
    else if (token.kind == TOK_BRACE)
        diag_hint(reader->diags, "write #123; and #125; for braces in a member");
    else if (token.kind == TOK_DEPENDENCY && str_starts_with(word, STR("<")))
        diag_hint(reader->diags, "a generic type is written List~T~");
    return false;
}

static bool expect(Parser *parser, int kind, const char *what) {
    if (!at_token(parser, kind))
        return fail(parser, what);
    take(parser);
    return true;
}

static bool is_letter(int kind) {
    return kind == TOK_WORD || kind == TOK_LETTER || kind == TOK_MINUS;
}

/* Spaces within a name vanish without a word. */
static void warn_joined(Reader *reader, size_t start, size_t end) {
    Str written = str_slice(reader->clean.text, start, end);
    diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT,
             preprocess_span(&reader->clean, start, end - start),
             "Mermaid reads \"%.*s\" as one name, without its spaces", STR_FMT(written));
    diag_hint(reader->diags, "put a name with spaces in back quotes");
}

/* name := ( word | letter | "-" ) ( "."? name )? generic? | literal generic? ; spaces between the
 * pieces are lost, as in Mermaid. */
static bool parse_name(Parser *parser, bool is_class, Str *name, Span *at) {
    Reader *reader = &parser->reader;
    Buf buf = buf_new(reader->arena);
    size_t start = reader->token.start, end = start;
    bool is_due = true; /* behind a dot */
    bool is_joined = false;
    while (is_due || is_letter(reader->token.kind) || at_token(parser, TOK_LITERAL)) {
        if (!is_letter(reader->token.kind) && !at_token(parser, TOK_LITERAL))
            return fail(parser, "a name");
        ModalToken token = take(parser);
        if (token.kind == TOK_WORD && token.start > end && !str_ends_with(buf_str(&buf), STR(".")))
            is_joined = true;
        buf_add(&buf, token.text);
        end = token.end;
        if (token.kind == TOK_LITERAL)
            break;
        is_due = at_token(parser, TOK_DOT);
        if (is_due)
            buf_add(&buf, take(parser).text);
    }
    if (is_joined)
        warn_joined(reader, start, end);
    if (is_class && at_token(parser, TOK_GENERIC)) {
        buf_add_char(&buf, '~');
        ModalToken token = take(parser);
        buf_add(&buf, token.text);
        buf_add_char(&buf, '~');
        end = token.end;
    }
    *name = buf_str(&buf);
    *at = preprocess_span(&reader->clean, start, end - start);
    return true;
}

/* class-word := word | letter | "-" */
static bool parse_word(Parser *parser, Str *word) {
    if (!is_letter(parser->reader.token.kind))
        return fail(parser, "a word");
    *word = take(parser).text;
    return true;
}

static EdgeHead head_of(int kind) {
    return kind == TOK_EXTENSION     ? HEAD_TRIANGLE
           : kind == TOK_DEPENDENCY  ? HEAD_ARROW
           : kind == TOK_COMPOSITION ? HEAD_DIAMOND_FILLED
           : kind == TOK_AGGREGATION ? HEAD_DIAMOND
           : kind == TOK_LOLLIPOP    ? HEAD_LOLLIPOP
                                     : HEAD_NONE;
}

/* Text behind a colon. */
static Label take_label(Parser *parser) {
    ModalToken token = take(parser);
    Str text = letters_trim(str_from_offset(token.text, 1));
    token.start += (size_t)(text.size ? text.data - token.text.data : 0);
    token.end = token.start + text.size;
    return reader_label(&parser->reader, text, reader_span(&parser->reader, token));
}

static Label take_string(Parser *parser) {
    ModalToken token = take(parser);
    return reader_label(&parser->reader, token.text, reader_span(&parser->reader, token));
}

/* relation := name string? head? ( "--" | ".." ) head? string? name label? */
static bool parse_relation(Parser *parser, ClassRelation *relation) {
    Reader *reader = &parser->reader;
    size_t start = reader->token.start;
    if (at_token(parser, TOK_STR))
        relation->start_label = take_string(parser);
    relation->start = head_of(reader->token.kind);
    if (relation->start != HEAD_NONE)
        take(parser);
    if (!at_token(parser, TOK_LINE) && !at_token(parser, TOK_DOTTED))
        return fail(parser, "a relation such as -- or ..");
    size_t end = reader->token.end;
    relation->line = take(parser).kind == TOK_DOTTED ? EDGE_DOTTED : EDGE_SOLID;
    relation->end = head_of(reader->token.kind);
    if (relation->end != HEAD_NONE)
        end = take(parser).end;
    relation->at = preprocess_span(&reader->clean, start, end - start);
    if (at_token(parser, TOK_STR))
        relation->end_label = take_string(parser);
    if (!parse_name(parser, true, &relation->to, &relation->to_at))
        return false;
    if (at_token(parser, TOK_LABEL))
        relation->label = take_label(parser);
    class_add_relation(reader, relation);
    return true;
}

/* member := name label? ; a name alone says nothing. */
static bool parse_member_or_relation(Parser *parser) {
    Reader *reader = &parser->reader;
    ClassRelation relation = {.start = HEAD_NONE};
    if (!parse_name(parser, true, &relation.from, &relation.from_at))
        return false;
    int kind = reader->token.kind;
    if (kind == TOK_LABEL) {
        ModalToken token = take(parser);
        return class_add_member(reader, class_intern(reader, relation.from, relation.from_at),
                                str_from_offset(token.text, 1), reader_span(reader, token));
    }
    if (kind == TOK_STR || kind == TOK_LINE || kind == TOK_DOTTED || head_of(kind) != HEAD_NONE)
        return parse_relation(parser, &relation);
    if (kind != TOK_NEWLINE && kind != TOK_EOF && kind != MODAL_STOP)
        return fail(parser, "a relation or \":\"");
    if (class_find(reader, relation.from) == GRAPH_NONE) {
        diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, relation.from_at,
                 "Mermaid does not draw \"%.*s\", which is only named", STR_FMT(relation.from));
        diag_hint(reader->diags, "write class %.*s", STR_FMT(relation.from));
    }
    return true;
}

/* body := "{" member* "}" ; a member is what stands on a line. */
static bool parse_body(Parser *parser, NodeId class, Span at, bool needs_member) {
    Reader *reader = &parser->reader;
    take(parser);
    if (needs_member && at_token(parser, TOK_CLOSE)) {
        fail(parser, "a member");
        diag_hint(reader->diags, "remove the braces: behind ::: Mermaid wants a member in them");
        return false;
    }
    while (at_token(parser, TOK_MEMBER)) {
        ModalToken token = take(parser);
        if (!class_add_member(reader, class, token.text, reader_span(reader, token)))
            return false;
    }
    if (at_token(parser, TOK_BODY_END)) {
        reader_fail_at(reader, at, "the braces of this class are not closed");
        diag_hint(reader->diags, "write } on a line of its own behind its last member");
        return false;
    }
    return expect(parser, TOK_CLOSE, "a member or \"}\"");
}

/* label := "[" string "]" */
static bool parse_label(Parser *parser, Label *label) {
    take(parser);
    if (!at_token(parser, TOK_STR))
        return fail(parser, "a text in double quotes");
    *label = take_string(parser);
    return expect(parser, TOK_SQUARE_CLOSE, "\"]\"");
}

/* class := "class" name label? ( ":::" word body? | "<<" word ">>" body? | body )? */
static bool parse_class(Parser *parser) {
    Reader *reader = &parser->reader;
    Str name, word;
    Span at;
    take(parser);
    if (!parse_name(parser, true, &name, &at))
        return false;
    NodeId class = class_intern(reader, name, at);
    if (class == GRAPH_NONE)
        return !reader->is_over;
    if (parser->space != GRAPH_NONE)
        reader->graph->nodes[class].parent = parser->space;
    if (at_token(parser, TOK_SQUARE_OPEN) &&
        !parse_label(parser, &reader->graph->nodes[class].label))
        return false;
    bool has_class = at_token(parser, TOK_SEPARATOR);
    if (has_class) {
        take(parser);
        if (!parse_word(parser, &word))
            return false;
        reader_push(reader, &reader->graph->nodes[class].classes, word);
    } else if (at_token(parser, TOK_ANNOTATION_OPEN)) {
        take(parser);
        if (!parse_word(parser, &word) || !expect(parser, TOK_ANNOTATION_CLOSE, "\">>\""))
            return false;
        class_add_annotation(reader, class, word);
    }
    return at_token(parser, TOK_OPEN) ? parse_body(parser, class, at, has_class) : true;
}

/* note := "note for" name string | "note" string */
static bool parse_note(Parser *parser) {
    Str name = STR("");
    Span at;
    if (take(parser).kind == TOK_NOTE_FOR && !parse_name(parser, true, &name, &at))
        return false;
    if (!at_token(parser, TOK_STR))
        return fail(parser, "a text in double quotes");
    ModalToken token = take(parser);
    NodeId note = class_add_note(&parser->reader, token.text, reader_span(&parser->reader, token),
                                 parser->space);
    if (note == GRAPH_NONE || name.size == 0)
        return true;
    ARENA_RESERVE(parser->reader.arena, parser->notes, parser->note_count, parser->note_capacity);
    parser->notes[parser->note_count++] = (PendingNote){note, name};
    return true;
}

static bool parse_namespace(Parser *parser);

/* inner := ( class | note | namespace ) ( line-end inner? )? */
static bool parse_inner(Parser *parser) {
    for (;;) {
        bool ok = at_token(parser, TOK_CLASS)       ? parse_class(parser)
                  : at_token(parser, TOK_NAMESPACE) ? parse_namespace(parser)
                  : at_token(parser, TOK_NOTE) || at_token(parser, TOK_NOTE_FOR)
                      ? parse_note(parser)
                      : fail(parser, "a class, a note or a namespace");
        if (!ok)
            return false;
        if (!at_token(parser, TOK_NEWLINE))
            return true;
        take(parser);
        if (at_token(parser, TOK_CLOSE))
            return true;
    }
}

/* namespace := "namespace" name label? "{" line-end? inner "}" */
static bool parse_namespace(Parser *parser) {
    Reader *reader = &parser->reader;
    GroupId outer = parser->space;
    Str name;
    Span at;
    take(parser);
    if (!parse_name(parser, false, &name, &at))
        return false;
    if (parser->depth == READER_NESTING)
        return reader_limit(reader, at, "namespaces within each other", READER_NESTING);
    parser->space = class_intern_namespace(reader, name, outer, at);
    if (at_token(parser, TOK_SQUARE_OPEN) &&
        !parse_label(parser, &reader->graph->groups[parser->space].label))
        return false;
    if (!expect(parser, TOK_OPEN, "\"{\""))
        return false;
    if (at_token(parser, TOK_NEWLINE))
        take(parser);
    parser->depth++;
    bool ok = parse_inner(parser);
    parser->depth--;
    parser->space = outer;
    if (!ok) {
        if (parser->reader.error_count == 1)
            diag_relate(reader->diags, at, "in this namespace");
        return false;
    }
    return expect(parser, TOK_CLOSE, "\"}\"");
}

/* annotation := "<<" word ">>" name ; the class must be there already. */
static bool parse_annotation(Parser *parser) {
    Reader *reader = &parser->reader;
    Str word, name;
    Span at;
    take(parser);
    if (!parse_word(parser, &word) || !expect(parser, TOK_ANNOTATION_CLOSE, "\">>\"") ||
        !parse_name(parser, true, &name, &at))
        return false;
    NodeId class = class_find(reader, name);
    if (class != GRAPH_NONE) {
        class_add_annotation(reader, class, word);
        return true;
    }
    reader_fail_at(reader, at, "no class with this name up to here");
    diag_hint(reader->diags, "write class %.*s in front", STR_FMT(name));
    return false;
}

static bool is_style(int kind) {
    return kind == TOK_WORD || kind == TOK_COLON || kind == TOK_HASH || kind == TOK_STYLE ||
           kind == TOK_PERCENT || kind == TOK_LABEL;
}

/* styles := piece+ ( "," piece+ )* ; piece := word | ":" | "#" | "%" | "style" | label */
static bool parse_styles(Parser *parser, Str *styles) {
    Reader *reader = &parser->reader;
    size_t start = reader->token.start, end = start;
    do {
        if (end > start)
            take(parser); /* a comma */
        if (!is_style(reader->token.kind))
            return fail(parser, "styles such as fill:#fff,stroke:#333");
        while (is_style(reader->token.kind))
            end = take(parser).end;
    } while (at_token(parser, TOK_COMMA));
    *styles = str_slice(reader->clean.text, start, end);
    return true;
}

/* class-def := "classDef" word ( "," word )* styles */
static bool parse_class_def(Parser *parser) {
    Reader *reader = &parser->reader;
    StrList names = {NULL, 0, 0};
    Span at = reader_span(reader, reader->token);
    Str styles;
    do {
        take(parser);
        if (!at_token(parser, TOK_WORD))
            return fail(parser, "the name of a class");
        reader_push(reader, &names, take(parser).text);
    } while (at_token(parser, TOK_COMMA));
    if (!parse_styles(parser, &styles))
        return false;
    for (size_t i = 0; i < names.count; i++)
        reader_define_class(reader, names.items[i], styles, at);
    return true;
}

static NodeId find_or_warn(Parser *parser, Str name, Span at) {
    NodeId class = class_find(&parser->reader, name);
    if (class == GRAPH_NONE)
        diag_add(parser->reader.diags, DIAG_DIAGRAM_UNKNOWN_NODE, at,
                 "no class \"%.*s\" up to here", STR_FMT(name));
    return class;
}

/* style := "style" word styles ; css-class := "cssClass" string word */
static bool parse_style(Parser *parser) {
    Reader *reader = &parser->reader;
    bool is_style_line = take(parser).kind == TOK_STYLE;
    Span at = reader_span(reader, reader->token);
    Str names, rest;
    if (is_style_line) {
        if (!parse_word(parser, &names) || !parse_styles(parser, &rest))
            return false;
    } else {
        if (!at_token(parser, TOK_STR))
            return fail(parser, "names in double quotes");
        names = take(parser).text;
        if (!parse_word(parser, &rest))
            return false;
    }
    while (names.data) {
        NodeId class = find_or_warn(parser, str_trim(str_cut(&names, ',')), at);
        if (class == GRAPH_NONE)
            continue;
        if (is_style_line)
            reader_add_styles(reader, &reader->graph->nodes[class].style, rest);
        else
            reader_push(reader, &reader->graph->nodes[class].classes, rest);
    }
    return true;
}

/* click := "click" name ( function args? string? | "href" string string? target? )
 *        | "link" name string string? target? | "callback" name string string? */
static bool parse_click(Parser *parser) {
    Reader *reader = &parser->reader;
    int kind = take(parser).kind;
    Str name, link = STR(""), tooltip = STR("");
    Span at, link_at = {0};
    if (!parse_name(parser, true, &name, &at))
        return false;
    bool is_call = kind == TOK_CLICK && at_token(parser, TOK_CALLBACK_NAME);
    if (is_call) {
        take(parser);
        if (at_token(parser, TOK_CALLBACK_ARGS))
            take(parser);
    } else {
        if (kind == TOK_CLICK && !expect(parser, TOK_HREF, "href or call"))
            return false;
        if (!at_token(parser, TOK_STR))
            return fail(parser, "a text in double quotes");
        link_at = reader_span(reader, reader->token);
        link = take(parser).text;
    }
    if (at_token(parser, TOK_STR))
        tooltip = reader_text(reader, take(parser).text);
    if (!is_call && kind != TOK_CALLBACK && at_token(parser, TOK_TARGET))
        take(parser);
    NodeId class = find_or_warn(parser, name, at);
    if (class == GRAPH_NONE)
        return true;
    if (!is_call && kind != TOK_CALLBACK) {
        reader->graph->nodes[class].link = link;
        reader->graph->nodes[class].link_at = link_at;
    }
    if (tooltip.size)
        reader->graph->nodes[class].tooltip = tooltip;
    return true;
}

/* accessibility := "accTitle" ":" line | "accDescr" ":" line | "accDescr" "{" lines "}" */
static bool parse_acc(Parser *parser) {
    Graph *graph = parser->reader.graph;
    bool is_title = at_token(parser, TOK_ACC_TITLE);
    if (!at_token(parser, TOK_ACC_BLOCK))
        take(parser);
    Str text = reader_text(&parser->reader, take(parser).text);
    if (!is_title)
        graph->description = text;
    else if (!graph->title.size)
        graph->title = text;
    return true;
}

/* statement := relation | member | namespace | class | annotation | click | style | note
 *            | class-def | direction | accessibility */
static bool parse_statement(Parser *parser) {
    Reader *reader = &parser->reader;
    switch (reader->token.kind) {
    case TOK_NAMESPACE: return parse_namespace(parser);
    case TOK_CLASS: return parse_class(parser);
    case TOK_ANNOTATION_OPEN: return parse_annotation(parser);
    case TOK_CLICK:
    case TOK_LINK:
    case TOK_CALLBACK: return parse_click(parser);
    case TOK_STYLE:
    case TOK_CSS_CLASS: return parse_style(parser);
    case TOK_NOTE_FOR:
    case TOK_NOTE: return parse_note(parser);
    case TOK_CLASS_DEF: return parse_class_def(parser);
    case TOK_ACC_TITLE:
    case TOK_ACC_DESCR:
    case TOK_ACC_BLOCK: return parse_acc(parser);
    case TOK_DIRECTION:
        reader_check_direction(reader, reader->token);
        reader->graph->direction = reader_direction(take(parser).text);
        return true;
    default: return parse_member_or_relation(parser);
    }
}

/* On with the next line that does not only close what the error stood in. */
static bool recover(Parser *parser) {
    Reader *reader = &parser->reader;
    do {
        if (!reader_recover(reader, 1))
            return false;
        while (at_token(parser, TOK_NEWLINE))
            take(parser);
    } while (str_starts_with(str_from_offset(reader->clean.text, reader->token.start), STR("}")));
    return true;
}

/* document := statement ( line-end statement )* line-end? */
static void parse_document(Parser *parser) {
    for (;;) {
        bool ok = parse_statement(parser);
        if (ok && (at_token(parser, TOK_EOF) || at_token(parser, MODAL_STOP)))
            return;
        if (ok && !at_token(parser, TOK_NEWLINE))
            ok = fail(parser, "the end of the line");
        parser->space = GRAPH_NONE;
        if (!ok && !recover(parser))
            return;
        while (at_token(parser, TOK_NEWLINE))
            take(parser);
        if (at_token(parser, TOK_EOF) || at_token(parser, MODAL_STOP))
            return;
    }
}

/* start := "classDiagram" line-end document */
static void parse_start(Parser *parser) {
    Reader *reader = &parser->reader;
    if (!at_token(parser, TOK_HEADER)) {
        reader_fail_header(reader, "a class diagram begins with a line \"classDiagram\"");
        return;
    }
    take(parser);
    if (!at_token(parser, TOK_NEWLINE)) {
        fail(parser, "the end of the line behind \"classDiagram\"");
        return;
    }
    take(parser);
    if (at_token(parser, TOK_EOF) || at_token(parser, MODAL_STOP)) {
        reader_fail_header(reader, "the diagram is empty");
        diag_hint(reader->diags, "write a line such as: class Name");
        return;
    }
    parse_document(parser);
}

Graph *syntax_parse_class(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    Parser parser = {.reader = {.arena = arena, .diags = diags}, .space = GRAPH_NONE};
    Reader *reader = &parser.reader;
    bool is_open = reader_open(reader, source, rules, sizeof rules / sizeof *rules, false);
    reader->graph->kind = GRAPH_CLASS;
    while (is_open && at_token(&parser, TOK_NEWLINE))
        take(&parser);
    if (is_open)
        parse_start(&parser);
    for (size_t i = 0; i < parser.note_count && reader->ok; i++)
        class_attach_note(reader, parser.notes[i].note, parser.notes[i].name);
    class_finish(reader);
    assert(graph_check(reader->graph));
    *ok = reader->ok;
    return reader->graph;
}
