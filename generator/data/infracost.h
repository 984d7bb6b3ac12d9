/* infracost.h: the JSON of `infracost breakdown --format json`.
 * In: its tree (JSON is YAML); out: a CostSheet with a group per resource and one scenario. Amounts
 * are decimal strings there; null means "not known", never zero. Knows version 0.2 of the format.
 */
#ifndef DATA_INFRACOST_H
#define DATA_INFRACOST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "data/cost.h"
#include "data/yaml.h"

/* True when the tree looks like what Infracost writes. */
bool infracost_is(const YamlNode *root);

/* Reads it. The total that Infracost states is checked (cost/total) against its parts; never NULL.
 */
CostSheet *infracost_read(const YamlNode *root, Arena *arena, Diags *diags);

#endif
