/* preprocess.h: what Mermaid does to a diagram's text before its grammar sees it.
 * In: a source; out: the text without front matter, directives and comments, in which every byte
 * knows where it stood. Interprets nothing: front.h reads what was cut out. */
#ifndef DIAGRAM_SYNTAX_PREPROCESS_H
#define DIAGRAM_SYNTAX_PREPROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"

/* An entity `#word;` becomes these marks around the word, as in Mermaid, because `#` and `;` mean
 * other things in the grammar. A number gets the second mark as well. */
#define PREPROCESS_ENTITY       "\xEF\xAC\x82\xC2\xB0"
#define PREPROCESS_ENTITY_DIGIT "\xC2\xB0"
#define PREPROCESS_ENTITY_END   "\xC2\xB6\xC3\x9F"

typedef struct CleanText {
    Str text; /* ends with a line end */
    const Source *source;
    const uint32_t *origin; /* for each byte of `text`, and for its end: the offset in the source */
    Span front_matter;      /* the YAML between the dashes; source NULL: none */
    Span *directives;       /* what stands after `init:`, in order */
    size_t directive_count;
} CleanText;

/* For flowcharts, and for every other kind: only the flowchart's parser cuts what stands between
 * `}` and the end of its line. */
CleanText preprocess_run(const Source *source, Arena *arena);
CleanText preprocess_run_plain(const Source *source, Arena *arena);

/* The place in the author's text of a part of the clean text. */
Span preprocess_span(const CleanText *clean, size_t start, size_t size);

/* Where front matter at the very start of `text` has its YAML and where the diagram begins. False:
 * there is none. */
bool preprocess_find_front_matter(Str text, Str *yaml, size_t *end);

/* The offset behind the directive `%%{name: ...}%%` at `at`, or `at` when none stands there. */
size_t preprocess_directive_end(Str text, size_t at);

#endif
