#include "base/ban.h"

#include "base/timing.h"

#include <stdbool.h>
#include <sys/resource.h>
#include <time.h>

static uint64_t clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t timing_thread_ns(void) {
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

Timings *timing_new(Arena *arena) {
    Timings *timings = ARENA_NEW(arena, Timings);
    timings->arena = arena;
    return timings;
}

static void end_stage(Timings *timings, uint64_t wall, uint64_t cpu) {
    struct rusage usage;
    TimingStage *stage = &timings->stages[timings->stage_count - 1];
    stage->wall_ns = wall - timings->wall_start;
    stage->cpu_ns = cpu - timings->cpu_start;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        stage->peak_kib = (size_t)usage.ru_maxrss;
}

void timing_begin(Timings *timings, const char *name) {
    if (!timings)
        return;
    uint64_t wall = clock_ns(CLOCK_MONOTONIC), cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    bool is_running = timings->stage_count && timings->wall_start;
    if (is_running)
        end_stage(timings, wall, cpu);
    timings->wall_start = name ? wall : 0;
    timings->cpu_start = cpu;
    if (!name)
        return;
    ARENA_RESERVE(timings->arena, timings->stages, timings->stage_count, timings->stage_capacity);
    timings->stages[timings->stage_count++] = (TimingStage){.name = name};
}
