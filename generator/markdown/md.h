/* md.h: a Markdown document as a tree of our own.
 * In: one source text; out: MdDoc, whose every node knows its place. The tree is plain data: site/
 * replaces nodes (embeds) and rewrites URLs in it before html.c renders it. Knows nothing of pages,
 * diagrams or links' targets. */
#ifndef MARKDOWN_MD_H
#define MARKDOWN_MD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

typedef enum MdKind {
    MD_DOCUMENT,
    MD_PARAGRAPH,
    MD_HEADING,
    MD_QUOTE,
    MD_ALERT, /* a quote that begins with [!NOTE] or the like */
    MD_LIST,
    MD_ITEM,
    MD_CODE_BLOCK,
    MD_HTML_BLOCK,
    MD_RULE,
    MD_TABLE,
    MD_TABLE_ROW,
    MD_TABLE_CELL,
    MD_FOOTNOTE, /* a definition; all stand at the end of the document in order of their number */
    MD_MARKUP,   /* finished HTML put in by site/, block level; `text` is written as it is */
    MD_TEXT,
    MD_SOFT_BREAK,
    MD_LINE_BREAK,
    MD_CODE,
    MD_HTML,
    MD_EMPHASIS,
    MD_STRONG,
    MD_STRIKE,
    MD_LINK,
    MD_IMAGE,
    MD_FOOTNOTE_REF,
    MD_INLINE_MARKUP, /* finished HTML put in by site/, inside a paragraph */
    MD_ADDRESS,       /* href or src in HTML of the author: among the links, not in the tree */
    MD_KIND_COUNT,
} MdKind;

typedef enum MdAlert {
    MD_ALERT_NOTE,
    MD_ALERT_TIP,
    MD_ALERT_IMPORTANT,
    MD_ALERT_WARNING,
    MD_ALERT_CAUTION
} MdAlert;
typedef enum MdTask {
    MD_TASK_NONE,
    MD_TASK_OPEN,
    MD_TASK_DONE
} MdTask;
typedef enum MdAlign {
    MD_ALIGN_NONE,
    MD_ALIGN_LEFT,
    MD_ALIGN_CENTER,
    MD_ALIGN_RIGHT
} MdAlign;

/* A piece of the author's HTML: `text` as it is written, then `name`="the address", unless that is
 * broken. */
typedef struct MdPiece {
    Str text;
    Str name; /* empty: no attribute follows */
    struct MdNode *address;
} MdPiece;

typedef struct MdNode {
    MdKind kind;
    Span at; /* in the document's source; for a code block the content without the fences */
    struct MdNode *parent, *first, *last, *prev, *next;
    Str text;        /* TEXT, CODE, HTML, HTML_BLOCK, MARKUP, CODE_BLOCK: the literal */
    Str url;         /* LINK, IMAGE, ADDRESS: the destination with entities and escapes resolved,
                        percent-encoding         kept */
    Str title;       /* LINK, IMAGE: the title; CODE_BLOCK: the info string */
    Str id;          /* HEADING: its anchor, unique in the document */
    Span url_at;     /* LINK, IMAGE: the destination as written, for carets; the whole node where it
                        cannot be found */
    uint32_t number; /* HEADING: level; ordered LIST: first number; FOOTNOTE, FOOTNOTE_REF: number
                        from 1; IMAGE, ADDRESS, set by site/: width of the picture in px, or 0;
                        CODE_BLOCK, set by site/: from 1 where a drawing may take its place */
    uint32_t repeat; /* FOOTNOTE_REF: which reference to that footnote, from 1; FOOTNOTE: how many;
                        IMAGE, ADDRESS: height of the picture in px, or 0 */
    MdAlert alert;   /* ALERT */
    MdTask task;     /* ITEM */
    Span task_at;    /* ITEM with a task: the character between the brackets */
    MdAlign align;   /* TABLE_CELL */
    bool is_ordered; /* LIST */
    bool is_tight;   /* LIST */
    bool is_header;  /* TABLE_ROW, TABLE_CELL */
    bool is_fenced;  /* CODE_BLOCK */
    bool wants_size; /* IMAGE, ADDRESS of an <img>: its author has not said how large it is */
    bool is_external; /* LINK, set by site/: leads to another site */
    bool is_broken;   /* LINK, IMAGE, ADDRESS, set by site/: rendered as plain text */
    MdPiece *pieces;  /* HTML, HTML_BLOCK, set by md_read_html; NULL: shown as text */
    size_t piece_count, piece_capacity;
} MdNode;

typedef struct MdHeading {
    MdNode *node;
    Str text; /* plain text, for contents and search */
} MdHeading;

typedef struct MdDoc {
    const Source *source;
    Span front_matter;   /* the YAML between the --- lines; source NULL without */
    MdNode *root;        /* MD_DOCUMENT; never NULL, also for hostile input */
    MdHeading *headings; /* in order */
    size_t heading_count;
    MdNode **links; /* every LINK, IMAGE and ADDRESS in order */
    size_t link_count;
    MdNode **code_blocks; /* every CODE_BLOCK in order */
    size_t code_block_count;
    MdNode **html_nodes; /* every HTML and HTML_BLOCK in order, comments left out */
    size_t html_count;
    Str html_title; /* the text of the first <h1> in the author's HTML, set by md_read_html */
    Span html_title_at;
    Str *html_ids; /* ids in the author's HTML, set by md_read_html */
    size_t html_id_count, html_id_capacity;
} MdDoc;

/* Called once, before the first md_parse and before any thread is started. */
void md_setup(void);

/* The document in `source`. Never fails: what cannot be accepted (not UTF-8, too large) is a
 * finding, and the document is then empty or shows the text as code. Many threads may parse at
 * once, each with its own arena and list. */
MdDoc *md_parse(const Source *source, Arena *arena, Diags *diags);

/* The same for many documents in turn: what is needed only while one is parsed lies in `tmp`, which
 * the caller resets. */
MdDoc *md_parse_in(const Source *source, Arena *arena, Arena *tmp, Diags *diags);

/* An upper bound for the nodes that reading the text makes, and so for the memory that it takes;
 * a text of more than LIMIT_PAGE_PARTS is not read. */
size_t md_count_parts(Str text);

/* Makes heading ids and the document's lists anew, after nodes were put in or their text changed.
 */
void md_relist(MdDoc *doc, Arena *arena);

/* The content of a CODE_BLOCK as a source of its own, for parsers of what stands in a fence; places
 * in it are places on the page. */
const Source *md_code_source(const MdNode *code, Arena *arena);

/* What becomes of HTML that the author has written. */
typedef enum MdHtml {
    MD_HTML_AS_TEXT, /* the reader sees the tags */
    MD_HTML_SAFE,    /* elements and attributes that can do no harm, as GitHub shows them */
    MD_HTML_ALL,     /* all of it: the author is trusted */
} MdHtml;

/* Reads the HTML in the document tag by tag, if it is to be more than text: its addresses are among
 * the links then, its ids in html_ids, and what is left open is closed, with a finding. Call it
 * once, when the tree is whole and before links are resolved. */
void md_read_html(MdDoc *doc, MdHtml html, Arena *arena, Diags *diags);

/* Where a link's tag is missing in the HTML, because nobody knows yet where the link leads, or
 * where a code block with a number begins or ends, because nobody knows yet whether it is shown. */
typedef struct MdHole {
    size_t at; /* offset in what was rendered */
    const MdNode *node;
    bool is_end; /* the place of the closing tag; the end of the code block */
} MdHole;

typedef struct MdHoles {
    Arena *arena;
    MdHole *items; /* in order */
    size_t count, capacity;
} MdHoles;

/* Appends the document as HTML: blocks only, no page around them. */
void md_render(const MdDoc *doc, Buf *out);

/* The same without the tags of links; their places and those of code blocks with a number are
 * noted. */
void md_render_with_holes(const MdDoc *doc, MdHoles *holes, Buf *out);

/* Appends the children of `top` as HTML, for titles, cells and the like. */
void md_render_children(const MdNode *top, Buf *out);

/* Append the tags that belong into the holes of a LINK. Of the node only `url`, `title`,
 * `is_external` and `is_broken` matter. */
void md_render_link_open(const MdNode *link, Buf *out);
void md_render_link_close(const MdNode *link, Buf *out);

/* The plain text below `node` in `arena`: no markup, breaks as spaces, code as it stands, images as
 * their alt text. */
Str md_plain_text(const MdNode *node, Arena *arena);

/* The next node in document order below `top`, or NULL at the end; begin with `node` = `top`. No
 * recursion. */
MdNode *md_next(const MdNode *top, const MdNode *node);

/* Puts finished HTML in the place of `node`. A paragraph that holds nothing else is replaced as a
 * whole; inside other text it becomes MD_INLINE_MARKUP. */
void md_replace(MdNode *node, Str markup);

/* GitHub's anchor for a heading text: lower case, only letters, digits, - and _ kept, spaces to -.
 * Not yet unique. */
Str md_slug(Str text, Arena *arena);

#endif
