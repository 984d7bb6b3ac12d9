#include "base/ban.h"

#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/map.h"

typedef struct Pair {
    Str key;
    void *value;
    uint64_t hash;
} Pair;

/* Open addressing with linear probing over indices into `pairs`, which keeps the order of
 * insertion. */
struct Map {
    Arena *arena;
    Pair *pairs;
    size_t count, capacity;
    uint32_t *slots;   /* pair index + 1; 0 is free */
    size_t slot_count; /* a power of two, or 0 */
};

Map *map_new(Arena *arena) {
    Map *map = ARENA_NEW(arena, Map);
    map->arena = arena;
    return map;
}

uint64_t map_hash(Str key) {
    return XXH3_64bits(key.size ? key.data : "", key.size);
}

/* The slot that holds `key`, or the free one where it belongs. */
static size_t map_slot(const Map *map, Str key, uint64_t hash) {
    size_t slot = (size_t)hash & (map->slot_count - 1);
    while (map->slots[slot]) {
        const Pair *pair = &map->pairs[map->slots[slot] - 1];
        if (pair->hash == hash && str_equal(pair->key, key))
            break;
        slot = (slot + 1) & (map->slot_count - 1);
    }
    return slot;
}

static void map_rehash(Map *map) {
    map->slot_count = map->slot_count ? map->slot_count * 2 : 16;
    map->slots = ARENA_ARRAY(map->arena, uint32_t, map->slot_count);
    for (size_t i = 0; i < map->count; i++)
        map->slots[map_slot(map, map->pairs[i].key, map->pairs[i].hash)] = (uint32_t)i + 1;
}

void *map_find(const Map *map, Str key) {
    if (map->count == 0)
        return NULL;
    uint32_t index = map->slots[map_slot(map, key, map_hash(key))];
    return index ? map->pairs[index - 1].value : NULL;
}

/* So many keys are looked up at a time. */
#define TOGETHER 32u

/* In rounds, each of which asks for the memory that the next one reads: slots, pairs, keys. */
void map_find_all(const Map *map, const Str *keys, size_t count, void **values) {
    for (size_t done = 0; done < count; done += TOGETHER) {
        uint64_t hashes[TOGETHER];
        size_t few = count - done < TOGETHER ? count - done : TOGETHER;
        for (size_t i = 0; i < few && map->count; i++) {
            hashes[i] = map_hash(keys[done + i]);
            __builtin_prefetch(&map->slots[hashes[i] & (map->slot_count - 1)]);
        }
        for (size_t i = 0; i < few && map->count; i++) {
            uint32_t index = map->slots[hashes[i] & (map->slot_count - 1)];
            if (index)
                __builtin_prefetch(&map->pairs[index - 1]);
        }
        for (size_t i = 0; i < few && map->count; i++) {
            uint32_t index = map->slots[hashes[i] & (map->slot_count - 1)];
            if (index)
                __builtin_prefetch(map->pairs[index - 1].key.data);
        }
        for (size_t i = 0; i < few; i++) {
            uint32_t index = map->count ? map->slots[map_slot(map, keys[done + i], hashes[i])] : 0;
            values[done + i] = index ? map->pairs[index - 1].value : NULL;
        }
    }
}

void *map_put(Map *map, Str key, void *value) {
    if (map->count * 2 >= map->slot_count)
        map_rehash(map);
    uint64_t hash = map_hash(key);
    size_t slot = map_slot(map, key, hash);
    if (map->slots[slot]) {
        Pair *pair = &map->pairs[map->slots[slot] - 1];
        void *old = pair->value;
        pair->value = value;
        return old;
    }
    ARENA_RESERVE(map->arena, map->pairs, map->count, map->capacity);
    map->pairs[map->count++] = (Pair){key, value, hash};
    map->slots[slot] = (uint32_t)map->count;
    return NULL;
}

size_t map_count(const Map *map) {
    return map->count;
}

Str map_key(const Map *map, size_t index) {
    return map->pairs[index].key;
}

void *map_value(const Map *map, size_t index) {
    return map->pairs[index].value;
}
