/* trace.h: where every inline of a block stands in the source.
 * cmark's own inline columns are wrong in many places (cells, code spans, continuation lines), so
 * its inlines are walked a second time, in order, over the very text cmark has read them from; each
 * step takes from that text what the node must have come from. In: a block's text and its place;
 * out: Spans, destinations, uses of references. A step that does not fit makes the rest of the
 * block stand for itself: its Spans are then the whole block. */
#ifndef MARKDOWN_TRACE_H
#define MARKDOWN_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "markdown/lines.h"
#include "markdown/md.h"
#include "markdown/references.h"

/* Longest label of a reference (CommonMark 6.3). */
#define TRACE_LABEL_LIMIT 1000

/* From byte `text` of the block's text on, up to the next piece, the source stands at `source`. */
typedef struct TracePiece {
    uint32_t text;
    uint32_t source;
} TracePiece;

typedef struct Trace {
    const MdLines *lines;
    Arena *arena;     /* temporary */
    References *uses; /* what the block refers to is added here */
    Str text;         /* as cmark has read it */
    size_t at;        /* how far it is used up */
    TracePiece *pieces;
    size_t piece_count, piece_capacity;
    size_t piece; /* the one used last; steps go forward nearly always */
    Span whole;   /* the block's own place */
    bool is_lost;
    bool is_autolink; /* inside of <...>: no backslash escapes */
    /* Brackets that stayed text, for [text][label] and [^note] without a definition. */
    uint32_t open[32];
    size_t open_count;
    size_t last_open, last_close; /* the pair closed last; STR_NONE before */
} Trace;

/* Begins a block whose text is whole lines from line `first` (index) on, each without what belongs
 * to containers; lines that were definitions may have been taken off its front. False when the text
 * does not fit the lines. */
bool trace_begin_lines(Trace *trace, Str text, size_t first, size_t last);

/* Begins a block whose text stands in one piece at `source`. */
void trace_begin_piece(Trace *trace, Str text, size_t source);

/* Begins a table cell: `raw` is a slice of the source, in which cmark has turned `\|` into `|`. */
void trace_begin_cell(Trace *trace, Str text, Str raw);

/* Begins a block of which nothing is known but its place. */
void trace_begin_lost(Trace *trace, Str text, Span whole);

/* Where byte `at` of the block's text stands in the source. Needs a begun block that is not lost,
 * as trace_span does. */
size_t trace_source(Trace *trace, size_t at);

/* The place of the bytes from `start` up to `end`, kept inside of the source. */
Span trace_span(Trace *trace, size_t start, size_t end);

/* The place of the block's text as a whole. */
Span trace_whole(const Trace *trace);

/* One inline begins, or ends (containers only). Fills at, and url_at at the end of a link. */
void trace_enter(Trace *trace, MdNode *node);
void trace_leave(Trace *trace, MdNode *node);

/* The text that is all there is in the block, without any mark: its bytes are the block's. */
void trace_enter_plain(Trace *trace, MdNode *node);

/* A space as cmark has them: blanks and the control characters from tab to CR. */
static inline bool trace_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of `source` (which begins at `at`) that one step of decoded text takes: an escape, an
 * entity, or a byte. `decoded` gets up to 8 bytes, `size` how many. */
size_t trace_decode(Str source, bool has_escapes, char decoded[8], size_t *size);

#endif
