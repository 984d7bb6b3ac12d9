#include "base/ban.h"

#include "cli/bar.h"

#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

/* Who waits for less does not want to read. */
#define DELAY_MS 500
#define DRAW_MS  100

#define CELLS 30

struct Bar {
    const Progress *progress;
    thrd_t thread;
    mtx_t lock;
    cnd_t ended; /* `is_ended` has changed */
    bool is_ended, is_drawn;
    size_t most; /* parts of 1000 that were shown; a bar does not go back */
};

static struct timespec after_ms(long delay) {
    struct timespec at;
    timespec_get(&at, TIME_UTC);
    at.tv_nsec += delay * 1000000;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

static void draw(Bar *bar) {
    size_t expected = atomic_load_explicit(&bar->progress->expected, memory_order_relaxed);
    size_t done = atomic_load_explicit(&bar->progress->done, memory_order_relaxed);
    size_t part = expected ? done * 1000 / expected : 0;
    part = part > 1000 ? 1000 : part;
    bar->most = part > bar->most ? part : bar->most;
    char cells[CELLS + 1] = {0};
    for (size_t i = 0; i < CELLS; i++)
        cells[i] = i < bar->most * CELLS / 1000 ? '#' : '.';
    fprintf(stderr, "\r[%s] %3zu %%", cells, bar->most / 10);
    fflush(stderr);
    bar->is_drawn = true;
}

static int run(void *context) {
    Bar *bar = context;
    mtx_lock(&bar->lock);
    for (long delay = DELAY_MS; !bar->is_ended; delay = DRAW_MS) {
        struct timespec until = after_ms(delay);
        int result = thrd_success;
        while (!bar->is_ended && result != thrd_timedout)
            result = cnd_timedwait(&bar->ended, &bar->lock, &until);
        if (!bar->is_ended)
            draw(bar);
    }
    mtx_unlock(&bar->lock);
    return 0;
}

Bar *bar_start(const Progress *progress, Arena *arena) {
    const char *terminal = getenv("TERM");
    if (isatty(STDERR_FILENO) != 1 || !terminal || strcmp(terminal, "dumb") == 0)
        return NULL;
    Bar *bar = ARENA_NEW(arena, Bar);
    *bar = (Bar){.progress = progress};
    if (mtx_init(&bar->lock, mtx_plain) != thrd_success)
        return NULL;
    bool is_running = cnd_init(&bar->ended) == thrd_success &&
                      thrd_create(&bar->thread, run, bar) == thrd_success;
    return is_running ? bar : NULL;
}

void bar_stop(Bar *bar) {
    if (!bar)
        return;
    mtx_lock(&bar->lock);
    bar->is_ended = true;
    cnd_signal(&bar->ended);
    mtx_unlock(&bar->lock);
    thrd_join(bar->thread, NULL);
    if (bar->is_drawn)
        fputs("\r\x1b[K", stderr);
}
