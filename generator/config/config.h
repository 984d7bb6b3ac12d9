/* config.h: docsgen.yml as one const struct.
 * In: the settings' source (or none), environment and flags; out: Config with every default filled
 * in. Touches no file: the caller reads docsgen.yml. Defaults stand in config.c and nowhere else.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

/* One entry of `nav:`. A page or folder has a target, a section has entries. */
typedef struct NavSetting {
    Str title;  /* empty: the page's own title */
    Str target; /* relative to the source folder: "index.md", "roadmap/"; empty for a section */
    Span at;    /* the target, or the section's title */
    struct NavSetting *entries;
    size_t entry_count;
} NavSetting;

typedef struct RedirectSetting {
    Str from, to; /* relative to the source folder */
    Span at;      /* `to` */
} RedirectSetting;

/* A text of the settings, and where it stands there. */
typedef struct PlacedText {
    Str text; /* empty: not given */
    Span at;
} PlacedText;

/* One colour of `theme.colors`, as "#rrggbb". */
typedef struct ColorSetting {
    Str name;        /* of a colour of the style sheet: "accent" */
    Str light, dark; /* `dark` empty: readable tones are made from `light` */
    Span at;
} ColorSetting;

/* `theme`. Files are relative to the source folder and not yet looked for. */
typedef struct ThemeSettings {
    PlacedText folder; /* of files that replace the theme's; relative to the project's root */
    PlacedText logo, favicon;
    PlacedText *css;
    size_t css_count;
    ColorSetting *colors;
    size_t color_count;
    PlacedText header, footer; /* Markdown */
} ThemeSettings;

/* What becomes of HTML inside Markdown. */
typedef enum ConfigHtml {
    CONFIG_HTML_AS_TEXT, /* false: readers see the tags */
    CONFIG_HTML_SAFE,    /* safe: what can do no harm */
    CONFIG_HTML_ALL,     /* true: passed on */
} ConfigHtml;

typedef struct Config {
    Str title;       /* site.title; default: title of index.md (empty here) */
    Str description; /* site.description */
    Str url;         /* site.url with a closing slash, or empty */
    Str language;    /* site.language, default "en" */
    Str repository;  /* site.repository without closing slash, or empty */
    Str source;      /* folder of the pages, default "site-src" */
    Span source_at;  /* where the settings file says so; no source when it does not */
    Str diagrams;    /* folder of the diagrams, default "diagrams" */
    Str output;      /* folder of the site, default "output" */
    ConfigHtml html; /* markdown.raw_html, default false */
    bool has_cards;  /* site.cards, default true */
    bool has_nav;    /* `nav:` was given */
    NavSetting *nav;
    size_t nav_count;
    Str *roadmap; /* folders searched for trackers, relative to the root; default: the source folder
                   */
    size_t roadmap_count;
    RedirectSetting *redirects;
    size_t redirect_count;
    ThemeSettings theme;
    DiagSeverity severities[DIAG_RULE_COUNT]; /* defaults overlaid by checks: */
} Config;

/* Values given on the command line; empty Str means not given. They win over environment and file.
 */
typedef struct ConfigFlags {
    Str output;
} ConfigFlags;

/* Reads settings. `file` NULL: there is none. `environment` is a list of "NAME=value" ending in
 * NULL; DOCSGEN_OUTPUT, DOCSGEN_SOURCE, DOCSGEN_DIAGRAMS, DOCSGEN_SITE_TITLE, DOCSGEN_SITE_URL ...
 * are taken from it. NULL after a finding (settings/invalid, check/unknown-rule): the caller ends
 * with status 3. */
const Config *config_read(const Source *file, const ConfigFlags *flags,
                          const char *const *environment, Arena *arena, Diags *diags);

/* "false", "safe" or "true", as in the settings. */
const char *config_html_name(ConfigHtml html);

/* Appends the settings in force as YAML that config_read would read back to the same: `build
 * --show-config`. */
void config_render(const Config *config, Buf *out);

#endif
