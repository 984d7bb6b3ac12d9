#include "base/ban.h"

#include "cli/undo.h"

#include "base/cache.h"
#include "base/limits.h"
#include "base/map.h"

static CacheKey cache_key(const UndoKey *key, Arena *arena) {
    return (CacheKey){"undo", str_format(arena, "%016llx %zu %.*s",
                                         (unsigned long long)map_hash(key->after), key->after.size,
                                         STR_FMT(key->name))};
}

void undo_keep(const UndoKey *key, Str before, Arena *arena) {
    CacheKey slot = cache_key(key, arena);
    if (!str_equal(before, key->after))
        cache_put(&slot, before, arena);
}

bool undo_find(const UndoKey *key, Arena *arena, Str *before) {
    CacheKey slot = cache_key(key, arena);
    return cache_get(&slot, LIMIT_PAGE_SIZE, arena, before);
}
