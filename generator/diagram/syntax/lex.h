/* lex.h: flowchart text as tokens.
 * In: clean text (preprocess.h); out: one token after the other, read when asked for. The same
 * characters mean different things inside a label, an edge text or a string, so the lexer keeps a
 * stack of modes; modes, rules and their order are those of Mermaid's grammar. */
#ifndef DIAGRAM_SYNTAX_LEX_H
#define DIAGRAM_SYNTAX_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

typedef enum TokenKind {
    TOKEN_STOP, /* behind the end */
    TOKEN_BAD,  /* no rule fits here */
    TOKEN_EOF,  /* the end, once; it closes a statement as a line end does */
    TOKEN_NEWLINE,
    TOKEN_SPACE, /* one */
    TOKEN_SEMI,

    TOKEN_GRAPH, /* graph, flowchart, ... */
    TOKEN_NO_DIR,
    TOKEN_DIR, /* after the header word: LR, TD, < */
    TOKEN_SUBGRAPH,
    TOKEN_END,       /* with the spaces and line ends behind it */
    TOKEN_DIRECTION, /* a whole line that holds `direction LR` */

    TOKEN_NUM,
    TOKEN_NODE_STRING,
    TOKEN_LETTER, /* one letter beyond ASCII */
    TOKEN_DOWN,   /* v */
    TOKEN_UP,     /* ^ */
    TOKEN_MINUS,
    TOKEN_DEFAULT,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_AMP,
    TOKEN_HASH,
    TOKEN_STAR,
    TOKEN_CLASS_MARK, /* ::: */
    TOKEN_TAG_START,  /* < */
    TOKEN_SEPARATOR,  /* \| */

    TOKEN_SHAPE_DATA, /* a piece of @{...}; the first is empty */
    TOKEN_STR,        /* without its quotes */
    TOKEN_MARKDOWN,   /* without "` and `" */
    TOKEN_TEXT,

    TOKEN_SQUARE_OPEN,    /* [ */
    TOKEN_SQUARE_CLOSE,   /* ] */
    TOKEN_ROUND_OPEN,     /* ( */
    TOKEN_ROUND_CLOSE,    /* ) */
    TOKEN_DIAMOND_OPEN,   /* { */
    TOKEN_DIAMOND_CLOSE,  /* } */
    TOKEN_STADIUM_OPEN,   /* ([ */
    TOKEN_STADIUM_CLOSE,  /* ]) */
    TOKEN_SUB_OPEN,       /* [[ */
    TOKEN_SUB_CLOSE,      /* ]] */
    TOKEN_CYLINDER_OPEN,  /* [( */
    TOKEN_CYLINDER_CLOSE, /* )] */
    TOKEN_DOUBLE_OPEN,    /* ((( */
    TOKEN_DOUBLE_CLOSE,   /* ))) */
    TOKEN_ELLIPSE_OPEN,   /* (- */
    TOKEN_ELLIPSE_CLOSE,  /* -) */
    TOKEN_FLAG_OPEN,      /* > */
    TOKEN_SLASH_OPEN,     /* [/ */
    TOKEN_SLASH_CLOSE,    /* /] */
    TOKEN_BACK_OPEN,      /* [\ */
    TOKEN_BACK_CLOSE,     /* \] */
    TOKEN_PROPS_OPEN,     /* [| */
    TOKEN_PIPE,

    TOKEN_LINK,       /* a whole link, or the end of one that holds a text */
    TOKEN_LINK_START, /* the part before the text */
    TOKEN_LINK_ID,    /* `e1@` */
    TOKEN_EDGE_TEXT,

    TOKEN_STYLE,
    TOKEN_CLASS_DEF,
    TOKEN_CLASS,
    TOKEN_LINK_STYLE,
    TOKEN_INTERPOLATE,
    TOKEN_CLICK, /* the node id behind `click` */
    TOKEN_HREF,
    TOKEN_LINK_TARGET,
    TOKEN_CALLBACK_NAME,
    TOKEN_CALLBACK_ARGS,
    TOKEN_ACC_TITLE,
    TOKEN_ACC_TITLE_VALUE,
    TOKEN_ACC_DESCR,
    TOKEN_ACC_DESCR_VALUE,
    TOKEN_ACC_DESCR_BLOCK, /* the text between the braces */
    TOKEN_KIND_COUNT,
} TokenKind;

typedef struct Token {
    TokenKind kind;
    Str text;     /* what it says: a slice of the clean text, without the marks around it */
    size_t start; /* offset of the first byte that was read for it */
    size_t end;   /* behind the last one */
} Token;

typedef enum LexMode {
    LEX_INITIAL,
    LEX_TEXT,       /* inside brackets or pipes */
    LEX_TRAPEZOID,  /* inside [/ or [\ */
    LEX_ELLIPSE,    /* inside (- */
    LEX_STRING,     /* inside "..." */
    LEX_MARKDOWN,   /* inside "`...`" */
    LEX_EDGE,       /* behind -- */
    LEX_EDGE_THICK, /* behind == */
    LEX_EDGE_DOTTED,
    LEX_DIR, /* behind the header word */
    LEX_SHAPE,
    LEX_SHAPE_STRING,
    LEX_CLICK,
    LEX_CALLBACK_NAME,
    LEX_CALLBACK_ARGS,
    LEX_ACC_TITLE,
    LEX_ACC_DESCR,
    LEX_ACC_DESCR_BLOCK,
    LEX_MODE_COUNT,
} LexMode;

#define LEX_DIRECTION_COUNT 5  /* TB BT RL LR TD */
#define LEX_DEPTH           32 /* modes within each other; real text needs three */

typedef struct Lexer {
    Str text;
    size_t at;
    LexMode modes[LEX_DEPTH];
    size_t depth;
    bool has_header; /* the first header word was read */
    bool is_done;    /* TOKEN_EOF was given */

    /* What long looks ahead found, so that none is repeated for every token of a line: where the
     * run of spaces ends, the last `@` of a word, the last `direction LR` of a line. */
    size_t space_start, space_end;
    size_t word_start, word_end, word_last_at;
    size_t line_start, line_end;
    size_t direction_at[LEX_DIRECTION_COUNT], direction_end[LEX_DIRECTION_COUNT];
} Lexer;

Lexer lex_new(Str clean);

Token lex_next(Lexer *lexer);

/* Goes on at offset `at` outside of every label; after an error. */
void lex_restart(Lexer *lexer, size_t at);

#endif
