/* progress.h: how far a long run is, as two numbers.
 * In: steps done, by any thread; out: done and expected, for whoever shows them. Knows no clock and
 * prints nothing; nothing in a result may depend on it. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdatomic.h>
#include <stddef.h>

typedef struct Progress {
    atomic_size_t done, expected;
} Progress;

/* So many more steps will come. `progress` may be NULL: nobody looks. */
static inline void progress_expect(Progress *progress, size_t steps) {
    if (progress)
        atomic_fetch_add_explicit(&progress->expected, steps, memory_order_relaxed);
}

/* One step is done. */
static inline void progress_step(Progress *progress) {
    if (progress)
        atomic_fetch_add_explicit(&progress->done, 1, memory_order_relaxed);
}

#endif
