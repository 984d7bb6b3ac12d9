#include "base/ban.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifndef ARENA_ASAN
#define ARENA_ASAN 0
#endif
#if ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_POISON(at, size)   ASAN_POISON_MEMORY_REGION(at, size)
#define ARENA_UNPOISON(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
#else
#define ARENA_POISON(at, size)   ((void)(at), (void)(size))
#define ARENA_UNPOISON(at, size) ((void)(at), (void)(size))
#endif

#define ARENA_FIRST_BLOCK ((size_t)16 << 10)
#define ARENA_LARGE_BLOCK ((size_t)1 << 20)
#define ARENA_ALIGN       alignof(max_align_t)

typedef struct Block {
    struct Block *older;
    size_t size; /* bytes of data */
    size_t used;
    alignas(max_align_t) char data[];
} Block;

struct Arena {
    Block *newest; /* the one that is filled; older ones are full */
};

static _Noreturn void arena_give_up(size_t size) {
    fprintf(stderr, "docsgen: out of memory (%zu bytes wanted)\n", size);
    exit(3);
}

static Block *block_new(Block *older, size_t size) {
    Block *block = size > SIZE_MAX - sizeof *block ? NULL : malloc(sizeof *block + size);
    if (!block)
        arena_give_up(size);
    block->older = older;
    block->size = size;
    block->used = 0;
    ARENA_POISON(block->data, size);
    return block;
}

static void block_free(Block *block) {
    ARENA_UNPOISON(block->data, block->size);
    free(block);
}

Arena *arena_new(void) {
    Arena *arena = malloc(sizeof *arena);
    if (!arena)
        arena_give_up(sizeof *arena);
    arena->newest = NULL;
    return arena;
}

void arena_reset(Arena *arena) {
    /* The newest block is kept: sizes double, so it is as large as any but a single oversized one.
     */
    Block *keep = arena->newest;
    if (!keep)
        return;
    while (keep->older) {
        Block *older = keep->older;
        keep->older = older->older;
        block_free(older);
    }
    keep->used = 0;
    ARENA_POISON(keep->data, keep->size);
}

void arena_free(Arena *arena) {
    if (!arena)
        return;
    arena_reset(arena);
    if (arena->newest)
        block_free(arena->newest);
    free(arena);
}

static char *arena_take(Arena *arena, size_t size, size_t align) {
    Block *block = arena->newest;
    size_t start = block ? (block->used + align - 1) / align * align : 0;
    if (!block || start > block->size || size > block->size - start) {
        size_t wanted = block ? block->size * 2 : ARENA_FIRST_BLOCK;
        if (wanted > ARENA_LARGE_BLOCK)
            wanted = ARENA_LARGE_BLOCK;
        block = block_new(block, size > wanted ? size : wanted);
        arena->newest = block;
        start = 0;
    }
    block->used = start + size;
    ARENA_UNPOISON(block->data + start, size);
    return block->data + start;
}

void *arena_alloc(Arena *arena, size_t size) {
    char *memory = arena_take(arena, size, ARENA_ALIGN);
    memset(memory, 0, size);
    return memory;
}

char *arena_bytes(Arena *arena, size_t size) {
    return arena_take(arena, size, 1);
}

void *arena_grow(Arena *arena, const void *old, size_t element_size, size_t count,
                 size_t *capacity) {
    size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
    if (wanted > SIZE_MAX / element_size)
        arena_give_up(wanted);
    char *memory = arena_take(arena, wanted * element_size, ARENA_ALIGN);
    if (count)
        memcpy(memory, old, count * element_size);
    memset(memory + count * element_size, 0, (wanted - count) * element_size);
    *capacity = wanted;
    return memory;
}
