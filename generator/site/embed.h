/* embed.h: images whose target is a source that docsgen can draw, and mermaid fences, become
 * finished markup. In: a page's tree. Out: the same tree with those nodes replaced. The only file
 * that sees Markdown, diagrams, data and trackers together. */
#ifndef SITE_EMBED_H
#define SITE_EMBED_H

#include "site/site.h"

/* Is the code block a mermaid fence? Those of a page are numbered in order: Page.fences. */
bool embed_is_fence(const MdNode *block);

/* The heading that a part of the page stands below, as text; empty where there is none. */
Str embed_section(const MdNode *node, Arena *arena);

/* Replaces every embed of the page. Reads the site, changes only the page. */
void embed_page(const Site *site, Page *page, Arena *arena);

/* Appends what replaces fence number `fence` of a page that has no other embeds and whose tree is
 * gone. False when it stays code. `taken` is what the page has appended so, in bytes. */
bool embed_late_fence(const Site *site, Page *page, size_t fence, size_t *taken, Buf *out);

#endif
