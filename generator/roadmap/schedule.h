/* schedule.h: the order that dependencies impose.
 * In: a Roadmap; out: layers, cycles, what is ready, what blocks what, the longest chain, the next
 * PR and why. All PRs weigh the same: nothing here believes an estimate. */
#ifndef ROADMAP_SCHEDULE_H
#define ROADMAP_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "roadmap/roadmap.h"

typedef struct ScheduleStep {
    uint32_t layer; /* longest chain of dependencies below it; 0: none */
    uint32_t slack; /* how many layers it could move without making the longest chain longer */
    uint32_t open_dependencies; /* known PRs it waits for */
    uint32_t blocked_by;        /* the first of them, or ROADMAP_NONE */
    bool is_ready;              /* open, and everything it depends on is closed */
    bool in_cycle;              /* in a circle or behind one: layer and slack say nothing */
} ScheduleStep;

typedef struct Schedule {
    ScheduleStep *steps; /* one per PR */
    uint32_t *order;     /* PRs so that dependencies come first, rows before later rows */
    size_t order_count;  /* smaller than the number of PRs when there is a cycle */
    uint32_t *cycle;     /* one circle: each depends on the one behind it, the last on the first */
    size_t cycle_count;
    uint32_t chain;          /* length of the longest chain, in PRs */
    uint32_t open_chain;     /* the same over open PRs: rounds of work still needed */
    uint32_t *critical_path; /* one longest chain of open PRs, first to last */
    size_t critical_count;
    uint32_t next;   /* the PR to work on, or ROADMAP_NONE */
    Str next_reason; /* a sentence without a full stop */
} Schedule;

/* The schedule of `roadmap`, in `arena`. */
Schedule *schedule_new(const Roadmap *roadmap, Arena *arena);

typedef struct SchedulePair {
    uint32_t from, to; /* `to` depends on `from` */
} SchedulePair;

/* The fewest pairs that say the same: a dependency that follows from others is left out (transitive
 * reduction; Aho, Garey, Ullman 1972). In a circle all pairs are kept. */
SchedulePair *schedule_reduce(const Roadmap *roadmap, const Schedule *schedule, Arena *arena,
                              size_t *count);

#endif
