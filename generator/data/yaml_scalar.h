/* yaml_scalar.h: what a plain scalar is by the YAML 1.2 core schema (YAML 1.2.2, section 10.3.2).
 * In: a node whose text is set; out: its kind and value.
 * Leaves quoted scalars alone: those are text. */
#ifndef DATA_YAML_SCALAR_H
#define DATA_YAML_SCALAR_H

#include "data/yaml.h"

/* Sets kind, is_true and integer of a plain scalar from its text. */
void yaml_scalar_type(YamlNode *node);

#endif
