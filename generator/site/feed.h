/* feed.h: the completed PRs of all trackers as an Atom feed (RFC 4287).
 * In: the site with the history of its trackers; out: XML, newest first. */
#ifndef SITE_FEED_H
#define SITE_FEED_H

#include <stdbool.h>

#include "base/buf.h"
#include "site/site.h"

/* Whether the site has a feed: it knows its own address and the past of a tracker. */
bool feed_is_made(const Site *site);

/* Appends the feed: one entry for each PR that became complete, the newest fifty. False, and
 * nothing appended, when the site has none. */
bool feed_write(const Site *site, Buf *out);

#endif
