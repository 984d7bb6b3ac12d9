/* embed.h: images whose target is a source that docsgen can draw, and mermaid fences, become
 * finished markup. In: a page's tree. Out: the same tree with those nodes replaced. The only file
 * that sees Markdown, diagrams, data and trackers together. */
#ifndef SITE_EMBED_H
#define SITE_EMBED_H

#include "site/site.h"

/* Replaces every embed of the page. Reads the site, changes only the page. */
void embed_page(const Site *site, Page *page, Arena *arena);

#endif
