/* include.h: {{ include: file#region }} and {{ file#value }}.
 * In: a page's tree. Out: the same tree with other files' text in it; nodes from another file keep
 * their places there, so findings point into it. Leaves code alone but for lines of fences that are
 * an include. */
#ifndef SITE_INCLUDE_H
#define SITE_INCLUDE_H

#include "site/parts.h"
#include "site/site.h"

/* Brings in what the page names, and what that names in turn. Trackers and plans are left as they
 * are: docsgen edits them byte by byte. */
void include_into(Page *page, Parts *parts, Arena *arena);

#endif
