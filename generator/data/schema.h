/* schema.h: what the readers of typed data files share.
 * In: YAML maps; out: texts, quantities and lists, with findings data/schema and data/unit where
 * the file does not say what its kind needs. Not for other folders. */
#ifndef DATA_SCHEMA_H
#define DATA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "data/money.h"
#include "data/yaml.h"

typedef struct Schema {
    Arena *arena;
    Diags *diags;
} Schema;

bool schema_is_scalar(const YamlNode *node);

/* The value under `key` if it is of this kind. NULL when it is absent or null, or of another kind,
 * which is a finding. */
const YamlNode *schema_find(const Schema *schema, const YamlNode *map, const char *key,
                            YamlKind kind);

/* The text of the scalar under `key`; empty when it is absent, or after a finding. `node` may be
 * NULL; else it gets the scalar, or NULL. */
Str schema_text(const Schema *schema, const YamlNode *map, const char *key, const YamlNode **node);

/* As schema_text, but an absent or empty text is a finding that names `owner` ("this card"). */
Str schema_require_text(const Schema *schema, const YamlNode *map, const char *key,
                        const char *owner);

/* The quantity of a scalar. False after a finding. */
bool schema_quantity(const Schema *schema, const YamlNode *node, Quantity *quantity);

/* `text` if it is among `known` (ending in NULL) or empty; else empty after a finding. `what` names
 * the choice: "color". */
Str schema_choice(const Schema *schema, const YamlNode *node, const char *what,
                  const char *const *known);

/* The number of a list's or map's entries, at most `limit`; more are a finding. */
size_t schema_limit(const Schema *schema, const YamlNode *node, size_t limit);

#endif
