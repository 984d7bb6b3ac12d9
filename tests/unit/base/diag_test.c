/* Sources, places and findings; the map and the pool, which they need for order. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/pool.h"

#include <cmocka.h>

static void places_count_from_one(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *source = source_new(arena, STR("a.md"), STR("one\r\ntwo\n\nlast"));
    static const struct {
        uint32_t start, size, line, column, mark;
    } cases[] = {
        {0, 3, 1, 1, 3}, {5, 1, 2, 1, 1},  {6, 99, 2, 2, 2},
        {9, 0, 3, 1, 1}, {10, 4, 4, 1, 4}, {14, 0, 4, 5, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Place place = span_place(span_of(source, cases[i].start, cases[i].size));
        assert_int_equal(place.line, cases[i].line);
        assert_int_equal(place.column, cases[i].column);
        assert_int_equal(place.mark_size, cases[i].mark);
        Place point = span_point(span_of(source, cases[i].start, cases[i].size));
        assert_int_equal(point.line, cases[i].line);
        assert_int_equal(point.column, cases[i].column);
    }
    arena_free(arena);
}

static void a_byte_order_mark_is_not_counted(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *source = source_new(arena, STR("a.md"), STR("\xEF\xBB\xBFtitle"));
    Place place = span_place(span_of(source, 3, 5));
    assert_int_equal(place.column, 1);
    assert_true(str_equal(place.line_text, STR("title")));
    for (size_t at = 0; at <= 8; at++)
        assert_int_equal(span_point(span_of(source, at, 0)).column, at < 3 ? 1 : at - 2);
    arena_free(arena);
}

/* Line ends are looked for eight bytes at a time, lines by halves. */
static void every_line_is_found(void **state) {
    (void)state;
    Arena *arena = arena_new();
    uint32_t random = 2463534242u;
    for (int round = 0; round < 2000; round++) {
        char *text = arena_bytes(arena, 64);
        size_t size = (size_t)round % 64;
        for (size_t i = 0; i < size; i++) {
            random ^= random << 13;
            random ^= random >> 17;
            random ^= random << 5;
            text[i] = "\n\nab\x8A\r\x0B\x09"[random % 8];
        }
        const Source *source = source_new(arena, STR("a"), (Str){text, size});
        uint32_t line = 1, column = 1;
        for (size_t i = 0; i <= size; i++) {
            Place place = span_point(span_of(source, i, 0));
            assert_int_equal(place.line, line);
            assert_int_equal(place.column, column);
            column++;
            if (i == size || text[i] != '\n')
                continue;
            line++;
            column = 1;
        }
        assert_int_equal(source->line_count, line);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void excerpts_point_into_their_origin(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *page = source_new(arena, STR("a.md"), STR("- list\n  graph LR\n  a --> b\n"));
    static const uint32_t starts[] = {9, 20, 28};
    const Source *fence = source_excerpt(arena, page, STR("graph LR\na --> b\n"), starts);
    Place place = span_place(span_of(fence, 11, 3)); /* the arrow */
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, 5);
    assert_int_equal(place.mark_size, 3);
    assert_true(str_equal(place.line_text, STR("  a --> b")));
    arena_free(arena);
}

static void findings_have_one_order(void **state) {
    (void)state;
    Arena *arena = arena_new();
    const Source *a = source_new(arena, STR("a.md"), STR("x\ny\n")),
                 *b = source_new(arena, STR("b.md"), STR("x\n"));
    Diags *diags = diags_new(arena), *other = diags_new(arena);
    diag_add(diags, DIAG_LINK_PAGE, span_of(b, 0, 1), "third");
    diag_add(diags, DIAG_LINK_PAGE, span_of(a, 2, 1), "second \"%s\"", "with\nbreak");
    diag_hint(diags, "do it");
    diag_add(other, DIAG_LINK_ASSET, span_of(a, 0, 1), "first");
    diag_add(other, DIAG_LINK_ASSET, span_of(a, 0, 1), "first");
    diags_merge(diags, other);
    diags_sort(diags);
    assert_int_equal(diags_count(diags), 3);
    assert_true(str_equal(diags_get(diags, 0)->message, STR("first")));
    assert_true(str_equal(diags_get(diags, 1)->message, STR("second \"with break\"")));
    assert_true(str_equal(diags_get(diags, 1)->hint, STR("do it")));
    assert_true(str_equal(diags_get(diags, 2)->message, STR("third")));
    arena_free(arena);
}

static void rules_are_found_by_name(void **state) {
    (void)state;
    for (int rule = 0; rule < DIAG_RULE_COUNT; rule++)
        assert_int_equal(diag_rule_find(diag_rule_name((DiagRule)rule)), rule);
    assert_int_equal(diag_rule_find(STR("link/pag")), DIAG_RULE_COUNT);
}

static void maps_keep_the_order_of_insertion(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Map *map = map_new(arena);
    static int values[1000];
    for (int i = 0; i < 1000; i++)
        assert_null(map_put(map, str_format(arena, "key %d", i), &values[i]));
    assert_ptr_equal(map_put(map, STR("key 7"), &values[0]), &values[7]);
    assert_int_equal(map_count(map), 1000);
    assert_true(str_equal(map_key(map, 999), STR("key 999")));
    assert_ptr_equal(map_find(map, STR("key 500")), &values[500]);
    assert_ptr_equal(map_find(map, STR("key 7")), &values[0]);
    assert_null(map_find(map, STR("key")));
    /* All at once as one by one. */
    Str keys[1200];
    void *found[1200];
    for (int i = 0; i < 1200; i++)
        keys[i] = str_format(arena, "key %d", (i * 7) % 1200);
    map_find_all(map, keys, 1200, found);
    for (int i = 0; i < 1200; i++)
        assert_ptr_equal(found[i], map_find(map, keys[i]));
    map_find_all(map_new(arena), keys, 1200, found);
    for (int i = 0; i < 1200; i++)
        assert_null(found[i]);
    arena_free(arena);
}

static void square(void *context, size_t index, unsigned worker) {
    (void)worker;
    ((size_t *)context)[index] = index * index;
}

static void the_pool_does_every_job_once(void **state) {
    (void)state;
    static const unsigned counts[] = {1, 2, 8, 1000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t results[500] = {0};
        pool_run(counts[i], 500, square, results);
        for (size_t k = 0; k < 500; k++)
            assert_int_equal(results[k], k * k);
        pool_run(counts[i], 0, square, NULL);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_count_from_one),
        cmocka_unit_test(a_byte_order_mark_is_not_counted),
        cmocka_unit_test(every_line_is_found),
        cmocka_unit_test(excerpts_point_into_their_origin),
        cmocka_unit_test(findings_have_one_order),
        cmocka_unit_test(rules_are_found_by_name),
        cmocka_unit_test(maps_keep_the_order_of_insertion),
        cmocka_unit_test(the_pool_does_every_job_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
