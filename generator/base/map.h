/* map.h: names to things.
 * Keys are Str (not copied: they must outlive the map), values are pointers; walks in the order of
 * insertion. No removal, no locking; reading from several threads at once is fine while nobody
 * puts. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Map Map;

Map *map_new(Arena *arena);

/* The hash that maps go by: the same on every machine, not for use against an adversary. */
uint64_t map_hash(Str key);

/* The value under `key`, or NULL. */
void *map_find(const Map *map, Str key);

/* The values under `count` keys at once; NULL where there is none. Where the map is larger than
 * what the processor has at hand this is much faster than one key after the other. */
void map_find_all(const Map *map, const Str *keys, size_t count, void **values);

/* Puts `value` (not NULL) under `key` and gives what stood there before, or NULL. */
void *map_put(Map *map, Str key, void *value);

size_t map_count(const Map *map);

/* The pair with this index in order of first insertion. */
Str map_key(const Map *map, size_t index);
void *map_value(const Map *map, size_t index);

#endif
