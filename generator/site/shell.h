/* shell.h: the page around the content.
 * In: a page with its rendered content and the compiled template. Out: the finished HTML file.
 * theme/page.html says which values it wants; this file gives exactly those. */
#ifndef SITE_SHELL_H
#define SITE_SHELL_H

#include "site/site.h"
#include "site/template.h"

/* The page template of the site: the theme's own. Findings about it are in site->diags. */
const Template *shell_template(Site *site);

/* Appends the finished page. Pure: many pages may be made at once. */
void shell_render(const Site *site, const Template *template, const Page *page, Str content,
                  Buf *out);

#endif
