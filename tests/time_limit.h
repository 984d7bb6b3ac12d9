/* time_limit.h: how long something in a test may take.
 * In: seconds of processor time. Out: the same, but no limit at all under valgrind or another
 * watcher (scripts/watch.sh): a check that ends there for being slow would leave what comes after
 * it unwatched. The watcher has a limit for each test. */
#ifndef TESTS_TIME_LIMIT_H
#define TESTS_TIME_LIMIT_H

#include <stdlib.h>

static inline double time_limit(double seconds) {
    return getenv("WATCHED") ? 1e9 : seconds;
}

#endif
