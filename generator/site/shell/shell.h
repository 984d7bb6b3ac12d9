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

/* A page's shell before its content is in it. */
typedef struct ShellPage {
    TemplateValue *values;
    size_t template;
} ShellPage;

/* Everything that the template of the page may show but the content; in `arena`. Many pages may be
 * made at once, each thread with its own sidebar. */
ShellPage shell_begin(const ShellTools *tools, const Page *page, Arena *arena);

/* What stands for the shell: where it is the same, pages with the same content are. */
Hash shell_hash(const ShellTools *tools, const ShellPage *shell);

/* What stands for all shells but for what a page's own text says: where it is the same, the shell
 * of a page whose text is the same is too, and need not be begun to know it. */
Hash shell_world(const ShellTools *tools, Arena *tmp);

/* Appends the finished page; once for each that was begun. Gives where in `out` the content stands,
 * or STR_NONE when the template does not show it as it is. */
size_t shell_end(const ShellTools *tools, const Page *page, const ShellPage *shell, Str content,
                 Buf *out);

/* All of it in one call. */
void shell_render(const ShellTools *tools, const Page *page, Str content, Buf *out);

#endif
