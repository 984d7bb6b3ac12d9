#include "base/ban.h"

#include "cli/summary.h"

struct timespec summary_start(void) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    return start;
}

static double seconds_since(struct timespec start) {
    struct timespec now = summary_start();
    return (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

void summary_print(const Project *project, const Site *site, ReportCounts counts,
                   const SummaryEnd *end) {
    if (project->flags->is_quiet)
        return;
    Arena *arena = project->arena;
    Str pages = count_of(site_author_pages(site), "page", arena),
        diagrams = count_of(site->diagram_count, "diagram", arena);
    Str trackers = count_of(site->tracker_count, "tracker", arena);
    fprintf(stderr, "built %.*s, %.*s, %.*s in %.2f s", STR_FMT(pages), STR_FMT(diagrams),
            STR_FMT(trackers), seconds_since(end->start));
    if (counts.errors + counts.warnings) {
        Str errors = count_of(counts.errors, "error", arena),
            warnings = count_of(counts.warnings, "warning", arena);
        fprintf(stderr, "; %.*s, %.*s", STR_FMT(errors), STR_FMT(warnings));
    }
    fprintf(stderr, "%.*s\n", STR_FMT(end->where));
}
