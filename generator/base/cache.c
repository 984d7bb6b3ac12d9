#include "base/ban.h"

#include "base/cache.h"

#include <stdint.h>

#include "base/archive.h"
#include "base/fs_form.h"
#include "base/map.h"

#define CACHE_SLOTS 256  /* of one area */
#define HEAD_LIMIT  4096 /* bytes of the line that names the content */

Str cache_folder(Arena *arena) {
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    if (cache && cache[0] == '/')
        return str_format(arena, "%s/docsgen", cache);
    if (home && home[0] == '/')
        return str_format(arena, "%s/.cache/docsgen", home);
    return (Str){0};
}

static Fs *open_cache(Arena *arena) {
    Str folder = cache_folder(arena);
    return folder.size ? fs_open_disk(arena, folder) : NULL;
}

Str cache_slot(const CacheKey *key, Arena *arena) {
    return str_format(arena, "%s/%02x", key->area, (unsigned)(map_hash(key->name) % CACHE_SLOTS));
}

static Str head_of(const CacheKey *key, Arena *arena) {
    return str_format(arena, "docsgen cache 2 %.*s", STR_FMT(key->name));
}

static void put(const CacheKey *key, Str sealed, Arena *arena) {
    Fs *fs = open_cache(arena);
    Str why;
    /* A memory that cannot be written is none; what it was for is done. */
    if (fs)
        (void)fs_write(fs, cache_slot(key, arena), sealed, &why);
}

void cache_put(const CacheKey *key, Str content, Arena *arena) {
    put(key, archive_seal(head_of(key, arena), content, arena), arena);
}

void cache_begin(const CacheKey *key, Buf *out) {
    archive_begin(head_of(key, out->arena), out);
}

Hash cache_end(const CacheKey *key, Buf *out) {
    Hash hash = archive_end(head_of(key, out->arena), out);
    put(key, buf_str(out), out->arena);
    return hash;
}

bool cache_get(const CacheKey *key, size_t size_limit, Arena *arena, Str *content) {
    Fs *fs = open_cache(arena);
    FsText text;
    if (!fs || !fs_read(fs, cache_slot(key, arena), size_limit + HEAD_LIMIT, arena, &text))
        return false;
    return archive_open(head_of(key, arena), text.content, content);
}

static Str folder_slot(const CacheKey *key, Arena *arena) {
    return str_format(arena, "%.*s.folder", STR_FMT(cache_slot(key, arena)));
}

Str cache_place(const CacheKey *key, Arena *arena) {
    Str folder = cache_folder(arena);
    return folder.size ? fs_join(folder, folder_slot(key, arena), arena) : folder;
}

bool cache_keep_folder(const CacheKey *key, Str from, Arena *arena) {
    Str place = cache_place(key, arena);
    if (place.size == 0 || !fs_disk_make_folder(str_cstr(arena, fs_folder_of(place))))
        return false;
    cache_drop_folder(key, arena);
    return rename(str_cstr(arena, from), str_cstr(arena, place)) == 0;
}

bool cache_take_folder(const CacheKey *key, Str to, Arena *arena) {
    Str place = cache_place(key, arena);
    return place.size && rename(str_cstr(arena, place), str_cstr(arena, to)) == 0;
}

void cache_drop_folder(const CacheKey *key, Arena *arena) {
    Fs *fs = open_cache(arena);
    Str why;
    if (fs)
        (void)fs_remove(fs, folder_slot(key, arena), &why);
}

void cache_drop(const CacheKey *key, Arena *arena) {
    Fs *fs = open_cache(arena);
    Str why;
    if (fs)
        (void)fs_remove(fs, cache_slot(key, arena), &why);
}
