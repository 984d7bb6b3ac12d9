/* yaml_errors.h: libyaml's complaints in an author's words.
 * In: a stopped parser and the text it read; out: one finding with its place and a way out.
 * Also turns libyaml's places, which count code points, into byte ranges. Not for other folders. */
#ifndef DATA_YAML_ERRORS_H
#define DATA_YAML_ERRORS_H

#include <stddef.h>
#include <stdint.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

/* The text that libyaml reads, and the way from its code points back to bytes of the source. */
typedef struct YamlText {
    Span region;             /* without a byte order mark */
    Str bytes;               /* the region's bytes */
    const uint32_t *offsets; /* byte of every 64th code point; NULL when all is ASCII */
    size_t count;            /* code points; 0 when all is ASCII */
} YamlText;

/* `region` must be UTF-8. */
YamlText yaml_text_new(Span region, Arena *arena);

/* The Span of `count` code points from code point `index` on, cut to the region. */
Span yaml_text_span(const YamlText *text, size_t index, size_t count);

/* Reports why the parser stopped. */
void yaml_errors_report(const yaml_parser_t *parser, const YamlText *text, DiagRule rule,
                        Diags *diags);

#endif
