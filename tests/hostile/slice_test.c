/* Slices of a site that are whole behind their seal and yet wrong somewhere: `docsgen merge` takes
 * over what fits, renders the rest itself, and ends. Places of a slice are changed in turn, as
 * the entry point tests/fuzz/shard_fuzz.c does it; some faults show under the sanitizers alone. */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "fuzz/shard_fuzz.c"

/* kind: as in `change` of the entry point. */
static void change_each(size_t step, uint8_t kind, uint8_t byte) {
    if (!made.config)
        make_slice();
    for (size_t place = 0; place < made.records.size; place += step) {
        uint8_t input[] = {0, (uint8_t)(place >> 8), (uint8_t)place, kind, byte};
        LLVMFuzzerTestOneInput(input, sizeof input);
    }
}

static void nothing_changed(void **state) {
    (void)state;
    LLVMFuzzerTestOneInput((const uint8_t *)"\0", 1);
}

/* A hit of the first word with a weight that there is not: the search index was written beside its
 * place. */
static void numbers_that_are_none(void **state) {
    (void)state;
    change_each(1, 0, 7);
}

static void numbers_that_are_large(void **state) {
    (void)state;
    change_each(5, 0, 0xFF);
}

static void bytes_that_are_missing(void **state) {
    (void)state;
    change_each(5, 1, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changed), cmocka_unit_test(numbers_that_are_none),
        cmocka_unit_test(numbers_that_are_large), cmocka_unit_test(bytes_that_are_missing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
