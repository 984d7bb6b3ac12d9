/* splice.h: pieces of documents put into others, and {{ tags }} found in their text.
 * In: trees that md_parse has made; out: the same trees changed. What a tag names is site/'s
 * business. */
#ifndef MARKDOWN_SPLICE_H
#define MARKDOWN_SPLICE_H

#include <stdbool.h>

#include "markdown/md.h"

/* Goes through a text node from tag to tag. */
typedef struct MdTags {
    const MdNode *node;
    size_t text;   /* how far node->text has been read */
    size_t source; /* and the source, as an offset in it */
} MdTags;

typedef struct MdTag {
    size_t start, end; /* in node->text, with the braces */
    Str inner;         /* between the braces, without blanks around it */
    Span at;           /* in the source, with the braces */
} MdTag;

MdTags md_tags_begin(const MdNode *text);

/* The next tag = "{{" { any but "}}" } "}}"; false at the end. Braces written as `\{{` or as
 * entities are none, nor are those of `${{`, which belong to other programs. */
bool md_tags_next(MdTags *tags, MdTag *tag);

/* Puts the children of `from` in the place of `node`; `from` is empty then. Gives the last of them,
 * or NULL when there was none and `node` is only taken out. */
MdNode *md_splice(MdNode *node, MdNode *from);

/* Puts finished HTML of block level in the place of `node`, as md_replace does, where a paragraph
 * may not hold it: the paragraph and what stands in it around the node are parted there. Links and
 * headings stay whole, and the block follows them: of several the last is to be put in first. */
void md_replace_block(MdNode *node, Str markup, Arena *arena);

/* Gives the footnotes of `from` numbers above notes->number, which is then the highest one. */
void md_shift_footnotes(MdNode *notes, MdNode *from);

/* Moves the footnotes at the end of `from` to the end of `notes`. */
void md_move_footnotes(MdNode *notes, MdNode *from);

/* Makes `node` the last child of `into`; it is taken out of its parent, if it has one. */
void md_move(MdNode *into, MdNode *node);

/* Puts the children of `from` behind those of `into`; `from` is empty then. */
void md_append_all(MdNode *into, MdNode *from);

/* Numbers the footnotes of the document again, in the order in which they are referred to, and
 * drops those that nothing refers to. */
void md_renumber_footnotes(MdDoc *doc, Arena *arena);

/* The same where the footnotes count references that are not in the tree: those in a second
 * definition of a footnote, or in one that nothing refers to, which cmark leaves out. */
void md_mend_footnotes(MdDoc *doc, Arena *arena);

#endif
