/* config_nav.h: the `nav:` list of docsgen.yml.
 * In: its YAML; out: NavSettings with tidy targets. Whether the pages exist is site/'s question.
 * Not for other folders. */
#ifndef CONFIG_CONFIG_NAV_H
#define CONFIG_CONFIG_NAV_H

#include "base/arena.h"
#include "base/diag.h"
#include "config/config.h"
#include "data/yaml.h"

/* The entries of `nav`, which must be a list. */
NavSetting *config_nav_read(const YamlNode *nav, size_t *count, Arena *arena, Diags *diags);

/* Works "." and ".." out of a path relative to the source folder and keeps a closing slash; a path
 * that leaves the folder is a finding. */
void config_nav_tidy_target(Str *target, Span at, Arena *arena, Diags *diags);

#endif
