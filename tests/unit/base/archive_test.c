#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/archive.h"
#include "base/stamp.h"

#include <cmocka.h>

typedef struct Thing {
    uint64_t number;
    int64_t sign;
    uint32_t small;
    bool is_on;
    Str text;
    Hash hash;
    Stamp stamp;
    Str list[4];
    size_t count;
} Thing;

static void archive_thing(Archive *archive, Thing *thing) {
    archive_number(archive, &thing->number);
    archive_signed(archive, &thing->sign);
    archive_u32(archive, &thing->small);
    archive_bool(archive, &thing->is_on);
    archive_str(archive, &thing->text);
    archive_hash(archive, &thing->hash);
    archive_stamp(archive, &thing->stamp);
    archive_count(archive, &thing->count);
    for (size_t i = 0; i < thing->count && i < 4; i++)
        archive_str(archive, &thing->list[i]);
}

static Thing some_thing(void) {
    return (Thing){.number = UINT64_MAX,
                   .sign = INT64_MIN,
                   .small = 128,
                   .is_on = true,
                   .text = STR("a\0b"),
                   .hash = hash_of(STR("x")),
                   .stamp = {.inode = 7, .written = -3},
                   .list = {STR("one"), STR(""), STR("three")},
                   .count = 3};
}

static Str written(Arena *arena) {
    Buf out = buf_new(arena);
    Archive archive = archive_to(&out);
    Thing thing = some_thing();
    archive_thing(&archive, &thing);
    return buf_str(&out);
}

static void reads_what_it_wrote(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Thing got = {0}, wanted = some_thing();
    Archive archive = archive_from(written(arena));
    archive_thing(&archive, &got);
    assert_false(archive.is_bad);
    assert_int_equal(archive.in.size, 0);
    assert_true(got.number == wanted.number && got.sign == wanted.sign && got.small == 128);
    assert_true(got.is_on && str_equal(got.text, wanted.text) &&
                hash_equal(got.hash, wanted.hash) && stamp_equal(&got.stamp, &wanted.stamp));
    assert_true(got.count == 3 && str_equal(got.list[2], STR("three")));
    arena_free(arena);
}

/* Whatever is cut off or changed: no byte behind the end is read (the sanitizers would say so). */
static void survives_damage(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str whole = written(arena);
    for (size_t size = 0; size < whole.size; size++) {
        char *copy = malloc(size + 1);
        memcpy(copy, whole.data, size);
        Archive archive = archive_from((Str){copy, size});
        Thing got = {0};
        archive_thing(&archive, &got);
        assert_true(archive.is_bad);
        free(copy);
    }
    for (size_t at = 0; at < whole.size; at++)
        for (unsigned bit = 0; bit < 8; bit++) {
            char *copy = malloc(whole.size);
            memcpy(copy, whole.data, whole.size);
            copy[at] = (char)(copy[at] ^ (1 << bit));
            Archive archive = archive_from((Str){copy, whole.size});
            Thing got = {0};
            archive_thing(&archive, &got);
            free(copy);
        }
    arena_free(arena);
}

static void a_seal_shows_every_change(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str content, sealed = archive_seal(STR("test 1"), STR("content"), arena);
    assert_true(archive_open(STR("test 1"), sealed, &content));
    assert_true(str_equal(content, STR("content")));
    assert_false(archive_open(STR("test 2"), sealed, &content));
    assert_false(archive_open(STR("test"), sealed, &content));
    for (size_t size = 0; size < sealed.size; size++)
        assert_false(archive_open(STR("test 1"), str_slice(sealed, 0, size), &content));
    for (size_t at = 0; at < sealed.size; at++) {
        char *bytes = arena_bytes(arena, sealed.size);
        memcpy(bytes, sealed.data, sealed.size);
        bytes[at] ^= 1;
        assert_false(archive_open(STR("test 1"), (Str){bytes, sealed.size}, &content));
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_wrote),
        cmocka_unit_test(survives_damage),
        cmocka_unit_test(a_seal_shows_every_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
