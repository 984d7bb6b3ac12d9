#include "base/ban.h"

#include "cli/bar.h"

#include <unistd.h>

#include "base/beat.h"
#include "base/str.h"

/* Who waits for less does not want to read. */
#define DELAY_MS 500
#define DRAW_MS  100

#define CELLS 30

struct Bar {
    const Progress *progress;
    Beat *beat;
    bool is_drawn;
    size_t most; /* parts of 1000 that were shown; a bar does not go back */
};

static void draw(void *context) {
    Bar *bar = context;
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

Bar *bar_start(const Progress *progress, Arena *arena) {
    const char *terminal = getenv("TERM");
    if (isatty(STDERR_FILENO) != 1 || !terminal || strcmp(terminal, "dumb") == 0)
        return NULL;
    Bar *bar = ARENA_NEW(arena, Bar);
    *bar = (Bar){.progress = progress};
    bar->beat = beat_start((BeatJob){DELAY_MS, DRAW_MS, draw, bar}, arena);
    return bar->beat ? bar : NULL;
}

void bar_stop(Bar *bar) {
    if (!bar)
        return;
    beat_stop(bar->beat);
    if (bar->is_drawn)
        fputs("\r\x1b[K", stderr);
}
