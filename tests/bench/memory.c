#include "base/ban.h"

#include "bench/memory.h"

#include <malloc.h>

static size_t used, peak;

/* The names are the linker's, not ours to choose. */
void *__real_malloc(size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void __wrap_free(void *memory);

void *__wrap_malloc(size_t size) {
    void *memory = __real_malloc(size);
    used += malloc_usable_size(memory);
    if (used > peak)
        peak = used;
    return memory;
}

void __wrap_free(void *memory) {
    used -= malloc_usable_size(memory);
    __real_free(memory);
}

size_t memory_used(void) {
    return used;
}

size_t memory_take_peak(void) {
    size_t highest = peak;
    peak = used;
    return highest;
}
