/* yaml_plain.h: the YAML that nearly every page begins with, read without libyaml.
 * In: text; out: what yaml.h would give for it, or nothing when it is any more than a few lines
 * `key: value` of ASCII. Makes no findings: whatever could have one is left to libyaml. */
#ifndef DATA_YAML_PLAIN_H
#define DATA_YAML_PLAIN_H

#include "data/yaml.h"

/* The map in `region`, or NULL: it is not as plain as that. */
YamlNode *yaml_read_plain(Span region, Arena *arena);

#endif
