/* timing.h: where the time of a run goes.
 * In: the names of stages as they begin. Out: what each took. Measures only when somebody asked for
 * a Timings; nothing that is rendered depends on it. */
#ifndef BASE_TIMING_H
#define BASE_TIMING_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct TimingStage {
    const char *name;
    uint64_t wall_ns, cpu_ns; /* of all threads together */
    size_t peak_kib;          /* the most memory that the process had until its end */
} TimingStage;

typedef struct Timings {
    Arena *arena;
    TimingStage *stages;
    size_t stage_count, stage_capacity;
    uint64_t wall_start, cpu_start; /* of the stage that runs */
} Timings;

Timings *timing_new(Arena *arena);

/* Ends the stage that runs, if any, and begins the next one; a NULL name begins none. Nothing
 * without `timings`. */
void timing_begin(Timings *timings, const char *name);

/* The processor time of this thread so far. */
uint64_t timing_thread_ns(void);

#endif
