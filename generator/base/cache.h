/* cache.h: what took work and can be had again.
 * In: a key that says all that the content depends on; out: the content, if it is remembered. Files
 * in the user's cache folder ($XDG_CACHE_HOME/docsgen, else ~/.cache/docsgen), never in the
 * project; a bounded number for each area. Without a cache folder nothing is remembered, and that
 * is all right. */
#ifndef BASE_CACHE_H
#define BASE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/str.h"

typedef struct CacheKey {
    const char *area; /* "undo": a folder of its own */
    Str name;         /* spelled out; no line feed in it */
} CacheKey;

/* Where everything is kept; empty: nowhere. */
Str cache_folder(Arena *arena);

/* The file in that folder that the key's content lies in, with others' of the same number. */
Str cache_slot(const CacheKey *key, Arena *arena);

/* Remembers `content`; a newer one may take the place of an older one. */
void cache_put(const CacheKey *key, Str content, Arena *arena);

/* The same without a copy: `out`, which must be empty, is begun, whoever calls appends the content,
 * and at the end it is remembered. Gives the content's hash. */
void cache_begin(const CacheKey *key, Buf *out);
Hash cache_end(const CacheKey *key, Buf *out);

/* What cache_put was given for the very same key; false when it is not known, damaged, or larger
 * than `size_limit` bytes. */
bool cache_get(const CacheKey *key, size_t size_limit, Arena *arena, Str *content);

/* Beside the content a whole folder can be kept under a key. Where it lies, or would; empty:
 * nowhere. */
Str cache_place(const CacheKey *key, Arena *arena);

/* Moves the folder `from` there, and what lies there to `to`: paths for the system, one name each,
 * no copies. False when that cannot be, as between two file systems; nothing is changed then, but
 * that what was kept before is gone. */
bool cache_keep_folder(const CacheKey *key, Str from, Arena *arena);
bool cache_take_folder(const CacheKey *key, Str to, Arena *arena);

/* Removes the folder that lies there. */
void cache_drop_folder(const CacheKey *key, Arena *arena);

/* Forgets what is remembered under the key, or of another that has taken its place. */
void cache_drop(const CacheKey *key, Arena *arena);

#endif
