#include "base/ban.h"

#include "data/schema.h"

#include <assert.h>

bool schema_is_scalar(const YamlNode *node) {
    return node->kind != YAML_LIST && node->kind != YAML_MAP;
}

/* Names both kinds, for an author sees what is there but not what was expected. */
static void report_kind(const Schema *schema, const YamlNode *node, const char *key,
                        YamlKind expected) {
    diag_add(schema->diags, DIAG_DATA_SCHEMA, node->at, "\"%s\" must be %.*s, not %.*s", key,
             STR_FMT(yaml_kind_name(expected)), STR_FMT(yaml_kind_name(node->kind)));
}

/* Null counts as absent: `budget:` with nothing behind it is a line that somebody has yet to fill.
 */
const YamlNode *schema_find(const Schema *schema, const YamlNode *map, const char *key,
                            YamlKind kind) {
    const YamlNode *node = yaml_find(map, key);
    if (!node || node->kind == YAML_NULL)
        return NULL;
    if (node->kind == kind)
        return node;
    report_kind(schema, node, key, kind);
    return NULL;
}

Str schema_text(const Schema *schema, const YamlNode *map, const char *key, const YamlNode **node) {
    const YamlNode *found = yaml_find(map, key);
    if (found && !schema_is_scalar(found)) {
        report_kind(schema, found, key, YAML_STRING);
        found = NULL;
    }
    if (found && found->kind == YAML_NULL)
        found = NULL;
    if (node)
        *node = found;
    return found ? found->text : (Str){NULL, 0};
}

Str schema_require_text(const Schema *schema, const YamlNode *map, const char *key,
                        const char *owner) {
    const YamlNode *found = yaml_find(map, key);
    Str text = schema_text(schema, map, key, NULL);
    if (!text.size && (!found || schema_is_scalar(found))) {
        Span at = found ? found->at : map->at;
        if (!found && map->count)
            at = map->keys[0]->at; /* the whole map would be too much to underline */
        diag_add(schema->diags, DIAG_DATA_SCHEMA, at, "%s has no \"%s\"", owner, key);
    }
    return text;
}

bool schema_quantity(const Schema *schema, const YamlNode *node, Quantity *quantity) {
    if (schema_is_scalar(node) && quantity_parse(node->text, quantity))
        return true;
    diag_add(schema->diags, DIAG_DATA_UNIT, node->at, "\"%.*s\" is no quantity",
             STR_FMT(schema_is_scalar(node) ? node->text : span_text(node->at)));
    if (str_find_char(node->text, ',', 0) != STR_NONE)
        diag_hint(schema->diags, "a comma separates thousands; decimals have a point: 1.5 GB");
    else
        diag_hint(schema->diags, "write a number and a unit: 768 MB, 7d, 85 %%, $30");
    return false;
}

/* The hint is the nearest name where one is near, and the whole choice where none is: with eight
 * colors or three lifecycles a list is a better answer than none. */
Str schema_choice(const Schema *schema, const YamlNode *node, const char *what,
                  const char *const *known) {
    Str names[16];
    size_t count = 0;
    if (!node)
        return (Str){NULL, 0};
    for (; known[count]; count++) {
        assert(count < sizeof names / sizeof *names);
        names[count] = str_from(known[count]);
        if (str_equal(node->text, names[count]))
            return node->text;
    }
    diag_add(schema->diags, DIAG_DATA_SCHEMA, node->at, "no %s is called \"%.*s\"", what,
             STR_FMT(node->text));
    if (str_nearest(node->text, names, count).size) {
        diag_hint_nearest(schema->diags, node->text, names, count);
    } else {
        Buf list = buf_new(schema->arena);
        for (size_t i = 0; i < count; i++) {
            buf_add_text(&list, i ? ", " : "");
            buf_add(&list, names[i]);
        }
        diag_hint(schema->diags, "use %.*s", STR_FMT(buf_str(&list)));
    }
    return (Str){NULL, 0};
}
size_t schema_limit(const Schema *schema, const YamlNode *node, size_t limit) {
    if (node->count <= limit)
        return node->count;
    Span at = node->kind == YAML_MAP ? node->keys[limit]->at : node->values[limit]->at;
    diag_add(schema->diags, DIAG_DATA_SCHEMA, at, "more than %zu entries", limit);
    return limit;
}
