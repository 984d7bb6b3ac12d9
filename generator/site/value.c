#include "base/ban.h"

#include "site/value.h"

#include "base/num.h"

#define NAME_LIMIT 1000 /* keys that a hint is chosen from */

/* What an item of a list is called: its `id`, else its `name`. */
static Str item_name(const YamlNode *item) {
    const YamlNode *name = yaml_find(item, "id");
    if (!name)
        name = yaml_find(item, "name");
    return name ? name->text : (Str){NULL, 0};
}

/* The name of child `index`; items of a list may have none. */
static Str child_name(const YamlNode *node, size_t index) {
    return node->kind == YAML_MAP ? node->keys[index]->text : item_name(node->values[index]);
}

/* Size of the longest piece of `path` that names a child: all of it, or up to a dot. */
static const YamlNode *take_child(const YamlNode *node, Str *path) {
    const YamlNode *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < node->count; i++) {
        Str name = child_name(node, i);
        bool is_whole_name = name.size <= path->size && str_starts_with(*path, name) &&
                             (name.size == path->size || path->data[name.size] == '.');
        if (name.size && is_whole_name && name.size > longest) {
            longest = name.size;
            found = node->values[i];
        }
    }
    int64_t index;
    size_t dot = str_find_char(*path, '.', 0);
    Str first = str_slice(*path, 0, dot);
    if (!found && node->kind == YAML_LIST && node->count &&
        num_parse_range(first, 0, (int64_t)node->count - 1, &index)) {
        found = node->values[index];
        longest = first.size;
    }
    *path = str_from_offset(*path, longest + (longest < path->size));
    return found;
}

/* Up to five names of children, for a hint. */
static Str list_names(const YamlNode *node, Arena *arena) {
    Buf names = buf_new(arena);
    size_t count = 0;
    for (size_t i = 0; i < node->count && count < 5; i++) {
        Str name = child_name(node, i);
        if (name.size == 0)
            continue;
        buf_add_text(&names, count++ ? ", " : "");
        buf_add(&names, name);
    }
    return buf_str(&names);
}

static void report_unknown(const YamlNode *node, Str before, Str rest, Span at, Diags *diags) {
    Str key = str_slice(rest, 0, str_find_char(rest, '.', 0));
    /* The caret goes under the key that is wrong, where the page has the path as it is. */
    if (at.size == before.size + rest.size)
        at = span_of(at.source, at.start + before.size, key.size);
    Str of = str_slice(before, 0, before.size ? before.size - 1 : 0);
    if (of.size)
        diag_add(diags, DIAG_PAGE_VALUE, at, "no value \"%.*s\" in \"%.*s\"", STR_FMT(key),
                 STR_FMT(of));
    else
        diag_add(diags, DIAG_PAGE_VALUE, at, "no value \"%.*s\"", STR_FMT(key));
    Arena *tmp = arena_new();
    size_t count = node->count < NAME_LIMIT ? node->count : NAME_LIMIT;
    Str *names = ARENA_ARRAY(tmp, Str, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = child_name(node, i);
    Str nearest = str_nearest(key, names, count);
    Str all = list_names(node, tmp);
    if (nearest.size)
        diag_hint(diags, "did you mean \"%.*s\"?", STR_FMT(nearest));
    else if (node->kind == YAML_LIST && all.size == 0)
        diag_hint(diags, "the list has %zu items, counted from 0", node->count);
    else if (all.size)
        diag_hint(diags, "there are %.*s%s", STR_FMT(all), node->count > 5 ? ", ..." : "");
    arena_free(tmp);
}

/* A page has room for text, not for a list. */
static bool is_one_value(const YamlNode *node, Str path, Span at, Diags *diags) {
    if (node->kind == YAML_NULL) {
        diag_add(diags, DIAG_PAGE_VALUE, at, "\"%.*s\" has no value", STR_FMT(path));
        diag_relate(diags, node->at, "here");
        return false;
    }
    if (node->kind != YAML_LIST && node->kind != YAML_MAP)
        return true;
    diag_add(diags, DIAG_PAGE_VALUE, at, "\"%.*s\" is %.*s, not one value", STR_FMT(path),
             STR_FMT(yaml_kind_name(node->kind)));
    Arena *tmp = arena_new();
    Str names = list_names(node, tmp);
    if (names.size)
        diag_hint(diags, "go on with a dot and one of %.*s%s", STR_FMT(names),
                  node->count > 5 ? ", ..." : "");
    arena_free(tmp);
    return false;
}

const YamlNode *value_find(const YamlNode *root, Str path, Span at, size_t *steps, Diags *diags) {
    const YamlNode *node = root;
    Str rest = path;
    while (rest.size) {
        Str before = str_slice(path, 0, path.size - rest.size);
        const YamlNode *child = NULL;
        Str left = rest;
        *steps += node->count;
        if (node->kind == YAML_MAP || node->kind == YAML_LIST)
            child = take_child(node, &left);
        if (!child) {
            report_unknown(node, before, rest, at, diags);
            return NULL;
        }
        node = child;
        rest = left;
    }
    return is_one_value(node, path, at, diags) ? node : NULL;
}
