/* summary.h: what stands at the end of a build.
 * In: a site and what was found. Out: one line on standard error, and where the time went for who
 * asks. */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include <time.h>

#include "check/report.h"
#include "cli/project.h"
#include "site/site.h"

/* Now, to be measured from. */
struct timespec summary_start(void);

/* How much of what. */
typedef struct SummaryFigures {
    size_t pages, diagrams, trackers;
} SummaryFigures;

typedef struct SummaryEnd {
    struct timespec start;
    Str where; /* what stands at the end of the line: " -> output/"; may be empty */
} SummaryEnd;

/* "built 18 pages, 28 diagrams, 1 tracker in 0.06 s; 1 error, 0 warnings" and where to; nothing
 * with
 * --quiet. */
void summary_print(const Project *project, const SummaryFigures *figures, ReportCounts counts,
                   const SummaryEnd *end);

/* "rendered 25 of 100 pages in 0.06 s", of a slice; likewise. */
void summary_print_shard(const Project *project, const Site *site, const SummaryEnd *end);

SummaryFigures summary_figures(const Site *site);

/* The stages and the slowest pages, a table on standard error; nothing without `timings`. */
void summary_print_timings(const Timings *timings, const Site *site);

#endif
