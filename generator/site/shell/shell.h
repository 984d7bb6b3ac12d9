/* shell.h: the page around the content.
 * In: a page with its rendered content and the theme. Out: the finished HTML file.
 * theme/parts.html says which values it wants; this file gives exactly those. */
#ifndef SITE_SHELL_H
#define SITE_SHELL_H

#include "site/shell/sidebar.h"
#include "site/shell/theme.h"
#include "site/site.h"

/* Every name that a template may ask for, those inside of lists and maps as well. Ends with NULL;
 * site-src/docsgen/theme.md explains each. */
extern const char *const shell_values[];

/* What pages are made with. */
typedef struct ShellTools {
    const Site *site;
    const Theme *theme;
    Sidebar *sidebar; /* of this thread */
} ShellTools;

/* Appends the finished page. Many pages may be made at once, each thread with its own sidebar. */
void shell_render(const ShellTools *tools, const Page *page, Str content, Buf *out);

#endif
