/* Pieces of memory that outlive the run. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka asks for the four above. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/store.h"

#include <cmocka.h>

#define PIECES 2000

static const CacheKey key = {"pages", {"a site", 6}};

static Str piece_of(size_t number, Arena *arena) {
    return str_format(arena, "%zu %0*zu", number, (int)(number % 1500), number);
}

/* One run: what is at the old places is there, then every `step`th piece is added anew and the
 * others are kept. Gives the places for the next run. */
static StorePlace *run(const StorePlace *known, uint64_t used, size_t step, Arena *arena) {
    StorePlace *places = ARENA_ARRAY(arena, StorePlace, PIECES);
    Store *store = store_open(&key, 2, used, arena);
    assert_non_null(store);
    for (size_t i = 0; i < PIECES; i++) {
        Str piece, text = piece_of(i, arena);
        if (known) {
            assert_true(store_read(store, 0, &known[i], arena, &piece));
            assert_true(str_equal(piece, text));
        }
        places[i] =
            known && i % step ? store_keep(store, i % 2, &known[i]) : store_add(store, i % 2, text);
    }
    assert_true(store_close(store, true));
    return places;
}

static uint64_t size_of(const StorePlace *places) {
    uint64_t size = 0;
    for (size_t i = 0; i < PIECES; i++)
        size += places[i].size;
    return size;
}

static off_t file_size(Arena *arena) {
    Fs *fs = fs_open_disk(arena, cache_folder(arena));
    FsList list = {.arena = arena};
    Str why;
    struct stat status = {0};
    assert_true(fs_walk(fs, (FsWalk){.folder = STR("pages")}, &list, &why));
    assert_int_equal(list.count, 1);
    assert_int_equal(
        stat(str_cstr(arena, fs_join(fs_root(fs), list.entries[0].path, arena)), &status), 0);
    return status.st_size;
}

static void keeps_pieces_from_run_to_run(void **state) {
    Arena *arena = *state;
    const StorePlace *places = run(NULL, 0, 1, arena);
    off_t first = file_size(arena);
    for (int i = 0; i < 10; i++)
        places = run(places, size_of(places), 3, arena);
    /* Each run added a third; without a new beginning it would be four times as large. */
    assert_true(file_size(arena) < 3 * first);
}

static void gives_nothing_that_is_not_what_was_put(void **state) {
    Arena *arena = *state;
    StorePlace *places = run(NULL, 0, 1, arena);
    Store *store = store_open(&key, 1, size_of(places), arena);
    Str piece;
    StorePlace bad = places[7];
    bad.offset++;
    assert_false(store_read(store, 0, &bad, arena, &piece));
    bad = places[7];
    bad.hash.low ^= 1;
    assert_false(store_read(store, 0, &bad, arena, &piece));
    bad = (StorePlace){UINT64_MAX - 3, SIZE_MAX, {0}};
    assert_false(store_read(store, 0, &bad, arena, &piece));
    assert_false(store_read(store, 0, &(StorePlace){0}, arena, &piece));
    store_close(store, false);
    /* A run that was given up has taken nothing away. */
    run(places, size_of(places), 2, arena);
}

static void forgets(void **state) {
    Arena *arena = *state;
    StorePlace *places = run(NULL, 0, 1, arena);
    store_drop(&key, arena);
    Store *store = store_open(&key, 1, size_of(places), arena);
    Str piece;
    assert_false(store_read(store, 0, &places[0], arena, &piece));
    store_close(store, false);
}

static int begin(void **state) {
    Arena *arena = arena_new();
    char folder[] = "/tmp/docsgen-store-XXXXXX";
    assert_non_null(mkdtemp(folder));
    setenv("XDG_CACHE_HOME", folder, 1);
    *state = arena;
    return 0;
}

static int end(void **state) {
    Arena *arena = *state;
    Str why;
    Fs *fs = fs_open_disk(arena, str_from(getenv("XDG_CACHE_HOME")));
    fs_remove(fs, STR("docsgen"), &why);
    rmdir(getenv("XDG_CACHE_HOME"));
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_pieces_from_run_to_run, begin, end),
        cmocka_unit_test_setup_teardown(gives_nothing_that_is_not_what_was_put, begin, end),
        cmocka_unit_test_setup_teardown(forgets, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
