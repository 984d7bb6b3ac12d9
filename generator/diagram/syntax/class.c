/* Class diagrams: classes with their members, relations, namespaces and notes. */
#include "base/ban.h"

#include "diagram/syntax/class.h"

#include <assert.h>

#include "base/limits.h"
#include "diagram/syntax/class_lex.h"
#include "diagram/syntax/class_read.h"
#include "diagram/syntax/letters.h"
#include "diagram/syntax/syntax.h"

static EdgeHead head_of(int kind) {
    return kind == TOK_EXTENSION     ? HEAD_TRIANGLE
           : kind == TOK_DEPENDENCY  ? HEAD_ARROW
           : kind == TOK_COMPOSITION ? HEAD_DIAMOND_FILLED
           : kind == TOK_AGGREGATION ? HEAD_DIAMOND
           : kind == TOK_LOLLIPOP    ? HEAD_LOLLIPOP
                                     : HEAD_NONE;
}

/* Text behind a colon. */
static Label take_label(ClassParser *parser) {
    ModalToken token = class_take(parser);
    Str text = letters_trim(str_from_offset(token.text, 1));
    token.start += (size_t)(text.size ? text.data - token.text.data : 0);
    token.end = token.start + text.size;
    return reader_label(&parser->reader, text, reader_span(&parser->reader, token));
}

static Label take_string(ClassParser *parser) {
    ModalToken token = class_take(parser);
    return reader_label(&parser->reader, token.text, reader_span(&parser->reader, token));
}

/* relation := name string? head? ( "--" | ".." ) head? string? name label? */
static bool parse_relation(ClassParser *parser, ClassRelation *relation) {
    Reader *reader = &parser->reader;
    size_t start = reader->token.start;
    if (class_at(parser, TOK_STR))
        relation->start_label = take_string(parser);
    relation->start = head_of(reader->token.kind);
    if (relation->start != HEAD_NONE)
        class_take(parser);
    if (!class_at(parser, TOK_LINE) && !class_at(parser, TOK_DOTTED))
        return class_fail(parser, "a relation such as -- or ..");
    size_t end = reader->token.end;
    relation->line = class_take(parser).kind == TOK_DOTTED ? EDGE_DOTTED : EDGE_SOLID;
    relation->end = head_of(reader->token.kind);
    if (relation->end != HEAD_NONE)
        end = class_take(parser).end;
    relation->at = preprocess_span(&reader->clean, start, end - start);
    if (class_at(parser, TOK_STR))
        relation->end_label = take_string(parser);
    if (!class_read_name(parser, true, &relation->to, &relation->to_at))
        return false;
    if (class_at(parser, TOK_LABEL))
        relation->label = take_label(parser);
    class_add_relation(reader, relation);
    return true;
}

/* `interface Shape {` is what other languages write. */
static void hint_class(ClassParser *parser, Span at) {
    Str name = span_text(at);
    Str kind = str_find_char(name, ' ', 0) == STR_NONE ? STR("") : str_cut(&name, ' ');
    name = letters_trim(name);
    if (kind.size)
        diag_hint(parser->reader.diags, "write class %.*s { and, as its first member, <<%.*s>>",
                  STR_FMT(name), STR_FMT(kind));
    else
        diag_hint(parser->reader.diags, "write class %.*s {", STR_FMT(name));
}

/* member := name label? ; a name alone says nothing. */
static bool parse_member_or_relation(ClassParser *parser) {
    Reader *reader = &parser->reader;
    ClassRelation relation = {.start = HEAD_NONE};
    if (!class_read_name(parser, true, &relation.from, &relation.from_at))
        return false;
    int kind = reader->token.kind;
    if (kind == TOK_LABEL) {
        ModalToken token = class_take(parser);
        return class_add_member(reader, class_intern(reader, relation.from, relation.from_at),
                                str_from_offset(token.text, 1), reader_span(reader, token));
    }
    if (kind == TOK_STR || kind == TOK_LINE || kind == TOK_DOTTED || head_of(kind) != HEAD_NONE)
        return parse_relation(parser, &relation);
    if (kind != TOK_NEWLINE && kind != TOK_EOF && kind != MODAL_STOP) {
        class_fail(parser, "a relation or \":\"");
        if (class_at_brace(parser, "{"))
            hint_class(parser, relation.from_at);
        return false;
    }
    if (class_find(reader, relation.from) == GRAPH_NONE) {
        diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, relation.from_at,
                 "Mermaid does not draw \"%.*s\", which is only named", STR_FMT(relation.from));
        diag_hint(reader->diags, "write class %.*s", STR_FMT(relation.from));
    }
    return true;
}

/* body := "{" member* "}" ; a member is what stands on a line. */
static bool parse_body(ClassParser *parser, NodeId class, Span at, bool needs_member) {
    Reader *reader = &parser->reader;
    parser->is_in_body = true;
    class_take(parser);
    if (needs_member && class_at(parser, TOK_CLOSE)) {
        class_fail(parser, "a member");
        diag_hint(reader->diags, "remove the braces: behind ::: Mermaid wants a member in them");
        return false;
    }
    while (class_at(parser, TOK_MEMBER)) {
        ModalToken token = class_take(parser);
        if (!class_add_member(reader, class, token.text, reader_span(reader, token)))
            return false;
    }
    if (class_at(parser, TOK_BODY_END)) {
        reader_fail_at(reader, at, "the braces of this class are not closed");
        diag_hint(reader->diags, "write } on a line of its own behind its last member");
        return false;
    }
    /* A class that begins in the middle of one shows where that was not closed. */
    Str line = reader_line(reader, reader->token.start);
    parser->is_in_body = !str_starts_with(letters_trim(line), STR("class "));
    if (!class_expect(parser, TOK_CLOSE, "a member or \"}\""))
        return false;
    parser->is_in_body = false;
    return true;
}

/* label := "[" string "]" */
static bool parse_label(ClassParser *parser, Label *label) {
    class_take(parser);
    if (!class_at(parser, TOK_STR))
        return class_fail(parser, "a text in double quotes");
    *label = take_string(parser);
    return class_expect(parser, TOK_SQUARE_CLOSE, "\"]\"");
}

/* class := "class" name label? ( ":::" word body? | "<<" word ">>" body? | body )? */
static bool parse_class(ClassParser *parser) {
    Reader *reader = &parser->reader;
    Str name, word;
    Span at;
    class_take(parser);
    if (!class_read_name(parser, true, &name, &at))
        return false;
    NodeId class = class_intern(reader, name, at);
    if (class == GRAPH_NONE)
        return !reader->is_over;
    if (parser->space != GRAPH_NONE)
        reader->graph->nodes[class].parent = parser->space;
    if (class_at(parser, TOK_SQUARE_OPEN) &&
        !parse_label(parser, &reader->graph->nodes[class].label))
        return false;
    bool has_class = class_at(parser, TOK_SEPARATOR);
    if (has_class) {
        class_take(parser);
        if (!class_read_word(parser, &word))
            return false;
        reader_push(reader, &reader->graph->nodes[class].classes, word);
    } else if (class_at(parser, TOK_ANNOTATION_OPEN)) {
        class_take(parser);
        if (!class_read_word(parser, &word) ||
            !class_expect(parser, TOK_ANNOTATION_CLOSE, "\">>\""))
            return false;
        class_add_annotation(reader, class, word);
    }
    return class_at(parser, TOK_OPEN) ? parse_body(parser, class, at, has_class) : true;
}

/* note := "note for" name string | "note" string */
static bool parse_note(ClassParser *parser) {
    Str name = STR("");
    Span at;
    if (class_take(parser).kind == TOK_NOTE_FOR && !class_read_name(parser, true, &name, &at))
        return false;
    if (!class_at(parser, TOK_STR))
        return class_fail(parser, "a text in double quotes");
    ModalToken token = class_take(parser);
    NodeId note = class_add_note(&parser->reader, token.text, reader_span(&parser->reader, token),
                                 parser->space);
    if (note == GRAPH_NONE || name.size == 0)
        return true;
    ARENA_RESERVE(parser->reader.arena, parser->notes, parser->note_count, parser->note_capacity);
    parser->notes[parser->note_count++] = (PendingNote){note, name};
    return true;
}

/* On with the line behind all that began wrong, within `depth` namespaces. */
static bool recover(ClassParser *parser, size_t depth) {
    size_t blocks = parser->depth - depth + parser->is_in_body;
    parser->depth = depth;
    parser->is_in_body = false;
    return reader_recover_behind(&parser->reader, 1 + 2 * depth, blocks);
}

/* Was the brace at hand, an error where it stands, read as the end of the namespace? */
static bool is_closed(const ClassParser *parser) {
    return class_at(parser, TOK_CLOSE) && parser->reader.modal.depth < 1 + 2 * parser->depth;
}

static bool fail_in_namespace(ClassParser *parser) {
    Reader *reader = &parser->reader;
    if (class_at(parser, TOK_BODY_END)) {
        reader_fail_at(reader, reader->graph->groups[parser->space].at,
                       "the braces of this namespace are not closed");
        diag_hint(reader->diags, "write } on a line of its own behind its last class");
        return false;
    }
    class_fail(parser, "a class, a note or a namespace");
    if (class_at(parser, TOK_WORD))
        diag_hint(reader->diags, "relations and single members stand behind the namespace");
    return false;
}

static bool parse_namespace(ClassParser *parser);

/* A class that is wrong hides nothing of what stands behind it; whatever cannot stand in a
 * namespace at all seldom comes alone, and hides the rest of it. */
static bool parse_in_namespace(ClassParser *parser, Span space) {
    bool is_class = class_at(parser, TOK_CLASS);
    bool ok = is_class                          ? parse_class(parser)
              : class_at(parser, TOK_NAMESPACE) ? parse_namespace(parser)
              : class_at(parser, TOK_NOTE) || class_at(parser, TOK_NOTE_FOR)
                  ? parse_note(parser)
                  : fail_in_namespace(parser);
    if (ok)
        return true;
    if (parser->reader.error_count == 1 && !class_at(parser, TOK_BODY_END))
        diag_relate(parser->reader.diags, space, "in this namespace");
    return is_class && (is_closed(parser) || recover(parser, parser->depth));
}

/* inner := ( class | note | namespace ) ( line-end inner? )? */
static bool parse_inner(ClassParser *parser, Span space) {
    do {
        if (!parse_in_namespace(parser, space))
            return false;
        if (!class_at(parser, TOK_NEWLINE))
            return true;
        class_take(parser);
    } while (!class_at(parser, TOK_CLOSE));
    return true;
}

/* namespace := "namespace" name label? "{" line-end? inner "}" */
static bool parse_namespace(ClassParser *parser) {
    Reader *reader = &parser->reader;
    GroupId outer = parser->space;
    Str name;
    Span at;
    class_take(parser);
    if (!class_read_name(parser, false, &name, &at))
        return false;
    if (parser->depth == READER_NESTING)
        return reader_limit(reader, at, "namespaces within each other", READER_NESTING);
    parser->space = class_intern_namespace(reader, name, outer, at);
    if (class_at(parser, TOK_SQUARE_OPEN) &&
        !parse_label(parser, &reader->graph->groups[parser->space].label))
        return false;
    if (!class_expect(parser, TOK_OPEN, "\"{\""))
        return false;
    if (class_at(parser, TOK_NEWLINE))
        class_take(parser);
    parser->depth++;
    if (!parse_inner(parser, at) || !class_expect(parser, TOK_CLOSE, "\"}\""))
        return false;
    parser->depth--;
    parser->space = outer;
    return true;
}

/* annotation := "<<" word ">>" name ; the class must be there already. */
static bool parse_annotation(ClassParser *parser) {
    Reader *reader = &parser->reader;
    Str word, name;
    Span at;
    class_take(parser);
    if (!class_read_word(parser, &word) || !class_expect(parser, TOK_ANNOTATION_CLOSE, "\">>\"") ||
        !class_read_name(parser, true, &name, &at))
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

/* statement := relation | member | namespace | class | annotation | click | style | note
 *            | class-def | direction | accessibility */
static bool parse_statement(ClassParser *parser) {
    Reader *reader = &parser->reader;
    switch (reader->token.kind) {
    case TOK_NAMESPACE: return parse_namespace(parser);
    case TOK_CLASS: return parse_class(parser);
    case TOK_ANNOTATION_OPEN: return parse_annotation(parser);
    case TOK_CLICK:
    case TOK_LINK:
    case TOK_CALLBACK: return class_parse_click(parser);
    case TOK_STYLE:
    case TOK_CSS_CLASS: return class_parse_style(parser);
    case TOK_NOTE_FOR:
    case TOK_NOTE: return parse_note(parser);
    case TOK_CLASS_DEF: return class_parse_class_def(parser);
    case TOK_ACC_TITLE:
    case TOK_ACC_DESCR:
    case TOK_ACC_BLOCK: return class_parse_acc(parser);
    case TOK_DIRECTION:
        reader_check_direction(reader, reader->token);
        reader->graph->direction = reader_direction(class_take(parser).text);
        return true;
    default: return parse_member_or_relation(parser);
    }
}

/* document := statement ( line-end statement )* line-end? */
static void parse_document(ClassParser *parser) {
    for (;;) {
        bool is_end = reader_is_lost_end(&parser->reader);
        bool ok = !is_end && parse_statement(parser);
        if (ok && (class_at(parser, TOK_EOF) || class_at(parser, MODAL_STOP)))
            return;
        if (ok && !class_at(parser, TOK_NEWLINE))
            ok = class_fail(parser, "the end of the line");
        parser->space = GRAPH_NONE;
        if (!ok && !recover(parser, 0))
            return;
        while (class_at(parser, TOK_NEWLINE))
            class_take(parser);
        if (class_at(parser, TOK_EOF) || class_at(parser, MODAL_STOP))
            return;
    }
}

/* start := "classDiagram" line-end document */
static void parse_start(ClassParser *parser) {
    Reader *reader = &parser->reader;
    if (!class_at(parser, TOK_HEADER)) {
        reader_fail_header(reader, "a class diagram begins with a line \"classDiagram\"");
        return;
    }
    class_take(parser);
    if (!class_at(parser, TOK_NEWLINE)) {
        class_fail(parser, "the end of the line behind \"classDiagram\"");
        return;
    }
    class_take(parser);
    if (class_at(parser, TOK_EOF) || class_at(parser, MODAL_STOP)) {
        reader_fail_header(reader, "the diagram is empty");
        diag_hint(reader->diags, "write a line such as: class Name");
        return;
    }
    parse_document(parser);
}

Graph *syntax_parse_class(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    ClassParser parser = {.reader = {.arena = arena, .diags = diags}, .space = GRAPH_NONE};
    Reader *reader = &parser.reader;
    size_t rule_count;
    const ModalRule *rules = class_rules(&rule_count);
    bool is_open = reader_open(reader, source, rules, rule_count, false);
    reader->graph->kind = GRAPH_CLASS;
    while (is_open && class_at(&parser, TOK_NEWLINE))
        class_take(&parser);
    if (is_open)
        parse_start(&parser);
    for (size_t i = 0; i < parser.note_count && reader->ok; i++)
        class_attach_note(reader, parser.notes[i].note, parser.notes[i].name);
    class_finish(reader);
    reader_check_end(reader);
    assert(graph_check(reader->graph));
    *ok = reader->ok;
    return reader->graph;
}
