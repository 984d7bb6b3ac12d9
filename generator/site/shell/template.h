/* template.h: the page shell's small template language, after Mustache (mustache.github.io).
 * In: sources, compiled once to a list of operations, and a tree of values per page. Out: text.
 * Knows no page and no file; what the shell expects stands in theme/parts.html.
 *
 *   {{name}}              the value, HTML-escaped
 *   {{{name}}}            the value as it is: finished HTML
 *   {{#name}}...{{/name}} once for a true bool, a text that is not empty or a map, whose names are
 *                         then known; once per item for a list; else not at all
 *   {{?name}}...{{/name}} once where the section above would be written at all; brings no names
 *   {{^name}}...{{/name}} the opposite
 *   {{+part}}...{{/part}} a part: writes nothing here
 *   {{> part}}            writes the part here; a part may call itself
 *   {{! comment }}        nothing
 *
 * `a.b` is b of a. A name is looked up from the innermost map outwards, `.name` in the innermost
 * map only, and `.` is the item or value of the section around it. A tag alone on its line takes
 * the line with it. */
#ifndef SITE_TEMPLATE_H
#define SITE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/source.h"
#include "base/str.h"

typedef enum TemplateKind {
    TEMPLATE_TEXT,
    TEMPLATE_BOOL,
    TEMPLATE_LIST,
    TEMPLATE_MAP,
} TemplateKind;

/* One value; the functions below build the tree. */
typedef struct TemplateValue {
    TemplateKind kind;
    bool is_true;                   /* BOOL */
    Str name;                       /* in its map; empty in a list */
    Str text;                       /* TEXT */
    uint64_t name_begin;            /* the first eight bytes of `name` */
    struct TemplateValue **drawers; /* MAP: its values by `name_begin`, each the first */
    struct TemplateValue *below;    /* the next one in the same drawer */
    size_t *place;                  /* set to where a raw TEXT is written last, when not NULL */
    struct TemplateValue *first, *last, *next; /* LIST, MAP: what they hold, in order */
    Arena *arena;
} TemplateValue;

/* A map without names, the root of a tree in `arena`. */
TemplateValue *template_map_new(Arena *arena);

/* Give `map` a name. `name` and `text` are not copied; giving a name twice is a mistake of ours
 * (assert). */
TemplateValue *template_set_text(TemplateValue *map, const char *name, Str text);
void template_set_bool(TemplateValue *map, const char *name, bool is_true);
TemplateValue *template_set_list(TemplateValue *map, const char *name);
TemplateValue *template_set_map(TemplateValue *map, const char *name);

/* Give `list` one more item. */
void template_add_text(TemplateValue *list, Str text);
TemplateValue *template_add_map(TemplateValue *list);

/* What stands for a value and all that it holds; `tmp` is for a moment. */
Hash template_hash_value(const TemplateValue *value, Arena *tmp);

typedef struct Template Template;

/* The templates in `sources`, which must outlive them, compiled together: each may write the parts
 * of every other; of two parts with one name that of the same source wins, else the first. Never
 * NULL: what is wrong is a finding template/syntax, is left out, and the rest works. */
Template *template_parse(const Source *const *sources, size_t count, Arena *arena, Diags *diags);

/* What stands for all sources, in their order. */
Hash template_hash(const Template *template);

/* The source by its number. */
const Source *template_source(const Template *template, size_t source);

/* Reports every name (the first word of a dotted one) that is not among `known`: a name without a
 * value writes nothing, so that a slip of the pen would go unseen. Names with a leading dot are
 * checked as well. */
void template_check_names(const Template *template, const Str *known, size_t count, Diags *diags);

/* Appends template number `source` filled with `root`. Pure: many threads may render at once.
 * False when it nests deeper than LIMIT_NESTING or takes more than LIMIT_TEMPLATE_STEPS, as a part
 * that calls itself without end does; `out` then holds the beginning. */
bool template_render(const Template *template, size_t source, const TemplateValue *root, Buf *out);

#endif
