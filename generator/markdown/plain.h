/* plain.h: blocks whose text is nothing but text.
 * Most headings, cells and items hold no mark that could begin an inline. cmark takes a thousand
 * steps to find that out for each; here it is one look at every byte. In: blocks without inlines
 * yet. Knows nothing of our tree. */
#ifndef MARKDOWN_PLAIN_H
#define MARKDOWN_PLAIN_H

#include <cmark-gfm.h>

#include "base/str.h"
#include "markdown/md.h"

/* Hides the blocks of plain text below `root` from cmark_parser_finish; to be called when all lines
 * are fed. They keep their content and get no children. */
void plain_hide(cmark_node *root);

/* What a block was before plain_hide has hidden it; NULL for any other node. */
const MdKind *plain_kind(const cmark_node *node);

/* The text of a hidden block as cmark would give it: without blanks at its end. */
Str plain_text(const cmark_node *node);

#endif
