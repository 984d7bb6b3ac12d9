/* lock.h: one thread at a time.
 * pthread's mutex under another name: what C11 offers is the same one, but the thread sanitizer
 * does not see it, and takes what it guards for races. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <pthread.h>

typedef struct Lock {
    pthread_mutex_t mutex;
} Lock;

static inline void lock_init(Lock *lock) {
    pthread_mutex_init(&lock->mutex, NULL);
}

static inline void lock_free(Lock *lock) {
    pthread_mutex_destroy(&lock->mutex);
}

static inline void lock_take(Lock *lock) {
    pthread_mutex_lock(&lock->mutex);
}

static inline void lock_give(Lock *lock) {
    pthread_mutex_unlock(&lock->mutex);
}

#endif
