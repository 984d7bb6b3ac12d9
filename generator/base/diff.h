/* diff.h: two texts side by side, as patch(1) and git read it.
 * In: old and new bytes of a file; out: a unified diff by lines. Knows no files and no colours. */
#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/* Appends the unified diff from `before` to `after` with three lines around each change; nothing
 * when both are equal. The file is called a/PATH and b/PATH, as git calls it; an absolute path
 * loses its first slash. */
void diff_add_unified(Str path, Str before, Str after, Arena *arena, Buf *out);

#endif
