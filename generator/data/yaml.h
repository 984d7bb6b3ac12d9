/* yaml.h: YAML as a tree with places.
 * In: a source or a part of one; out: nodes typed by the YAML 1.2 core schema. Anchors, aliases,
 * tags, duplicate keys, several documents and great depth are findings. Reads JSON as well, which
 * is YAML. Knows no schema. */
#ifndef DATA_YAML_H
#define DATA_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

typedef enum YamlKind {
    YAML_NULL,
    YAML_BOOL,
    YAML_INT,
    YAML_FLOAT,
    YAML_STRING,
    YAML_LIST,
    YAML_MAP
} YamlKind;

typedef struct YamlNode {
    YamlKind kind;
    Span at;  /* the value; for a plain scalar exactly its text, for quoted ones with the quotes */
    Str text; /* any scalar: as written, quotes and escapes resolved ("0.10" keeps its zero) */
    bool is_quoted;           /* scalar written with quotes or as a block: always YAML_STRING */
    bool is_true;             /* BOOL */
    int64_t integer;          /* INT that fits; others are FLOAT */
    struct YamlNode **values; /* LIST: the items; MAP: the values */
    struct YamlNode **keys;   /* MAP: the keys, all scalars */
    size_t count;
} YamlNode;

/* The document in `region` (the whole source: span_of(source, 0, source->text.size)). An empty
 * document gives a node of kind YAML_NULL. NULL after a finding under `rule` (data/syntax,
 * page/front-matter, settings/invalid). */
YamlNode *yaml_parse(Span region, DiagRule rule, Arena *arena, Diags *diags);

/* The value under `key` of a map, or NULL; NULL also when `node` is NULL or no map. */
YamlNode *yaml_find(const YamlNode *node, const char *key);

/* A finding for each key of `map` that is not among `known` (NULL-terminated), with "did you mean".
 * True when all are known. */
bool yaml_check_keys(const YamlNode *map, const char *const *known, DiagRule rule, Diags *diags);

/* What kind of value it is, for messages: "a list", "a number", "text". */
Str yaml_kind_name(YamlKind kind);

#endif
