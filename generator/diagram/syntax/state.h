/* state.h: what the two halves of the state diagram parser share.
 * In: statements as they were written, document within document; out: states, groups and
 * transitions in the graph. Nothing here draws. */
#ifndef DIAGRAM_SYNTAX_STATE_H
#define DIAGRAM_SYNTAX_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "diagram/syntax/reader.h"

typedef enum StateType {
    STATE_PLAIN,
    STATE_FORK,
    STATE_JOIN,
    STATE_CHOICE,
    STATE_DIVIDER,
} StateType;

typedef enum StateRole {
    STATE_ROLE_NONE,
    STATE_ROLE_START, /* [*] in front of an arrow */
    STATE_ROLE_END,   /* [*] behind one */
} StateRole;

/* A mention of a state. */
typedef struct StateMention {
    Str id;
    Span at;
    StateType type;
    StateRole role;
    Label descriptions[2];
    size_t description_count;
    Str class_name; /* behind `:::`; may be empty */
    bool has_note, is_note_left;
    Label note;
    struct StateDoc *doc; /* NULL: no braces */
} StateMention;

typedef enum StateStmtKind {
    STATE_STMT_STATE,
    STATE_STMT_RELATION, /* both mentions */
    STATE_STMT_LOST,     /* `state name` without more, which Mermaid passes over */
} StateStmtKind;

typedef struct StateStmt {
    StateStmtKind kind;
    StateMention from, to;
    Label label; /* of a relation */
} StateStmt;

typedef struct StateDoc {
    StateStmt *stmts;
    size_t count, capacity;
    GraphDirection direction;
} StateDoc;

/* `class a,b name`, `style a,b rules` or `click a "url"`, done when every state is known. */
typedef struct StateLook {
    enum {
        STATE_LOOK_CLASS,
        STATE_LOOK_STYLE,
        STATE_LOOK_LINK
    } kind;
    Str ids, value, tooltip;
    Span at;
} StateLook;

typedef struct StateLooks {
    StateLook *items;
    size_t count, capacity;
} StateLooks;

/* Fills the reader's graph with what the documents say. */
void state_build(Reader *reader, const StateDoc *root, const StateLooks *looks);

#endif
