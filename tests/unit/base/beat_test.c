#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/beat.h"

#include <cmocka.h>

#define WAIT_MS 20

typedef struct Counter {
    atomic_size_t calls;
    size_t seen; /* by the calls alone, and by who waited for their end */
} Counter;

static void count(void *context) {
    Counter *counter = context;
    counter->seen++;
    atomic_fetch_add(&counter->calls, 1);
}

static void wait_ms(long ms) {
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
}

static void calls_until_it_is_stopped(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Counter counter = {0};
    Beat *beat = beat_start((BeatJob){1, 1, count, &counter}, arena);
    assert_non_null(beat);
    for (size_t i = 0; i < 500 && atomic_load(&counter.calls) < 3; i++)
        wait_ms(WAIT_MS);
    beat_stop(beat);
    size_t calls = atomic_load(&counter.calls);
    assert_true(calls >= 3);
    wait_ms(WAIT_MS);
    assert_int_equal(atomic_load(&counter.calls), calls);
    assert_int_equal(counter.seen, calls);
    arena_free(arena);
}

/* A short build shows no bar, and does not wait for one. */
static void ends_before_the_first_call(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Counter counter = {0};
    beat_stop(beat_start((BeatJob){3600 * 1000L, 1, count, &counter}, arena));
    assert_int_equal(counter.seen, 0);
    beat_stop(NULL);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_until_it_is_stopped),
        cmocka_unit_test(ends_before_the_first_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
