/* Memory that goes to a file and comes back. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka asks for the four above. */
#include "base/arena.h"
#include "base/str.h"

#include <cmocka.h>

#define TEXTS ((size_t)20000)

static Str text_of(size_t number, Arena *arena) {
    return str_format(arena, "text %zu, and so much more that it does not stay in memory: %0*zu",
                      number, (int)(number % 90) * 40 + 1, number);
}

static void fill(Arena *cold, Str *texts) {
    Arena *tmp = arena_new();
    for (size_t i = 0; i < TEXTS; i++) {
        texts[i] = str_copy(cold, text_of(i, tmp));
        arena_settle(cold, false);
        arena_reset(tmp);
    }
    arena_free(tmp);
}

static void check_all(const Str *texts) {
    Arena *tmp = arena_new();
    for (size_t i = 0; i < TEXTS; i++) {
        assert_true(str_equal(texts[i], text_of(i, tmp)));
        arena_reset(tmp);
    }
    arena_free(tmp);
}

static void keeps_what_it_gives_away(void **state) {
    (void)state;
    Spill *spill = spill_open("/tmp");
    assert_non_null(spill);
    Arena *cold = arena_new_cold(spill);
    Str *texts = calloc(TEXTS, sizeof *texts);
    fill(cold, texts);
    check_all(texts);
    arena_settle(cold, true);
    spill_mark(spill);
    spill_rest(spill);
    check_all(texts);
    /* What comes later is no worse for it. */
    Str *more = calloc(TEXTS, sizeof *more);
    fill(cold, more);
    spill_rest(spill);
    check_all(more);
    check_all(texts);
    free(texts);
    free(more);
    arena_free(cold);
    spill_close(spill);
}

static void gives_zeroed_memory(void **state) {
    (void)state;
    Spill *spill = spill_open("/tmp");
    Arena *cold = arena_new_cold(spill);
    /* Things larger than a block, and small ones around them: at first all stay in memory, then
     * there are too many. */
    char *small[20], *large[20];
    for (size_t k = 0; k < 20; k++) {
        small[k] = arena_alloc(cold, 100);
        large[k] = arena_alloc(cold, (size_t)3 << 20);
        for (size_t i = 0; i < (size_t)3 << 20; i++)
            assert_true(large[k][i] == 0);
        small[k][0] = (char)('a' + k);
        large[k][0] = (char)('b' + k);
        arena_settle(cold, true);
        spill_mark(spill);
        spill_rest(spill);
        assert_int_equal(small[0][0], 'a');
    }
    for (size_t k = 0; k < 20; k++) {
        assert_int_equal(small[k][0], 'a' + k);
        assert_int_equal(large[k][0], 'b' + k);
    }
    assert_int_equal(*(char *)arena_alloc(cold, 1), 0);
    arena_free(cold);
    spill_close(spill);
}

/* Without a place for the file everything stays in memory. */
static void does_without_a_file(void **state) {
    (void)state;
    assert_null(spill_open("/nonexistent"));
    Arena *cold = arena_new_cold(NULL);
    Str *texts = calloc(TEXTS, sizeof *texts);
    fill(cold, texts);
    arena_settle(cold, true);
    spill_mark(NULL);
    spill_rest(NULL);
    check_all(texts);
    free(texts);
    arena_free(cold);
    spill_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_it_gives_away),
        cmocka_unit_test(gives_zeroed_memory),
        cmocka_unit_test(does_without_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
