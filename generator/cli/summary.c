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

SummaryFigures summary_figures(const Site *site) {
    return (SummaryFigures){site_author_pages(site), site->diagram_count, site->tracker_count};
}

void summary_print(const Project *project, const SummaryFigures *figures, ReportCounts counts,
                   const SummaryEnd *end) {
    if (project->flags->is_quiet)
        return;
    Arena *arena = project->arena;
    Str pages = count_of(figures->pages, "page", arena),
        diagrams = count_of(figures->diagrams, "diagram", arena);
    Str trackers = count_of(figures->trackers, "tracker", arena);
    fprintf(stderr, "built %.*s, %.*s, %.*s in %.2f s", STR_FMT(pages), STR_FMT(diagrams),
            STR_FMT(trackers), seconds_since(end->start));
    if (counts.errors + counts.warnings) {
        Str errors = count_of(counts.errors, "error", arena),
            warnings = count_of(counts.warnings, "warning", arena);
        fprintf(stderr, "; %.*s, %.*s", STR_FMT(errors), STR_FMT(warnings));
    }
    fprintf(stderr, "%.*s\n", STR_FMT(end->where));
}

void summary_print_shard(const Project *project, const Site *site, const SummaryEnd *end) {
    if (!project->flags->is_quiet)
        /* Its record is no page. */
        fprintf(stderr, "rendered %zu of %zu pages in %.2f s%.*s\n", site->outputs.count - 1,
                site->page_count, seconds_since(end->start), STR_FMT(end->where));
}

#define SLOWEST_MOST 10 /* pages */

static double in_ms(uint64_t ns) {
    return (double)ns / 1e6;
}

static void print_stages(const Timings *timings) {
    TimingStage all = {.name = "all"};
    fprintf(stderr, "%-12s %10s %10s %12s\n", "stage", "wall", "CPU", "peak memory");
    for (size_t i = 0; i <= timings->stage_count; i++) {
        const TimingStage *stage = i < timings->stage_count ? &timings->stages[i] : &all;
        fprintf(stderr, "%-12s %7.1f ms %7.1f ms %8.1f MiB\n", stage->name, in_ms(stage->wall_ns),
                in_ms(stage->cpu_ns), (double)stage->peak_kib / 1024);
        all.wall_ns += stage->wall_ns;
        all.cpu_ns += stage->cpu_ns;
        all.peak_kib = stage->peak_kib;
    }
}

void summary_print_timings(const Timings *timings, const Site *site) {
    if (!timings)
        return;
    print_stages(timings);
    const Page *slowest[SLOWEST_MOST];
    size_t count = 0;
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        size_t place = count;
        while (place > 0 && slowest[place - 1]->cpu_ns < page->cpu_ns)
            place--;
        if (place == SLOWEST_MOST)
            continue;
        count += count < SLOWEST_MOST;
        memmove(&slowest[place + 1], &slowest[place], (count - 1 - place) * sizeof(Page *));
        slowest[place] = page;
    }
    fprintf(stderr, "slowest pages, CPU\n");
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%7.1f ms  %.*s\n", in_ms(slowest[i]->cpu_ns), STR_FMT(slowest[i]->path));
}
