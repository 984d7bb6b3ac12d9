/* checks.h: the table of checks.
 * In: a const Site. Out: findings. Each row is one function that reads and reports, and changes
 * nothing. Links are checked while pages are rendered (site/links.c); these are the checks that
 * need the whole site. */
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

#include "base/fs.h"
#include "site/site.h"

/* Runs every check that needs no disk. */
void checks_run(const Site *site, Diags *diags);

/* Reads the finished HTML back with libxml2 and follows every reference again: what docsgen wrote
 * must hold by itself. */
void check_markup(const Site *site, Diags *diags);

#endif
