#include "base/ban.h"

#include "site/stage.h"

Arena *stage_arena(const Build *build, unsigned worker) {
    return build->site->workers[worker];
}

PageTools stage_tools(const Build *build, unsigned worker) {
    return (PageTools){.parts = build->parts[worker],
                       .arena = stage_arena(build, worker),
                       .cold = build->site->colds[worker],
                       .tmp = build->tmps[worker]};
}

uint64_t stage_clock(const Build *build, uint64_t start) {
    return build->job->timings ? timing_thread_ns() - start : 0;
}

void stage_leave(const Build *build, size_t index, unsigned worker) {
    arena_settle(build->site->colds[worker], false);
    arena_reset(build->tmps[worker]);
    site_rest(build->site, index);
    progress_step(build->job->progress);
}

void stage_rest(const Site *site) {
    for (unsigned i = 0; i < site->worker_count; i++)
        arena_settle(site->colds[i], true);
    spill_mark(site->spill);
    spill_rest(site->spill);
}
