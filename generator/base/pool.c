#define _GNU_SOURCE /* sched_getaffinity */
#include "base/ban.h"

#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include "base/limits.h"

typedef struct Pool {
    PoolJob job;
    void *context;
    size_t count;
    atomic_size_t next;
} Pool;

typedef struct Worker {
    Pool *pool;
    unsigned index;
} Worker;

static void *worker_run(void *argument) {
    const Worker *worker = argument;
    Pool *pool = worker->pool;
    for (;;) {
        size_t index = atomic_fetch_add(&pool->next, 1);
        if (index >= pool->count)
            return NULL;
        pool->job(pool->context, index, worker->index);
    }
}

void pool_run(unsigned worker_count, size_t count, PoolJob job, void *context) {
    Pool pool = {.job = job, .context = context, .count = count};
    Worker workers[LIMIT_WORKERS];
    pthread_t threads[LIMIT_WORKERS];
    if (worker_count > count)
        worker_count = (unsigned)count;
    if (worker_count > LIMIT_WORKERS)
        worker_count = LIMIT_WORKERS;
    unsigned started = 0;
    for (unsigned i = 1; i < worker_count; i++) {
        workers[i] = (Worker){&pool, i};
        /* Without a thread the others do its work. */
        if (pthread_create(&threads[started + 1], NULL, worker_run, &workers[i]) == 0)
            started++;
    }
    workers[0] = (Worker){&pool, 0};
    worker_run(&workers[0]);
    for (unsigned i = 1; i <= started; i++)
        pthread_join(threads[i], NULL);
}

unsigned pool_default_workers(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : count > (int)LIMIT_WORKERS ? LIMIT_WORKERS : (unsigned)count;
}
