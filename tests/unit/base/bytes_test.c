#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/bytes.h"

/* Each question asked of every byte beside every other one: a neighbour changes no answer. */
static void neighbours_do_not_matter(void **state) {
    (void)state;
    for (unsigned byte = 0; byte < 0x80; byte++) {
        for (unsigned other = 0; other < 0x80; other++) {
            uint64_t bytes = bytes_all((unsigned char)other);
            bytes = (bytes & ~((uint64_t)0xFF << 24)) | (uint64_t)byte << 24;
            uint64_t mark = (uint64_t)0x80 << 24;
            assert_int_equal((bytes_from(bytes, 'a') & mark) != 0, byte >= 'a');
            assert_int_equal((bytes_between(bytes, '0', '9') & mark) != 0,
                             byte >= '0' && byte <= '9');
            assert_int_equal((bytes_are(bytes, '<') & mark) != 0, byte == '<');
        }
    }
}

static void the_first_byte_is_the_lowest(void **state) {
    (void)state;
    const char text[] = "abc\xFF"
                        "efgh";
    assert_true(bytes_load(text) == UINT64_C(0x68676665FF636261));
    assert_true(bytes_low(bytes_load(text)) == UINT64_C(0x686766657F636261));
    char copy[8];
    bytes_store(copy, bytes_load(text));
    assert_memory_equal(copy, text, 8);
    uint64_t whole = bytes_load(text);
    for (size_t size = 0; size <= 8; size++)
        assert_true(bytes_load_some(text, size) ==
                    (size == 8 ? whole : whole & (((uint64_t)1 << 8 * size) - 1)));
    assert_true(bytes_load_some(text, 9) == whole);
}

static void marks_are_counted(void **state) {
    (void)state;
    for (size_t i = 0; i < 8; i++) {
        uint64_t mark = (uint64_t)0x80 << 8 * i;
        assert_int_equal(bytes_before(mark), i);
        assert_int_equal(bytes_before(BYTES_HIGH & ~(mark - 1)), i);
        assert_int_equal(bytes_run(BYTES_HIGH & ~mark), i);
    }
    for (unsigned set = 0; set < 256; set++) {
        uint64_t marks = 0;
        unsigned count = 0;
        for (unsigned i = 0; i < 8; i++) {
            marks |= set >> i & 1 ? (uint64_t)0x80 << 8 * i : 0;
            count += set >> i & 1;
        }
        assert_int_equal(bytes_count(marks), count);
    }
    assert_int_equal(bytes_run(BYTES_HIGH), 8);
    assert_int_equal(bytes_run(~(uint64_t)0), 8);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_do_not_matter),
        cmocka_unit_test(the_first_byte_is_the_lowest),
        cmocka_unit_test(marks_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
