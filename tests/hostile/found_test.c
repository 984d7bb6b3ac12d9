/* What fuzzers found wrong, each as a small project: the bytes between lines "=== NAME" are its
 * files. Each is built and checked as the entry point tests/fuzz/site_fuzz.c does it; some show
 * their fault under the sanitizers alone (`make asan`). */
#include "base/ban.h"

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "fuzz/site_fuzz.c"

static void projects(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR("tests/hostile/found"));
    Str why;
    FsList list = {.arena = arena};
    assert_true(fs_walk(fs, (FsWalk){.folder = STR("")}, &list, &why));
    assert_true(list.count > 0);
    for (size_t i = 0; i < list.count; i++) {
        FsText text;
        print_message("# %.*s\n", STR_FMT(list.entries[i].path));
        assert_true(fs_read(fs, list.entries[i].path, SIZE_MAX, arena, &text));
        LLVMFuzzerTestOneInput((const uint8_t *)text.content.data, text.content.size);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(projects)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
