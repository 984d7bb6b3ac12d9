#include "base/ban.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fs.h"
#include "markdown/md.h"

#include <cmocka.h>

/* Every folder tests/golden/html/CASE holds in.md and what it becomes, out.html. Author's HTML is
 * passed through in cases whose name ends with "-raw", and as far as it is safe with "-safe".
 * GOLDEN=1 rewrites the expected files. */

#define CASES      "tests/golden/html"
#define SIZE_LIMIT ((size_t)1 << 20)

static Str render(Arena *arena, Str text, MdHtml html) {
    Diags *diags = diags_new(arena);
    MdDoc *doc = md_parse(source_new(arena, STR("in.md"), text), arena, diags);
    Buf out = buf_new(arena);
    md_read_html(doc, html, arena, diags);
    md_render(doc, &out);
    return buf_str(&out);
}

static bool is_void(Str name) {
    static const Str names[] = {{"br", 2}, {"hr", 2}, {"img", 3}, {"input", 5}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, names[i]))
            return true;
    return false;
}

/* The byte behind the tag that begins at `at`: a quoted value may hold any byte but its quote. */
static size_t tag_end(Str html, size_t at) {
    for (bool is_quoted = false; at < html.size; at++) {
        if (html.data[at] == '"')
            is_quoted = !is_quoted;
        else if (html.data[at] == '>' && !is_quoted)
            return at + 1;
    }
    return STR_NONE;
}

/* Empty when every tag that is opened is closed in order; otherwise what is wrong. */
static Str find_unbalanced(Arena *arena, Str html) {
    Str open[256];
    size_t depth = 0;
    for (size_t at = str_find_char(html, '<', 0); at != STR_NONE;
         at = str_find_char(html, '<', at)) {
        size_t end = tag_end(html, at);
        bool is_comment = str_starts_with(str_from_offset(html, at), STR("<!--"));
        bool is_close = at + 1 < html.size && html.data[at + 1] == '/';
        size_t start = at + (is_close ? 2 : 1), stop = start;
        while (stop < html.size && !strchr(" >", html.data[stop]))
            stop++;
        Str name = str_slice(html, start, stop);
        if (end == STR_NONE || name.size == 0 || depth == sizeof open / sizeof *open)
            return str_format(arena, "no end of a tag at byte %zu", at);
        at = end;
        if (is_comment || is_void(name))
            continue;
        if (!is_close)
            open[depth++] = name;
        else if (depth == 0 || !str_equal(open[--depth], name))
            return str_format(arena, "</%.*s> closes nothing", STR_FMT(name));
    }
    return depth ? str_format(arena, "<%.*s> stays open", STR_FMT(open[depth - 1])) : STR("");
}

static bool check_case(Arena *arena, Fs *fs, Str folder) {
    FsText input, expected = {0};
    if (!fs_read(fs, fs_join(folder, STR("in.md"), arena), SIZE_LIMIT, arena, &input)) {
        print_error("%.*s: out.html without in.md\n", STR_FMT(folder));
        return false;
    }
    bool is_raw = str_ends_with(folder, STR("-raw")), is_safe = str_ends_with(folder, STR("-safe"));
    Str actual = render(arena, input.content,
                        is_raw    ? MD_HTML_ALL
                        : is_safe ? MD_HTML_SAFE
                                  : MD_HTML_AS_TEXT);
    Str unbalanced = find_unbalanced(arena, actual);
    if (unbalanced.size)
        print_error("%.*s: %.*s\n", STR_FMT(folder), STR_FMT(unbalanced));
    Str path = fs_join(folder, STR("out.html"), arena);
    bool is_there = fs_read(fs, path, SIZE_LIMIT, arena, &expected);
    Str why;
    if (getenv("GOLDEN"))
        return fs_write(fs, path, actual, &why) && unbalanced.size == 0;
    bool is_same = is_there && str_equal(actual, expected.content);
    if (!is_same)
        print_error("%.*s: %s\n%.*s\n", STR_FMT(folder),
                    is_there ? "differs; now it is:" : "no out.html", STR_FMT(actual));
    return is_same && unbalanced.size == 0;
}

static void every_case_is_as_expected(void **state) {
    (void)state;
    Arena *arena = arena_new();
    Fs *fs = fs_open_disk(arena, STR(CASES));
    FsList list = {.arena = arena};
    size_t cases = 0, wrong = 0;
    Str why;
    assert_true(fs_walk(fs, (FsWalk){0}, &list, &why));
    Str last = {NULL, 0};
    for (size_t i = 0; i < list.count; i++) {
        Str folder = fs_folder_of(list.entries[i].path);
        if (folder.size == 0 || str_equal(folder, last))
            continue;
        last = folder;
        cases++;
        wrong += !check_case(arena, fs, folder);
    }
    assert_true(cases > 10);
    assert_int_equal(wrong, 0);
    arena_free(arena);
}

static void unbalanced_tags_are_found(void **state) {
    (void)state;
    static const struct {
        const char *html, *expected;
    } cases[] = {
        {"<p>a<br></p>", ""},
        {"<p title=\">\">a</p>", ""},
        {"<p>a", "<p> stays open"},
        {"<b><i></b></i>", "</b> closes nothing"},
        {"a</p>", "</p> closes nothing"},
        {"<p", "no end of a tag at byte 0"},
    };
    Arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Str found = find_unbalanced(arena, str_from(cases[i].html));
        assert_string_equal(str_cstr(arena, found), cases[i].expected);
    }
    arena_free(arena);
}

static int setup(void **state) {
    (void)state;
    md_setup();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_as_expected),
        cmocka_unit_test(unbalanced_tags_are_found),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
