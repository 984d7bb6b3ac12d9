/* checks.h: the table of checks.
 * In: a const Site. Out: findings. Each row is one function that reads and reports, and changes
 * nothing. Links are checked while pages are rendered (site/links.c); these are the checks that
 * need the whole site. */
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

#include "base/fs.h"
#include "site/site.h"

/* Runs every check that needs no disk, then leaves out what comments ignore. */
void checks_run(const Site *site, Diags *diags);

/* Do diagrams and cards say the same about the same ids? Rows of the table, in model.c. */
void check_names(const Site *site, Diags *diags);
void check_ports(const Site *site, Diags *diags);
void check_unused(const Site *site, Diags *diags);

/* Reads the finished HTML back with libxml2 and follows every reference again: what docsgen wrote
 * must hold by itself. Pages may be judged as they are made, so that nobody has to keep them: while
 * the site is built, by markup_put, the `put` of an OutputSink. Then, or without that,
 * markup_finish judges the pages that were kept, follows what leads from file to file, and frees
 * it; without a site markup_free does. */
typedef struct MarkupCheck MarkupCheck;
MarkupCheck *markup_new(unsigned worker_count, Arena *arena);
Stamp markup_put(void *context, const Site *site, unsigned worker, Str path, Str html);
void markup_finish(MarkupCheck *check, const Site *site, Diags *diags);
void markup_free(MarkupCheck *check);

/* All of that at once, for a site whose pages were kept. */
void check_markup(const Site *site, Diags *diags);

#endif
