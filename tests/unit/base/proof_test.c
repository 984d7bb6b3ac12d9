/* When a written file is known to be the one that was written. */
#include "base/ban.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/proof.h"

#include <cmocka.h>

#define SECOND ((int64_t)1000000000)

typedef struct Folder {
    char path[64];
    Arena *arena;
    Fs *fs;
} Folder;

static Folder open_folder(void) {
    Folder folder = {.path = "/tmp/docsgen-proof-XXXXXX", .arena = arena_new()};
    assert_non_null(mkdtemp(folder.path));
    folder.fs = fs_open_disk(folder.arena, str_from(folder.path));
    return folder;
}

static void close_folder(Folder *folder) {
    Str why;
    fs_remove(folder->fs, STR("page.html"), &why);
    assert_int_equal(rmdir(folder->path), 0);
    arena_free(folder->arena);
}

static void write_page(const Folder *folder, Str content) {
    Str why;
    assert_true(fs_write(folder->fs, STR("page.html"), content, &why));
}

/* Gives the file, or with "" the folder, the same time again, as an edit within one tick of the
 * clock would. */
static void date(const Folder *folder, const char *name, int64_t time) {
    char path[96];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    struct timespec times[2] = {{time / SECOND, time % SECOND}, {time / SECOND, time % SECOND}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* While a file is as new as the clock's tick its content is compared; later its stamp is enough. */
static void a_new_file_is_known_by_its_content(void **state) {
    (void)state;
    Folder folder = open_folder();
    int64_t written = stamp_now() - 10 * SECOND + 1;
    write_page(&folder, STR("one"));
    date(&folder, "page.html", written);
    Proof proof = proof_take(folder.fs, STR("page.html"), written + 1);
    assert_true(proof.has_hash);
    assert_true(proof_holds(folder.fs, STR("page.html"), &proof));
    proof_settle(&proof, written + 1);
    assert_true(proof.has_hash);
    proof_settle(&proof, written + SECOND);
    assert_false(proof.has_hash);
    assert_true(proof_holds(folder.fs, STR("page.html"), &proof));
    close_folder(&folder);
}

static void another_content_is_seen(void **state) {
    (void)state;
    Folder folder = open_folder();
    int64_t written = stamp_now() - 10 * SECOND + 1;
    write_page(&folder, STR("one"));
    date(&folder, "page.html", written);
    Proof young = proof_take(folder.fs, STR("page.html"), written + 1);
    Proof old = proof_take(folder.fs, STR("page.html"), written + SECOND);
    assert_false(old.has_hash);
    char path[96];
    snprintf(path, sizeof path, "%s/page.html", folder.path);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(file, "two", 3), 3);
    close(file);
    assert_false(proof_holds(folder.fs, STR("page.html"), &old));
    date(&folder, "page.html", written);
    assert_false(proof_holds(folder.fs, STR("page.html"), &young));
    close_folder(&folder);
}

/* A second name is how a later build takes the file over. */
static void a_second_name_changes_nothing(void **state) {
    (void)state;
    Folder folder = open_folder();
    int64_t written = stamp_now() - 10 * SECOND + 1;
    Str why;
    write_page(&folder, STR("one"));
    date(&folder, "page.html", written);
    Proof proof = proof_take(folder.fs, STR("page.html"), written + SECOND);
    assert_true(fs_link(folder.fs, STR("page.html"), STR("again.html"), &why));
    assert_true(proof_holds(folder.fs, STR("page.html"), &proof));
    assert_false(proof_take(folder.fs, STR("again.html"), stamp_now()).has_hash);
    fs_remove(folder.fs, STR("again.html"), &why);
    close_folder(&folder);
}

/* A young folder by the names in it and the files they stand for, whose content is their own
 * matter. */
static void a_folder_is_known_by_its_names(void **state) {
    (void)state;
    Folder folder = open_folder();
    int64_t changed = stamp_now() - 10 * SECOND + 1;
    Str why;
    write_page(&folder, STR("one"));
    date(&folder, "", changed);
    Proof young = proof_take(folder.fs, STR(""), changed + 1);
    Proof old = proof_take(folder.fs, STR(""), changed + SECOND);
    assert_true(young.has_hash && !old.has_hash);
    date(&folder, "page.html", changed);
    assert_true(proof_holds(folder.fs, STR(""), &young));
    assert_true(proof_holds(folder.fs, STR(""), &old));
    assert_true(fs_create(folder.fs, STR("more.html"), STR("one"), &why));
    assert_false(proof_holds(folder.fs, STR(""), &old));
    assert_true(fs_remove(folder.fs, STR("more.html"), &why));
    date(&folder, "", changed);
    assert_true(proof_holds(folder.fs, STR(""), &young));
    assert_true(fs_create(folder.fs, STR("other.html"), STR("one"), &why));
    assert_true(fs_move(folder.fs, STR("other.html"), STR("page.html"), &why));
    date(&folder, "", changed);
    assert_false(proof_holds(folder.fs, STR(""), &young));
    close_folder(&folder);
}

/* What is written to the file between its making and the end of the build is seen: the proof goes
 * by the stamp that it was made with. */
static void a_stamp_may_come_from_the_making(void **state) {
    (void)state;
    Folder folder = open_folder();
    Stamp stamp;
    Str why;
    assert_true(fs_create_stamped(folder.fs, STR("page.html"), STR("one"), &stamp, &why));
    Stamp there = proof_stamp(folder.fs, STR("page.html"));
    assert_true(stamp_equal(&stamp, &there));
    Proof proof = {.stamp = stamp};
    proof_complete(&proof, folder.fs, STR("page.html"), stamp.written + SECOND);
    assert_false(proof.has_hash);
    assert_true(proof_holds(folder.fs, STR("page.html"), &proof));
    date(&folder, "page.html", stamp.written + 1);
    assert_false(proof_holds(folder.fs, STR("page.html"), &proof));
    proof_complete(&proof, folder.fs, STR("page.html"), stamp.written + SECOND);
    assert_false(proof_holds(folder.fs, STR("page.html"), &proof));
    proof.stamp.inode = 0;
    proof_complete(&proof, folder.fs, STR("page.html"), stamp.written + 1);
    assert_true(proof.has_hash && proof_holds(folder.fs, STR("page.html"), &proof));
    close_folder(&folder);
}

static void nothing_proves_nothing(void **state) {
    (void)state;
    Folder folder = open_folder();
    Proof proof = proof_take(folder.fs, STR("page.html"), stamp_now());
    assert_false(proof_holds(folder.fs, STR("page.html"), &proof));
    close_folder(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_file_is_known_by_its_content),
        cmocka_unit_test(another_content_is_seen),
        cmocka_unit_test(a_second_name_changes_nothing),
        cmocka_unit_test(a_folder_is_known_by_its_names),
        cmocka_unit_test(a_stamp_may_come_from_the_making),
        cmocka_unit_test(nothing_proves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
