/* source.h: a text with a name, and places in it.
 * Gives line, column and the line's text for a byte range, worked out only when somebody prints it.
 * An excerpt is a text taken out of another one line by line (a fence in a list, say); its places
 * are those of the origin. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* Reads texts that nobody has asked for yet. */
typedef struct SourceReader {
    /* Gives the text, of the size that was promised, in memory that outlives the source. Called by
     * one thread at a time. */
    Str (*read)(void *context, Str path, size_t size);
    void *context;
    Arena *arena; /* of the lines' starts */
    pthread_mutex_t lock;
} SourceReader;

typedef struct Source {
    Str path; /* relative to the project root, with '/' */
    Str text; /* all bytes as read; a BOM is kept. Of one that may be read late only the size is
                 known before source_load */
    _Atomic(SourceReader *) reader; /* who will read the text; NULL: it is here */
    const uint32_t *line_starts;    /* offset of every line's first byte; [0] is 0 */
    uint32_t line_count;            /* at least 1 */
    const struct Source *origin;    /* the text this one is an excerpt of, or NULL */
    const uint32_t *origin_starts; /* for an excerpt: where each line begins in the origin's text */
} Source;

typedef struct Span {
    const Source *source; /* NULL: no place known */
    uint32_t start;       /* offset in source->text */
    uint32_t size;        /* bytes; 0 points between two bytes */
} Span;

/* What a person needs to find a Span. */
typedef struct Place {
    Str path;
    uint32_t line;      /* from 1; 0 when the Span has no source */
    uint32_t column;    /* in bytes, from 1 */
    Str line_text;      /* without line end */
    uint32_t mark_size; /* bytes of line_text to underline, at least 1 */
} Place;

/* `path` and `text` must outlive the source. */
Source *source_new(Arena *arena, Str path, Str text);

/* The same with the starts of its lines in an arena of their own, as cold as the text may be: who
 * the text is of is asked far more often than what it reads. */
Source *source_new_apart(Arena *arena, Arena *lines, Str path, Str text);

/* A source whose text is read when source_load or a Span asks for it. */
Source *source_new_late(Arena *arena, Str path, size_t size, SourceReader *reader);

/* Makes the text be there. For several threads. */
void source_load(const Source *source);

/* An excerpt: `text` whose line n begins at byte origin_starts[n] of `origin`. As many starts as
 * `text` has lines. */
Source *source_excerpt(Arena *arena, const Source *origin, Str text, const uint32_t *origin_starts);

/* The bytes of a Span; the empty Str without a source. */
Str span_text(Span span);

Span span_of(const Source *source, size_t start, size_t size);

/* The Span of `part`, which must be a slice of source->text; otherwise a Span of size 0 at its
 * start. */
Span span_of_str(const Source *source, Str part);

/* The same place in the outermost text: excerpts are followed to their origin. */
Span span_resolve(Span span);

/* Where the span begins, as far as numbers go: without the text of its line. */
Place span_point(Span span);

Place span_place(Span span);

#endif
