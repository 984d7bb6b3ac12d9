/* Entity relationship diagrams: entities, relationships and subgraphs. */
#include "base/ban.h"

#include <assert.h>

#include "base/buf.h"
#include "base/limits.h"
#include "diagram/syntax/er_lex.h"
#include "diagram/syntax/er_read.h"
#include "diagram/syntax/syntax.h"

static EdgeHead head_of(int kind) {
    return kind == TOK_ZERO_ONE                         ? HEAD_ZERO_ONE
           : kind == TOK_ONE_MANY                       ? HEAD_MANY
           : kind == TOK_ZERO_MANY                      ? HEAD_ZERO_MANY
           : kind == TOK_ONLY_ONE || kind == TOK_PARENT ? HEAD_ONE
                                                        : HEAD_NONE;
}

/* role := ":" ( string | quoted | word ) */
static bool parse_role(ErParser *parser, Label *label) {
    Reader *reader = &parser->reader;
    if (!er_expect(parser, TOK_COLON, "\":\" and what the relationship means"))
        return false;
    if (!er_at(parser, TOK_STRING) && !er_at(parser, TOK_QUOTED) && !er_at(parser, TOK_WORD)) {
        er_fail(parser, "what the relationship means");
        diag_hint(reader->diags, "write one word, or a text in double quotes");
        return false;
    }
    ModalToken token = er_take(parser);
    *label = reader_label(reader, er_unquote(token.text), reader_span(reader, token));
    if (token.kind == TOK_WORD && er_at(parser, TOK_WORD)) {
        diag_add(reader->diags, DIAG_DIAGRAM_LOST_TEXT, reader_span(reader, reader->token),
                 "Mermaid ends the text at the space and makes an entity \"%.*s\"",
                 STR_FMT(reader->token.text));
        diag_hint(reader->diags, "put a text of several words in double quotes");
    }
    return true;
}

/* Where a relationship ends: a subgraph that is closed already, or an entity. */
static EdgeEnd end_of(ErParser *parser, Str name, NodeId node) {
    GroupId group = graph_find_group(parser->reader.graph, name);
    bool is_group = group != GRAPH_NONE && node == GRAPH_NONE;
    return (EdgeEnd){is_group, is_group ? group : node};
}

static NodeId intern_end(ErParser *parser, Str name, Span at) {
    if (graph_find_group(parser->reader.graph, name) == GRAPH_NONE)
        return er_intern(parser, name, at);
    if (parser->depth > 0)
        reader_push(&parser->reader, &parser->groups[parser->depth - 1].members, name);
    return GRAPH_NONE;
}

/* relationship := head ( line | dotted ) head name classes? role */
static bool parse_relationship(ErParser *parser, Str from, NodeId from_node) {
    Reader *reader = &parser->reader;
    Edge made = {.start = head_of(reader->token.kind), .length = 1};
    Str to = {NULL, 0};
    Span at = {0};
    size_t start = er_take(parser).start;
    if (!er_at(parser, TOK_LINE) && !er_at(parser, TOK_DOTTED))
        return er_fail(parser, "-- or ..");
    made.line = er_take(parser).kind == TOK_DOTTED ? EDGE_DOTTED : EDGE_SOLID;
    made.end = head_of(reader->token.kind);
    if (made.end == HEAD_NONE)
        return er_fail(parser, "how many: ||, o|, |{ or o{");
    size_t end = er_take(parser).end;
    if (!er_read_name(parser, &to, &at))
        return false;
    NodeId to_node = intern_end(parser, to, at);
    made.from = end_of(parser, from, from_node);
    made.to = end_of(parser, to, to_node);
    if (!er_read_classes(parser, to_node) || !parse_role(parser, &made.label))
        return false;
    if (reader->graph->edge_count == LIMIT_DIAGRAM_EDGES)
        return reader_limit(reader, at, "relationships", LIMIT_DIAGRAM_EDGES);
    if (made.from.index == GRAPH_NONE || made.to.index == GRAPH_NONE)
        return false; /* the limit of entities */
    made.at = preprocess_span(&reader->clean, start, end - start);
    EdgeId edge = graph_add_edge(reader->graph, reader->arena, made.from, made.to, made.at);
    reader->graph->edges[edge] = made;
    return true;
}

/* entity := name ( "[" name "]" )? classes? ( block | relationship )? */
static bool parse_entity(ErParser *parser) {
    Reader *reader = &parser->reader;
    Str name = {NULL, 0}, alias = {NULL, 0};
    Span at = {0}, alias_at = {0};
    if (!er_read_name(parser, &name, &at))
        return false;
    bool is_end = head_of(reader->token.kind) != HEAD_NONE;
    NodeId node = is_end ? intern_end(parser, name, at) : er_intern(parser, name, at);
    if (reader->is_over)
        return false;
    bool has_alias = er_at(parser, TOK_SQUARE_OPEN);
    if (has_alias) {
        er_take(parser);
        if (!er_read_name(parser, &alias, &alias_at) ||
            !er_expect(parser, TOK_SQUARE_CLOSE, "\"]\""))
            return false;
        reader->graph->nodes[node].label = reader_label(reader, alias, alias_at);
    }
    if (!er_read_classes(parser, node))
        return false;
    if (er_at(parser, TOK_OPEN))
        return er_parse_block(parser, node, at);
    if (head_of(reader->token.kind) != HEAD_NONE && !has_alias)
        return parse_relationship(parser, name, node);
    if (er_at(parser, TOK_LINE) || er_at(parser, TOK_DOTTED)) {
        er_fail(parser, "how many: ||, |o, }| or }o");
        diag_hint(reader->diags, "write CUSTOMER ||--o{ ORDER : places");
        return false;
    }
    return true;
}

/* subgraph := "subgraph" name ( "[" name+ "]" )? separator document "end" */
static bool open_group(ErParser *parser) {
    Reader *reader = &parser->reader;
    Str name = {NULL, 0}, word = {NULL, 0};
    Span at = {0}, word_at = {0};
    er_take(parser);
    if (!er_read_name(parser, &name, &at))
        return false;
    Buf title = buf_new(reader->arena);
    buf_add(&title, name);
    if (er_at(parser, TOK_SQUARE_OPEN)) {
        title = buf_new(reader->arena);
        er_take(parser);
        do {
            if (!er_read_name(parser, &word, &word_at))
                return false;
            if (title.size)
                buf_add_char(&title, ' ');
            buf_add(&title, word);
        } while (er_is_name(reader->token.kind));
        if (!er_expect(parser, TOK_SQUARE_CLOSE, "\"]\""))
            return false;
    }
    if (!er_read_separator(parser))
        return false;
    if (parser->depth == READER_NESTING)
        return reader_limit(reader, at, "subgraphs within each other", READER_NESTING);
    GroupId group = graph_add_group(reader->graph, reader->arena, name, at);
    reader->graph->groups[group].label = (Label){.text = reader_text(reader, buf_str(&title))};
    if (parser->depth > 0)
        reader->graph->groups[group].parent = parser->groups[parser->depth - 1].group;
    parser->groups[parser->depth++] = (OpenGroup){.group = group};
    return true;
}

/* What is mentioned in a subgraph lies in it, unless another one closed around it before. */
static void close_group(ErParser *parser) {
    OpenGroup *open = &parser->groups[--parser->depth];
    Graph *graph = parser->reader.graph;
    for (size_t i = 0; i < open->members.count; i++) {
        Str name = open->members.items[i];
        NodeId node = graph_find(graph, name);
        if (node == GRAPH_NONE || map_find(parser->claimed, name))
            continue;
        map_put(parser->claimed, name, parser);
        graph->nodes[node].parent = open->group;
    }
}

static bool parse_end(ErParser *parser) {
    if (parser->depth == 0 && parser->reader.error_count > 0)
        return false; /* its subgraph was an error */
    if (parser->depth == 0) {
        er_fail(parser, "the name of an entity");
        diag_hint(parser->reader.diags,
                  "remove it: no subgraph is open here; a name \"end\" needs quotes");
        return false;
    }
    er_take(parser);
    close_group(parser);
    return true;
}

/* accessibility := "accTitle" ":" line | "accDescr" ":" line | "accDescr" "{" lines "}" */
static bool parse_acc(ErParser *parser) {
    Graph *graph = parser->reader.graph;
    bool is_title = er_at(parser, TOK_ACC_TITLE);
    if (!er_at(parser, TOK_ACC_BLOCK))
        er_take(parser);
    Str text = reader_text(&parser->reader, er_take(parser).text);
    if (!is_title)
        graph->description = text;
    else if (!graph->title.size)
        graph->title = text;
    return true;
}

static bool parse_direction(ErParser *parser) {
    Reader *reader = &parser->reader;
    reader_check_direction(reader, reader->token);
    GraphDirection direction = reader_direction(er_take(parser).text);
    if (parser->depth > 0)
        reader->graph->groups[parser->groups[parser->depth - 1].group].direction = direction;
    else
        reader->graph->direction = direction;
    return true;
}

/* statement := entity | look | subgraph | "end" | direction | accessibility | line-end */
static bool parse_statement(ErParser *parser) {
    switch (parser->reader.token.kind) {
    case TOK_NEWLINE:
    case TOK_EOF: er_take(parser); return true;
    case TOK_STYLE:
    case TOK_CLASS_DEF:
    case TOK_CLASS: return er_parse_look(parser);
    case TOK_SUBGRAPH: return open_group(parser);
    case TOK_END: return parse_end(parser);
    case TOK_DIRECTION: return parse_direction(parser);
    case TOK_ACC_TITLE:
    case TOK_ACC_DESCR:
    case TOK_ACC_BLOCK: return parse_acc(parser);
    default: return parse_entity(parser);
    }
}

/* On with the line behind all that began wrong. */
static bool recover(ErParser *parser) {
    size_t blocks = parser->is_in_block;
    parser->is_in_block = false;
    return reader_recover_behind(&parser->reader, 1, blocks);
}

/* start := "erDiagram" statement* ; statements need nothing between them. */
static void parse_start(ErParser *parser) {
    Reader *reader = &parser->reader;
    if (!er_at(parser, TOK_HEADER)) {
        reader_fail_header(reader, "an entity relationship diagram begins with \"erDiagram\"");
        return;
    }
    er_take(parser);
    while (!er_at(parser, MODAL_STOP) && !reader->is_over) {
        bool is_end = reader_is_lost_end(reader);
        if ((is_end || !parse_statement(parser)) && !recover(parser))
            break;
    }
    if (parser->depth > 0 && reader->ok) {
        reader_fail_at(reader, reader->graph->groups[parser->groups[parser->depth - 1].group].at,
                       "this subgraph has no end");
        diag_hint(reader->diags, "write \"end\" on a line of its own behind its last entity");
    }
    while (parser->depth > 0)
        close_group(parser);
}

Graph *syntax_parse_er(const Source *source, Arena *arena, Diags *diags, bool *ok) {
    ErParser *parser = ARENA_NEW(arena, ErParser);
    Reader *reader = &parser->reader;
    reader->arena = arena;
    reader->diags = diags;
    parser->claimed = map_new(arena);
    size_t rule_count;
    const ModalRule *rules = er_rules(&rule_count);
    bool is_open = reader_open(reader, source, rules, rule_count, true);
    reader->graph->kind = GRAPH_ER;
    while (is_open && er_at(parser, TOK_NEWLINE))
        er_take(parser);
    if (is_open)
        parse_start(parser);
    reader_check_end(reader);
    assert(graph_check(reader->graph));
    *ok = reader->ok;
    return reader->graph;
}
