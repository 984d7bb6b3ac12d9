/* config_theme.h: the key `theme`, what the site looks like.
 * In: its map; out: ThemeSettings. Files are named, not looked for: site/shell/theme.h does. */
#ifndef CONFIG_CONFIG_THEME_H
#define CONFIG_CONFIG_THEME_H

#include "config/config.h"
#include "data/yaml.h"

/* Colours that settings may name, those of the style sheet with these names. Ends with NULL. */
extern const char *const config_theme_colors[];

/* Reads `map`. What is wrong is a finding settings/invalid and left out. */
void config_theme_read(const YamlNode *map, ThemeSettings *theme, Arena *arena, Diags *diags);

/* Appends the settings that were given as YAML, nothing without one. */
void config_theme_render(const ThemeSettings *theme, Buf *out);

#endif
