/* theme.h: what the site looks like: templates, style sheet, icons, and what the settings put on
 * every page.
 * In: the theme that is compiled in, the settings, and the files with which a project replaces
 * parts of it. Out: templates compiled together once, and files. Renders no page: shell.h does. */
#ifndef SITE_THEME_H
#define SITE_THEME_H

#include "base/fs.h"
#include "site/shell/slot.h"
#include "site/shell/template.h"
#include "site/site.h"

typedef struct Theme {
    const Template *templates; /* all of them, and the parts that they share */
    Hash look;                 /* stands for the templates and their names */
    Str *names;                /* of the templates: "page", "home"; a number there is one here */
    size_t name_count;
    Str *stylesheets; /* where further ones stand in the output */
    size_t stylesheet_count;
    Str logo_svg; /* markup of the logo or mark; empty where `logo_url` is an image */
    Str logo_url;
    Str favicon_url, favicon_type;
    Str png_url, touch_url; /* the same as PNG, and for phones; may be empty */
    Slot header, footer;
    Output *files; /* in the output: the theme's own, replaced or not, and those of the project */
    size_t file_count, file_capacity;
} Theme;

/* The theme of the site, whose pages must be known. Findings are in site->diags. */
const Theme *theme_read(Site *site, Fs *fs);

/* The number of the template that `page` asks for, for template_render; of one that does not exist
 * the page's own list says so, and it is that of any other page. */
size_t theme_template_of(const Theme *theme, const Page *page);

/* The name of the site: the setting, else the title of its first page. */
Str theme_site_title(const Site *site);

#endif
