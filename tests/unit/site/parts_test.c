/* Files that pages take parts of: what a mention finds, what is said when it finds nothing, and the
 * list by which a later build knows that a page would read the same. */
#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "site/parts.h"

#include <cmocka.h>

#define FROM STR("site-src/guide/start.md")

/* A project in memory, one page of which mentions files. */
typedef struct Desk {
    Arena *arena;
    Fs *fs;
    Config config;
    Site site;
    Parts *parts;
    Diags *diags;
} Desk;

static const char *const paths[] = {"diagrams/net.mmd", "site-src/guide/start.md",
                                    "site-src/stack.yml", "tools/install.sh"};

/* Discovery knows these files but has read none; two more lie beside them. */
static Desk *open_desk(void) {
    Arena *arena = arena_new();
    Desk *desk = ARENA_NEW(arena, Desk);
    Str why;
    desk->arena = arena;
    desk->fs = fs_open_memory(arena);
    desk->config.source = STR("site-src");
    desk->site = (Site){.config = &desk->config,
                        .files = ARENA_ARRAY(arena, SiteFile, sizeof paths / sizeof *paths),
                        .file_index = map_new(arena)};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        SiteFile *file = &desk->site.files[desk->site.file_count++];
        file->path = str_from(paths[i]);
        map_put(desk->site.file_index, file->path, file);
    }
    assert_true(fs_write(desk->fs, STR("tools/install.sh"), STR("make install\n"), &why));
    assert_true(fs_write(desk->fs, STR("tools/remove.sh"), STR("make clean\n"), &why));
    assert_true(fs_write(desk->fs, STR("tools/logo.png"), STR("\x89PNG"), &why));
    assert_true(
        fs_write(desk->fs, STR("site-src/stack.yml"), STR("mimir: {memory: 4 GB}\n"), &why));
    assert_true(fs_write(desk->fs, STR("site-src/broken.yml"), STR("a: [1\n"), &why));
    desk->parts = parts_new(&desk->site, desk->fs, arena);
    desk->diags = diags_new(arena);
    parts_begin(desk->parts);
    return desk;
}

static PartUse use_of(Desk *desk) {
    Source *source = source_new(desk->arena, FROM, STR("{{ include: ... }}\n"));
    return (PartUse){.parts = desk->parts,
                     .from = FROM,
                     .at = span_of(source, 12, 3),
                     .rule = DIAG_PAGE_INCLUDE,
                     .diags = desk->diags,
                     .hints = map_new(desk->arena)};
}

/* What a mention of `url` says, and its way out. */
static void check_said(const char *url, const char *expected) {
    Desk *desk = open_desk();
    PartUse use = use_of(desk);
    PartFile *file = parts_file(&use, str_from(url));
    Buf said = buf_new(desk->arena);
    if (file)
        buf_add_format(&said, "%.*s", STR_FMT(file->path));
    for (size_t i = 0; i < diags_count(desk->diags); i++) {
        const Diag *diag = diags_get(desk->diags, i);
        buf_add_format(&said, "%.*s (%.*s)", STR_FMT(diag->message), STR_FMT(diag->hint));
    }
    assert_string_equal(str_cstr(desk->arena, buf_str(&said)), expected);
    arena_free(desk->arena);
}

/* A path is relative to the file it is written in, or begins at the source folder. */
static void a_mention_names_a_file(void **state) {
    (void)state;
    check_said("../../tools/install.sh", "tools/install.sh");
    check_said("../../tools/remove.sh", "tools/remove.sh"); /* unknown to the site: read anyhow */
    check_said("/stack.yml", "site-src/stack.yml");
}

/* The name in another folder is the commonest mistake, a misspelt one the next. */
static void what_may_have_been_meant(void **state) {
    (void)state;
    check_said("install.sh", "no file \"install.sh\" (did you mean \"../../tools/install.sh\"?)");
    check_said("../../tools/instal.sh",
               "no file \"../../tools/instal.sh\" (did you mean \"../../tools/install.sh\"?)");
    check_said("../../tools/remvoe.sh",
               "no file \"../../tools/remvoe.sh\" (did you mean \"../../tools/remove.sh\"?)");
    check_said("../stak.yml", "no file \"../stak.yml\" (did you mean \"../stack.yml\"?)");
    check_said("../../tols/net.mmd",
               "no file \"../../tols/net.mmd\" (did you mean \"../../diagrams/net.mmd\"?)");
    check_said("nothing/like/it.txt",
               "no file \"nothing/like/it.txt\" (the path is relative to this file)");
}

static void what_cannot_be_taken(void **state) {
    (void)state;
    check_said("../../tools", "\"../../tools\" is a folder (name a file in it)");
    check_said("../../tools/logo.png",
               "\"../../tools/logo.png\" is not text: byte 1 is 0x89 (show a picture with "
               "![what it shows](path), save a text as UTF-8)");
    check_said("../../../secret", "\"../../../secret\" leaves the project (copy the file into the "
                                  "project)");
    check_said("https://example.org/a.txt",
               "\"https://example.org/a.txt\" is no file of the project (name a file by its path "
               "relative to this one)");
    check_said("", "\"\" is no file of the project (name a file by its path relative to this one)");
}

/* A page asks for the same file many times: it is looked for once. */
static void a_hint_is_remembered(void **state) {
    (void)state;
    Desk *desk = open_desk();
    PartUse use = use_of(desk);
    for (size_t i = 0; i < 2; i++)
        assert_null(parts_file(&use, STR("install.sh")));
    assert_int_equal(map_count(use.hints), 1);
    assert_string_equal(str_cstr(desk->arena, diags_get(desk->diags, 1)->hint),
                        "did you mean \"../../tools/install.sh\"?");
    assert_false(desk->parts->is_sure); /* a new file may change what is said */
    arena_free(desk->arena);
}

/* The same list, asked about files as they are now, says whether the page would read the same. */
static void what_was_taken_is_found_again(void **state) {
    (void)state;
    Desk *desk = open_desk();
    PartUse use = use_of(desk);
    Str why, keys = STR("mimir.memory");
    parts_take(desk->parts, parts_file(&use, STR("../../tools/install.sh")));
    PartFile *stack = parts_file(&use, STR("../stack.yml"));
    assert_non_null(parts_data(&use, stack));
    parts_take_value(desk->parts, stack, keys, STR("4 GB"));
    assert_int_equal(desk->parts->taken_count, 2);
    assert_true(desk->parts->is_sure);
    Part text = desk->parts->taken[0], value = desk->parts->taken[1];

    /* The next build: the value is the same in a text that is not. */
    assert_true(fs_write(desk->fs, STR("tools/install.sh"), STR("make all\n"), &why));
    assert_true(fs_write(desk->fs, STR("site-src/stack.yml"),
                         STR("loki: {}\nmimir: {memory: 4 GB}\n"), &why));
    Parts *later = parts_new(&desk->site, desk->fs, desk->arena);
    Part text_now = text, value_now = value;
    size_t steps = 0;
    assert_true(parts_find(later, &text_now, &steps, desk->arena));
    assert_true(parts_find(later, &value_now, &steps, desk->arena));
    assert_false(hash_equal(text_now.hash, text.hash));
    assert_true(hash_equal(value_now.hash, value.hash));

    Part gone = {.path = STR("tools/none.sh")},
         key = {STR("site-src/stack.yml"), STR("tempo"), {0}, NULL};
    assert_false(parts_find(later, &gone, &steps, desk->arena));
    assert_false(parts_find(later, &key, &steps, desk->arena));
    arena_free(desk->arena);
}

/* The findings of a data file are told once, and every mention says where to look. */
static void data_that_cannot_be_read(void **state) {
    (void)state;
    Desk *desk = open_desk();
    PartUse use = use_of(desk);
    PartFile *broken = parts_file(&use, STR("../broken.yml"));
    assert_null(parts_data(&use, broken));
    size_t first = diags_count(desk->diags);
    assert_null(parts_data(&use, broken));
    assert_int_equal(first, 2);
    assert_int_equal(diags_count(desk->diags), 3);
    assert_string_equal(str_cstr(desk->arena, diags_get(desk->diags, 2)->message),
                        "\"broken.yml\" cannot be read as data");
    assert_null(parts_data(&use, parts_file(&use, STR("../../tools/install.sh"))));
    assert_string_equal(str_cstr(desk->arena, diags_get(desk->diags, 3)->message),
                        "\"install.sh\" is not a data file");
    arena_free(desk->arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mention_names_a_file),        cmocka_unit_test(what_may_have_been_meant),
        cmocka_unit_test(what_cannot_be_taken),          cmocka_unit_test(a_hint_is_remembered),
        cmocka_unit_test(what_was_taken_is_found_again), cmocka_unit_test(data_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
