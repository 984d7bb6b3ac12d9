#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

#include <cmocka.h>

/* Every case runs over both forms; the folder on disk is made anew for each. */
typedef struct Form {
    const char *name;
    Fs *(*open)(Arena *arena);
} Form;

static char folder[] = "/tmp/docsgen-fs-test-XXXXXX";

static Fs *open_disk(Arena *arena) {
    Fs *fs = fs_open_disk(arena, str_from(folder));
    Str why;
    assert_true(fs_remove(fs, STR("tree"), &why));
    return fs;
}

static const Form forms[] = {{"disk", open_disk}, {"memory", fs_open_memory}};

static void assert_content(Fs *fs, Str path, Str expected, Arena *arena) {
    FsText text;
    assert_true(fs_read(fs, path, 100, arena, &text));
    assert_true(str_equal(text.content, expected));
}

static void check_writing(Fs *fs, Arena *arena) {
    Str why;
    assert_true(fs_create(fs, STR("tree/a/b.txt"), STR("one"), &why));
    assert_false(fs_create(fs, STR("tree/a/b.txt"), STR("two"), &why));
    assert_true(str_equal(why, STR("File exists")));
    assert_content(fs, STR("tree/a/b.txt"), STR("one"), arena);
    assert_true(fs_write(fs, STR("tree/a/b.txt"), STR("three"), &why));
    assert_content(fs, STR("tree/a/b.txt"), STR("three"), arena);
    assert_int_equal(fs_kind(fs, STR("tree/a")), FS_FOLDER);
    assert_int_equal(fs_kind(fs, STR("tree/x")), FS_ABSENT);
    FsText text;
    assert_false(fs_read(fs, STR("tree/x"), 100, arena, &text));
    assert_true(str_equal(text.why, STR("no such file")));
    assert_false(fs_read(fs, STR("tree/a/b.txt"), 4, arena, &text));
}

/* Texts around the size that the disk is read in. */
static void check_comparing(Fs *fs, Arena *arena) {
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 200000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *bytes = arena_bytes(arena, sizes[i] + 1);
        Str content = {bytes, sizes[i]}, why;
        memset(bytes, 'x', sizes[i] + 1);
        assert_true(fs_write(fs, STR("tree/same"), content, &why));
        assert_true(fs_is_same(fs, STR("tree/same"), content));
        assert_false(fs_is_same(fs, STR("tree/same"), (Str){bytes, sizes[i] + 1}));
        if (sizes[i] == 0)
            continue;
        assert_false(fs_is_same(fs, STR("tree/same"), (Str){bytes, sizes[i] - 1}));
        char *other = str_cstr(arena, content);
        other[sizes[i] - 1] = 'y';
        assert_false(fs_is_same(fs, STR("tree/same"), (Str){other, sizes[i]}));
    }
    assert_false(fs_is_same(fs, STR("tree/absent"), STR("")));
}

static void check_walking(Fs *fs, Arena *arena) {
    Str why;
    FsList list = {.arena = arena}, all = {.arena = arena};
    assert_true(fs_create(fs, STR("tree/b"), STR("12"), &why));
    assert_true(fs_create(fs, STR("tree/a/z"), STR(""), &why));
    assert_true(fs_create(fs, STR("tree/a-c"), STR(""), &why));
    assert_true(fs_create(fs, STR("tree/out/x"), STR(""), &why));
    assert_true(fs_create(fs, STR("tree/.git/x"), STR(""), &why));
    assert_true(fs_walk(fs, (FsWalk){.folder = STR("tree"), .skip = STR("tree/out")}, &list, &why));
    assert_int_equal(list.count, 3);
    assert_true(str_equal(list.entries[0].path, STR("tree/a-c")));
    assert_true(str_equal(list.entries[1].path, STR("tree/a/z")));
    assert_true(str_equal(list.entries[2].path, STR("tree/b")));
    assert_true(fs_walk(fs, (FsWalk){.folder = STR("tree"), .with_hidden = true}, &all, &why));
    assert_int_equal(all.count, 5);
}

static void check_exchange(Fs *fs, Arena *arena) {
    Str why;
    assert_true(fs_create(fs, STR("tree/old/a"), STR("old"), &why));
    assert_true(fs_create(fs, STR("tree/new/a"), STR("new"), &why));
    assert_true(fs_link(fs, STR("tree/old/a"), STR("tree/new/kept"), &why));
    assert_true(fs_exchange(fs, STR("tree/new"), STR("tree/old"), &why));
    assert_content(fs, STR("tree/old/a"), STR("new"), arena);
    assert_content(fs, STR("tree/old/kept"), STR("old"), arena);
    assert_content(fs, STR("tree/new/a"), STR("old"), arena);
    assert_true(fs_remove(fs, STR("tree/new"), &why));
    assert_int_equal(fs_kind(fs, STR("tree/new")), FS_ABSENT);
    assert_true(fs_exchange(fs, STR("tree/old"), STR("tree/first"), &why));
    assert_content(fs, STR("tree/first/a"), STR("new"), arena);
}

static void check_replacing(Fs *fs, Arena *arena) {
    Str why;
    int lock;
    Str path = STR("tree/a.md");
    assert_true(fs_create(fs, path, STR("one"), &why));
    assert_true(fs_lock(fs, path, &lock, &why));
    assert_true(fs_replace(fs, &(FsSwap){path, STR("one"), STR("two")}, 1, &why));
    assert_content(fs, path, STR("two"), arena);
    assert_false(fs_replace(fs, &(FsSwap){path, STR("one"), STR("three")}, 1, &why));
    assert_true(str_starts_with(why, STR("it was changed meanwhile")));
    assert_false(fs_replace(fs, &(FsSwap){path, STR("tw"), STR("three")}, 1, &why));
    assert_content(fs, path, STR("two"), arena);
    fs_unlock(fs, lock);
    FsList all = {.arena = arena};
    assert_true(fs_walk(fs, (FsWalk){.folder = STR("tree"), .with_hidden = true}, &all, &why));
    assert_int_equal(all.count, 1);
}

static void replacing_keeps_permissions_and_links(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = open_disk(arena);
    Str why;
    assert_true(fs_create(fs, STR("tree/real/a.md"), STR("one"), &why));
    char *real = str_cstr(arena, str_format(arena, "%s/tree/real/a.md", folder));
    char *link = str_cstr(arena, str_format(arena, "%s/tree/a.md", folder));
    assert_int_equal(chmod(real, 0640), 0);
    assert_int_equal(symlink("real/a.md", link), 0);
    assert_true(fs_replace(fs, &(FsSwap){STR("tree/a.md"), STR("one"), STR("two")}, 1, &why));
    assert_content(fs, STR("tree/real/a.md"), STR("two"), arena);
    struct stat status;
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(stat(real, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    arena_free(arena);
}

static void both_forms(void **state) {
    (void)state;
    static void (*const checks[])(Fs *, Arena *) = {check_writing, check_comparing, check_walking,
                                                    check_exchange, check_replacing};
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++)
        for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
            Arena *arena = arena_new();
            checks[i](forms[form].open(arena), arena);
            arena_free(arena);
        }
}

static void links_that_leave_are_not_followed(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = open_disk(arena);
    Str why;
    assert_true(fs_create(fs, STR("tree/in"), STR("in"), &why));
    char *out = str_cstr(arena, str_format(arena, "%s/tree/out", folder));
    char *in = str_cstr(arena, str_format(arena, "%s/tree/link", folder));
    char *pipe_name = str_cstr(arena, str_format(arena, "%s/tree/pipe", folder));
    assert_int_equal(symlink("/etc/passwd", out), 0);
    assert_int_equal(symlink("in", in), 0);
    assert_int_equal(mkfifo(pipe_name, 0600), 0);
    assert_int_equal(fs_kind(fs, STR("tree/out")), FS_OUTSIDE);
    assert_int_equal(fs_kind(fs, STR("tree/link")), FS_FILE);
    assert_int_equal(fs_kind(fs, STR("tree/pipe")), FS_SPECIAL);
    FsText text;
    assert_false(fs_read(fs, STR("tree/out"), 1000, arena, &text));
    assert_true(str_equal(text.why, STR("the link leaves the project")));
    arena_free(arena);
}

static void paths_are_worked_out(void **state) {
    (void)state;
    static const struct {
        const char *base, *path, *resolved;
    } cases[] = {
        {"a/b", "../c.md", "a/c.md"}, {"", "./x//y", "x/y"}, {"a", "..", ""},
        {"a", "../..", NULL},         {"", "../x", NULL},    {"a/b", "/x", "x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Str resolved = {NULL, 0};
        bool is_inside =
            fs_resolve(str_from(cases[i].base), str_from(cases[i].path), arena, &resolved);
        assert_int_equal(is_inside, cases[i].resolved != NULL);
        assert_true(!is_inside || str_equal(resolved, str_from(cases[i].resolved)));
        arena_free(arena);
    }
}

static void relative_urls(void **state) {
    (void)state;
    static const struct {
        const char *from, *to, *url;
    } cases[] = {
        {"index.html", "a/b.html", "a/b.html"},   {"a/b.html", "index.html", "../index.html"},
        {"a/b.html", "a/c.html", "c.html"},       {"a/b/c.html", "a/d/e.html", "../d/e.html"},
        {"ab/c.html", "a/c.html", "../a/c.html"}, {"a/b.html", "ab.html", "../ab.html"},
        {"a/b.html", "a/b.html", "b.html"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        Str url = fs_relative(str_from(cases[i].from), str_from(cases[i].to), arena);
        assert_true(str_equal(url, str_from(cases[i].url)));
        arena_free(arena);
    }
}

static void folders_that_are_shared(void **state) {
    (void)state;
    static const struct {
        const char *from, *path, *shared;
    } cases[] = {
        {"a/b.md", "a/c.md", "a/"}, {"a/b/c.md", "a/d/e.md", "a/"}, {"a/b.md", "a/c/d.md", "a/"},
        {"a.md", "b/c.md", ""},     {"ab/c.md", "a/c.md", ""},      {"a/b.md", "a", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_equal(fs_shared_folder(str_from(cases[i].from), str_from(cases[i].path)),
                              str_from(cases[i].shared)));
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Str why;
    bool is_removed = fs_remove(fs_open_disk(arena, STR("/tmp")), str_from(folder + 5), &why);
    arena_free(arena);
    return is_removed ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms),
        cmocka_unit_test(links_that_leave_are_not_followed),
        cmocka_unit_test(replacing_keeps_permissions_and_links),
        cmocka_unit_test(paths_are_worked_out),
        cmocka_unit_test(relative_urls),
        cmocka_unit_test(folders_that_are_shared),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
