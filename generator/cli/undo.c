#include "base/ban.h"

#include "cli/undo.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/map.h"

#define UNDO_SLOTS 256 /* texts kept; a newer one takes the place of an older one */

/* $XDG_CACHE_HOME/docsgen, else ~/.cache/docsgen; NULL when the user has neither. */
static Fs *open_cache(Arena *arena) {
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (cache && cache[0] == '/')
        return fs_open_disk(arena, str_format(arena, "%s/docsgen", cache));
    if (home && home[0] == '/')
        return fs_open_disk(arena, str_format(arena, "%s/.cache/docsgen", home));
    return NULL;
}

static uint64_t key_hash(const UndoKey *key, Arena *arena) {
    return map_hash(str_format(arena, "%.*s/%016llx", STR_FMT(key->name),
                               (unsigned long long)map_hash(key->after)));
}

static Str slot_of(uint64_t hash, Arena *arena) {
    return str_format(arena, "undo/%02x", (unsigned)(hash % UNDO_SLOTS));
}

static Str head_of(uint64_t hash, const UndoKey *key, Arena *arena) {
    return str_format(arena, "docsgen undo 1 %016llx %zu %.*s\n", (unsigned long long)hash,
                      key->after.size, STR_FMT(key->name));
}

void undo_keep(const UndoKey *key, Str before, Arena *arena) {
    Fs *fs = open_cache(arena);
    Str why;
    if (!fs || str_equal(before, key->after))
        return;
    uint64_t hash = key_hash(key, arena);
    Buf out = buf_new(arena);
    buf_add(&out, head_of(hash, key, arena));
    buf_add(&out, before);
    /* A memory that cannot be written is none; the edit itself is done. */
    (void)fs_write(fs, slot_of(hash, arena), buf_str(&out), &why);
}

bool undo_find(const UndoKey *key, Arena *arena, Str *before) {
    Fs *fs = open_cache(arena);
    FsText text;
    uint64_t hash = key_hash(key, arena);
    if (!fs || !fs_read(fs, slot_of(hash, arena), LIMIT_PAGE_SIZE + 4096, arena, &text))
        return false;
    Str head = head_of(hash, key, arena);
    if (!str_starts_with(text.content, head))
        return false;
    *before = str_from_offset(text.content, head.size);
    return true;
}
