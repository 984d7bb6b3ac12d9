#include "base/ban.h"

#include "base/beat.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

/* Not by <threads.h>: the thread sanitizer knows nothing of those threads and their locks, and
 * crashes in what they call. */
struct Beat {
    BeatJob job;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended; /* `is_ended` has changed */
    bool is_ended;
};

static struct timespec after_ms(long delay) {
    struct timespec at;
    timespec_get(&at, TIME_UTC);
    at.tv_nsec += delay * 1000000;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

static void *run(void *context) {
    Beat *beat = context;
    pthread_mutex_lock(&beat->lock);
    for (long delay = beat->job.delay_ms; !beat->is_ended; delay = beat->job.every_ms) {
        struct timespec until = after_ms(delay);
        int result = 0;
        while (!beat->is_ended && result != ETIMEDOUT)
            result = pthread_cond_timedwait(&beat->ended, &beat->lock, &until);
        if (!beat->is_ended)
            beat->job.run(beat->job.context);
    }
    pthread_mutex_unlock(&beat->lock);
    return NULL;
}

Beat *beat_start(BeatJob job, Arena *arena) {
    Beat *beat = ARENA_NEW(arena, Beat);
    *beat = (Beat){.job = job};
    bool is_running = pthread_mutex_init(&beat->lock, NULL) == 0 &&
                      pthread_cond_init(&beat->ended, NULL) == 0 &&
                      pthread_create(&beat->thread, NULL, run, beat) == 0;
    return is_running ? beat : NULL;
}

void beat_stop(Beat *beat) {
    if (!beat)
        return;
    pthread_mutex_lock(&beat->lock);
    beat->is_ended = true;
    pthread_cond_signal(&beat->ended);
    pthread_mutex_unlock(&beat->lock);
    pthread_join(beat->thread, NULL);
}
