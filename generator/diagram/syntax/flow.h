/* flow.h: what the files of the flowchart parser share.
 * In: tokens; out: nodes, edges and groups in the graph. A parse function gives false after it has
 * added a finding; the statement is then given up and reading goes on with the next line. */
#ifndef DIAGRAM_SYNTAX_FLOW_H
#define DIAGRAM_SYNTAX_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "diagram/model/graph.h"
#include "diagram/syntax/lex.h"
#include "diagram/syntax/preprocess.h"

/* A subgraph whose `end` was not read yet. */
typedef struct FlowGroup {
    GroupId group;
    bool is_numbered; /* the id comes from the order of the `end`s */
    StrList members;  /* ids mentioned inside, nodes and groups */
} FlowGroup;

/* A `style` of a node that nothing else had mentioned before. */
typedef struct FlowStyled {
    NodeId node;
    Span at;
} FlowStyled;

typedef struct FlowParser {
    Arena *arena;
    Diags *diags;
    CleanText clean;
    Lexer lexer;
    Token token;  /* not yet consumed */
    Token opener; /* of the label or text being read; for findings */
    Graph *graph;
    bool ok;
    bool is_over;     /* a limit was passed: nothing more is read */
    bool is_end_lost; /* an error may have swallowed, or stands for, the end of a subgraph */
    size_t error_count, unknown_count;

    Map *claims;      /* id -> group + 1: the group that holds it */
    Map *edge_ids;    /* id -> edge + 1 */
    Map *class_index; /* name -> class + 1 */
    Map *closed;      /* id -> group + 1: the group closed last with this id */
    bool *mentioned;  /* per node: stands in a statement other than `style` */
    size_t mentioned_capacity;
    FlowGroup *groups; /* open ones, outermost first */
    size_t depth, group_capacity;
    size_t closed_count;
    FlowStyled *styled;
    size_t styled_count, styled_capacity;
} FlowParser;

/* What was being read when a token did not fit. */
typedef enum FlowPlace {
    FLOW_HEADER,
    FLOW_STATEMENT,
    FLOW_NODE,       /* an id is due, behind a link or & */
    FLOW_AFTER_NODE, /* a link or the end of the line is due */
    FLOW_LABEL,
    FLOW_LINK_TEXT,
    FLOW_GROUP_TITLE,
    FLOW_SHAPE_DATA,
    FLOW_STYLE,
    FLOW_CLASS_DEF,
    FLOW_CLASS,
    FLOW_LINK_STYLE,
    FLOW_CLICK,
    FLOW_PLACE_COUNT,
} FlowPlace;

/* A link as written, before it is known which nodes it joins. */
typedef struct FlowLink {
    Str id; /* without `@`; may be empty */
    EdgeLine line;
    EdgeHead start, end;
    uint8_t length;
    Label label;
    Span at;
} FlowLink;

/* flow_read.c: tokens and the pieces that every statement is made of. */
void flow_next(FlowParser *parser);
Span flow_span(const FlowParser *parser, Token token);
bool flow_is_id_token(TokenKind kind);
bool flow_skip_spaces(FlowParser *parser);
bool flow_expect(FlowParser *parser, TokenKind kind, FlowPlace place);
bool flow_read_id(FlowParser *parser, FlowPlace place, Str *id, Span *at);
bool flow_read_label(FlowParser *parser, FlowPlace place, Label *label);
Label flow_make_label(FlowParser *parser, Str raw, bool is_markdown, Span at);
void flow_str_push(Arena *arena, StrList *list, Str item);

/* flow_error.c: the finding for a token that does not fit; always gives false. */
bool flow_fail(FlowParser *parser, FlowPlace place);
bool flow_limit(FlowParser *parser, Span at, const char *what, size_t limit);

/* flow_node.c, flow_link.c, flow_meta.c */
bool flow_parse_vertices(FlowParser *parser);
NodeId flow_add_node(FlowParser *parser, Str id, Span at);
bool flow_parse_link(FlowParser *parser, FlowLink *link);
bool flow_join(FlowParser *parser, const StrList *from, const StrList *to, const FlowLink *link);
bool flow_parse_shape_data(FlowParser *parser, Str id, Span at);

/* flow_style.c, flow_click.c */
bool flow_parse_style(FlowParser *parser);
bool flow_parse_class_def(FlowParser *parser);
bool flow_parse_class(FlowParser *parser);
bool flow_parse_link_style(FlowParser *parser);
bool flow_parse_click(FlowParser *parser);
void flow_add_class(FlowParser *parser, Str ids, Str name, Span at);
void flow_warn_unknown(FlowParser *parser, Str id, Span at, const char *doing);

/* flow_group.c */
bool flow_open_group(FlowParser *parser);
void flow_close_group(FlowParser *parser);
void flow_mention(FlowParser *parser, Str id);
void flow_resolve(FlowParser *parser);
void flow_check(FlowParser *parser);

#endif
