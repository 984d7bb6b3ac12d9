/* patch.h: a text and the places in it that are to read otherwise.
 * In: a Source, and byte ranges of it with what stands there and what shall stand there; out: the
 * new text, all changes made at once, every other byte as it was. Reads and writes no file; knows
 * nothing of Markdown. For edits of trackers and for findings that can be repaired. */
#ifndef BASE_PATCH_H
#define BASE_PATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"

/* One range and what takes its place. */
typedef struct PatchPart {
    Span at; /* size 0: an insertion before this byte */
    Str text;
    size_t order; /* of adding; insertions at one place keep it */
} PatchPart;

typedef struct Patch {
    const Source *source;
    Arena *arena;
    PatchPart *parts; /* in the order of the text once patch_apply ran */
    size_t count, capacity;
    Str problem; /* why the patch cannot be applied; empty: it can */
    Span problem_at;
} Patch;

/* A patch without changes. `source` is a whole text, no excerpt, and must outlive the patch. */
Patch patch_new(const Source *source, Arena *arena);

/* `text` shall stand in the place of `at`. The bytes there must be `expected`: a place that was
 * read wrongly makes the whole patch fail and changes nothing. A change that changes nothing is
 * not kept. */
void patch_replace(Patch *patch, Span at, Str expected, Str text);

/* `text` shall stand before the byte `offset`, behind what was inserted there earlier. */
void patch_insert(Patch *patch, uint32_t offset, Str text);

/* A new line `line` (without line end) below the line that holds the last byte of `at`, or above
 * the one with its first byte; it ends as its neighbour ends, LF or CRLF. */
void patch_insert_line_below(Patch *patch, Span at, Str line);
void patch_insert_line_above(Patch *patch, Span at, Str line);

/* The lines that `at` touches go, with their ends. */
void patch_remove_lines(Patch *patch, Span at);

/* The whole line that holds the first byte of `at`, without its end. */
Span patch_line_of(Span at);

/* Gives the new text, in the patch's arena. False when a range is not what it should be or two
 * changes want the same bytes: `problem` and `problem_at` then say so. */
bool patch_apply(Patch *patch, Str *text);

#endif
