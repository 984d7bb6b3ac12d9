#define _DEFAULT_SOURCE /* madvise */
#include "base/ban.h"

#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <sys/mman.h>

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
#define ARENA_SPARE_MAX   4u /* blocks */
#define ARENA_LARGE_MOST  4u /* blocks; whoever needs more gets huge ones */
#define ARENA_HUGE_BLOCK  ((size_t)2 << 20)
#define ARENA_ALIGN       alignof(max_align_t)

typedef struct Block {
    struct Block *older;
    size_t size; /* bytes of data */
    size_t used;
    alignas(max_align_t) char data[];
} Block;

struct Arena {
    Block *newest; /* the one that is filled; older ones are full */
    Block *spare;  /* large ones from before the last reset */
    unsigned spare_count;
    unsigned large_count; /* blocks since the last reset */
    Spill *spill;         /* that the blocks belong to; NULL: to nobody else */
};

static _Noreturn void arena_give_up(size_t size) {
    fprintf(stderr, "docsgen: out of memory (%zu bytes wanted)\n", size);
    exit(3);
}

static void block_clear(Block *block, Block *older) {
    block->older = older;
    block->used = 0;
    ARENA_POISON(block->data, block->size);
}

/* Under ASan nothing is: what only such a block points at would be taken for lost. */
static bool is_huge(size_t room) {
    return !ARENA_ASAN && room % ARENA_HUGE_BLOCK == 0;
}

/* Room that the system may back by pages of two megabytes: where a table is looked into all over,
 * finding out where a small page lies takes longer than reading it. Asked of the system itself,
 * so that it goes back there at once: malloc would keep it. */
static void *take_huge(size_t size) {
    char *room = mmap(NULL, size + ARENA_HUGE_BLOCK, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        return NULL;
    size_t before = (ARENA_HUGE_BLOCK - (uintptr_t)room % ARENA_HUGE_BLOCK) % ARENA_HUGE_BLOCK;
    if (before)
        munmap(room, before);
    munmap(room + before + size, ARENA_HUGE_BLOCK - before);
    (void)madvise(room + before, size, MADV_HUGEPAGE);
    return room + before;
}

static Block *block_new(Block *older, size_t size) {
    size_t room = size > SIZE_MAX - sizeof(Block) ? SIZE_MAX : sizeof(Block) + size;
    Block *block = is_huge(room) ? take_huge(room) : malloc(room);
    if (!block)
        arena_give_up(size);
    block->size = size;
    block_clear(block, older);
    return block;
}

/* Where there is no room, blocks are as any other, but never freed: they are few then. */
static Block *block_new_cold(const Arena *arena, size_t size) {
    size_t room = size > SIZE_MAX - sizeof(Block) ? SIZE_MAX : sizeof(Block) + size;
    Block *block = spill_take(arena->spill, &room);
    if (!block)
        return block_new(NULL, size > ARENA_LARGE_BLOCK ? size : ARENA_LARGE_BLOCK);
    block->older = arena->newest;
    block->size = room - sizeof *block;
    block->used = 0;
    return block;
}

static void blocks_free(Block *block) {
    while (block) {
        Block *older = block->older;
        ARENA_UNPOISON(block->data, block->size);
        if (is_huge(sizeof *block + block->size))
            munmap(block, sizeof *block + block->size);
        else
            free(block);
        block = older;
    }
}

Arena *arena_new(void) {
    Arena *arena = malloc(sizeof *arena);
    if (!arena)
        arena_give_up(sizeof *arena);
    *arena = (Arena){0};
    return arena;
}

Arena *arena_new_cold(Spill *spill) {
    Arena *arena = arena_new();
    arena->spill = spill;
    return arena;
}

void arena_settle(Arena *arena, bool all) {
    if (!arena->spill || !arena->newest)
        return;
    Block *block = all ? arena->newest : arena->newest->older;
    if (all)
        arena->newest = NULL;
    else
        arena->newest->older = NULL;
    while (block) {
        Block *older = block->older;
        spill_settle(arena->spill, block, sizeof *block + block->used, sizeof *block + block->size);
        block = older;
    }
}

void arena_reset(Arena *arena) {
    Block *keep = arena->newest, *older = keep ? keep->older : NULL;
    arena->large_count = 0;
    while (older && arena->spare_count < ARENA_SPARE_MAX) {
        Block *block = older;
        older = block->older;
        if (block->size == ARENA_LARGE_BLOCK) {
            block_clear(block, arena->spare);
            arena->spare = block;
            arena->spare_count++;
        } else {
            block->older = NULL;
            blocks_free(block);
        }
    }
    blocks_free(older);
    if (keep)
        block_clear(keep, NULL);
}

void arena_free(Arena *arena) {
    if (!arena)
        return;
    if (!arena->spill)
        blocks_free(arena->newest);
    blocks_free(arena->spare);
    free(arena);
}

/* Blocks double up to a megabyte. What lies in huge pages fills them. */
static size_t size_of_next(Arena *arena, size_t size) {
    size_t wanted = arena->newest ? arena->newest->size * 2 : ARENA_FIRST_BLOCK;
    if (wanted > ARENA_LARGE_BLOCK) {
        bool is_many = arena->large_count++ >= ARENA_LARGE_MOST;
        wanted = is_many ? ARENA_HUGE_BLOCK - sizeof(Block) : ARENA_LARGE_BLOCK;
    }
    if (size <= wanted)
        return wanted;
    if (size < ARENA_HUGE_BLOCK || size > SIZE_MAX / 2)
        return size;
    return (size + sizeof(Block) + ARENA_HUGE_BLOCK - 1) / ARENA_HUGE_BLOCK * ARENA_HUGE_BLOCK -
           sizeof(Block);
}

/* Begins a block with room for `size` bytes. */
static Block *add_block(Arena *arena, size_t size) {
    Block *block = arena->spare;
    if (arena->spill) {
        block = block_new_cold(arena, size);
    } else if (block && size <= block->size) {
        arena->spare = block->older;
        arena->spare_count--;
        block_clear(block, arena->newest);
    } else {
        block = block_new(arena->newest, size_of_next(arena, size));
    }
    arena->newest = block;
    return block;
}

/* `align` is a power of two. */
static inline char *arena_take(Arena *arena, size_t size, size_t align) {
    Block *block = arena->newest;
    size_t start = block ? (block->used + align - 1) & ~(align - 1) : 0;
    if (!block || start > block->size || size > block->size - start) {
        block = add_block(arena, size);
        start = 0;
    }
    block->used = start + size;
    ARENA_UNPOISON(block->data + start, size);
    return block->data + start;
}

bool arena_extend(Arena *arena, const void *end, size_t more) {
    Block *block = arena->newest;
    if (!block || (const char *)end != block->data + block->used ||
        more > block->size - block->used)
        return false;
    ARENA_UNPOISON(block->data + block->used, more);
    block->used += more;
    return true;
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
    const char *end = old ? (const char *)old + *capacity * element_size : NULL;
    bool is_last = end && arena_extend(arena, end, (wanted - *capacity) * element_size);
    char *memory = (char *)(uintptr_t)old;
    if (!is_last)
        memory = arena_take(arena, wanted * element_size, ARENA_ALIGN);
    if (!is_last && count)
        memcpy(memory, old, count * element_size);
    memset(memory + count * element_size, 0, (wanted - count) * element_size);
    *capacity = wanted;
    return memory;
}
