/* ignore.h: findings that an author has seen and means to be so.
 * In: the comments of the sources and the findings. Out: fewer findings, and new ones for comments
 * that say nothing. */
#ifndef CHECK_IGNORE_H
#define CHECK_IGNORE_H

#include "markdown/ignore.h"
#include "site/site.h"

/* Removes the findings that `ignores` cover; each list belongs to one text. `knows_all`: every
 * check has run, so that a comment which covers none is one too many. */
void ignore_findings(const MdIgnores *ignores, size_t count, bool knows_all, Diags *diags);

/* The same for all sources of the site: comments of pages, and lines of diagrams and data files
 * that begin with %% or #. */
void ignore_in_site(const Site *site, Diags *diags);

#endif
