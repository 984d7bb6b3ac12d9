#include "base/ban.h"

#include "base/limits.h"
#include "diagram/syntax/flow.h"
#include "diagram/syntax/letters.h"

/* < and > are the same head; which end it is at is known from the place. */
static EdgeHead head_of(char c) {
    switch (c) {
    case '>':
    case '<': return HEAD_ARROW;
    case 'o': return HEAD_CIRCLE;
    case 'x': return HEAD_CROSS;
    default: return HEAD_NONE;
    }
}

static size_t count_dots(Str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '.';
    return count;
}

/* Line, heads and length of a link by its characters. A head at the start counts only when the same
 * is at the end; otherwise it is taken for a piece of the line, as Mermaid does: `<--o` is a link
 * of length 2 with a circle. */
static void read_shape(FlowLink *link, Str text) {
    Str line = str_slice(text, 0, text.size - 1);
    link->end = head_of(text.data[text.size - 1]);
    link->start = HEAD_NONE;
    if (link->end != HEAD_NONE && head_of(text.data[0]) == link->end) {
        link->start = link->end;
        line = str_from_offset(line, 1);
    }
    char first = '-';
    if (line.size)
        first = line.data[0];
    size_t dots = count_dots(line);
    link->line = dots ? EDGE_DOTTED : first == '=' ? EDGE_THICK : EDGE_SOLID;
    if (first == '~')
        link->line = EDGE_INVISIBLE;
    size_t length = dots ? dots : line.size ? line.size - 1 : 0;
    link->length = (uint8_t)(length > 10 ? 10 : length < 1 ? 1 : length);
}

/* `-- No--> B`: the "o" is taken for a head, so the label is "N". */
static void warn_eaten_letter(FlowParser *parser, Token second) {
    char c = second.text.data[0];
    if (c != 'x' && c != 'o')
        return;
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT,
             preprocess_span(&parser->clean, second.start, 1),
             "Mermaid takes this \"%c\" for a head of the link and not for text", c);
    diag_hint(parser->diags, "put a space before the link");
}

/* A line that begins with `x--> B` goes on from the line before, with a cross, if that one ends
 * with a node. */
static void warn_joined_lines(FlowParser *parser, Token first) {
    Str text = letters_trim(first.text);
    size_t start = first.start + (size_t)(text.data - first.text.data);
    bool is_new_line = memchr(first.text.data, '\n', start - first.start);
    if (!is_new_line || (text.data[0] != 'x' && text.data[0] != 'o'))
        return;
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT, preprocess_span(&parser->clean, start, 1),
             "Mermaid takes this \"%c\" for a head of a link from the line before, not for a node",
             text.data[0]);
    diag_hint(parser->diags, "put a space between the id and the link");
}

/* `A---oB`: the "o" is a head, and the node is called "B". With a space behind the head it is
 * meant so. */
static void warn_eaten_id(FlowParser *parser, Token link) {
    Str text = parser->clean.text;
    char head = text.data[link.end - 1];
    if ((head != 'x' && head != 'o') || !flow_is_id_token(parser->token.kind))
        return;
    diag_add(
        parser->diags, DIAG_DIAGRAM_LOST_TEXT, preprocess_span(&parser->clean, link.end - 1, 1),
        "Mermaid takes this \"%c\" for a head of the link and not for a letter of the id", head);
    diag_hint(parser->diags, "put a space before the id");
}

/* A link in two parts: the line and the head at the start are those of the first one. */
static void read_first_part(FlowParser *parser, FlowLink *link, Token first) {
    Str text = letters_trim(first.text);
    EdgeHead start = head_of(text.data[0]);
    char line = text.data[text.size - 1];
    EdgeLine second = link->line;
    link->line = line == '=' ? EDGE_THICK : line == '.' ? EDGE_DOTTED : EDGE_SOLID;
    if (link->line != second)
        link->length = 1;
    if (start == HEAD_NONE)
        return;
    if (start == link->end && link->start == HEAD_NONE) {
        link->start = start;
        return;
    }
    link->start = HEAD_NONE;
    link->length = 1;
    if (link->end == HEAD_NONE)
        link->end = HEAD_ARROW;
    size_t offset = first.start + (size_t)(text.data - first.text.data);
    diag_add(parser->diags, DIAG_DIAGRAM_LOST_TEXT,
             preprocess_span(&parser->clean, offset, text.size),
             "the head at the start of this link differs from the one at its end, so Mermaid drops "
             "it");
    diag_hint(parser->diags, "use the same head at both ends, or one at the end only");
}

/* text := "|" label "|" space? */
static bool parse_pipe_text(FlowParser *parser, FlowLink *link) {
    parser->opener = parser->token;
    flow_next(parser);
    if (!flow_read_label(parser, FLOW_LABEL, &link->label) ||
        !flow_expect(parser, TOKEN_PIPE, FLOW_LABEL))
        return false;
    if (parser->token.kind == TOKEN_SPACE)
        flow_next(parser);
    return true;
}

/* link := link-id? ( link text? | link-start edge-text link ) */
bool flow_parse_link(FlowParser *parser, FlowLink *link) {
    *link = (FlowLink){.length = 1};
    if (parser->token.kind == TOKEN_LINK_ID) {
        Str id = parser->token.text;
        size_t sign = str_find_char(id, '@', 0);
        /* Mermaid takes away the first `@`; one alone at the end is all that real ids have. */
        link->id = sign + 1 == id.size ? str_slice(id, 0, sign) : id;
        flow_next(parser);
    }
    Token first = parser->token;
    if (first.kind == TOKEN_LINK_START || first.kind == TOKEN_LINK)
        warn_joined_lines(parser, first);
    if (first.kind == TOKEN_LINK_START) {
        parser->opener = first;
        flow_next(parser);
        if (!flow_read_label(parser, FLOW_LINK_TEXT, &link->label))
            return false;
        if (parser->token.kind != TOKEN_LINK)
            return flow_fail(parser, FLOW_LINK_TEXT);
        read_shape(link, letters_trim(parser->token.text));
        read_first_part(parser, link, first);
        warn_eaten_letter(parser, parser->token);
    } else if (first.kind == TOKEN_LINK) {
        read_shape(link, letters_trim(first.text));
    } else {
        return flow_fail(parser, FLOW_AFTER_NODE);
    }
    /* Places leave out the spaces that the lexer counts to a link. */
    Str text = str_slice(parser->clean.text, first.start, parser->token.end);
    Str bare = letters_trim(text);
    link->at =
        preprocess_span(&parser->clean, first.start + (size_t)(bare.data - text.data), bare.size);
    Token last = parser->token;
    flow_next(parser);
    warn_eaten_id(parser, last);
    bool has_pipe = first.kind == TOKEN_LINK && parser->token.kind == TOKEN_PIPE;
    return !has_pipe || parse_pipe_text(parser, link);
}

/* Groups are not known before the end of the text: flow_resolve puts them in the place of nodes. */
static EdgeEnd end_of(FlowParser *parser, Str id, Span at) {
    return (EdgeEnd){false, graph_intern(parser->graph, parser->arena, id, at)};
}

/* Joins every node of `from` with every one of `to`. The id goes to the edge between the last of
 * `from` and the first of `to`. */
bool flow_join(FlowParser *parser, const StrList *from, const StrList *to, const FlowLink *link) {
    Graph *graph = parser->graph;
    for (size_t i = 0; i < from->count; i++) {
        for (size_t j = 0; j < to->count; j++) {
            if (graph->edge_count >= LIMIT_DIAGRAM_EDGES)
                return flow_limit(parser, link->at, "connections", LIMIT_DIAGRAM_EDGES);
            EdgeId index =
                graph_add_edge(graph, parser->arena, end_of(parser, from->items[i], link->at),
                               end_of(parser, to->items[j], link->at), link->at);
            Edge *edge = &graph->edges[index];
            edge->label = link->label;
            edge->line = link->line;
            edge->start = link->start;
            edge->end = link->end;
            edge->length = link->length;
            bool is_named = link->id.size && i + 1 == from->count && j == 0 &&
                            !map_find(parser->edge_ids, link->id);
            if (is_named) {
                edge->id = link->id;
                map_put(parser->edge_ids, link->id, (void *)((uintptr_t)index + 1));
            }
        }
    }
    return true;
}
