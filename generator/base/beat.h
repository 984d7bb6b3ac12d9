/* beat.h: a function that is called again and again, by a thread of its own, while others work.
 * In: when first and how often. What the function reads must be made for threads to share. */
#ifndef BASE_BEAT_H
#define BASE_BEAT_H

#include "base/arena.h"

typedef struct Beat Beat;

typedef struct BeatJob {
    long delay_ms; /* before the first call */
    long every_ms; /* before each other */
    void (*run)(void *context);
    void *context;
} BeatJob;

/* Begins to wait for the first call. NULL where no thread can be had. */
Beat *beat_start(BeatJob job, Arena *arena);

/* No call is made any more, and none runs, when this comes back. `beat` may be NULL. */
void beat_stop(Beat *beat);

#endif
