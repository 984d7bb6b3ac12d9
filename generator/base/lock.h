/* lock.h: one thread at a time.
 * pthread's mutex under another name: what C11 offers is the same one, but the thread sanitizer
 * does not see it, and takes what it guards for races. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <pthread.h>
#include <stdbool.h>

typedef struct Lock {
    pthread_mutex_t mutex;
} Lock;

/* Of a lock that lives as long as the program. */
#define LOCK_INITIALIZER                                                                           \
    { PTHREAD_MUTEX_INITIALIZER }

static inline void lock_init(Lock *lock) {
    pthread_mutex_init(&lock->mutex, NULL);
}

static inline void lock_free(Lock *lock) {
    pthread_mutex_destroy(&lock->mutex);
}

static inline void lock_take(Lock *lock) {
    pthread_mutex_lock(&lock->mutex);
}

/* False, and nothing done, when somebody has it. */
static inline bool lock_try(Lock *lock) {
    return pthread_mutex_trylock(&lock->mutex) == 0;
}

static inline void lock_give(Lock *lock) {
    pthread_mutex_unlock(&lock->mutex);
}

#endif
