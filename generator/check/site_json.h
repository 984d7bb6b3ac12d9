/* site_json.h: the whole site as one document for programs, docsgen.json.
 * In: a const Site whose findings are complete and sorted. Out: pages with headings and links,
 * diagrams with nodes and edges, trackers, costs, cards and findings, each with its place in the
 * sources. generator/schema/docsgen.schema.json describes it. */
#ifndef CHECK_SITE_JSON_H
#define CHECK_SITE_JSON_H

#include "base/buf.h"
#include "site/site.h"

/* The document, in the site's arena. */
Str site_json(const Site *site);

#endif
