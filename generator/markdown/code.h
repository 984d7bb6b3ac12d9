/* code.h: a fence or indented block as HTML.
 * In: the node; out: <pre>, with the tokens of a known language as spans, and what the info string
 * asks for: a title, line numbers, marked, inserted and deleted lines. */
#ifndef MARKDOWN_CODE_H
#define MARKDOWN_CODE_H

#include "base/buf.h"
#include "markdown/md.h"

/* Appends the block. */
void code_render(const MdNode *node, Buf *out);

/* What the block is called among others that may be chosen; empty: it stands alone. */
Str code_tab(const MdNode *node);

#endif
