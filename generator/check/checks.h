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
 * must hold by itself. */
void check_markup(const Site *site, Diags *diags);

#endif
