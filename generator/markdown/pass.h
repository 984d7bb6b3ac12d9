/* pass.h: what every step of md_parse works on.
 * In and out: the document being made. The steps in order are convert, references, extend; parse.c
 * runs them. Not seen outside of markdown/. */
#ifndef MARKDOWN_PASS_H
#define MARKDOWN_PASS_H

#include <cmark-gfm.h>

#include "base/arena.h"
#include "base/diag.h"
#include "markdown/lines.h"
#include "markdown/md.h"

typedef struct MdPass {
    MdDoc *doc;
    Arena *arena; /* the document's */
    Arena *tmp;   /* gone when the page is parsed */
    const MdLines *lines;
    Diags *diags;
} MdPass;

/* Makes our tree from cmark's, with Spans, and reports references that lead nowhere. */
void convert_tree(const MdPass *pass, cmark_node *root);

/* Makes a quote whose children are complete an alert, if it is one. */
void extend_quote(MdNode *quote);

/* Bare links and e-mail addresses, ~~strike~~. */
void extend_tree(const MdPass *pass);

/* Gives every heading in the document's list its id, unique among them. */
void extend_heading_ids(MdDoc *doc, Arena *arena, Arena *tmp);

/* Turns web and e-mail addresses in the text `node` into links, as GFM's autolinks. Gives the node
 * behind which to go on. */
MdNode *autolink_text(const MdPass *pass, MdNode *node);

/* Turns ~one~ and ~~two~~ tildes among the children of `parent` into MD_STRIKE. */
void strike_children(const MdPass *pass, MdNode *parent);

/* Makes the document's lists anew. */
void parse_relist(MdDoc *doc, Arena *arena);

/* Tree surgery shared by the steps. */

/* A new node as the last child of `parent`. */
MdNode *tree_append(Arena *arena, MdNode *parent, MdKind kind);

/* Cuts the text node `node` at byte `at` of its text: the rest becomes a new node behind it, which
 * is given. */
MdNode *tree_split_text(Arena *arena, MdNode *node, size_t at);

/* A new node of `kind` in the place of the siblings `first` to `last`, which become its children.
 */
MdNode *tree_wrap(Arena *arena, MdNode *first, MdNode *last, MdKind kind);

/* Puts `node`, which has no parent, behind `before`, in the same one. */
void tree_insert_behind(MdNode *before, MdNode *node);

/* Takes `node` out of its parent. */
void tree_remove(MdNode *node);

/* True for HTML that is <!-- comments --> and nothing else; one without end reaches to the last
 * byte. */
bool tree_is_comment(const MdNode *node);

/* Where byte `at` of a text node's text stands in the source. */
size_t tree_text_offset(const MdNode *node, size_t at);

#endif
