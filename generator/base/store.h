/* store.h: many pieces of memory in one file of the user's cache folder, of which each run reads
 * and adds some.
 * In: bytes. Out: a place, by which a later run has the same bytes again. What is at the places is
 * for the caller to know, who keeps them (cache.h). The file only grows, until most of it is no
 * longer asked for; then what still is moves to a new one. A piece that is damaged, or was written
 * over by another run, is not there. */
#ifndef BASE_STORE_H
#define BASE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/archive.h"
#include "base/cache.h"

typedef struct Store Store;

typedef struct StorePlace {
    uint64_t offset;
    size_t size; /* 0: nothing */
    Hash hash;   /* of the piece */
} StorePlace;

/* Opens the file that belongs to the key for so many threads; `used` is the sum of the sizes that
 * are known in it. NULL when there can be none: nothing is kept then. store_close frees it. */
Store *store_open(const CacheKey *key, unsigned worker_count, uint64_t used, Arena *arena);

/* The piece in `arena`; false when it is not there. For several threads, each with its own worker.
 */
bool store_read(const Store *store, unsigned worker, const StorePlace *place, Arena *arena,
                Str *piece);

/* Adds a piece. For several threads, each with its own worker. A disk that is full makes pieces
 * that are not there later. */
StorePlace store_add(Store *store, unsigned worker, Str piece);

/* The place for the next run of a piece that was there; its bytes move if they have to. */
StorePlace store_keep(Store *store, unsigned worker, const StorePlace *place);

/* Ends the run. Places of this run are worth being kept when it gives true; unless they `are_kept`,
 * those of earlier runs still are. */
bool store_close(Store *store, bool are_kept);

/* Removes the file. */
void store_drop(const CacheKey *key, Arena *arena);

/* The place itself, in what its keeper writes down. */
void archive_place(Archive *archive, StorePlace *place);

#endif
