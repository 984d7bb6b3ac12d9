/* memory.h: how much of the program's own memory is in use.
 * The linker puts memory.c between the program and malloc (--wrap): libraries are not counted,
 * arenas are. */
#ifndef TESTS_BENCH_MEMORY_H
#define TESTS_BENCH_MEMORY_H

#include <stddef.h>

/* The highest number of bytes in use since the last call; begins again at what is in use now. */
size_t memory_take_peak(void);

/* Bytes in use now. */
size_t memory_used(void);

#endif
