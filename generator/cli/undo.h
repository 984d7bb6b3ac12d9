/* undo.h: what a file was before docsgen edited it.
 * In: texts before and after an edit; out: the text before, asked by the text after and the PR.
 * Kept in the user's cache folder, never in the project; a bounded number of texts. Without a
 * cache folder nothing is remembered, and that is all right: reopen then goes by its rules. */
#ifndef CLI_UNDO_H
#define CLI_UNDO_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct UndoKey {
    Str after; /* the whole text as the edit left it */
    Str name;  /* what was edited: the id of a PR */
} UndoKey;

/* Remembers `before`. */
void undo_keep(const UndoKey *key, Str before, Arena *arena);

/* What undo_keep was given for the very same text and name; false when it is not known. */
bool undo_find(const UndoKey *key, Arena *arena, Str *before);

#endif
