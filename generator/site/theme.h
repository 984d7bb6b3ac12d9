/* theme.h: what the site looks like: its templates.
 * In: the theme that is compiled in. Out: templates by name, compiled together once. Renders
 * nothing: shell.h does. */
#ifndef SITE_THEME_H
#define SITE_THEME_H

#include "site/site.h"
#include "site/template.h"

typedef struct Theme {
    const Template *templates; /* all of them, and the parts that they share */
    Str *names;                /* of the templates: "page", "home"; a number there is one here */
    size_t name_count;
} Theme;

/* The theme of the site. Findings about its files are in site->diags. */
const Theme *theme_read(Site *site);

/* The number of the template that `page` asks for, for template_render; of one that does not exist
 * the page's own list says so, and it is that of any other page. */
size_t theme_template_of(const Theme *theme, const Page *page);

#endif
