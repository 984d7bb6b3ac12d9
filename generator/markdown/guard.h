/* guard.h: what cmark must not be given.
 * The packaged cmark-gfm takes quadratic time on crafted input; every such case is counted before
 * it is reached and becomes a finding page/limit. In: a source, its lines, blocks without inlines
 * yet. Knows nothing of our tree. */
#ifndef MARKDOWN_GUARD_H
#define MARKDOWN_GUARD_H

#include <cmark-gfm.h>
#include <stdbool.h>

#include "base/diag.h"
#include "base/source.h"
#include "markdown/lines.h"

/* True when the text is small enough, UTF-8 and without NUL; otherwise one finding. */
bool guard_accepts_text(const Source *source, Diags *diags);

/* True when no line is too long, no table too wide or too empty, no line nested too deeply;
 * otherwise one finding. */
bool guard_accepts_lines(const MdLines *lines, Diags *diags);

/* Empties every block below `root` whose inlines would take too long, with a finding each, and
 * marks it; to be called when all lines are fed and before cmark_parser_finish. `reference_size` is
 * the size of the longest link definition. */
void guard_blocks(cmark_node *root, size_t reference_size, const MdLines *lines, Diags *diags);

/* True for a block that guard_blocks has emptied. */
bool guard_is_marked(cmark_node *node);

#endif
