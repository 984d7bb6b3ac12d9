/* arena.h: memory that lives and goes together.
 * Takes sizes, gives zeroed memory; everything is freed at once by reset or free.
 * Cannot fail: when the machine has no memory left the program stops with a message. Not for use by
 * two threads at once. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/spill.h"

typedef struct Arena Arena;

/* An empty arena; arena_free gives it back. */
Arena *arena_new(void);

/* One whose memory can leave for the file of `spill`, from where it comes back when it is read.
 * Must not be reset. With NULL an arena as any other. */
Arena *arena_new_cold(Spill *spill);

/* Says that what was allocated so far will not be written to any more. The block that is being
 * filled stays in memory unless `all` is asked for. Nothing for other arenas. */
void arena_settle(Arena *arena, bool all);

void arena_free(Arena *arena);

/* Forgets everything allocated and keeps some blocks: whoever works through thousands of pages
 * needs as much for the next one, and memory is dear at its first touch. Under ASan the old memory
 * is poisoned. */
void arena_reset(Arena *arena);

/* Zeroed bytes, aligned for any type, until the arena is reset or freed. */
void *arena_alloc(Arena *arena, size_t size);

/* Uninitialised bytes without alignment, for text. */
char *arena_bytes(Arena *arena, size_t size);

/* Adds `more` bytes to what ends at `end`, uninitialised. False, and nothing done, unless that was
 * allocated last and there is room behind it. */
bool arena_extend(Arena *arena, const void *end, size_t more);

/* `old` in room for at least twice as many elements; `capacity` is updated. Where `old` has to
 * move, its memory stays until reset. */
void *arena_grow(Arena *arena, const void *old, size_t element_size, size_t count,
                 size_t *capacity);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count)                                                            \
    ((Type *)arena_alloc((arena), sizeof(Type) * (size_t)(count)))

/* Makes room for one more element behind the `count` used ones of the typed pointer `array`.
 * A list of pointers is meant to be measured in pointers, which clang-tidy takes for a slip. */
#define ARENA_RESERVE(arena, array, count, capacity)                                               \
    ((count) < (capacity)                                                                          \
         ? (void)0                                                                                 \
         : (void)((array) = arena_grow((arena),                                                    \
                                       (array), /* NOLINTNEXTLINE(bugprone-sizeof-expression) */   \
                                       sizeof *(array), (count), &(capacity))))

#endif
