/* past.h: what git knows of the site's files.
 * In: the pages and trackers; out: the day each page last changed, and the history of each tracker.
 * Without a whole history nothing is said, since half of one would be wrong. */
#ifndef SITE_PAST_H
#define SITE_PAST_H

#include "git/git.h"
#include "site/site.h"

/* The history of a tracker whose versions git_read_versions has read; lives in `arena`. */
RoadmapHistory *past_history(const GitFile *file, Arena *arena);

/* Reads the past of the project in the folder `root`. What cannot be known is left out, with a note
 * (roadmap/history) where a tracker's page would have shown it. */
void past_read(Site *site, Str root);

#endif
