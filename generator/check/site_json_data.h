/* site_json_data.h: the part of docsgen.json that comes from data files.
 * In: a const Site. Out: the members "costs" and "cards". Internal to site_json.c. */
#ifndef CHECK_SITE_JSON_DATA_H
#define CHECK_SITE_JSON_DATA_H

#include "base/buf.h"
#include "site/site.h"

/* Cost sheets, computed: amounts are strings of decimal digits, because most readers of JSON would
 * make binary fractions of numbers. */
void site_json_add_costs(const Site *site, Buf *out);

/* Sets of cards with their budgets. */
void site_json_add_cards(const Site *site, Buf *out);

#endif
