#include "base/ban.h"

#include "base/store.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs_form.h"

#define CHUNK_SIZE  ((size_t)256 << 10) /* bytes that a thread gathers before it writes them */
#define WINDOW_SIZE ((size_t)16 << 10)  /* bytes that are read at a time, for several pieces */
#define WINDOWS     4
#define LEAST_SIZE  ((uint64_t)1 << 20)  /* a smaller file is never too large for what is in it */
#define MOST_SIZE   ((uint64_t)16 << 30) /* a larger one is begun anew */

/* What one thread has gathered: a stretch of the file that nobody else writes to. */
typedef struct Chunk {
    char *bytes;
    uint64_t offset;
    size_t size, capacity;
} Chunk;

/* A stretch of the file that has been read. */
typedef struct Window {
    char *bytes;
    uint64_t offset;
    size_t size;
} Window;

/* What one thread has read last: pieces are mostly asked for in the order in which they were added,
 * which several threads did side by side. */
typedef struct Windows {
    Window items[WINDOWS];
    unsigned next; /* to be read into */
} Windows;

struct Store {
    const char *path, *fresh_path;
    uint64_t old_size;
    int old;   /* where pieces of earlier runs are; -1: nowhere */
    int fresh; /* where new ones go: the same file, or another */
    bool is_moving;
    pthread_mutex_t lock;
    uint64_t end; /* of `fresh` */
    bool is_bad;
    Chunk *chunks;
    Windows *windows;
    unsigned chunk_count; /* and windows: of each thread one */
};

static Str path_of(const CacheKey *key, Arena *arena) {
    return str_format(arena, "%.*s/%.*s.store", STR_FMT(cache_folder(arena)),
                      STR_FMT(cache_slot(key, arena)));
}

static uint64_t size_of(int file) {
    struct stat status;
    return file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode)
               ? (uint64_t)status.st_size
               : 0;
}

/* A file of its own for each run that moves: two at once must not write into one another's. */
static int open_fresh(const char *path) {
    (void)unlink(path);
    return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
}

Store *store_open(const CacheKey *key, unsigned worker_count, uint64_t used, Arena *arena) {
    if (cache_folder(arena).size == 0)
        return NULL;
    Str folder = str_format(arena, "%.*s/%s", STR_FMT(cache_folder(arena)), key->area);
    if (!fs_disk_make_folder(str_cstr(arena, folder)))
        return NULL;
    Store *store = ARENA_NEW(arena, Store);
    *store = (Store){.chunk_count = worker_count};
    store->windows = ARENA_ARRAY(arena, Windows, worker_count);
    store->path = str_cstr(arena, path_of(key, arena));
    store->fresh_path = str_cstr(arena, str_format(arena, "%s.new", store->path));
    store->old = open(store->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    store->end = store->old_size = size_of(store->old);
    store->is_moving = store->old < 0 || (store->end > LEAST_SIZE && store->end / 2 > used) ||
                       store->end > MOST_SIZE || used == 0;
    store->fresh = store->old;
    if (store->is_moving) {
        store->fresh = open_fresh(store->fresh_path);
        store->end = 0;
    }
    if (store->fresh < 0) {
        if (store->old >= 0)
            close(store->old);
        return NULL;
    }
    pthread_mutex_init(&store->lock, NULL);
    store->chunks = ARENA_ARRAY(arena, Chunk, worker_count);
    for (unsigned i = 0; i < worker_count; i++)
        store->chunks[i].bytes = arena_bytes(arena, CHUNK_SIZE);
    for (unsigned i = 0; i < worker_count * WINDOWS && store->old >= 0; i++)
        store->windows[i / WINDOWS].items[i % WINDOWS].bytes = arena_bytes(arena, WINDOW_SIZE);
    return store;
}

static bool read_at(int file, char *bytes, size_t size, uint64_t offset) {
    while (size) {
        ssize_t count = pread(file, bytes, size, (off_t)offset);
        if (count <= 0)
            return false;
        bytes += count;
        size -= (size_t)count;
        offset += (uint64_t)count;
    }
    return true;
}

static bool is_in(const Window *window, const StorePlace *place) {
    return place->offset >= window->offset &&
           place->offset - window->offset + place->size <= window->size;
}

/* The bytes at a place that lies in the file, with those behind it for the next pieces. */
static bool look(const Store *store, unsigned worker, const StorePlace *place, char *bytes) {
    Windows *windows = &store->windows[worker];
    Window *window = &windows->items[0];
    if (place->size > WINDOW_SIZE)
        return read_at(store->old, bytes, place->size, place->offset);
    while (window < windows->items + WINDOWS && !is_in(window, place))
        window++;
    if (window == windows->items + WINDOWS) {
        uint64_t left = store->old_size - place->offset;
        window = &windows->items[windows->next++ % WINDOWS];
        window->offset = place->offset;
        window->size = left < WINDOW_SIZE ? (size_t)left : WINDOW_SIZE;
        if (!read_at(store->old, window->bytes, window->size, window->offset)) {
            window->size = 0;
            return false;
        }
    }
    memcpy(bytes, window->bytes + (place->offset - window->offset), place->size);
    return true;
}

bool store_read(const Store *store, unsigned worker, const StorePlace *place, Arena *arena,
                Str *piece) {
    /* A size that is made up must not take memory. */
    if (!store || store->old < 0 || place->size == 0 || place->offset > MOST_SIZE * 2 ||
        place->size > MOST_SIZE || store->old_size < place->offset + place->size)
        return false;
    char *bytes = arena_bytes(arena, place->size);
    *piece = (Str){bytes, place->size};
    return look(store, worker, place, bytes) && hash_equal(hash_of(*piece), place->hash);
}

static uint64_t reserve(Store *store, size_t size) {
    pthread_mutex_lock(&store->lock);
    uint64_t offset = store->end;
    store->end += size;
    pthread_mutex_unlock(&store->lock);
    return offset;
}

static void write_chunk(Store *store, const char *bytes, size_t size, uint64_t offset) {
    if (fs_disk_write_at(store->fresh, (Str){bytes, size}, (off_t)offset))
        return;
    pthread_mutex_lock(&store->lock);
    store->is_bad = true;
    pthread_mutex_unlock(&store->lock);
}

StorePlace store_add(Store *store, unsigned worker, Str piece) {
    Chunk *chunk = &store->chunks[worker];
    StorePlace place = {.size = piece.size, .hash = hash_of(piece)};
    if (piece.size > CHUNK_SIZE / 4) {
        place.offset = reserve(store, piece.size);
        write_chunk(store, piece.data, piece.size, place.offset);
        return place;
    }
    if (piece.size > chunk->capacity - chunk->size) {
        write_chunk(store, chunk->bytes, chunk->size, chunk->offset);
        *chunk = (Chunk){chunk->bytes, reserve(store, CHUNK_SIZE), 0, CHUNK_SIZE};
    }
    place.offset = chunk->offset + chunk->size;
    if (piece.size)
        memcpy(chunk->bytes + chunk->size, piece.data, piece.size);
    chunk->size += piece.size;
    return place;
}

StorePlace store_keep(Store *store, unsigned worker, const StorePlace *place) {
    if (!store->is_moving)
        return *place;
    Arena *tmp = arena_new();
    Str piece;
    StorePlace moved = {0};
    if (store_read(store, worker, place, tmp, &piece))
        moved = store_add(store, worker, piece);
    arena_free(tmp);
    return moved;
}

bool store_close(Store *store, bool are_kept) {
    for (unsigned i = 0; i < store->chunk_count; i++)
        write_chunk(store, store->chunks[i].bytes, store->chunks[i].size, store->chunks[i].offset);
    bool is_whole = are_kept && !store->is_bad;
    if (store->is_moving && is_whole)
        is_whole = rename(store->fresh_path, store->path) == 0;
    else if (store->is_moving)
        (void)unlink(store->fresh_path);
    if (store->old >= 0 && store->old != store->fresh)
        close(store->old);
    close(store->fresh);
    pthread_mutex_destroy(&store->lock);
    return is_whole;
}

void store_drop(const CacheKey *key, Arena *arena) {
    if (cache_folder(arena).size)
        (void)unlink(str_cstr(arena, path_of(key, arena)));
}

void archive_place(Archive *archive, StorePlace *place) {
    archive_number(archive, &place->offset);
    archive_size(archive, &place->size);
    archive_hash(archive, &place->hash);
}
