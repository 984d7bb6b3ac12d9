/* past.h: what git knows of the site's files.
 * In: the pages and trackers; out: the day each page last changed, and the history of each tracker.
 * Without a whole history nothing is said, since half of one would be wrong. */
#ifndef SITE_PAST_H
#define SITE_PAST_H

#include "site/site.h"

/* Reads the past of the project in the folder `root`. What cannot be known is left out, with a note
 * (roadmap/history) where a tracker's page would have shown it. */
void past_read(Site *site, Str root);

#endif
