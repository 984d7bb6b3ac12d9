/* generated.h: pages that docsgen writes itself.
 * In: a name and what stands on it; out: a Page like any other, without a file to edit and without
 * an entry in the navigation. */
#ifndef SITE_GENERATED_H
#define SITE_GENERATED_H

#include "site/site.h"

typedef struct GeneratedPage {
    const char *name; /* "elements" for elements.html */
    const char *title, *description;
    Str markdown; /* the text, title heading included */
    Str html;     /* behind the text; may be empty */
} GeneratedPage;

/* Whether an author has a page of this name: it wins. */
bool generated_is_taken(const Site *site, const char *name);

/* Makes the page and adds it to the site's pages, in byte order of path. Nothing is rendered. */
Page *generated_add(Site *site, const GeneratedPage *wanted);

/* Most pages that docsgen adds: site->pages has room for as many. */
#define GENERATED_PAGES 4

#endif
