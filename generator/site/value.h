/* value.h: one value of a data file, by its path of keys.
 * In: a tree and "mimir.memory". Out: the value as written, or a finding. */
#ifndef SITE_VALUE_H
#define SITE_VALUE_H

#include "site/parts.h"

/* The value at `path` below `root`, or NULL after a finding at `at`, which is the path in the page
 * (or the whole tag). Keys are divided by dots; a key that has dots itself is found as well. An
 * item of a list is named by its index from 0, or by its `id` or `name`. `steps` grows by
 * what the search has cost. */
const YamlNode *value_find(const YamlNode *root, Str path, Span at, size_t *steps, Diags *diags);

#endif
