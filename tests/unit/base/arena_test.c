#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#include <cmocka.h>

/* What was allocated last grows in its place; anything else does not. */
static void extends_only_the_last(void **state) {
    (void)state;
    Arena *arena = arena_new();
    char *first = arena_bytes(arena, 10);
    assert_true(arena_extend(arena, first + 10, 20));
    char *second = arena_bytes(arena, 5);
    assert_ptr_equal(second, first + 30);
    assert_false(arena_extend(arena, first + 30, 1));
    assert_false(arena_extend(arena, second + 5, (size_t)1 << 30));
    assert_true(arena_extend(arena, second + 5, 0));
    arena_free(arena);
}

/* Text stays what it is, whether its memory grows or moves. */
static void grows_text(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Buf alone = buf_new(arena);
    for (int i = 0; i < 100000; i++)
        buf_add_char(&alone, (char)('a' + i % 26));
    Buf other = buf_new(arena);
    for (int i = 0; i < 100000; i++) {
        buf_add_char(&alone, (char)('a' + i % 26));
        buf_add_char(&other, (char)('A' + i % 26));
    }
    for (size_t i = 0; i < 100000; i++) {
        assert_int_equal(alone.data[i], 'a' + i % 26);
        assert_int_equal(alone.data[100000 + i], 'a' + i % 26);
        assert_int_equal(other.data[i], 'A' + i % 26);
    }
    arena_free(arena);
}

/* The memory of a list that grows is zeroed behind its elements, also where it was used before. */
static void grows_lists(void **state) {
    (void)state;
    Arena *arena = arena_new();
    memset(arena_bytes(arena, 8000), 1, 8000);
    arena_reset(arena);
    int *list = NULL;
    size_t count = 0, capacity = 0;
    for (; count < 1000; count++) {
        ARENA_RESERVE(arena, list, count, capacity);
        assert_int_equal(list[count], 0);
        list[count] = (int)count;
        if (count == 500)
            arena_alloc(arena, 1);
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(list[i], i);
    arena_free(arena);
}

/* A reset keeps blocks, and what they give is zeroed as if it were new. */
static void uses_blocks_again(void **state) {
    (void)state;
    Arena *arena = arena_new();
    for (int round = 0; round < 20; round++) {
        for (size_t size = 1; size < (size_t)3 << 20; size = size * 2 + 1) {
            char *memory = arena_alloc(arena, size);
            assert_int_equal(memory[0], 0);
            assert_int_equal(memory[size - 1], 0);
            memset(memory, round + 1, size);
        }
        arena_reset(arena);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extends_only_the_last),
        cmocka_unit_test(grows_text),
        cmocka_unit_test(grows_lists),
        cmocka_unit_test(uses_blocks_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
