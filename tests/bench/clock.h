/* clock.h: times of one piece of work, taken again and again.
 * CPU time of the process, not time of day: other work on the machine then counts little. */
#ifndef TESTS_BENCH_CLOCK_H
#define TESTS_BENCH_CLOCK_H

#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#define CLOCK_RUNS_MOST  41
#define CLOCK_RUNS_LEAST 3
#define CLOCK_ENOUGH_MS  1500.0 /* no further run after so much time */

typedef struct Samples {
    double ms[CLOCK_RUNS_MOST];
    size_t count;
} Samples;

static inline double clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static inline int clock_compare(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Puts the samples in order. */
static inline double clock_median(Samples *samples) {
    qsort(samples->ms, samples->count, sizeof *samples->ms, clock_compare);
    return samples->ms[samples->count / 2];
}

/* Is one more run wanted, when `spent_ms` went into `count` of them? */
static inline int clock_goes_on(size_t count, double spent_ms) {
    return count < CLOCK_RUNS_LEAST || (count < CLOCK_RUNS_MOST && spent_ms < CLOCK_ENOUGH_MS);
}

#endif
