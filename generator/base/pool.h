/* pool.h: the same job for many things, on several threads.
 * Takes a count and a function; gives back when all are done. Which worker does which index is not
 * fixed, so a job must be a pure function of its index: it writes only to its own result and takes
 * memory from its worker's arena. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

typedef void (*PoolJob)(void *context, size_t index, unsigned worker);

/* Runs job(context, 0..count-1, worker), worker below `worker_count` (at least 1). With one worker
 * no thread is made. */
void pool_run(unsigned worker_count, size_t count, PoolJob job, void *context);

/* Processors this process may use, at least 1. */
unsigned pool_default_workers(void);

#endif
